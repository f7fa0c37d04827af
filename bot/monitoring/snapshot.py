"""What can be looked up about the running bot when somebody asks: its condition and its figures.

Figures from the books are read on the read door, at most every few seconds however often anybody
asks. While the books cannot be read, all the others are still given.
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
from bot.telemetry.health import Backups, Condition, Pulse
from bot.telemetry.metrics import gauge

__all__ = ["MetricsSnapshot"]

log = logging.getLogger(__name__)

BOOKS_SECONDS: Final = 5.0
READ_SECONDS_MAX: Final = 5.0
SECOND: Final = timedelta(seconds=1)


class MetricsSnapshot:
    """What probes and metrics are told, put together when they ask.

    Args:
        database: asked for figures, seldom.
        books: their file; None where a server keeps them.
        clock: both its sides.
        pulse: what the parts of the bot have noted of themselves.
        leased: whether the right to write is still ours.
        clock_check: whether the clock is right.

    Attributes:
        lag: by how many seconds the loop was late just now.
    """

    def __init__(
        self,
        database: Database,
        books: Path | None,
        clock: Clock,
        pulse: Pulse,
        leased: Callable[[], bool],
        clock_check: ClockCheck,
    ) -> None:
        self._database = database
        self._books = books
        self._clock = clock
        self._pulse = pulse
        self._leased = leased
        self._began = clock.monotonic()
        self._one_at_a_time = asyncio.Lock()
        self._figures: DatabaseFigures | None = None
        self._read_at: float | None = None
        self._clock_check = clock_check
        self.lag = 0.0

    def condition(self) -> Condition:
        """What the bot would say of its health just now."""
        pulse = self._pulse
        free, due = self._free(), self._database.deadline()
        return Condition(
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
        """Everything that is looked up rather than counted."""
        now = self._clock.now()
        books = await self._from_the_books(now)
        answered = self._pulse.answered_at
        polled = self._since(self._began if answered is None else answered)
        found = [
            gauge("books_readable", "1 if the books could be read.", float(books is not None)),
            gauge("poll_gap_seconds", "Since Telegram last answered for updates.", polled),
            gauge("loop_lag_seconds", "By how much the loop was late just now.", self.lag),
            gauge("disk_free_bytes", "Free where the books are.", self._free()),
            gauge(
                "clock_ahead_seconds",
                "By how much the clock is wrong; 0 while it is believed.",
                float(self._clock_ahead()),
            ),
        ]
        if self._pulse.backups.made_here:
            found += self._of_the_backups(self._pulse.backups, now)
        if books is not None:
            found += _of_the_books(books, now)
        return found

    async def _from_the_books(self, now: datetime) -> DatabaseFigures | None:
        """The figures, read anew only if the last ones are old; None if they cannot be read."""
        async with self._one_at_a_time:
            since = self._since(self._read_at)
            if since is not None and since < BOOKS_SECONDS:
                return self._figures
            try:
                async with asyncio.timeout(READ_SECONDS_MAX):
                    self._figures = await self._database.read(partial(figures, now=now))
            except Exception as error:  # noqa: BLE001 - whatever it is, the page has to be given
                log.warning("no figures from the books", extra={"error": type(error).__name__})
                self._figures = None
            self._read_at = self._clock.monotonic()
            return self._figures

    def _of_the_backups(self, backups: Backups, now: datetime) -> Iterator[GaugeMetricFamily]:
        at, proved_at = backups.copied_at, backups.proved_at
        if at is not None:
            made = at.timestamp()
            yield gauge("backup_timestamp_seconds", "When the newest copy was made.", made)
            yield gauge("backup_age_seconds", "How old it is.", _age(at, now))
        yield gauge("backup_took_seconds", "How long making it took.", backups.copy_took)
        yield gauge(
            "backup_failing_seconds",
            "For how long copying has failed.",
            self._since(backups.failing_since) or 0.0,
        )
        if proved_at is not None:
            words = "1 if the last proof found nothing, 0 if it found something."
            yield gauge("books_balanced", words, float(backups.faults == 0))
            yield gauge("books_proved_timestamp_seconds", "When it ended.", proved_at.timestamp())

    def _clock_ahead(self) -> int:
        doubt = self._clock_check.doubt()
        return 0 if doubt is None else doubt.seconds

    def _since(self, moment: float | None) -> float | None:
        return None if moment is None else self._clock.monotonic() - moment

    def _free(self) -> int | None:
        if self._books is None:
            return None
        try:
            return shutil.disk_usage(self._books.parent).free
        except OSError:
            return 0


def _of_the_books(books: DatabaseFigures, now: datetime) -> Iterator[GaugeMetricFamily]:
    two = ("kind", "state")
    oldest = books.waiting_since
    yield gauge("inbox_open", "Updates that nobody has dealt with.", books.waiting)
    yield gauge(
        "inbox_oldest_seconds",
        "How long the oldest of them has waited.",
        0.0 if oldest is None else _age(oldest, now),
    )
    yield gauge("inbox_dead", "Updates set aside for a person to look at.", books.dead)
    yield gauge(
        "outbox_open",
        "Letters that have not left or are on their way.",
        *(((heap.kind, heap.state), heap.count) for heap in books.heaps),
        labels=two,
    )
    yield gauge(
        "outbox_oldest_seconds",
        "How long the oldest of them has been due.",
        *(((heap.kind, heap.state), _age(heap.since, now)) for heap in books.heaps),
        labels=two,
    )
    yield gauge(
        "outbox_uncertain",
        "Letters of the last month that may have arrived.",
        *(((kind,), count) for kind, count in books.uncertain.items()),
        labels=("kind",),
    )
    yield gauge(
        "gates_closed",
        "Gates that a 429 has closed.",
        *(((scope,), count) for scope, (count, _) in books.gates.items()),
        labels=("scope",),
    )
    yield gauge(
        "gates_open_in_seconds",
        "Until the last of them opens.",
        *(((scope,), (until - now) / SECOND) for scope, (_, until) in books.gates.items()),
        labels=("scope",),
    )
    yield gauge(
        "jobs",
        "Long work, by kind and state.",
        *(((each.kind, each.state), each.count) for each in books.jobs),
        labels=two,
    )
    yield gauge("database_bytes", "The size of the books.", books.size)
    yield gauge("start_epoch", "How often the bot was started on these books.", books.epoch)


def _age(since: datetime, now: datetime) -> float:
    return max((now - since) / SECOND, 0.0)
