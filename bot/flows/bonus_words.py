"""What can be said about a bonus; always to the one whose bonus it is."""

from dataclasses import dataclass
from datetime import date

from bot.core.messages import Message
from bot.flows.bonus_figures import ClosedMonth, Ended, Lack, LevelSum, Share

__all__ = [
    "BonusSoFar",
    "BonusStatement",
    "MonthClosed",
    "MonthInFuture",
    "MonthNotClosed",
    "NoBonuses",
    "NothingInMonth",
    "UnknownMonth",
    "WhyThisMuch",
]


@dataclass(frozen=True, slots=True)
class BonusSoFar(Message):
    """The estimate of the month that runs."""

    period: str
    amount: int
    minutes: int
    team: int
    active: bool
    lacks: tuple[Lack, ...]
    levels: tuple[LevelSum, ...]
    ended: Ended | None
    months: tuple[ClosedMonth, ...]


@dataclass(frozen=True, slots=True)
class BonusStatement(Message):
    """A closed month, as it stays."""

    period: str
    amount: int
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
class WhyThisMuch(Message):
    """Where a bonus comes from, credit by credit, or by level where the names come later.

    Attributes:
        closed: whether the month is closed; otherwise all of it is an estimate.
        running: whether it is the month that runs.
        page_amount: what the rows of this page come to.
        several: whether more than one rule pays.
    """

    period: str
    closed: bool
    running: bool
    minutes: int
    shares: tuple[Share, ...]
    levels: tuple[LevelSum, ...]
    page: int
    pages: int
    page_amount: int
    amount: int
    several: bool
    skips: bool
    newer: int | None
    older: int | None


@dataclass(frozen=True, slots=True)
class MonthClosed(Message):
    """The news that a month is closed, told once to everybody it concerns."""

    period: str
    amount: int
    profit: int
    team_sold: bool
    active: bool
    lacks: tuple[Lack, ...]
    ready_on: date
    ready: bool


@dataclass(frozen=True, slots=True)
class MonthNotClosed(Message):
    """The month is over, but not closed."""

    period: str
    amount: int


@dataclass(frozen=True, slots=True)
class MonthInFuture(Message):
    """The month has not begun."""

    period: str


@dataclass(frozen=True, slots=True)
class NothingInMonth(Message):
    """The month is closed and had nothing for the caller."""

    period: str


@dataclass(frozen=True, slots=True)
class UnknownMonth(Message):
    """No month could be read."""

    text: str


@dataclass(frozen=True, slots=True)
class NoBonuses(Message):
    """The company pays no bonus in that month; `months` are those in which it did."""

    period: str
    months: tuple[ClosedMonth, ...]
