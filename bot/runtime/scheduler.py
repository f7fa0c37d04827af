"""Does what is due by time: a short tick asks the database for it.

The scheduler holds one interval and no jobs of its own, so that a missed or doubled tick loses
nothing. It counts by the wall clock, which people and time servers set back: a supervisor that
counts by the stopwatch ticks in its place whenever it falls silent.

What cannot be taken back waits while the clock is in doubt: see `bot.core.calendar.timekeeping`.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.core.calendar.hours import local_day
from bot.core.messaging.retry_policy import FAILURES_KEPT
from bot.services.bonus.announce import announce_closed
from bot.services.bonus.estimates import Estimator, Through
from bot.services.broadcasts.sending import move_broadcasts_on
from bot.services.home.command_menu import hang_new
from bot.services.members.import_leftovers import empty_lists
from bot.services.office.clock_alerts import tell_doubt, tell_right
from bot.services.tips.due import enqueue_due
from bot.store.conversation import attempts
from bot.store.jobs import jobs
from bot.store.products import prices
from bot.store.queue import inbox, outbox
from bot.system.clock import Clock
from bot.system.clock_check import ClockCheck
from bot.turn.runtime import BotRuntime

__all__ = ["TICK_SECONDS", "Schedule"]

log = logging.getLogger(__name__)

TICK_SECONDS: Final = 15
SILENCE_SECONDS_MAX: Final = 20
LOOK_SECONDS: Final = 5
JOB: Final = "tick"
JOBS_KEPT: Final = timedelta(days=31)
OWN_JOBS: Final = ("copy", "proof", "estimates")
"""What comes due by itself; jobs that a person asked for are kept."""

Duty = Callable[[datetime], Awaitable[None]]


class Schedule:
    """Ticks from `start` to `stop`.

    Args:
        runtime: of the bot.
        clock: says what time it is, and when it was moved.
        spoken: called when a tick may have left something to send.
        clock_check: whether the clock is right; None to believe it.
        through: does long work under a row; without it there is none.
    """

    def __init__(
        self,
        runtime: BotRuntime,
        clock: Clock,
        spoken: Callable[[], None],
        clock_check: ClockCheck | None = None,
        through: Through | None = None,
    ) -> None:
        self._runtime = runtime
        self._clock = clock
        self._clock_check = clock_check or ClockCheck(clock)
        self._believed: bool | None = None
        self._told = False
        self._spoken = spoken
        self._one_at_a_time = asyncio.Lock()
        self._scheduler: AsyncIOScheduler | None = None
        self._ticks: set[asyncio.Task[None]] = set()
        self._watch: asyncio.Task[None] | None = None
        self._beat_at: float = clock.monotonic()
        self._pruned: date | None = None
        self._priced: date | None = None
        self._estimator = Estimator() if through is None else Estimator(through)
        self._estimating: asyncio.Task[None] | None = None
        clock.on_change(self._moved)

    def start(self) -> None:
        """Tick at once, and from now on."""
        assert self._scheduler is None, "the schedule runs already"
        scheduler = AsyncIOScheduler(timezone=UTC)
        scheduler.add_job(
            self._beat,
            "interval",
            id=JOB,
            seconds=TICK_SECONDS,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        scheduler.start()
        self._scheduler = scheduler
        self._watch = asyncio.create_task(self._supervise(scheduler), name="tick watch")
        self._spawn()

    def stop(self) -> None:
        """Tick no more; a tick that is under way is given up, and its transaction with it."""
        scheduler, self._scheduler = self._scheduler, None
        if scheduler is None:
            return
        scheduler.shutdown(wait=False)
        if self._watch is not None:
            self._watch.cancel()
        for task in (*self._ticks, self._estimating):
            if task is not None:
                task.cancel()

    async def tick(self) -> None:
        """Do everything that is due; what fails is done at the next tick."""
        async with self._one_at_a_time:
            self._beat_at = self._clock.monotonic()
            for duty in self.always:
                await self._do(duty)
            for duty in self.held_in_doubt:
                await self._do(duty, held_in_doubt=True)
            self._spoken()

    @property
    def always(self) -> tuple[Duty, ...]:
        """What may be done whatever the clock shows."""
        return (self._mind_the_clock, self._hang_menus, self._begin_estimates)

    @property
    def held_in_doubt(self) -> tuple[Duty, ...]:
        """What cannot be taken back once it was done at the wrong time."""
        return (
            self._turn_prices,
            self._announce_closed,
            self._send_tips,
            self._send_broadcasts,
            self._empty_lists,
            self._prune,
        )

    async def _do(self, duty: Duty, *, held_in_doubt: bool = False) -> None:
        """One duty; it goes by the time that was read before the clock was asked about."""
        now = self._clock.now()
        if held_in_doubt and not self._clock_check.believed():
            return
        try:
            await duty(now)
        except Exception:
            name = getattr(duty, "__name__", duty)
            log.exception("a part of the tick failed: %s", name)

    async def _mind_the_clock(self, now: datetime) -> None:
        """Tell once that the clock is in doubt, and once that it is right again."""
        doubt = self._clock_check.doubt()
        if doubt is not None and self._believed is not False:
            facts = {"seconds_ahead": doubt.seconds, "witness": doubt.witness}
            log.error("the clock is not believed", extra=facts)
        if self._believed is not (doubt is None):
            self._believed, self._told = doubt is None, False
        if self._told:
            return
        if doubt is not None:
            if doubt.sure:
                right = self._clock_check.right_time()
                tell = partial(
                    tell_doubt, runtime=self._runtime, doubt=doubt, now=now, right_time=right
                )
                self._told = await self._runtime.database.write(tell)
        elif self._clock_check.has_answers:
            mended = await self._runtime.database.write(
                partial(tell_right, runtime=self._runtime, now=now)
            )
            log.info("the clock is believed", extra={"letters_mended": mended})
            self._told = True

    async def settled(self) -> None:
        """Return when no tick is under way; call it after the clock was moved."""
        while self._ticks:
            await asyncio.wait(set(self._ticks))
        async with self._one_at_a_time:
            if self._estimating is not None:
                await asyncio.wait([self._estimating])

    async def _turn_prices(self, now: datetime) -> None:
        """At the company's midnight, and at the start, let everything cost what it costs today."""
        today = local_day(now, self._runtime.company.time_zone)
        if self._priced == today:
            return
        count = await self._runtime.database.write(partial(prices.turn_over, today=today))
        self._priced = today
        if count:
            log.info("%s articles have a new price today", count)

    async def _hang_menus(self, now: datetime) -> None:
        runtime = self._runtime
        count = await hang_new(
            runtime.database, runtime.content, runtime.company.languages, runtime.username, now
        )
        if count:
            log.info("%s people get a new list of commands", count)

    async def _begin_estimates(self, now: datetime) -> None:
        """They may take minutes, so no other duty waits for them."""
        if self._estimating is None or self._estimating.done():
            self._estimating = asyncio.create_task(self._estimate(now), name="estimates")

    async def _estimate(self, now: datetime) -> None:
        try:
            await self._estimator.refresh(self._runtime, now)
        except Exception:
            log.exception("the estimates of large teams could not be worked out")

    async def _announce_closed(self, now: datetime) -> None:
        count = await announce_closed(self._runtime, now)
        if count:
            log.info("%s members are told that a month is closed", count)

    async def _send_tips(self, now: datetime) -> None:
        count = await enqueue_due(self._runtime, now)
        if count:
            log.info("%s tips are on their way", count)

    async def _send_broadcasts(self, now: datetime) -> None:
        count = await move_broadcasts_on(self._runtime, now)
        if count:
            log.info("%s letters of broadcasts are on their way", count)

    async def _empty_lists(self, now: datetime) -> None:
        """Remove the members of an abandoned import, a few at a time."""
        count = await empty_lists(self._runtime.database, now)
        if count:
            log.info("%s members of a list that was broken off are empty", count)

    async def _prune(self, now: datetime) -> None:
        """Once a day, forget what was dealt with long ago."""
        today = now.date()
        if self._pruned == today:
            return
        for prune in (inbox.prune, outbox.prune):
            while await self._runtime.database.write(partial(prune, now=now)):
                pass
        await self._runtime.database.write(partial(attempts.forget, before=now - FAILURES_KEPT))
        forget = partial(jobs.forget, kinds=OWN_JOBS, before=now - JOBS_KEPT)
        await self._runtime.database.write(forget)
        self._pruned = today

    async def _beat(self) -> None:
        """What the scheduler calls: a tick, unless one is still under way."""
        if not self._ticks:
            self._spawn()

    def _moved(self) -> None:
        """The clock was moved: what is due now may be something else."""
        if self._scheduler is not None:
            self._spawn()

    def _spawn(self) -> None:
        task = asyncio.create_task(self.tick(), name="tick")
        self._ticks.add(task)
        task.add_done_callback(self._ticks.discard)

    async def _supervise(self, scheduler: AsyncIOScheduler) -> None:
        """Tick in the scheduler's place when the wall clock was set back under it."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            silence = self._clock.monotonic() - self._beat_at
            if silence > SILENCE_SECONDS_MAX and not self._ticks:
                log.warning("no tick for %.0f s: the wall clock jumped", silence)
                scheduler.reschedule_job(JOB, trigger="interval", seconds=TICK_SECONDS)
                self._spawn()
