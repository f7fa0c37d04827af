"""Runs jobs: one of each kind at a time, different kinds beside each other.

Jobs that an earlier run of the bot left unfinished are taken again. The work itself is done in a
child process, which may be killed at any moment; see `bot.system.child_process`.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Final, TypeAlias, TypeVar

from bot.core.errors import JobError
from bot.store.db.database import Database
from bot.store.db.database import UnitOfWork as Unit
from bot.store.jobs import jobs
from bot.store.jobs.jobs import Job, TellNotDone
from bot.system.child_process import Facts, JobCrashedError, Progress
from bot.system.clock import Clock
from bot.system.together import together

__all__ = ["LOOK_SECONDS", "JobRunner", "JobWork", "run_job"]

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 15.0
"""The longest time until a job is found that was added without a call of `wake`."""
RETRY_SECONDS: Final = 5.0

JobWork: TypeAlias = Callable[[Job, Progress], Awaitable[Facts]]
NOBODY_TOLD: Final[Mapping[str, TellNotDone]] = MappingProxyType({})
T = TypeVar("T")


@dataclass(slots=True)
class _Kind:
    work: JobWork
    wake_up: asyncio.Event


class JobRunner:
    """Runs queued jobs from `run` until cancelled.

    Args:
        database: holds the rows of jobs.
        clock: the current time.
        epoch: the number of this run of the bot.
        kinds: the work of each kind of job.
        ended: called after each job, so that results are sent at once.
        not_done: tells of a job that failed or was given up, by kind.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        epoch: int,
        kinds: Mapping[str, JobWork],
        ended: Callable[[], None] = lambda: None,
        not_done: Mapping[str, TellNotDone] = NOBODY_TOLD,
    ) -> None:
        self._database = database
        self._clock = clock
        self._epoch = epoch
        self._ended = ended
        self._not_done = not_done
        self._kinds = {kind: _Kind(work, asyncio.Event()) for kind, work in kinds.items()}

    def wake(self) -> None:
        """Look for new jobs now."""
        for kind in self._kinds.values():
            kind.wake_up.set()

    async def run(self) -> None:
        """Run jobs until cancelled."""
        await together(*(self._run_kind(kind) for kind in self._kinds))

    async def _run_kind(self, kind: str) -> None:
        wake_up = self._kinds[kind].wake_up
        while True:
            wake_up.clear()
            try:
                while await self.next(kind):
                    self._ended()
            except Exception:
                log.exception("the jobs of a kind cannot be run: %s", kind)
            try:
                async with asyncio.timeout(LOOK_SECONDS):
                    await wake_up.wait()
            except TimeoutError:
                pass

    async def next(self, kind: str) -> bool:
        """Run the oldest job of a kind; returns whether there was one."""
        look = partial(jobs.next_of, kind=kind, epoch=self._epoch)
        job_id = await self._database.read(look)
        if job_id is None:
            return False
        tell, at = self._not_done.get(kind), self._clock.now()
        take = partial(jobs.take, job_id=job_id, epoch=self._epoch, at=at, tell=tell)
        job = await self._database.write(take)
        if job is None:
            log.error("a job was given up", extra={"job": job_id, "kind": kind})
            return True
        log.info("a job is begun", extra={"job": job.id, "kind": kind, "tries": job.tries})
        try:
            await run_job(self._database, self._clock, job, self._kinds[kind].work, tell)
        except JobCrashedError as error:
            log.warning("a job broke off", extra={"job": job.id, "reason": str(error)})
            await asyncio.sleep(RETRY_SECONDS)
        except JobError as error:
            log.error("a job failed", extra={"job": job.id, "reason": str(error)})  # noqa: TRY400
        else:
            log.info("a job is done", extra={"job": job.id, "kind": kind})
        return True

    async def run_scheduled(
        self, kind: str, wish: Facts, work: Callable[[], Awaitable[Facts]]
    ) -> Facts:
        """Run scheduled work at once under the row of a job; returns its result.

        It runs without a row too: a copy is made even where the database cannot be written. A row
        that another run left is used again, as the work is the same.

        Raises:
            JobError: the work failed; other errors of the work are raised as they are.
        """
        job = await self._begin(kind, wish)
        if job is None:
            return await work()

        async def scheduled(_job: Job, _progress: Progress) -> Facts:
            return await work()

        return await run_job(self._database, self._clock, job, scheduled)

    async def _begin(self, kind: str, wish: Facts) -> Job | None:
        now = self._clock.now()
        unit = partial(jobs.begin, kind=kind, wish=wish, epoch=self._epoch, at=now)
        try:
            return await self._database.write(unit)
        except Exception:
            log.exception("the row of a job cannot be written: %s", kind)
            return None


async def run_job(
    database: Database, clock: Clock, job: Job, work: JobWork, tell: TellNotDone | None = None
) -> Facts:
    """Run a job that was taken, and store its progress and result in its row.

    A row that cannot be written is logged; the result counts all the same. `tell` is called in
    the commit that says that the job has failed.

    Raises:
        JobCrashedError: the work may be tried again; the job waits.
        JobError: the work failed, as the row says; other errors are raised as they are.
    """

    async def progress(step: str, done: int, total: int) -> None:
        await _store(database, partial(jobs.progress, job=job, step=step, done=done, total=total))

    try:
        result = await work(job, progress)
    except asyncio.CancelledError:
        # The bot stops, which is no failed attempt.
        await _store(database, partial(jobs.put_back, job=job, counted=False))
        raise
    except JobCrashedError as error:
        if job.tries < jobs.TRIES_MAX:
            await _store(database, partial(jobs.put_back, job=job, counted=True))
        else:
            await _fail(database, clock, job, str(error), tell)
        raise
    except Exception as error:
        words = str(error) if isinstance(error, JobError) else type(error).__name__
        await _fail(database, clock, job, words, tell)
        raise
    await _store(database, partial(jobs.finish, job=job, result=result, at=clock.now()))
    return result


async def _fail(
    database: Database, clock: Clock, job: Job, reason: str, tell: TellNotDone | None
) -> None:
    fail = partial(jobs.fail, job=job, error=reason, at=clock.now(), tell=tell)
    await _store(database, fail)


async def _store(database: Database, unit: Unit[T]) -> None:
    try:
        await database.write(unit)
    except Exception:
        log.exception("the state of a job cannot be stored")
