"""Which updates may be in hand at the same time."""

import asyncio

from bot.runtime.worker_slots import WorkerSlots


async def test_an_exclusive_update_runs_alone_and_others_run_between_two_of_them() -> None:
    slots, order, inside = WorkerSlots(3), list[str](), set[str]()

    async def work(name: str) -> None:
        inside.add(name)
        if name.startswith("alone"):
            assert inside == {name}
        assert len(inside) <= 3
        await asyncio.sleep(0.01)
        order.append(name)
        inside.discard(name)

    async def ordinary(number: int) -> None:
        async with slots.shared():
            await work(f"ordinary {number}")

    async def alone(number: int) -> None:
        async with slots.exclusive():
            await work(f"alone {number}")

    first = [asyncio.create_task(ordinary(number)) for number in range(3)]
    await asyncio.sleep(0)
    loners = [asyncio.create_task(alone(number)) for number in range(2)]
    await asyncio.sleep(0)
    others = [asyncio.create_task(ordinary(number)) for number in range(3, 9)]
    await asyncio.gather(*first, *loners, *others)
    assert set(order[:3]) == {f"ordinary {number}" for number in range(3)}
    assert order[3] == "alone 0"
    assert set(order[4:7]) == {f"ordinary {number}" for number in range(3, 6)}
    assert order[7] == "alone 1"


async def test_a_cancelled_update_releases_its_slot() -> None:
    slots = WorkerSlots(1)

    async def alone() -> None:
        async with slots.exclusive():
            await asyncio.Event().wait()

    async with slots.shared():
        waiting = asyncio.create_task(alone())
        await asyncio.sleep(0.01)
        waiting.cancel()
        await asyncio.wait([waiting])
    async with asyncio.timeout(1), slots.shared():
        pass
    inside = asyncio.create_task(alone())
    await asyncio.sleep(0.01)
    inside.cancel()
    await asyncio.wait([inside])
    async with asyncio.timeout(1), slots.shared():
        pass
