"""Exchanges the file at the place of the books, so that each instant a whole one stands there."""

import contextlib
import os
import shutil
import sqlite3
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot.lease import denies_books, lock_of
from bot.store import looking
from bot.store.backup import PART, UnsoundCopy, damage_told, flush, prove
from bot.store.copies import REPLACED
from bot.store.database import sqlite_engine
from bot.store.traces import are_gone, decided, half_restored

__all__ = ["DamagedLeftover", "finish", "put_away", "put_in_place", "throw_away"]

MORE = ("-wal", "-shm", "-journal")


class DamagedLeftover(Exception):  # noqa: N818 - says what is the case
    """The file of a decided restore was damaged since, so it is not put in place.

    Attributes:
        file: where it is.
        faults: one sentence for each.
    """

    def __init__(self, file: Path, faults: list[str]) -> None:
        super().__init__(str(file))
        self.file = file
        self.faults = faults


def finish(books: Path, folder: Path) -> Path | None:
    """Put the file of a decided restore in the place of the books, if there is one.

    To be called under the lease, and before anything opens the books. Returns where the books are
    that stood there.

    Raises:
        DamagedLeftover: nothing was changed.
    """
    fresh = decided(books)
    if fresh is None:
        return None
    try:
        with damage_told():
            prove(fresh)
    except UnsoundCopy as error:
        raise DamagedLeftover(fresh, error.faults) from None
    return put_in_place(fresh, books, folder)


def put_in_place(fresh: Path, books: Path, folder: Path) -> Path | None:
    """Put a file that was decided on in the place of the books; returns where those are.

    It may be broken off at any step and done again.
    """
    replaced = _keep(books, folder, fresh.name.rpartition(".restored-")[2])
    # A log that is left would be taken for the log of the file that comes.
    for more in MORE:
        books.with_name(f"{books.name}{more}").unlink(missing_ok=True)
    flush(books.parent)
    fresh.replace(books)
    flush(books.parent)
    return replaced


def throw_away(file: Path) -> None:
    """Delete a file of SQLite with what belongs to it."""
    for more in ("", *MORE):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{file}{more}")  # noqa: PTH108 - a name with something behind it


def put_away(books: Path, folder: Path, now: datetime) -> None:
    """Make room for new books where there are none: no log of others may meet them.

    To be called under the lease. A log may hold all that is left of books, so it is kept, unless
    it is that of a first start which was killed.
    """
    throw_away(half_restored(books))
    if not are_gone(books):
        return
    for more in MORE:
        left = books.with_name(f"{books.name}{more}")
        if not left.exists():
            continue
        if left.stat().st_size and more != "-shm" and not denies_books(lock_of(books)):
            folder.mkdir(parents=True, exist_ok=True)
            stem, suffix = books.stem, books.suffix or ".db"
            _name_too(left, folder / f"{stem}-{now:%Y%m%d-%H%M%S}{REPLACED}{suffix}{more}")
            flush(folder)
        left.unlink()


def _keep(books: Path, folder: Path, moment: str) -> Path | None:
    """Give the books that stand there a second name in the folder, and their log as well."""
    if not books.exists():
        return None
    _fold_log(books)
    log = books.with_name(f"{books.name}-wal")
    if not books.stat().st_size and not (log.exists() and log.stat().st_size):
        return None
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f"{books.stem}-{moment}{REPLACED}{books.suffix or '.db'}"
    number = 1
    while aside.exists() and not aside.samefile(books):
        number += 1
        aside = aside.with_name(f"{books.stem}-{moment}{REPLACED}-{number}{books.suffix or '.db'}")
    _name_too(books, aside)
    if log.exists() and log.stat().st_size:
        _name_too(log, Path(f"{aside}-wal"))
    flush(folder)
    return aside


def _name_too(file: Path, other: Path) -> None:
    """A second name for the file, or a second file where its disk or the other has no such."""
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


def _fold_log(books: Path) -> None:
    """Have SQLite put its log into the file, if it still can."""
    if not books.stat().st_size:
        return  # SQLite would throw the log of an empty file away
    engine = sqlite_engine(make_url(f"sqlite+aiosqlite:///{books.absolute()}"))
    try:
        with contextlib.suppress(DBAPIError, sqlite3.Error), engine.connect() as connection:
            looking.fold(connection)
    finally:
        engine.dispose()
