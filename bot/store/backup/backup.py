"""Copies the database while the bot writes to it, and verifies each copy by reading it back.

SQLite writes the copy itself (`VACUUM INTO`) from one snapshot: a plain copy of the file would
miss what is still in the log beside it, and the page-by-page backup of the library starts again
at each write and may never end.
"""

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from bot.core.errors import BackupError
from bot.store.db.read_only import find_damage, open_read_only, read_only_engine, revision
from bot.store.ledger import ledger_audit

__all__ = [
    "PART",
    "UnsoundCopyError",
    "back_up",
    "converting_damage",
    "copy_into",
    "flush",
    "is_abandoned",
    "verify",
]

PART = ".part"
COPY = "VACUUM INTO :file"
PRIMARY_CODE = 0xFF
DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class UnsoundCopyError(BackupError):
    """A copy is damaged or does not add up, and so may be the database it was made from.

    Attributes:
        faults: one sentence for each fault.
    """

    loggable = True

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def back_up(file: Path, folder: Path, now: datetime, *, label: str = "") -> Path:
    """Copy the database into the folder; returns the copy once it is on disk and verified.

    Args:
        file: the database, to which another process may write.
        folder: made if it does not exist.
        now: goes into the name of the copy.
        label: goes into the name as well, to say why the copy was made.

    Raises:
        UnsoundCopyError: the copy was unsound and has been deleted.
        FileExistsError: there is a copy of the same second.
    """
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / f"{file.stem}-{now:%Y%m%d-%H%M%S}{label}{file.suffix or '.db'}"
    if copy.exists():
        raise FileExistsError(copy)
    part = copy.with_name(f"{copy.name}{PART}")
    with _locked_part(part), converting_damage():
        copy_into(file, part)
        verify(part)
        flush(part)
        part.replace(copy)
    flush(folder)
    return copy


@contextlib.contextmanager
def _locked_part(part: Path) -> Iterator[None]:
    """Create an unfinished copy and lock it; the end of this process releases the lock.

    A failure deletes the file. Other processes lock it for an instant, to see if it is abandoned.
    """
    if part.exists() and is_abandoned(part):
        part.unlink(missing_ok=True)
    descriptor = _create_private(part)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def converting_damage() -> Iterator[None]:
    """Turn SQLite's errors about a damaged file into `UnsoundCopyError`."""
    try:
        yield
    except (sqlite3.DatabaseError, DBAPIError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        code = getattr(cause, "sqlite_errorcode", 0) & PRIMARY_CODE
        if code not in DAMAGED:
            raise
        raise UnsoundCopyError([f"the file is damaged: {cause}"]) from None


def is_abandoned(part: Path) -> bool:
    """Returns whether an unfinished copy was left by a process that has ended."""
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


def _create_private(new: Path) -> int:
    """Create an empty file that only this user can read; returns its descriptor."""
    return os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)


def copy_into(file: Path, new: Path) -> None:
    """Copy the database into a file that is missing or empty; only this user can read it."""
    if not new.exists():
        os.close(_create_private(new))
    # Not with an engine: SQLite refuses to copy inside a transaction.
    with contextlib.closing(open_read_only(file)) as connection:
        connection.execute(COPY, {"file": str(new)})


def verify(copy: Path) -> None:
    """Read the whole copy and check its ledger.

    Raises:
        UnsoundCopyError: it holds no database of the bot, is damaged or does not add up.
    """
    engine = read_only_engine(copy, options="&immutable=1")
    try:
        with engine.begin() as conn:
            if revision(conn) is None:
                raise UnsoundCopyError(["it holds no database of the bot"])
            faults = find_damage(conn) or ledger_audit.audit(conn)
    finally:
        engine.dispose()
    if faults:
        raise UnsoundCopyError(faults)


def flush(path: Path) -> None:
    """Return when a file, or the entries of a folder, are on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
