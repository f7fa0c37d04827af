"""Messages about a bonus, always to the member whose bonus it is."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.core.conversation.messages import Message
from bot.flows.bonus.bonus_lookups import ClosedMonth, RuleLack, Running, Statement
from bot.flows.bonus.sources import Reasons, SourceSales

__all__ = [
    "BonusSales",
    "BonusSoFar",
    "BonusStatement",
    "MonthClosed",
    "MonthFile",
    "MonthInFuture",
    "MonthNotClosed",
    "NoBonuses",
    "NothingInMonth",
    "UnknownMonth",
    "WhyThisMuch",
]


@dataclass(frozen=True, slots=True)
class BonusSoFar(Message):
    """The estimate of the running month."""

    passing: ClassVar[bool] = True

    period: str
    running: Running
    amount: int


@dataclass(frozen=True, slots=True)
class BonusStatement(Message):
    """The statement of a closed month."""

    passing: ClassVar[bool] = True

    period: str
    statement: Statement
    amount: int


@dataclass(frozen=True, slots=True)
class WhyThisMuch(Message):
    """Where a bonus comes from, credit by credit; by level while names are not known.

    Attributes:
        reasons: a page of the credits, with what explains them.
        running: whether it is the running month.
        page_amount: rupiah of the rows of this page.
        several: whether more than one rule pays.
    """

    period: str
    reasons: Reasons
    running: bool
    page: int
    pages: int
    page_amount: int
    amount: int
    several: bool
    newer: int | None
    older: int | None


@dataclass(frozen=True, slots=True)
class BonusSales(Message):
    """The sales of one member from which a part of the caller's bonus comes, line by line.

    Attributes:
        source: the member's sales, with the lines of this page.
        code: of the member.
        amount: rupiah of all credits, which all lines together come to.
        page_amount: rupiah of the lines of this page.
    """

    period: str
    source: SourceSales
    code: str
    amount: int
    page: int
    pages: int
    page_amount: int
    newer: int | None
    older: int | None


@dataclass(frozen=True, slots=True)
class MonthClosed(Message):
    """The news that a month is closed, sent once to each member it concerns."""

    period: str
    amount: int
    profit: int
    team_sold: bool
    active: bool
    lacks: tuple[RuleLack, ...]
    ready_on: date
    ready: bool


@dataclass(frozen=True, slots=True)
class MonthFile(Message):
    """Stands under the file of a closed month's credits, for the office.

    Attributes:
        lines: how many credits it holds.
        amount: rupiah of all of them.
    """

    period: str
    lines: int
    amount: int


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
