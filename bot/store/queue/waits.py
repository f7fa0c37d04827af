"""Letters that wait for a moment which a wrong clock named."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, text

from bot.core.calendar.timekeeping import CLOCK_DOUBT_SECONDS
from bot.store.db.types import Instant

__all__ = ["latest_known", "put_right"]

NEWEST_ROWS = 500

# Not the newest row alone: what was written by a clock that is behind would hide those before.
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

# What is parked behind another letter of its queue stays so; see `bot/store/queue/chat_queues.py`.
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


def latest_known(conn: Connection) -> datetime | None:
    """The latest time in the books, as far as the newest rows tell; None in empty books."""
    moment: datetime | None = conn.execute(LATEST, {"rows": NEWEST_ROWS}).scalar()
    return moment


def put_right(
    conn: Connection, now: datetime, zone: str, opening: Callable[[datetime, str], datetime]
) -> int:
    """Let no letter wait longer than a right clock would have it; gives how many waited.

    Args:
        conn: the unit's connection.
        now: by a clock that is believed.
        zone: where people live of whom that is not known.
        opening: the next moment from the first on at which a notice may go, in a zone.
    """
    bound = now + timedelta(seconds=CLOCK_DOUBT_SECONDS)
    mended = conn.execute(HELD, {"bound": bound}).rowcount
    for row in conn.execute(LATE, {"bound": bound, "zone": zone}).all():
        # Every other letter asks for the hours again when it leaves.
        until = opening(now, row.zone) if row.kind == "notice" else None
        if until is None or until < row.not_before:
            mended += conn.execute(
                WAIT, {"id": row.id, "until": until, "due": until or now}
            ).rowcount
    return mended
