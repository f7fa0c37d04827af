"""Long work that the command line has asked for, each in a child process.

The child reads, computes and proves; each step of what it wants written comes to the bot, which
writes it as it does for the command line.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

from bot.services.bonus import close_month as closing_steps
from bot.services.members import import_steps
from bot.store.db.database import Database
from bot.store.jobs.jobs import Job
from bot.system.child_process import Failed, Limits, Progress, run_child

__all__ = ["CLOSE", "IMPORT_MEMBERS", "OperatorJobs"]

CLOSE: Final = "close"
IMPORT_MEMBERS: Final = "import members"
LIMITS: Final = Limits(3600, memory_mib=4096)
CLOCK_IN_DOUBT: Final = "the clock of the bot's machine is wrong; set it right and run it again"


class OperatorJobs:
    """Does them with these books.

    Args:
        database: writes.
        now: what time it is.
        believed: whether the clock is; while it is not, no month is closed.
    """

    def __init__(
        self, database: Database, now: Callable[[], datetime], believed: Callable[[], bool]
    ) -> None:
        self._database = database
        self._now = now
        self._believed = believed

    async def close_month(self, job: Job, progress: Progress) -> Mapping[str, Any]:
        """Close the month from wherever an earlier try stopped.

        Raises:
            Failed: it is not closed; nothing of it is visible to members.
        """

        async def answer(task: str, wish: Mapping[str, Any]) -> dict[str, Any]:
            if not self._believed():
                raise Failed(CLOCK_IN_DOUBT)
            return await self._written(closing_steps.TASKS[task], wish)

        return await self._child("bot.cli.months.close_process", job, progress, answer)

    async def import_members(self, job: Job, progress: Progress) -> Mapping[str, Any]:
        """Take a list of members over, all of them or nobody.

        Raises:
            Failed: nobody was taken over.
        """

        async def answer(task: str, wish: Mapping[str, Any]) -> dict[str, Any]:
            return await self._written(import_steps.TASKS[task], wish)

        return await self._child("bot.cli.imports.members_process", job, progress, answer)

    async def _written(self, task: Any, wish: Mapping[str, Any]) -> dict[str, Any]:
        return await self._database.write(partial(task, wish=wish, now=self._now()))

    async def _child(
        self, module: str, job: Job, progress: Progress, answer: Any
    ) -> Mapping[str, Any]:
        facts = {"task": job.kind, "reference": job.reference, "url": self._database.url}
        done = await run_child(module, {**job.wish, **facts}, LIMITS, progress, answer)
        if done["fault"]:
            raise Failed(done["fault"])
        result: Mapping[str, Any] = done["result"]
        return result
