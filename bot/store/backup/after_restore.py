"""Settles a restored database, so that nothing which happened after the copy happens again.

The bot went on after the copy was made: messages that wait in the copy may have been sent, and
tips that are due in it may have been delivered. Messages that no one asked for become uncertain
and are left to the office; answers are sent again with the same receipt number, as after any other
uncertain send.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, text

from bot.core.calendar.timekeeping import CLOCK_DOUBT_SECONDS
from bot.core.errors import RestoreError
from bot.store.db import audit_log, counters
from bot.store.db.types import Instant
from bot.store.queue import waits

__all__ = ["AfterRestore", "ClockBehindError", "settle"]


class ClockBehindError(RestoreError):
    """The database was written at a later time than now, so what is due cannot be determined.

    Attributes:
        latest: when it was written last.
    """

    def __init__(self, latest: datetime) -> None:
        super().__init__(f"it was last written at {latest:%Y-%m-%d %H:%M} UTC, later than now")
        self.latest = latest


@dataclass(frozen=True, slots=True)
class AfterRestore:
    """What was found in the copy and settled.

    Attributes:
        uncertain: the number of unrequested messages that may have been sent; they are not sent
            again.
        resent: the number of answers that are sent again.
        skipped: the number of members whose next tip was moved to a later day.
        stopped: the number of broadcasts that were under way and have been stopped.
        sales: the number of sales.
        last_sale: the id of the newest sale; 0 where there is none.
        erased_again: the number of people whom the copy still had and who were erased before.
    """

    uncertain: int
    resent: int
    skipped: int
    stopped: int
    sales: int
    last_sale: int
    erased_again: int = 0


# A message that may be sent only after a future moment cannot have been sent.
MAKE_UNCERTAIN = text("""
    UPDATE outbox SET state = 'uncertain', error = 'restored from a copy', doubts = doubts + 1
    WHERE state IN ('new', 'sending') AND kind IN ('notice', 'tip')
      AND (not_before IS NULL OR not_before <= :now)
""").bindparams(bindparam("now", type_=Instant))

MAKE_BROADCAST_UNCERTAIN = text("""
    UPDATE outbox SET state = 'uncertain', error = 'restored from a copy', doubts = doubts + 1
    WHERE broadcast_id = :id AND state IN ('held', 'new', 'sending')
""")

DROP_TOASTS = text("""
    UPDATE outbox SET state = 'expired' WHERE state IN ('new', 'sending') AND kind = 'toast'
""")

RESENT = text("""
    SELECT count(*) FROM outbox WHERE state IN ('new', 'sending') AND kind = 'answer'
""")

UNDER_WAY = text("""
    SELECT id FROM broadcasts
    WHERE finished_at IS NULL AND state IN ('running', 'paused') AND starts_at <= :now
    ORDER BY id
""").bindparams(bindparam("now", type_=Instant))

STOP = text("UPDATE broadcasts SET state = 'stopped' WHERE id = :id")

# A newer correction may be lost, whose text its readers have: an old one must not undo it.
STOP_CORRECTIONS = text("""
    UPDATE broadcast_corrections SET state = 'stopped'
    WHERE finished_at IS NULL AND state = 'running'
""")

# A tip and a list are due at one local hour each day: Indonesia has no daylight saving time.
SKIP_TURNS = text("""
    UPDATE tip_clocks
    SET due_at = due_at + ((CAST(:now AS BIGINT) - due_at) / 86400000000 + 1) * 86400000000
    WHERE due_at <= :now
""").bindparams(bindparam("now", type_=Instant))

SKIP_LISTS = text("""
    UPDATE today_clocks
    SET due_at = due_at + ((CAST(:now AS BIGINT) - due_at) / 86400000000 + 1) * 86400000000
    WHERE due_at <= :now
""").bindparams(bindparam("now", type_=Instant))

SALES = text("SELECT count(*) AS number, coalesce(max(id), 0) AS newest FROM sales")


def settle(
    conn: Connection, *, epoch: int, now: datetime, confirmed: bool = False
) -> AfterRestore:
    """Settle a restored database, so that a bot may run on it.

    Args:
        conn: the restored database, before any bot has opened it.
        epoch: the number of the last run on the lost database, as far as it is known.
        now: the moment of restoring.
        confirmed: whether Telegram confirmed `now`; if not, the database may hold a later
            time.

    Raises:
        ClockBehindError: the database was written later than `now`.
    """
    if not confirmed:
        now = _not_before_last_write(conn, now)
    uncertain = conn.execute(MAKE_UNCERTAIN, {"now": now}).rowcount
    conn.execute(DROP_TOASTS)
    under_way = conn.execute(UNDER_WAY, {"now": now}).scalars().all()
    for number in under_way:
        uncertain += conn.execute(MAKE_BROADCAST_UNCERTAIN, {"id": number}).rowcount
        conn.execute(STOP, {"id": number})
    conn.execute(STOP_CORRECTIONS)
    resent = conn.execute(RESENT).scalar_one()
    skipped = conn.execute(SKIP_TURNS, {"now": now}).rowcount
    conn.execute(SKIP_LISTS, {"now": now})
    counters.put(conn, "epoch", max(epoch, counters.read(conn, "epoch")) + 1)
    audit_log.note(conn, None, "books restored", "from a copy", now)
    sales = conn.execute(SALES).one()
    return AfterRestore(uncertain, resent, skipped, len(under_way), sales.number, sales.newest)


def _not_before_last_write(conn: Connection, now: datetime) -> datetime:
    latest = waits.latest_known(conn)
    if latest is None:
        return now
    if latest - now > timedelta(seconds=CLOCK_DOUBT_SECONDS):
        raise ClockBehindError(latest)
    return max(now, latest)
