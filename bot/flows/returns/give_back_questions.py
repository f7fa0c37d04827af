"""What the office's decision on returns looks up, asks, says and does."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.core.conversation.messages import Message, Question
from bot.core.conversation.replay import Lookup
from bot.core.members.second_admin import SecondAdmin
from bot.flows.returns.return_lookups import BackLine, ReturnEffect
from bot.flows.spec import Action

__all__ = [
    "AskConfirmReturn",
    "AskReturnNote",
    "DecideReturn",
    "FindReturnToCheck",
    "NoReturnsWait",
    "OwnReturn",
    "ReturnDecided",
    "ReturnGone",
    "ReturnRejected",
    "ReturnRow",
    "ReturnToCheck",
    "ReturnsWaiting",
    "WaitingReturns",
]


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A return in the list; `number` is its own."""

    number: int
    receipt: str
    seller: str
    came_on: date
    amount: int


@dataclass(frozen=True, slots=True)
class ReturnToCheck:
    """A return as the office sees it, without the customer's name.

    Attributes:
        day: when the goods were sold.
        state: of the return.
        period: the month of the sale.
        closing: whether that month is just being closed.
    """

    number: int
    receipt: str
    seller: str
    code: str
    day: date
    came_on: date
    lines: tuple[BackLine, ...]
    refund: int
    own_use: bool
    state: str
    period: str
    closing: bool
    effect: ReturnEffect


@dataclass(frozen=True, slots=True)
class WaitingReturns(Lookup[tuple[ReturnRow, ...]]):
    """The returns that wait, the oldest first: at most a page, plus one if there are more."""

    above: int


@dataclass(frozen=True, slots=True)
class FindReturnToCheck(Lookup["ReturnToCheck | OwnReturn | None"]):
    """The return with this number, unless another admin has to decide about it."""

    number: int


@dataclass(frozen=True, slots=True)
class ReturnsWaiting(Message):
    """A page of the returns that wait; `following` starts the next page, 0 on the last."""

    rows: tuple[ReturnRow, ...]
    following: int


@dataclass(frozen=True, slots=True)
class NoReturnsWait(Message):
    """No return waits for the office."""


@dataclass(frozen=True, slots=True)
class ReturnGone(Message):
    """The return was decided before, or there is none with this number.

    `mine` says that the caller has sold the goods, or is no admin.
    """

    receipt: str
    state: str
    mine: bool


@dataclass(frozen=True, slots=True)
class OwnReturn(Message):
    """Admins do not decide on returns of their own sales."""

    receipt: str
    second: SecondAdmin


@dataclass(frozen=True, slots=True)
class AskConfirmReturn(Question):
    """Asks whether the goods came back, and says what that changes."""

    asked_as: ClassVar[str] = "return.confirm@2"
    as_shown: ClassVar[bool] = True

    back: ReturnToCheck


@dataclass(frozen=True, slots=True)
class AskReturnNote(Question):
    """Asks for the reason of the refusal, which the seller will see."""

    asked_as: ClassVar[str] = "return.note@1"

    receipt: str


@dataclass(frozen=True, slots=True)
class ReturnDecided(Message):
    """The decision is stored; `left` returns still wait."""

    receipt: str
    confirmed: bool
    effect: ReturnEffect
    left: int


@dataclass(frozen=True, slots=True)
class ReturnRejected(Message):
    """For the seller: the office did not confirm the return, and why."""

    receipt: str
    note: str


@dataclass(frozen=True, slots=True)
class DecideReturn(Action):
    """Confirm a return, or reject it with a note."""

    number: int
    confirm: bool
    note: str
