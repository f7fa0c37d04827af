"""What the flow of closing a month looks up, and what it wants done."""

from dataclasses import dataclass
from typing import Literal

from bot.core.conversation.replay import Lookup
from bot.core.plans.bonus_share import BonusShare
from bot.flows.months.month_closing_messages import ClosingUnderway
from bot.flows.spec import Action

__all__ = [
    "CloseMonth",
    "CountMonth",
    "DecideClosing",
    "MonthOutlook",
    "MonthToClose",
    "RequestToDecide",
    "RequestedClosing",
    "WithdrawClosing",
]


@dataclass(frozen=True, slots=True)
class MonthOutlook:
    """The month to close next.

    Attributes:
        period: the earliest month that is over and not closed; empty if there is none.
        running: the month that is not over yet.
        planned: whether the plan has a rule for it.
        underway: the request that waits or is carried out; None if there is none.
    """

    period: str
    running: str
    planned: bool
    underway: ClosingUnderway | None


@dataclass(frozen=True, slots=True)
class RequestedClosing:
    """A request as its next step needs it.

    Attributes:
        share: how the bonuses compare with the sales and the company's limit.
        second: whether there is another admin who could agree.
        mine: whether the caller asked for it.
    """

    id: int
    period: str
    state: Literal["shown", "waiting"]
    sales: int
    payees: int
    paid: int
    share: BonusShare
    share_bp: int
    limit: int
    second: bool
    mine: bool
    reason: str


@dataclass(frozen=True, slots=True)
class MonthToClose(Lookup[MonthOutlook]):
    """The month to close next."""


@dataclass(frozen=True, slots=True)
class RequestToDecide(Lookup[RequestedClosing | None]):
    """The request with this id; None if nothing is to be decided about it."""

    id: int


@dataclass(frozen=True, slots=True)
class CountMonth(Action):
    """Calculate the month and show it."""

    period: str


@dataclass(frozen=True, slots=True)
class CloseMonth(Action):
    """Close the month as it was shown, or ask a second admin first."""

    id: int
    reason: str


@dataclass(frozen=True, slots=True)
class DecideClosing(Action):
    """Agree to a closing, or refuse it with a reason."""

    id: int
    agree: bool
    note: str


@dataclass(frozen=True, slots=True)
class WithdrawClosing(Action):
    """Withdraw one's own request."""

    id: int
