"""The messages about what an upline and a member of the team write each other through the bot."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from bot.core.conversation.messages import Message, Question

__all__ = [
    "AnsweredEnough",
    "AskRelayAnswer",
    "AskRelayed",
    "ConfirmRelayed",
    "ConfirmReport",
    "EnoughForToday",
    "NotWanted",
    "ReadyText",
    "RelayGone",
    "RelayedEnough",
    "RelayedForYou",
    "RelayedNotSent",
    "RelayedOnItsWay",
    "RelayedTooMany",
    "ReportText",
    "Unreached",
]


@dataclass(frozen=True, slots=True)
class AskRelayed(Question):
    """Asks what to write to this member; some words are ready behind buttons."""

    asked_as: ClassVar[str] = "relay.words@1"

    title: str
    short: str
    most: int


@dataclass(frozen=True, slots=True)
class ConfirmRelayed(Question):
    """Shows the message and asks whether to send it."""

    asked_as: ClassVar[str] = "relay.send@1"

    title: str
    short: str
    words: str


@dataclass(frozen=True, slots=True)
class AskRelayAnswer(Question):
    """Asks what to answer to a message of this person, of which it has the first words."""

    asked_as: ClassVar[str] = "relay.answer@1"

    title: str
    short: str
    asked: str


@dataclass(frozen=True, slots=True)
class RelayedOnItsWay(Message):
    """The message is delivered, or will be at `due_at`; None is now."""

    title: str
    short: str
    due_at: datetime | None
    answer: bool


@dataclass(frozen=True, slots=True)
class RelayedNotSent(Message):
    """The sender has decided against it."""


@dataclass(frozen=True, slots=True)
class RelayedForYou(Message):
    """A message for the reader; the buttons carry its reference.

    Attributes:
        upline: whether its sender is an upline of the reader; else it is an answer of the team.
        asked: the first words of the message that it answers; empty if it answers none.
    """

    lasting: ClassVar[bool] = True

    title: str
    short: str
    words: str
    upline: bool
    asked: str
    reference: str


@dataclass(frozen=True, slots=True)
class ReadyText(Message):
    """Words to start from, as the sender may send them to this member: the text itself.

    They are about selling and help, and never about bringing in others.
    """

    title: str
    short: str
    number: Literal["1", "2", "3", "4"]


@dataclass(frozen=True, slots=True)
class ReportText(Message):
    """What the office reads of a reported message: the text itself."""

    short: str
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class ConfirmReport(Message):
    """Asks whether to report a message to the office; the reference is of the question to it."""

    title: str
    short: str
    words: str
    reference: str


@dataclass(frozen=True, slots=True)
class Unreached(Message):
    """The member does not use the bot at present, for whatever reason."""

    title: str
    short: str


@dataclass(frozen=True, slots=True)
class NotWanted(Message):
    """The member gets no messages of this sender."""

    title: str
    short: str


@dataclass(frozen=True, slots=True)
class EnoughForToday(Message):
    """The member gets as many messages of uplines today as one may get in a day."""

    title: str
    short: str


@dataclass(frozen=True, slots=True)
class RelayedEnough(Message):
    """The sender has written to this member often enough today."""

    title: str
    short: str


@dataclass(frozen=True, slots=True)
class RelayedTooMany(Message):
    """The sender has written as many messages as one may in a day."""

    most: int


@dataclass(frozen=True, slots=True)
class AnsweredEnough(Message):
    """The message has as many answers as it may have."""

    title: str
    short: str


@dataclass(frozen=True, slots=True)
class RelayGone(Message):
    """The message of this button is no longer kept, or was never for the caller."""
