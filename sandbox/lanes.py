"""The calls of one chat stand in a queue, and each may be held before it is served."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from typing import TypeVar

HOLD_S_MIN = 1.0
HOLD_S_MAX = 8.0
UNSENT_MAX = 310

T = TypeVar("T")


class Lanes:
    """One queue a chat; what waits in it is done even when nobody listens for the answer."""

    def __init__(self) -> None:
        self._locks: dict[int, asyncio.Lock] = {}
        self._waiting: Counter[int] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()

    def busy(self, chat_id: int) -> bool:
        """Whether a call of this chat is in hand."""
        return self._waiting[chat_id] > 0

    def full(self, chat_id: int) -> bool:
        """Whether more calls wait in this chat than the server takes."""
        return self._waiting[chat_id] > UNSENT_MAX

    async def in_turn(self, chat_id: int, work: Coroutine[None, None, T]) -> T:
        """Returns what the work returns, once all earlier work of the chat is done.

        Who asked may go away meanwhile: the server has taken the call and goes through with it.
        """
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(self._do(chat_id, work, done))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await done

    async def close(self) -> None:
        """Drop what still waits."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _do(
        self, chat_id: int, work: Coroutine[None, None, T], done: asyncio.Future[T]
    ) -> None:
        self._waiting[chat_id] += 1
        try:
            async with self._locks.setdefault(chat_id, asyncio.Lock()):
                result = await work
                if not done.cancelled():
                    done.set_result(result)
        except asyncio.CancelledError:
            work.close()
            done.cancel()
            raise
        except Exception as error:  # noqa: BLE001  it belongs to who asked
            if not done.cancelled():
                done.set_exception(error)
        finally:
            self._waiting[chat_id] -= 1
