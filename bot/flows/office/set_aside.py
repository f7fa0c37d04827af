"""What came in and could not be dealt with: the office has it tried again, or lets it be."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final, Literal, TypeAlias

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, Lookup, find
from bot.flows.caller import Caller
from bot.flows.spec import Action

__all__ = [
    "AsideCard",
    "AsideGone",
    "AsideList",
    "AsideNow",
    "AsidePage",
    "LetBe",
    "LetItBe",
    "NothingAside",
    "Sort",
    "TriedAgain",
    "TryAgain",
    "aside_card",
    "aside_list",
    "let_be",
    "try_again",
]

Sort: TypeAlias = Literal["text", "tap", "contact", "photo", "document", "other"]

ID_DIGITS_MAX: Final = 15


@dataclass(frozen=True, slots=True)
class AsideLine:
    """One update as the list shows it; never what was written in it."""

    id: int
    number: int
    at: datetime
    sort: Sort


@dataclass(frozen=True, slots=True)
class AsideList(Message):
    """A page of them; 0 stands for no page before or after."""

    passing: ClassVar[bool] = True

    lines: tuple[AsideLine, ...]
    total: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class NothingAside(Message):
    """Nothing lies aside."""

    passing: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class AsideCard(Message):
    """One of them.

    Attributes:
        id: of its row.
        number: Telegram's, by which the log speaks of it.
        at: when it came.
        sort: what it was.
        sender: first name and initial, or what is known of the account; empty where nothing is.
        fault: the class of the error, for whoever looks after the bot.
    """

    passing: ClassVar[bool] = True

    id: int
    number: int
    at: datetime
    sort: Sort
    sender: str
    fault: str


@dataclass(frozen=True, slots=True)
class AsideGone(Message):
    """Somebody has dealt with it already."""


@dataclass(frozen=True, slots=True)
class TriedAgain(Message):
    """It waits in the line again."""

    number: int


@dataclass(frozen=True, slots=True)
class LetBe(Message):
    """It is off the list."""

    number: int


@dataclass(frozen=True, slots=True)
class AsidePage(Lookup[AsideList | NothingAside]):
    """A page of the list."""

    page: int


@dataclass(frozen=True, slots=True)
class AsideNow(Lookup[AsideCard | None]):
    """One that still lies aside."""

    id: int


@dataclass(frozen=True, slots=True)
class TryAgain(Action):
    """Put it back, for one more try."""

    id: int


@dataclass(frozen=True, slots=True)
class LetItBe(Action):
    """Take it off the list."""

    id: int


def aside_list(_caller: Caller, rest: str) -> Flow[AsideList | NothingAside]:
    """A page of what lies aside."""
    return (yield from find(AsidePage(max(1, _number(rest)))))


def aside_card(_caller: Caller, rest: str) -> Flow[Message]:
    """One of them."""
    card = yield from find(AsideNow(_number(rest)))
    return AsideGone() if card is None else card


def try_again(_caller: Caller, rest: str) -> Flow[TryAgain]:
    """One more try."""
    yield from ()
    return TryAgain(_number(rest))


def let_be(_caller: Caller, rest: str) -> Flow[LetItBe]:
    """No try any more."""
    yield from ()
    return LetItBe(_number(rest))


def _number(text: str) -> int:
    """A number out of a button; 0 for what somebody made up."""
    known = text.isascii() and text.isdigit() and len(text) <= ID_DIGITS_MAX
    return int(text) if known else 0
