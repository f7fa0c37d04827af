"""The hands that write: one thread on SQLite, a transaction for each unit on PostgreSQL."""

import asyncio
import contextlib
import contextvars
import itertools
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeAlias, TypeVar, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import NullPool

from bot.store.db.errors import StoreBroken, judged, unkept
from bot.store.db.fast_sqlite import QuickConnection

__all__ = [
    "UNIT_SECONDS_MAX",
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
Outcome: TypeAlias = tuple[asyncio.Future[Any], Any, BaseException | None]
Observer = Callable[[float, int, bool], None]
"""Told of each transaction, in whatever thread: seconds, units in it, whether it was kept."""

FIRST, LATER, LAST = range(3)
UNITS_PER_COMMIT_MAX = 16
UNIT_SECONDS_MAX = 60.0
"""What a unit may take of the writing thread, unless it asks for less or more."""
CONFLICT_TRIES_MAX = 5
CONFLICT_STATES = {"40001", "40P01", "23505"}
"""Not in order, a deadlock, and a value that another unit took first, which is seen next time."""

inside = contextvars.ContextVar("inside a unit of work", default=False)


class QueuedUnit(NamedTuple):
    """A unit in the queue, which is in the order of rank and number; the last one has no work."""

    rank: int
    number: int
    work: Work[Any] | None = None
    future: asyncio.Future[Any] | None = None
    seconds_max: float = UNIT_SECONDS_MAX


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
    """One thread, one read-write connection, many units to a commit.

    Attributes:
        deadline: until when the unit that runs just now must have ended, by `time.monotonic`;
            the disk's part in a commit has none.
    """

    def __init__(self, url: URL, observe: Observer) -> None:
        self._engine = sqlite_engine(url)
        self._observe = observe
        self._waiting: queue.PriorityQueue[QueuedUnit] = queue.PriorityQueue()
        self._count = itertools.count()
        self._closed = False
        self.deadline: float | None = None
        self._thread = threading.Thread(target=self._work, name="books", daemon=True)
        self._thread.start()

    async def run(
        self, work: Work[T], *, first: bool = False, seconds_max: float = UNIT_SECONDS_MAX
    ) -> T:
        """Run a unit in the next commit; before all others, and as the last of it, if `first`."""
        if self._closed:
            raise RuntimeError("the books are closed")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        rank, number = FIRST if first else LATER, next(self._count)
        self._waiting.put(QueuedUnit(rank, number, work, future, seconds_max))
        return await future

    async def close(self) -> None:
        """Finish what waits, and end the thread."""
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
                connection = connection or QuickConnection(self._engine)
            except Exception as failure:  # noqa: BLE001 - handed to those who wait
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
        """Run what waits in one transaction; how many units that were, and if it was kept."""
        outcomes: list[Outcome] = []
        group: list[QueuedUnit] = []
        following: QueuedUnit | None = unit
        try:
            with connection.begin():
                raw = cast("Any", connection.connection.driver_connection)
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
        _tell(outcomes)
        return len(group), True

    def _following(self, unit: QueuedUnit, taken: int) -> QueuedUnit | None:
        """The next unit of the same commit; None where it ends here."""
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
        deadline: none; what runs here and not on the server runs in the loop.
    """

    deadline: float | None = None

    def __init__(self, engine: AsyncEngine, observe: Observer) -> None:
        self._engine = engine
        self._observe = observe

    async def run(
        self, work: Work[T], *, first: bool = False, seconds_max: float = UNIT_SECONDS_MAX
    ) -> T:
        """Run a unit in a transaction of its own, which waits for no other."""
        del first, seconds_max
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
                    raise judged(error)  # noqa: B904 - it names its own cause
                if attempt == CONFLICT_TRIES_MAX:
                    raise
            except (NoneFree, OSError) as error:
                raise unkept(error) from error
        raise AssertionError("unreachable")

    async def close(self) -> None:
        """The engine is shared with the reader, which closes it."""


def _run(connection: Connection, raw: Any, unit: QueuedUnit) -> Outcome:
    """Run a unit inside a savepoint of its own."""
    assert unit.work is not None
    assert unit.future is not None
    result: Any = None
    error: BaseException | None = None
    raw.execute("SAVEPOINT unit")
    try:
        result = unit.work(connection)
    except Exception as failure:
        if not raw.in_transaction:  # SQLite has rolled all of it back
            raise
        raw.execute("ROLLBACK TO unit")
        error = judged(failure)
    raw.execute("RELEASE unit")
    return unit.future, result, error


def _give_up(group: list[QueuedUnit], failure: Exception) -> None:
    """Tell all who wait for this group that nothing of it is on disk, by no fault of theirs."""
    outcomes: list[Outcome] = []
    for unit in group:
        assert unit.future is not None
        outcomes.append((unit.future, None, unkept(failure)))
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
