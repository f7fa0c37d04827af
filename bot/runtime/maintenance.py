"""Backs the database up often and checks its integrity every night, while the bot works.

Both run in a child process that only reads, each as a job with its own row.
A copy is made when something was written
since the last one and that one is old enough; what fails is tried again, logged, and told to the
admins once it has failed for an hour.
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
from bot.runtime.job_runner import Runner
from bot.services.office.alerts import note_proof, tell_backups_fail
from bot.store.backup.copies import ChangeDetector, newest
from bot.store.backup.worker_process import copy_apart, prove_apart
from bot.store.db.counters import rows_changed
from bot.store.proof import integrity
from bot.system.child_process import Facts
from bot.system.clock import Clock
from bot.telemetry.health import Backups
from bot.turn.runtime import BotRuntime

__all__ = ["BACKUPS_FAIL_SECONDS", "Maintenance", "MaintenancePlan", "proof_is_due"]

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 15.0
RETRY_SECONDS: Final = 300.0
BACKUPS_FAIL_SECONDS: Final = 3600.0
END_ROWS: Final = 1
"""A job that ends changes its own row."""
PROOF_HOURS: Final = range(3, 6)
"""When most people sleep, by the company's clock."""
PROOF_AGE_MAX: Final = timedelta(hours=36)
"""A proof that was missed at night is made by day."""


@dataclass(frozen=True, slots=True)
class MaintenancePlan:
    """What is to be looked after.

    Attributes:
        url: of the database.
        books: the database file; None for a server, which makes its own copies.
        folder: for the copies.
        every: how old a copy may be before the next is made; None for no copies.
    """

    url: str
    books: Path | None
    folder: Path
    every: timedelta | None


class Maintenance:
    """Works from `run` until cancelled.

    Args:
        runtime: the running bot.
        upkeep: what is looked after, and where copies go.
        clock: both its sides.
        believed: whether the clock is right; while it is not, no copy is let go.
        backups: where it is noted how that goes.
        runner: puts each copy and each proof under a row; one of our own by default.
    """

    def __init__(
        self,
        runtime: BotRuntime,
        upkeep: MaintenancePlan,
        clock: Clock,
        believed: Callable[[], bool] = lambda: True,
        backups: Backups | None = None,
        runner: Runner | None = None,
    ) -> None:
        self._runtime = runtime
        self._believed = believed
        self._upkeep = upkeep
        self._clock = clock
        self._runner = runner or Runner(runtime.database, clock, 0, {})
        self._copied: int | None = None
        self._rows: int | None = None
        """How many rows were changed when the last copy was done, if none by anybody else."""
        self._next_copy = 0.0
        self._next_proof = 0.0
        self._told = False
        self.backups = Backups() if backups is None else backups
        self.backups.made_here = True

    async def run(self) -> None:
        """Back up and check until cancelled."""
        proved = await self._runtime.database.read(integrity.last)
        if proved is not None:
            self.backups.checked_at, self.backups.faults = proved.at, proved.faults
        await asyncio.gather(self._copy_on(), self._prove_on())

    async def _copy_on(self) -> None:
        books, folder = self._upkeep.books, self._upkeep.folder
        if books is None or self._upkeep.every is None:
            return
        last = await asyncio.to_thread(newest, books, folder, self._clock.now())
        self.backups.copied_at = None if last is None else last.at
        changes = ChangeDetector(books)
        try:
            while True:
                await asyncio.sleep(LOOK_SECONDS)
                await self.look(books, changes)
        finally:
            changes.close()

    async def _prove_on(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            zone = self._runtime.company.time_zone
            due = proof_is_due(self.backups.checked_at, self._clock.now(), zone)
            if due and self._clock.monotonic() >= self._next_proof:
                await self.prove()

    async def look(self, books: Path, changes: "ChangeDetector") -> None:
        """Make a copy if one is due."""
        now, monotonic = self._clock.now(), self._clock.monotonic()
        every = self._upkeep.every
        fresh = (
            self.backups.copied_at is not None
            and every is not None
            and timedelta(0) <= now - self.backups.copied_at < every
        )
        if fresh or monotonic < self._next_copy:
            return
        # Read before the copy: what is written while it is made is not in it.
        version, rows = changes.version(), await self._rows_changed()
        if version is not None and version == self._copied:
            return
        if rows is not None and rows == self._rows:
            self._copied = version
            return
        if await self.copy(books):
            self._copied = version

    async def copy(self, books: Path) -> bool:
        """Make a copy now; whether it was made."""
        began, at = self._clock.monotonic(), self._clock.now()
        try:
            prune = self._believed()
            file = await self._copied_to(books, at, prune=prune)
        except (JobError, OSError) as error:
            await self._copy_failed(began, str(error))
            return False
        self.backups.copied_at, self.backups.failing_since, self._told = at, None, False
        self.backups.copy_took = self._clock.monotonic() - began
        facts = {"copy": file.name, "ms": round(self.backups.copy_took * 1000)}
        log.info("the books were copied", extra=facts)
        return True

    async def _copied_to(self, books: Path, at: datetime, *, prune: bool) -> Path:
        """Make a copy under its row, and notice whether anybody else wrote meanwhile."""
        before: int | None = None

        async def work() -> Facts:
            nonlocal before
            before = await self._rows_changed()
            return {"file": str(await copy_apart(books, self._upkeep.folder, at, prune=prune))}

        done = await self._runner.see_through("copy", {"folder": str(self._upkeep.folder)}, work)
        after = await self._rows_changed()
        quiet = before is not None and after == before + END_ROWS
        self._rows = after if quiet else None
        return Path(string(done, "file"))

    async def _rows_changed(self) -> int | None:
        try:
            return await self._runtime.database.write(rows_changed)
        except Exception:  # noqa: BLE001 - whatever it is, a copy is made all the same
            return None

    async def _copy_failed(self, began: float, reason: str) -> None:
        if self.backups.failing_since is None:
            self.backups.failing_since = began
        self._next_copy = self._clock.monotonic() + RETRY_SECONDS
        log.error("the books could not be copied", extra={"reason": reason})
        failing = self._clock.monotonic() - self.backups.failing_since
        if failing < BACKUPS_FAIL_SECONDS or self._told:
            return
        now = self._clock.now()
        tell = partial(
            tell_backups_fail, runtime=self._runtime, since=self.backups.copied_at, at=now
        )
        try:
            await self._runtime.database.write(tell)
            self._told = True
        except Exception:
            log.exception("nobody can be told that copying fails")

    async def prove(self) -> None:
        """Check the database now and store the result."""
        began = self._clock.monotonic()
        self._next_proof = began + RETRY_SECONDS
        try:
            faults, first = await self._proved()
        except (JobError, OSError) as error:
            log.error("the books could not be proved", extra={"reason": str(error)})  # noqa: TRY400
            return
        now = self._clock.now()
        facts = {"faults": faults, "ms": round((self._clock.monotonic() - began) * 1000)}
        if faults:
            log.critical("the books do not add up", extra={**facts, "first": "; ".join(first)})
        else:
            log.info("the books were proved", extra=facts)
        try:
            note = partial(note_proof, runtime=self._runtime, faults=faults, at=now)
            await self._runtime.database.write(note)
            self.backups.checked_at, self.backups.faults = now, faults
        except Exception:
            log.exception("the outcome of the proof could not be kept")

    async def _proved(self) -> tuple[int, list[str]]:
        zone = self._runtime.company.time_zone

        async def work() -> Facts:
            faults, first = await prove_apart(self._upkeep.url, zone)
            return {"faults": faults, "first": first}

        found = await self._runner.see_through("proof", {}, work)
        return integer(found, "faults"), [str(each) for each in array(found, "first")]


def proof_is_due(last: datetime | None, now: datetime, time_zone: str) -> bool:
    """Returns whether a check is due: in the quiet hours of a new day, or when overdue."""
    if last is None or not timedelta(0) <= now - last < PROOF_AGE_MAX:
        return True
    zone = ZoneInfo(time_zone)
    here = now.astimezone(zone)
    return here.hour in PROOF_HOURS and last.astimezone(zone).date() < here.date()
