"""Wakes all waiting tasks at once."""

import asyncio


class Bell:
    """Like a condition variable of asyncio, but without a lock."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    @property
    def waiting(self) -> int:
        """The number of tasks that wait now."""
        return len(self._waiting)

    def ring(self) -> None:
        """Wake all tasks that wait now."""
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            _wake(future)

    async def wait(self, seconds: float) -> None:
        """Wait for the next ring, at most this many seconds."""
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        self._waiting.add(future)
        timer = loop.call_later(max(seconds, 0), _wake, future)
        try:
            await future
        finally:
            timer.cancel()
            self._waiting.discard(future)


def _wake(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
