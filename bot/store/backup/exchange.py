"""Replaces the database file; at each instant a complete file is in its place."""

import contextlib
import os
import shutil
import sqlite3
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot.core.errors import RestoreError
from bot.store.backup.backup import PART, UnsoundCopyError, converting_damage, flush, verify
from bot.store.backup.copies import REPLACED
from bot.store.backup.traces import decided, half_restored, has_no_data
from bot.store.db import read_only
from bot.store.db.database import sqlite_engine
from bot.system.process_lock import lock_of, says_no_database

__all__ = ["DamagedRestoreError", "clear_remains", "delete_files", "finish", "put_in_place"]

SIDE_SUFFIXES = ("-wal", "-shm", "-journal")


class DamagedRestoreError(RestoreError):
    """The file that an interrupted restore prepared is damaged, so it is not put in place.

    Attributes:
        file: its path.
        faults: one sentence for each fault.
    """

    def __init__(self, file: Path, faults: list[str]) -> None:
        super().__init__(str(file))
        self.file = file
        self.faults = faults


def finish(database: Path, folder: Path) -> Path | None:
    """Replace the database with the file of a decided restore, if there is one.

    The caller holds the write lease, and nothing has opened the database yet. Returns where the
    replaced database is now; None where nothing was replaced.

    Raises:
        DamagedRestoreError: nothing was changed.
    """
    fresh = decided(database)
    if fresh is None:
        return None
    try:
        with converting_damage():
            verify(fresh)
    except UnsoundCopyError as error:
        raise DamagedRestoreError(fresh, error.faults) from None
    return put_in_place(fresh, database, folder)


def put_in_place(fresh: Path, database: Path, folder: Path) -> Path | None:
    """Replace the database with a file that was decided on; returns where the old one is now.

    It may be interrupted at any step and run again.
    """
    replaced = _keep(database, folder, fresh.name.rpartition(".restored-")[2])
    # SQLite would take a log that is left for the log of the new file.
    for more in SIDE_SUFFIXES:
        database.with_name(f"{database.name}{more}").unlink(missing_ok=True)
    flush(database.parent)
    fresh.replace(database)
    flush(database.parent)
    return replaced


def delete_files(file: Path) -> None:
    """Delete a SQLite file and the files that belong to it."""
    for more in ("", *SIDE_SUFFIXES):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{file}{more}")  # noqa: PTH108 - a path with a suffix


def clear_remains(database: Path, folder: Path, now: datetime) -> None:
    """Move away a log without a database, so that SQLite does not apply it to a new one.

    The caller holds the write lease. The log may be all that is left of a database, so it is kept
    in the folder, unless it is that of a first start which was killed.
    """
    delete_files(half_restored(database))
    if not has_no_data(database):
        return
    for more in SIDE_SUFFIXES:
        left = database.with_name(f"{database.name}{more}")
        if not left.exists():
            continue
        if left.stat().st_size and more != "-shm" and not says_no_database(lock_of(database)):
            folder.mkdir(parents=True, exist_ok=True)
            stem, suffix = database.stem, database.suffix or ".db"
            _link(left, folder / f"{stem}-{now:%Y%m%d-%H%M%S}{REPLACED}{suffix}{more}")
            flush(folder)
        left.unlink()


def _keep(database: Path, folder: Path, moment: str) -> Path | None:
    """Link the present database and its log into the folder; returns the new path."""
    if not database.exists():
        return None
    _checkpoint_log(database)
    log = database.with_name(f"{database.name}-wal")
    if not database.stat().st_size and not (log.exists() and log.stat().st_size):
        return None
    folder.mkdir(parents=True, exist_ok=True)
    start, suffix = f"{database.stem}-{moment}{REPLACED}", database.suffix or ".db"
    kept = folder / f"{start}{suffix}"
    number = 1
    while kept.exists() and not kept.samefile(database):
        number += 1
        kept = folder / f"{start}-{number}{suffix}"
    _link(database, kept)
    if log.exists() and log.stat().st_size:
        _link(log, Path(f"{kept}-wal"))
    flush(folder)
    return kept


def _link(file: Path, other: Path) -> None:
    """Give the file a second name, or copy it where the disk does not support that."""
    with contextlib.suppress(OSError):
        file.chmod(0o600)
    try:
        os.link(file, other)
    except FileExistsError:
        return
    except OSError:
        part = other.with_name(f"{other.name}{PART}")
        shutil.copyfile(file, part)
        part.chmod(0o600)
        flush(part)
        part.replace(other)


def _checkpoint_log(database: Path) -> None:
    """Have SQLite move its log into the file, if it still can."""
    if not database.stat().st_size:
        return  # SQLite would delete the log of an empty file
    engine = sqlite_engine(make_url(f"sqlite+aiosqlite:///{database.absolute()}"))
    try:
        with contextlib.suppress(DBAPIError, sqlite3.Error), engine.connect() as connection:
            read_only.checkpoint(connection)
    finally:
        engine.dispose()
