"""The two doors to the books: `write` runs a unit of work alone, `read` looks at a snapshot.

A unit of work is a plain function over a synchronous SQLAlchemy connection. It has no side effect
but its rows, for it may be run again, and it cannot wait for the network, for it is not async.

On SQLite one thread owns the only read-write connection. It takes all units that wait and runs
them in one transaction, each inside its own savepoint, so that a disk flush serves many and a
unit that fails leaves no trace and hurts no neighbour. On PostgreSQL each unit is a transaction.
"""

import asyncio
import contextvars
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

__all__ = ["Database", "StoreBroken", "Work", "open_database", "sqlite_file"]

T = TypeVar("T")
Work = Callable[[Connection], T]

READERS_MAX = 4
UNITS_PER_COMMIT_MAX = 256
CONFLICT_TRIES_MAX = 5
CONFLICT_STATES = {"40001", "40P01"}
BROKEN_STATES = ("08", "25006", "53", "57P", "58")
"""No connection, read-only, out of disk or memory, shut down, a fault of its disk."""
BROKEN_CODES = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_READONLY,
}
PRIMARY_CODE = 0xFF

_inside = contextvars.ContextVar("inside a unit of work", default=False)


class StoreBroken(Exception):  # noqa: N818 - says what is the case
    """The books cannot be written at present; the unit is not at fault and left no trace."""


class Database:
    """The books of one company. Use `open_database`."""

    def __init__(self, writer: "_SqliteWriter | _PostgresWriter", reader: AsyncEngine) -> None:
        self._writer = writer
        self._reader = reader

    async def write(self, work: Work[T]) -> T:
        """Run a unit of work in a transaction of its own and return when it is on disk.

        Raises:
            StoreBroken: the disk is full, the server is away, or the like.
        """
        if _inside.get():
            raise RuntimeError("a unit of work cannot start another one: pass its connection on")
        return await self._writer.run(work)

    async def read(self, work: Work[T]) -> T:
        """Run a unit that only reads, on a snapshot of what is committed."""
        async with self._reader.connect() as connection:
            return await connection.run_sync(work)

    async def close(self) -> None:
        """Finish what was begun and let go of the file or the server."""
        # The last connection to a SQLite file tidies up behind it, so it must be the one that may.
        await self._reader.dispose()
        await self._writer.close()


def sqlite_file(url: str) -> Path | None:
    """The file behind a SQLite address; None for PostgreSQL."""
    parsed = make_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


def open_database(url: str) -> Database:
    """Open the books at `url`: `sqlite+aiosqlite:///file` or `postgresql+asyncpg://…`.

    The tables must stand already; see `bot.store.migrations`.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return Database(_SqliteWriter(parsed), _sqlite_reader(parsed))
    engine = create_async_engine(parsed, pool_size=READERS_MAX, max_overflow=2)
    reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Database(_PostgresWriter(engine), reader)


def sqlite_engine(url: URL) -> Engine:
    """A synchronous engine whose transactions are real ones, with the settings that keep money."""
    engine = create_engine(url.set(drivername="sqlite"), poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=10000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _sqlite_reader(url: URL) -> AsyncEngine:
    address = f"file:{url.database}?mode=ro&uri=true"
    engine = create_async_engine(
        f"sqlite+aiosqlite:///{address}", pool_size=READERS_MAX, max_overflow=0
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


class _SqliteWriter:
    """One thread, one read-write connection, many units to a commit."""

    def __init__(self, url: URL) -> None:
        self._engine = sqlite_engine(url)
        self._waiting: queue.SimpleQueue[tuple[Work[Any], Future[Any]] | None] = (
            queue.SimpleQueue()
        )
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="books", daemon=True)
        self._thread.start()

    async def run(self, work: Work[T]) -> T:
        if self._closed:
            raise RuntimeError("the books are closed")
        future: Future[T] = Future()
        self._waiting.put((work, future))
        return await asyncio.wrap_future(future)

    async def close(self) -> None:
        self._closed = True
        self._waiting.put(None)
        await asyncio.to_thread(self._thread.join)

    def _work(self) -> None:
        _inside.set(True)
        connection: Connection | None = None
        while (group := self._next_group()) is not None:
            try:
                connection = connection or self._engine.connect()
            except Exception as failure:  # noqa: BLE001 - handed to those who wait
                _give_up(group, failure)
            else:
                self._commit(connection, group)
        if connection is not None:
            connection.close()
        self._engine.dispose()

    def _next_group(self) -> list[tuple[Work[Any], Future[Any]]] | None:
        """All units that wait; None once the door is closed and nothing waits any more."""
        group: list[tuple[Work[Any], Future[Any]]] = []
        item = self._waiting.get()
        while True:
            if item is None:
                if not group:
                    return None
                self._waiting.put(None)
                return group
            if item[1].set_running_or_notify_cancel():
                group.append(item)
            if len(group) == UNITS_PER_COMMIT_MAX:
                return group
            try:
                item = self._waiting.get_nowait()
            except queue.Empty:
                return group

    def _commit(self, connection: Connection, group: list[tuple[Work[Any], Future[Any]]]) -> None:
        results: list[tuple[Future[Any], Any, BaseException | None]] = []
        try:
            with connection.begin():
                raw = cast("Any", connection.connection.driver_connection)
                for work, future in group:
                    raw.execute("SAVEPOINT unit")
                    result: Any = None
                    error: BaseException | None = None
                    try:
                        result = work(connection)
                    except Exception as failure:
                        if not raw.in_transaction:  # SQLite has rolled all of it back
                            raise
                        raw.execute("ROLLBACK TO unit")
                        error = _judged(failure)
                    raw.execute("RELEASE unit")
                    results.append((future, result, error))
        except Exception as failure:  # noqa: BLE001 - nothing of the group is on disk
            _give_up(group, failure)
            return
        for future, result, error in results:
            if error is None:
                future.set_result(result)
            else:
                future.set_exception(error)


class _PostgresWriter:
    """A transaction for each unit; a unit that lost a race is run again."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def run(self, work: Work[T]) -> T:
        for attempt in range(1, CONFLICT_TRIES_MAX + 1):
            try:
                async with self._engine.begin() as connection:
                    return await connection.run_sync(_marked(work))
            except DBAPIError as error:
                state = getattr(error.orig, "sqlstate", None)
                if state not in CONFLICT_STATES:
                    raise _judged(error) from error
                if attempt == CONFLICT_TRIES_MAX:
                    raise
            except OSError as error:
                raise StoreBroken(str(error)) from error
        raise AssertionError("unreachable")

    async def close(self) -> None:
        """The engine is shared with the reader, which closes it."""


def _give_up(group: list[tuple[Work[Any], Future[Any]]], failure: Exception) -> None:
    """Tell all who wait for this group that nothing of it is on disk, by no fault of theirs."""
    for _, future in group:
        broken = StoreBroken(str(failure))
        broken.__cause__ = failure
        future.set_exception(broken)


def _judged(failure: Exception) -> Exception:
    """The failure itself, or that the books are broken where it comes to that."""
    if not isinstance(failure, DBAPIError):
        return failure
    code = getattr(failure.orig, "sqlite_errorcode", 0) & PRIMARY_CODE
    state = getattr(failure.orig, "sqlstate", None) or ""
    lost = failure.connection_invalidated or code in BROKEN_CODES
    if not lost and not state.startswith(BROKEN_STATES):
        return failure
    broken = StoreBroken(str(failure.orig))
    broken.__cause__ = failure
    return broken


def _marked(work: Work[T]) -> Work[T]:
    def inside(connection: Connection) -> T:
        with _mark():
            return work(connection)

    return inside


@contextmanager
def _mark() -> Iterator[None]:
    token = _inside.set(True)
    try:
        yield
    finally:
        _inside.reset(token)
