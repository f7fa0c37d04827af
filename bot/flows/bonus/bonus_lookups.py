"""What has to be known about a bonus before anything can be said of it.

A level counts from the caller downwards: 1 is whom the caller brought in. Nothing here names the
member it is about: it is always the caller.
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
"""How a rule pays; empty where the plan has the rule no more."""


@dataclass(frozen=True, slots=True)
class LevelSum:
    """What one level of a rule brings.

    Attributes:
        rule: its name, as members read it.
        kind: how it pays; empty where the plan has the rule no more.
        level: 0 for the own sales; 1 for all others where rates are compared.
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
    """What a rule still asks of the caller, each 0 or empty where it lacks nothing.

    Attributes:
        points: of own sales.
        customers: different ones of the month.
        rank: name of the lowest rank that is paid.
    """

    rule: str
    points: int
    customers: int = 0
    rank: str = ""


@dataclass(frozen=True, slots=True)
class EndedMonth:
    """A month that is over and not closed yet, and what it may bring.

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
    """The caller's ranks as members read them; empty for none.

    Attributes:
        paid_as: the rank that decides about the bonuses of the month.
        title: the highest ever reached, where it is another one.
    """

    paid_as: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """The month that runs, as it stands for the caller.

    Attributes:
        planned: whether a plan is in force; where none is, there is nothing but `months`.
        minutes: how old the figures are; 0 where they are of this moment.
        before_cap: whether the company's cap may still take some of it.
        before_guarantee: whether some of it may still go to an upline leader.
        later: the rules that pay as well, but how much shows only the close.
        own_pays: whether a rule pays for the caller's own sales, so that no team is needed.
        team: how many people the caller's team has.
        active: whether the caller's membership is in force.
        lacks: of the rules that do not pay the caller yet.
        ranking: as what the caller is paid; empty while a large team is not worked out.
        ended: the month before, where it waits to be closed and brings something.
        months: those that are closed and had something for the caller, the newest first.
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
    """A month that was closed.

    Attributes:
        count: how many sales of the caller's own counted in it.
        team_sold: whether somebody below sold something.
        ready_on: the day from which the bonus can be taken.
        ready: whether that day has come.
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


@dataclass(frozen=True, slots=True)
class FindRunning(Lookup[Running]):
    """How the caller's running month stands."""


@dataclass(frozen=True, slots=True)
class FindStatement(Lookup[Statement | EndedMonth | None]):
    """The caller's part of a month.

    None where no plan is or was in force; `Ended` where the month is not closed.
    """

    period: str
