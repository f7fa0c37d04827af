"""Room for many updates at once, or for one that wants to be alone, and the marks of both."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from functools import partial
from itertools import chain

from bot.store.db.database import Database
from bot.store.queue import in_progress
from bot.store.queue.inbox import Received

__all__ = ["Marks", "Places"]


class Places:
    """A limited number at once, except while one update is tried alone.

    Those that waited while one was alone go before the next one may be alone.
    """

    def __init__(self, count: int) -> None:
        self._free = asyncio.Semaphore(count)
        self._loners = asyncio.Lock()
        self._open, self._empty = asyncio.Event(), asyncio.Event()
        self._open.set()
        self._inside = 0

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """A place among others."""
        async with self._free:
            while not self._open.is_set():
                await self._open.wait()
            self._inside += 1
            try:
                yield
            finally:
                self._inside -= 1
                if not self._inside:
                    self._empty.set()

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """The only place."""
        async with self._loners:
            self._open.clear()
            try:
                while self._inside:
                    self._empty.clear()
                    await self._empty.wait()
                yield
            finally:
                self._open.set()


class Marks:
    """The updates that this run has marked as in hand in the database.

    Args:
        database: to write to.
        epoch: of this run of the bot.
        most: how many are marked, unless more are at work.
    """

    def __init__(self, database: Database, epoch: int, most: int) -> None:
        self._database = database
        self._epoch = epoch
        self._most = most
        self._marked: set[int] = set()
        self._marking = asyncio.Lock()

    async def take(self, after: int, limit: int) -> list[Received]:
        """The oldest updates above `after` that wait, marked as far as there is room."""
        async with self._marking:
            room = max(0, self._most - len(self._marked))
            unit = partial(
                in_progress.take, after=after, limit=limit, epoch=self._epoch, room=room
            )
            # By the writer's door: one hand-over to a thread, where a reader takes several.
            rows = await self._database.write(unit)
            self._marked.update(in_progress.first_of(rows, room))
        return rows

    async def put(self, row: Received, coming: Iterable[Received]) -> None:
        """Have an update marked before it is worked on, and in the same commit what comes next."""
        async with self._marking:
            if row.id in self._marked:
                return
            room = max(1, self._most - len(self._marked))
            new = (each for each in chain([row], coming) if each.id not in self._marked)
            ids = in_progress.first_of(new, room)
            await self._database.write(partial(in_progress.mark, ids=ids, epoch=self._epoch))
            self._marked.update(ids)

    def drop(self, row_id: int) -> None:
        """An update is dealt with, and its mark with it."""
        self._marked.discard(row_id)

    async def alone(self, row: Received) -> bool:
        """Mark an update as the only one in hand; False where it was settled before."""
        unit = partial(in_progress.alone, row_id=row.id, epoch=self._epoch)
        return await self._database.write(unit)

    async def take_back(self, row: Received) -> None:
        """Take the mark of one update back, which was not tried after all."""
        await self._database.write(partial(in_progress.wait, row_id=row.id))
