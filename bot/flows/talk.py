"""What the bot says about the conversation itself, in any flow."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.conversation.messages import Message

__all__ = [
    "AlreadyRecorded",
    "AnsweredBefore",
    "Apology",
    "Changed",
    "DeadLetter",
    "EndedTheBot",
    "JustType",
    "KeepMedia",
    "KeepOrDrop",
    "LeftOff",
    "LeftOut",
    "NotTriedAgain",
    "NotUnderstood",
    "NothingOpen",
    "OneByOne",
    "OneOfAlbum",
    "OnlyForMembers",
    "OnlyForRole",
    "Outdated",
    "PictureUnseen",
    "PrivateOnly",
    "SlowDown",
    "StaleButton",
    "Suspended",
    "TooLong",
]


@dataclass(frozen=True, slots=True)
class NotUnderstood(Message):
    """A text that fits nothing."""

    member: bool


@dataclass(frozen=True, slots=True)
class KeepMedia(Message):
    """A sticker, a voice message and the like, which the bot has no use for."""

    member: bool


@dataclass(frozen=True, slots=True)
class NothingOpen(Message):
    """Cancel or back, with nothing to leave."""

    member: bool


@dataclass(frozen=True, slots=True)
class LeftOff(Message):
    """A conversation was given up."""

    flow: str
    member: bool


@dataclass(frozen=True, slots=True)
class JustType(Message):
    """A photo or a contact came where words or a number were asked for."""


@dataclass(frozen=True, slots=True)
class KeepOrDrop(Message):
    """Another conversation is open: go on with it, or drop it for the new one?"""

    flow: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Changed(Message):
    """The question reads differently now, so that the answer was not taken."""


@dataclass(frozen=True, slots=True)
class Outdated(Message):
    """The conversation began before its flow was rewritten."""


@dataclass(frozen=True, slots=True)
class TooLong(Message):
    """More answers than a conversation may have."""


@dataclass(frozen=True, slots=True)
class StaleButton(Message):
    """A button that stands for nothing any more, or never did."""


@dataclass(frozen=True, slots=True)
class AlreadyRecorded(Message):
    """The button was pressed before; here is the receipt."""

    receipt: str


@dataclass(frozen=True, slots=True)
class PictureUnseen(Message):
    """Under words whose picture or file Telegram does not give out any more."""


@dataclass(frozen=True, slots=True)
class AnsweredBefore(Message):
    """The button answers a question that has an answer; something typed came first."""


@dataclass(frozen=True, slots=True)
class OneOfAlbum(Message):
    """Several photos or files came together, and one of them was taken as the answer."""


@dataclass(frozen=True, slots=True)
class PrivateOnly(Message):
    """Said in a group: come to the private chat."""


@dataclass(frozen=True, slots=True)
class SlowDown(Message):
    """Too much within a minute that the bot has no use for; it says so once and falls silent."""


@dataclass(frozen=True, slots=True)
class OneByOne(Message):
    """More was written than can be answered at once: all of it gets its answer, only later."""


@dataclass(frozen=True, slots=True)
class LeftOut(Message):
    """So much was written that some of it was never read; what that was, so as to send it again.

    Attributes:
        count: how many messages.
        first: the beginning of the first of them; empty where it was no text.
        since: when the first of them came.
        until: when the last of them came.
    """

    count: int
    first: str
    since: datetime
    until: datetime
    member: bool


@dataclass(frozen=True, slots=True)
class OnlyForMembers(Message):
    """A prospect asked for something that members have."""


@dataclass(frozen=True, slots=True)
class OnlyForRole(Message):
    """Something for trainers or admins."""

    role: str


@dataclass(frozen=True, slots=True)
class Suspended(Message):
    """A member whom the office has suspended wants to do something that waits until then."""


@dataclass(frozen=True, slots=True)
class Apology(Message):
    """Something of ours broke five times over this person's message."""


@dataclass(frozen=True, slots=True)
class DeadLetter(Message):
    """For admins: an update was set aside."""

    number: int


@dataclass(frozen=True, slots=True)
class NotTriedAgain(Message):
    """This person's message ended the bot again and again, and was set aside."""


@dataclass(frozen=True, slots=True)
class EndedTheBot(Message):
    """For admins: an update that ended the bot again and again was set aside."""

    number: int
