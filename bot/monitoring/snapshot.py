"""The condition of the running bot, and its gauges, looked up when a probe asks.

Figures of the database are read on its reading connections, at most once in `READ_EVERY_SECONDS`.
While the database cannot be read, all other gauges are still served.
"""

import asyncio
import logging
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from prometheus_client.core import GaugeMetricFamily

from bot.store.db.database import Database
from bot.store.queue.queue_stats import DatabaseFigures, figures
from bot.system.clock import Clock
from bot.system.clock_check import ClockCheck
from bot.telemetry.health import Backups, HealthState, Pulse
from bot.telemetry.metrics import gauge

__all__ = ["MetricsSnapshot"]

log = logging.getLogger(__name__)

READ_EVERY_SECONDS: Final = 5.0
READ_SECONDS_MAX: Final = 5.0
SECOND: Final = timedelta(seconds=1)


class MetricsSnapshot:
    """Answers for the probes and gauges for the metrics, of this moment.

    Args:
        database: for its figures.
        file: of the database; None for a database server.
        clock: the wall clock and the monotonic clock.
        pulse: the last successes of the parts of the bot.
        leased: whether the process still holds the write lease.
        clock_check: whether the clock is right.

    Attributes:
        lag: seconds by which the event loop was last late.
    """

    def __init__(
        self,
        database: Database,
        file: Path | None,
        clock: Clock,
        pulse: Pulse,
        leased: Callable[[], bool],
        clock_check: ClockCheck,
    ) -> None:
        self._database = database
        self._file = file
        self._clock = clock
        self._pulse = pulse
        self._leased = leased
        self._began = clock.monotonic()
        self._reading = asyncio.Lock()
        self._figures: DatabaseFigures | None = None
        self._read_at: float | None = None
        self._clock_check = clock_check
        self.lag = 0.0

    def condition(self) -> HealthState:
        """Returns the condition of the bot now."""
        pulse = self._pulse
        free, due = self._free(), self._database.deadline()
        return HealthState(
            lag=self.lag,
            committed=self._since(pulse.committed_at),
            broken=self._since(pulse.broken_at),
            polled=self._since(pulse.answered_at),
            leased=self._leased(),
            free_mib=None if free is None else free // 2**20,
            stopping=pulse.stopping,
            clock_ahead=self._clock_ahead(),
            left=None if due is None else due - time.monotonic(),
        )

    async def gauges(self) -> list[GaugeMetricFamily]:
        """Returns all gauges: the metrics that are looked up rather than counted."""
        now = self._clock.now()
        known = await self._read(now)
        answered = self._pulse.answered_at
        polled = self._since(self._began if answered is None else answered)
        found = [
            gauge("books_readable", "1 if the database could be read.", float(known is not None)),
            gauge("poll_gap_seconds", "Seconds since Telegram last answered getUpdates.", polled),
            gauge("loop_lag_seconds", "How late the event loop last was.", self.lag),
            gauge("disk_free_bytes", "Free disk space beside the database.", self._free()),
            gauge(
                "clock_ahead_seconds",
                "How far the clock is ahead; 0 while it is believed.",
                float(self._clock_ahead()),
            ),
        ]
        if self._pulse.backups.made_here:
            found += self._backup_gauges(self._pulse.backups, now)
        if known is not None:
            found += _database_gauges(known, now)
        return found

    async def _read(self, now: datetime) -> DatabaseFigures | None:
        """Returns recent figures of the database; None if they cannot be read."""
        async with self._reading:
            since = self._since(self._read_at)
            if since is not None and since < READ_EVERY_SECONDS:
                return self._figures
            try:
                async with asyncio.timeout(READ_SECONDS_MAX):
                    self._figures = await self._database.read(partial(figures, now=now))
            except Exception as error:  # noqa: BLE001 - the page is served without them
                reason = type(error).__name__
                log.warning("figures of the database cannot be read", extra={"error": reason})
                self._figures = None
            self._read_at = self._clock.monotonic()
            return self._figures

    def _backup_gauges(self, backups: Backups, now: datetime) -> Iterator[GaugeMetricFamily]:
        at, checked_at = backups.copied_at, backups.checked_at
        if at is not None:
            made = at.timestamp()
            yield gauge("backup_timestamp_seconds", "When the newest copy was made.", made)
            yield gauge("backup_age_seconds", "The age of the newest copy.", _age(at, now))
        yield gauge("backup_took_seconds", "How long the newest copy took.", backups.copy_took)
        yield gauge(
            "backup_failing_seconds",
            "For how long backups have failed.",
            self._since(backups.failing_since) or 0.0,
        )
        if checked_at is not None:
            meaning = "1 if the last integrity check found no fault, else 0."
            yield gauge("books_balanced", meaning, float(backups.faults == 0))
            ended = "When the last integrity check ended."
            yield gauge("books_proved_timestamp_seconds", ended, checked_at.timestamp())

    def _clock_ahead(self) -> int:
        doubt = self._clock_check.doubt()
        return 0 if doubt is None else doubt.seconds

    def _since(self, moment: float | None) -> float | None:
        return None if moment is None else self._clock.monotonic() - moment

    def _free(self) -> int | None:
        if self._file is None:
            return None
        try:
            return shutil.disk_usage(self._file.parent).free
        except OSError:
            return 0


def _database_gauges(found: DatabaseFigures, now: datetime) -> Iterator[GaugeMetricFamily]:
    kind_and_state = ("kind", "state")
    oldest = found.waiting_since
    yield gauge("inbox_open", "Updates that are not handled yet.", found.waiting)
    yield gauge(
        "inbox_oldest_seconds",
        "How long the oldest open update has waited.",
        0.0 if oldest is None else _age(oldest, now),
    )
    yield gauge("inbox_dead", "Dead letters that wait for a decision.", found.dead)
    yield gauge(
        "outbox_open",
        "Outbox messages that wait or are being sent.",
        *(((each.kind, each.state), each.count) for each in found.open_messages),
        labels=kind_and_state,
    )
    yield gauge(
        "outbox_oldest_seconds",
        "How long the oldest open outbox message has been due.",
        *(((each.kind, each.state), _age(each.since, now)) for each in found.open_messages),
        labels=kind_and_state,
    )
    yield gauge(
        "outbox_uncertain",
        "Uncertain sends of the last month.",
        *(((kind,), count) for kind, count in found.uncertain.items()),
        labels=("kind",),
    )
    yield gauge(
        "gates_closed",
        "Gates that are closed after a 429.",
        *(((scope,), count) for scope, (count, _) in found.gates.items()),
        labels=("scope",),
    )
    yield gauge(
        "gates_open_in_seconds",
        "Seconds until the last closed gate opens.",
        *(((scope,), (until - now) / SECOND) for scope, (_, until) in found.gates.items()),
        labels=("scope",),
    )
    yield gauge(
        "jobs",
        "Jobs by kind and state.",
        *(((each.kind, each.state), each.count) for each in found.jobs),
        labels=kind_and_state,
    )
    yield gauge("database_bytes", "The size of the database.", found.size)
    yield gauge("start_epoch", "How often the bot was started with this database.", found.epoch)


def _age(since: datetime, now: datetime) -> float:
    return max((now - since) / SECOND, 0.0)
