"""Alerts to the admins, once each: failing backups, a damaged database, no updates."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Literal

from sqlalchemy import Connection

from bot.core.calendar.hours import local_day
from bot.flows.office.upkeep import BackupsFail, IntegrityBroken, LongWait, WebhookSet
from bot.services.office.fault_words import subject_of
from bot.store.proof import integrity
from bot.turn.notices import send_to_admins
from bot.turn.runtime import BotRuntime

__all__ = [
    "Stuck",
    "note_integrity",
    "note_long_wait",
    "tell_backups_fail",
    "tell_long_wait",
    "tell_stuck",
]

HOUR_SECONDS = 3600
HOURS_SAID_MAX = 9_999
FAULT_CHARACTERS_MAX = 200


@dataclass(frozen=True, slots=True)
class Stuck:
    """Why no updates arrive.

    Attributes:
        why: a webhook receives them, or Telegram demands an implausibly long wait.
        seconds: the wait that Telegram demands.
    """

    why: Literal["webhook", "wait"]
    seconds: int = 0


def tell_backups_fail(
    conn: Connection, *, runtime: BotRuntime, since: datetime | None, at: datetime
) -> None:
    """Alert that the newest backup is of `since`; once for each such moment."""
    key = f"backups:{'never' if since is None else since.isoformat()}"
    send_to_admins(conn, runtime.content, runtime.company, BackupsFail(since), key, at)


def note_integrity(
    conn: Connection, *, runtime: BotRuntime, faults: int, at: datetime, first: str = ""
) -> None:
    """Store the result of an integrity check; alert if it found the first faults.

    `first` is the first of them as the operator reads it.
    """
    before = integrity.keep(conn, faults, at)
    if faults and not before:
        key = f"proof:{at.isoformat()}"
        about, subject = subject_of(first)
        news = IntegrityBroken(faults, about, subject, _shortened(first))
        send_to_admins(conn, runtime.content, runtime.company, news, key, at)


def _shortened(fault: str) -> str:
    """Returns a sentence of the check, cut to what fits a message."""
    return fault if len(fault) <= FAULT_CHARACTERS_MAX else f"{fault[:FAULT_CHARACTERS_MAX]}…"


async def tell_long_wait(runtime: BotRuntime, now: Callable[[], datetime], seconds: int) -> None:
    """Alert that Telegram demands this long a wait; once a day."""
    note = partial(note_long_wait, runtime=runtime, seconds=seconds, at=now())
    await runtime.database.write(note)


def note_long_wait(conn: Connection, *, runtime: BotRuntime, seconds: int, at: datetime) -> None:
    """Alert, within a transaction, that Telegram demands this long a wait; once a day."""
    hours = min(-(-seconds // HOUR_SECONDS), HOURS_SAID_MAX)
    key = f"silence:{local_day(at, runtime.company.time_zone)}"
    send_to_admins(conn, runtime.content, runtime.company, LongWait(hours), key, at)


def tell_stuck(conn: Connection, *, runtime: BotRuntime, stuck: Stuck, at: datetime) -> None:
    """Alert why no updates arrive; once a day for each reason."""
    if stuck.why == "wait":
        note_long_wait(conn, runtime=runtime, seconds=stuck.seconds, at=at)
        return
    key = f"webhook:{local_day(at, runtime.company.time_zone)}"
    send_to_admins(conn, runtime.content, runtime.company, WebhookSet(), key, at)
