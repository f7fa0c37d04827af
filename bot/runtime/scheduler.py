"""Runs what is due: a short tick that asks the database.

The only schedule is the interval of the tick, so a missed or doubled tick loses nothing.
APScheduler uses the wall clock, which people and time servers set back, so a supervisor on the
monotonic clock starts a tick whenever none has run for a while.

Steps that cannot be undone wait while the clock is not believed: `bot.core.calendar.timekeeping`.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.core.calendar.hours import local_day
from bot.services.bonus.announce import announce_closed
from bot.services.bonus.estimates import Estimator, RunAsJob
from bot.services.broadcasts.sending import move_broadcasts_on
from bot.services.home.command_menu import request_changed_menus
from bot.services.inquiries.office_news import news_due, tell_office
from bot.services.members.import_leftovers import empty_lists
from bot.services.months.closing_reminders import remind_of_closing
from bot.services.office.clock_reports import ClockReports
from bot.services.office.given_ranks import tell_given
from bot.services.privacy.erasing_due import erase_due
from bot.services.privacy.pruning import prune
from bot.services.sales.photo_reading import catch_up
from bot.services.stock.delivery_lists import tell_deliveries
from bot.services.team.relay_delivery import deliver_due
from bot.services.tips.due import enqueue_due
from bot.services.today.morning import enqueue_lists, enrol_sellers
from bot.store.products import prices
from bot.system.clock import Clock
from bot.system.clock_check import ClockCheck
from bot.turn.runtime import BotRuntime

__all__ = ["TICK_SECONDS", "Scheduler"]

log = logging.getLogger(__name__)

TICK_SECONDS: Final = 15
SILENCE_SECONDS_MAX: Final = 20
LOOK_SECONDS: Final = 5
JOB: Final = "tick"
ERASE_EVERY: Final = timedelta(minutes=5)
ENROL_EVERY: Final = timedelta(hours=1)

TickStep = Callable[[datetime], Awaitable[None]]


class Scheduler:
    """Ticks from `start` to `stop`.

    Args:
        runtime: for the database and the templates.
        clock: the current time; reports when it was moved.
        wake_sender: called after a tick, which may have queued messages.
        clock_check: whether the clock is right; None to believe it.
        run_job: runs long work as a job; None to run it without a row.
    """

    def __init__(
        self,
        runtime: BotRuntime,
        clock: Clock,
        wake_sender: Callable[[], None],
        clock_check: ClockCheck | None = None,
        run_job: RunAsJob | None = None,
    ) -> None:
        self._runtime = runtime
        self._clock = clock
        self._clock_check = clock_check or ClockCheck(clock)
        self._clock_reports = ClockReports(runtime, self._clock_check)
        self._wake_sender = wake_sender
        self._ticking = asyncio.Lock()
        self._scheduler: AsyncIOScheduler | None = None
        self._ticks: set[asyncio.Task[None]] = set()
        self._supervisor: asyncio.Task[None] | None = None
        self._last_tick: float = clock.monotonic()
        self._pruned: date | None = None
        self._priced: date | None = None
        self._reminded: date | None = None
        self._erased: datetime | None = None
        self._enrolled: datetime | None = None
        self._estimator = Estimator() if run_job is None else Estimator(run_job)
        self._estimating: asyncio.Task[None] | None = None
        clock.on_change(self._on_clock_change)

    def start(self) -> None:
        """Tick at once and then at each interval."""
        assert self._scheduler is None, "the scheduler already runs"
        scheduler = AsyncIOScheduler(timezone=UTC)
        scheduler.add_job(
            self._on_interval,
            "interval",
            id=JOB,
            seconds=TICK_SECONDS,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        scheduler.start()
        self._scheduler = scheduler
        self._supervisor = asyncio.create_task(self._supervise(scheduler), name="tick supervisor")
        self._spawn()

    def stop(self) -> None:
        """Stop ticking; a running tick is cancelled, and its transaction with it."""
        scheduler, self._scheduler = self._scheduler, None
        if scheduler is None:
            return
        scheduler.shutdown(wait=False)
        if self._supervisor is not None:
            self._supervisor.cancel()
        for task in (*self._ticks, self._estimating):
            if task is not None:
                task.cancel()

    async def tick(self) -> None:
        """Run every step; one that fails runs again at the next tick."""
        async with self._ticking:
            self._last_tick = self._clock.monotonic()
            for step in self.unconditional_steps:
                await self._do(step)
            for step in self.clock_steps:
                await self._do(step, needs_clock=True)
            self._wake_sender()

    @property
    def unconditional_steps(self) -> tuple[TickStep, ...]:
        """The steps that run even while the clock is not believed."""
        return (self._report_clock, self._queue_menus, self._begin_estimates, self._read_photos)

    @property
    def clock_steps(self) -> tuple[TickStep, ...]:
        """The steps that cannot be undone, and so need a clock that is believed."""
        return (
            self._apply_prices,
            self._announce_closed,
            self._remind_of_closing,
            self._tell_office,
            self._tell_given_ranks,
            self._tell_deliveries,
            self._deliver_relayed,
            self._send_lists,
            self._send_tips,
            self._send_broadcasts,
            self._clear_import_leftovers,
            self._erase,
            self._prune,
        )

    async def _do(self, step: TickStep, *, needs_clock: bool = False) -> None:
        """Run one step, with a time that was read before the clock was checked."""
        now = self._clock.now()
        if needs_clock and not self._clock_check.believed():
            return
        try:
            await step(now)
        except Exception:
            name = getattr(step, "__name__", step)
            log.exception("a part of the tick failed: %s", name)

    async def _report_clock(self, now: datetime) -> None:
        await self._clock_reports.report(now)

    async def settled(self) -> None:
        """Return when no tick runs; to be called after the clock was moved."""
        while self._ticks:
            await asyncio.wait(set(self._ticks))
        async with self._ticking:
            if self._estimating is not None:
                await asyncio.wait([self._estimating])

    async def _apply_prices(self, now: datetime) -> None:
        """Apply the prices of the day, at the company's midnight and at the start."""
        today = local_day(now, self._runtime.company.time_zone)
        if self._priced == today:
            return
        count = await self._runtime.database.write(partial(prices.apply_due, today=today))
        self._priced = today
        if count:
            log.info("%s products have a new price today", count)

    async def _queue_menus(self, now: datetime) -> None:
        runtime = self._runtime
        count = await request_changed_menus(
            runtime.database, runtime.content, runtime.company.languages, runtime.username, now
        )
        if count:
            log.info("%s people get a new list of commands", count)

    async def _begin_estimates(self, now: datetime) -> None:
        """Start the estimates; they may take minutes, so no other step waits for them."""
        if self._estimating is None or self._estimating.done():
            self._estimating = asyncio.create_task(self._estimate(now), name="estimates")

    async def _estimate(self, now: datetime) -> None:
        try:
            await self._estimator.refresh(self._runtime, now)
        except Exception:
            log.exception("the estimates of large teams could not be refreshed")

    async def _read_photos(self, now: datetime) -> None:
        await catch_up(self._runtime, now)

    async def _announce_closed(self, now: datetime) -> None:
        _log_count(await announce_closed(self._runtime, now), "members told of a closed month")

    async def _remind_of_closing(self, now: datetime) -> None:
        """Once a day, within the sending hours, remind the admins of the month to close."""
        today = local_day(now, self._runtime.company.time_zone)
        remind = partial(remind_of_closing, runtime=self._runtime, now=now)
        if self._reminded != today and await self._runtime.database.write(remind):
            self._reminded = today

    async def _tell_office(self, now: datetime) -> None:
        runtime = self._runtime
        if await runtime.database.read(partial(news_due, runtime=runtime, now=now)):
            await runtime.database.write(partial(tell_office, runtime=runtime, now=now))

    async def _tell_given_ranks(self, now: datetime) -> None:
        _log_count(await tell_given(self._runtime, now), "ranks of the command line are told")

    async def _tell_deliveries(self, now: datetime) -> None:
        _log_count(await tell_deliveries(self._runtime, now), "members are told of deliveries")

    async def _deliver_relayed(self, now: datetime) -> None:
        """Deliver what members have written each other at night."""
        _log_count(await deliver_due(self._runtime, now), "messages between members are delivered")

    async def _send_lists(self, now: datetime) -> None:
        """Send sellers the list of the day; every hour, look for members with a first customer."""
        if self._enrolled is None or abs(now - self._enrolled) >= ENROL_EVERY:
            await enrol_sellers(self._runtime, now)
            self._enrolled = now
        _log_count(await enqueue_lists(self._runtime, now), "lists of the day are queued")

    async def _send_tips(self, now: datetime) -> None:
        _log_count(await enqueue_due(self._runtime, now), "tips are queued")

    async def _send_broadcasts(self, now: datetime) -> None:
        _log_count(await move_broadcasts_on(self._runtime, now), "broadcast messages are queued")

    async def _clear_import_leftovers(self, now: datetime) -> None:
        count = await empty_lists(self._runtime.database, now)
        _log_count(count, "members of an old import are cleared")

    async def _erase(self, now: datetime) -> None:
        """Every few minutes, erase members who have left and accounts that ask for it."""
        if self._erased is not None and abs(now - self._erased) < ERASE_EVERY:
            return
        count = await erase_due(self._runtime, now)
        self._erased = now
        if count:
            log.info("%s members and accounts are erased", count)

    async def _prune(self, now: datetime) -> None:
        """Once a day, delete rows that were settled long ago."""
        if self._pruned != now.date():
            await prune(self._runtime, now)
            self._pruned = now.date()

    async def _on_interval(self) -> None:
        """Start a tick, unless one still runs."""
        if not self._ticks:
            self._spawn()

    def _on_clock_change(self) -> None:
        """Start a tick, since other things may be due after the clock was moved."""
        if self._scheduler is not None:
            self._spawn()

    def _spawn(self) -> None:
        task = asyncio.create_task(self.tick(), name="tick")
        self._ticks.add(task)
        task.add_done_callback(self._ticks.discard)

    async def _supervise(self, scheduler: AsyncIOScheduler) -> None:
        """Start a tick when the wall clock was set back, which makes APScheduler late."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            silence = self._clock.monotonic() - self._last_tick
            if silence > SILENCE_SECONDS_MAX and not self._ticks:
                log.warning("no tick for %.0f s: the wall clock jumped", silence)
                scheduler.reschedule_job(JOB, trigger="interval", seconds=TICK_SECONDS)
                self._spawn()


def _log_count(count: int, words: str) -> None:
    """Log how many there were, if there were any."""
    if count:
        log.info("%s %s", count, words)
