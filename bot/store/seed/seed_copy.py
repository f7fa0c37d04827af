"""Fills an empty database with a whole company, in a copy beside it that replaces it at the end.

The copy is invisible before it is complete, so it is filled without a journal and without waiting
for the disk, and indexes are dropped and built again once all rows are there. Killed at any
instant, this leaves the database as it was. It is for SQLite and its plain driver: rows are tuples
in the order of the columns of their statement.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

from sqlalchemy import Connection
from sqlalchemy.engine import make_url

from bot.store.backup.backup import copy_into, flush
from bot.store.db.database import sqlite_engine
from bot.store.db.read_only import open_read_only

__all__ = [
    "SeedRow",
    "drop_indexes",
    "insert",
    "is_unused",
    "replacing",
    "run_all",
]

T = TypeVar("T")
SeedRow: TypeAlias = tuple[int | str | None, ...]

SIDE_SUFFIXES: Final = ("-wal", "-shm")
FILL_PRAGMAS: Final = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA secure_delete = OFF",
    "PRAGMA threads = 2",
    "PRAGMA cache_size = -262144",
)
FINAL_PRAGMAS: Final = (
    "PRAGMA analysis_limit = 1000",
    "ANALYZE",
    "PRAGMA locking_mode = NORMAL",
    "PRAGMA journal_mode = WAL",
)
CHECKPOINT: Final = "PRAGMA wal_checkpoint(TRUNCATE)"

# A closed month accepts no sales, so a database where a closing was begun is not empty either.
FILLED: Final = """
    SELECT EXISTS (SELECT 1 FROM members) OR EXISTS (SELECT 1 FROM sales)
      OR EXISTS (SELECT 1 FROM periods)
"""

# Indexes that SQLite made for PRIMARY KEY and UNIQUE have no SQL, and stay.
INDEXES: Final = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
DROP: Final = 'DROP INDEX "{}"'


def is_unused(file: Path) -> bool:
    """Returns whether the database has no members, no sales and no closing of a month."""
    with contextlib.closing(open_read_only(file)) as connection:
        return not connection.execute(FILLED).fetchone()[0]


@contextmanager
def replacing(
    database: Path, begin: Callable[[Connection], T]
) -> Iterator[tuple[sqlite3.Connection, T]]:
    """Provide a copy of the database to be filled, which replaces it when the context ends well.

    The caller holds the write lease. If anything fails, the database stays as it was.

    Args:
        database: a SQLite file with the schema of this version.
        begin: a unit of work that is run on the copy first.

    Yields:
        A connection to the copy, and the result of the unit of work.
    """
    fresh = database.with_name(f"{database.name}.seeding")
    _throw_away(fresh)
    try:
        copy_into(database, fresh)
        begun = _begin(fresh, begin)
        with contextlib.closing(sqlite3.connect(fresh, isolation_level=None)) as conn:
            run_all(conn, FILL_PRAGMAS)
            yield conn, begun
            run_all(conn, FINAL_PRAGMAS)
        flush(fresh)
        with contextlib.closing(sqlite3.connect(database)) as old:
            run_all(old, [CHECKPOINT])
        for more in SIDE_SUFFIXES:
            database.with_name(f"{database.name}{more}").unlink(missing_ok=True)
        fresh.replace(database)
        flush(database.parent)
    finally:
        _throw_away(fresh)


def insert(conn: sqlite3.Connection, statement: str, rows: Iterable[SeedRow]) -> None:
    """Write all rows in one transaction."""
    conn.execute("BEGIN")
    conn.executemany(statement, rows)
    conn.execute("COMMIT")


def run_all(conn: sqlite3.Connection, statements: Iterable[str]) -> None:
    """Execute statements that take no values, each to its end."""
    for statement in statements:
        conn.execute(statement).fetchall()


def drop_indexes(conn: sqlite3.Connection) -> list[str]:
    """Drop the indexes that can be built again; returns the statements that do so."""
    found = conn.execute(INDEXES).fetchall()
    for name, _ in found:
        conn.execute(DROP.format(name))
    return [statement for _, statement in found]


def _begin(fresh: Path, work: Callable[[Connection], T]) -> T:
    engine = sqlite_engine(make_url(f"sqlite:///{fresh}"))
    try:
        with engine.begin() as conn:
            return work(conn)
    finally:
        engine.dispose()


def _throw_away(file: Path) -> None:
    for more in ("", "-journal", *SIDE_SUFFIXES):
        file.with_name(f"{file.name}{more}").unlink(missing_ok=True)
