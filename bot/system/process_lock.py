"""Only one process writes: the holder of the lock beside the database file.

The operating system lets go of the lock when its holder ends, however it ends, so nothing is left
to clean up after a `kill -9`. The lock file itself stays: deleting it would let two processes
hold locks on two files of the same name. On PostgreSQL the database itself keeps the lock.

So a lock file shows that there was a database, unless it says itself that there is none yet.
"""

import contextlib
import errno
import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.core.errors import LeaseHeldError

__all__ = ["FileLeaseHeldError", "Lease", "denies_books", "lock_of", "note_books"]

NO_BOOKS = "no books yet"
BYTES_MAX = 64
PART = ".part"


class FileLeaseHeldError(LeaseHeldError):
    """Another process writes to this database.

    Attributes:
        lock: the lock file.
        pid: the holder as it wrote itself down; None if it has not yet.
    """

    def __init__(self, lock: Path, pid: int | None) -> None:
        holder = "another process" if pid is None else f"process {pid}"
        super().__init__(
            f"The database is already in use by {holder} (lock file {lock}). "
            "Stop that one first; only one process may write.",
        )
        self.lock = lock
        self.pid = pid


class Lease:
    """The right to write to one database file, for as long as the context lasts.

    Child processes that must outlive or survive this one are started by `spawn`, never by a bare
    `fork`, because a forked child would go on holding the lock.
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
        """Whether this object holds the lease."""
        return self._descriptor is not None

    @property
    def stands(self) -> bool:
        """Whether the lease still keeps others out: its file was not taken away under it."""
        if self._descriptor is None:
            return False
        try:
            return os.path.samestat(os.fstat(self._descriptor), self.lock.stat())
        except OSError:
            return False

    def take(self) -> None:
        """Take the lease, or raise `FileLeaseHeldError` at once; never waits."""
        assert self._descriptor is None, "this lease is held already"
        self.lock.parent.mkdir(parents=True, exist_ok=True)
        descriptor = _opened(self.lock, none_yet=_is_nothing(self._database))
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            none_yet = _says_none(descriptor)
            _write(descriptor, _words(str(os.getpid()), none_yet=none_yet))
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
        """Let go; a second call changes nothing."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            none_yet = _says_none(descriptor)
            try:
                _write(descriptor, _words("", none_yet=none_yet))
            finally:
                os.close(descriptor)


def lock_of(database: Path) -> Path:
    """The lock file beside a database."""
    return database.with_name(f"{database.name}.lock")


def denies_books(lock: Path) -> bool:
    """Returns whether there is a lock file that was only taken where no database existed."""
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


def note_books(database: Path) -> None:
    """Write into the lock file that a database exists; called by the holder of the lock."""
    if not denies_books(lock_of(database)):
        return
    descriptor = os.open(lock_of(database), os.O_RDWR | os.O_CLOEXEC)
    try:
        pid = _holder(descriptor)
        _write(descriptor, _words("" if pid is None else str(pid), none_yet=False))
    finally:
        os.close(descriptor)


def _opened(lock: Path, *, none_yet: bool) -> int:
    """The lock file, open; where there is none, one is made whole before it has its name."""
    with contextlib.suppress(FileNotFoundError):
        return os.open(lock, os.O_RDWR | os.O_CLOEXEC)
    words = _words("", none_yet=none_yet)
    part = lock.with_name(f"{lock.name}.{os.getpid()}{PART}")
    part.unlink(missing_ok=True)
    try:
        _make(part, words)
        try:
            os.link(part, lock)
        except FileExistsError:
            pass  # another process was quicker
        except OSError:  # this disk has no second names for files
            with contextlib.suppress(FileExistsError):
                _make(lock, words)
    finally:
        part.unlink(missing_ok=True)
    return os.open(lock, os.O_RDWR | os.O_CLOEXEC)


def _tidy(lock: Path) -> None:
    """Take away what processes that were killed while they made the lock have left."""
    for each in lock.parent.iterdir():
        if each.name.startswith(f"{lock.name}.") and each.name.endswith(PART):
            each.unlink(missing_ok=True)


def _make(file: Path, words: bytes) -> None:
    """A new file that holds the words, or none."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        _write(descriptor, words)
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)


def _write(descriptor: int, words: bytes) -> None:
    """Have the file hold the words alone; at no moment does it hold less than before or after."""
    written = os.pwrite(descriptor, words, 0)
    if written < len(words):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.ftruncate(descriptor, len(words))


def _is_nothing(database: Path) -> bool:
    """Whether there is neither a database nor a log that one has left."""
    files = (database, database.with_name(f"{database.name}-wal"))
    return not any(file.exists() and file.stat().st_size for file in files)


def _words(pid: str, *, none_yet: bool) -> bytes:
    lines = [pid, *([NO_BOOKS] if none_yet else [])]
    return "".join(f"{line}\n" for line in lines).lstrip("\n").encode()


def _says_none(descriptor: int) -> bool:
    return NO_BOOKS.encode() in os.pread(descriptor, BYTES_MAX, 0)


def _holder(descriptor: int) -> int | None:
    """The process that wrote itself into the lock file."""
    written = os.pread(descriptor, BYTES_MAX, 0).partition(b"\n")[0].strip()
    return int(written) if written.isdigit() else None
