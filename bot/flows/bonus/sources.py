"""Lookups of where a bonus comes from: its credits, and the lines of the sales behind them.

Each is about the caller, who sees of other members what an upline may see of the team.
"""

from dataclasses import dataclass
from datetime import date

from bot.core.conversation.replay import Lookup
from bot.core.plans.rates import share
from bot.core.plans.values import PoolPart
from bot.flows.bonus.bonus_lookups import Kind, LevelSum
from bot.flows.bonus.why_nothing_lookups import Skipped

__all__ = ["FindReasons", "FindSourceSales", "Reasons", "SaleShare", "Share", "SourceSales"]


@dataclass(frozen=True, slots=True)
class Share:
    """One credit of the caller, as it is shown.

    Attributes:
        number: its place among the caller's credits of the month, from 1.
        kind: how it pays; empty where the plan no longer has the rule.
        who: first name and initial of the seller; empty for all of the company.
        code: of the same member.
        mine: whether it is the caller.
        leg: the caller's own downline above the seller; empty where that is the seller or the
            caller.
        rate_bp: the rate paid; of a differential rule the difference.
        top_bp: the caller's own rate where rates are compared; 0 where it is not known.
        base: bonus value of that member's approved sales in rupiah; of a pool what it is of.
        whole: rupiah that the rate comes to, or the part of it, rounded down.
        amount: rupiah that are paid.
        cut: why that is below `whole`: `member`, `rank`, `company` for a cap, `caps` for several
            of them, or `guarantee`.
        first: the cap before that one; empty for none.
        first_less: rupiah that it took.
        part: which part of a pool it is; None for the sales of one member.
        back: rupiah of the amount that were taken back, because goods came back later.
    """

    number: int
    rule: str
    kind: Kind
    who: str
    code: str
    mine: bool
    leg: str
    level: int
    rate_bp: int
    top_bp: int
    base: int
    whole: int
    amount: int
    cut: str
    first: str = ""
    first_less: int = 0
    part: PoolPart | None = None
    back: int = 0

    @property
    def pool(self) -> int:
        """Rupiah of the whole pool, of which this is a part."""
        return share(self.base, self.rate_bp)

    @property
    def taken_bp(self) -> int:
        """The part of the caller's own rate that is paid to members in between."""
        return max(self.top_bp - self.rate_bp, 0)

    @property
    def less(self) -> int:
        """Rupiah that the last cap or the guarantee takes."""
        return self.whole - self.first_less - self.amount


@dataclass(frozen=True, slots=True)
class SaleShare:
    """One line of a sale, and the part of a bonus that comes from it.

    Attributes:
        points: of all pieces.
        bonus: bonus value of all pieces in rupiah.
        amount: rupiah of the bonus.
        receipt: number of the sale; empty for another member's, as are the next three.
        quantity: number of pieces.
        paid: rupiah that the customer paid for them.
        buyer: name of the customer; empty for own use.
        back: number of pieces that came back after the close.
    """

    day: date
    product: str
    points: int
    bonus: int
    amount: int
    receipt: str = ""
    quantity: int = 0
    paid: int = 0
    buyer: str = ""
    back: int = 0


@dataclass(frozen=True, slots=True)
class Reasons:
    """Where a bonus comes from.

    Attributes:
        closed: whether the month is closed, so that it no longer changes.
        minutes: age of the figures; 0 for this moment.
        before_cap: whether the company's cap may still cut it.
        before_guarantee: whether a part may still go to an upline leader.
        later: names of rules that pay as well, with amounts known only after the close.
        shares: a page of the credits; none for a large team before the close.
        count: number of all credits.
        skips: whether members who do not qualify are skipped in counting levels.
        skipped: some of the members below who were skipped.
        skipped_more: how many more were.
        back: rupiah of the bonus that were taken back, because goods came back later.
    """

    closed: bool
    minutes: int
    before_cap: bool
    before_guarantee: bool
    later: tuple[str, ...]
    levels: tuple[LevelSum, ...]
    shares: tuple[Share, ...]
    count: int
    skips: bool
    skipped: tuple[Skipped, ...]
    skipped_more: int
    back: int = 0


@dataclass(frozen=True, slots=True)
class SourceSales:
    """One member's sales of a month from which the caller has a credit.

    Attributes:
        closed: whether the month is closed; otherwise all of it is an estimate.
        shares: the caller's credits from them, at least one.
        sold: a page of the lines.
        count: number of all lines.
    """

    closed: bool
    shares: tuple[Share, ...]
    sold: tuple[SaleShare, ...]
    count: int

    @property
    def who(self) -> str:
        """First name and initial of the member."""
        return self.shares[0].who

    @property
    def mine(self) -> bool:
        """Whether the sales are the caller's own."""
        return self.shares[0].mine

    @property
    def back(self) -> int:
        """Rupiah of these credits that were taken back, because goods came back later."""
        return sum(each.back for each in self.shares)


@dataclass(frozen=True, slots=True)
class FindReasons(Lookup[Reasons | None]):
    """A page of the caller's credits of a month; None where no plan holds."""

    period: str
    rows: int
    skip: int


@dataclass(frozen=True, slots=True)
class FindSourceSales(Lookup[SourceSales | None]):
    """The sales behind the caller's credits from the member with this code.

    None where there are no such credits, whether or not the code exists.
    """

    period: str
    code: str
    rows: int
    skip: int
