"""Which updates a process has in hand, so that the next one knows what it ended with.

An update is marked before it is worked on, with the few that come next, so that a mark costs no
commit of its own; what waits behind those bears no mark. A process that stops in order takes its
marks back; the marks that the next one finds are of updates which the last one ended with. One
that was in hand twice then is suspected: it is tried alone, under a mark of its own, and what ends
with it alone too often is set aside (`bot.core.messaging.retry_policy` has the figures).
"""

from collections.abc import Iterable, Sequence
from itertools import islice

from sqlalchemy import Connection, bindparam, text

from bot.core.messaging.retry_policy import ALONE_ENDS_MAX, ENDS_MAX, LAST_WORDS_ENDS_MAX
from bot.store.db.types import Big, Instant
from bot.store.queue.inbox import Received, waiting

__all__ = [
    "REASON",
    "alone",
    "first_of",
    "let_go",
    "mark",
    "recover",
    "take",
    "wait",
]

REASON = "ProcessEnded"

MARK = text("""
    UPDATE inbox SET taken = :epoch WHERE state = 'new' AND id IN :ids
""").bindparams(bindparam("ids", expanding=True, type_=Big))

ALONE = text("""
    UPDATE inbox SET taken = :epoch, alone = 1 WHERE id = :id AND state = 'new'
""")

WAIT = text("UPDATE inbox SET taken = NULL, alone = 0 WHERE id = :id AND state = 'new'")

LET_GO = text("""
    UPDATE inbox SET taken = NULL, alone = 0 WHERE state = 'new' AND taken = :epoch
""")

COUNT_ALONE = text("""
    UPDATE inbox SET ended = ended + 1, ended_alone = ended_alone + 1, taken = NULL, alone = 0
    WHERE state = 'new' AND taken IS NOT NULL AND alone = 1
""")

COUNT = text("""
    UPDATE inbox SET ended = ended + 1, taken = NULL WHERE state = 'new' AND taken IS NOT NULL
""")

# While one is alone the others wait, marked as they are: it is not they who ended anything.
FORGET = text("UPDATE inbox SET taken = NULL WHERE state = 'new' AND taken IS NOT NULL")

BURY_IN_SILENCE = text("""
    UPDATE inbox SET state = 'dead', error = :reason
    WHERE state = 'new' AND ended_alone >= :ends
""")

CONDEMN = text("""
    UPDATE inbox SET taken = :epoch, alone = 1, error = :reason
    WHERE state = 'new' AND ended_alone >= :ends
    RETURNING id, update_id, lane, body, received_at, ended, ended_alone
""").columns(received_at=Instant)


def take(conn: Connection, after: int, limit: int, epoch: int, room: int) -> list[Received]:
    """The oldest updates above `after` that wait; the `first_of` them are marked as in hand."""
    rows = waiting(conn, after, limit)
    mark(conn, first_of(rows, room), epoch)
    return rows


def first_of(rows: Iterable[Received], room: int) -> list[int]:
    """Returns the ids of those to mark, `room` at most; no suspect is before it is alone."""
    return list(islice((row.id for row in rows if row.ended < ENDS_MAX), room))


def mark(conn: Connection, ids: Sequence[int], epoch: int) -> None:
    """Mark these updates as in hand."""
    if ids:
        conn.execute(MARK, {"ids": list(ids), "epoch": epoch})


def alone(conn: Connection, row_id: int, epoch: int) -> bool:
    """Mark an update as the only one in hand; False where it was settled before."""
    return conn.execute(ALONE, {"id": row_id, "epoch": epoch}).rowcount == 1


def wait(conn: Connection, row_id: int) -> None:
    """Take the mark of one update back, which was not tried after all."""
    conn.execute(WAIT, {"id": row_id})


def let_go(conn: Connection, epoch: int) -> None:
    """Take the marks of this run back, which ends in order."""
    conn.execute(LET_GO, {"epoch": epoch})


def recover(conn: Connection, epoch: int) -> tuple[int, list[Received]]:
    """Count what an earlier process ended with; to be called once, before anything is taken.

    Returns how many updates that were, and those that have to be set aside now. The latter stay
    marked as alone in hand, for the words about them come from the same body.
    """
    counted = conn.execute(COUNT_ALONE).rowcount
    if counted:
        conn.execute(FORGET)
    else:
        counted = conn.execute(COUNT).rowcount
    facts = {"reason": REASON, "epoch": epoch, "ends": ALONE_ENDS_MAX}
    conn.execute(BURY_IN_SILENCE, facts | {"ends": ALONE_ENDS_MAX + LAST_WORDS_ENDS_MAX})
    return counted, [Received(*row) for row in conn.execute(CONDEMN, facts)]
