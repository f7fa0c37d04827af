"""The exclusive right to write to the database, on either engine.

On SQLite it is the lock beside the file. On PostgreSQL it is an advisory lock of a session: it is
held by a connection of its own and ends with it, so its holder checks now and then whether that
connection is still open, and stops writing when it is not.
"""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from bot.core.errors import LeaseHeldError, StoreError
from bot.store.db.database import sqlite_file
from bot.system.process_lock import ProcessLock

__all__ = [
    "DatabaseReplacedError",
    "LeaseLostError",
    "ServerLeaseHeldError",
    "WriteLease",
    "hold_write_lease",
]

LOCK_KEY = 0x4A55414C44554C55
CHECK_SECONDS = 5
ANSWER_SECONDS_MAX = 5
RECHECK_SECONDS = 0.2
OWN_SUFFIXES = ("", "-wal", "-shm")
OPEN_FILES = Path("/proc/self/fd")
DELETED = " (deleted)"
"""What Linux appends to the name of an open file that was deleted."""

TAKE = text("SELECT pg_try_advisory_lock(CAST(:key AS BIGINT))")
HOLDER = text("""
    SELECT a.client_addr, a.backend_start
    FROM pg_locks AS l JOIN pg_stat_activity AS a ON a.pid = l.pid
    WHERE l.locktype = 'advisory' AND l.granted
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND l.classid = CAST(:high AS BIGINT)::oid AND l.objid = CAST(:low AS BIGINT)::oid
""")
STILL_THERE = text("SELECT 1")


class ServerLeaseHeldError(LeaseHeldError):
    """Another program writes to this database on the server."""


class LeaseLostError(StoreError):
    """The connection that held the write lease is lost; another program may hold the lease now."""

    loggable = True


class DatabaseReplacedError(StoreError):
    """The database file, or its log, was deleted, emptied or replaced: what is written is lost."""


class WriteLease:
    """The write lease, held while the context of `hold_write_lease` lasts."""

    def __init__(self, held: ProcessLock | AsyncConnection, file: Path | None = None) -> None:
        self._held = held
        self._file = file

    def effective(self) -> bool:
        """Returns whether the lease is still held, as far as that can be seen without waiting."""
        if isinstance(self._held, ProcessLock):
            return self._held.effective
        return not self._held.closed

    async def watch(self) -> None:
        """Wait until the lease or the database file is lost.

        Raises:
            LeaseLostError: the server closed the connection that held the lease.
            DatabaseReplacedError: the database file, its log or the lock was deleted or replaced.
        """
        if isinstance(self._held, ProcessLock):
            assert self._file is not None, "a process lock has a file"
            await _watch_file(self._file, self._held)
            return
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            try:
                async with asyncio.timeout(ANSWER_SECONDS_MAX):
                    await self._held.execute(STILL_THERE)
            except (DBAPIError, OSError) as error:  # a TimeoutError is an OSError
                raise LeaseLostError(type(error).__name__) from None


@asynccontextmanager
async def hold_write_lease(url: str) -> AsyncIterator[WriteLease]:
    """Hold the write lease of the database at `url`; never waits for it.

    Raises:
        FileLeaseHeldError: another process of this machine writes to the file.
        ServerLeaseHeldError: another program writes on the server.
    """
    file = sqlite_file(url)
    if file is not None:
        with ProcessLock(file) as lease:
            yield WriteLease(lease, file)
        return
    engine = create_async_engine(make_url(url), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            if not (await connection.execute(TAKE, {"key": LOCK_KEY})).scalar_one():
                raise ServerLeaseHeldError(await _holder(connection))
            yield WriteLease(connection)
    finally:
        await engine.dispose()


async def _watch_file(file: Path, lock: ProcessLock) -> None:
    """Raise `DatabaseReplacedError` once the file is not the one that was seen or opened first."""
    first: os.stat_result | None = None
    while True:
        await asyncio.sleep(CHECK_SECONDS)
        if not lock.effective:
            raise DatabaseReplacedError(str(lock.lock))
        # SQLite itself deletes the log just before it closes the file, so look twice.
        if _lost(file) is not None:
            await asyncio.sleep(RECHECK_SECONDS)
            if (lost := _lost(file)) is not None:
                raise DatabaseReplacedError(lost)
        try:
            seen = file.stat()  # noqa: ASYNC240 - takes microseconds
        except FileNotFoundError:
            if first is None:
                continue
            raise DatabaseReplacedError(str(file)) from None
        emptied = first is not None and first.st_size > seen.st_size == 0
        if emptied or (first is not None and not os.path.samestat(first, seen)):
            raise DatabaseReplacedError(str(file))
        first = seen


def _lost(file: Path) -> str | None:
    """Returns the deleted database file or log that this process has open; None off Linux."""
    lost = {f"{file.resolve()}{more}{DELETED}" for more in OWN_SUFFIXES}
    with contextlib.suppress(OSError):
        for opened in OPEN_FILES.iterdir():
            with contextlib.suppress(OSError):
                name = str(opened.readlink())
                if name in lost:
                    return name.removesuffix(DELETED)
    return None


async def _holder(connection: AsyncConnection) -> str:
    """Returns who holds the lock, as far as this user may see."""
    parts = {"high": LOCK_KEY >> 32, "low": LOCK_KEY & 0xFFFFFFFF}
    row = (await connection.execute(HOLDER, parts)).first()
    if row is None or row.backend_start is None:
        return "another program"
    where = "this machine" if row.client_addr is None else str(row.client_addr)
    return f"a program on {where}, connected since {row.backend_start:%Y-%m-%d %H:%M:%S %Z}"
