"""Reads a database from outside, for tasks that run beside the bot and must not disturb it.

The connection cannot write, so it does no harm beside the bot's own.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.store.db.database import sqlite_file
from bot.store.db.fast_sqlite import sqlite_driver

__all__ = [
    "SqliteState",
    "checkpoint",
    "find_damage",
    "holds_members",
    "holds_tables",
    "look",
    "open_read_only",
    "read_only_engine",
    "revision",
    "sqlite_state",
]

T = TypeVar("T")

MIGRATION_TABLE: Final = "alembic_version"
"""Where Alembic stores the id of the last migration. Read here without Alembic, so that a child
process starts faster."""
MIGRATION = text("SELECT version_num FROM alembic_version")

CONNECT_SECONDS = 10
DAMAGES_MAX = 20
READ_ONLY = text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
QUICK_CHECK = text("PRAGMA quick_check")
FOREIGN_KEYS = text("PRAGMA foreign_key_check")
JOURNAL = text("PRAGMA journal_mode")
CHECKPOINT = text("PRAGMA wal_checkpoint(TRUNCATE)")
TABLES = text("SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table'")
TABLES_POSTGRESQL = text("SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema()")
FIRST_MEMBER = text("SELECT min(id) FROM members")
STRICT = text("""
    SELECT name FROM pragma_table_list
    WHERE schema = 'main' AND type = 'table' AND strict = 0
      AND name NOT LIKE 'sqlite~_%' ESCAPE '~' AND name <> 'alembic_version'
""")


@dataclass(frozen=True, slots=True)
class SqliteState:
    """The version of SQLite and the state of a file.

    Attributes:
        version: of the SQLite library.
        journal: the journal mode of the file.
        loose: tables that are not STRICT, so that they accept a text in a column of numbers.
    """

    version: tuple[int, int, int]
    journal: str
    loose: tuple[str, ...]


async def look(url: str, work: Callable[[Connection], T]) -> T:
    """Run a unit that only reads on a snapshot of the database at `url`.

    Raises:
        FileNotFoundError: there is no such file.
    """
    file = sqlite_file(url)
    if file is None:
        return await _look_on_server(url, work)
    if not file.exists():
        raise FileNotFoundError(file)
    engine = read_only_engine(file)
    try:
        with engine.begin() as conn:
            return work(conn)
    finally:
        engine.dispose()


def read_only_engine(file: Path, *, options: str = "") -> Engine:
    """Returns an engine on a file whose transactions are snapshots and cannot write."""
    engine = create_engine(
        "sqlite://",
        creator=partial(open_read_only, file, options=options),
        poolclass=NullPool,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def open_read_only(file: Path, *, options: str = "") -> sqlite3.Connection:
    """Returns the bare driver connection below such an engine."""
    address = f"{file.absolute().as_uri()}?mode=ro{options}"
    return sqlite3.connect(address, uri=True, timeout=CONNECT_SECONDS, isolation_level=None)


async def _look_on_server(url: str, work: Callable[[Connection], T]) -> T:
    engine = create_async_engine(
        make_url(url), connect_args={"timeout": CONNECT_SECONDS}, hide_parameters=True
    )

    def reading(conn: Connection) -> T:
        conn.execute(READ_ONLY)
        return work(conn)

    try:
        async with engine.connect() as connection:
            return await connection.run_sync(reading)
    finally:
        await engine.dispose()


def revision(conn: Connection) -> str | None:
    """Returns the id of the last migration of the database; None while it is empty."""
    if not inspect(conn).has_table(MIGRATION_TABLE):
        return None
    migration: str | None = conn.execute(MIGRATION).scalar()
    return migration


def holds_tables(conn: Connection) -> bool:
    """Returns whether the database has any table yet, the bot's or another."""
    wanted = TABLES if conn.dialect.name == "sqlite" else TABLES_POSTGRESQL
    return bool(conn.execute(wanted).scalar_one())


def holds_members(conn: Connection) -> bool:
    """Returns whether the database has any member; False while it is not set up."""
    return revision(conn) is not None and conn.execute(FIRST_MEMBER).scalar() is not None


def find_damage(conn: Connection) -> list[str]:
    """Returns what is damaged in a SQLite file, a sentence each; empty for a sound file."""
    said = conn.execute(QUICK_CHECK).scalars().all()
    found = [f"the file is damaged: {line}" for line in said if line != "ok"]
    found += [
        f"a row of {row.table} points to a row of {row.parent} that is not there"
        for row in conn.execute(FOREIGN_KEYS)
    ]
    return found[:DAMAGES_MAX]


def checkpoint(conn: Connection) -> None:
    """Have SQLite move its log into the file; needs a connection that may write."""
    sqlite_driver(conn).execute(str(CHECKPOINT))


def sqlite_state(conn: Connection) -> SqliteState:
    """Returns the version of SQLite and the state of the file."""
    journal: str = conn.execute(JOURNAL).scalar_one()
    loose = tuple(row.name for row in conn.execute(STRICT))
    return SqliteState(sqlite3.sqlite_version_info, journal, loose)
