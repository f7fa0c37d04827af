"""Settles restored books: what the copy cannot know may have happened is not done a second time.

Between the copy and now the bot went on. Letters that wait in the copy may have been sent, tips
that are due by it may have been given. Whatever nobody asked for is left to people; answers are
sent again with the same receipt number, as in any other doubt.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, text

from bot.core.calendar.timekeeping import CLOCK_DOUBT_SECONDS
from bot.store.db import audit_log, counters
from bot.store.db.types import Instant
from bot.store.queue import waits

__all__ = ["AfterRestore", "ClockBehind", "settle"]


class ClockBehind(Exception):  # noqa: N818 - says what is the case
    """The books were written at a later time than now, so what is due cannot be told.

    Attributes:
        latest: when they were written last.
    """

    def __init__(self, latest: datetime) -> None:
        super().__init__(f"they were written until {latest:%Y-%m-%d %H:%M} UTC, later than now")
        self.latest = latest


@dataclass(frozen=True, slots=True)
class AfterRestore:
    """What was found in the copy.

    Attributes:
        doubtful: unasked letters that may have been sent; they are counted and not sent again.
        again: answers that are sent again.
        skipped: members whose next tip is that of another day.
        stopped: broadcasts that were under way and have been stopped.
        sales: how many sales there are.
        last_sale: the newest of them; 0 where there is none.
    """

    doubtful: int
    again: int
    skipped: int
    stopped: int
    sales: int
    last_sale: int


# A letter that was not to leave before a moment still to come cannot have left.
DOUBT = text("""
    UPDATE outbox SET state = 'uncertain', error = 'restored from a copy', doubts = doubts + 1
    WHERE state IN ('new', 'sending') AND kind IN ('notice', 'tip')
      AND (not_before IS NULL OR not_before <= :now)
""").bindparams(bindparam("now", type_=Instant))

DOUBT_BROADCAST = text("""
    UPDATE outbox SET state = 'uncertain', error = 'restored from a copy', doubts = doubts + 1
    WHERE broadcast_id = :id AND state IN ('held', 'new', 'sending')
""")

DROP_TOASTS = text("""
    UPDATE outbox SET state = 'expired' WHERE state IN ('new', 'sending') AND kind = 'toast'
""")

AGAIN = text("""
    SELECT count(*) FROM outbox WHERE state IN ('new', 'sending') AND kind = 'answer'
""")

UNDER_WAY = text("""
    SELECT id FROM broadcasts
    WHERE finished_at IS NULL AND state IN ('running', 'paused') AND starts_at <= :now
    ORDER BY id
""").bindparams(bindparam("now", type_=Instant))

STOP = text("UPDATE broadcasts SET state = 'stopped' WHERE id = :id")

# Clocks ring at the same local hour each day, and Indonesia never sets its clocks.
SKIP_TURNS = text("""
    UPDATE tip_clocks
    SET due_at = due_at + ((CAST(:now AS BIGINT) - due_at) / 86400000000 + 1) * 86400000000
    WHERE due_at <= :now
""").bindparams(bindparam("now", type_=Instant))

SALES = text("SELECT count(*) AS number, coalesce(max(id), 0) AS newest FROM sales")


def settle(
    conn: Connection, *, epoch: int, now: datetime, witnessed: bool = False
) -> AfterRestore:
    """Make restored books fit to be worked with.

    Args:
        conn: the restored books, before any bot has opened them.
        epoch: at least the start at which the lost books stood, as far as is known.
        now: the moment of restoring.
        witnessed: whether Telegram says that it is; if not, the books may know better.

    Raises:
        ClockBehind: it is not, by the books.
    """
    if not witnessed:
        now = _not_before_the_books(conn, now)
    doubtful = conn.execute(DOUBT, {"now": now}).rowcount
    conn.execute(DROP_TOASTS)
    under_way = conn.execute(UNDER_WAY, {"now": now}).scalars().all()
    for number in under_way:
        doubtful += conn.execute(DOUBT_BROADCAST, {"id": number}).rowcount
        conn.execute(STOP, {"id": number})
    again = conn.execute(AGAIN).scalar_one()
    skipped = conn.execute(SKIP_TURNS, {"now": now}).rowcount
    counters.put(conn, "epoch", max(epoch, counters.read(conn, "epoch")) + 1)
    audit_log.note(conn, None, "books restored", "from a copy", now)
    sales = conn.execute(SALES).one()
    return AfterRestore(doubtful, again, skipped, len(under_way), sales.number, sales.newest)


def _not_before_the_books(conn: Connection, now: datetime) -> datetime:
    latest = waits.latest_known(conn)
    if latest is None:
        return now
    if latest - now > timedelta(seconds=CLOCK_DOUBT_SECONDS):
        raise ClockBehind(latest)
    return max(now, latest)
