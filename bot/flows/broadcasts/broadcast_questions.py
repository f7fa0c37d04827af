"""What is asked while a broadcast is written."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.core.conversation.messages import Question, Sample
from bot.core.messaging.broadcasts import Audience

__all__ = [
    "AskAudience",
    "AskBody",
    "AskDespiteClaims",
    "AskFile",
    "AskWhen",
    "ConfirmBroadcast",
    "TypeCount",
]


@dataclass(frozen=True, slots=True)
class AskBody(Question):
    """What should they read? Says which fields there are."""

    asked_as: ClassVar[str] = "broadcast.body@1"


@dataclass(frozen=True, slots=True)
class AskDespiteClaims(Question):
    """The same for an admin, who may send it in spite."""

    asked_as: ClassVar[str] = "broadcast.despite_claims@1"

    words: tuple[str, ...]
    chats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskFile(Question):
    """A photo or a document with it?"""

    asked_as: ClassVar[str] = "broadcast.file@1"


@dataclass(frozen=True, slots=True)
class AskAudience(Question):
    """Who should get what is shown above?

    Attributes:
        sample: the message as one of them reads it.
        own: whether the sample is filled with the writer's own data.
        team: whether the writer has a team of their own.
    """

    asked_as: ClassVar[str] = "broadcast.audience@1"

    sample: Sample
    own: bool
    team: bool


@dataclass(frozen=True, slots=True)
class AskWhen(Question):
    """When should the first one leave? Some hours are offered, any may be typed."""

    asked_as: ClassVar[str] = "broadcast.when@1"

    audience: Audience
    count: int
    minutes: int
    times: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConfirmBroadcast(Question):
    """Surely? To some, by a button."""

    asked_as: ClassVar[str] = "broadcast.confirm@1"

    audience: Audience
    count: int
    minutes: int
    starts_at: datetime
    ends_at: datetime
    soon: bool


@dataclass(frozen=True, slots=True)
class TypeCount(Question):
    """Surely? To many, by typing how many."""

    asked_as: ClassVar[str] = "broadcast.count@1"

    audience: Audience
    count: int
    minutes: int
    starts_at: datetime
    ends_at: datetime
    soon: bool
