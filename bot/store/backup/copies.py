"""The folder of backup copies: lists them, adds one by schedule, deletes old ones.

Only copies that the bot made by its own schedule are ever deleted, and only those of the same
database. Copies that a person asked for, and those made before the schema changed, stay until a
person deletes them.
"""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from bot.core.calendar.retention import superfluous
from bot.core.errors import BackupError
from bot.store.backup import seals
from bot.store.backup.backup import PART, back_up, is_abandoned
from bot.store.backup.seals import Identity, Seal
from bot.store.db.read_only import open_read_only, read_only_engine

__all__ = [
    "REPLACED",
    "ChangeDetector",
    "Copy",
    "NoBackupSpaceError",
    "abandoned",
    "copies",
    "copy_by_schedule",
    "identity",
    "named_after",
    "newest",
]

SCHEDULED = "-auto"
NAME = re.compile(r"(\d{8}-\d{6})(-[\w-]+)?", re.ASCII)
TIME_FORMAT = "%Y%m%d-%H%M%S"
REPLACED = "-replaced"
"""In the name of a database that a restored copy has replaced; it was never verified."""

ROOM_BYTES_MIN = 64 * 1024 * 1024
"""What is left free for the database itself, whose log grows while it is copied."""

VERSION = "PRAGMA data_version"
BUSY_TIMEOUT = "PRAGMA busy_timeout = 200"


class NoBackupSpaceError(BackupError):
    """The disk of the folder has no space for one more copy."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One finished copy.

    Attributes:
        file: where it is.
        at: when it was made, by its name.
        scheduled: whether the bot made it by its own schedule.
    """

    file: Path
    at: datetime
    scheduled: bool


class ChangeDetector:
    """Detects cheaply whether anything was written to the database since the last call.

    For each connection SQLite counts the commits of all others, so this one has its own. A
    transaction that changes nothing does not count.
    """

    def __init__(self, database: Path) -> None:
        self._connection = open_read_only(database)
        self._connection.execute(BUSY_TIMEOUT)

    def version(self) -> int | None:
        """Returns a number that differs after a change; None where it cannot be read now."""
        try:
            number: int = self._connection.execute(VERSION).fetchone()[0]
        except sqlite3.DatabaseError:
            return None
        return number

    def close(self) -> None:
        """Close the connection; call it before the bot closes its own."""
        self._connection.close()


def copies(database: Path, folder: Path) -> list[Copy]:
    """Returns the finished copies of this database by their names, the oldest first."""
    return sorted(_found(database, folder), key=lambda copy: (copy.at, copy.file.name))


def newest(database: Path, folder: Path, now: datetime) -> Copy | None:
    """Returns the newest copy; None before the first. Names with a future time do not count."""
    past = (copy for copy in _found(database, folder) if copy.at <= now)
    return max(past, key=lambda copy: copy.at, default=None)


def named_after(database: Path, folder: Path) -> Iterator[Path]:
    """Returns the files in the folder that are named after this database, finished or not."""
    if not folder.is_dir():
        return
    for file in folder.iterdir():
        rest = file.name.removeprefix(f"{database.stem}-")
        if rest != file.name and NAME.match(rest) and file.is_file():
            yield file


def abandoned(database: Path, folder: Path) -> list[Path]:
    """Returns the files of unfinished copies whose processes were killed."""
    there = {file.name: file for file in named_after(database, folder)}
    parts = {name for name in there if name.endswith(PART) and is_abandoned(there[name])}
    beside = {
        name
        for name in there
        if (part := name.rpartition("-")[0]).endswith(PART)
        and (part in parts or part not in there)
    }
    return [there[name] for name in sorted(parts | beside)]


def identity(file: Path) -> Identity | None:
    """Returns the identity of a copy; None where it is unreadable or holds no database."""
    engine = read_only_engine(file, options="&immutable=1")
    try:
        with engine.begin() as conn:
            return seals.of(conn)
    except DBAPIError:
        return None
    finally:
        engine.dispose()


def copy_by_schedule(database: Path, folder: Path, now: datetime, *, prune: bool = True) -> Path:
    """Make a verified copy, then delete those that are no longer needed.

    Args:
        database: the file of the database.
        folder: of the copies.
        now: goes into the name.
        prune: whether old copies may be deleted; not while the clock is not trusted.

    Raises:
        NoBackupSpaceError: nothing was begun.
        UnsoundCopyError: the copy was deleted, and no other.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for left in abandoned(database, folder):
        left.unlink(missing_ok=True)
    free, needed = shutil.disk_usage(folder).free, database.stat().st_size + ROOM_BYTES_MIN
    if free < needed:
        raise NoBackupSpaceError(
            f"{folder} has {free // 2**20} MiB free, a copy needs {needed // 2**20 + 1}"
        )
    copy = back_up(database, folder, now, label=SCHEDULED)
    if prune:
        _delete_superfluous(database, folder, copy, now)
    return copy


def _delete_superfluous(database: Path, folder: Path, made: Path, now: datetime) -> None:
    """Delete the scheduled copies of the database in `made` that are no longer needed.

    Unreadable copies stay, and do not count when the copies to keep are chosen.
    """
    mine = identity(made)
    if mine is None or mine.seal is None:
        return
    scheduled = {
        copy.at: copy.file
        for copy in copies(database, folder)
        if copy.scheduled and (found := identity(copy.file)) and _may_be_deleted(found, mine.seal)
    }
    for moment in superfluous(scheduled.keys(), now):
        scheduled[moment].unlink(missing_ok=True)


def _may_be_deleted(found: Identity, mine: Seal) -> bool:
    """Returns whether a copy is certainly of the database with this seal.

    A copy with a seal must have the same token, even if no bot has seen the seal yet.
    """
    same = found.seal is None or found.seal.token == mine.token
    return same and found.belongs_to(mine)


def _found(database: Path, folder: Path) -> Iterator[Copy]:
    if not folder.is_dir():
        return
    for file in folder.iterdir():
        named = _moment(database, file)
        if named is not None and file.is_file():
            yield Copy(file, *named)


def _moment(database: Path, file: Path) -> tuple[datetime, bool] | None:
    """Returns the time in a copy's name, and if the schedule made it; None for other files."""
    begin, end = f"{database.stem}-", database.suffix or ".db"
    if not (file.name.startswith(begin) and file.name.endswith(end)):
        return None
    found = NAME.fullmatch(file.name[len(begin) : -len(end)])
    if found is None or (found[2] or "").startswith(REPLACED):
        return None
    try:
        moment = datetime.strptime(found[1], TIME_FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None
    return moment, found[2] == SCHEDULED
