"""Fills empty books with a whole company, in a copy beside them that takes their place at the end.

Nobody sees the copy before it is whole, so it is filled without a journal and without waiting for
the disk, and the indexes that can be dropped are built once all rows are there. Killed at any
instant, this leaves the books as they were. For SQLite, and for the plain driver: rows come as
tuples, in the order of the columns of their statement.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import Connection
from sqlalchemy.engine import make_url

from bot.store.backup.backup import copy_into, flush
from bot.store.db.database import sqlite_engine
from bot.store.db.read_only import open_read_only

__all__ = [
    "are_empty",
    "drop_indexes",
    "insert",
    "replacing",
    "run_all",
]

T = TypeVar("T")
Row = tuple[Any, ...]

MORE: Final = ("-wal", "-shm")
HASTE: Final = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA secure_delete = OFF",
    "PRAGMA threads = 2",
    "PRAGMA cache_size = -262144",
)
CARE: Final = (
    "PRAGMA analysis_limit = 1000",
    "ANALYZE",
    "PRAGMA locking_mode = NORMAL",
    "PRAGMA journal_mode = WAL",
)
FOLD: Final = "PRAGMA wal_checkpoint(TRUNCATE)"

# Months that are closed take no sales in, so books with any month begun are not empty either.
FILLED: Final = """
    SELECT EXISTS (SELECT 1 FROM members) OR EXISTS (SELECT 1 FROM sales)
      OR EXISTS (SELECT 1 FROM periods)
"""

# Those that SQLite made for PRIMARY KEY and UNIQUE have no text, and stay.
INDEXES: Final = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
DROP: Final = 'DROP INDEX "{}"'


def are_empty(file: Path) -> bool:
    """Whether books hold neither members nor anything that members do."""
    with contextlib.closing(open_read_only(file)) as connection:
        return not connection.execute(FILLED).fetchone()[0]


@contextmanager
def replacing(
    books: Path, begin: Callable[[Connection], T]
) -> Iterator[tuple[sqlite3.Connection, T]]:
    """A copy of the books to be filled, which takes their place when the context ends well.

    To be used under the lease. Whatever goes wrong, the books are as they were.

    Args:
        books: SQLite books that stand as this version needs them.
        begin: a unit of work that comes first, as on any books.

    Yields:
        A connection to the copy, and what the unit of work gave.
    """
    fresh = books.with_name(f"{books.name}.seeding")
    _throw_away(fresh)
    try:
        copy_into(books, fresh)
        begun = _begin(fresh, begin)
        with contextlib.closing(sqlite3.connect(fresh, isolation_level=None)) as conn:
            run_all(conn, HASTE)
            yield conn, begun
            run_all(conn, CARE)
        flush(fresh)
        with contextlib.closing(sqlite3.connect(books)) as old:
            run_all(old, [FOLD])
        for more in MORE:
            books.with_name(f"{books.name}{more}").unlink(missing_ok=True)
        fresh.replace(books)
        flush(books.parent)
    finally:
        _throw_away(fresh)


def insert(conn: sqlite3.Connection, statement: str, rows: Iterable[Row]) -> None:
    """Write rows, all in one transaction."""
    conn.execute("BEGIN")
    conn.executemany(statement, rows)
    conn.execute("COMMIT")


def run_all(conn: sqlite3.Connection, statements: Iterable[str]) -> None:
    """Execute statements that take no values, to their end."""
    for statement in statements:
        conn.execute(statement).fetchall()


def drop_indexes(conn: sqlite3.Connection) -> list[str]:
    """Drop what can be built again, and give the statements that do so."""
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
    for more in ("", "-journal", *MORE):
        file.with_name(f"{file.name}{more}").unlink(missing_ok=True)
