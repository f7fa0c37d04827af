"""Results of sends that are not stored yet."""

import logging
from collections import deque
from functools import partial
from typing import Final

from bot.store.db.database import Database, StoreUnavailableError
from bot.store.queue import outcomes
from bot.store.queue.outbox_messages import SendResult
from bot.system.clock import Clock

__all__ = ["PendingResults"]

log = logging.getLogger(__name__)

REST_SECONDS: Final = 60.0
"""The pause before a result that cannot be stored is tried again; it would fail each cycle."""


class PendingResults:
    """Results of sends that are not in the database yet.

    Args:
        database: where they are stored.
        clock: the bot's clock.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._waiting: list[SendResult] = []
        self._resting: list[SendResult] = []
        self._rest_until = 0.0

    def add(self, result: SendResult) -> None:
        """Add the result of a send."""
        self._waiting.append(result)

    def waits(self) -> bool:
        """Returns whether there is a result for the next commit."""
        return bool(self._waiting)

    def take(self) -> list[SendResult]:
        """Returns the results for the next commit; if it fails, the caller has to `keep` them."""
        results, self._waiting = self._waiting, []
        return results

    def keep(self, results: list[SendResult]) -> None:
        """Take back results whose commit failed for another reason."""
        self._waiting = [*results, *self._waiting]

    def outbox_messages(self) -> set[int]:
        """Returns the ids of the outbox messages whose results are not stored."""
        return {result.outgoing.id for result in (*self._waiting, *self._resting)}

    async def try_again(self) -> None:
        """Try to store the resting results again once their pause is over."""
        if self._resting and self._clock.monotonic() >= self._rest_until:
            results, self._resting = self._resting, []
            await self.one_by_one(results)

    async def one_by_one(self, results: list[SendResult]) -> None:
        """Store each result by itself, so that one that cannot be stored holds up no other.

        Those that the database was not available for, or that there was no time for, wait again.
        """
        broken, untried = [], deque(results)
        try:
            while untried:
                try:
                    await self._store_alone(untried[0])
                except StoreUnavailableError:
                    broken.append(untried[0])
                untried.popleft()
        finally:
            self.keep([*broken, *untried])

    async def _store_alone(self, result: SendResult) -> None:
        """Store a result, or else that the result is unknown, or else let it rest."""
        unknown = SendResult(result.outgoing, "failed", error="its result cannot be stored")
        for each in (result, unknown):
            try:
                await self._write([each])
            except StoreUnavailableError:
                raise
            except Exception:
                log.exception(
                    "the result of outbox message %s cannot be stored", result.outgoing.id
                )
            else:
                return
        self._resting.append(result)
        self._rest_until = self._clock.monotonic() + REST_SECONDS

    async def finish(self) -> None:
        """Store everything before the bot stops; raises if something is left."""
        results, self._resting = [*self._resting, *self.take()], []
        if not results:
            return
        try:
            await self._write(results)
        except Exception:
            await self.one_by_one(results)
            if self._waiting or self._resting:
                raise

    async def _write(self, results: list[SendResult]) -> None:
        settle = partial(outcomes.record_results, results=results, now=self._clock.now())
        await self._database.write(settle)
