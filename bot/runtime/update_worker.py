"""Processes stored updates: in order within a chat, many chats at once.

An update is marked as in hand before it is processed, together with the next ones. One that was in
hand when two processes ended is tried alone: `bot.runtime.worker_slots` keeps all others out
meanwhile, `bot.store.queue.in_progress` counts.

python-telegram-bot does not pass an exception of a handler to its caller, so the handlers record
the outcome of an update in `handlers.settled`, where this module reads it.
"""

import asyncio
import json
import logging
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from itertools import islice

from telegram import Update

from bot.conversation.dead_letters import make_dead_letter
from bot.conversation.flood_control import ChatThrottledError
from bot.core.messaging.retry_policy import ENDS_MAX, FAILURES_MAX
from bot.handlers import UpdateOutcome, settled
from bot.handlers.context import BotApplication
from bot.runtime.worker_slots import InHandMarks, WorkerSlots
from bot.store.db.database import StoreUnavailableError
from bot.store.queue import in_progress, inbox
from bot.store.queue.inbox import Received
from bot.telemetry import logs
from bot.telemetry.metrics import Metrics
from bot.turn.runtime import BotRuntime

__all__ = ["UpdateWorker"]

log = logging.getLogger(__name__)

LANES_AT_ONCE_MAX = 16
IN_HAND_MAX = 2 * LANES_AT_ONCE_MAX
"""The most updates marked as in hand: those being processed, and as many of the next ones."""
READ_AT_ONCE_MAX = 500
LANE_ROWS_MAX = 100
"""The most updates of a chat held in memory; later ones are read when they are due."""

BROKEN_STORE_SECONDS = 1.0
THROTTLED_SECONDS = 0.5
"""The pause of a lane whose chat has too many answers waiting."""

STOP_SECONDS = 4.0
AGAIN_SECONDS = 0.3
"""The pause before an update that ended the process alone is tried again, after all others."""
PAUSES = (0.05, 0.2, 0.5, 1.0)


class UpdateWorker:
    """Processes the inbox, from `run` until cancelled.

    Args:
        runtime: for the database, and for dead letters.
        application: has the handlers.
        wake_sender: called after an update, which may have queued messages.
        now: returns the bot's time.
        metrics: counts updates.
        epoch: the number of this run of the bot.
    """

    def __init__(
        self,
        runtime: BotRuntime,
        application: BotApplication,
        wake_sender: Callable[[], None],
        now: Callable[[], datetime],
        metrics: Metrics,
        epoch: int,
    ) -> None:
        self._runtime = runtime
        self._application = application
        self._wake_sender = wake_sender
        self._now = now
        self._metrics = metrics
        self._epoch = epoch
        self._wake_up = asyncio.Event()
        self._lanes: dict[str, deque[Received]] = defaultdict(deque)
        self._overflowing: set[str] = set()
        self._slots = WorkerSlots(LANES_AT_ONCE_MAX)
        self._marks = InHandMarks(runtime.database, epoch, IN_HAND_MAX)
        self._tasks: set[asyncio.Task[None]] = set()
        self._recovered = False
        self._dead_on_start: list[Received] = []
        self._last_read = 0
        self._stopping = False

    def wake(self) -> None:
        """Look at the inbox now: it may have new updates."""
        self._wake_up.set()

    async def run(self) -> None:
        """Process updates until cancelled, then finish those in hand within `STOP_SECONDS`."""
        self._wake_up.set()
        try:
            while True:
                await self._wake_up.wait()
                self._wake_up.clear()
                try:
                    await self._recover()
                    await self._read()
                except Exception:
                    log.exception("the inbox cannot be read")
                    await asyncio.sleep(BROKEN_STORE_SECONDS)
                    self._wake_up.set()
        finally:
            self._stopping = True
            if self._tasks:
                _, stuck = await asyncio.wait(self._tasks, timeout=STOP_SECONDS)
                for task in stuck:
                    task.cancel()
            await self._release()

    async def _recover(self) -> None:
        """Count the updates that an earlier process died with; give up the hopeless ones."""
        if not self._recovered:
            unit = partial(in_progress.recover, epoch=self._epoch)
            count, self._dead_on_start = await self._runtime.database.write(unit)
            self._recovered = True
            if count:
                log.warning("the last process ended with updates in hand", extra={"count": count})
        while self._dead_on_start:
            row = self._dead_on_start[-1]
            facts = {"update_id": row.update_id, "update": row.id}
            log.error("an update ends the process; it becomes a dead letter", extra=facts)
            await self._give_up(row, ended=True)
            self._dead_on_start.pop()
            self._wake_sender()

    async def _release(self) -> None:
        """Remove all marks: an orderly stop is no sign against the updates in hand."""
        try:
            await self._runtime.database.write(partial(in_progress.unmark_all, epoch=self._epoch))
        except Exception:
            log.exception("updates in hand stay marked")

    async def _read(self) -> None:
        while True:
            rows = await self._marks.take(self._last_read, READ_AT_ONCE_MAX)
            for row in rows:
                self._last_read = row.id
                if row.lane not in self._lanes:
                    self._lanes[row.lane].append(row)
                    task = asyncio.create_task(self._run_lane(row.lane))
                    self._tasks.add(task)
                    task.add_done_callback(self._tasks.discard)
                elif row.lane in self._overflowing or len(self._lanes[row.lane]) >= LANE_ROWS_MAX:
                    self._overflowing.add(row.lane)
                else:
                    self._lanes[row.lane].append(row)
            if len(rows) < READ_AT_ONCE_MAX:
                return

    async def _run_lane(self, lane: str) -> None:
        """Process one lane until it is empty."""
        waiting = self._lanes[lane]
        last = 0
        while (waiting or lane in self._overflowing) and not self._stopping:
            try:
                if not waiting:
                    await self._refill(lane, last)
                    continue
                row = waiting[0]
                with logs.about(update=row.id):
                    if row.ended >= ENDS_MAX:
                        await self._process_alone(row)
                    else:
                        async with self._slots.shared():
                            await self._marks.mark(row, self._next_rows(lane))
                            await self._process(row)
            except ChatThrottledError:
                await asyncio.sleep(THROTTLED_SECONDS)
            except Exception:
                log.exception("the database cannot be written; update waits")
                await asyncio.sleep(BROKEN_STORE_SECONDS)
            else:
                last = waiting.popleft().id
                self._marks.forget(last)
        del self._lanes[lane]

    def _next_rows(self, lane: str) -> Iterator[Received]:
        """Returns the next updates to mark: the first of each lane, then the rest of this one."""
        for waiting in self._lanes.values():
            yield from islice(waiting, 1)
        yield from self._lanes[lane]

    async def _process_alone(self, row: Received) -> None:
        """Process a suspect while nothing else is in hand."""
        if row.ended_alone:
            await asyncio.sleep(AGAIN_SECONDS)
        async with self._slots.exclusive():
            if self._stopping:
                return
            try:
                if await self._marks.mark_alone(row):
                    log.warning("an update is tried alone", extra={"update_id": row.update_id})
                    await self._process(row)
            except Exception:
                # The chat has too many answers waiting, or the database cannot be written.
                await self._unmark(row)
                raise

    async def _unmark(self, row: Received) -> None:
        """Remove the mark of a suspect before anything else is in hand again."""
        while not self._stopping:
            try:
                await self._marks.take_back(row)
            except StoreUnavailableError:
                log.warning("the mark of an update cannot be removed yet")
                await asyncio.sleep(BROKEN_STORE_SECONDS)
            else:
                return

    async def _refill(self, lane: str, after: int) -> None:
        """Read the next updates of a lane that was too long for memory."""
        waiting = self._lanes[lane]
        further = partial(inbox.waiting_in, lane=lane, after=after, limit=LANE_ROWS_MAX)
        rows: list[Received] = []
        whole = False
        self._overflowing.discard(lane)
        try:
            rows = await self._runtime.database.write(further)
            whole = len(rows) < LANE_ROWS_MAX
        finally:
            if not whole:
                waiting.clear()  # later updates are read again, in order
                self._overflowing.add(lane)
        known = {row.id for row in waiting}
        waiting.extendleft(row for row in reversed(rows) if row.id not in known)

    async def _process(self, row: Received) -> None:
        for attempt in range(FAILURES_MAX):
            began = time.perf_counter()
            outcome = UpdateOutcome(row.id)
            settled.set(outcome)
            try:
                update = Update.de_json(json.loads(row.body), self._application.bot)
                await self._application.process_update(update)
            except Exception as error:  # noqa: BLE001 - a broken update must not stop its chat
                outcome.error = error
            if outcome.error is None:
                if not outcome.handled:
                    await self._runtime.database.write(partial(inbox.mark_done, row_id=row.id))
                self._report_done(row, attempt + 1, time.perf_counter() - began)
                return
            if isinstance(outcome.error, StoreUnavailableError | ChatThrottledError):
                raise outcome.error
            facts = {"update_id": row.update_id, "attempt": attempt + 1}
            log.error("update failed", exc_info=outcome.error, extra=facts)
            self._metrics.failed()
            reason = type(outcome.error).__name__
            failed = partial(inbox.mark_failed, row_id=row.id, error=reason)
            attempts = await self._runtime.database.write(failed)
            if attempts == 0 or attempts >= FAILURES_MAX:
                break
            await asyncio.sleep(PAUSES[min(attempt, len(PAUSES) - 1)])
        await self._give_up(row)
        self._wake_sender()

    def _report_done(self, row: Received, attempt: int, seconds: float) -> None:
        """Count and log an update that is done, and wake the sender."""
        self._metrics.update_taken(row.id, row.received_at)
        self._wake_sender()
        if log.isEnabledFor(logging.INFO):
            log.info("update done", extra={"attempt": attempt, "ms": round(seconds * 1000)})

    async def _give_up(self, row: Received, *, ended: bool = False) -> None:
        """Make an update a dead letter, if need be without notifying anyone."""
        try:
            await make_dead_letter(self._runtime, row, self._now(), ended=ended)
        except StoreUnavailableError:
            raise
        except Exception:
            log.exception("a dead letter cannot be announced", extra={"update_id": row.update_id})
            dead = partial(inbox.mark_dead, row_id=row.id, error="gave up, without a notice")
            await self._runtime.database.write(dead)
