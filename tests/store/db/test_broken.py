"""Faults of the database are distinguished from faults of a unit."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.broadcasts import recipients
from bot.store.db.database import Database, StoreUnavailableError, open_database
from bot.store.db.failures import unavailable
from bot.store.db.writers import PostgresWriter

PUT = text("INSERT INTO marks (name, value) VALUES (:name, 1)")

only_on_postgresql = pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


def _look(conn: Connection) -> int:
    return int(conn.execute(text("SELECT count(*) FROM marks")).scalar_one())


def _put_twice(conn: Connection) -> None:
    for _ in range(2):
        conn.execute(PUT, {"name": "Rahasiawati"})


@only_on_postgresql
@pytest.mark.parametrize("change", [{"username": "nobody_such"}, {"database": "nowhere"}])
async def test_a_refused_login_and_a_missing_database_are_no_fault_of_the_unit(
    database_url: str, change: dict[str, Any]
) -> None:
    database = open_database(
        make_url(database_url).set(**change).render_as_string(hide_password=False)
    )
    try:
        for door in (database.write, database.read):
            with pytest.raises(StoreUnavailableError, match="does not exist"):
                await door(_look)
    finally:
        await database.close()


@only_on_postgresql
async def test_a_full_connection_pool_is_no_fault_of_the_unit(database_url: str) -> None:
    engine = create_async_engine(database_url, pool_size=1, max_overflow=0, pool_timeout=0.05)
    kept: list[bool] = []
    writer = PostgresWriter(engine, lambda _seconds, _units, well: kept.append(well))
    try:
        async with engine.connect():
            with pytest.raises(StoreUnavailableError, match="QueuePool"):
                await writer.run(_look)
        assert await writer.run(_look) == 0
    finally:
        await engine.dispose()
    assert kept == [False, True]


@only_on_postgresql
async def test_a_read_without_a_connection_is_no_fault_of_its_unit(database_url: str) -> None:
    engine = create_async_engine(database_url, pool_size=1, max_overflow=0, pool_timeout=0.05)
    database = Database("", PostgresWriter(engine, lambda *_: None), engine)
    async with engine.connect():
        with pytest.raises(StoreUnavailableError, match="QueuePool"):
            await database.read(_look)
    await database.close()


async def test_an_error_of_the_unit_is_not_listed_as_its_own_cause(database: Database) -> None:
    with pytest.raises(IntegrityError) as caught:
        await database.write(_put_twice)
    error: BaseException | None = caught.value
    seen: list[int] = []
    while error is not None:
        assert id(error) not in seen
        seen.append(id(error))
        error = error.__cause__
    assert len(seen) > 1, "the driver's error is its cause"


@pytest.mark.parametrize("failure", [ValueError("Rahasiawati"), KeyError("Rahasiawati")])
def test_a_broken_database_quotes_no_member(failure: Exception) -> None:
    broken = unavailable(failure)
    assert str(broken) == type(failure).__name__
    assert broken.__cause__ is failure
    assert str(unavailable(OSError("disk"))) == "disk"


@only_on_postgresql
async def test_a_message_that_has_left_meanwhile_is_not_cancelled(database_url: str) -> None:
    """The row is chosen while another transaction takes it, and checked again after its commit."""
    engine = create_async_engine(database_url)
    put = text("""
        INSERT INTO outbox (key, chat_id, kind, method, payload, state, created_at, broadcast_id)
        VALUES ('b', 5, 'broadcast', 'broadcast', '{}', 'new', 1, 1)
    """)
    begun = text("""
        INSERT INTO broadcasts (reference, author_id, body, audience, state, starts_at, created_at)
        VALUES ('b', 1, 'Halo', 'all', 'running', 0, 0)
    """)
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    try:
        async with engine.begin() as conn:
            await conn.execute(begun)
            await conn.execute(put)
        async with engine.connect() as taker, engine.connect() as stopper:
            await taker.execute(text("UPDATE outbox SET state = 'sending'"))
            stopping = asyncio.create_task(
                stopper.run_sync(recipients.expire, broadcast_id=1, limit=9)
            )
            async with asyncio.timeout(30):
                while not await _count(engine, waiting):
                    await asyncio.sleep(0.01)
            await taker.commit()
            assert await stopping == 0
            await stopper.commit()
        assert await _count(engine, text("SELECT count(*) FROM outbox WHERE state = 'sending'"))
    finally:
        await engine.dispose()


async def _count(engine: Any, question: Any) -> int:
    async with engine.connect() as conn:
        return int((await conn.execute(question)).scalar_one())
