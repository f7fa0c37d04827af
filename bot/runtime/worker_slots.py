"""Slots for many updates at once or for a single one alone, and their in-hand marks."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from functools import partial
from itertools import chain

from bot.store.db.database import Database
from bot.store.queue import in_progress
from bot.store.queue.inbox import Received

__all__ = ["InHandMarks", "WorkerSlots"]


class WorkerSlots:
    """A semaphore that can also be held exclusively.

    Those that waited during an exclusive use go before the next exclusive one.
    """

    def __init__(self, count: int) -> None:
        self._free = asyncio.Semaphore(count)
        self._exclusive = asyncio.Lock()
        self._entry, self._empty = asyncio.Event(), asyncio.Event()
        self._entry.set()
        self._inside = 0

    @asynccontextmanager
    async def shared(self) -> AsyncIterator[None]:
        """Hold one of the slots."""
        async with self._free:
            while not self._entry.is_set():
                await self._entry.wait()
            self._inside += 1
            try:
                yield
            finally:
                self._inside -= 1
                if not self._inside:
                    self._empty.set()

    @asynccontextmanager
    async def exclusive(self) -> AsyncIterator[None]:
        """Hold all slots."""
        async with self._exclusive:
            self._entry.clear()
            try:
                while self._inside:
                    self._empty.clear()
                    await self._empty.wait()
                yield
            finally:
                self._entry.set()


class InHandMarks:
    """The updates that this run has marked as in hand.

    Args:
        database: where the marks are stored.
        epoch: the number of this run of the bot.
        marks_max: the most marks, unless more updates are being processed.
    """

    def __init__(self, database: Database, epoch: int, marks_max: int) -> None:
        self._database = database
        self._epoch = epoch
        self._marks_max = marks_max
        self._marked: set[int] = set()
        self._marking = asyncio.Lock()

    async def take(self, after: int, limit: int) -> list[Received]:
        """Returns the oldest waiting updates above `after`, the first ones marked as in hand."""
        async with self._marking:
            room = max(0, self._marks_max - len(self._marked))
            unit = partial(
                in_progress.take, after=after, limit=limit, epoch=self._epoch, room=room
            )
            # On the writer, which needs one hand-over to a thread where a reader needs several.
            rows = await self._database.write(unit)
            self._marked.update(in_progress.ids_to_mark(rows, room))
        return rows

    async def mark(self, row: Received, coming: Iterable[Received]) -> None:
        """Mark an update before it is processed, and in the same commit the next ones."""
        async with self._marking:
            if row.id in self._marked:
                return
            room = max(1, self._marks_max - len(self._marked))
            new = (each for each in chain([row], coming) if each.id not in self._marked)
            ids = in_progress.ids_to_mark(new, room)
            await self._database.write(partial(in_progress.mark, ids=ids, epoch=self._epoch))
            self._marked.update(ids)

    def forget(self, row_id: int) -> None:
        """Forget the mark of an update that is done."""
        self._marked.discard(row_id)

    async def mark_alone(self, row: Received) -> bool:
        """Mark an update as the only one in hand; returns False if it is already settled."""
        unit = partial(in_progress.mark_alone, row_id=row.id, epoch=self._epoch)
        return await self._database.write(unit)

    async def take_back(self, row: Received) -> None:
        """Remove the mark of an update that was not tried after all."""
        await self._database.write(partial(in_progress.unmark, row_id=row.id))
