"""The hands that write: one thread on SQLite, a transaction for each unit on PostgreSQL."""

import asyncio
import contextlib
import contextvars
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias, TypeVar, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import NullPool

from bot.store.quick import QuickConnection

__all__ = [
    "Observer",
    "PostgresWriter",
    "SqliteWriter",
    "StoreBroken",
    "Work",
    "inside",
    "sqlite_engine",
]

T = TypeVar("T")
Work = Callable[[Connection], T]
Waiting: TypeAlias = tuple[Work[Any], asyncio.Future[Any]]
Outcome: TypeAlias = tuple[asyncio.Future[Any], Any, BaseException | None]
Observer = Callable[[float, int, bool], None]
"""Told of each transaction, in whatever thread: seconds, units in it, whether it was kept."""

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

inside = contextvars.ContextVar("inside a unit of work", default=False)


class StoreBroken(Exception):  # noqa: N818 - says what is the case
    """The books cannot be written at present; the unit is not at fault and left no trace."""


def sqlite_engine(url: URL) -> Engine:
    """A synchronous engine whose transactions are real ones, with the settings that keep money."""
    engine = create_engine(url.set(drivername="sqlite"), poolclass=NullPool, hide_parameters=True)

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


class SqliteWriter:
    """One thread, one read-write connection, many units to a commit."""

    def __init__(self, url: URL, observe: Observer) -> None:
        self._engine = sqlite_engine(url)
        self._observe = observe
        self._waiting: queue.SimpleQueue[Waiting | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="books", daemon=True)
        self._thread.start()

    async def run(self, work: Work[T]) -> T:
        """Run a unit in the next commit."""
        if self._closed:
            raise RuntimeError("the books are closed")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.put((work, future))
        return await future

    async def close(self) -> None:
        """Finish what waits, and end the thread."""
        self._closed = True
        self._waiting.put(None)
        await asyncio.to_thread(self._thread.join)

    def _work(self) -> None:
        inside.set(True)
        connection: Connection | None = None
        while (group := self._next_group()) is not None:
            try:
                connection = connection or QuickConnection(self._engine)
            except Exception as failure:  # noqa: BLE001 - handed to those who wait
                self._observe(0.0, len(group), False)
                _give_up(group, failure)
            else:
                began = time.perf_counter()
                kept = self._commit(connection, group)
                self._observe(time.perf_counter() - began, len(group), kept)
        if connection is not None:
            connection.close()
        self._engine.dispose()

    def _next_group(self) -> list[Waiting] | None:
        """All units that wait; None once the door is closed and nothing waits any more."""
        group: list[Waiting] = []
        item = self._waiting.get()
        while True:
            if item is None:
                if not group:
                    return None
                self._waiting.put(None)
                return group
            if not item[1].cancelled():
                group.append(item)
            if len(group) == UNITS_PER_COMMIT_MAX:
                return group
            try:
                item = self._waiting.get_nowait()
            except queue.Empty:
                return group

    def _commit(self, connection: Connection, group: list[Waiting]) -> bool:
        """Run a group in one transaction; whether it was kept."""
        outcomes: list[Outcome] = []
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
                    outcomes.append((future, result, error))
        except Exception as failure:  # noqa: BLE001 - nothing of the group is on disk
            _give_up(group, failure)
            return False
        _tell(outcomes)
        return True


class PostgresWriter:
    """A transaction for each unit; a unit that lost a race is run again."""

    def __init__(self, engine: AsyncEngine, observe: Observer) -> None:
        self._engine = engine
        self._observe = observe

    async def run(self, work: Work[T]) -> T:
        """Run a unit in a transaction of its own."""
        began = time.perf_counter()
        try:
            result = await self._tried(work)
        except StoreBroken:
            self._observe(time.perf_counter() - began, 1, False)
            raise
        self._observe(time.perf_counter() - began, 1, True)
        return result

    async def _tried(self, work: Work[T]) -> T:
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


def _give_up(group: list[Waiting], failure: Exception) -> None:
    """Tell all who wait for this group that nothing of it is on disk, by no fault of theirs."""
    outcomes: list[Outcome] = []
    for _, future in group:
        broken = StoreBroken(str(failure))
        broken.__cause__ = failure
        outcomes.append((future, None, broken))
    _tell(outcomes)


def _tell(outcomes: list[Outcome]) -> None:
    """Tell those who wait, all at once: waking their loop costs more than a small unit."""
    loops = {future.get_loop() for future, _, _ in outcomes}
    for loop in loops:
        its_own = [outcome for outcome in outcomes if outcome[0].get_loop() is loop]
        with contextlib.suppress(RuntimeError):  # in a loop that is closed nobody waits
            loop.call_soon_threadsafe(_settle, its_own)


def _settle(outcomes: list[Outcome]) -> None:
    for future, result, error in outcomes:
        if future.done():  # whoever waited for it has gone
            continue
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)


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
    token = inside.set(True)
    try:
        yield
    finally:
        inside.reset(token)
