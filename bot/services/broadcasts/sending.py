"""Moves broadcasts on, a little at each tick: writes letters, lets them out, tells the result.

Each step is a short transaction of its own that looks at the books anew, so that the machine may
be killed between any two of them.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import Connection

from bot.company import TIME_ZONES, Company
from bot.content.broadcasts import excerpt
from bot.core.calendar.hours import may_train
from bot.flows.broadcasts.broadcast_messages import BroadcastRests, BroadcastResult
from bot.services.broadcasts.audience import circle
from bot.services.broadcasts.cards import EXCERPT_CHARACTERS_MAX, author_of, repeatable
from bot.store.broadcasts import audience, broadcasts
from bot.store.broadcasts import recipients as broadcast_letters
from bot.store.broadcasts.broadcasts import Broadcast
from bot.store.db import audit_log
from bot.store.members import roles
from bot.turn.access import answerers, carries, may_go_on
from bot.turn.notices import send, send_to_admins
from bot.turn.runtime import BotRuntime

__all__ = ["LETTERS_OUT_MAX", "MEMBERS_PER_UNIT_MAX", "move_broadcasts_on"]

MEMBERS_PER_UNIT_MAX: Final = 500
"""So many are looked at in one transaction: people's own messages wait for no more than that."""

LETTERS_OUT_MAX: Final = 600
"""So many of one broadcast are out at once: more than the fastest rate sends between two ticks,
and few enough for everybody who looks through what is open."""

AGE_MAX: Final = timedelta(days=7)
"""What has not left by then, since its broadcast rests, is news no more."""


async def move_broadcasts_on(runtime: BotRuntime, now: datetime) -> int:
    """Do what is due for every broadcast; gives how many letters were let out."""
    released = 0
    for number in await runtime.database.read(broadcasts.unfinished):
        while await runtime.database.write(partial(_fill, company=runtime.company, number=number)):
            pass
        while await runtime.database.write(partial(_keep_back, number=number, now=now)):
            pass
        if await runtime.database.read(partial(_out, number=number)):
            await runtime.database.write(partial(_rest, runtime=runtime, number=number, now=now))
        released += await runtime.database.write(
            partial(_let_out, company=runtime.company, number=number, now=now)
        )
        await runtime.database.write(partial(_finish, runtime=runtime, number=number, now=now))
    return released


def _fill(conn: Connection, *, company: Company, number: int) -> bool:
    """Write some letters; whether there are more to write."""
    broadcast = broadcasts.load(conn, number)
    if broadcast is None or broadcast.filled:
        return False
    if broadcast.repeats is not None:
        return _fill_again(conn, broadcast, broadcast.repeats)
    wanted = circle(conn, company, broadcast.audience, broadcast.author_id, broadcast.created_at)
    upto = broadcast.filled_upto + MEMBERS_PER_UNIT_MAX
    found = audience.page(conn, wanted, broadcast.filled_upto, upto)
    broadcast_letters.write(conn, number, found, broadcast.created_at)
    filled = upto >= audience.highest(conn)
    broadcasts.went_on(conn, number, upto, filled=filled)
    return not filled


def _fill_again(conn: Connection, broadcast: Broadcast, repeats: int) -> bool:
    """The same for those of an earlier broadcast who perhaps did not get it."""
    found = audience.in_doubt(conn, repeats, broadcast.filled_upto, MEMBERS_PER_UNIT_MAX)
    recipients = [one for _, one in found]
    broadcast_letters.write(conn, broadcast.id, recipients, broadcast.created_at)
    filled = len(found) < MEMBERS_PER_UNIT_MAX
    upto = found[-1][0] if found else broadcast.filled_upto
    broadcasts.went_on(conn, broadcast.id, upto, filled=filled)
    return not filled


def _keep_back(conn: Connection, *, number: int, now: datetime) -> bool:
    """What was stopped, or has grown old, never leaves; whether there is more of it."""
    broadcast = broadcasts.load(conn, number)
    if broadcast is None:
        return False
    if broadcast.state in {"running", "paused"} and now - broadcast.starts_at > AGE_MAX:
        if not broadcasts.turn(conn, number, broadcast.state, "stopped"):
            return False  # changed by others meanwhile; the next look will tell
    elif broadcast.state != "stopped":
        return False
    return broadcast_letters.expire(conn, number, MEMBERS_PER_UNIT_MAX) == MEMBERS_PER_UNIT_MAX


def _out(conn: Connection, *, number: int) -> bool:
    """Whether there is anything left to send that its author may not send any more."""
    broadcast = broadcasts.load(conn, number)
    if broadcast is None or broadcast.state != "running":
        return False
    left = not broadcast.filled or broadcast_letters.unsettled(conn, number)
    return left and not may_go_on(conn, broadcast)


def _rest(conn: Connection, *, runtime: BotRuntime, number: int, now: datetime) -> None:
    """Pause it and ask the admins what is to become of it."""
    broadcast = broadcasts.load(conn, number)
    if broadcast is None or not _out(conn, number=number):
        return
    if not broadcasts.turn(conn, number, "running", "paused"):
        return  # its author or an admin was faster
    broadcast_letters.hold(conn, number)
    audit_log.note(conn, None, "pause broadcast", f"broadcast {number}", now)
    rests = BroadcastRests(
        number,
        excerpt(broadcast.body, EXCERPT_CHARACTERS_MAX),
        author_of(conn, broadcast),
        roles.standing_now(conn, broadcast.author_id).suspended,
    )
    key = f"broadcast:{number}:rests:{now.isoformat()}"
    send_to_admins(conn, runtime.content, runtime.company, rests, key, now)


def _let_out(conn: Connection, *, company: Company, number: int, now: datetime) -> int:
    """Let some letters out, to those who may be written to now."""
    broadcast = broadcasts.load(conn, number)
    if broadcast is None or broadcast.state != "running" or now < broadcast.starts_at:
        return 0
    zones = [zone for zone in TIME_ZONES if may_train(now, zone, company.sending)]
    room = LETTERS_OUT_MAX - broadcast_letters.out(conn, number)
    if not zones or room <= 0:
        return 0
    return broadcast_letters.release(conn, number, zones, now, room)


def _finish(conn: Connection, *, runtime: BotRuntime, number: int, now: datetime) -> None:
    """When nothing more can become of any letter, keep the counts and tell who answers for it."""
    broadcast = broadcasts.load(conn, number)
    if broadcast is None or not broadcast.filled or broadcast_letters.unsettled(conn, number):
        return
    tally = broadcast_letters.tally(conn, number)
    if not broadcasts.close(conn, number, tally, now):
        return
    answering = next((one for one in answerers(broadcast) if carries(conn, one)), None)
    if answering is None:
        return
    person = roles.reachable(conn, answering, runtime.company.time_zone)
    if person is None:
        return
    again = repeatable(conn, number)
    words = excerpt(broadcast.body, EXCERPT_CHARACTERS_MAX)
    stopped = broadcast.state == "stopped"
    result = BroadcastResult(number, stopped, words, tally, again)
    key = f"broadcast:{number}:result"
    send(conn, runtime.content, runtime.company, person, result, key=key, at=now)
