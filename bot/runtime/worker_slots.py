"""Room for many updates at once, or for one that wants to be alone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

__all__ = ["Places"]


class Places:
    """So many at once, but for the moments in which one is alone.

    Whoever waited at the door while one was alone goes before the next one may be.
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
