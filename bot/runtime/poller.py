"""Fetches updates by long polling, and stores them before Telegram may drop them.

A request with an offset tells Telegram that all updates before it have arrived. So the raw updates
and the new offset are stored in one commit, and the next request is sent after it.

After each failure the next request waits a little longer, and every answer is limited in time and
in size.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

import aiohttp

from bot.core.errors import PollError
from bot.handlers import UPDATES
from bot.runtime.outages import Gaps
from bot.runtime.update_batches import (
    Batch,
    PollConflictError,
    PollRefusedError,
    UnreadableBatchError,
    read_batch,
    read_body,
    unparsed_batch,
)
from bot.services.office.alerts import Stuck
from bot.store.db.database import Database
from bot.store.queue import inbox
from bot.system.clock import Clock
from bot.system.clock_check import ClockCheck
from bot.telemetry.health import Pulse

__all__ = ["Poller"]

log = logging.getLogger(__name__)

POLL_SECONDS: Final = 25
ANSWER_SECONDS_MAX: Final = POLL_SECONDS + 10
"""The long poll, and the time that its answer may take on a slow connection."""

LIMIT_MAX: Final = 100
CONFLICT_SECONDS = 20
WEBHOOK_SECONDS = 5
PAUSES = (0.2, 0.5, 1, 2, 5)
HURRIED_SECONDS_MAX: Final = 1.0
"""The longest pause between requests to a server that does not hold them."""

LOG_AGAIN_SECONDS: Final = 60.0


class EarlyAnswerError(PollError):
    """The answer came at once without anything new; `offset` is that of the next request."""

    def __init__(self, offset: int) -> None:
        super().__init__("Telegram answers at once without new updates")
        self.offset = offset


OUTSIDE = (aiohttp.ClientError, OSError, PollError)
"""Errors between Telegram and the bot."""


class Poller:
    """Fetches and stores updates, from `run` until cancelled.

    Args:
        address: `<server>/bot<token>`; never logged.
        bot_id: whose updates are fetched.
        database: where they are stored.
        clock: the bot's clock.
        wake_worker: called after updates are stored.
        clock_check: compares the clock with the dates of answers and updates.
        gaps: detects outages.
        tell: notifies the admins why no updates arrive.
        pulse: records when Telegram last answered.
    """

    def __init__(
        self,
        address: str,
        bot_id: int,
        database: Database,
        clock: Clock,
        wake_worker: Callable[[], None],
        clock_check: ClockCheck,
        gaps: Gaps,
        tell: Callable[[Stuck], Awaitable[None]],
        pulse: Pulse,
    ) -> None:
        self._url = f"{address}/getUpdates"
        self._bot_id = bot_id
        self._database = database
        self._clock = clock
        self._wake_worker = wake_worker
        self._clock_check = clock_check
        self._gaps = gaps
        self._tell = tell
        self._limit = LIMIT_MAX
        self._failures = 0
        self._logged = ("", 0.0)
        self._pulse = pulse

    async def run(self) -> None:
        """Fetch updates until cancelled."""
        offset = await self._database.read(partial(inbox.next_offset, bot_id=self._bot_id))
        await self._gaps.begin()
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS_MAX, sock_connect=5)
        # Answers are not decompressed: a small one could become very large.
        async with aiohttp.ClientSession(
            timeout=timeout,
            trust_env=False,
            auto_decompress=False,
            headers={"Accept-Encoding": "identity"},
            trace_configs=[self._clock_check.trace()],
        ) as session:
            try:
                while True:
                    try:
                        offset = await self._poll(session, offset)
                    except EarlyAnswerError as answer:
                        offset = answer.offset
                        await asyncio.sleep(min(self._pause(), HURRIED_SECONDS_MAX))
                    except Exception as error:  # noqa: BLE001 - logged by _handle
                        self._gaps.failed()
                        await asyncio.sleep(await self._handle(error))
            finally:
                await self._gaps.end()

    async def _poll(self, session: aiohttp.ClientSession, offset: int) -> int:
        """Send one request; returns the next offset.

        While catching up, the request is no long poll, so that the state is known at once.
        """
        asked, began = self._gaps.now(), self._clock.monotonic()
        hold = 0 if self._gaps.catching_up else POLL_SECONDS
        request = {
            "offset": offset,
            "timeout": hold,
            "limit": self._limit,
            "allowed_updates": UPDATES,
        }
        async with session.post(self._url, json=request) as answer:
            body = await read_body(answer)
            batch = self._read(body, answer.status)
        self._pulse.answered_at = self._clock.monotonic()
        limit, self._limit = self._limit, min(self._limit * 2, LIMIT_MAX)
        self._clock_check.note_updates(batch.updates)
        new = await self._store(batch) if batch.rows else 0
        if batch.rows and not new:
            # A proxy may repeat an old answer, so this does not count as an answer of Telegram.
            raise EarlyAnswerError(max(offset, batch.following))
        following = batch.following if new else offset
        await self._gaps.answered(asked, len(batch.rows), limit)
        took = self._clock.monotonic() - began
        if not new and hold and took < HURRIED_SECONDS_MAX:
            raise EarlyAnswerError(following)
        if hold or new:
            self._failures = 0
        return following

    def _read(self, body: bytes, status: int) -> Batch:
        try:
            batch = read_batch(body, status)
        except UnreadableBatchError as error:
            alone = unparsed_batch(error.text) if self._limit == 1 else None
            if alone is None:
                raise
            log.error("update %s cannot be read at all", alone.rows[0][0])  # noqa: TRY400
            return alone
        if batch.dropped:
            log.error("%s elements of an answer were not updates", batch.dropped)
        return batch

    async def _store(self, batch: Batch) -> int:
        """Store the updates of an answer; returns how many were new."""
        new: int = await self._database.write(
            partial(
                inbox.store,
                bot_id=self._bot_id,
                updates=batch.rows,
                next_offset=batch.following,
                at=self._clock.now(),
            )
        )
        # Even if none is new: an earlier commit may have succeeded although it seemed to fail.
        self._wake_worker()
        return new

    async def _handle(self, error: Exception) -> float:
        """Log an error; returns the seconds to wait."""
        if isinstance(error, PollConflictError):
            return await self._handle_conflict(error)
        pause = self._pause()
        if isinstance(error, UnreadableBatchError):
            self._limit = max(1, self._limit // 4)
        if isinstance(error, PollRefusedError):
            pause = max(pause, error.wait)
            if error.asked:
                await self._report(Stuck("wait", round(error.asked)))
        if isinstance(error, OUTSIDE):
            self._log_once(logging.WARNING, f"no updates ({_reason(error)})")
        else:
            log.error("updates cannot be stored; again in %s s", pause, exc_info=error)
        return pause

    async def _handle_conflict(self, conflict: PollConflictError) -> float:
        if not conflict.webhook:
            self._log_once(logging.ERROR, "another program polls with this bot's token; waiting")
            return CONFLICT_SECONDS
        self._log_once(
            logging.ERROR,
            "a webhook is set, so that Telegram gives the updates to another program: "
            "stop that program, or run the command delete-webhook; waiting",
        )
        await self._report(Stuck("webhook"))
        return WEBHOOK_SECONDS

    async def _report(self, stuck: Stuck) -> None:
        try:
            await self._tell(stuck)
        except Exception:
            log.exception("the admins cannot be notified why no updates arrive")

    def _pause(self) -> float:
        pause = PAUSES[min(self._failures, len(PAUSES) - 1)]
        self._failures += 1
        return pause

    def _log_once(self, level: int, event: str) -> None:
        """Log an event, the same one at most once in `LOG_AGAIN_SECONDS`."""
        now = self._clock.monotonic()
        before, at = self._logged
        if event != before or now - at > LOG_AGAIN_SECONDS:
            self._logged = (event, now)
            log.log(level, "%s", event)


def _reason(error: BaseException) -> str:
    known = isinstance(error, PollError)
    return str(error) if known else type(error).__name__
