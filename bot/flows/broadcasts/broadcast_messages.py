"""What is said while a broadcast is written, besides the questions, and about those sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from bot.core.conversation.messages import Message
from bot.core.messaging.broadcasts import Audience, BroadcastProgress, BroadcastState

__all__ = [
    "BodyRefused",
    "BroadcastCard",
    "BroadcastGone",
    "BroadcastLine",
    "BroadcastRests",
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
    "NothingToRepeat",
    "TextFirst",
    "TooManyToday",
    "WrongCount",
]

FaultKind: TypeAlias = Literal[
    "empty", "source", "field", "brace", "tag", "open", "crossed", "link", "length"
]


@dataclass(frozen=True, slots=True)
class TextFirst(Message):
    """A file came where the text was asked for; it has its turn."""


@dataclass(frozen=True, slots=True)
class BodyRefused(Message):
    """What is wrong with the text, and how to mend it.

    Attributes:
        kind: which rule it breaks.
        piece: the part of the text that does.
        hint: what was probably meant.
        length: how long it is, or would be for somebody with a long name.
        most: how long it may be.
        caption: whether it is to stand under a file.
    """

    kind: FaultKind
    piece: str
    hint: str
    length: int
    most: int
    caption: bool


@dataclass(frozen=True, slots=True)
class ClaimsRefused(Message):
    """Words that promise income or health, and links to other chats; the writer mends them."""

    words: tuple[str, ...]
    chats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotAFile(Message):
    """Neither a photo nor a document, nor the word that none is wanted."""


@dataclass(frozen=True, slots=True)
class ChooseAudience(Message):
    """Something else than one of the buttons."""


@dataclass(frozen=True, slots=True)
class NobodyThere(Message):
    """Nobody belongs to this audience, or can be written to."""

    audience: Audience


@dataclass(frozen=True, slots=True)
class HourOutside(Message):
    """The bot writes to nobody at that hour."""

    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class NotSentYet(Message):
    """No clear yes: nothing was sent."""


@dataclass(frozen=True, slots=True)
class WrongCount(Message):
    """Another number than that of the recipients."""

    count: int


@dataclass(frozen=True, slots=True)
class TooManyToday(Message):
    """The writer has sent as many as a day may have."""

    most: int


@dataclass(frozen=True, slots=True)
class BroadcastLine:
    """One broadcast, as the list shows it; `author` is empty for one's own."""

    number: int
    state: BroadcastState
    excerpt: str
    author: str
    starts_at: datetime
    settled: int
    total: int


@dataclass(frozen=True, slots=True)
class Broadcasts(Message):
    """The latest ones, and the way to a new one.

    Attributes:
        lines: newest first.
        all_authors: whether they are everybody's.
        admin: whether the reader may look at everybody's.
    """

    lines: tuple[BroadcastLine, ...]
    all_authors: bool
    admin: bool


@dataclass(frozen=True, slots=True)
class BroadcastCard(Message):
    """How one broadcast stands.

    Attributes:
        number: by which the buttons know it.
        state: running, paused, stopped or done.
        ready: whether all its letters are written; before, the total is not known.
        begun: whether its time has come.
        over: whether everything is settled.
        bar: how far it is, in blocks.
        tally: the counts.
        ends_at: when the last one leaves, as far as one can tell.
        again: how many may be sent it once more.
        repeats: the number of the broadcast that this one repeats; 0 for none.
    """

    number: int
    state: BroadcastState
    audience: Audience
    excerpt: str
    author: str
    starts_at: datetime
    ends_at: datetime
    ready: bool
    begun: bool
    over: bool
    bar: str
    tally: BroadcastProgress
    again: int
    repeats: int


@dataclass(frozen=True, slots=True)
class BroadcastGone(Message):
    """There is none with this number that the caller may see."""


@dataclass(frozen=True, slots=True)
class ConfirmStop(Message):
    """Surely stop? What has left cannot be called back."""

    number: int
    waiting: int


@dataclass(frozen=True, slots=True)
class ConfirmRepeat(Message):
    """Surely send it again to those who perhaps did not get it?"""

    number: int
    people: int


@dataclass(frozen=True, slots=True)
class NothingToRepeat(Message):
    """Nobody is left who could be sent it again."""

    number: int


@dataclass(frozen=True, slots=True)
class BroadcastResult(Message):
    """For the writer, once: what came of it."""

    number: int
    stopped: bool
    excerpt: str
    tally: BroadcastProgress
    again: int


@dataclass(frozen=True, slots=True)
class BroadcastRests(Message):
    """For the admins: paused, since its author is suspended or is not a trainer any more."""

    number: int
    excerpt: str
    author: str
    suspended: bool
