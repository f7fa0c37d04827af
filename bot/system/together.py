"""Several coroutines at once, none of which is left behind."""

import asyncio
from collections.abc import Coroutine
from typing import TypeVar

__all__ = ["together"]

T = TypeVar("T")


async def together(*work: Coroutine[None, None, T]) -> list[T]:
    """Returns the results, in order; whatever happens, all of it has ended then.

    If one fails, or the caller is cancelled, the others are cancelled and waited for. `gather`
    ends with the first that is cancelled, while others still write what they leave behind.
    """
    tasks = [asyncio.ensure_future(each) for each in work]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        for task in done:
            task.result()
        return [task.result() for task in tasks]
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
