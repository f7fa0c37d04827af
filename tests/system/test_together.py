"""Several coroutines at once: whatever happens to one, all have ended."""

import asyncio

import pytest

from bot.system.together import together


async def test_all_have_ended_whether_one_fails_or_the_caller_is_cancelled() -> None:
    ended: list[str] = []

    async def slow(name: str) -> str:
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.02)
            ended.append(name)
        return name

    async def broken() -> str:
        raise ValueError("it is broken")

    with pytest.raises(ValueError, match="it is broken"):
        await together(slow("a"), broken(), slow("b"))
    assert ended == ["a", "b"]
    waits = asyncio.create_task(together(slow("c"), slow("d")))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    waits.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waits
    assert ended == ["a", "b", "c", "d"]


async def test_the_results_are_in_the_order_of_the_coroutines() -> None:
    async def after(seconds: float) -> float:
        await asyncio.sleep(seconds)
        return seconds

    assert await together(after(0.02), after(0), after(0.01)) == [0.02, 0, 0.01]
