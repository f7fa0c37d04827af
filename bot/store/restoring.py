"""Puts a copy in the place of the books: read back, brought up to date, settled, then exchanged.

All work is done on a file beside the books; they themselves are only renamed at the end, so a
restore that fails or is killed leaves them, or leaves nothing that a bot would take for books.
"""

import contextlib
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot.store import looking, marks, migrations
from bot.store.backup import copy_into, flush, prove
from bot.store.copies import REPLACED
from bot.store.database import sqlite_engine
from bot.store.settling import Settled, settle

__all__ = ["NoBooks", "Restored", "restore"]

MORE = ("-wal", "-shm")


class NoBooks(Exception):  # noqa: N818 - says what is the case
    """The file holds no books of this bot."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done.

    Attributes:
        settled: what was found in the copy.
        replaced: where the books that stood there are now; None where there were none.
        migrated: whether the copy was of an older version.
    """

    settled: Settled
    replaced: Path | None
    migrated: bool


async def restore(books: Path, copy: Path, folder: Path, now: datetime) -> Restored:
    """Put the copy in the place of the books; to be called under the lease.

    Args:
        books: the file that the bot writes to; it may be damaged or gone.
        copy: a copy that `back_up` has made, or books that were put aside.
        folder: takes the books that are replaced; on the same disk.
        now: the bot's time.

    Raises:
        NoBooks: the copy holds none.
        NewerBooks: a newer version wrote it.
        UnsoundCopy: it is damaged or does not add up.
    """
    fresh = books.with_name(f"{books.name}.restoring")
    books.parent.mkdir(parents=True, exist_ok=True)
    _throw_away(fresh)
    try:
        copy_into(copy, fresh)
        found = await looking.look(_url(fresh), looking.revision)
        if found is None:
            raise NoBooks(str(copy))
        if not looking.is_known(found):
            raise migrations.NewerBooks(found)
        prove(fresh)
        await migrations.migrate(_url(fresh))
        settled = _settle(fresh, _epoch(books), now)
        prove(fresh)
        flush(fresh)
        replaced = _exchange(books, fresh, folder, now)
    finally:
        _throw_away(fresh)
    return Restored(settled, replaced, found != migrations.head())


def _settle(fresh: Path, epoch: int, now: datetime) -> Settled:
    engine = sqlite_engine(make_url(_url(fresh)))
    try:
        with engine.begin() as conn:
            return settle(conn, epoch=epoch, now=now)
    finally:
        engine.dispose()


def _epoch(books: Path) -> int:
    """How often the bot was started on the books that are replaced, if they still tell."""
    if not books.exists():
        return 0
    engine = looking.read_only_engine(books)
    try:
        with engine.begin() as conn:
            return marks.read(conn, "epoch")
    except DBAPIError:
        return 0
    finally:
        engine.dispose()


def _exchange(books: Path, fresh: Path, folder: Path, now: datetime) -> Path | None:
    """Put the books aside with their log, then the fresh ones in their place."""
    replaced: Path | None = None
    if books.exists():
        folder.mkdir(parents=True, exist_ok=True)
        replaced = folder / f"{books.stem}-{now:%Y%m%d-%H%M%S}{REPLACED}{books.suffix or '.db'}"
        _fold_log(books)
        # The file before its log: a log without its file is thrown away by SQLite, while a file
        # without its log would look whole.
        books.replace(replaced)
        with contextlib.suppress(FileNotFoundError):
            books.with_name(f"{books.name}-wal").replace(f"{replaced}-wal")
    for more in MORE:
        books.with_name(f"{books.name}{more}").unlink(missing_ok=True)
    fresh.replace(books)
    flush(books.parent)
    return replaced


def _fold_log(books: Path) -> None:
    """Have SQLite put its log into the file, if it still can."""
    engine = sqlite_engine(make_url(_url(books)))
    with contextlib.suppress(DBAPIError), engine.connect() as connection:
        looking.fold(connection)
    engine.dispose()


def _throw_away(file: Path) -> None:
    for more in ("", *MORE):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{file}{more}")  # noqa: PTH108 - a name with something behind it


def _url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file.absolute()}"
