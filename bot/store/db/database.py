"""All access to the database: `write` runs a unit of work alone, `read` queries a snapshot.

A unit of work is a plain function over a synchronous SQLAlchemy connection. Its rows are its only
side effect, because it may be run again, and it cannot wait for the network, because it is not
async.

On SQLite one thread owns the only read-write connection. It takes all waiting units and runs them
in one transaction, each inside its own savepoint, so that one disk flush serves many units, and a
failing unit leaves no trace and does not affect the others. On PostgreSQL each unit is a
transaction.
"""

import asyncio
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import Connection, event
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.store.db.failures import classified
from bot.store.db.writers import (
    UNIT_SECONDS_MAX,
    Observer,
    PostgresWriter,
    SqliteWriter,
    StoreUnavailableError,
    UnitOfWork,
    inside,
    sqlite_engine,
)

__all__ = [
    "Database",
    "Observer",
    "StoreUnavailableError",
    "UnitOfWork",
    "open_database",
    "sqlite_engine",
    "sqlite_file",
]

T = TypeVar("T")

READERS_MAX = 4
CUT_OFF_SECONDS_MAX: Final = 3.0
"""How long closing waits for reads whose callers have left."""


class Database:
    """The database of one company. Use `open_database` to make one.

    Attributes:
        url: its address, for child processes that read it.
    """

    def __init__(
        self, url: str, writer: "SqliteWriter | PostgresWriter", reader: AsyncEngine
    ) -> None:
        self.url = url
        self._writer = writer
        self._reader = reader
        self._reads: set[asyncio.Task[object]] = set()

    async def write(
        self, work: UnitOfWork[T], *, first: bool = False, seconds_max: float = UNIT_SECONDS_MAX
    ) -> T:
        """Run a unit of work in its own transaction; returns once it is on disk.

        Args:
            work: the unit.
            first: run it before all units that wait.
            seconds_max: how long it may occupy the writing thread; past that `deadline` is over.

        Raises:
            StoreUnavailableError: the disk is full, the server is unreachable, or the like.
        """
        if inside.get():
            raise RuntimeError("a unit of work cannot start another one: pass its connection on")
        return await self._writer.run(work, first=first, seconds_max=seconds_max)

    def deadline(self) -> float | None:
        """Returns when the running unit must have ended, by `time.monotonic`; None for no unit."""
        return self._writer.deadline

    async def read(self, work: UnitOfWork[T]) -> T:
        """Run a unit that only reads, on a snapshot of the committed data.

        A cancelled caller leaves at once; its read runs to the end without it, because a
        connection that is interrupted halfway would never be closed.

        Raises:
            StoreUnavailableError: as for `write`.
        """
        reading = asyncio.create_task(self._look(work))
        self._reads.add(reading)
        reading.add_done_callback(self._looked)
        return await asyncio.shield(reading)

    async def _look(self, work: UnitOfWork[T]) -> T:
        try:
            async with self._reader.connect() as connection:
                return await connection.run_sync(work)
        except (DBAPIError, NoneFree) as error:
            raise classified(error, reading=True)  # noqa: B904 - it names its own cause

    def _looked(self, reading: asyncio.Task[object]) -> None:
        self._reads.discard(reading)
        if not reading.cancelled():
            reading.exception()  # marks it as seen: a read whose caller has left logs no failure

    async def close(self) -> None:
        """Finish what was begun and close the connections."""
        if self._reads:
            await asyncio.wait(self._reads, timeout=CUT_OFF_SECONDS_MAX)
        # The last connection to a SQLite file removes its log, which needs the right to write.
        await self._reader.dispose()
        await self._writer.close()


def sqlite_file(url: str) -> Path | None:
    """Returns the file behind a SQLite address; None for PostgreSQL."""
    parsed = make_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


def _unobserved(_seconds: float, _units: int, _kept: bool) -> None:
    """Ignore the figures of a transaction: the observer where no metrics are wanted."""


def open_database(url: str, observe: Observer = _unobserved) -> Database:
    """Open the database at `url`: `sqlite+aiosqlite:///file` or `postgresql+asyncpg://…`.

    Its tables must exist already; see `bot.store.db.migrations`.
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
    def _prepare(connection: AsyncAdapt_aiosqlite_connection, _record: object) -> None:
        connection.isolation_level = None

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine
