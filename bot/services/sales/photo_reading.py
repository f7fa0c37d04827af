"""Fetches the photos of sales, so that equal ones are found whichever member sent them.

A turn only asks for a job; the job fetches what is due, after the turn has been committed. What is
due follows from the sales, so nothing is lost where a job fails: the next one has it, which the
next photo asks for, or the hour.
"""

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Protocol, TypeAlias

from sqlalchemy import Connection

from bot.core.calendar.hours import local_day
from bot.store.jobs import jobs
from bot.store.jobs.jobs import Job
from bot.store.receipts import photo_digests
from bot.store.receipts.photo_digests import NOT_HAD, SalePhoto
from bot.system.child_process import Facts, JobCrashedError, Progress
from bot.turn.runtime import BotRuntime
from bot.turn.turn import Turn

__all__ = ["PHOTOS", "FetchPhoto", "PhotoReading", "ask_for_photo", "catch_up"]

PHOTOS: Final = "photos"
BYTES_MAX: Final = 20 * 1024 * 1024
"""Telegram hands a bot no larger file."""
AT_ONCE: Final = 50
FAILURES_MAX: Final = 3
"""So many photos in a row that cannot be fetched mean that Telegram is out of reach."""
DECIDED_DAYS: Final = 35
"""Sales of so many days are fetched although they were approved before their photo was."""

FetchPhoto: TypeAlias = Callable[[str, int], Awaitable[bytes | None]]
"""Returns the file with this id, up to this many bytes; None if it cannot be had."""


class Due(Protocol):
    """Returns photos that are due, of sales with ids above `above`, in their order."""

    def __call__(self, conn: Connection, above: int, limit: int) -> list[SalePhoto]: ...


def ask_for_photo(turn: Turn, sale_id: int, photo_id: str) -> None:
    """Ask for the photo of a sale to be fetched, if it has one that the office will compare."""
    if photo_id and turn.company.policy.approve_sales:
        jobs.ask(turn.conn, PHOTOS, f"{PHOTOS}:{sale_id}:{turn.reference}", {}, turn.now)
        turn.job_asked = True


async def catch_up(runtime: BotRuntime, now: datetime) -> None:
    """Ask, once an hour, for the photos that are due and were not fetched."""
    if not runtime.company.policy.approve_sales:
        return
    reference = f"{PHOTOS}:{now:%Y-%m-%dT%H}"
    if await runtime.database.read(partial(jobs.by_reference, reference=reference)) is not None:
        return
    for due in _due(runtime, now):
        if await runtime.database.read(partial(due, above=0, limit=1)):
            ask = partial(jobs.ask, kind=PHOTOS, reference=reference, wish={}, at=now)
            await runtime.database.write(ask)
            runtime.on_job()
            return


def _due(runtime: BotRuntime, now: datetime) -> Sequence[Due]:
    """Returns what looks for photos: those of sales that wait come first."""
    first = local_day(now, runtime.company.time_zone) - timedelta(days=DECIDED_DAYS)
    decided = partial(photo_digests.due_decided, since=first.isoformat())
    return photo_digests.due_waiting, decided


class PhotoReading:
    """The job.

    Args:
        runtime: the running bot.
        now: the current time.
        fetch: returns a file that a person has sent.
    """

    def __init__(
        self, runtime: BotRuntime, now: Callable[[], datetime], fetch: FetchPhoto
    ) -> None:
        self._runtime = runtime
        self._now = now
        self._fetch = fetch

    async def read_due(self, _job: Job, progress: Progress) -> Facts:
        """Fetch all photos that are due, and keep the digest of each; returns how many.

        One that cannot be fetched now keeps no other one waiting. Of the jobs before this one no
        row is kept: there is one for each photo.

        Raises:
            JobCrashedError: some cannot be fetched now; it is tried again.
        """
        forget = partial(jobs.forget, kinds=(PHOTOS,), before=self._now())
        await self._runtime.database.write(forget)
        read = failed = in_a_row = 0
        for due in _due(self._runtime, self._now()):
            above = 0
            while photos := await self._some(due, above):
                above = photos[-1].sale_id
                for photo in photos:
                    if await self._read(photo):
                        read, in_a_row = read + 1, 0
                    else:
                        failed, in_a_row = failed + 1, in_a_row + 1
                    if in_a_row >= FAILURES_MAX:
                        raise JobCrashedError("photos cannot be fetched")
                await progress("fetching", read, read)
        if failed:
            raise JobCrashedError(f"{failed} photos cannot be fetched")
        return {"read": read}

    async def _some(self, due: Due, above: int) -> list[SalePhoto]:
        return await self._runtime.database.read(partial(due, above=above, limit=AT_ONCE))

    async def _read(self, photo: SalePhoto) -> bool:
        """Keep the digest of a photo; returns False if it cannot be fetched now."""
        try:
            body = await self._fetch(photo.photo_id, BYTES_MAX)
        except JobCrashedError:
            return False
        digest = NOT_HAD if body is None else hashlib.sha256(body).hexdigest()
        keep = partial(photo_digests.note, photo=photo, digest=digest, at=self._now())
        await self._runtime.database.write(keep)
        return True
