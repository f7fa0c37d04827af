"""The copies of the books in their folder: which there are, one more, and away with old ones.

Only what the bot has made by its own schedule is ever taken away, and only among copies of the
same books. Copies that a person asked for, and those made before the schema changed, stay until a
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
from bot.store.backup import seals
from bot.store.backup.backup import PART, back_up, is_abandoned
from bot.store.backup.seals import Identity, Seal
from bot.store.db.read_only import open_read_only, read_only_engine

__all__ = [
    "REPLACED",
    "ChangeDetector",
    "Copy",
    "NoRoom",
    "abandoned",
    "copies",
    "copy_by_schedule",
    "identity",
    "newest",
    "of_these_books",
]

OWN = "-auto"
NAMED = re.compile(r"(\d{8}-\d{6})(-[\w-]+)?", re.ASCII)
WRITTEN = "%Y%m%d-%H%M%S"
REPLACED = "-replaced"
"""How books are named that a restored copy has taken the place of; nobody has proved them."""

ROOM_BYTES_MIN = 64 * 1024 * 1024
"""What is left free for the books themselves, whose log grows while they are copied."""


VERSION = "PRAGMA data_version"
PATIENCE = "PRAGMA busy_timeout = 200"


class NoRoom(Exception):  # noqa: N818 - says what is the case
    """The disk of the folder has no room for one more copy."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One finished copy.

    Attributes:
        file: where it is.
        at: when it was made, by its name.
        own: whether the bot made it by its own schedule.
    """

    file: Path
    at: datetime
    own: bool


class ChangeDetector:
    """Tells at next to no cost whether anything was written to the books since the last look.

    SQLite counts the commits of all other connections for each one, so this holds one of its own.
    A transaction that changes nothing does not count.
    """

    def __init__(self, books: Path) -> None:
        self._connection = open_read_only(books)
        self._connection.execute(PATIENCE)

    def version(self) -> int | None:
        """A number that differs after a change; None where it cannot be had just now."""
        try:
            number: int = self._connection.execute(VERSION).fetchone()[0]
        except sqlite3.DatabaseError:
            return None
        return number

    def close(self) -> None:
        """Let go of the file; to be done before the bot itself does."""
        self._connection.close()


def copies(books: Path, folder: Path) -> list[Copy]:
    """The finished copies of these books, the oldest first; what is not named so is left out."""
    return sorted(_found(books, folder), key=lambda copy: (copy.at, copy.file.name))


def newest(books: Path, folder: Path, now: datetime) -> Copy | None:
    """The newest copy; None before the first. What is named after a time to come is none."""
    come = (copy for copy in _found(books, folder) if copy.at <= now)
    return max(come, key=lambda copy: copy.at, default=None)


def of_these_books(books: Path, folder: Path) -> Iterator[Path]:
    """Every file in the folder that is named after these books, finished or not."""
    if not folder.is_dir():
        return
    for file in folder.iterdir():
        rest = file.name.removeprefix(f"{books.stem}-")
        if rest != file.name and NAMED.match(rest) and file.is_file():
            yield file


def abandoned(books: Path, folder: Path) -> list[Path]:
    """What processes that were killed while they copied these books have left."""
    there = {file.name: file for file in of_these_books(books, folder)}
    parts = {name for name in there if name.endswith(PART) and is_abandoned(there[name])}
    beside = {
        name
        for name in there
        if (part := name.rpartition("-")[0]).endswith(PART)
        and (part in parts or part not in there)
    }
    return [there[name] for name in sorted(parts | beside)]


def identity(file: Path) -> Identity | None:
    """What a copy says about itself; None where it cannot be read or holds no books."""
    engine = read_only_engine(file, options="&immutable=1")
    try:
        with engine.begin() as conn:
            return seals.of(conn)
    except DBAPIError:
        return None
    finally:
        engine.dispose()


def copy_by_schedule(books: Path, folder: Path, now: datetime, *, prune: bool = True) -> Path:
    """Make a proved copy, then let go of those that have served their time.

    Args:
        books: the file.
        folder: of the copies.
        now: goes into the name.
        prune: whether any may go; not while it is in doubt how late it is.

    Raises:
        NoRoom: nothing was begun.
        UnsoundCopy: the copy was thrown away; nothing else was.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for left in abandoned(books, folder):
        left.unlink(missing_ok=True)
    free, needed = shutil.disk_usage(folder).free, books.stat().st_size + ROOM_BYTES_MIN
    if free < needed:
        raise NoRoom(f"{folder} has {free // 2**20} MiB free, a copy needs {needed // 2**20 + 1}")
    copy = back_up(books, folder, now, mark=OWN)
    if prune:
        _let_go(books, folder, copy, now)
    return copy


def _let_go(books: Path, folder: Path, made: Path, now: datetime) -> None:
    """Delete superfluous copies of the books that were copied just now, and of no others.

    What cannot be read counts for nothing: it pushes out no copy, and it stays.
    """
    mine = identity(made)
    if mine is None or mine.seal is None:
        return
    own = {
        copy.at: copy.file
        for copy in copies(books, folder)
        if copy.own and (found := identity(copy.file)) and _may_go(found, mine.seal)
    }
    for moment in superfluous(own.keys(), now):
        own[moment].unlink(missing_ok=True)


def _may_go(found: Identity, mine: Seal) -> bool:
    """Whether a copy is surely of the same books: a seal that no bot has seen yet counts here."""
    same = found.seal is None or found.seal.token == mine.token
    return same and found.belongs_to(mine)


def _found(books: Path, folder: Path) -> Iterator[Copy]:
    if not folder.is_dir():
        return
    for file in folder.iterdir():
        named = _moment(books, file)
        if named is not None and file.is_file():
            yield Copy(file, *named)


def _moment(books: Path, file: Path) -> tuple[datetime, bool] | None:
    """When a copy was made by its name, and whether by the schedule; None for other files."""
    begin, end = f"{books.stem}-", books.suffix or ".db"
    if not (file.name.startswith(begin) and file.name.endswith(end)):
        return None
    found = NAMED.fullmatch(file.name[len(begin) : -len(end)])
    if found is None or (found[2] or "").startswith(REPLACED):
        return None
    try:
        moment = datetime.strptime(found[1], WRITTEN).replace(tzinfo=UTC)
    except ValueError:
        return None
    return moment, found[2] == OWN
