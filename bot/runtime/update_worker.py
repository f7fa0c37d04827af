"""Takes stored updates, one after the other in each chat and many chats at once, to the handlers.

An update is marked as in hand before it is worked on, together with those that come next. One that
was in hand when a process ended, and again when the next one did, is tried alone:
`bot.runtime.worker_slots` keeps all others out for that moment, `bot.store.queue.in_progress`
counts.

python-telegram-bot tells its caller nothing about an exception in a handler, so the handlers
record what became of an update where this module can see it: in `handlers.settled`.
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

from bot.conversation.dead_letters import bury
from bot.conversation.flood_control import ChatThrottledError
from bot.core.messaging.retry_policy import ENDS_MAX, FAILURES_MAX
from bot.handlers import UpdateOutcome, settled
from bot.handlers.context import BotApplication
from bot.runtime.worker_slots import Marks, Places
from bot.store.db.database import StoreUnavailableError
from bot.store.queue import in_progress, inbox
from bot.store.queue.inbox import Received
from bot.telemetry import logs
from bot.telemetry.metrics import Metrics
from bot.turn.runtime import BotRuntime

__all__ = ["Worker"]

log = logging.getLogger(__name__)

LANES_AT_ONCE_MAX = 16
IN_HAND_MAX = 2 * LANES_AT_ONCE_MAX
"""Updates marked as in hand: those at work, and as many that come next."""
READ_AT_ONCE_MAX = 500
LANE_ROWS_MAX = 100
"""Updates of one chat held in memory; later ones are read when they are due."""

BROKEN_STORE_SECONDS = 1.0
HUSHED_SECONDS = 0.5
"""How long the lane of a chat rests that has too many answers waiting."""

STOP_SECONDS = 4.0
AGAIN_SECONDS = 0.3
"""What a process ended with while it was alone waits so long, and lets all others go first."""
PAUSES = (0.05, 0.2, 0.5, 1.0)


class Worker:
    """Processes inbox rows: in order within a chat, many chats at once.

    Args:
        runtime: of the bot.
        application: holds the handlers.
        spoken: called when an update has left something to send.
        now: the bot's time.
        metrics: counts what is dealt with.
        epoch: of this run of the bot.
    """

    def __init__(
        self,
        runtime: BotRuntime,
        application: BotApplication,
        spoken: Callable[[], None],
        now: Callable[[], datetime],
        metrics: Metrics,
        epoch: int,
    ) -> None:
        self._runtime = runtime
        self._application = application
        self._spoken = spoken
        self._now = now
        self._metrics = metrics
        self._epoch = epoch
        self._news = asyncio.Event()
        self._lanes: dict[str, deque[Received]] = defaultdict(deque)
        self._long: set[str] = set()
        self._places = Places(LANES_AT_ONCE_MAX)
        self._marks = Marks(runtime.database, epoch, IN_HAND_MAX)
        self._tasks: set[asyncio.Task[None]] = set()
        self._recovered = False
        self._condemned: list[Received] = []
        self._last = 0
        self._stopping = False

    def wake(self) -> None:
        """There may be something new in the inbox."""
        self._news.set()

    async def run(self) -> None:
        """Work until cancelled; what a lane has in hand then is finished first, if it can be."""
        self._news.set()
        try:
            while True:
                await self._news.wait()
                self._news.clear()
                try:
                    await self._recover()
                    await self._read()
                except Exception:
                    log.exception("the inbox cannot be read")
                    await asyncio.sleep(BROKEN_STORE_SECONDS)
                    self._news.set()
        finally:
            self._stopping = True
            if self._tasks:
                _, stuck = await asyncio.wait(self._tasks, timeout=STOP_SECONDS)
                for task in stuck:
                    task.cancel()
            await self._let_go()

    async def _recover(self) -> None:
        """Count what the last process ended with, and set aside what it ended with for good."""
        if not self._recovered:
            unit = partial(in_progress.recover, epoch=self._epoch)
            count, self._condemned = await self._runtime.database.write(unit)
            self._recovered = True
            if count:
                log.warning("the last process ended with updates in hand", extra={"count": count})
        while self._condemned:
            row = self._condemned[-1]
            facts = {"update_id": row.update_id, "update": row.id}
            log.error("an update ends the process; it is set aside", extra=facts)
            await self._bury(row, ended=True)
            self._condemned.pop()
            self._spoken()

    async def _let_go(self) -> None:
        """A stop in order says nothing against what was not dealt with."""
        try:
            await self._runtime.database.write(partial(in_progress.let_go, epoch=self._epoch))
        except Exception:
            log.exception("what was in hand stays marked")

    async def _read(self) -> None:
        while True:
            rows = await self._marks.take(self._last, READ_AT_ONCE_MAX)
            for row in rows:
                self._last = row.id
                if row.lane not in self._lanes:
                    self._lanes[row.lane].append(row)
                    task = asyncio.create_task(self._walk(row.lane))
                    self._tasks.add(task)
                    task.add_done_callback(self._tasks.discard)
                elif row.lane in self._long or len(self._lanes[row.lane]) >= LANE_ROWS_MAX:
                    self._long.add(row.lane)
                else:
                    self._lanes[row.lane].append(row)
            if len(rows) < READ_AT_ONCE_MAX:
                return

    async def _walk(self, lane: str) -> None:
        """Deal with one lane until it is empty."""
        waiting = self._lanes[lane]
        last = 0
        while (waiting or lane in self._long) and not self._stopping:
            try:
                if not waiting:
                    await self._refill(lane, last)
                    continue
                row = waiting[0]
                with logs.about(update=row.id):
                    if row.ended >= ENDS_MAX:
                        await self._settle_alone(row)
                    else:
                        async with self._places.one():
                            await self._marks.put(row, self._coming(lane))
                            await self._settle(row)
            except ChatThrottledError:
                await asyncio.sleep(HUSHED_SECONDS)
            except Exception:
                log.exception("the books cannot be written; update waits")
                await asyncio.sleep(BROKEN_STORE_SECONDS)
            else:
                last = waiting.popleft().id
                self._marks.drop(last)
        del self._lanes[lane]

    def _coming(self, lane: str) -> Iterator[Received]:
        """What comes next: the first of each lane, then the others of this one."""
        for waiting in self._lanes.values():
            yield from islice(waiting, 1)
        yield from self._lanes[lane]

    async def _settle_alone(self, row: Received) -> None:
        """Deal with a suspect while nothing else is in hand."""
        if row.ended_alone:
            await asyncio.sleep(AGAIN_SECONDS)
        async with self._places.alone():
            if self._stopping:
                return
            try:
                if await self._marks.alone(row):
                    log.warning("an update is tried alone", extra={"update_id": row.update_id})
                    await self._settle(row)
            except Exception:
                # Its chat has too many answers waiting, or the database cannot be written.
                await self._take_back(row)
                raise

    async def _take_back(self, row: Received) -> None:
        """Take the mark of a suspect back before anything else is in hand again."""
        while not self._stopping:
            try:
                await self._marks.take_back(row)
            except StoreUnavailableError:
                log.warning("the mark of an update cannot be taken back yet")
                await asyncio.sleep(BROKEN_STORE_SECONDS)
            else:
                return

    async def _refill(self, lane: str, after: int) -> None:
        """Take the next updates of a lane that was too long to be held in memory."""
        waiting = self._lanes[lane]
        further = partial(inbox.waiting_in, lane=lane, after=after, limit=LANE_ROWS_MAX)
        rows: list[Received] = []
        whole = False
        self._long.discard(lane)
        try:
            rows = await self._runtime.database.write(further)
            whole = len(rows) < LANE_ROWS_MAX
        finally:
            if not whole:
                waiting.clear()  # what came meanwhile is read again, in its order
                self._long.add(lane)
        known = {row.id for row in waiting}
        waiting.extendleft(row for row in reversed(rows) if row.id not in known)

    async def _settle(self, row: Received) -> None:
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
                self._done(row, attempt + 1, time.perf_counter() - began)
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
        await self._bury(row)
        self._spoken()

    def _done(self, row: Received, attempt: int, seconds: float) -> None:
        """An update is dealt with."""
        self._metrics.update_taken(row.id, row.received_at)
        self._spoken()
        if log.isEnabledFor(logging.INFO):
            log.info("update done", extra={"attempt": attempt, "ms": round(seconds * 1000)})

    async def _bury(self, row: Received, *, ended: bool = False) -> None:
        """Put an update aside, if need be without a word."""
        try:
            await bury(self._runtime, row, self._now(), ended=ended)
        except StoreUnavailableError:
            raise
        except Exception:
            log.exception("nobody can be told of an update", extra={"update_id": row.update_id})
            dead = partial(inbox.mark_dead, row_id=row.id, error="gave up, nobody was told")
            await self._runtime.database.write(dead)
