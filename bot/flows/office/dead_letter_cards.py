"""Dead letters: the office has each one tried again, or takes it off the list."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal, TypeAlias

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, Lookup, find
from bot.flows.answers import button_number
from bot.flows.caller import Caller
from bot.flows.spec import Action

__all__ = [
    "DeadLetterCard",
    "DeadLetterGone",
    "DeadLetterList",
    "DeadLetterSettled",
    "DeadLettersPage",
    "NoDeadLetters",
    "OpenDeadLetter",
    "SettleDeadLetter",
    "TriedAgain",
    "TryAgain",
    "UpdateKind",
    "dead_letter_card",
    "dead_letter_list",
    "settle_dead_letter",
    "try_again",
]

UpdateKind: TypeAlias = Literal["text", "tap", "contact", "photo", "document", "other"]


@dataclass(frozen=True, slots=True)
class DeadLetterLine:
    """A dead letter in the list, without what was written in it."""

    id: int
    number: int
    at: datetime
    kind: UpdateKind


@dataclass(frozen=True, slots=True)
class DeadLetterList(Message):
    """A page of dead letters; `before` and `after` are 0 if there is no such page."""

    passing: ClassVar[bool] = True

    lines: tuple[DeadLetterLine, ...]
    total: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class NoDeadLetters(Message):
    """There is no dead letter."""

    passing: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class DeadLetterCard(Message):
    """One dead letter.

    Attributes:
        id: of its row.
        number: the update's number from Telegram, which the log uses.
        at: when the update came.
        kind: what kind of message it was.
        sender: first name and initial, or what is known of the account; empty if nothing is.
        fault: the class of the error, for the operator.
    """

    passing: ClassVar[bool] = True

    id: int
    number: int
    at: datetime
    kind: UpdateKind
    sender: str
    fault: str


@dataclass(frozen=True, slots=True)
class DeadLetterGone(Message):
    """The dead letter was already decided about."""


@dataclass(frozen=True, slots=True)
class TriedAgain(Message):
    """The update is back in the queue."""

    number: int


@dataclass(frozen=True, slots=True)
class DeadLetterSettled(Message):
    """The dead letter was taken off the list."""

    number: int


@dataclass(frozen=True, slots=True)
class DeadLettersPage(Lookup[DeadLetterList | NoDeadLetters]):
    """A page of the list."""

    page: int


@dataclass(frozen=True, slots=True)
class OpenDeadLetter(Lookup[DeadLetterCard | None]):
    """A dead letter that is not decided about; None if there is none with this id."""

    id: int


@dataclass(frozen=True, slots=True)
class TryAgain(Action):
    """Put the update back into the queue, for one more attempt."""

    id: int


@dataclass(frozen=True, slots=True)
class SettleDeadLetter(Action):
    """Take the dead letter off the list."""

    id: int


def dead_letter_list(_caller: Caller, rest: str) -> Flow[DeadLetterList | NoDeadLetters]:
    """Show a page of the dead letters."""
    return (yield from find(DeadLettersPage(max(1, button_number(rest)))))


def dead_letter_card(_caller: Caller, rest: str) -> Flow[Message]:
    """Show one dead letter."""
    card = yield from find(OpenDeadLetter(button_number(rest)))
    return DeadLetterGone() if card is None else card


def try_again(_caller: Caller, rest: str) -> Flow[TryAgain]:
    """Try a dead letter again."""
    yield from ()
    return TryAgain(button_number(rest))


def settle_dead_letter(_caller: Caller, rest: str) -> Flow[SettleDeadLetter]:
    """Take a dead letter off the list."""
    yield from ()
    return SettleDeadLetter(button_number(rest))
