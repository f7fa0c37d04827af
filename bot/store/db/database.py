"""The two doors to the books: `write` runs a unit of work alone, `read` looks at a snapshot.

A unit of work is a plain function over a synchronous SQLAlchemy connection. It has no side effect
but its rows, for it may be run again, and it cannot wait for the network, for it is not async.

On SQLite one thread owns the only read-write connection. It takes all units that wait and runs
them in one transaction, each inside its own savepoint, so that a disk flush serves many and a
unit that fails leaves no trace and hurts no neighbour. On PostgreSQL each unit is a transaction.
"""

import asyncio
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.store.db.errors import judged
from bot.store.db.writers import (
    UNIT_SECONDS_MAX,
    Observer,
    PostgresWriter,
    SqliteWriter,
    StoreBroken,
    Work,
    inside,
    sqlite_engine,
)

__all__ = [
    "Database",
    "Observer",
    "StoreBroken",
    "Work",
    "open_database",
    "sqlite_engine",
    "sqlite_file",
]

T = TypeVar("T")

READERS_MAX = 4
CUT_OFF_SECONDS_MAX: Final = 3.0
"""How long closing waits for reads that nobody waits for any more."""


class Database:
    """The books of one company. Use `open_database`.

    Attributes:
        url: where they are, for a process of its own that reads them.
    """

    def __init__(
        self, url: str, writer: "SqliteWriter | PostgresWriter", reader: AsyncEngine
    ) -> None:
        self.url = url
        self._writer = writer
        self._reader = reader
        self._reads: set[asyncio.Task[Any]] = set()

    async def write(
        self, work: Work[T], *, first: bool = False, seconds_max: float = UNIT_SECONDS_MAX
    ) -> T:
        """Run a unit of work in a transaction of its own and return when it is on disk.

        Args:
            work: the unit.
            first: before all others that wait.
            seconds_max: what it may take of the writing thread; `deadline` tells on it.

        Raises:
            StoreBroken: the disk is full, the server is away, or the like.
        """
        if inside.get():
            raise RuntimeError("a unit of work cannot start another one: pass its connection on")
        return await self._writer.run(work, first=first, seconds_max=seconds_max)

    def deadline(self) -> float | None:
        """Until when the unit that runs just now must have ended, by `time.monotonic`."""
        return self._writer.deadline

    async def read(self, work: Work[T]) -> T:
        """Run a unit that only reads, on a snapshot of what is committed.

        A caller that is cancelled leaves at once; the read goes on to its end without it, because
        a connection that is cut off in the middle would never be closed.

        Raises:
            StoreBroken: as for `write`.
        """
        reading = asyncio.create_task(self._look(work))
        self._reads.add(reading)
        reading.add_done_callback(self._looked)
        return await asyncio.shield(reading)

    async def _look(self, work: Work[T]) -> T:
        try:
            async with self._reader.connect() as connection:
                return await connection.run_sync(work)
        except (DBAPIError, NoneFree) as error:
            raise judged(error, reading=True)  # noqa: B904 - it names its own cause

    def _looked(self, reading: asyncio.Task[Any]) -> None:
        self._reads.discard(reading)
        if not reading.cancelled():
            reading.exception()  # a read whose caller has left fails without a word

    async def close(self) -> None:
        """Finish what was begun and let go of the file or the server."""
        if self._reads:
            await asyncio.wait(self._reads, timeout=CUT_OFF_SECONDS_MAX)
        # The last connection to a SQLite file tidies up behind it, so it must be the one that may.
        await self._reader.dispose()
        await self._writer.close()


def sqlite_file(url: str) -> Path | None:
    """The file behind a SQLite address; None for PostgreSQL."""
    parsed = make_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


def _unobserved(_seconds: float, _units: int, _kept: bool) -> None:
    """Nobody wants to know."""


def open_database(url: str, observe: Observer = _unobserved) -> Database:
    """Open the books at `url`: `sqlite+aiosqlite:///file` or `postgresql+asyncpg://…`.

    The tables must stand already; see `bot.store.db.migrations`.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return Database(url, SqliteWriter(parsed, observe), _sqlite_reader(parsed))
    engine = create_async_engine(
        parsed, pool_size=READERS_MAX, max_overflow=2, hide_parameters=True
    )
    reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Database(url, PostgresWriter(engine, observe), reader)


def _sqlite_reader(url: URL) -> AsyncEngine:
    address = f"file:{url.database}?mode=ro&uri=true"
    engine = create_async_engine(
        f"sqlite+aiosqlite:///{address}",
        pool_size=READERS_MAX,
        max_overflow=0,
        hide_parameters=True,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine
