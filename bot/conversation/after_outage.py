"""After Telegram was not heard for a while: asks whoever has a question open once more.

The press of a button that nobody fetched in time is lost, and neither the person nor the bot has
any sign of it. So each open question of that time is put again, once, with a word why. Whoever
wrote something that did come through was answered before, and has a newer question or none.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import Connection

from bot.conversation.engine import ask_again as put_again
from bot.conversation.identify import recognise
from bot.core.calendar.hours import may_send
from bot.core.members.provinces import PROVINCES
from bot.flows.home.missed import LineWasDown
from bot.store.conversation import sessions
from bot.store.db import counters
from bot.store.db.database import StoreBroken
from bot.turn.incoming import Incoming
from bot.turn.runtime import BotRuntime
from bot.turn.turn import Turn

__all__ = ["CHATS_PER_LOOK_MAX", "ask_again", "keep_last_answer", "last_answer", "note_gap"]

log = logging.getLogger(__name__)

CHATS_AT_ONCE: Final = 25
CHATS_PER_LOOK_MAX: Final = 300
"""Every quarter of a minute: twenty a second, as many as Telegram takes of unasked messages."""

QUESTION_AGE_MAX: Final = timedelta(hours=24)
LONG: Final = timedelta(hours=1)
"""After a longer gap nobody is written to at night."""

KEPT_LONGER: Final = timedelta(minutes=2)
"""So much longer it is noted that Telegram was heard: a question is too old to be asked again
before the notes about it end, for a note may be as old as a long poll and its own pause."""

WORDS_KEPT: Final = timedelta(hours=24)
"""So long Telegram keeps what people write."""

SINCE: Final = "gap since"
UNTIL: Final = "gap until"


@dataclass(frozen=True, slots=True)
class Gap:
    """From when to when nothing was fetched."""

    since: datetime
    until: datetime

    @property
    def length(self) -> timedelta:
        """How long it was."""
        return self.until - self.since


def last_answer(conn: Connection, bot_id: int) -> datetime | None:
    """Returns when an earlier run last had an answer; None if that was never written down."""
    return counters.moment(conn, _heard(bot_id))


def keep_last_answer(conn: Connection, bot_id: int, at: datetime, *, always: bool) -> None:
    """Remember that Telegram answered; where no question is open there is no need to."""
    if always or sessions.any_since(conn, at - QUESTION_AGE_MAX - KEPT_LONGER):
        counters.put_moment(conn, _heard(bot_id), at)


def note_gap(conn: Connection, bot_id: int, since: datetime, until: datetime) -> bool:
    """Remember a gap until everybody was asked; one that was not yet dealt with grows.

    Returns whether a question is open that may have been answered meanwhile.
    """
    earlier = _gap(conn)
    gap = Gap(since if earlier is None else min(since, earlier.since), until)
    counters.put_moment(conn, SINCE, gap.since)
    counters.put_moment(conn, UNTIL, gap.until)
    counters.put_moment(conn, _heard(bot_id), until)
    return _any_left_open(conn, gap)


async def ask_again(runtime: BotRuntime, now: datetime) -> int:
    """Ask some of those with a question open from before the gap; returns how many those were."""
    gap = await runtime.database.read(_gap)
    if gap is None:
        return 0
    if not timedelta(0) <= now - gap.until < QUESTION_AGE_MAX:
        await runtime.database.write(partial(_close, until=gap.until))
        return 0
    asked = 0
    while asked < CHATS_PER_LOOK_MAX:
        zones = _zones(runtime, gap, now)
        look = partial(_look, runtime=runtime, gap=gap, zones=zones)
        chats = await runtime.database.read(look)
        if not chats:
            await runtime.database.write(partial(_close_if_done, gap=gap))
            break
        asked += sum(await asyncio.gather(*(_ask(runtime, chat, gap, now) for chat in chats)))
    return asked


def _zones(runtime: BotRuntime, gap: Gap, now: datetime) -> list[str]:
    """Where people may be written to now."""
    zones = {place.zone for place in PROVINCES} | {runtime.company.time_zone}
    short = gap.length < LONG
    return sorted(zone for zone in zones if short or may_send(now, zone, runtime.company.sending))


def _look(conn: Connection, runtime: BotRuntime, gap: Gap, zones: list[str]) -> list[int]:
    return sessions.left_open(
        conn,
        gap.since - QUESTION_AGE_MAX,
        gap.until,
        zones=zones,
        home=runtime.company.time_zone,
        limit=CHATS_AT_ONCE,
    )


async def _ask(runtime: BotRuntime, chat_id: int, gap: Gap, now: datetime) -> bool:
    """Ask one; a question that cannot be put is left alone, and hurts nobody else's."""
    try:
        return await runtime.database.write(
            partial(_put, runtime=runtime, chat_id=chat_id, gap=gap, now=now)
        )
    except StoreBroken:
        raise
    except Exception:
        log.exception("an open question cannot be asked again")
        leave = partial(sessions.touch, chat_id=chat_id, before=gap.until, at=now)
        await runtime.database.write(leave)
        return False


def _put(conn: Connection, *, runtime: BotRuntime, chat_id: int, gap: Gap, now: datetime) -> bool:
    """Put the open question again. The touch comes first: it holds the row until the commit."""
    if not sessions.touch(conn, chat_id, gap.until, now):
        return False
    heard = Incoming(0, "gap", chat_id, chat_id, private=True, text="", at=now)
    caller, reader = recognise(conn, runtime.company, heard)
    turn = Turn(
        conn,
        runtime.content,
        runtime.company,
        heard,
        caller,
        reader,
        runtime.username,
        runtime.chance(),
        cause=f"gap:{gap.until.isoformat()}:{chat_id}",
    )
    put_again(turn, LineWasDown(gap.length >= WORDS_KEPT))
    return True


def _gap(conn: Connection) -> Gap | None:
    since, until = counters.moment(conn, SINCE), counters.moment(conn, UNTIL)
    return None if since is None or until is None else Gap(since, until)


def _close_if_done(conn: Connection, *, gap: Gap) -> None:
    """Forget the gap when nobody is left to ask, at whatever hour and whatever they said."""
    if not _any_left_open(conn, gap):
        _close(conn, gap.until)


def _any_left_open(conn: Connection, gap: Gap) -> bool:
    return sessions.any_left_open(conn, gap.since - QUESTION_AGE_MAX, gap.until)


def _close(conn: Connection, until: datetime) -> None:
    if counters.moment(conn, UNTIL) == until:
        counters.put(conn, UNTIL, 0)


def _heard(bot_id: int) -> str:
    return f"heard {bot_id}"
