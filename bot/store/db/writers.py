"""Runs units of work that write: on one thread for SQLite, a transaction each on PostgreSQL."""

import asyncio
import contextlib
import contextvars
import itertools
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from sqlite3 import Connection as SqliteDriver
from typing import Any, NamedTuple, TypeAlias, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import NullPool

from bot.store.db.failures import StoreUnavailableError, classified, unavailable
from bot.store.db.fast_sqlite import FastConnection, sqlite_driver

__all__ = [
    "UNIT_SECONDS_MAX",
    "Observer",
    "PostgresWriter",
    "SqliteWriter",
    "StoreUnavailableError",
    "UnitOfWork",
    "inside",
    "sqlite_engine",
]

T = TypeVar("T")
UnitOfWork = Callable[[Connection], T]
Waiter: TypeAlias = asyncio.Future[Any]  # one queue holds units of every result type; see `run`
WriteOutcome: TypeAlias = tuple[Waiter, object, BaseException | None]
Observer = Callable[[float, int, bool], None]
"""Called for each transaction, on any thread: seconds, units in it, whether it was committed."""

FIRST, LATER, LAST = range(3)
UNITS_PER_COMMIT_MAX = 16
UNIT_SECONDS_MAX = 60.0
"""How long a unit may occupy the writing thread, unless it asks for less or more."""
CONFLICT_TRIES_MAX = 5
CONFLICT_STATES = {"40001", "40P01", "23505"}
"""A serialization failure, a deadlock, and a unique value that another unit took first; run again,
the unit sees that value."""

inside = contextvars.ContextVar("inside a unit of work", default=False)


class QueuedUnit(NamedTuple):
    """A unit in the queue, which is sorted by rank and number; the last one has no work."""

    rank: int
    number: int
    work: UnitOfWork[object] | None = None
    future: Waiter | None = None
    seconds_max: float = UNIT_SECONDS_MAX


def sqlite_engine(url: URL) -> Engine:
    """Returns a synchronous engine with real transactions that are on disk once committed."""
    engine = create_engine(url.set(drivername="sqlite"), poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _prepare(connection: SqliteDriver, _record: object) -> None:
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
    """One thread, one read-write connection, many units to a commit.

    Attributes:
        deadline: when the running unit must have ended, by `time.monotonic`; None while no unit
            runs, so the disk's part in a commit has none.
    """

    def __init__(self, url: URL, observe: Observer) -> None:
        self._engine = sqlite_engine(url)
        self._observe = observe
        self._waiting: queue.PriorityQueue[QueuedUnit] = queue.PriorityQueue()
        self._count = itertools.count()
        self._closed = False
        self.deadline: float | None = None
        self._thread = threading.Thread(target=self._work, name="database writer", daemon=True)
        self._thread.start()

    async def run(
        self, work: UnitOfWork[T], *, first: bool = False, seconds_max: float = UNIT_SECONDS_MAX
    ) -> T:
        """Run a unit in the next commit; if `first`, before all others and as its last unit."""
        if self._closed:
            raise RuntimeError("the database is closed")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        rank, number = FIRST if first else LATER, next(self._count)
        self._waiting.put(QueuedUnit(rank, number, work, future, seconds_max))
        return await future

    async def close(self) -> None:
        """Finish the waiting units, and end the thread."""
        self._closed = True
        self._waiting.put(QueuedUnit(LAST, next(self._count)))
        await asyncio.to_thread(self._thread.join)

    def _work(self) -> None:
        inside.set(True)
        connection: Connection | None = None
        while (unit := self._waiting.get()).future is not None:
            if unit.future.cancelled():
                continue
            try:
                connection = connection or FastConnection(self._engine)
            except Exception as failure:  # noqa: BLE001 - goes to the waiting caller
                self._observe(0.0, 1, False)
                _give_up([unit], failure)
            else:
                began = time.perf_counter()
                units, kept = self._commit(connection, unit)
                self._observe(time.perf_counter() - began, units, kept)
        if connection is not None:
            connection.close()
        self._engine.dispose()

    def _commit(self, connection: Connection, unit: QueuedUnit) -> tuple[int, bool]:
        """Run waiting units in one transaction; returns their number, and if it was committed."""
        outcomes: list[WriteOutcome] = []
        group: list[QueuedUnit] = []
        following: QueuedUnit | None = unit
        try:
            with connection.begin():
                raw = sqlite_driver(connection)
                while following is not None:
                    unit = following
                    group.append(unit)
                    self.deadline = time.monotonic() + unit.seconds_max
                    outcomes.append(_run(connection, raw, unit))
                    self.deadline = None
                    following = self._following(unit, len(group))
        except Exception as failure:  # noqa: BLE001 - nothing of the group is on disk
            self.deadline = None
            _give_up(group, failure)
            return len(group), False
        _report(outcomes)
        return len(group), True

    def _following(self, unit: QueuedUnit, taken: int) -> QueuedUnit | None:
        """Returns the next unit of the same commit; None where the commit ends here."""
        if unit.rank == FIRST or taken == UNITS_PER_COMMIT_MAX:
            return None
        with contextlib.suppress(queue.Empty):
            while (following := self._waiting.get_nowait()).future is not None:
                if not following.future.cancelled():
                    return following
            self._waiting.put(following)
        return None


class PostgresWriter:
    """A transaction for each unit; a unit that lost a race is run again.

    Attributes:
        deadline: always None; there is no writing thread that a unit could occupy.
    """

    deadline: float | None = None

    def __init__(self, engine: AsyncEngine, observe: Observer) -> None:
        self._engine = engine
        self._observe = observe

    async def run(
        self, work: UnitOfWork[T], *, first: bool = False, seconds_max: float = UNIT_SECONDS_MAX
    ) -> T:
        """Run a unit in its own transaction, which waits for no other."""
        del first, seconds_max
        began = time.perf_counter()
        try:
            result = await self._tried(work)
        except StoreUnavailableError:
            self._observe(time.perf_counter() - began, 1, False)
            raise
        self._observe(time.perf_counter() - began, 1, True)
        return result

    async def _tried(self, work: UnitOfWork[T]) -> T:
        for attempt in range(1, CONFLICT_TRIES_MAX + 1):
            try:
                async with self._engine.begin() as connection:
                    return await connection.run_sync(_marked(work))
            except DBAPIError as error:
                state = getattr(error.orig, "sqlstate", None)
                if state not in CONFLICT_STATES:
                    raise classified(error)  # noqa: B904 - it names its own cause
                if attempt == CONFLICT_TRIES_MAX:
                    raise
            except (NoneFree, OSError) as error:
                raise unavailable(error) from error
        raise AssertionError("unreachable")

    async def close(self) -> None:
        """The engine is shared with the reader, which closes it."""


def _run(connection: Connection, raw: SqliteDriver, unit: QueuedUnit) -> WriteOutcome:
    """Run a unit inside its own savepoint."""
    assert unit.work is not None
    assert unit.future is not None
    result: object = None
    error: BaseException | None = None
    raw.execute("SAVEPOINT unit")
    try:
        result = unit.work(connection)
    except Exception as failure:
        if not raw.in_transaction:  # SQLite has rolled the whole transaction back
            raise
        raw.execute("ROLLBACK TO unit")
        error = classified(failure)
    raw.execute("RELEASE unit")
    return unit.future, result, error


def _give_up(group: list[QueuedUnit], failure: Exception) -> None:
    """Fail all units of a group: nothing of it is on disk, and none of them is at fault."""
    outcomes: list[WriteOutcome] = []
    for unit in group:
        assert unit.future is not None
        outcomes.append((unit.future, None, unavailable(failure)))
    _report(outcomes)


def _report(outcomes: list[WriteOutcome]) -> None:
    """Wake each waiting loop once for all outcomes: that costs more than a small unit."""
    loops = {future.get_loop() for future, _, _ in outcomes}
    for loop in loops:
        its_own = [outcome for outcome in outcomes if outcome[0].get_loop() is loop]
        with contextlib.suppress(RuntimeError):  # the loop is closed, so no caller waits
            loop.call_soon_threadsafe(_settle, its_own)


def _settle(outcomes: list[WriteOutcome]) -> None:
    for future, result, error in outcomes:
        if future.done():  # its caller was cancelled
            continue
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)


def _marked(work: UnitOfWork[T]) -> UnitOfWork[T]:
    def marked(connection: Connection) -> T:
        with _mark():
            return work(connection)

    return marked


@contextmanager
def _mark() -> Iterator[None]:
    token = inside.set(True)
    try:
        yield
    finally:
        inside.reset(token)
