"""Lookups of the caller's bonus, and the facts that they return.

A level counts from the caller downwards: level 1 is the caller's own downlines. No lookup names a
member: it is always about the caller.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from bot.core.conversation.replay import Lookup
from bot.core.plans.kinds import Way

__all__ = [
    "ClosedMonth",
    "EndedMonth",
    "FindRunning",
    "FindStatement",
    "Kind",
    "LevelSum",
    "Ranking",
    "RuleLack",
    "Running",
    "Statement",
]


Kind: TypeAlias = Literal[Way, ""]
"""How a rule pays; empty where the plan no longer has the rule."""


@dataclass(frozen=True, slots=True)
class LevelSum:
    """The sum of one level of a rule.

    Attributes:
        rule: its name for members.
        kind: how it pays; empty where the plan no longer has the rule.
        level: 0 for the caller's own sales; 1 for all others where rates are compared.
        sources: how many members' sales it comes from; 0 for a part of a pool.
        amount: rupiah.
    """

    rule: str
    kind: Kind
    level: int
    rate_bp: int
    sources: int
    amount: int


@dataclass(frozen=True, slots=True)
class RuleLack:
    """What a rule still requires of the caller; 0 or empty where nothing is missing.

    Attributes:
        points: of the caller's own sales.
        customers: different ones in the month.
        rank: name of the lowest rank that is paid.
        sold: whether the points are those of sales to customers alone.
    """

    rule: str
    points: int
    customers: int = 0
    rank: str = ""
    sold: bool = False


@dataclass(frozen=True, slots=True)
class EndedMonth:
    """A month that is over and not closed yet, with its estimate.

    Attributes:
        sold: whether the caller or the team sold something in it.
    """

    period: str
    amount: int
    sold: bool


@dataclass(frozen=True, slots=True)
class ClosedMonth:
    """A month that was closed, and the caller's bonus in it."""

    period: str
    amount: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """The caller's ranks by name; empty for none.

    Attributes:
        paid_as: the paid-as rank of the month.
        title: the highest rank ever reached, where it is another one.
    """

    paid_as: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """The caller's running month.

    Attributes:
        planned: whether a plan holds; without one all but `months` is empty.
        minutes: age of the figures; 0 for this moment.
        before_cap: whether the company's cap may still cut it.
        before_guarantee: whether a part may still go to an upline leader.
        later: names of rules that pay as well, with amounts known only after the close.
        own_pays: whether a member without a team can have a bonus.
        team: number of members below the caller.
        active: whether the caller's membership is active.
        lacks: what is missing, for each rule that does not pay the caller yet.
        ranking: the caller's ranks; empty while a large team is not computed.
        ended: the month before, while it waits for the close and pays something.
        months: closed months in which the caller sold or was paid, the newest first.
    """

    planned: bool
    levels: tuple[LevelSum, ...]
    minutes: int
    before_cap: bool
    before_guarantee: bool
    later: tuple[str, ...]
    own_pays: bool
    team: int
    active: bool
    lacks: tuple[RuleLack, ...]
    ranking: Ranking
    ended: EndedMonth | None
    months: tuple[ClosedMonth, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """The caller's part of a closed month.

    Attributes:
        count: number of the caller's own sales in it.
        team_sold: whether the team sold anything.
        ready_on: the day from which the bonus can be taken.
        ready: whether that day has come.
        sold_points: the part of the points that customers bought; None where all of them count
            for what a plan asks.
        back: rupiah of the bonus that were taken back, because goods came back later.
    """

    count: int
    sales: int
    profit: int
    points: int
    team_sold: bool
    active: bool
    lacks: tuple[RuleLack, ...]
    levels: tuple[LevelSum, ...]
    ranking: Ranking
    ready_on: date
    ready: bool
    sold_points: int | None = None
    back: int = 0


@dataclass(frozen=True, slots=True)
class FindRunning(Lookup[Running]):
    """The caller's running month."""


@dataclass(frozen=True, slots=True)
class FindStatement(Lookup[Statement | EndedMonth | None]):
    """The caller's part of a month.

    None where no plan holds; `EndedMonth` where the month is not closed.
    """

    period: str
