"""Jobs that people ask for, each in a child process: imports, and counting and closing a month.

The command line and the panel ask for the same jobs. The child reads, computes and checks; it asks
the bot to write each step, as the command line does.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from bot.core.errors import JobError
from bot.core.input.checked_json import integer, mapping, string
from bot.jobs.closing_terms import packed, terms_to_close
from bot.services.bonus import close_month as closing_steps
from bot.services.members import import_steps
from bot.services.months import closing_reports
from bot.services.months.closing_guard import figures_in
from bot.store.db.database import Database
from bot.store.jobs import jobs
from bot.store.jobs.jobs import Job
from bot.system.child_process import (
    AskHandler,
    Facts,
    JobCrashedError,
    Limits,
    Progress,
    run_child,
)
from bot.turn.runtime import BotRuntime

__all__ = ["ClosingJobs", "import_members"]

LIMITS: Final = Limits(3600, memory_mib=4096)
CLOCK_WRONG: Final = "the clock of the bot's machine is wrong; set it right and run it again"
CHANGED: Final = "the month came to other figures than those that were confirmed"
MODULE: Final = "bot.cli.months.close_process"
SHOWN_SECONDS: Final = 10.0
"""Between two states of the progress in the chat; a quick closing shows none."""


async def import_members(
    job: Job, progress: Progress, *, database: Database, now: Callable[[], datetime]
) -> Facts:
    """Import a list of members, all of them or none.

    Raises:
        JobError: no member was imported.
    """

    async def answer(task: str, wish: Facts) -> Facts:
        return await database.write(partial(import_steps.TASKS[task], wish=wish, now=now()))

    done = await _run_child("bot.cli.imports.members_process", job, database.url, progress, answer)
    return _result(done)


class ClosingJobs:
    """Runs the jobs of closing a month.

    Args:
        runtime: the running bot.
        now: the current time.
        monotonic: the seconds of a clock that is never set.
        believed: whether the clock is trusted; while it is not, no month is closed.
    """

    def __init__(
        self,
        runtime: BotRuntime,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        believed: Callable[[], bool],
    ) -> None:
        self._runtime = runtime
        self._now = now
        self._monotonic = monotonic
        self._believed = believed

    async def count_month(self, job: Job, progress: Progress) -> Facts:
        """Calculate the month of a request, and show it to the admin who asked.

        Raises:
            JobError: it cannot be calculated; the admin is notified.
        """
        try:
            result = _result(await self._run(job, progress))
        except JobError as error:
            await self._failed(job, error)
            raise
        await self._write(
            closing_reports.show_month,
            request_id=integer(job.wish, "request"),
            figures=figures_in(result),
            clock_wrong=not self._believed(),
        )
        return result

    async def close_month(self, job: Job, progress: Progress) -> Facts:
        """Close the month, starting where an earlier attempt stopped.

        Raises:
            JobError: it is not closed; nothing of it is visible to members.
        """
        try:
            done = await self._run(job, self._shown(job, progress))
            changed = bool(done.get("changed"))
            result = {} if changed else _result(done)
        except JobError as error:
            await self._failed(job, error)
            raise
        if changed:
            await self._count_again(job)
            raise JobError(CHANGED)
        if (request_id := _request_of(job)) is not None:
            await self._write(closing_reports.tell_closed, request_id=request_id)
        self._runtime.on_job()  # the month's file is the next
        return result

    async def _run(self, job: Job, progress: Progress) -> Facts:
        async def answer(task: str, wish: Facts) -> Facts:
            if not self._believed():
                raise JobError(CLOCK_WRONG)
            step = partial(closing_steps.TASKS[task], wish=wish, now=self._now())
            return await self._runtime.database.write(step)

        company, period = self._runtime.company, string(job.wish, "period")
        look = partial(terms_to_close, company=company, period=period)
        terms = await self._runtime.database.read(look)
        sent = "" if terms is None else packed(terms)
        url = self._runtime.database.url
        return await _run_child(MODULE, job, url, progress, answer, terms=sent)

    async def _failed(self, job: Job, error: JobError) -> None:
        """Notify the admin who asked, unless the job is tried again."""
        if isinstance(error, JobCrashedError) and job.tries < jobs.TRIES_MAX:
            return
        if (request_id := _request_of(job)) is not None:
            clock = CLOCK_WRONG in str(error)
            await self._write(closing_reports.tell_failed, request_id=request_id, clock=clock)

    async def _count_again(self, job: Job) -> None:
        if (request_id := _request_of(job)) is not None:
            await self._write(closing_reports.count_again, request_id=request_id)
            self._runtime.on_job()

    def _shown(self, job: Job, progress: Progress) -> Progress:
        """Returns a progress that the chat shows too, once it takes some time."""
        last = self._monotonic()

        async def shown(step: str, done: int, total: int) -> None:
            nonlocal last
            await progress(step, done, total)
            request_id = _request_of(job)
            if request_id is None or self._monotonic() - last < SHOWN_SECONDS:
                return
            last = self._monotonic()
            await self._write(
                closing_reports.show_progress,
                request_id=request_id,
                step=step,
                percent=100 * done // total if total else 0,
            )

        return shown

    async def _write(self, report: Callable[..., None], **facts: object) -> None:
        unit = partial(report, runtime=self._runtime, at=self._now(), **facts)
        await self._runtime.database.write(unit)


def _request_of(job: Job) -> int | None:
    """Returns the request that a job carries out; None for a job of an earlier version."""
    return integer(job.wish, "request") if "request" in job.wish else None


async def _run_child(
    module: str, job: Job, url: str, progress: Progress, answer: AskHandler, **more: object
) -> Facts:
    """Run a job in a child process; returns what it said, with a `fault` or a `result`.

    Raises:
        JobError: the process failed or reached a limit.
    """
    facts = {"task": job.kind, "reference": job.reference, "url": url}
    return await run_child(module, {**job.wish, **more, **facts}, LIMITS, progress, answer)


def _result(done: Facts) -> Facts:
    """Returns the result of a child.

    Raises:
        JobError: it named a fault instead.
    """
    if fault := string(done, "fault"):
        raise JobError(fault)
    return mapping(done, "result")
