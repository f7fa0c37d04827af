"""Advances corrections at each tick: writes edits, releases them, reports the result.

Like the sending of broadcasts, each step is a short transaction that reads the database again, so
that the process may be killed between any two of them.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import Connection

from bot.content.broadcasts import excerpt
from bot.core.messaging.text_corrections import RUNNING_DAYS_MAX
from bot.flows.broadcasts.correction_messages import CorrectionResult, CorrectionStopped
from bot.services.broadcasts.broadcast_cards import EXCERPT_CHARACTERS_MAX, name_of
from bot.store.broadcasts import broadcast_corrections, broadcasts, correction_recipients
from bot.store.broadcasts.broadcast_corrections import BroadcastCorrection
from bot.store.db import audit_log
from bot.store.members import roles
from bot.turn.access import may_broadcast
from bot.turn.notices import send, send_to_admins
from bot.turn.runtime import BotRuntime

__all__ = ["EDITS_PER_UNIT_MAX", "EDITS_RELEASED_MAX", "SETTLING", "move_corrections_on"]

EDITS_PER_UNIT_MAX: Final = 500
"""The number handled in one transaction; people's messages wait no longer than for that."""

EDITS_RELEASED_MAX: Final = 600
"""More than the fastest rate sends between two ticks."""

SETTLING: Final = timedelta(seconds=30)
"""How long a correction looks for messages with an earlier text at least. On a database server a
transaction that began before it may still take a message with that text."""


async def move_corrections_on(runtime: BotRuntime, now: datetime) -> int:
    """Do what is due for every correction; returns the number of edits released."""
    database, released = runtime.database, 0
    for number in await database.read(broadcast_corrections.unfinished):
        await database.write(partial(_stop, number=number, now=now))
        while await database.write(partial(_fill, number=number, now=now)):
            pass
        while await database.write(partial(_expire, number=number)):
            pass
        released += await database.write(partial(_release, number=number, now=now))
        await database.write(partial(_finish, runtime=runtime, number=number, now=now))
    return released


def _stop(conn: Connection, *, number: int, now: datetime) -> None:
    """Stop a correction that is a week old, or whose author may send no broadcasts any more."""
    found = _running(conn, number)
    if found is None:
        return
    old = now - found.created_at > timedelta(days=RUNNING_DAYS_MAX)
    if not old and may_broadcast(conn, found.author_id):
        return
    if broadcast_corrections.stop(conn, number):
        audit_log.note(conn, None, "stop correction", f"correction {number}", now)


def _fill(conn: Connection, *, number: int, now: datetime) -> bool:
    """Write some edits; returns whether there are more to write."""
    found = _running(conn, number)
    if found is None:
        return False
    kin = broadcast_corrections.family(conn, found.broadcast_id)
    written = correction_recipients.fill(conn, number, kin, now, EDITS_PER_UNIT_MAX)
    return written == EDITS_PER_UNIT_MAX


def _expire(conn: Connection, *, number: int) -> bool:
    """Expire some edits of a correction that is replaced or stopped; returns whether more are."""
    found = broadcast_corrections.load(conn, number)
    if found is None or found.state not in {"replaced", "stopped"}:
        return False
    return correction_recipients.expire(conn, number, EDITS_PER_UNIT_MAX) == EDITS_PER_UNIT_MAX


def _release(conn: Connection, *, number: int, now: datetime) -> int:
    """Release some edits, at any hour: they make no sound. Returns the number."""
    if _running(conn, number) is None:
        return 0
    room = EDITS_RELEASED_MAX - correction_recipients.released(conn, number)
    return correction_recipients.release(conn, number, now, room) if room > 0 else 0


def _finish(conn: Connection, *, runtime: BotRuntime, number: int, now: datetime) -> None:
    """Once all edits are settled, store the counts and report them."""
    found = broadcast_corrections.load(conn, number)
    if found is None or correction_recipients.unsettled(conn, number):
        return
    kin = broadcast_corrections.family(conn, found.broadcast_id)
    if found.state == "running":
        if timedelta(0) <= now - found.created_at < SETTLING:
            return
        if correction_recipients.outdated(conn, number, kin):
            return
    unknown = correction_recipients.uncertain(conn, kin)
    counted = replace(correction_recipients.progress(conn, number), unknown=unknown)
    if broadcast_corrections.close(conn, number, counted, now) and found.state != "replaced":
        _report(conn, runtime, found, now)


def _report(
    conn: Connection, runtime: BotRuntime, found: BroadcastCorrection, now: datetime
) -> None:
    """Notify who made it, or the admins if that person may send no broadcasts any more."""
    closed = broadcast_corrections.load(conn, found.id)
    broadcast = broadcasts.load(conn, found.broadcast_id)
    assert closed is not None, "it was closed a moment ago"
    assert broadcast is not None, "a correction is of a broadcast"
    words = excerpt(broadcast.body, EXCERPT_CHARACTERS_MAX)
    key = f"correction:{found.id}:result"
    if not may_broadcast(conn, found.author_id):
        author = name_of(conn, found.author_id)
        notice = CorrectionStopped(broadcast.id, words, author, closed.progress)
        send_to_admins(conn, runtime.content, runtime.company, notice, key, now)
        return
    person = roles.reachable(conn, found.author_id, runtime.company.time_zone)
    if person is not None:
        result = CorrectionResult(broadcast.id, words, closed.progress)
        send(conn, runtime.content, runtime.company, person, result, key=key, at=now)


def _running(conn: Connection, number: int) -> BroadcastCorrection | None:
    """Returns the correction while it runs."""
    found = broadcast_corrections.load(conn, number)
    return found if found is not None and found.state == "running" else None
