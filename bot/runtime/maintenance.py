"""Maintenance of the database while the bot runs: frequent copies, a nightly integrity check.

Each runs in a child process that only reads, as a job with its own row. A copy is made once the
last one is old enough and something has been written since. A failure is logged and tried again;
admins are notified once copies have failed for an hour.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.errors import JobError
from bot.core.input.checked_json import array, integer, string
from bot.runtime.job_runner import JobRunner
from bot.services.office.alerts import note_integrity, tell_backups_fail
from bot.store.backup.copies import ChangeDetector, newest
from bot.store.backup.worker_process import check_in_child, copy_in_child
from bot.store.db.counters import rows_changed
from bot.store.proof import integrity
from bot.system.child_process import Facts
from bot.system.clock import Clock
from bot.system.together import together
from bot.telemetry.health import Backups
from bot.turn.runtime import BotRuntime

__all__ = ["BACKUPS_FAIL_SECONDS", "Maintenance", "MaintenancePlan", "check_is_due"]

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 15.0
RETRY_SECONDS: Final = 300.0
BACKUPS_FAIL_SECONDS: Final = 3600.0
END_ROWS: Final = 1
"""The rows that the end of a copy itself changes: that of its job."""
CHECK_HOURS: Final = range(3, 6)
"""Hours of the day in the company's time zone when most people sleep."""
CHECK_AGE_MAX: Final = timedelta(hours=36)
"""A check that was missed at night is made by day at this age of the last one."""


@dataclass(frozen=True, slots=True)
class MaintenancePlan:
    """The settings of maintenance.

    Attributes:
        url: of the database.
        file: of the database; None for a server, which has its own backups.
        folder: for the copies.
        every: the age of a copy at which the next is due; None for no copies.
    """

    url: str
    file: Path | None
    folder: Path
    every: timedelta | None


class Maintenance:
    """Copies and checks the database, from `run` until cancelled.

    Args:
        runtime: the running bot.
        plan: the database, and where copies go.
        clock: the wall clock and the monotonic clock.
        believed: whether the clock is right; while it is not, no old copy is deleted.
        backups: updated with the results.
        runner: runs each copy and check as a job; by default one without a queue.
    """

    def __init__(
        self,
        runtime: BotRuntime,
        plan: MaintenancePlan,
        clock: Clock,
        believed: Callable[[], bool] = lambda: True,
        backups: Backups | None = None,
        runner: JobRunner | None = None,
    ) -> None:
        self._runtime = runtime
        self._believed = believed
        self._plan = plan
        self._clock = clock
        self._runner = runner or JobRunner(runtime.database, clock, 0, {})
        self._copied: int | None = None
        self._rows: int | None = None
        """The count of changed rows after the last copy; None if others wrote during it."""
        self._next_copy = 0.0
        self._next_check = 0.0
        self._reported = False
        self.backups = Backups() if backups is None else backups
        self.backups.made_here = True

    async def run(self) -> None:
        """Copy and check the database until cancelled."""
        last = await self._runtime.database.read(integrity.last)
        if last is not None:
            self.backups.checked_at, self.backups.faults = last.at, last.faults
        await together(self._copy_loop(), self._check_loop())

    async def _copy_loop(self) -> None:
        file, folder = self._plan.file, self._plan.folder
        if file is None or self._plan.every is None:
            return
        last = await asyncio.to_thread(newest, file, folder, self._clock.now())
        self.backups.copied_at = None if last is None else last.at
        changes = ChangeDetector(file)
        try:
            while True:
                await asyncio.sleep(LOOK_SECONDS)
                await self.copy_if_due(file, changes)
        finally:
            changes.close()

    async def _check_loop(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            zone = self._runtime.company.time_zone
            due = check_is_due(self.backups.checked_at, self._clock.now(), zone)
            if due and self._clock.monotonic() >= self._next_check:
                await self.check()

    async def copy_if_due(self, file: Path, changes: "ChangeDetector") -> None:
        """Make a copy if one is due."""
        now, monotonic = self._clock.now(), self._clock.monotonic()
        every = self._plan.every
        fresh = (
            self.backups.copied_at is not None
            and every is not None
            and timedelta(0) <= now - self.backups.copied_at < every
        )
        if fresh or monotonic < self._next_copy:
            return
        # Read before the copy, which does not contain what is written meanwhile.
        version, rows = changes.version(), await self._rows_changed()
        if version is not None and version == self._copied:
            return
        if rows is not None and rows == self._rows:
            self._copied = version
            return
        if await self.copy(file):
            self._copied = version

    async def copy(self, file: Path) -> bool:
        """Make a copy now; returns whether it was made."""
        began, at = self._clock.monotonic(), self._clock.now()
        try:
            prune = self._believed()
            made = await self._copy_as_job(file, at, prune=prune)
        except (JobError, OSError) as error:
            await self._copy_failed(began, str(error))
            return False
        self.backups.copied_at, self.backups.failing_since, self._reported = at, None, False
        self.backups.copy_took = self._clock.monotonic() - began
        facts = {"copy": made.name, "ms": round(self.backups.copy_took * 1000)}
        log.info("the database was copied", extra=facts)
        return True

    async def _copy_as_job(self, file: Path, at: datetime, *, prune: bool) -> Path:
        """Make a copy as a job, and note whether others wrote meanwhile."""
        before: int | None = None

        async def work() -> Facts:
            nonlocal before
            before = await self._rows_changed()
            return {"file": str(await copy_in_child(file, self._plan.folder, at, prune=prune))}

        done = await self._runner.run_scheduled("copy", {"folder": str(self._plan.folder)}, work)
        after = await self._rows_changed()
        quiet = before is not None and after == before + END_ROWS
        self._rows = after if quiet else None
        return Path(string(done, "file"))

    async def _rows_changed(self) -> int | None:
        try:
            return await self._runtime.database.write(rows_changed)
        except Exception:  # noqa: BLE001 - the copy is made in any case
            return None

    async def _copy_failed(self, began: float, reason: str) -> None:
        if self.backups.failing_since is None:
            self.backups.failing_since = began
        self._next_copy = self._clock.monotonic() + RETRY_SECONDS
        log.error("the database could not be copied", extra={"reason": reason})
        failing = self._clock.monotonic() - self.backups.failing_since
        if failing < BACKUPS_FAIL_SECONDS or self._reported:
            return
        now = self._clock.now()
        tell = partial(
            tell_backups_fail, runtime=self._runtime, since=self.backups.copied_at, at=now
        )
        try:
            await self._runtime.database.write(tell)
            self._reported = True
        except Exception:
            log.exception("the admins cannot be notified that copies fail")

    async def check(self) -> None:
        """Run the integrity check now, and store its result."""
        began = self._clock.monotonic()
        self._next_check = began + RETRY_SECONDS
        try:
            faults, first = await self._check_as_job()
        except (JobError, OSError) as error:
            log.error("the integrity check failed to run", extra={"reason": str(error)})  # noqa: TRY400
            return
        now = self._clock.now()
        facts: dict[str, object] = {
            "faults": faults,
            "ms": round((self._clock.monotonic() - began) * 1000),
        }
        if faults:
            log.critical(
                "the integrity check found faults", extra={**facts, "first": "; ".join(first)}
            )
        else:
            log.info("the integrity check found no fault", extra=facts)
        try:
            said = first[0] if first else ""
            note = partial(
                note_integrity, runtime=self._runtime, faults=faults, first=said, at=now
            )
            await self._runtime.database.write(note)
            self.backups.checked_at, self.backups.faults = now, faults
        except Exception:
            log.exception("the result of the integrity check could not be stored")

    async def _check_as_job(self) -> tuple[int, list[str]]:
        zone = self._runtime.company.time_zone

        async def work() -> Facts:
            faults, first = await check_in_child(self._plan.url, zone)
            return {"faults": faults, "first": first}

        found = await self._runner.run_scheduled("proof", {}, work)
        return integer(found, "faults"), [str(each) for each in array(found, "first")]


def check_is_due(last: datetime | None, now: datetime, time_zone: str) -> bool:
    """Returns whether the integrity check is due: at night on a new day, or when overdue."""
    if last is None or not timedelta(0) <= now - last < CHECK_AGE_MAX:
        return True
    zone = ZoneInfo(time_zone)
    here = now.astimezone(zone)
    return here.hour in CHECK_HOURS and last.astimezone(zone).date() < here.date()
