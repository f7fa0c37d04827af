"""What the bot says while admins close a month."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.core.conversation.messages import Message
from bot.core.members.second_admin import SecondAdmin
from bot.core.plans.bonus_share import BonusShare

__all__ = [
    "ClosingAnswered",
    "ClosingBegun",
    "ClosingCard",
    "ClosingDecided",
    "ClosingFailed",
    "ClosingGone",
    "ClosingNeedsAdmin",
    "ClosingNeedsSecond",
    "ClosingProgress",
    "ClosingReminder",
    "ClosingStep",
    "ClosingToAgree",
    "ClosingUnderway",
    "ClosingWithdrawn",
    "CountingMonth",
    "MonthIsClosed",
    "MonthTooDear",
    "NoPlanForMonth",
    "NothingToClose",
    "OwnClosing",
]

ClosingStep: TypeAlias = Literal["begun", "credits", "ranks", "paying"]


@dataclass(frozen=True, slots=True)
class CountingMonth(Message):
    """The month is being calculated; its card follows."""

    period: str


@dataclass(frozen=True, slots=True)
class NothingToClose(Message):
    """Every month that is over is closed; `period` can be closed when `next_month` has begun."""

    period: str
    next_month: str


@dataclass(frozen=True, slots=True)
class NoPlanForMonth(Message):
    """The company has no plan, so there is nothing to calculate."""


@dataclass(frozen=True, slots=True)
class ClosingUnderway(Message):
    """The month is being closed, or waits for a second admin.

    Attributes:
        waits: whether it waits for a second admin.
        mine: whether the reader asked for it, and so may withdraw it.
        by: who asked; empty for the command line.
        id: of the request.
    """

    period: str
    waits: bool
    mine: bool
    by: str
    id: int


@dataclass(frozen=True, slots=True)
class ClosingCard(Message):
    """A month as it would be closed, and what to look at before.

    Attributes:
        changed: whether other figures were confirmed before.
        shut: whether an earlier closing began and has not ended.
        number: of its sales; their sum is `sales`.
        share_bp: the bonuses in basis points of the sales.
        limit: the company's limit in percent.
        waiting: sales of the month that wait for the office; their sum is `waiting_sum`.
        returns: returns that wait.
        clock_wrong: whether the clock is in doubt, so that nothing is closed now.
        second: whether another admin has to agree, as there is one and the share is high.
        id: of the request.
    """

    period: str
    changed: bool
    shut: bool
    number: int
    sales: int
    payees: int
    paid: int
    cut: int
    share: BonusShare
    share_bp: int
    limit: int
    waiting: int
    waiting_sum: int
    returns: int
    clock_wrong: bool
    second: bool
    id: int


@dataclass(frozen=True, slots=True)
class MonthTooDear(Message):
    """The bonuses are more than the month sold, so it is not closed, whatever the reason."""

    period: str
    paid: int
    sales: int


@dataclass(frozen=True, slots=True)
class ClosingBegun(Message):
    """The month is being closed; the outcome follows."""

    period: str


@dataclass(frozen=True, slots=True)
class ClosingNeedsSecond(Message):
    """The other admins are asked; the closing begins when one agrees."""

    period: str
    id: int


@dataclass(frozen=True, slots=True)
class ClosingNeedsAdmin(Message):
    """A month above the limit needs a second admin, and none can act now."""

    period: str
    second: SecondAdmin


@dataclass(frozen=True, slots=True)
class ClosingToAgree(Message):
    """Asks the other admins to agree to a month above the company's limit.

    Attributes:
        by: who asked.
        reason: as it was typed.
        id: of the request.
    """

    period: str
    by: str
    number: int
    sales: int
    payees: int
    paid: int
    share_bp: int
    limit: int
    reason: str
    id: int


@dataclass(frozen=True, slots=True)
class OwnClosing(Message):
    """Who asked for a closing cannot agree to it."""

    period: str
    id: int


@dataclass(frozen=True, slots=True)
class ClosingGone(Message):
    """The request was decided, replaced or withdrawn before, or was shown to another admin."""


@dataclass(frozen=True, slots=True)
class ClosingDecided(Message):
    """For the second admin: the decision is stored."""

    period: str
    agree: bool


@dataclass(frozen=True, slots=True)
class ClosingAnswered(Message):
    """For the admin who asked: what the second one decided, and why where it is a no."""

    period: str
    agree: bool
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class ClosingWithdrawn(Message):
    """The request was withdrawn; nothing was closed."""

    period: str


@dataclass(frozen=True, slots=True)
class ClosingProgress(Message):
    """How far the closing is."""

    period: str
    step: ClosingStep
    percent: int


@dataclass(frozen=True, slots=True)
class MonthIsClosed(Message):
    """The month is closed and its bonuses are in the wallets."""

    period: str
    payees: int
    paid: int


@dataclass(frozen=True, slots=True)
class ClosingFailed(Message):
    """The month was not closed; members see nothing of it."""

    period: str
    clock: bool


@dataclass(frozen=True, slots=True)
class ClosingReminder(Message):
    """What still waits before a month ends, or that a month is over and not closed.

    Attributes:
        over: whether the month is over.
        days: until its end, counting today; or since it is over.
        waiting: sales of the month that wait for the office; their sum is `waiting_sum`.
        returns: returns that wait.
    """

    period: str
    over: bool
    days: int
    waiting: int
    waiting_sum: int
    returns: int
