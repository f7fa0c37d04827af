"""Uncertain messages, which may not have arrived: the office sends each again, or leaves it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal, TypeAlias

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, Lookup, find
from bot.flows.answers import button_number
from bot.flows.caller import Caller
from bot.flows.spec import Action

__all__ = [
    "LeaveUncertain",
    "LeftAsItIs",
    "MessageKind",
    "NothingUncertain",
    "OpenUncertain",
    "SendAgain",
    "SentAgain",
    "UncertainCard",
    "UncertainGone",
    "UncertainLine",
    "UncertainList",
    "UncertainPage",
    "leave_uncertain",
    "send_again",
    "uncertain_card",
    "uncertain_list",
]

MessageKind: TypeAlias = Literal["answer", "notice"]


@dataclass(frozen=True, slots=True)
class UncertainLine:
    """An uncertain message in the list; `receipt` is empty if the message names none."""

    id: int
    kind: MessageKind
    receipt: str
    recipient: str
    at: datetime


@dataclass(frozen=True, slots=True)
class UncertainList(Message):
    """A page of uncertain messages; `before` and `after` are 0 if there is no such page."""

    passing: ClassVar[bool] = True

    lines: tuple[UncertainLine, ...]
    total: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class NothingUncertain(Message):
    """There is no uncertain message."""

    passing: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class UncertainCard(Message):
    """One uncertain message."""

    passing: ClassVar[bool] = True

    id: int
    kind: MessageKind
    receipt: str
    recipient: str
    at: datetime


@dataclass(frozen=True, slots=True)
class UncertainGone(Message):
    """The message was already decided about."""


@dataclass(frozen=True, slots=True)
class SentAgain(Message):
    """The message is being sent again."""


@dataclass(frozen=True, slots=True)
class LeftAsItIs(Message):
    """The message will not be sent again."""


@dataclass(frozen=True, slots=True)
class UncertainPage(Lookup[UncertainList | NothingUncertain]):
    """A page of the list."""

    page: int


@dataclass(frozen=True, slots=True)
class OpenUncertain(Lookup[UncertainCard | None]):
    """An uncertain message that is not decided about; None if there is none with this id."""

    id: int


@dataclass(frozen=True, slots=True)
class SendAgain(Action):
    """Send the message again."""

    id: int


@dataclass(frozen=True, slots=True)
class LeaveUncertain(Action):
    """Take the message off the list without sending it."""

    id: int


def uncertain_list(_caller: Caller, rest: str) -> Flow[UncertainList | NothingUncertain]:
    """Show a page of the uncertain messages."""
    return (yield from find(UncertainPage(max(1, button_number(rest)))))


def uncertain_card(_caller: Caller, rest: str) -> Flow[Message]:
    """Show one uncertain message."""
    card = yield from find(OpenUncertain(button_number(rest)))
    return UncertainGone() if card is None else card


def send_again(_caller: Caller, rest: str) -> Flow[SendAgain]:
    """Send an uncertain message again."""
    yield from ()
    return SendAgain(button_number(rest))


def leave_uncertain(_caller: Caller, rest: str) -> Flow[LeaveUncertain]:
    """Leave an uncertain message as it is."""
    yield from ()
    return LeaveUncertain(button_number(rest))
