"""Databases with their tables in any state, on both engines."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Connection, make_url
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.db.database import sqlite_engine
from tests import postgres
from tests.blank import ENGINES

__all__ = ["at", "empty_url"]

T = TypeVar("T")


@pytest.fixture(params=ENGINES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a single table."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'books.db'}"
        return
    server = postgres.shared()
    if server is None:
        pytest.skip(postgres.MISSING)
    with server.fresh(empty=True) as url:
        yield url


async def at(url: str, work: Callable[[Connection], T]) -> T:
    """Do something in a transaction, with the tables in any state."""
    if make_url(url).get_backend_name() == "sqlite":
        with sqlite_engine(make_url(url)).begin() as conn:
            return work(conn)
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()
