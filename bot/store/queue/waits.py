"""Corrects the waits of messages that were written while the clock was wrong."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, text

from bot.core.calendar.timekeeping import CLOCK_DOUBT_SECONDS
from bot.store.db.types import Instant

__all__ = ["latest_known", "shorten_waits"]

NEWEST_ROWS = 500

# Not the newest row alone: one written by a clock that was behind would hide those before it.
LATEST = (
    text("""
        SELECT MAX(moment) AS moment FROM (
          SELECT received_at AS moment FROM inbox
          WHERE id > (SELECT COALESCE(MAX(id), 0) FROM inbox) - :rows
          UNION ALL
          SELECT created_at FROM outbox
          WHERE id > (SELECT COALESCE(MAX(id), 0) FROM outbox) - :rows
          UNION ALL
          SELECT logged_at FROM sales
          WHERE id > (SELECT COALESCE(MAX(id), 0) FROM sales) - :rows) AS latest
    """)
).columns(moment=Instant)

LATE = (
    text("""
    SELECT o.id, o.kind, COALESCE(m.zone, :zone) AS zone, o.not_before
    FROM outbox AS o LEFT JOIN members AS m ON m.user_id = o.chat_id
    WHERE o.state IN ('new', 'sending') AND o.state = 'new' AND o.not_before > :bound
""")
    .bindparams(bindparam("bound", type_=Instant))
    .columns(not_before=Instant)
)

# A message parked behind another of its queue stays so; see `bot/store/queue/chat_queues.py`.
WAIT = text("""
    UPDATE outbox SET not_before = :until,
      due_at = CASE WHEN due_at IS NULL THEN NULL ELSE :due END
    WHERE id = :id AND state = 'new'
""").bindparams(bindparam("until", type_=Instant), bindparam("due", type_=Instant))

HELD = text("""
    UPDATE outbox SET not_before = NULL, due_at = created_at
    WHERE broadcast_id IN (SELECT id FROM broadcasts WHERE finished_at IS NULL)
      AND state = 'held' AND not_before > :bound
""").bindparams(bindparam("bound", type_=Instant))

HELD_EDITS = text("""
    UPDATE outbox SET not_before = NULL, due_at = created_at
    WHERE correction_id IN (SELECT id FROM broadcast_corrections WHERE finished_at IS NULL)
      AND state = 'held' AND not_before > :bound
""").bindparams(bindparam("bound", type_=Instant))


def latest_known(conn: Connection) -> datetime | None:
    """Returns the latest time in the newest rows of the database; None if it is empty."""
    moment: datetime | None = conn.execute(LATEST, {"rows": NEWEST_ROWS}).scalar()
    return moment


def shorten_waits(
    conn: Connection, now: datetime, zone: str, opening: Callable[[datetime, str], datetime]
) -> int:
    """Shorten waits that are longer than a right clock allows; returns how many messages changed.

    Args:
        conn: the unit's connection.
        now: by a clock that is trusted.
        zone: the time zone of people whose own is not known.
        opening: returns the next moment from the given one at which a notice may go, in a zone.
    """
    bound = now + timedelta(seconds=CLOCK_DOUBT_SECONDS)
    changed = conn.execute(HELD, {"bound": bound}).rowcount
    changed += conn.execute(HELD_EDITS, {"bound": bound}).rowcount
    for row in conn.execute(LATE, {"bound": bound, "zone": zone}).all():
        # Messages of other kinds check the hours again when they are sent.
        until = opening(now, row.zone) if row.kind == "notice" else None
        if until is None or until < row.not_before:
            changed += conn.execute(
                WAIT, {"id": row.id, "until": until, "due": until or now}
            ).rowcount
    return changed
