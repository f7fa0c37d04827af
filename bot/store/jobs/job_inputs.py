"""The input of a job, where it is too long for the job's row or holds personal data.

It is stored in parts before the job is asked for, under the same reference, and deleted in the
commit in which the job ends. What a month was shut with (`shut_months`) stays until it is closed,
however many jobs that takes.
"""

from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant

__all__ = ["any_unasked", "drop", "drop_unasked", "keep", "parts"]

KEEP = text("""
    INSERT INTO job_inputs (reference, part, content, sent_at)
    VALUES (:reference, :part, :content, :at)
    ON CONFLICT (reference, part) DO UPDATE
      SET content = excluded.content, sent_at = excluded.sent_at
""").bindparams(bindparam("at", type_=Instant))

PARTS = text("SELECT content FROM job_inputs WHERE reference = :reference ORDER BY part")

DROP = text("DELETE FROM job_inputs WHERE reference = :reference")

ANY_UNASKED = text("""
    SELECT 1 FROM job_inputs
    WHERE sent_at <= :before
      AND reference NOT IN (SELECT reference FROM jobs WHERE state IN ('new', 'running'))
      AND reference NOT IN (SELECT 'shut:' || period FROM periods WHERE state = 'closing')
    LIMIT 1
""").bindparams(bindparam("before", type_=Instant))

DROP_UNASKED = text("""
    DELETE FROM job_inputs
    WHERE sent_at <= :before
      AND reference NOT IN (SELECT reference FROM jobs WHERE state IN ('new', 'running'))
      AND reference NOT IN (SELECT 'shut:' || period FROM periods WHERE state = 'closing')
""").bindparams(bindparam("before", type_=Instant))


def keep(conn: Connection, reference: str, part: int, content: str, at: datetime) -> None:
    """Store one part; the same part again replaces it."""
    facts = {"reference": reference, "part": part, "content": content, "at": at}
    conn.execute(KEEP, facts)


def parts(conn: Connection, reference: str) -> list[str]:
    """Returns all parts in order."""
    return list(conn.execute(PARTS, {"reference": reference}).scalars())


def drop(conn: Connection, reference: str) -> None:
    """Delete the input of a job that has ended."""
    conn.execute(DROP, {"reference": reference})


def any_unasked(conn: Connection, before: datetime) -> bool:
    """Returns whether `drop_unasked` would delete anything."""
    return conn.execute(ANY_UNASKED, {"before": before}).first() is not None


def drop_unasked(conn: Connection, before: datetime) -> int:
    """Delete parts, sent before a moment, for which no job waits or runs; returns how many.

    What a month that is being closed was shut with stays.
    """
    return conn.execute(DROP_UNASKED, {"before": before}).rowcount
