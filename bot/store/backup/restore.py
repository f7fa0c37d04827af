"""Puts a copy in the place of the books: read back, brought up to date, settled, then exchanged.

All work is done on a file beside the books. Giving that file the name `.restored-…` decides; from
then on it takes the place of the books whatever happens, for the next start puts it there if this
process cannot. At each instant a whole file stands at the place of the books, the old or the new.
"""

import contextlib
import os
import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot.store.backup import seal_file, seals
from bot.store.backup.after_restore import Settled, settle
from bot.store.backup.backup import PART, copy_into, flush, prove
from bot.store.backup.copies import REPLACED
from bot.store.backup.seals import Identity, Seal
from bot.store.backup.traces import Traces, are_gone, decided, half_restored, look_for
from bot.store.db import counters, migrations, read_only
from bot.store.db.database import sqlite_engine
from bot.system.process_lock import denies_books, lock_of, note_books

__all__ = ["Foreign", "NoBooks", "Restored", "finish", "put_away", "restore", "throw_away"]

MORE = ("-wal", "-shm", "-journal")


class NoBooks(Exception):  # noqa: N818 - says what is the case
    """The file holds no books of this bot."""


class Foreign(Exception):  # noqa: N818 - says what is the case
    """The copy is of another company, or another bot worked on it; the words say which."""


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


async def restore(
    books: Path,
    copy: Path,
    folder: Path,
    now: datetime,
    *,
    bot: int | None = None,
    other_company: bool = False,
) -> Restored:
    """Put the copy in the place of the books; to be called under the lease.

    Args:
        books: the file that the bot writes to; it may be damaged or gone.
        copy: a copy that `back_up` has made, or books that were put aside.
        folder: takes the books that are replaced.
        now: the bot's time.
        bot: that is to work on them; None where it is not known.
        other_company: whether it may be a copy of another company, or of another bot.

    Raises:
        NoBooks: the copy holds none.
        NewerBooks: a newer version wrote it.
        UnsoundCopy: it is damaged or does not add up.
        Foreign: it is not a copy of these books.
    """
    finish(books, folder)
    traces = look_for(_url(books), books, folder)
    fresh = half_restored(books)
    books.parent.mkdir(parents=True, exist_ok=True)
    throw_away(fresh)
    try:
        copy_into(copy, fresh)
        found = await _step_of(fresh)
        identity = await read_only.look(_url(fresh), seals.of)
        if not other_company:
            _refuse_foreign(traces, identity, bot)
        prove(fresh)
        await migrations.migrate(_url(fresh))
        settled, seal = _settle(fresh, traces, identity, _epoch(books), now, other_company)
        prove(fresh)
        flush(fresh)
        replaced = _exchange(books, fresh, folder, now, traces, seal)
    finally:
        throw_away(fresh)
    return Restored(settled, replaced, found != migrations.head())


def finish(books: Path, folder: Path) -> Path | None:
    """Put the file of a decided restore in the place of the books, if there is one.

    To be called under the lease, and before anything opens the books. It may be broken off at any
    step and done again. Returns where the books are that stood there.
    """
    fresh = decided(books)
    if fresh is None:
        return None
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


async def _step_of(fresh: Path) -> str:
    """The step of the schema at which the copy stands."""
    found = await read_only.look(_url(fresh), read_only.revision)
    if found is None:
        raise NoBooks(str(fresh))
    if not read_only.is_known(found):
        raise migrations.NewerBooks(found)
    return found


def _exchange(
    books: Path, fresh: Path, folder: Path, now: datetime, traces: Traces, seal: Seal
) -> Path | None:
    """Decide, put the fresh books in their place, and have the seal beside them say so."""
    place = seal_file.place_of(_url(books))
    _announce(place, traces, seal)
    fresh.replace(books.with_name(f"{books.name}.restored-{now:%Y%m%d-%H%M%S}"))
    flush(books.parent)
    replaced = finish(books, folder)
    seal_file.write(place, seal)
    note_books(books)
    return replaced


def _refuse_foreign(traces: Traces, identity: Identity, bot: int | None) -> None:
    if not traces.admit(identity):
        raise Foreign("it carries another seal than the books that belong here")
    known = identity.seal.bot if identity.seal is not None else None
    if bot is not None and known is not None and known != bot:
        raise Foreign(f"bot {known} worked on it, and BOT_TOKEN is of bot {bot}")


def _settle(
    fresh: Path,
    traces: Traces,
    identity: Identity,
    epoch: int,
    now: datetime,
    other_company: bool,
) -> tuple[Settled, Seal]:
    """Make the fresh books fit to be worked with; returns their seal as well."""
    engine = sqlite_engine(make_url(_url(fresh)))
    try:
        with engine.begin() as conn:
            seal = seals.of(conn).seal
            assert seal is not None, "the last step has made one"
            if identity.seal is None and traces.owners and not other_company:
                seal = traces.owners[0]
            if other_company:
                seal = replace(seal, bot=None)
            seal = replace(seal, sealed_at=seal.sealed_at or now)
            seals.put(conn, seal)
            return settle(conn, epoch=epoch, now=now), seal
    finally:
        engine.dispose()


def _announce(place: Path, traces: Traces, seal: Seal) -> None:
    """Have the seal beside the books admit those that come as well as those that still stand."""
    here = None if traces.beside is None else traces.beside.seal
    if here is not None and here.token != seal.token:
        seal_file.write(place, here, coming=seal)


def _epoch(books: Path) -> int:
    """How often the bot was started on the books that are replaced, if they still tell."""
    if not books.exists():
        return 0
    engine = read_only.read_only_engine(books)
    try:
        with engine.begin() as conn:
            return counters.read(conn, "epoch")
    except DBAPIError:
        return 0
    finally:
        engine.dispose()


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
    engine = sqlite_engine(make_url(_url(books)))
    with contextlib.suppress(DBAPIError), engine.connect() as connection:
        read_only.fold(connection)
    engine.dispose()


def _url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file.absolute()}"
