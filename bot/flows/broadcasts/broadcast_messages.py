"""The messages about writing a broadcast, besides the questions, and about those sent."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from bot.core.conversation.messages import Message
from bot.core.messaging.broadcasts import Audience, BroadcastProgress, BroadcastState
from bot.flows.broadcasts.correction_messages import CorrectionNote

__all__ = [
    "BodyRefused",
    "BroadcastCard",
    "BroadcastGone",
    "BroadcastLine",
    "BroadcastPaused",
    "BroadcastResult",
    "Broadcasts",
    "ChooseAudience",
    "ClaimsRefused",
    "ConfirmRepeat",
    "ConfirmStop",
    "FaultKind",
    "HourOutside",
    "NobodyThere",
    "NotAFile",
    "NotSentYet",
    "NothingSentOn",
    "NothingToRepeat",
    "TextFault",
    "TextFirst",
    "TooManyToday",
    "WrongCount",
]

FaultKind: TypeAlias = Literal[
    "empty", "source", "field", "brace", "tag", "open", "crossed", "link", "length"
]


@dataclass(frozen=True, slots=True)
class TextFault:
    """An error in a text.

    Attributes:
        kind: the rule that the text breaks.
        piece: the part of the text that breaks it.
        hint: what was probably meant.
        length: how many characters it has, filled in for a member with a long name.
        most: how many it may have.
    """

    kind: FaultKind
    piece: str = ""
    hint: str = ""
    length: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class TextFirst(Message):
    """A file came where the text was expected; the file is asked for later."""


@dataclass(frozen=True, slots=True)
class BodyRefused(Message):
    """An error in the text, and how to correct it.

    Attributes:
        fault: the first error.
        caption: whether the text belongs to a file.
        stays: whether the file has been sent, so that it cannot be left out.
    """

    fault: TextFault
    caption: bool
    stays: bool = False


@dataclass(frozen=True, slots=True)
class ClaimsRefused(Message):
    """The text promises income or health, or links to other chats; the author has to change it."""

    words: tuple[str, ...]
    chats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotAFile(Message):
    """The answer is neither a photo nor a document, nor a no."""


@dataclass(frozen=True, slots=True)
class ChooseAudience(Message):
    """The answer is not one of the buttons."""


@dataclass(frozen=True, slots=True)
class NobodyThere(Message):
    """No member of this audience can receive broadcasts."""

    audience: Audience
    rank_name: str


@dataclass(frozen=True, slots=True)
class HourOutside(Message):
    """The bot sends no broadcasts at that hour."""

    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class NothingSentOn(Message):
    """The day is a holiday, on which the bot sends no broadcasts."""

    day: date


@dataclass(frozen=True, slots=True)
class NotSentYet(Message):
    """The answer is not a clear yes, so nothing was sent."""


@dataclass(frozen=True, slots=True)
class WrongCount(Message):
    """The number is not the number of recipients."""

    count: int


@dataclass(frozen=True, slots=True)
class TooManyToday(Message):
    """The author has reached the daily limit of broadcasts."""

    most: int


@dataclass(frozen=True, slots=True)
class BroadcastLine:
    """A broadcast in the list.

    Attributes:
        author: empty for one's own.
        begun: whether its time has come.
        over: whether all its messages are settled.
        sent: how many were accepted by Telegram.
    """

    number: int
    state: BroadcastState
    excerpt: str
    author: str
    starts_at: datetime
    begun: bool
    over: bool
    settled: int
    sent: int
    total: int


@dataclass(frozen=True, slots=True)
class Broadcasts(Message):
    """The latest broadcasts, and a button to write a new one.

    Attributes:
        lines: newest first.
        all_authors: whether those of all authors are shown.
        admin: whether the reader may see those of all authors.
    """

    lines: tuple[BroadcastLine, ...]
    all_authors: bool
    admin: bool


@dataclass(frozen=True, slots=True)
class BroadcastCard(Message):
    """The progress of one broadcast.

    Attributes:
        number: its number in commands and buttons.
        state: running, paused, stopped or done.
        audience: the members it is for.
        rank_name: the name of the rank that they have; empty for other audiences.
        excerpt: the beginning of the text.
        author: the name of its author; empty for one's own.
        starts_at: when it starts.
        ends_at: when the last message will leave, as estimated.
        ready: whether all its outbox messages are written; before that the total is not known.
        begun: whether its time has come.
        over: whether all its messages are settled.
        bar: the progress, drawn with blocks.
        progress: the counts.
        again: how many members it can be repeated to.
        repeats: the number of the broadcast that this one repeats; 0 for none.
        correction: its newest correction; None for none.
        correctable: whether the reader can correct it now.
    """

    number: int
    state: BroadcastState
    audience: Audience
    rank_name: str
    excerpt: str
    author: str
    starts_at: datetime
    ends_at: datetime
    ready: bool
    begun: bool
    over: bool
    bar: str
    progress: BroadcastProgress
    again: int
    repeats: int
    correction: CorrectionNote | None
    correctable: bool


@dataclass(frozen=True, slots=True)
class BroadcastGone(Message):
    """There is no broadcast with this number that the caller may see."""


@dataclass(frozen=True, slots=True)
class ConfirmStop(Message):
    """Asks whether to stop; messages that have left cannot be called back."""

    number: int
    waiting: int


@dataclass(frozen=True, slots=True)
class ConfirmRepeat(Message):
    """Asks whether to send it again to the members who may not have received it."""

    number: int
    people: int


@dataclass(frozen=True, slots=True)
class NothingToRepeat(Message):
    """There is no member left to repeat it to."""

    number: int


@dataclass(frozen=True, slots=True)
class BroadcastResult(Message):
    """For the author, once: the result."""

    number: int
    stopped: bool
    excerpt: str
    progress: BroadcastProgress
    again: int


@dataclass(frozen=True, slots=True)
class BroadcastPaused(Message):
    """For the admins: paused, since its author is suspended or no longer a trainer."""

    number: int
    excerpt: str
    author: str
    suspended: bool
