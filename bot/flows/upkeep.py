"""What the bot tells admins about the books themselves."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.messages import Message

__all__ = ["BackupsFail", "BooksUnsound", "LongWait", "WebhookSet"]


@dataclass(frozen=True, slots=True)
class BackupsFail(Message):
    """No copy could be made for an hour; `since` is when the newest one was made."""

    since: datetime | None


@dataclass(frozen=True, slots=True)
class BooksUnsound(Message):
    """The nightly proof found things that do not add up."""

    count: int


@dataclass(frozen=True, slots=True)
class WebhookSet(Message):
    """Telegram gives what people write to a webhook, so that the bot hears nothing."""


@dataclass(frozen=True, slots=True)
class LongWait(Message):
    """Telegram wants to be left alone for longer than is believed; it is asked every hour."""

    hours: int
