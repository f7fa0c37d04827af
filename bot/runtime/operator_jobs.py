"""Jobs that the command line asks for, each in a child process.

The child reads, computes and checks; it asks the bot to write each step, as the command line does.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from bot.core.errors import JobError
from bot.core.input.checked_json import mapping, string
from bot.services.bonus import close_month as closing_steps
from bot.services.members import import_steps
from bot.services.office.operator_tasks import Task
from bot.store.db.database import Database
from bot.store.jobs.jobs import Job
from bot.system.child_process import AskHandler, Facts, Limits, Progress, run_child

__all__ = ["CLOSE", "IMPORT_MEMBERS", "OperatorJobs"]

CLOSE: Final = "close"
IMPORT_MEMBERS: Final = "import members"
LIMITS: Final = Limits(3600, memory_mib=4096)
CLOCK_WRONG: Final = "the clock of the bot's machine is wrong; set it right and run it again"


class OperatorJobs:
    """Runs the jobs of the command line.

    Args:
        database: to write to.
        now: the current time.
        believed: whether the clock is trusted; while it is not, no month is closed.
    """

    def __init__(
        self, database: Database, now: Callable[[], datetime], believed: Callable[[], bool]
    ) -> None:
        self._database = database
        self._now = now
        self._believed = believed

    async def close_month(self, job: Job, progress: Progress) -> Facts:
        """Close the month, starting where an earlier attempt stopped.

        Raises:
            JobError: it is not closed; nothing of it is visible to members.
        """

        async def answer(task: str, wish: Facts) -> Facts:
            if not self._believed():
                raise JobError(CLOCK_WRONG)
            return await self._write(closing_steps.TASKS[task], wish)

        return await self._run("bot.cli.months.close_process", job, progress, answer)

    async def import_members(self, job: Job, progress: Progress) -> Facts:
        """Import a list of members, all of them or none.

        Raises:
            JobError: no member was imported.
        """

        async def answer(task: str, wish: Facts) -> Facts:
            return await self._write(import_steps.TASKS[task], wish)

        return await self._run("bot.cli.imports.members_process", job, progress, answer)

    async def _write(self, task: Task, wish: Facts) -> Facts:
        return await self._database.write(partial(task, wish=wish, now=self._now()))

    async def _run(self, module: str, job: Job, progress: Progress, answer: AskHandler) -> Facts:
        facts = {"task": job.kind, "reference": job.reference, "url": self._database.url}
        done = await run_child(module, {**job.wish, **facts}, LIMITS, progress, answer)
        if fault := string(done, "fault"):
            raise JobError(fault)
        return mapping(done, "result")
