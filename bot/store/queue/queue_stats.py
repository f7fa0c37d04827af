"""Figures about the database for monitoring; few rows are read for each of them.

A count ends at `COUNTED_MAX`: whether ten thousand wait or a million, the operator has to act.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, get_args

from sqlalchemy import Connection, TextClause, bindparam, text

from bot.store.db import counters
from bot.store.db.types import Instant
from bot.store.jobs import job_counts, jobs
from bot.store.jobs.job_counts import JobCount
from bot.store.queue import inbox, outbox
from bot.store.queue.outbox_messages import OutboxKind

__all__ = ["COUNTED_MAX", "DatabaseFigures", "OpenMessages", "figures", "nothing_open"]

COUNTED_MAX: Final = 10_000


@dataclass(frozen=True, slots=True)
class OpenMessages:
    """The open messages of one kind and state.

    Attributes:
        since: when the first of them was due; later than now where none is due yet.
    """

    kind: str
    state: str
    count: int
    since: datetime


@dataclass(frozen=True, slots=True)
class DatabaseFigures:
    """The state of the database at one moment.

    Attributes:
        waiting: the number of unhandled updates.
        waiting_since: when the oldest of them came.
        dead: the number of dead letters.
        open_messages: by kind and state.
        uncertain: the number of messages that may have arrived, by kind.
        gates: for each kind of gate, how many are closed, and until when.
        jobs: the number of jobs in each state.
        size: in bytes.
        epoch: how often the bot was started.
    """

    waiting: int
    waiting_since: datetime | None
    dead: int
    open_messages: tuple[OpenMessages, ...]
    uncertain: Mapping[str, int]
    gates: Mapping[str, tuple[int, datetime]]
    jobs: tuple[JobCount, ...]
    size: int
    epoch: int


WAITING = text("""
    SELECT count(*) FROM (SELECT id FROM inbox WHERE state = 'new' ORDER BY id LIMIT :most) AS open
""")

OLDEST = text("""
    SELECT received_at FROM inbox WHERE state = 'new' ORDER BY id LIMIT 1
""").columns(received_at=Instant)

DEAD = text("""
    SELECT count(*) FROM (SELECT id FROM inbox WHERE state = 'dead' ORDER BY id LIMIT :most) AS d
""")

OPEN_MESSAGES = text("""
    SELECT state, count(*) AS number, min(due) AS since FROM (
      SELECT state, coalesce(not_before, created_at) AS due FROM outbox
      WHERE state IN ('new', 'sending') AND kind = :kind ORDER BY id LIMIT :most) AS open
    GROUP BY state ORDER BY state
""").columns(since=Instant)

UNCERTAIN = text("""
    SELECT count(*) FROM (
      SELECT id FROM outbox
      WHERE state = 'uncertain' AND kind = :kind ORDER BY id LIMIT :most) AS uncertain
""")

GATES = (
    text("""
    SELECT CASE WHEN scope LIKE 'chat:%' THEN 'chat' WHEN scope LIKE 'edits:%' THEN 'edits'
        ELSE scope END AS whose, count(*) AS number, max(until) AS until
    FROM gates WHERE until > :now
    GROUP BY CASE WHEN scope LIKE 'chat:%' THEN 'chat' WHEN scope LIKE 'edits:%' THEN 'edits'
        ELSE scope END
""")
    .bindparams(bindparam("now", type_=Instant))
    .columns(until=Instant)
)

SIZE = text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
SIZE_POSTGRESQL = text("SELECT pg_database_size(current_database())")


def nothing_open(conn: Connection, now: datetime) -> bool:
    """Returns whether all updates are handled, all messages sent and all jobs done."""
    if inbox.waiting(conn, 0, 1) or outbox.open_messages(conn, now):
        return False
    return not jobs.any_open(conn)


def figures(conn: Connection, now: datetime) -> DatabaseFigures:
    """Returns all figures, from one snapshot."""
    most = {"most": COUNTED_MAX}
    kinds = get_args(OutboxKind)
    size = SIZE if conn.dialect.name == "sqlite" else SIZE_POSTGRESQL
    return DatabaseFigures(
        waiting=_count(conn, WAITING, most),
        waiting_since=conn.execute(OLDEST).scalar(),
        dead=_count(conn, DEAD, most),
        open_messages=tuple(
            OpenMessages(kind, row.state, row.number, row.since)
            for kind in kinds
            for row in conn.execute(OPEN_MESSAGES, {**most, "kind": kind})
        ),
        uncertain={kind: _count(conn, UNCERTAIN, {**most, "kind": kind}) for kind in kinds},
        gates={row.whose: (row.number, row.until) for row in conn.execute(GATES, {"now": now})},
        jobs=job_counts.counts(conn),
        size=conn.execute(size).scalar_one(),
        epoch=counters.read(conn, "epoch"),
    )


def _count(conn: Connection, statement: TextClause, facts: Mapping[str, object]) -> int:
    count: int = conn.execute(statement, facts).scalar_one()
    return count
