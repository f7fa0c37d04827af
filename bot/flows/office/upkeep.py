"""What the bot tells admins about the books themselves."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.conversation.messages import Message

__all__ = [
    "BackupsFail",
    "BooksUnsound",
    "ClockInDoubt",
    "ClockRight",
    "LongWait",
    "WebhookSet",
]


@dataclass(frozen=True, slots=True)
class BackupsFail(Message):
    """No copy could be made for an hour; `since` is when the newest one was made."""

    since: datetime | None


@dataclass(frozen=True, slots=True)
class BooksUnsound(Message):
    """The nightly proof found things that do not add up."""

    count: int


@dataclass(frozen=True, slots=True)
class ClockInDoubt(Message):
    """The clock of the machine is not believed, so whatever nobody asked for waits.

    Attributes:
        ahead: whether it shows a time that has not come, or one that is past.
        days: by how many whole days it is wrong.
        hours: and by how many hours, where it is no whole day.
        minutes: and by how many minutes, where it is no whole hour.
    """

    ahead: bool
    days: int
    hours: int
    minutes: int


@dataclass(frozen=True, slots=True)
class ClockRight(Message):
    """The clock is believed again, and what waited goes on."""


@dataclass(frozen=True, slots=True)
class WebhookSet(Message):
    """Telegram gives what people write to a webhook, so that the bot hears nothing."""


@dataclass(frozen=True, slots=True)
class LongWait(Message):
    """Telegram wants a longer silence than is believed; the bot asks again after an hour."""

    hours: int
