"""Long work as the command line asks for it, looks at it, and does it itself where no bot runs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from bot.store.db import counters
from bot.store.jobs import jobs

__all__ = ["TASKS"]

NOTHING: Final = {"done": 0, "total": 0, "result": None}


def ask(conn: Connection, wish: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Returns the number of the job that was asked for."""
    return {"job": jobs.ask(conn, str(wish["kind"]), str(wish["reference"]), wish["wish"], now)}


def look(conn: Connection, wish: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Returns how a job stands."""
    del now
    job = jobs.find(conn, int(wish["job"]))
    if job is None:
        return {"state": "failed", "error": "there is no such job", "step": "", **NOTHING}
    facts = {"step": job.step, "done": job.done, "total": job.total, "result": job.result}
    return {"state": job.state, "error": job.error, **facts}


def take(conn: Connection, wish: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Take a job as a run of the bot of its own; only for whoever has the right to write.

    Returns the number of that run; None if the job has ended. One that was broken off too often
    is begun anew, for a person has asked for it once more.
    """
    epoch = counters.raised(conn, "epoch")
    job = jobs.take(conn, int(wish["job"]), epoch, now)
    left = jobs.find(conn, int(wish["job"]))
    if job is None and left is not None and left.state == "given_up":
        jobs.ask(conn, left.kind, left.reference, left.wish, now)
        job = jobs.take(conn, left.id, epoch, now)
    return {"epoch": None if job is None else epoch}


def end(conn: Connection, wish: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Note what came of a job that was taken so."""
    job = jobs.find(conn, int(wish["job"]))
    if job is None or job.epoch != wish["epoch"]:
        return {"noted": False}
    if wish["error"] is None:
        return {"noted": jobs.finish(conn, job, wish["result"], now)}
    return {"noted": jobs.fail(conn, job, str(wish["error"]), now)}


TASKS: Final = {"job ask": ask, "job look": look, "job take": take, "job end": end}
