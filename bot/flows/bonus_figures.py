"""What has to be known about a bonus before anything can be said of it.

A level counts from the caller downwards: 1 is whom the caller brought in. Nothing here names the
member it is about: it is always the caller.
"""

from dataclasses import dataclass
from datetime import date

from bot.core.dialogue import Lookup

__all__ = [
    "ClosedMonth",
    "Ended",
    "FindReasons",
    "FindRunning",
    "FindStatement",
    "Lack",
    "LevelSum",
    "Reasons",
    "Running",
    "Share",
    "Statement",
]


@dataclass(frozen=True, slots=True)
class LevelSum:
    """What one level of a rule brings.

    Attributes:
        rule: its name, as members read it.
        sources: how many members' sales it comes from.
        amount: rupiah.
    """

    rule: str
    level: int
    rate_bp: int
    sources: int
    amount: int


@dataclass(frozen=True, slots=True)
class Share:
    """One credit: what comes from the sales of one member.

    Attributes:
        who: first name and initial.
        base: bonus value of that member's approved sales in rupiah.
        amount: rupiah, rounded down.
    """

    rule: str
    who: str
    level: int
    rate_bp: int
    base: int
    amount: int


@dataclass(frozen=True, slots=True)
class Lack:
    """How many points of own sales a rule still asks for."""

    rule: str
    points: int


@dataclass(frozen=True, slots=True)
class Ended:
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
class Running:
    """The month that runs, as it stands for the caller.

    Attributes:
        planned: whether a plan is in force; where none is, there is nothing but `months`.
        minutes: how old the figures are; 0 where they are of this moment.
        team: how many people the caller's team has.
        active: whether the caller's membership is in force.
        lacks: of the rules that do not pay the caller yet.
        ended: the month before, where it waits to be closed and brings something.
        months: those that are closed and had something for the caller, the newest first.
    """

    planned: bool
    levels: tuple[LevelSum, ...]
    minutes: int
    team: int
    active: bool
    lacks: tuple[Lack, ...]
    ended: Ended | None
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
    lacks: tuple[Lack, ...]
    levels: tuple[LevelSum, ...]
    ready_on: date
    ready: bool


@dataclass(frozen=True, slots=True)
class Reasons:
    """Where a bonus comes from.

    Attributes:
        closed: whether the month is closed, so that nothing of this changes any more.
        minutes: how old the figures are; 0 where they are of this moment.
        shares: as many as were asked for; none for a large team before the closing.
        count: how many there are.
        skips: whether those who do not qualify are skipped in counting levels.
    """

    closed: bool
    minutes: int
    levels: tuple[LevelSum, ...]
    shares: tuple[Share, ...]
    count: int
    skips: bool


@dataclass(frozen=True, slots=True)
class FindRunning(Lookup[Running]):
    """How the caller's running month stands."""


@dataclass(frozen=True, slots=True)
class FindStatement(Lookup[Statement | Ended | None]):
    """The caller's part of a month.

    None where no plan is or was in force; `Ended` where the month is not closed.
    """

    period: str


@dataclass(frozen=True, slots=True)
class FindReasons(Lookup[Reasons | None]):
    """A part of the caller's credits of a month; None where no plan is or was in force."""

    period: str
    rows: int
    skip: int
