"""What the bot tells admins about the books themselves."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.messages import Message

__all__ = ["BackupsFail", "BooksUnsound", "LongWait"]


@dataclass(frozen=True, slots=True)
class BackupsFail(Message):
    """No copy could be made for an hour; `since` is when the newest one was made."""

    since: datetime | None


@dataclass(frozen=True, slots=True)
class BooksUnsound(Message):
    """The nightly proof found things that do not add up."""

    count: int


@dataclass(frozen=True, slots=True)
class LongWait(Message):
    """Telegram wants a longer silence than is believed; the bot asks again after an hour."""

    hours: int
