"""Messages about the conversation itself, which any flow may cause."""

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
    "HasLeft",
    "JustType",
    "KeepMedia",
    "KeepOrDrop",
    "LeftOff",
    "LeftOut",
    "MeantHere",
    "MoreToCome",
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
    "PutOff",
    "SlowDown",
    "StaleButton",
    "Suspended",
    "TooLong",
    "WhichOne",
]


@dataclass(frozen=True, slots=True)
class NotUnderstood(Message):
    """A text that the bot cannot interpret."""

    member: bool


@dataclass(frozen=True, slots=True)
class MeantHere:
    """One thing that a text may mean; `line` is its command line without the slash."""

    intent: str
    line: str


@dataclass(frozen=True, slots=True)
class WhichOne(Message):
    """Asks which of two or three things a text means."""

    meant: tuple[MeantHere, ...]


@dataclass(frozen=True, slots=True)
class KeepMedia(Message):
    """A sticker, a voice message or other media that the bot does not use."""

    member: bool


@dataclass(frozen=True, slots=True)
class NothingOpen(Message):
    """Cancel or back was sent while no conversation was open."""

    member: bool


@dataclass(frozen=True, slots=True)
class LeftOff(Message):
    """The conversation was cancelled."""

    flow: str
    member: bool


@dataclass(frozen=True, slots=True)
class JustType(Message):
    """A photo or a contact came where a text or a number was expected."""


@dataclass(frozen=True, slots=True)
class KeepOrDrop(Message):
    """Another conversation is open: continue it, or drop it for the new one?

    `typed` is the line that came with the new command, if it is something to be recorded: it can
    also wait until this one has ended.
    """

    flow: str
    wanted: str
    typed: str = ""


@dataclass(frozen=True, slots=True)
class MoreToCome(Message):
    """One text told of several: this is about the first, and `count` others come after it."""

    count: int


@dataclass(frozen=True, slots=True)
class Changed(Message):
    """The question reads differently now, so the answer was not accepted."""


@dataclass(frozen=True, slots=True)
class Outdated(Message):
    """The conversation began before its flow changed to a new version."""


@dataclass(frozen=True, slots=True)
class TooLong(Message):
    """The conversation has reached the maximum number of answers."""


@dataclass(frozen=True, slots=True)
class StaleButton(Message):
    """The button is no longer valid, or never was."""


@dataclass(frozen=True, slots=True)
class AlreadyRecorded(Message):
    """The button was pressed before; shows the receipt again."""

    receipt: str


@dataclass(frozen=True, slots=True)
class PictureUnseen(Message):
    """Added to a text whose picture or file Telegram no longer serves."""


@dataclass(frozen=True, slots=True)
class AnsweredBefore(Message):
    """The question of this button was already answered by a typed text."""


@dataclass(frozen=True, slots=True)
class OneOfAlbum(Message):
    """Several photos or files came together, and only one was taken as the answer."""


@dataclass(frozen=True, slots=True)
class PrivateOnly(Message):
    """Sent in a group: asks the person to write in the private chat."""


@dataclass(frozen=True, slots=True)
class PutOff(Message):
    """A newcomer said "later"; `open` if what was filled in waits for them."""

    open: bool


@dataclass(frozen=True, slots=True)
class SlowDown(Message):
    """Too many unusable messages within a minute; sent once, then the bot is silent."""


@dataclass(frozen=True, slots=True)
class OneByOne(Message):
    """More messages came than can be answered at once; each gets its answer, only later."""


@dataclass(frozen=True, slots=True)
class LeftOut(Message):
    """So many messages came that some were never read; says which, so that they can be sent again.

    Attributes:
        count: how many messages.
        first: the beginning of the first of them; empty if it was not a text.
        since: when the first of them came.
        until: when the last of them came.
        member: whether the sender is a member.
    """

    count: int
    first: str
    since: datetime
    until: datetime
    member: bool


@dataclass(frozen=True, slots=True)
class OnlyForMembers(Message):
    """A person who has not joined asked for something that only members have."""


@dataclass(frozen=True, slots=True)
class OnlyForRole(Message):
    """The command is only for trainers or admins."""

    role: str


@dataclass(frozen=True, slots=True)
class Suspended(Message):
    """A suspended member tried something that they may not do while suspended."""


@dataclass(frozen=True, slots=True)
class HasLeft(Message):
    """A member who has left tried something that is for members."""


@dataclass(frozen=True, slots=True)
class Apology(Message):
    """An error of the bot made this person's message fail five times."""


@dataclass(frozen=True, slots=True)
class DeadLetter(Message):
    """For admins: an update became a dead letter."""

    number: int


@dataclass(frozen=True, slots=True)
class NotTriedAgain(Message):
    """This person's message ended the process too often and became a dead letter."""


@dataclass(frozen=True, slots=True)
class EndedTheBot(Message):
    """For admins: an update that ended the process too often became a dead letter."""

    number: int
