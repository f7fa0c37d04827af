"""The only sender of messages: takes letters from the outbox to Telegram and marks the outcome.

One cycle writes down all answers that have come in and takes the next letters in the same commit.
At most `QUICK_IN_FLIGHT_MAX` have just left, at most one answer or notice to each chat, so that a
chat reads them in order. Telegram holds some calls for up to eight seconds: one that is held gives
its place to another chat's, up to `SENDS_IN_FLIGHT_MAX` on their way in all; that is also the most
that a crash leaves in doubt. Of what nobody asked for, it is `BULK_IN_FLIGHT_MAX`.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from bot.store.db.database import Database, StoreBroken
from bot.store.queue import outbox, outcomes
from bot.store.queue.outbox import BULK, Letter, Mark, Wording
from bot.system.clock import Clock
from bot.telegram_api import retry_gates
from bot.telegram_api.rate_limits import SLOW_SECONDS, Pace
from bot.telegram_api.retry_gates import Gates

__all__ = ["BULK_IN_FLIGHT_MAX", "QUICK_IN_FLIGHT_MAX", "SENDS_IN_FLIGHT_MAX", "Delivery"]

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


class Delivery:
    """Sends what the outbox holds.

    Args:
        database: the books.
        post: sends one letter and says what became of it.
        clock: the bot's clock.
        pace: how fast.
        shut: the gates that Telegram has closed.
        epoch: which start of the bot this is.
        word: fills what can be filled in the commit that takes it.
        unasked: whether tips and broadcasts may leave now; they wait while the clock is in doubt.
    """

    def __init__(
        self,
        database: Database,
        post: Callable[[Letter], Awaitable[Mark]],
        clock: Clock,
        pace: Pace,
        shut: Gates,
        epoch: int,
        word: Wording,
        unasked: Callable[[], bool] = lambda: True,
    ) -> None:
        self._database = database
        self._post = post
        self._clock = clock
        self._pace = pace
        self._gates = shut
        self._epoch = epoch
        self._word = word
        self._unasked = unasked
        self._news = asyncio.Event()
        self._sending: dict[asyncio.Task[None], tuple[Letter, float]] = {}
        self._marks: list[Mark] = []
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
                if await self._cycle(now) or self._marks:
                    continue
            except Exception:
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
        for task in list(self._sending):
            task.cancel()
        marks, self._marks = self._marks, []
        if marks:
            settle = partial(outcomes.mark, marks=marks, now=self._clock.now())
            await self._database.write(settle)

    async def _cycle(self, now: datetime) -> int:
        """Mark what has been answered and take what may go; gives how many were taken."""
        await self._mind_the_clock(now)
        marks, self._marks = self._marks, []
        monotonic = self._clock.monotonic()
        out = sum(letter.kind in BULK for letter, _ in self._sending.values())
        unasked = self._unasked()
        bulk = min(self._pace.bulk_allowance(monotonic), BULK_IN_FLIGHT_MAX - out)
        self._wakes = self._openings(monotonic)
        closed = self._gates.chats()
        if self._gates.shut(retry_gates.BULK):
            bulk = 0
        free = 0 if len(closed) > retry_gates.CHATS_MAX else self._places(monotonic)
        paced = {*self._pace.resting(monotonic), *closed}
        cycle = partial(
            outbox.cycle,
            marks=marks,
            now=now,
            epoch=self._epoch,
            free=free,
            bulk=bulk if unasked else 0,
            paced=paced,
            expire=unasked,
            word=self._word,
        )
        written = asyncio.ensure_future(self._database.write(cycle, first=True))
        try:
            letters, self._due = await asyncio.shield(written)
        except asyncio.CancelledError:
            # The commit goes on without us, and what it takes would never be sent.
            await asyncio.wait({written})
            if written.exception() is None:
                marks = [Mark(letter, "later") for letter in written.result()[0]]
            self._marks = [*marks, *self._marks]
            raise
        except StoreBroken:
            self._marks = [*marks, *self._marks]
            raise
        except Exception:
            self._marks = [*await self._one_by_one(marks), *self._marks]
            raise
        for letter in letters:
            self._pace.spend(letter.chat_id, letter.kind, monotonic)
            task = asyncio.create_task(self._send(letter))
            self._sending[task] = (letter, monotonic)
            task.add_done_callback(self._forget)
        return len(letters)

    async def _one_by_one(self, marks: list[Mark]) -> list[Mark]:
        """Write each mark by itself, so that one which cannot be written holds up no other.

        Returns those for which the books were not to be had.
        """
        left = []
        for each in marks:
            unknown = Mark(each.letter, "failed", error="what became of it cannot be written")
            for mark in (each, unknown):
                settle = partial(outcomes.mark, marks=[mark], now=self._clock.now())
                try:
                    await self._database.write(settle)
                except StoreBroken:
                    left.append(each)
                except Exception:
                    log.exception("letter %s cannot be marked", each.letter.id)
                    continue
                break
        return left

    def _places(self, monotonic: float) -> int:
        """How many letters may leave now; one that is held has given up its place."""
        quick = sum(monotonic - left < SLOW_SECONDS for _, left in self._sending.values())
        free = self._pace.places(QUICK_IN_FLIGHT_MAX) - quick
        return max(min(free, SENDS_IN_FLIGHT_MAX - len(self._sending)), 0)

    def _openings(self, monotonic: float) -> list[float]:
        """When more may leave than may now; what opens a moment later must not be overslept."""
        waits = (self._pace.seconds_to_rest(monotonic), self._gates.seconds_to_open())
        moments = [monotonic + wait for wait in waits if wait is not None]
        if self._places(monotonic) <= 0:
            lefts = [left for _, left in self._sending.values()]
            moments += [left + SLOW_SECONDS for left in lefts if monotonic - left < SLOW_SECONDS]
        return moments

    async def _mind_the_clock(self, now: datetime) -> None:
        """Where the clock was set back, let nothing wait for a moment that it had set before."""
        if self._latest is not None and now < self._latest - SET_BACK:
            await self._database.write(partial(outcomes.hasten, now=now))
        self._latest = now

    async def _send(self, letter: Letter) -> None:
        began = self._clock.monotonic()
        try:
            mark = await self._post(letter)
        except Exception as error:
            log.exception("nobody knows what became of letter %s", letter.id)
            mark = Mark(letter, "doubt", error=type(error).__name__)
        now = self._clock.monotonic()
        uploads = "attachment" in letter.payload
        if mark.outcome in {"sent", "doubt"} and letter.kind != "toast" and not uploads:
            self._pace.took(letter.chat_id, now - began, now)
        if mark.closes is not None:
            self._gates.close(mark.closes, mark.shut / timedelta(seconds=1))
        task = asyncio.current_task()
        if task is not None:
            self._forget(task)
        self._marks.append(mark)
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
