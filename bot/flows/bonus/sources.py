"""Where a bonus comes from: credit by credit, and line by line of the sales behind it.

Each is about the caller, who is shown of others what an upline may see of the team.
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
    """One credit: what comes from the sales of one member.

    Attributes:
        number: its place among the caller's credits of the month, from 1.
        kind: how it pays; empty where the plan has the rule no more.
        who: first name and initial of whose sales they are; empty for all of the company.
        code: of the same member.
        mine: whether it is the caller.
        leg: the one whom the caller brought in and below whom that member stands; empty where it
            is the same, or the caller.
        rate_bp: what is paid; of a difference the difference.
        top_bp: the caller's own rate where rates are compared; 0 where it is not known.
        base: bonus value of that member's approved sales in rupiah; of a pool what it is of.
        whole: rupiah that the rate comes to, or the part of it, rounded down.
        amount: rupiah that are paid.
        cut: why that is less: `member`, `rank`, `company` for a cap, `caps` for several of them,
            or `guarantee`.
        first: what had taken some of it before that; empty for nothing.
        first_less: rupiah that it took.
        part: which part of a pool it is; None for the sales of one member.
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

    @property
    def pool(self) -> int:
        """Rupiah of the whole pool, of which this is a part."""
        return share(self.base, self.rate_bp)

    @property
    def taken_bp(self) -> int:
        """What of the caller's own rate is paid to those between."""
        return max(self.top_bp - self.rate_bp, 0)

    @property
    def less(self) -> int:
        """Rupiah that the last cap takes, or the guarantee."""
        return self.whole - self.first_less - self.amount


@dataclass(frozen=True, slots=True)
class SaleShare:
    """One line of a sale, and what of a bonus comes from it.

    Attributes:
        points: of all pieces.
        bonus: bonus value of all pieces in rupiah.
        amount: rupiah of the bonus.
        receipt: number of the sale; empty for somebody else's, as are the next three.
        quantity: how many pieces.
        paid: rupiah that the customer paid for them.
        buyer: name of the customer; empty for own use.
    """

    day: date
    article: str
    points: int
    bonus: int
    amount: int
    receipt: str = ""
    quantity: int = 0
    paid: int = 0
    buyer: str = ""


@dataclass(frozen=True, slots=True)
class Reasons:
    """Where a bonus comes from.

    Attributes:
        closed: whether the month is closed, so that nothing of this changes any more.
        minutes: how old the figures are; 0 where they are of this moment.
        before_cap: whether the company's cap may still take some of it.
        before_guarantee: whether some of it may still go to an upline leader.
        later: the rules that pay as well, but how much shows only the close.
        shares: as many as were asked for; none for a large team before the closing.
        count: how many there are.
        skips: whether those who do not qualify are skipped in counting levels.
        skipped: some of those below who were, as far as it can be told.
        skipped_more: how many more they are.
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


@dataclass(frozen=True, slots=True)
class SourceSales:
    """One member's sales of a month, as far as they bring the caller something.

    Attributes:
        shares: the caller's credits from them.
        lines: as many as were asked for.
        count: how many there are.
    """

    closed: bool
    shares: tuple[Share, ...]
    lines: tuple[SaleShare, ...]
    count: int


@dataclass(frozen=True, slots=True)
class FindReasons(Lookup[Reasons | None]):
    """A part of the caller's credits of a month; None where no plan is or was in force."""

    period: str
    rows: int
    skip: int


@dataclass(frozen=True, slots=True)
class FindSourceSales(Lookup[SourceSales | None]):
    """The sales behind the caller's credits from the member with this code.

    None where there are no such credits, whoever has the code.
    """

    period: str
    code: str
    rows: int
    skip: int
