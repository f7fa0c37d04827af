"""Copies the books while the bot writes, and believes a copy only after reading it back.

SQLite writes the copy itself (`VACUUM INTO`) from one snapshot: a copy of the file by other means
would miss what still stands in the log beside it, and the page-by-page backup of the library
begins afresh at each write and may never end.
"""

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from bot.store import ledger
from bot.store.looking import damages, open_read_only, read_only_engine, revision

__all__ = [
    "PART",
    "UnsoundCopy",
    "back_up",
    "copy_into",
    "damage_told",
    "flush",
    "is_abandoned",
    "prove",
]

PART = ".part"
COPY = "VACUUM INTO :file"
PRIMARY_CODE = 0xFF
DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class UnsoundCopy(Exception):  # noqa: N818
    """The copy does not hold what it should, so neither do the books.

    Attributes:
        faults: one sentence for each.
    """

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def back_up(file: Path, folder: Path, now: datetime, *, mark: str = "") -> Path:
    """Copy the books into the folder; gives the copy once it is on disk and proved.

    Args:
        file: the books, which another process may be writing.
        folder: made if it is not there.
        now: goes into the name of the copy.
        mark: goes into the name as well, to tell why the copy was made.

    Raises:
        UnsoundCopy: the copy was thrown away.
        FileExistsError: there is a copy of this very second.
    """
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / f"{file.stem}-{now:%Y%m%d-%H%M%S}{mark}{file.suffix or '.db'}"
    if copy.exists():
        raise FileExistsError(copy)
    part = copy.with_name(f"{copy.name}{PART}")
    with _in_hand(part), damage_told():
        copy_into(file, part)
        prove(part)
        flush(part)
        part.replace(copy)
    flush(folder)
    return copy


@contextlib.contextmanager
def _in_hand(part: Path) -> Iterator[None]:
    """Begin the file, and hold it for as long as we work on it: our end lets go of it.

    What fails leaves no file behind. Others may hold it for an instant, to see whose it is.
    """
    if part.exists() and is_abandoned(part):
        part.unlink(missing_ok=True)
    descriptor = _begun(part)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def damage_told() -> Iterator[None]:
    """Have a file that SQLite cannot read raise `UnsoundCopy`."""
    try:
        yield
    except (sqlite3.DatabaseError, DBAPIError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        code = getattr(cause, "sqlite_errorcode", 0) & PRIMARY_CODE
        if code not in DAMAGED:
            raise
        raise UnsoundCopy([f"the file is damaged: {cause}"]) from None


def is_abandoned(part: Path) -> bool:
    """Whether a half copy was left by a process that has ended."""
    try:
        descriptor = os.open(part, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


def _begun(new: Path) -> int:
    """An empty file that only we can read, open; SQLite writes into it as it is."""
    return os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)


def copy_into(file: Path, new: Path) -> None:
    """Copy the books into a file that is not there yet or empty, and is read by nobody else."""
    if not new.exists():
        os.close(_begun(new))
    # Not by an engine: SQLite refuses to copy inside a transaction.
    with contextlib.closing(open_read_only(file)) as connection:
        connection.execute(COPY, {"file": str(new)})


def prove(copy: Path) -> None:
    """Read the copy whole; raises `UnsoundCopy`."""
    engine = read_only_engine(copy, options="&immutable=1")
    try:
        with engine.begin() as conn:
            if revision(conn) is None:
                raise UnsoundCopy(["there are no books in it"])
            faults = damages(conn) or ledger.audit(conn)
    finally:
        engine.dispose()
    if faults:
        raise UnsoundCopy(faults)


def flush(path: Path) -> None:
    """Return when a file, or what a folder holds, is on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
