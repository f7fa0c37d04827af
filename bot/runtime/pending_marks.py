"""Results of sent messages that are not stored yet."""

import logging
from collections import deque
from functools import partial
from typing import Final

from bot.store.db.database import Database, StoreUnavailableError
from bot.store.queue import outcomes
from bot.store.queue.outbox_messages import SendResult
from bot.system.clock import Clock

__all__ = ["Marking"]

log = logging.getLogger(__name__)

REST_SECONDS: Final = 60.0
"""How long a mark rests that cannot be written; tried each time, it would make each cycle fail."""


class Marking:
    """The results that are not in the database yet.

    Args:
        database: to write to.
        clock: the bot's clock.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._waiting: list[SendResult] = []
        self._resting: list[SendResult] = []
        self._rest_until = 0.0

    def add(self, mark: SendResult) -> None:
        """Something has become of a letter."""
        self._waiting.append(mark)

    def waits(self) -> bool:
        """Whether there is a mark for the next commit."""
        return bool(self._waiting)

    def take(self) -> list[SendResult]:
        """The marks for the next commit; they are its caller's to keep if it fails."""
        marks, self._waiting = self._waiting, []
        return marks

    def keep(self, marks: list[SendResult]) -> None:
        """These could not be written, by no fault of theirs."""
        self._waiting = [*marks, *self._waiting]

    def outbox_messages(self) -> set[int]:
        """The letters that still have to be marked."""
        return {mark.outgoing.id for mark in (*self._waiting, *self._resting)}

    async def try_again(self) -> None:
        """Try once more what could not be written, if it has rested long enough."""
        if self._resting and self._clock.monotonic() >= self._rest_until:
            marks, self._resting = self._resting, []
            await self.one_by_one(marks)

    async def one_by_one(self, marks: list[SendResult]) -> None:
        """Write each mark by itself, so that one which cannot be written holds up no other.

        Results for which the database was not available, or no time was left, wait again.
        """
        broken, untried = [], deque(marks)
        try:
            while untried:
                try:
                    await self._alone(untried[0])
                except StoreUnavailableError:
                    broken.append(untried[0])
                untried.popleft()
        finally:
            self.keep([*broken, *untried])

    async def _alone(self, mark: SendResult) -> None:
        """Write one result, or that the send is uncertain, or let it rest."""
        unknown = SendResult(mark.outgoing, "failed", error="what became of it cannot be written")
        for each in (mark, unknown):
            try:
                await self._write([each])
            except StoreUnavailableError:
                raise
            except Exception:
                log.exception("letter %s cannot be marked", mark.outgoing.id)
            else:
                return
        self._resting.append(mark)
        self._rest_until = self._clock.monotonic() + REST_SECONDS

    async def finish(self) -> None:
        """Write all there is, for there will be no other time; raises where something is left."""
        marks, self._resting = [*self._resting, *self.take()], []
        if not marks:
            return
        try:
            await self._write(marks)
        except Exception:
            await self.one_by_one(marks)
            if self._waiting or self._resting:
                raise

    async def _write(self, marks: list[SendResult]) -> None:
        settle = partial(outcomes.mark, marks=marks, now=self._clock.now())
        await self._database.write(settle)
