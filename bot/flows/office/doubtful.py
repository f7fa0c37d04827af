"""What was sent and may not have arrived: the office sends it again, or leaves it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final, Literal, TypeAlias

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, Lookup, find
from bot.flows.caller import Caller
from bot.flows.spec import Action

__all__ = [
    "DoubtCard",
    "DoubtGone",
    "DoubtLine",
    "DoubtList",
    "DoubtNow",
    "DoubtPage",
    "LeaveLetter",
    "Letter",
    "LetterLeft",
    "LetterSent",
    "NothingDoubtful",
    "SendAgain",
    "doubt_card",
    "doubt_list",
    "leave_letter",
    "send_again",
]

Letter: TypeAlias = Literal["answer", "notice"]

ID_DIGITS_MAX: Final = 15


@dataclass(frozen=True, slots=True)
class DoubtLine:
    """One letter as the list shows it; `receipt` is empty where it names none."""

    id: int
    letter: Letter
    receipt: str
    recipient: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DoubtList(Message):
    """A page of them; 0 stands for no page before or after."""

    passing: ClassVar[bool] = True

    lines: tuple[DoubtLine, ...]
    total: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class NothingDoubtful(Message):
    """Everything arrived, as far as is known."""

    passing: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class DoubtCard(Message):
    """One of them."""

    passing: ClassVar[bool] = True

    id: int
    letter: Letter
    receipt: str
    recipient: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DoubtGone(Message):
    """Somebody has decided about it already."""


@dataclass(frozen=True, slots=True)
class LetterSent(Message):
    """It goes out once more."""


@dataclass(frozen=True, slots=True)
class LetterLeft(Message):
    """It stays as it is."""


@dataclass(frozen=True, slots=True)
class DoubtPage(Lookup[DoubtList | NothingDoubtful]):
    """A page of the list."""

    page: int


@dataclass(frozen=True, slots=True)
class DoubtNow(Lookup[DoubtCard | None]):
    """One that nobody has decided about."""

    id: int


@dataclass(frozen=True, slots=True)
class SendAgain(Action):
    """Send it once more."""

    id: int


@dataclass(frozen=True, slots=True)
class LeaveLetter(Action):
    """Let it be."""

    id: int


def doubt_list(_caller: Caller, rest: str) -> Flow[DoubtList | NothingDoubtful]:
    """A page of what may not have arrived."""
    return (yield from find(DoubtPage(max(1, _number(rest)))))


def doubt_card(_caller: Caller, rest: str) -> Flow[Message]:
    """One of them."""
    card = yield from find(DoubtNow(_number(rest)))
    return DoubtGone() if card is None else card


def send_again(_caller: Caller, rest: str) -> Flow[SendAgain]:
    """Once more."""
    yield from ()
    return SendAgain(_number(rest))


def leave_letter(_caller: Caller, rest: str) -> Flow[LeaveLetter]:
    """Not again."""
    yield from ()
    return LeaveLetter(_number(rest))


def _number(text: str) -> int:
    """A number out of a button; 0 for what somebody made up."""
    known = text.isascii() and text.isdigit() and len(text) <= ID_DIGITS_MAX
    return int(text) if known else 0
