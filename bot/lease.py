"""One process writes: whoever holds the lock beside the database file.

The operating system lets go of the lock when its holder ends, however it ends, so nothing is left
to clean up after a `kill -9`. The lock file itself stays: deleting it would let two processes
hold locks on two files of the same name. On PostgreSQL the database itself keeps the lock.
"""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

__all__ = ["Lease", "LeaseHeld"]


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
        self.lock = database.with_name(f"{database.name}.lock")
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
        descriptor = os.open(self.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
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
            os.ftruncate(descriptor, 0)
            os.close(descriptor)


def _holder(descriptor: int) -> int | None:
    """The process that wrote itself into the lock file."""
    written = os.pread(descriptor, 32, 0).strip()
    return int(written) if written.isdigit() else None
