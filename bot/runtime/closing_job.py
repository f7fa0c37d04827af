"""Closes a month that the command line has asked for, in a child process.

The child reads, computes and proves; each step of what it wants written comes to the bot, which
writes it as it does for the command line.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

from bot.services.bonus.close_month import TASKS
from bot.store.db.database import Database
from bot.store.jobs.jobs import Job
from bot.system.child_process import Failed, Limits, Progress, run_child

__all__ = ["KIND", "close_month"]

KIND: Final = "close"
LIMITS: Final = Limits(3600, memory_mib=4096)
CLOCK_IN_DOUBT: Final = "the clock of the bot's machine is wrong; set it right and run it again"


async def close_month(
    job: Job,
    progress: Progress,
    *,
    database: Database,
    now: Callable[[], datetime],
    believed: Callable[[], bool],
) -> Mapping[str, Any]:
    """Close the month from wherever an earlier try stopped.

    Raises:
        Failed: it is not closed; nothing of it is visible to members.
    """

    async def answer(task: str, wish: Mapping[str, Any]) -> dict[str, Any]:
        if not believed():
            raise Failed(CLOCK_IN_DOUBT)
        return await database.write(partial(TASKS[task], wish=wish, now=now()))

    wish = {"task": KIND, **job.wish, "url": database.url}
    done = await run_child("bot.cli.months.close_process", wish, LIMITS, progress, answer)
    if done["fault"]:
        raise Failed(done["fault"])
    return {}
