"""The lock beside the database file: only the process that holds it may write.

The operating system releases the lock when its holder ends, so nothing needs cleaning up after a
`kill -9`. The lock file itself is never deleted: otherwise two processes could hold locks on two
files of the same name. On PostgreSQL the database server holds the lock.

A lock file is therefore also a trace of an earlier database, unless it contains `NO_DATABASE`.
"""

import contextlib
import errno
import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.core.errors import LeaseHeldError

__all__ = ["FileLeaseHeldError", "ProcessLock", "lock_of", "note_database", "says_no_database"]

NO_DATABASE = "no books yet"
BYTES_MAX = 64
PART = ".part"


class FileLeaseHeldError(LeaseHeldError):
    """Another process writes to this database.

    Attributes:
        lock: the lock file.
        pid: the holder's process id as the file has it; None if it is not written yet.
    """

    def __init__(self, lock: Path, pid: int | None) -> None:
        holder = "another process" if pid is None else f"process {pid}"
        super().__init__(
            f"The database is already in use by {holder} (lock file {lock}). "
            "Stop that one first; only one process may write.",
        )
        self.lock = lock
        self.pid = pid


class ProcessLock:
    """The lock of one database file, held for as long as the context lasts.

    Start child processes that may outlive this one by `spawn`, never by a bare `fork`: a forked
    child would keep holding the lock.
    """

    def __init__(self, database: Path) -> None:
        self.lock = lock_of(database)
        self._database = database
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        self.take()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._descriptor is not None

    @property
    def effective(self) -> bool:
        """Whether the lock still keeps others out: its file has not been moved or deleted."""
        if self._descriptor is None:
            return False
        try:
            return os.path.samestat(os.fstat(self._descriptor), self.lock.stat())
        except OSError:
            return False

    def take(self) -> None:
        """Take the lock, or raise `FileLeaseHeldError` at once; never waits."""
        assert self._descriptor is None, "this lock is held already"
        self.lock.parent.mkdir(parents=True, exist_ok=True)
        descriptor = _opened(self.lock, none_yet=_is_absent(self._database))
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            none_yet = _says_none(descriptor)
            _write(descriptor, _content(str(os.getpid()), none_yet=none_yet))
            _tidy(self.lock)
        except BlockingIOError:
            pid = _holder(descriptor)
            os.close(descriptor)
            raise FileLeaseHeldError(self.lock, pid) from None
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor

    def release(self) -> None:
        """Release the lock; a second call changes nothing."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            none_yet = _says_none(descriptor)
            try:
                _write(descriptor, _content("", none_yet=none_yet))
            finally:
                os.close(descriptor)


def lock_of(database: Path) -> Path:
    """Returns the path of a database's lock file."""
    return database.with_name(f"{database.name}.lock")


def says_no_database(lock: Path) -> bool:
    """Returns whether a lock file exists and was never held while there was a database."""
    try:
        descriptor = os.open(lock, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        return _says_none(descriptor)
    except IsADirectoryError as error:
        raise IsADirectoryError(error.errno, error.strerror, str(lock)) from None
    finally:
        os.close(descriptor)


def note_database(database: Path) -> None:
    """Record in the lock file that there is a database; only the holder of the lock calls it."""
    if not says_no_database(lock_of(database)):
        return
    descriptor = os.open(lock_of(database), os.O_RDWR | os.O_CLOEXEC)
    try:
        pid = _holder(descriptor)
        _write(descriptor, _content("" if pid is None else str(pid), none_yet=False))
    finally:
        os.close(descriptor)


def _opened(lock: Path, *, none_yet: bool) -> int:
    """Open the lock file; a new one is complete before it gets its name."""
    with contextlib.suppress(FileNotFoundError):
        return os.open(lock, os.O_RDWR | os.O_CLOEXEC)
    content = _content("", none_yet=none_yet)
    part = lock.with_name(f"{lock.name}.{os.getpid()}{PART}")
    part.unlink(missing_ok=True)
    try:
        _make(part, content)
        try:
            os.link(part, lock)
        except FileExistsError:
            pass  # another process was faster
        except OSError:  # this file system has no hard links
            with contextlib.suppress(FileExistsError):
                _make(lock, content)
    finally:
        part.unlink(missing_ok=True)
    return os.open(lock, os.O_RDWR | os.O_CLOEXEC)


def _tidy(lock: Path) -> None:
    """Delete unfinished lock files of processes that were killed while writing them."""
    for each in lock.parent.iterdir():
        if each.name.startswith(f"{lock.name}.") and each.name.endswith(PART):
            each.unlink(missing_ok=True)


def _make(file: Path, content: bytes) -> None:
    """Create a file with this content; on failure there is no file."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        _write(descriptor, content)
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)


def _write(descriptor: int, content: bytes) -> None:
    """Replace the content; at no moment is less in the file than before or after."""
    written = os.pwrite(descriptor, content, 0)
    if written < len(content):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.ftruncate(descriptor, len(content))


def _is_absent(database: Path) -> bool:
    """Returns whether there is neither a database nor the write-ahead log of one."""
    files = (database, database.with_name(f"{database.name}-wal"))
    return not any(file.exists() and file.stat().st_size for file in files)


def _content(pid: str, *, none_yet: bool) -> bytes:
    lines = [pid, *([NO_DATABASE] if none_yet else [])]
    return "".join(f"{line}\n" for line in lines).lstrip("\n").encode()


def _says_none(descriptor: int) -> bool:
    return NO_DATABASE.encode() in os.pread(descriptor, BYTES_MAX, 0)


def _holder(descriptor: int) -> int | None:
    """Returns the process id in the lock file."""
    written = os.pread(descriptor, BYTES_MAX, 0).partition(b"\n")[0].strip()
    return int(written) if written.isdigit() else None
