"""Alerts for admins about the database, the clock and the connection to Telegram."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from bot.core.conversation.messages import Message

__all__ = [
    "BackupsFail",
    "ClockRight",
    "ClockWrong",
    "FaultSubject",
    "IntegrityBroken",
    "LongWait",
    "WebhookSet",
]


FaultSubject: TypeAlias = Literal[
    "month", "posting", "sale", "return", "payout", "balance", "bonus", "counter", "file", "other"
]


@dataclass(frozen=True, slots=True)
class BackupsFail(Message):
    """No backup could be made for an hour; `since` is when the newest one was made."""

    since: datetime | None


@dataclass(frozen=True, slots=True)
class IntegrityBroken(Message):
    """The nightly integrity check found errors.

    Attributes:
        about: what the first one is about.
        subject: its number, month or code; empty if it has none.
        detail: the first one as the operator reads it.
    """

    count: int
    about: FaultSubject
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class ClockWrong(Message):
    """The machine's clock seems wrong, so messages that no update asked for wait.

    Attributes:
        ahead: whether the clock is fast; otherwise it is slow.
        days: by how many whole days it is wrong.
        hours: by how many hours, if it is less than a day.
        minutes: by how many minutes, if it is less than an hour.
    """

    ahead: bool
    days: int
    hours: int
    minutes: int


@dataclass(frozen=True, slots=True)
class ClockRight(Message):
    """The clock is right again, and what waited continues."""


@dataclass(frozen=True, slots=True)
class WebhookSet(Message):
    """A webhook is set, so Telegram sends updates there and the bot receives none."""


@dataclass(frozen=True, slots=True)
class LongWait(Message):
    """Telegram asked for a pause longer than the bot accepts; the bot tries again every hour."""

    hours: int
