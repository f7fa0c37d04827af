"""Upgrades the schema to the one this version of the bot needs, all or nothing.

All migrations run inside one real transaction: Alembic's own handling of SQLite commits halfway,
so the engine issues BEGIN IMMEDIATE here.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from bot.core.errors import StoreError
from bot.store.db.database import sqlite_engine
from bot.store.db.schema import metadata

__all__ = ["NewerSchemaError", "current", "head", "is_known", "migrate"]

T = TypeVar("T")

FOLDER = Path(__file__).parents[3] / "migrations"


class NewerSchemaError(StoreError):
    """The database was written by a newer version of the bot."""


def head() -> str:
    """Returns the id of the newest migration."""
    found = _scripts().get_current_head()
    assert found is not None, "there is a first migration"
    return found


def is_known(migration: str) -> bool:
    """Returns whether this version of the bot has the migration with this id."""
    return any(known.revision == migration for known in _scripts().walk_revisions())


async def current(url: str) -> str | None:
    """Returns the id of the last migration of the database at `url`; None while it is empty."""
    return await _with_connection(url, _revision)


async def migrate(url: str) -> bool:
    """Run the missing migrations; returns False if there were none.

    Raises:
        NewerSchemaError: the database has a migration that this version does not have.
    """
    return await _with_connection(url, _upgrade)


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return ScriptDirectory.from_config(config)


def _revision(conn: Connection) -> str | None:
    revision: str | None = MigrationContext.configure(conn).get_current_revision()
    return revision


def _upgrade(conn: Connection) -> bool:
    scripts = _scripts()
    revision = _revision(conn)
    if revision == scripts.get_current_head():
        return False
    if revision is not None and revision not in {
        step.revision for step in scripts.walk_revisions()
    }:
        raise NewerSchemaError(revision)
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with EnvironmentContext(
        config,
        scripts,
        fn=lambda rev, _: scripts._upgrade_revs("head", rev),  # noqa: SLF001
    ) as environment:
        environment.configure(connection=conn, target_metadata=metadata, transactional_ddl=True)
        environment.run_migrations()
    return True


async def _with_connection(url: str, work: Callable[[Connection], T]) -> T:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        Path(parsed.database or "").parent.mkdir(parents=True, exist_ok=True)
        engine = sqlite_engine(parsed)
        try:
            with engine.begin() as conn:
                return work(conn)
        finally:
            engine.dispose()
    server = create_async_engine(parsed)
    try:
        async with server.begin() as conn:
            return await conn.run_sync(work)
    finally:
        await server.dispose()
