"""Databases with their tables in any state, on both engines."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, make_url
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.db.database import sqlite_engine
from bot.store.db.migrations import FOLDER
from bot.store.db.schema import metadata
from tests import postgres
from tests.blank import ENGINES

__all__ = ["at", "downgrade", "empty_url"]

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


def downgrade(conn: Connection, to: str = "base") -> None:
    """Take back the steps of the schema after this one."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    scripts = ScriptDirectory.from_config(config)
    with EnvironmentContext(
        config, scripts, fn=lambda revision, _: scripts._downgrade_revs(to, revision)
    ) as environment:
        environment.configure(connection=conn, target_metadata=metadata)
        environment.run_migrations()
