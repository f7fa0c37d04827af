"""The questions and messages about correcting a broadcast that has gone out."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.core.conversation.messages import Message, Question, Sample
from bot.core.messaging.text_corrections import CorrectionProgress, CorrectionState

__all__ = [
    "AskCorrection",
    "ConfirmCorrection",
    "CorrectionNote",
    "CorrectionReach",
    "CorrectionResult",
    "CorrectionStopped",
    "FileStays",
    "NobodyHasIt",
    "NotCorrectedYet",
    "NothingToCorrect",
    "SameText",
    "TooOldToCorrect",
]


@dataclass(frozen=True, slots=True)
class AskCorrection(Question):
    """Shows the text that people have, and asks for the right one.

    Attributes:
        number: the broadcast.
        body: its text as it was typed, or the beginning of a very long one.
        whole: whether `body` is all of it.
        file_kind: `photo` or `document` if it stands under one, which stays; else empty.
    """

    asked_as: ClassVar[str] = "correction.text@1"

    number: int
    body: str
    whole: bool
    file_kind: str


@dataclass(frozen=True, slots=True)
class CorrectionReach:
    """Whom a correction reaches, as of this moment.

    Attributes:
        delivered: how many messages have arrived.
        waiting: how many have not been sent, and get the new text at once.
        unknown: how many may have arrived and cannot be edited.
        minutes: how long the edits take.
    """

    delivered: int
    waiting: int
    unknown: int
    minutes: int


@dataclass(frozen=True, slots=True)
class ConfirmCorrection(Question):
    """Shows the new text as a reader will see it, and asks for confirmation.

    Attributes:
        sample: the message as one of the readers sees it.
        edition: the correction that people have or are getting; 0 for the first text.
        reach: whom it reaches, which goes on changing while the broadcast goes out.
    """

    asked_as: ClassVar[str] = "correction.confirm@1"
    beside: ClassVar[frozenset[str]] = frozenset({"reach"})

    sample: Sample
    edition: int
    reach: CorrectionReach


@dataclass(frozen=True, slots=True)
class FileStays(Message):
    """A file came where the corrected text was expected."""


@dataclass(frozen=True, slots=True)
class SameText(Message):
    """The text is the one that people have."""


@dataclass(frozen=True, slots=True)
class NotCorrectedYet(Message):
    """The answer is not a clear yes, so nothing was corrected."""


@dataclass(frozen=True, slots=True)
class NobodyHasIt(Message):
    """The broadcast is over and reached nobody, so that there is nothing to edit."""

    number: int


@dataclass(frozen=True, slots=True)
class NothingToCorrect(Message):
    """The caller has no broadcast that can be corrected."""

    days: int


@dataclass(frozen=True, slots=True)
class TooOldToCorrect(Message):
    """The broadcast ended too long ago."""

    number: int
    days: int


@dataclass(frozen=True, slots=True)
class CorrectionNote:
    """A correction on the card of its broadcast.

    Attributes:
        state: running, replaced, stopped or done.
        by: the name of who made it; empty for the reader.
        at: when it was confirmed.
        over: whether all its messages are settled.
        bar: the progress, drawn with blocks.
        progress: the counts.
        first: the beginning of the text as it was before any correction.
    """

    state: CorrectionState
    by: str
    at: datetime
    over: bool
    bar: str
    progress: CorrectionProgress
    first: str


@dataclass(frozen=True, slots=True)
class CorrectionResult(Message):
    """For who corrected a broadcast, once: what became of it."""

    number: int
    excerpt: str
    progress: CorrectionProgress


@dataclass(frozen=True, slots=True)
class CorrectionStopped(Message):
    """For the admins: stopped, since its author may send no broadcasts any more."""

    number: int
    excerpt: str
    author: str
    progress: CorrectionProgress
