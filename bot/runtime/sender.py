"""The only sender of messages: takes letters from the outbox to Telegram and marks the outcome.

One cycle writes down all answers that have come in and takes the next letters in the same commit.
At most `QUICK_IN_FLIGHT_MAX` have just left, at most one answer or notice to each chat, so that a
chat reads them in order. Telegram holds some calls for up to eight seconds: one that is held gives
its place to another chat's, up to `SENDS_IN_FLIGHT_MAX` on their way in all; that is also the most
that a crash leaves uncertain. For unsolicited messages it is `BULK_IN_FLIGHT_MAX`.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from bot.runtime.pending_marks import Marking
from bot.runtime.set_back import Echo
from bot.store.db.database import Database, StoreUnavailableError
from bot.store.queue import outbox, outcomes
from bot.store.queue.outbox import BULK, OutboxMessage, SendResult, Wording
from bot.system.clock import Clock
from bot.telegram_api import retry_gates
from bot.telegram_api.rate_limits import SLOW_SECONDS, RateLimiter
from bot.telegram_api.retry_gates import Gates

__all__ = ["BULK_IN_FLIGHT_MAX", "QUICK_IN_FLIGHT_MAX", "SENDS_IN_FLIGHT_MAX", "Sender"]

log = logging.getLogger(__name__)

QUICK_IN_FLIGHT_MAX = 16
SENDS_IN_FLIGHT_MAX = 64
BULK_IN_FLIGHT_MAX = 4
"""Tips and broadcasts are never repeated, so a crash should leave few of them in doubt."""

SLEEP_SECONDS_MIN = 0.01
SLEEP_SECONDS_MAX = 5.0
STOP_SECONDS = 8.5
"""From the moment at which the stop begins: a call that is held takes eight."""

SET_BACK = timedelta(seconds=1)
BROKEN_STORE_SECONDS = 1.0


class Sender:
    """Sends what the outbox holds.

    Args:
        database: holds the outbox.
        post: sends one letter and says what became of it.
        clock: the bot's clock.
        limiter: how fast.
        shut: the gates that Telegram has closed.
        epoch: which start of the bot this is.
        word: fills what can be filled in the commit that takes it.
        unasked: whether tips and broadcasts may leave now; they wait while the clock is in doubt.
    """

    def __init__(
        self,
        database: Database,
        post: Callable[[OutboxMessage], Awaitable[SendResult]],
        clock: Clock,
        limiter: RateLimiter,
        gates: Gates,
        epoch: int,
        word: Wording,
        unasked: Callable[[], bool] = lambda: True,
    ) -> None:
        self._database = database
        self._post = post
        self._clock = clock
        self._limiter = limiter
        self._gates = gates
        self._epoch = epoch
        self._word = word
        self._unasked = unasked
        self._news = asyncio.Event()
        self._sending: dict[asyncio.Task[None], tuple[OutboxMessage, float]] = {}
        self._marking = Marking(database, clock)
        self._set_back, self._lost = Echo(), Echo()
        self._due: datetime | None = None
        self._wakes: list[float] = []
        self._latest: datetime | None = None
        self._stopping_since: float | None = None

    def wake(self) -> None:
        """There may be something new in the outbox, or the clock was moved."""
        self._news.set()

    async def run(self) -> None:
        """Send until cancelled."""
        now = self._clock.now()
        await self._database.write(partial(outcomes.recover, epoch=self._epoch, now=now))
        await self._database.write(partial(outcomes.hasten, now=now))
        for scope, seconds in (
            await self._database.write(partial(outcomes.gates, now=now))
        ).items():
            self._gates.close(scope, seconds)
        try:
            await self._deliver()
        finally:
            self._stopping_since = self._clock.monotonic()

    async def _deliver(self) -> None:
        while True:
            self._news.clear()
            now = self._clock.now()
            try:
                if await self._cycle(now) or self._marking.waits():
                    continue
            except Exception:
                self._lost.begin(self._clock.monotonic())
                log.exception("the outbox cannot be read or marked")
                await asyncio.sleep(BROKEN_STORE_SECONDS)
                continue
            # Not wait_for: on Python 3.11 that can swallow the cancellation that means "stop".
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._until_due()):
                    await self._news.wait()

    async def stop(self) -> None:
        """Wait for what is on its way, and mark it."""
        if self._sending:
            now = self._clock.monotonic()
            since = now if self._stopping_since is None else self._stopping_since
            await asyncio.wait(self._sending, timeout=max(STOP_SECONDS - (now - since), 0.0))
        if self._lost.moment() is not None:
            try:
                await self._take_back()
            except Exception:
                log.exception("what was taken without our knowing stays taken")
        for task in list(self._sending):
            task.cancel()
        await self._marking.finish()

    async def _cycle(self, now: datetime) -> int:
        """Store the results and claim what may be sent; returns how many were claimed."""
        await self._put_right(now)
        monotonic = self._clock.monotonic()
        out = sum(outgoing.kind in BULK for outgoing, _ in self._sending.values())
        unasked = self._unasked()
        bulk = min(self._limiter.bulk_allowance(monotonic), BULK_IN_FLIGHT_MAX - out)
        self._wakes = self._openings(monotonic)
        closed = self._gates.chats()
        if self._gates.is_closed(retry_gates.BULK_GATE):
            bulk = 0
        free = 0 if len(closed) > retry_gates.CHATS_MAX else self._places(monotonic)
        cycle = partial(
            outbox.cycle,
            now=now,
            epoch=self._epoch,
            free=free,
            bulk=bulk if unasked else 0,
            paced={*self._limiter.resting(monotonic), *closed},
            expire=unasked,
            word=self._word,
        )
        outbox_messages, self._due = await self._taken(cycle)
        for outgoing in outbox_messages:
            self._limiter.spend(outgoing.chat_id, outgoing.kind, monotonic)
            task = asyncio.create_task(self._send(outgoing))
            self._sending[task] = (outgoing, monotonic)
            task.add_done_callback(self._forget)
        return len(outbox_messages)

    async def _taken(
        self, cycle: Callable[..., tuple[list[OutboxMessage], datetime | None]]
    ) -> tuple[list[OutboxMessage], datetime | None]:
        """Returns what a cycle returns, with all results stored; without it they are kept."""
        marks = self._marking.take()
        written = asyncio.ensure_future(
            self._database.write(partial(cycle, marks=marks), first=True)
        )
        try:
            return await asyncio.shield(written)
        except asyncio.CancelledError:
            # The commit goes on without us, and what it takes would never be sent.
            await asyncio.wait({written})
            if written.exception() is None:
                marks = [SendResult(outgoing, "later") for outgoing in written.result()[0]]
            else:
                self._lost.begin(self._clock.monotonic())
            self._marking.keep(marks)
            raise
        except StoreUnavailableError:
            self._marking.keep(marks)
            raise
        except Exception:
            await self._marking.one_by_one(marks)
            raise

    async def _put_right(self, now: datetime) -> None:
        """Where the clock was set back, or a commit was not heard of, or a mark not written."""
        monotonic = self._clock.monotonic()
        if self._latest is not None and now < self._latest - SET_BACK:
            self._set_back.begin(monotonic)
        if self._set_back.due(monotonic):
            # Nothing waits for a moment that the clock had set before.
            await self._database.write(partial(outcomes.hasten, now=now))
            self._set_back.done(monotonic)
        self._latest = now
        if self._lost.due(monotonic):
            await self._take_back()
            self._lost.done(monotonic)
        await self._marking.try_again()

    async def _take_back(self) -> None:
        """Release what a commit claimed whose outcome is not known."""
        known = self._marking.outbox_messages() | {
            outgoing.id for outgoing, _ in self._sending.values()
        }
        unit = partial(outcomes.take_back, epoch=self._epoch, known=known)
        if count := await self._database.write(unit):
            log.warning("letters were taken without our knowing", extra={"count": count})

    def _places(self, monotonic: float) -> int:
        """How many letters may leave now; one that is held has given up its place."""
        quick = sum(monotonic - left < SLOW_SECONDS for _, left in self._sending.values())
        free = self._limiter.in_flight_max(QUICK_IN_FLIGHT_MAX) - quick
        return max(min(free, SENDS_IN_FLIGHT_MAX - len(self._sending)), 0)

    def _openings(self, monotonic: float) -> list[float]:
        """When more may leave than may now; what opens a moment later must not be overslept."""
        waits = (self._limiter.seconds_to_rest(monotonic), self._gates.seconds_to_open())
        moments = [monotonic + wait for wait in waits if wait is not None]
        echoes = (self._set_back.moment(), self._lost.moment())
        moments += [moment for moment in echoes if moment is not None]
        if self._places(monotonic) <= 0:
            lefts = [left for _, left in self._sending.values()]
            moments += [left + SLOW_SECONDS for left in lefts if monotonic - left < SLOW_SECONDS]
        return moments

    async def _send(self, outgoing: OutboxMessage) -> None:
        began = self._clock.monotonic()
        try:
            mark = await self._post(outgoing)
        except Exception as error:
            log.exception("nobody knows what became of letter %s", outgoing.id)
            mark = SendResult(outgoing, "doubt", error=type(error).__name__)
        now = self._clock.monotonic()
        uploads = "attachment" in outgoing.payload
        if mark.outcome in {"sent", "doubt"} and outgoing.kind != "toast" and not uploads:
            self._limiter.observe(outgoing.chat_id, now - began, now)
        if mark.closes is not None:
            self._gates.close(mark.closes, mark.shut / timedelta(seconds=1))
        task = asyncio.current_task()
        if task is not None:
            self._forget(task)
        self._marking.add(mark)
        self._news.set()

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._sending.pop(task, None)

    def _until_due(self) -> float:
        """How long to sleep at the most after a cycle that took nothing, in seconds."""
        monotonic = self._clock.monotonic()
        waits = [moment - monotonic for moment in self._wakes]
        if self._due is not None:
            waits.append((self._due - self._clock.now()) / timedelta(seconds=1))
        seconds = min(waits, default=SLEEP_SECONDS_MAX)
        return min(max(seconds, SLEEP_SECONDS_MIN), SLEEP_SECONDS_MAX)
