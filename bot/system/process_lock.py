"""One process writes: whoever holds the lock beside the database file.

The operating system lets go of the lock when its holder ends, however it ends, so nothing is left
to clean up after a `kill -9`. The lock file itself stays: deleting it would let two processes
hold locks on two files of the same name. On PostgreSQL the database itself keeps the lock.

So a lock file says that there were books, but for one that says itself that there are none yet.
"""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

__all__ = ["Lease", "LeaseHeld", "denies_books", "lock_of", "note_books"]

NO_BOOKS = "no books yet"
BYTES_MAX = 64


class LeaseHeld(Exception):  # noqa: N818 - says what is the case, as a refusal does
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
        """Take the lease, or raise `LeaseHeld` at once; never waits."""
        assert self._descriptor is None, "this lease is held already"
        self.lock.parent.mkdir(parents=True, exist_ok=True)
        descriptor, made = _opened(self.lock)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            none_yet = _says_none(descriptor) or (made and _is_nothing(self._database))
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, _words(str(os.getpid()), none_yet=none_yet), 0)
        except BlockingIOError:
            pid = _holder(descriptor)
            os.close(descriptor)
            raise LeaseHeld(self.lock, pid) from None
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor

    def release(self) -> None:
        """Let go; a second call changes nothing."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            none_yet = _says_none(descriptor)
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, _words("", none_yet=none_yet), 0)
            os.close(descriptor)


def lock_of(database: Path) -> Path:
    """The lock file beside a database."""
    return database.with_name(f"{database.name}.lock")


def denies_books(lock: Path) -> bool:
    """Whether a lock file stands there that was only ever taken where no books were."""
    try:
        descriptor = os.open(lock, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        return _says_none(descriptor)
    finally:
        os.close(descriptor)


def note_books(database: Path) -> None:
    """Have the lock file say that there are books; to be called by the holder of the lease."""
    if not denies_books(lock_of(database)):
        return
    descriptor = os.open(lock_of(database), os.O_RDWR | os.O_CLOEXEC)
    try:
        pid = _holder(descriptor)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, _words("" if pid is None else str(pid), none_yet=False), 0)
    finally:
        os.close(descriptor)


def _opened(lock: Path) -> tuple[int, bool]:
    """The lock file, open, and whether it was made by this."""
    how = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
    try:
        return os.open(lock, how | os.O_EXCL, 0o600), True
    except FileExistsError:
        return os.open(lock, how, 0o600), False


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
