"""What the writing of a broadcast needs to know, and what it does in the end."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.conversation.messages import Sample
from bot.core.conversation.replay import Lookup
from bot.core.messaging.broadcasts import Audience
from bot.flows.broadcasts.broadcast_messages import BodyRefused
from bot.flows.broadcasts.broadcast_questions import NamedRank
from bot.flows.spec import Action

__all__ = [
    "AudienceSizes",
    "BodyFault",
    "BotName",
    "PreviewOf",
    "Ranks",
    "SendBroadcast",
    "SentToday",
]


@dataclass(frozen=True, slots=True)
class SentToday(Lookup[int]):
    """How many broadcasts the caller wrote today, by the caller's own day."""


@dataclass(frozen=True, slots=True)
class BodyFault(Lookup[BodyRefused | None]):
    """The error in a text; None if there is none. `stays`: its file has been sent."""

    body: str
    caption: bool
    stays: bool = False


@dataclass(frozen=True, slots=True)
class BotName(Lookup[str]):
    """The bot's user name on Telegram, without `@`."""


@dataclass(frozen=True, slots=True)
class PreviewOf(Lookup[Sample]):
    """The message as one member will see it."""

    body: str
    file_id: str
    file_kind: str


@dataclass(frozen=True, slots=True)
class Ranks(Lookup[tuple[NamedRank, ...]]):
    """The ranks of the plan of this month, the lowest first."""


@dataclass(frozen=True, slots=True)
class AudienceSizes(Lookup[tuple[tuple[str, int], ...]]):
    """How many members an audience has at a moment, by zone."""

    audience: Audience
    at: datetime


@dataclass(frozen=True, slots=True)
class SendBroadcast(Action):
    """Store the broadcast, to start at `starts_at`; `claims` are the words an admin allowed."""

    body: str
    file_id: str
    file_kind: str
    audience: Audience
    chosen_at: datetime
    starts_at: datetime
    claims: tuple[str, ...]
