"""Advances broadcasts at each tick: writes messages, releases them, reports the result.

Each step is a short transaction that reads the database again, so that the process may be killed
between any two of them.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import Connection

from bot.company import TIME_ZONES, Company
from bot.content.broadcasts import excerpt
from bot.core.calendar.hours import may_train
from bot.flows.broadcasts.broadcast_messages import BroadcastPaused, BroadcastResult
from bot.services.broadcasts.audience import audience_filter
from bot.services.broadcasts.broadcast_cards import EXCERPT_CHARACTERS_MAX, author_of, repeatable
from bot.services.broadcasts.correcting import move_corrections_on
from bot.store.broadcasts import audience, broadcasts, recipients
from bot.store.broadcasts.broadcasts import Broadcast
from bot.store.db import audit_log
from bot.store.members import roles
from bot.turn.access import may_broadcast, may_go_on, responsible
from bot.turn.notices import send, send_to_admins
from bot.turn.runtime import BotRuntime

__all__ = ["MEMBERS_PER_UNIT_MAX", "RELEASED_MAX", "move_broadcasts_on"]

MEMBERS_PER_UNIT_MAX: Final = 500
"""The number handled in one transaction; people's messages wait no longer than for that."""

RELEASED_MAX: Final = 600
"""The number of released messages of one broadcast: more than the fastest rate sends between two
ticks, and few enough for queries over the open outbox."""

AGE_MAX: Final = timedelta(days=7)
"""The age at which a broadcast that still has unsent messages is stopped."""


async def move_broadcasts_on(runtime: BotRuntime, now: datetime) -> int:
    """Do what is due for every broadcast and correction; returns how many messages it released."""
    released = 0
    for number in await runtime.database.read(broadcasts.unfinished):
        while await runtime.database.write(partial(_fill, company=runtime.company, number=number)):
            pass
        while await runtime.database.write(partial(_expire, number=number, now=now)):
            pass
        if await runtime.database.read(partial(_unauthorized, number=number)):
            await runtime.database.write(partial(_pause, runtime=runtime, number=number, now=now))
        released += await runtime.database.write(
            partial(_release, company=runtime.company, number=number, now=now)
        )
        await runtime.database.write(partial(_finish, runtime=runtime, number=number, now=now))
    return released + await move_corrections_on(runtime, now)


def _fill(conn: Connection, *, company: Company, number: int) -> bool:
    """Write some messages; returns whether there are more to write."""
    broadcast = broadcasts.load(conn, number)
    if broadcast is None or broadcast.filled:
        return False
    if broadcast.repeats is not None:
        return _fill_again(conn, broadcast, broadcast.repeats)
    author, at = broadcast.author_id, broadcast.created_at
    wanted = audience_filter(conn, company, broadcast.audience, author, at)
    upto = broadcast.filled_upto + MEMBERS_PER_UNIT_MAX
    found = audience.page(conn, wanted, broadcast.filled_upto, upto)
    recipients.write(conn, number, found, broadcast.created_at)
    filled = upto >= audience.highest(conn)
    broadcasts.set_filled(conn, number, upto, filled=filled)
    return not filled


def _fill_again(conn: Connection, broadcast: Broadcast, repeats: int) -> bool:
    """Write some messages of a repeat; returns whether there are more to write."""
    after = broadcast.filled_upto
    found = audience.repeat_recipients(conn, repeats, after, MEMBERS_PER_UNIT_MAX)
    recipients.write(conn, broadcast.id, [one for _, one in found], broadcast.created_at)
    filled = len(found) < MEMBERS_PER_UNIT_MAX
    upto = found[-1][0] if found else after
    broadcasts.set_filled(conn, broadcast.id, upto, filled=filled)
    return not filled


def _expire(conn: Connection, *, number: int, now: datetime) -> bool:
    """Expire some messages of a stopped or old broadcast; returns whether there are more."""
    broadcast = broadcasts.load(conn, number)
    if broadcast is None:
        return False
    if broadcast.state in {"running", "paused"} and now - broadcast.starts_at > AGE_MAX:
        if not broadcasts.change_state(conn, number, broadcast.state, "stopped"):
            return False  # changed by another transaction; the next tick looks again
    elif broadcast.state != "stopped":
        return False
    return recipients.expire(conn, number, MEMBERS_PER_UNIT_MAX) == MEMBERS_PER_UNIT_MAX


def _unauthorized(conn: Connection, *, number: int) -> bool:
    """Returns whether it has unsent messages that its author may no longer send."""
    broadcast = broadcasts.load(conn, number)
    if broadcast is None or broadcast.state != "running":
        return False
    left = not broadcast.filled or recipients.unsettled(conn, number)
    return left and not may_go_on(conn, broadcast)


def _pause(conn: Connection, *, runtime: BotRuntime, number: int, now: datetime) -> None:
    """Pause a broadcast and ask the admins whether to resume it."""
    broadcast = broadcasts.load(conn, number)
    if broadcast is None or not _unauthorized(conn, number=number):
        return
    if not broadcasts.change_state(conn, number, "running", "paused"):
        return  # its author or an admin was faster
    recipients.hold(conn, number)
    audit_log.note(conn, None, "pause broadcast", f"broadcast {number}", now)
    notice = BroadcastPaused(
        number,
        excerpt(broadcast.body, EXCERPT_CHARACTERS_MAX),
        author_of(conn, broadcast),
        roles.rights_of(conn, broadcast.author_id).suspended,
    )
    key = f"broadcast:{number}:rests:{now.isoformat()}"
    send_to_admins(conn, runtime.content, runtime.company, notice, key, now)


def _release(conn: Connection, *, company: Company, number: int, now: datetime) -> int:
    """Release some messages to readers in their sending hours; returns the number."""
    broadcast = broadcasts.load(conn, number)
    if broadcast is None or broadcast.state != "running" or now < broadcast.starts_at:
        return 0
    zones = [zone for zone in TIME_ZONES if may_train(now, zone, company.sending)]
    room = RELEASED_MAX - recipients.released(conn, number)
    if not zones or room <= 0:
        return 0
    return recipients.release(conn, number, zones, now, room)


def _finish(conn: Connection, *, runtime: BotRuntime, number: int, now: datetime) -> None:
    """Once all messages are settled, store the counts and report them to the one responsible."""
    broadcast = broadcasts.load(conn, number)
    if broadcast is None or not broadcast.filled or recipients.unsettled(conn, number):
        return
    progress = recipients.progress(conn, number)
    if not broadcasts.close(conn, number, progress, now):
        return
    answering = next((one for one in responsible(broadcast) if may_broadcast(conn, one)), None)
    if answering is None:
        return
    person = roles.reachable(conn, answering, runtime.company.time_zone)
    if person is None:
        return
    again = repeatable(conn, number)
    words = excerpt(broadcast.body, EXCERPT_CHARACTERS_MAX)
    stopped = broadcast.state == "stopped"
    result = BroadcastResult(number, stopped, words, progress, again)
    key = f"broadcast:{number}:result"
    send(conn, runtime.content, runtime.company, person, result, key=key, at=now)
