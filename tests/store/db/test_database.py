"""A unit of work is atomic and isolated, and readers see only committed data."""

import asyncio
import gc
import threading
from collections.abc import Callable

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.util import await_only

from bot.store.db import counters
from bot.store.db.database import Database, UnitOfWork, open_database
from bot.store.db.writers import CONFLICT_TRIES_MAX, UNITS_PER_COMMIT_MAX, SqliteWriter

PUT = text("INSERT INTO marks (name, value) VALUES (:name, :value)")
NAMES = text("SELECT name FROM marks ORDER BY name")
RAISE = text("UPDATE marks SET value = value + 1 WHERE name = :name")


only_on_postgresql = pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


class Broken(Exception):  # noqa: N818
    """Something of ours that failed inside a unit."""


def _put(*names: str, then: type[Exception] | None = None) -> UnitOfWork[int]:
    def unit(conn: Connection) -> int:
        for name in names:
            conn.execute(PUT, {"name": name, "value": 1})
        if then is not None:
            raise then
        return len(names)

    return unit


def _names(conn: Connection) -> list[str]:
    return list(conn.execute(NAMES).scalars())


async def test_a_unit_returns_what_it_found(database: Database) -> None:
    assert await database.write(_put("a", "b")) == 2
    assert await database.read(_names) == ["a", "b"]


async def test_a_unit_that_fails_leaves_nothing_and_hurts_no_neighbour(database: Database) -> None:
    units = [
        _put(f"{number}x", f"{number}y", then=Broken if number % 3 == 0 else None)
        for number in range(60)
    ]
    outcomes = await asyncio.gather(*map(database.write, units), return_exceptions=True)
    assert [type(each) for each in outcomes] == [
        Broken if number % 3 == 0 else int for number in range(60)
    ]
    kept = sorted(f"{number}{half}" for number in range(60) if number % 3 for half in "xy")
    assert sorted(await database.read(_names)) == kept


async def test_a_unit_that_breaks_a_rule_of_the_tables_hurts_no_neighbour(
    database: Database,
) -> None:
    units = [_put("a"), _put("b", "a"), _put("c")]
    first, second, third = await asyncio.gather(
        *map(database.write, units), return_exceptions=True
    )
    assert {type(first), type(second), type(third)} == {int, IntegrityError}
    names = await database.read(_names)
    assert "c" in names
    assert names in (["a", "c"], ["a", "b", "c"])


async def test_cancelled_callers_leave_no_half_transaction(database: Database) -> None:
    tasks = [
        asyncio.create_task(database.write(_put(f"{number}x", f"{number}y")))
        for number in range(200)
    ]
    for place, task in enumerate(tasks):
        if place % 7 == 0:
            await asyncio.sleep(0)
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert await database.write(_put("after")) == 1
    names = await database.read(_names)
    halves = {name[:-1] for name in names if name != "after"}
    assert sorted(names) == sorted([*(half + end for half in halves for end in "xy"), "after"])


async def test_a_unit_cannot_start_another_one(database: Database) -> None:
    def unit(_conn: Connection) -> None:
        inner = database.write(_put("inner"))
        try:
            inner.send(None)
        finally:
            inner.close()

    async with asyncio.timeout(5):
        with pytest.raises(RuntimeError, match="pass its connection on"):
            await database.write(unit)
    assert await database.read(_names) == []
    assert await database.write(_put("after")) == 1


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        await database.read(_put("a"))
    assert await database.read(_names) == []


async def test_a_reader_sees_one_moment_whatever_is_written_meanwhile(database: Database) -> None:
    await database.write(_put("before"))
    loop = asyncio.get_running_loop()
    looked, written = asyncio.Event(), asyncio.Event()

    def unit(conn: Connection) -> tuple[list[str], list[str]]:
        first = _names(conn)
        _wait_inside(conn, loop, looked, written)
        return first, _names(conn)

    reading = asyncio.create_task(database.read(unit))
    await looked.wait()
    await database.write(_put("meanwhile"))
    written.set()
    assert await reading == (["before"], ["before"])
    assert await database.read(_names) == ["before", "meanwhile"]


def _wait_inside(
    conn: Connection,
    loop: asyncio.AbstractEventLoop,
    looked: asyncio.Event,
    written: asyncio.Event,
) -> None:
    """Stop in the middle of a unit that runs in the loop's own thread."""
    loop.call_soon(looked.set)
    assert not conn.closed
    await_only(written.wait())


@only_on_postgresql
async def test_two_units_that_block_each_other_both_finish(database: Database) -> None:
    await database.write(_put("a", "b"))
    tries: list[str] = []
    meet = asyncio.Barrier(2)

    def unit(first: str, second: str) -> Callable[[Connection], None]:
        def work(conn: Connection) -> None:
            tries.append(first)
            conn.execute(RAISE, {"name": first})
            if tries.count(first) == 1:
                await_only(meet.wait())
            conn.execute(RAISE, {"name": second})

        return work

    async with asyncio.timeout(20):
        await asyncio.gather(database.write(unit("a", "b")), database.write(unit("b", "a")))
    assert len(tries) >= 3, "one of the two lost the race, and was run again"
    assert await database.read(lambda conn: [counters.read(conn, each) for each in "ab"]) == [3, 3]


@only_on_postgresql
async def test_a_unit_that_always_loses_is_abandoned(database: Database) -> None:
    tries = 0

    def lost(conn: Connection) -> None:
        nonlocal tries
        tries += 1
        conn.execute(PUT, {"name": f"try {tries}", "value": 1})
        conn.exec_driver_sql(
            "DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = 'serialization_failure'; END $$"
        )

    with pytest.raises(DBAPIError, match="lost"):
        await database.write(lost)
    assert tries == CONFLICT_TRIES_MAX
    assert await database.read(_names) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_units_that_wait_for_another_share_one_commit(database: Database) -> None:
    commits: list[object] = []
    assert isinstance(database._writer, SqliteWriter)
    event.listen(database._writer._engine, "commit", commits.append)
    begun, released = threading.Event(), threading.Event()

    def slow(conn: Connection) -> None:
        conn.execute(PUT, {"name": "slow", "value": 1})
        begun.set()
        assert released.wait(5)

    first = asyncio.create_task(database.write(slow))
    assert await asyncio.to_thread(begun.wait, 5)
    rest = [asyncio.create_task(database.write(_put(f"{number}"))) for number in range(20)]
    await asyncio.sleep(0)
    assert await database.read(_names) == []
    released.set()
    await asyncio.gather(first, *rest)
    assert len(commits) == -(-21 // UNITS_PER_COMMIT_MAX)
    assert len(await database.read(_names)) == 21


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_priority_unit_runs_before_all_waiting_ones_and_answers_at_once(
    database: Database,
) -> None:
    begun, released = threading.Event(), threading.Event()
    ran: list[str] = []

    def slow(_conn: Connection) -> None:
        begun.set()
        assert released.wait(5)

    def noted(name: str) -> UnitOfWork[None]:
        return lambda _conn: ran.append(name)

    before = asyncio.create_task(database.write(slow))
    assert await asyncio.to_thread(begun.wait, 5)
    rest = [asyncio.create_task(database.write(noted(f"{number}"))) for number in range(5)]
    urgent = asyncio.create_task(database.write(noted("urgent"), first=True))
    await asyncio.sleep(0)
    released.set()
    await urgent
    assert ran[0] == "urgent"
    assert before.done(), "units of the same commit finish together"
    await asyncio.gather(*rest)
    assert ran == ["urgent", "0", "1", "2", "3", "4"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_unit_whose_caller_has_given_up_is_not_run(database: Database) -> None:
    begun, released = threading.Event(), threading.Event()

    def slow(_conn: Connection) -> None:
        begun.set()
        assert released.wait(5)

    before = asyncio.create_task(database.write(slow))
    assert await asyncio.to_thread(begun.wait, 5)
    gone = asyncio.create_task(database.write(_put("gone")))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.sleep(0)
    released.set()
    await before
    await database.write(_put("kept"))
    assert await database.read(_names) == ["kept"]


async def test_a_read_that_is_cut_off_leaves_no_connection_behind(database_url: str) -> None:
    """Wherever the caller is cancelled: while connecting, beginning, looking or giving back."""
    before = set(threading.enumerate())
    for hops in range(60):
        await _cut_off(database_url, hops)
    gc.collect()
    assert [each.name for each in threading.enumerate() if _keeps_a_file(each, before)] == []


async def _cut_off(database_url: str, hops: int) -> None:
    database = open_database(database_url)
    reads = [asyncio.create_task(database.read(_names)) for _ in range(3)]
    for _ in range(hops):
        await asyncio.sleep(0.0001)
    for read in reads:
        read.cancel()
    await asyncio.gather(*reads, return_exceptions=True)
    await database.close()


def _keeps_a_file(thread: threading.Thread, before: set[threading.Thread]) -> bool:
    """Whether a thread was started here and is not one of the loop's idle hands."""
    return thread not in before and not thread.name.startswith("asyncio_")
