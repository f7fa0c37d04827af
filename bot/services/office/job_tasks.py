"""Jobs for the command line, which requests and watches them, or runs them if no bot does."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot.core.input.checked_json import integer, mapping, string
from bot.store.db import counters
from bot.store.jobs import jobs

__all__ = ["TASKS"]

NOTHING: Final = {"done": 0, "total": 0, "result": None}


def ask(conn: Connection, wish: Mapping[str, object], now: datetime) -> dict[str, object]:
    """Request a job; returns its id."""
    kind, reference = string(wish, "kind"), string(wish, "reference")
    return {"job": jobs.ask(conn, kind, reference, mapping(wish, "wish"), now)}


def look(conn: Connection, wish: Mapping[str, object], now: datetime) -> dict[str, object]:
    """Returns state, progress and result of a job."""
    del now
    job = jobs.find(conn, integer(wish, "job"))
    if job is None:
        return {"state": "failed", "error": "there is no such job", "step": "", **NOTHING}
    facts = {"step": job.step, "done": job.done, "total": job.total, "result": job.result}
    return {"state": job.state, "error": job.error, **facts}


def take(conn: Connection, wish: Mapping[str, object], now: datetime) -> dict[str, object]:
    """Take a job under an epoch of its own; only for a process that has the write lease.

    A job that was given up after too many tries starts again, as the operator asked for it.

    Returns:
        The epoch; None if the job has ended.
    """
    epoch = counters.increment(conn, "epoch")
    job = jobs.take(conn, integer(wish, "job"), epoch, now)
    left = jobs.find(conn, integer(wish, "job"))
    if job is None and left is not None and left.state == "given_up":
        jobs.ask(conn, left.kind, left.reference, left.wish, now)
        job = jobs.take(conn, left.id, epoch, now)
    return {"epoch": None if job is None else epoch}


def end(conn: Connection, wish: Mapping[str, object], now: datetime) -> dict[str, object]:
    """Store the result or the error of a job taken by `take`; returns whether it was stored."""
    job = jobs.find(conn, integer(wish, "job"))
    if job is None or job.epoch != wish["epoch"]:
        return {"noted": False}
    if wish["error"] is None:
        return {"noted": jobs.finish(conn, job, mapping(wish, "result"), now)}
    return {"noted": jobs.fail(conn, job, string(wish, "error"), now)}


TASKS: Final = {"job ask": ask, "job look": look, "job take": take, "job end": end}
