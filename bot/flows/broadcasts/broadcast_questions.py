"""The questions of the flow that writes a broadcast."""

from dataclasses import dataclass
from datetime import date, datetime
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
    "NamedRank",
    "OfferedTime",
    "TypeCount",
]


@dataclass(frozen=True, slots=True)
class AskBody(Question):
    """Asks for the text, and lists the fields it may contain."""

    asked_as: ClassVar[str] = "broadcast.body@1"


@dataclass(frozen=True, slots=True)
class AskDespiteClaims(Question):
    """Asks an admin whether to send the text in spite of these words and links."""

    asked_as: ClassVar[str] = "broadcast.despite_claims@1"

    words: tuple[str, ...]
    chats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskFile(Question):
    """Asks for a photo or a document to send with it."""

    asked_as: ClassVar[str] = "broadcast.file@1"


@dataclass(frozen=True, slots=True)
class NamedRank:
    """A rank of the plan, with its name in the caller's language."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class AskAudience(Question):
    """Shows a preview and asks for the audience; a number of days without a sale may be typed.

    Attributes:
        sample: the message as one of the readers sees it.
        own: whether the preview uses the author's own data.
        team: whether the author is a member, and so can choose their own team.
        ranks: the ranks of the plan, the lowest first.
    """

    asked_as: ClassVar[str] = "broadcast.audience@2"

    sample: Sample
    own: bool
    team: bool
    ranks: tuple[NamedRank, ...]


@dataclass(frozen=True, slots=True)
class OfferedTime:
    """A time on a button; `today` tells whether it is today's, else it is tomorrow's."""

    day: date
    hour: int
    minute: int
    today: bool


@dataclass(frozen=True, slots=True)
class AskWhen(Question):
    """Asks when to start; offers some times, accepts any time with or without a day."""

    asked_as: ClassVar[str] = "broadcast.when@2"

    audience: Audience
    rank_name: str
    count: int
    minutes: int
    times: tuple[OfferedTime, ...]


@dataclass(frozen=True, slots=True)
class ConfirmBroadcast(Question):
    """Asks for confirmation by a button; for small audiences.

    `later` is how many get it only on a later day than the one on which it starts.
    """

    asked_as: ClassVar[str] = "broadcast.confirm@2"

    audience: Audience
    rank_name: str
    count: int
    minutes: int
    starts_at: datetime
    ends_at: datetime
    soon: bool
    later: int


@dataclass(frozen=True, slots=True)
class TypeCount(Question):
    """Asks for confirmation by typing the number of recipients; for large audiences."""

    asked_as: ClassVar[str] = "broadcast.count@2"

    audience: Audience
    rank_name: str
    count: int
    minutes: int
    starts_at: datetime
    ends_at: datetime
    soon: bool
    later: int
