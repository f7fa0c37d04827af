"""Which updates are in progress, so that the next process knows what the last one died with.

An update is marked before it is handled, together with the few that come next, so that a mark
costs no extra commit; updates behind those have no mark. A process that stops in order removes its
marks, so the marks that the next one finds are of updates during which the last one died. An
update that was in progress at two such deaths is a suspect: it is tried alone, with a mark of its
own, and becomes a dead letter if the process dies with it alone too often
(`bot.core.messaging.retry_policy` has the figures).
"""

from collections.abc import Iterable, Sequence
from itertools import islice

from sqlalchemy import Connection, bindparam, text

from bot.core.messaging.retry_policy import ALONE_ENDS_MAX, ENDS_MAX, LAST_WORDS_ENDS_MAX
from bot.store.db.types import Big, Instant
from bot.store.queue.inbox import Received, waiting

__all__ = [
    "REASON",
    "ids_to_mark",
    "mark",
    "mark_alone",
    "recover",
    "take",
    "unmark",
    "unmark_all",
]

REASON = "ProcessEnded"

MARK = text("""
    UPDATE inbox SET taken = :epoch WHERE state = 'new' AND id IN :ids
""").bindparams(bindparam("ids", expanding=True, type_=Big))

MARK_ALONE = text("""
    UPDATE inbox SET taken = :epoch, alone = 1 WHERE id = :id AND state = 'new'
""")

UNMARK = text("UPDATE inbox SET taken = NULL, alone = 0 WHERE id = :id AND state = 'new'")

UNMARK_ALL = text("""
    UPDATE inbox SET taken = NULL, alone = 0 WHERE state = 'new' AND taken = :epoch
""")

COUNT_ALONE = text("""
    UPDATE inbox SET ended = ended + 1, ended_alone = ended_alone + 1, taken = NULL, alone = 0
    WHERE state = 'new' AND taken IS NOT NULL AND alone = 1
""")

COUNT = text("""
    UPDATE inbox SET ended = ended + 1, taken = NULL WHERE state = 'new' AND taken IS NOT NULL
""")

# While one is tried alone the others wait with their marks: they did not end the process.
FORGET = text("UPDATE inbox SET taken = NULL WHERE state = 'new' AND taken IS NOT NULL")

MARK_DEAD_UNANNOUNCED = text("""
    UPDATE inbox SET state = 'dead', error = :reason
    WHERE state = 'new' AND ended_alone >= :ends
""")

TAKE_HOPELESS = text("""
    UPDATE inbox SET taken = :epoch, alone = 1, error = :reason
    WHERE state = 'new' AND ended_alone >= :ends
    RETURNING id, update_id, lane, body, received_at, ended, ended_alone
""").columns(received_at=Instant)


def take(conn: Connection, after: int, limit: int, epoch: int, room: int) -> list[Received]:
    """Returns the oldest waiting updates above `after`; marks the first of them as in progress.

    Args:
        conn: the unit's connection.
        after: the id of the last row that was taken.
        limit: how many to return, at most.
        epoch: the number of the bot's run.
        room: how many to mark, at most.
    """
    rows = waiting(conn, after, limit)
    mark(conn, ids_to_mark(rows, room), epoch)
    return rows


def ids_to_mark(rows: Iterable[Received], room: int) -> list[int]:
    """Returns the ids to mark, `room` at most; a suspect is marked only when it is tried alone."""
    return list(islice((row.id for row in rows if row.ended < ENDS_MAX), room))


def mark(conn: Connection, ids: Sequence[int], epoch: int) -> None:
    """Mark these updates as in progress."""
    if ids:
        conn.execute(MARK, {"ids": list(ids), "epoch": epoch})


def mark_alone(conn: Connection, row_id: int, epoch: int) -> bool:
    """Mark an update as the only one in progress; False where it was settled before."""
    return conn.execute(MARK_ALONE, {"id": row_id, "epoch": epoch}).rowcount == 1


def unmark(conn: Connection, row_id: int) -> None:
    """Remove the mark of an update that was not tried after all."""
    conn.execute(UNMARK, {"id": row_id})


def unmark_all(conn: Connection, epoch: int) -> None:
    """Remove the marks of this run, which ends in order."""
    conn.execute(UNMARK_ALL, {"epoch": epoch})


def recover(conn: Connection, epoch: int) -> tuple[int, list[Received]]:
    """Count the updates during which an earlier process died; call it once, before `take`.

    Returns their number, and those that have to become dead letters now. The latter keep the mark
    of being tried alone, because the notice about them is made from the same body.
    """
    counted = conn.execute(COUNT_ALONE).rowcount
    if counted:
        conn.execute(FORGET)
    else:
        counted = conn.execute(COUNT).rowcount
    facts = {"reason": REASON, "epoch": epoch, "ends": ALONE_ENDS_MAX}
    unannounced = {"ends": ALONE_ENDS_MAX + LAST_WORDS_ENDS_MAX}
    conn.execute(MARK_DEAD_UNANNOUNCED, facts | unannounced)
    return counted, [Received(*row) for row in conn.execute(TAKE_HOPELESS, facts)]
