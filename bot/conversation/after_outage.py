"""Repeats open questions after the bot could not fetch updates for a while.

Telegram drops a pressed button that is not fetched in time, without a sign to the person or to the
bot. So each question that was open during such a gap is asked again, once, with the reason. A
person whose message did arrive has been answered before, and has a newer question or none.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import Connection

from bot.conversation.engine import ask_again as repeat_question
from bot.conversation.identify import recognise
from bot.core.calendar.hours import may_send
from bot.core.members.provinces import PROVINCES
from bot.flows.home.missed import LineWasDown
from bot.store.conversation import sessions
from bot.store.db import counters
from bot.store.db.database import StoreUnavailableError
from bot.system.together import together
from bot.turn.incoming import Incoming
from bot.turn.runtime import BotRuntime
from bot.turn.turn import Turn

__all__ = ["CHATS_PER_LOOK_MAX", "ask_again", "keep_last_answer", "last_answer", "note_gap"]

log = logging.getLogger(__name__)

CHATS_AT_ONCE: Final = 25
CHATS_PER_LOOK_MAX: Final = 300
"""At a call every 15 seconds, 20 messages a second: what Telegram accepts of unasked messages."""

QUESTION_AGE_MAX: Final = timedelta(hours=24)
LONG: Final = timedelta(hours=1)
"""After a longer gap, questions are repeated only within the sending hours."""

KEPT_LONGER: Final = timedelta(minutes=2)
"""How long Telegram's last answer is still recorded after the last question became too old to be
repeated. The record may be as old as a long poll and the pause between two records."""

WORDS_KEPT: Final = timedelta(hours=24)
"""How long Telegram keeps updates that have not been fetched."""

SINCE: Final = "gap since"
UNTIL: Final = "gap until"


@dataclass(frozen=True, slots=True)
class Gap:
    """The time during which no update was fetched."""

    since: datetime
    until: datetime

    @property
    def length(self) -> timedelta:
        """How long the gap was."""
        return self.until - self.since


def last_answer(conn: Connection, bot_id: int) -> datetime | None:
    """Returns when Telegram last answered an earlier run; None if that was never recorded."""
    return counters.moment(conn, _last_answer_name(bot_id))


def keep_last_answer(conn: Connection, bot_id: int, at: datetime, *, always: bool) -> None:
    """Record that Telegram answered; skipped, unless `always`, while no question is open."""
    if always or sessions.any_since(conn, at - QUESTION_AGE_MAX - KEPT_LONGER):
        counters.put_moment(conn, _last_answer_name(bot_id), at)


def note_gap(conn: Connection, bot_id: int, since: datetime, until: datetime) -> bool:
    """Record a gap until all its questions are repeated, merged with an earlier unfinished gap.

    Returns whether a question is open that may have been answered during the gap.
    """
    earlier = _gap(conn)
    gap = Gap(since if earlier is None else min(since, earlier.since), until)
    counters.put_moment(conn, SINCE, gap.since)
    counters.put_moment(conn, UNTIL, gap.until)
    counters.put_moment(conn, _last_answer_name(bot_id), until)
    return _any_left_open(conn, gap)


async def ask_again(runtime: BotRuntime, now: datetime) -> int:
    """Repeat some of the questions open since before the gap, and return how many."""
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
        asked += sum(await together(*(_ask(runtime, chat, gap, now) for chat in chats)))
    return asked


def _zones(runtime: BotRuntime, gap: Gap, now: datetime) -> list[str]:
    """Returns the time zones whose people may get a message now."""
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
    """Returns whether a chat was asked; a question that cannot be asked does not stop others."""
    try:
        return await runtime.database.write(
            partial(_put, runtime=runtime, chat_id=chat_id, gap=gap, now=now)
        )
    except StoreUnavailableError:
        raise
    except Exception:
        log.exception("an open question cannot be asked again")
        leave = partial(sessions.touch, chat_id=chat_id, before=gap.until, at=now)
        await runtime.database.write(leave)
        return False


def _put(conn: Connection, *, runtime: BotRuntime, chat_id: int, gap: Gap, now: datetime) -> bool:
    """Repeat the open question; returns whether there was one.

    The touch comes first: it locks the row until the commit.
    """
    if not sessions.touch(conn, chat_id, gap.until, now):
        return False
    incoming = Incoming(0, "gap", chat_id, chat_id, private=True, text="", at=now)
    caller, reader = recognise(conn, runtime.company, incoming)
    turn = Turn(
        conn,
        runtime.content,
        runtime.company,
        incoming,
        caller,
        reader,
        runtime.username,
        runtime.chance(),
        cause=f"gap:{gap.until.isoformat()}:{chat_id}",
        erasures=runtime.erasures,
        number_keys=runtime.number_keys,
    )
    repeat_question(turn, LineWasDown(gap.length >= WORDS_KEPT))
    return True


def _gap(conn: Connection) -> Gap | None:
    since, until = counters.moment(conn, SINCE), counters.moment(conn, UNTIL)
    return None if since is None or until is None else Gap(since, until)


def _close_if_done(conn: Connection, *, gap: Gap) -> None:
    """Forget the gap when no question from it is open any more, in any time zone."""
    if not _any_left_open(conn, gap):
        _close(conn, gap.until)


def _any_left_open(conn: Connection, gap: Gap) -> bool:
    return sessions.any_left_open(conn, gap.since - QUESTION_AGE_MAX, gap.until)


def _close(conn: Connection, until: datetime) -> None:
    if counters.moment(conn, UNTIL) == until:
        counters.put(conn, UNTIL, 0)


def _last_answer_name(bot_id: int) -> str:
    """Returns the name of the stored counter."""
    return f"heard {bot_id}"
