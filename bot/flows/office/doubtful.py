"""Uncertain messages, which may not have arrived: the office sends each again, or leaves it."""

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
    """An uncertain message in the list; `receipt` is empty if the message names none."""

    id: int
    letter: Letter
    receipt: str
    recipient: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DoubtList(Message):
    """A page of uncertain messages; `before` and `after` are 0 if there is no such page."""

    passing: ClassVar[bool] = True

    lines: tuple[DoubtLine, ...]
    total: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class NothingDoubtful(Message):
    """There is no uncertain message."""

    passing: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class DoubtCard(Message):
    """One uncertain message."""

    passing: ClassVar[bool] = True

    id: int
    letter: Letter
    receipt: str
    recipient: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DoubtGone(Message):
    """The message was already decided about."""


@dataclass(frozen=True, slots=True)
class LetterSent(Message):
    """The message is being sent again."""


@dataclass(frozen=True, slots=True)
class LetterLeft(Message):
    """The message will not be sent again."""


@dataclass(frozen=True, slots=True)
class DoubtPage(Lookup[DoubtList | NothingDoubtful]):
    """A page of the list."""

    page: int


@dataclass(frozen=True, slots=True)
class DoubtNow(Lookup[DoubtCard | None]):
    """An uncertain message that is not decided about; None if there is none with this id."""

    id: int


@dataclass(frozen=True, slots=True)
class SendAgain(Action):
    """Send the message again."""

    id: int


@dataclass(frozen=True, slots=True)
class LeaveLetter(Action):
    """Take the message off the list without sending it."""

    id: int


def doubt_list(_caller: Caller, rest: str) -> Flow[DoubtList | NothingDoubtful]:
    """Show a page of the uncertain messages."""
    return (yield from find(DoubtPage(max(1, _number(rest)))))


def doubt_card(_caller: Caller, rest: str) -> Flow[Message]:
    """Show one uncertain message."""
    card = yield from find(DoubtNow(_number(rest)))
    return DoubtGone() if card is None else card


def send_again(_caller: Caller, rest: str) -> Flow[SendAgain]:
    """Send an uncertain message again."""
    yield from ()
    return SendAgain(_number(rest))


def leave_letter(_caller: Caller, rest: str) -> Flow[LeaveLetter]:
    """Leave an uncertain message as it is."""
    yield from ()
    return LeaveLetter(_number(rest))


def _number(text: str) -> int:
    """Returns the number that a button carries; 0 for text that no button sends."""
    known = text.isascii() and text.isdigit() and len(text) <= ID_DIGITS_MAX
    return int(text) if known else 0
