"""One process writes."""

import asyncio
import contextlib
import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.db import write_lease as store_lease
from bot.store.db.write_lease import DatabaseReplacedError, hold_write_lease
from bot.system.process_lock import (
    FileLeaseHeldError,
    ProcessLock,
    lock_of,
    note_database,
    says_no_database,
)

HOLDER = """
import sys, time
from pathlib import Path
from bot.system.process_lock import ProcessLock
with ProcessLock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_lease_can_be_taken_again_after_its_release(tmp_path: Path) -> None:
    database = tmp_path / "data" / "books.db"
    for _ in range(2):
        with ProcessLock(database) as lease:
            assert lease.lock == tmp_path / "data" / "books.db.lock"
            assert lease.lock.read_text().splitlines()[0] == str(os.getpid())
        assert not lease.held
        assert str(os.getpid()) not in lease.lock.read_text()
        lease.release()


def test_a_second_process_is_refused_with_the_name_of_the_first(tmp_path: Path) -> None:
    database = tmp_path / "books.db"
    with ProcessLock(database), pytest.raises(FileLeaseHeldError) as refused:
        ProcessLock(database).take()
    assert refused.value.pid == os.getpid()
    assert f"already in use by process {os.getpid()}" in str(refused.value)
    assert refused.value.__suppress_context__


def test_a_holder_who_has_not_written_itself_down_yet_is_another_process(tmp_path: Path) -> None:
    lease = ProcessLock(tmp_path / "books.db")
    with lease:
        lease.lock.write_text("")
        with pytest.raises(FileLeaseHeldError, match="in use by another process"):
            ProcessLock(tmp_path / "books.db").take()


def test_a_refused_try_leaves_the_holder_in_place(tmp_path: Path) -> None:
    database = tmp_path / "books.db"
    with ProcessLock(database):
        for _ in range(3):
            with pytest.raises(FileLeaseHeldError):
                ProcessLock(database).take()
    ProcessLock(database).take()


def test_two_databases_have_two_leases(tmp_path: Path) -> None:
    with ProcessLock(tmp_path / "a.db"), ProcessLock(tmp_path / "b.db") as second:
        assert second.held


def test_the_lease_of_a_killed_process_is_free_at_once(tmp_path: Path) -> None:
    database = tmp_path / "books.db"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(database)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(FileLeaseHeldError) as refused:
            ProcessLock(database).take()
        assert refused.value.pid == holder.pid
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        with ProcessLock(database) as lease:
            assert lease.lock.read_text().splitlines()[0] == str(os.getpid())


def test_a_lock_is_a_trace_of_a_database_unless_there_was_none(
    tmp_path: Path,
) -> None:
    fresh, old, left = (tmp_path / name for name in ("fresh.db", "old.db", "left.db"))
    old.write_bytes(b"books")
    left.with_name("left.db-wal").write_bytes(b"log")
    for database in (fresh, old, left):
        for _ in range(2):
            with ProcessLock(database):
                assert says_no_database(lock_of(database)) is (database == fresh)
            assert says_no_database(lock_of(database)) is (database == fresh)
    with ProcessLock(fresh):
        fresh.write_bytes(b"")  # as a kill at the first step leaves it
    with ProcessLock(fresh):
        assert says_no_database(lock_of(fresh))
        note_database(fresh)
        with pytest.raises(FileLeaseHeldError) as refused:
            ProcessLock(fresh).take()
        assert refused.value.pid == os.getpid()
    fresh.unlink()
    with ProcessLock(fresh):
        assert not says_no_database(lock_of(fresh))


@contextlib.contextmanager
def full_disk() -> Iterator[None]:
    """Nothing can be written to any file, as far as this process goes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def test_a_full_disk_leaves_no_lock_that_counts_as_a_trace(tmp_path: Path) -> None:
    database = tmp_path / "books.db"
    with full_disk(), pytest.raises(OSError, match="File too large"):
        ProcessLock(database).take()
    assert list(tmp_path.iterdir()) == []
    with ProcessLock(database):
        assert says_no_database(lock_of(database))
    with full_disk(), pytest.raises(OSError, match="File too large"):
        ProcessLock(database).take()
    assert says_no_database(lock_of(database)), "what it said stays"
    with ProcessLock(database):
        pass


def test_a_folder_in_the_place_of_the_lock_is_named(tmp_path: Path) -> None:
    lock = lock_of(tmp_path / "books.db")
    lock.mkdir()
    with pytest.raises(IsADirectoryError) as caught:
        says_no_database(lock)
    assert caught.value.filename == str(lock)


@pytest.mark.parametrize("by", ["deleted", "exchanged"])
async def test_a_database_that_is_removed_before_the_first_look_is_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    monkeypatch.setattr(store_lease, "CHECK_SECONDS", 0.01)
    file = tmp_path / "books.db"
    async with hold_write_lease(f"sqlite+aiosqlite:///{file}") as right:
        with contextlib.closing(sqlite3.connect(file)) as books:
            books.execute("CREATE TABLE t (a)")
            if by == "exchanged":
                other = tmp_path / "other"
                other.write_bytes(file.read_bytes())
                other.replace(file)
            else:
                file.unlink()
            with pytest.raises(DatabaseReplacedError):
                await asyncio.wait_for(right.watch(), 10)
