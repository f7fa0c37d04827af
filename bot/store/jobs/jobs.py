"""Long work, one row per job: its request (`wish`), its progress and its result.

A job is taken under the number of the bot's run. A job that an earlier run left running is taken
again by the next one, at most `TRIES_MAX` times in all. A run that lost a job to a later run
cannot write to it any more.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias

from sqlalchemy import Connection, Row, bindparam, text

from bot.store.db.types import Instant
from bot.store.jobs import job_inputs

__all__ = [
    "TRIES_MAX",
    "Job",
    "State",
    "TellNotDone",
    "any_open",
    "ask",
    "begin",
    "by_reference",
    "fail",
    "find",
    "finish",
    "forget",
    "latest",
    "next_of",
    "progress",
    "put_back",
    "take",
]

TRIES_MAX: Final = 3
GIVEN_UP: Final = "it was begun {tries} times and its process ended each time"
OPEN: Final = ("new", "running")

State = Literal["new", "running", "done", "failed", "given_up"]


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of long work.

    Attributes:
        reference: its unique name; asking twice with the same one makes one job.
        wish: the request as JSON; its keys depend on the kind.
        step: a word for the current step, of which `done` of `total` are done.
        result: as JSON; None before the job is done.
        error: why it failed, for the operator.
        asked_by: the account that asked for it; None for the operator and the bot.
        epoch: the number of the bot's run that took it last.
        tries: how often it was begun.
    """

    id: int
    kind: str
    reference: str
    wish: Mapping[str, object]
    state: State
    step: str
    done: int
    total: int
    result: Mapping[str, object] | None
    error: str | None
    asked_by: int | None
    epoch: int
    tries: int
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None

    @property
    def open(self) -> bool:
        """Returns whether the job waits or runs."""
        return self.state in OPEN


TellNotDone: TypeAlias = Callable[[Connection, Job, datetime], None]
"""Tells who asked for a job that it failed or was given up, in the commit that says so."""

ASK = text("""
    INSERT INTO jobs (kind, reference, wish, asked_by, created_at)
    VALUES (:kind, :reference, :wish, :asked_by, :at)
    ON CONFLICT (reference) DO UPDATE SET state = 'new', wish = excluded.wish,
      asked_by = excluded.asked_by, created_at = excluded.created_at, tries = 0, step = '',
      done = 0, total = 0, error = NULL, started_at = NULL, ended_at = NULL
    WHERE jobs.state IN ('failed', 'given_up')
""").bindparams(bindparam("at", type_=Instant))

BY_REFERENCE = text("SELECT id FROM jobs WHERE reference = :reference")

NEXT = text("""
    SELECT id FROM jobs
    WHERE kind = :kind AND state IN ('new', 'running') AND (state = 'new' OR epoch < :epoch)
    ORDER BY id LIMIT 1
""")

GIVE_UP = text("""
    UPDATE jobs SET state = 'given_up', error = :error, ended_at = :at
    WHERE id = :id AND tries >= :most AND (state = 'new' OR (state = 'running' AND epoch < :epoch))
""").bindparams(bindparam("at", type_=Instant))

TAKE = text("""
    UPDATE jobs SET state = 'running', epoch = :epoch, tries = tries + 1, step = '', done = 0,
      total = 0, started_at = coalesce(started_at, :at)
    WHERE id = :id AND (state = 'new' OR (state = 'running' AND epoch < :epoch))
""").bindparams(bindparam("at", type_=Instant))

PROGRESS = text("""
    UPDATE jobs SET step = :step, done = :done, total = :total
    WHERE id = :id AND state = 'running' AND epoch = :epoch
""")

END = text("""
    UPDATE jobs SET state = :state, result = :result, error = :error, ended_at = :at
    WHERE id = :id AND state = 'running' AND epoch = :epoch
""").bindparams(bindparam("at", type_=Instant))

PUT_BACK = text("""
    UPDATE jobs SET state = 'new', tries = tries - :uncounted
    WHERE id = :id AND state = 'running' AND epoch = :epoch
""")

FIND = text("""
    SELECT id, kind, reference, wish, state, step, done, total, result, error, asked_by, epoch,
      tries, created_at, started_at, ended_at
    FROM jobs WHERE id = :id
""").columns(created_at=Instant, started_at=Instant, ended_at=Instant)

LATEST = text("""
    SELECT id, kind, reference, wish, state, step, done, total, result, error, asked_by, epoch,
      tries, created_at, started_at, ended_at
    FROM jobs ORDER BY id DESC LIMIT :limit
""").columns(created_at=Instant, started_at=Instant, ended_at=Instant)

ANY_OPEN = text("SELECT 1 FROM jobs WHERE state IN ('new', 'running') LIMIT 1")

FORGET = text("""
    DELETE FROM jobs WHERE kind IN :kinds AND ended_at < :before
""").bindparams(bindparam("before", type_=Instant), bindparam("kinds", expanding=True))


def ask(
    conn: Connection,
    kind: str,
    reference: str,
    wish: Mapping[str, object],
    at: datetime,
    asked_by: int | None = None,
) -> int:
    """Returns the id of the job with this reference, a new one where there is none.

    A job that failed is queued again, with the request as it is now.
    """
    facts = {"kind": kind, "reference": reference, "wish": json.dumps(wish)}
    conn.execute(ASK, {**facts, "asked_by": asked_by, "at": at})
    job_id: int = conn.execute(BY_REFERENCE, {"reference": reference}).scalar_one()
    return job_id


def next_of(conn: Connection, kind: str, epoch: int) -> int | None:
    """Returns the oldest job of a kind that this run may take; None if there is none."""
    found: int | None = conn.execute(NEXT, {"kind": kind, "epoch": epoch}).scalar()
    return found


def take(
    conn: Connection,
    job_id: int,
    epoch: int,
    at: datetime,
    tell: TellNotDone | None = None,
) -> Job | None:
    """Returns the job, taken by this run; None if it cannot be taken.

    A job that was begun `TRIES_MAX` times is given up instead; `tell` is called then.
    """
    words = GIVEN_UP.format(tries=TRIES_MAX)
    facts = {"id": job_id, "epoch": epoch, "at": at}
    given_up = conn.execute(GIVE_UP, {**facts, "most": TRIES_MAX, "error": words}).rowcount
    taken = conn.execute(TAKE, facts).rowcount
    job = find(conn, job_id) if given_up or taken else None
    if job is not None and given_up:
        job_inputs.drop(conn, job.reference)
        if tell is not None:
            tell(conn, job, at)
    return job if taken else None


def begin(
    conn: Connection, kind: str, wish: Mapping[str, object], epoch: int, at: datetime
) -> Job | None:
    """Returns a job, taken by this run: one that an earlier run left, or a new one."""
    left = next_of(conn, kind, epoch)
    job = None if left is None else take(conn, left, epoch, at)
    if job is not None:
        return job
    reference = f"{kind}:{epoch}:{at.isoformat()}"
    return take(conn, ask(conn, kind, reference, wish, at), epoch, at)


def progress(conn: Connection, job: Job, step: str, done: int, total: int) -> bool:
    """Store the progress of a job; returns whether it still belongs to this run."""
    facts = {"id": job.id, "epoch": job.epoch, "step": step, "done": done, "total": total}
    return bool(conn.execute(PROGRESS, facts).rowcount)


def finish(conn: Connection, job: Job, result: Mapping[str, object], at: datetime) -> bool:
    """Store the result of a job; returns whether it still belonged to this run."""
    return _end(conn, job, "done", at, result=json.dumps(result))


def fail(
    conn: Connection, job: Job, error: str, at: datetime, tell: TellNotDone | None = None
) -> bool:
    """Store why a job failed and call `tell`; returns whether it still belonged to this run."""
    ended = _end(conn, job, "failed", at, error=error)
    if ended and tell is not None:
        tell(conn, job, at)
    return ended


def _end(
    conn: Connection,
    job: Job,
    state: State,
    at: datetime,
    *,
    result: str | None = None,
    error: str | None = None,
) -> bool:
    facts = {"id": job.id, "epoch": job.epoch, "state": state, "at": at}
    ended = bool(conn.execute(END, {**facts, "result": result, "error": error}).rowcount)
    if ended:
        job_inputs.drop(conn, job.reference)
    return ended


def put_back(conn: Connection, job: Job, *, counted: bool) -> bool:
    """Let a job wait again; `counted` says whether this was one of its tries."""
    facts = {"id": job.id, "epoch": job.epoch, "uncounted": int(not counted)}
    return bool(conn.execute(PUT_BACK, facts).rowcount)


def find(conn: Connection, job_id: int) -> Job | None:
    """Returns the job as it is now; None if there is none."""
    row = conn.execute(FIND, {"id": job_id}).first()
    return None if row is None else _job(row)


def by_reference(conn: Connection, reference: str) -> Job | None:
    """Returns the job with this reference as it is now; None if there is none."""
    job_id = conn.execute(BY_REFERENCE, {"reference": reference}).scalar()
    return None if job_id is None else find(conn, job_id)


def latest(conn: Connection, limit: int) -> list[Job]:
    """Returns the last `limit` jobs, the newest first."""
    return [_job(row) for row in conn.execute(LATEST, {"limit": limit})]


def any_open(conn: Connection) -> bool:
    """Returns whether any job waits or runs."""
    return conn.execute(ANY_OPEN).first() is not None


def forget(conn: Connection, kinds: Sequence[str], before: datetime) -> int:
    """Delete jobs of these kinds that ended before a moment; returns how many."""
    return conn.execute(FORGET, {"kinds": list(kinds), "before": before}).rowcount


def _job(row: Row[tuple[object, ...]]) -> Job:
    return Job(
        id=row.id,
        kind=row.kind,
        reference=row.reference,
        wish=json.loads(row.wish),
        state=row.state,
        step=row.step,
        done=row.done,
        total=row.total,
        result=None if row.result is None else json.loads(row.result),
        error=row.error,
        asked_by=row.asked_by,
        epoch=row.epoch,
        tries=row.tries,
        created_at=row.created_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
    )
