"""`jobs`: the jobs of the last days and their states."""

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.setup import settings_from

if TYPE_CHECKING:
    from bot.store.jobs.jobs import Job

__all__ = ["jobs"]

SHOWN = 20
WORDS = {
    "new": "waits",
    "running": "runs",
    "done": "done",
    "failed": "failed",
    "given_up": "given up",
}


@click.command(
    help="List jobs, the newest first: copies and integrity checks of the database, estimates for "
    "large teams, imports of members, closings of months, and the files made from them.\n\n"
    "The running bot continues jobs that wait or run, also after it was killed. A job that failed "
    "says why; request it again and it starts again. This command changes nothing.",
    epilog="\b\nExamples:\n  python -m bot jobs\n  python -m bot jobs --all",
)
@click.option("--all", "everything", is_flag=True, help=f"Show more than the last {SHOWN}.")
@click.pass_obj
def jobs(env_file: Path, *, everything: bool) -> None:
    """Print one line for each job."""
    settings = settings_from(env_file)
    found = asyncio.run(_latest(settings.database_url.get_secret_value(), everything))
    for job in found:
        click.echo(_line(job))
    if not found:
        click.echo("No jobs yet.")


async def _latest(url: str, everything: bool) -> "list[Job]":
    from bot.store.db import read_only
    from bot.store.jobs.jobs import latest

    return await read_only.look(url, partial(latest, limit=10_000 if everything else SHOWN))


def _line(job: "Job") -> str:
    about = job.wish.get("period", "")
    words = [f"{job.created_at:%Y-%m-%d %H:%M}", f"{job.kind:<10}", f"{about:<7}"]
    words.append(WORDS[job.state])
    if job.state == "running" and job.step:
        words.append(f"({job.step}: {job.done} of {job.total})")
    if job.error is not None:
        words.append(f"({job.error})")
    if job.ended_at is not None and job.started_at is not None:
        words.append(f"after {(job.ended_at - job.started_at).total_seconds():.0f} s")
    return "  ".join(words)
