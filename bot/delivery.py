"""The only sender of messages: takes letters from the outbox to Telegram and marks the outcome.

One cycle writes down all answers that have come in and takes the next letters in the same commit.
At most `SENDS_IN_FLIGHT_MAX` are on their way at any instant, at most one answer or notice to each
chat, so that a chat reads them in order; that is also the most that a crash leaves in doubt. Of
what nobody asked for, it is `BULK_IN_FLIGHT_MAX`.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from bot.clock import Clock
from bot.pace import Pace
from bot.store import outbox, outcomes
from bot.store.database import Database
from bot.store.outbox import BULK, Letter, Mark, Wording

__all__ = ["BULK_IN_FLIGHT_MAX", "SENDS_IN_FLIGHT_MAX", "Delivery"]

log = logging.getLogger(__name__)

SENDS_IN_FLIGHT_MAX = 16
BULK_IN_FLIGHT_MAX = 4
"""Tips and broadcasts are never repeated, so a crash should leave few of them in doubt."""

SLEEP_SECONDS_MIN = 0.01
SLEEP_SECONDS_MAX = 5.0
STOP_SECONDS = 5.0
BROKEN_STORE_SECONDS = 1.0


class Delivery:
    """Sends what the outbox holds.

    Args:
        database: the books.
        post: sends one letter and says what became of it.
        clock: the bot's clock.
        pace: how fast.
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
        epoch: int,
        word: Wording,
        unasked: Callable[[], bool] = lambda: True,
    ) -> None:
        self._database = database
        self._post = post
        self._clock = clock
        self._pace = pace
        self._epoch = epoch
        self._word = word
        self._unasked = unasked
        self._news = asyncio.Event()
        self._sending: dict[asyncio.Task[None], Letter] = {}
        self._marks: list[Mark] = []
        self._due: datetime | None = None
        self._stopping = False

    def wake(self) -> None:
        """There may be something new in the outbox, or the clock was moved."""
        self._news.set()

    async def run(self) -> None:
        """Send until cancelled."""
        recover = partial(outcomes.recover, epoch=self._epoch, now=self._clock.now())
        await self._database.write(recover)
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
            await asyncio.wait(self._sending, timeout=STOP_SECONDS)
        for task in list(self._sending):
            task.cancel()
        marks, self._marks = self._marks, []
        if marks:
            settle = partial(outcomes.mark, marks=marks, now=self._clock.now())
            await self._database.write(settle)

    async def _cycle(self, now: datetime) -> int:
        """Mark what has been answered and take what may go; gives how many were taken."""
        marks, self._marks = self._marks, []
        free = SENDS_IN_FLIGHT_MAX - len(self._sending)
        monotonic = self._clock.monotonic()
        out = sum(letter.kind in BULK for letter in self._sending.values())
        unasked = self._unasked()
        bulk = min(self._pace.bulk_allowance(monotonic), BULK_IN_FLIGHT_MAX - out)
        paced = self._pace.resting(monotonic)
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
        except Exception:
            self._marks = [*marks, *self._marks]
            raise
        for letter in letters:
            self._pace.spend(letter.chat_id, letter.kind, monotonic)
            task = asyncio.create_task(self._send(letter))
            self._sending[task] = letter
            task.add_done_callback(self._forget)
        return len(letters)

    async def _send(self, letter: Letter) -> None:
        try:
            mark = await self._post(letter)
        except Exception as error:
            log.exception("nobody knows what became of letter %s", letter.id)
            mark = Mark(letter, "doubt", error=type(error).__name__)
        task = asyncio.current_task()
        if task is not None:
            self._forget(task)
        self._marks.append(mark)
        self._news.set()

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._sending.pop(task, None)

    def _until_due(self) -> float:
        """How long to sleep at the most after a cycle that took nothing, in seconds."""
        rest = self._pace.seconds_to_rest(self._clock.monotonic())
        seconds = SLEEP_SECONDS_MAX
        if self._due is not None:
            seconds = (self._due - self._clock.now()) / timedelta(seconds=1)
        if rest is not None:
            seconds = min(seconds, rest)
        return min(max(seconds, SLEEP_SECONDS_MIN), SLEEP_SECONDS_MAX)
