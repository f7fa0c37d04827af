"""The only sender of messages: sends what is in the outbox, and stores the results.

One cycle stores all new results and claims the next messages in the same commit. A chat has at
most one answer or notice in flight, so that it gets them in order. At most `QUICK_IN_FLIGHT_MAX`
calls are quick ones. Telegram delays some calls for up to eight seconds: a slow call no longer
counts, so another chat's can start, up to `SENDS_IN_FLIGHT_MAX` in flight. That is also the most
that a crash leaves uncertain; of tips and broadcasts it is `BULK_IN_FLIGHT_MAX`.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from bot.runtime.pending_results import PendingResults
from bot.runtime.rechecks import Recheck
from bot.store.db.database import Database, StoreUnavailableError
from bot.store.queue import outbox, outcomes
from bot.store.queue.outbox import BULK, OutboxMessage, Renderer, SendResult
from bot.system.clock import Clock
from bot.telegram_api import retry_gates
from bot.telegram_api.rate_limits import SLOW_SECONDS, RateLimiter
from bot.telegram_api.retry_gates import Gates

__all__ = ["BULK_IN_FLIGHT_MAX", "QUICK_IN_FLIGHT_MAX", "SENDS_IN_FLIGHT_MAX", "Sender"]

log = logging.getLogger(__name__)

QUICK_IN_FLIGHT_MAX = 16
SENDS_IN_FLIGHT_MAX = 64
BULK_IN_FLIGHT_MAX = 4
"""Tips and broadcasts are never repeated, so a crash should leave few of them uncertain."""

SLEEP_SECONDS_MIN = 0.01
SLEEP_SECONDS_MAX = 5.0
STOP_SECONDS = 8.5
"""Counted from the beginning of the stop; a delayed call takes up to eight seconds."""

SET_BACK = timedelta(seconds=1)
BROKEN_STORE_SECONDS = 1.0


class Sender:
    """Sends the messages of the outbox.

    Args:
        database: for the outbox.
        send: sends one message and returns the result.
        clock: the bot's clock.
        limiter: the rate limits.
        gates: the gates that Telegram has closed.
        epoch: the number of this run of the bot.
        render: renders a message in the commit that claims it, where that is possible.
        bulk_allowed: whether tips and broadcasts may be sent; they wait while the clock is not
            believed.
    """

    def __init__(
        self,
        database: Database,
        send: Callable[[OutboxMessage], Awaitable[SendResult]],
        clock: Clock,
        limiter: RateLimiter,
        gates: Gates,
        epoch: int,
        render: Renderer,
        bulk_allowed: Callable[[], bool] = lambda: True,
    ) -> None:
        self._database = database
        self._gateway_send = send
        self._clock = clock
        self._limiter = limiter
        self._gates = gates
        self._epoch = epoch
        self._render = render
        self._bulk_allowed = bulk_allowed
        self._wake_up = asyncio.Event()
        self._sending: dict[asyncio.Task[None], tuple[OutboxMessage, float]] = {}
        self._results = PendingResults(database, clock)
        self._set_back, self._lost = Recheck(), Recheck()
        self._due: datetime | None = None
        self._wake_at: list[float] = []
        self._latest: datetime | None = None
        self._stopping_since: float | None = None

    def wake(self) -> None:
        """Look at the outbox now: it may have new messages, or the clock was moved."""
        self._wake_up.set()

    async def run(self) -> None:
        """Send until cancelled."""
        now = self._clock.now()
        await self._database.write(partial(outcomes.recover, epoch=self._epoch, now=now))
        await self._database.write(partial(outcomes.shorten_retries, now=now))
        for scope, seconds in (
            await self._database.write(partial(outcomes.gates, now=now))
        ).items():
            self._gates.close(scope, seconds)
        try:
            await self._run_cycles()
        finally:
            self._stopping_since = self._clock.monotonic()

    async def _run_cycles(self) -> None:
        while True:
            self._wake_up.clear()
            now = self._clock.now()
            try:
                if await self._cycle(now) or self._results.waits():
                    continue
            except Exception:
                self._lost.begin(self._clock.monotonic())
                log.exception("the outbox cannot be read or written")
                await asyncio.sleep(BROKEN_STORE_SECONDS)
                continue
            # Not wait_for: on Python 3.11 that can swallow the cancellation that means "stop".
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._until_due()):
                    await self._wake_up.wait()

    async def stop(self) -> None:
        """Wait for the sends in flight, and store their results."""
        if self._sending:
            now = self._clock.monotonic()
            since = now if self._stopping_since is None else self._stopping_since
            await asyncio.wait(self._sending, timeout=max(STOP_SECONDS - (now - since), 0.0))
        if self._lost.moment() is not None:
            try:
                await self._release_unknown()
            except Exception:
                log.exception("messages claimed by a lost commit stay claimed")
        for task in list(self._sending):
            task.cancel()
        await self._results.finish()

    async def _cycle(self, now: datetime) -> int:
        """Store new results and claim what may be sent; returns the number of claimed messages."""
        await self._recheck(now)
        monotonic = self._clock.monotonic()
        out = sum(outgoing.kind in BULK for outgoing, _ in self._sending.values())
        bulk_allowed = self._bulk_allowed()
        bulk = min(self._limiter.bulk_allowance(monotonic), BULK_IN_FLIGHT_MAX - out)
        self._wake_at = self._wake_times(monotonic)
        closed = self._gates.chats()
        if self._gates.is_closed(retry_gates.BULK_GATE):
            bulk = 0
        free = 0 if len(closed) > retry_gates.CHATS_MAX else self._free_slots(monotonic)
        cycle = partial(
            outbox.cycle,
            now=now,
            epoch=self._epoch,
            free=free,
            bulk=bulk if bulk_allowed else 0,
            excluded={*self._limiter.resting(monotonic), *closed},
            expire=bulk_allowed,
            render=self._render,
        )
        claimed, self._due = await self._claim(cycle)
        for outgoing in claimed:
            self._limiter.spend(outgoing.chat_id, outgoing.kind, monotonic)
            task = asyncio.create_task(self._send(outgoing))
            self._sending[task] = (outgoing, monotonic)
            task.add_done_callback(self._forget)
        return len(claimed)

    async def _claim(
        self, cycle: Callable[..., tuple[list[OutboxMessage], datetime | None]]
    ) -> tuple[list[OutboxMessage], datetime | None]:
        """Run a cycle with all results; if it fails, they are kept for the next one."""
        results = self._results.take()
        written = asyncio.ensure_future(
            self._database.write(partial(cycle, results=results), first=True)
        )
        try:
            return await asyncio.shield(written)
        except asyncio.CancelledError:
            # The commit still runs, and what it claims would otherwise never be sent.
            await asyncio.wait({written})
            if written.exception() is None:
                results = [SendResult(outgoing, "later") for outgoing in written.result()[0]]
            else:
                self._lost.begin(self._clock.monotonic())
            self._results.keep(results)
            raise
        except StoreUnavailableError:
            self._results.keep(results)
            raise
        except Exception:
            await self._results.one_by_one(results)
            raise

    async def _recheck(self, now: datetime) -> None:
        """Handle a clock that was set back, a commit of unknown outcome, and unstored results."""
        monotonic = self._clock.monotonic()
        if self._latest is not None and now < self._latest - SET_BACK:
            self._set_back.begin(monotonic)
        if self._set_back.due(monotonic):
            # No message should wait for a time that was set by the earlier clock.
            await self._database.write(partial(outcomes.shorten_retries, now=now))
            self._set_back.done(monotonic)
        self._latest = now
        if self._lost.due(monotonic):
            await self._release_unknown()
            self._lost.done(monotonic)
        await self._results.try_again()

    async def _release_unknown(self) -> None:
        """Release messages claimed by a commit that seemed to fail but did not."""
        known = self._results.outbox_messages() | {
            outgoing.id for outgoing, _ in self._sending.values()
        }
        unit = partial(outcomes.release_claimed, epoch=self._epoch, known=known)
        if count := await self._database.write(unit):
            log.warning("messages claimed by a lost commit are released", extra={"count": count})

    def _free_slots(self, monotonic: float) -> int:
        """Returns how many messages may be sent now; slow calls do not count."""
        quick = sum(monotonic - began_at < SLOW_SECONDS for _, began_at in self._sending.values())
        free = self._limiter.in_flight_max(QUICK_IN_FLIGHT_MAX) - quick
        return max(min(free, SENDS_IN_FLIGHT_MAX - len(self._sending)), 0)

    def _wake_times(self, monotonic: float) -> list[float]:
        """Returns when more messages may be sent than now, on the monotonic clock."""
        waits = (self._limiter.seconds_to_rest(monotonic), self._gates.seconds_to_open())
        moments = [monotonic + wait for wait in waits if wait is not None]
        rechecks = (self._set_back.moment(), self._lost.moment())
        moments += [moment for moment in rechecks if moment is not None]
        if self._free_slots(monotonic) <= 0:
            slow = [began_at + SLOW_SECONDS for _, began_at in self._sending.values()]
            moments += [moment for moment in slow if moment > monotonic]
        return moments

    async def _send(self, outgoing: OutboxMessage) -> None:
        began = self._clock.monotonic()
        try:
            result = await self._gateway_send(outgoing)
        except Exception as error:
            log.exception("the outcome of outbox message %s is unknown", outgoing.id)
            result = SendResult(outgoing, "doubt", error=type(error).__name__)
        now = self._clock.monotonic()
        uploads = "attachment" in outgoing.payload
        if result.outcome in {"sent", "doubt"} and outgoing.kind != "toast" and not uploads:
            self._limiter.observe(outgoing.chat_id, now - began, now)
        if result.closes is not None:
            self._gates.close(result.closes, result.shut / timedelta(seconds=1))
        task = asyncio.current_task()
        if task is not None:
            self._forget(task)
        self._results.add(result)
        self._wake_up.set()

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._sending.pop(task, None)

    def _until_due(self) -> float:
        """Returns the most seconds to sleep after a cycle that claimed nothing."""
        monotonic = self._clock.monotonic()
        waits = [moment - monotonic for moment in self._wake_at]
        if self._due is not None:
            waits.append((self._due - self._clock.now()) / timedelta(seconds=1))
        seconds = min(waits, default=SLEEP_SECONDS_MAX)
        return min(max(seconds, SLEEP_SECONDS_MIN), SLEEP_SECONDS_MAX)
