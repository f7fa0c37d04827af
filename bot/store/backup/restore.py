"""Puts a copy in the place of the books: read back, brought up to date, settled, then exchanged.

All work is done on a file beside the books. Giving that file the name `.restored-…` decides; from
then on it takes the place of the books whatever happens, for the next start puts it there if this
process cannot. At each instant a whole file stands at the place of the books, the old or the new.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot.store.backup import seal_file, seals
from bot.store.backup.after_restore import AfterRestore, settle
from bot.store.backup.backup import copy_into, damage_told, flush, prove
from bot.store.backup.exchange import finish, put_in_place, throw_away
from bot.store.backup.seals import Identity, Seal
from bot.store.backup.traces import Traces, decided, half_restored, look_for
from bot.store.db import counters, migrations, read_only
from bot.store.db.database import sqlite_engine
from bot.system.process_lock import note_books

__all__ = ["Foreign", "Leftover", "NoBooks", "Restored", "restore"]


class NoBooks(Exception):  # noqa: N818 - says what is the case
    """The file holds no books of this bot; the words say what it is."""


class Leftover(Exception):  # noqa: N818 - says what is the case
    """The file is no copy: an earlier restore, which was broken off, has left it.

    Attributes:
        decided: whether it only has to be put in place.
    """

    def __init__(self, file: Path, *, decided: bool) -> None:
        super().__init__(str(file))
        self.decided = decided


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

    settled: AfterRestore
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
    witnessed: bool = False,
) -> Restored:
    """Put the copy in the place of the books; to be called under the lease.

    Args:
        books: the file that the bot writes to; it may be damaged or gone.
        copy: a copy that `back_up` has made, or books that were put aside.
        folder: takes the books that are replaced.
        now: the bot's time.
        bot: that is to work on them; None where it is not known.
        other_company: whether it may be a copy of another company, or of another bot.
        witnessed: whether Telegram says that `now` is right.

    Raises:
        Leftover: the copy is what an earlier restore has left.
        NoBooks: the copy holds none.
        DamagedLeftover: a file that an earlier restore has decided on is in the way.
        NewerBooks: a newer version wrote it.
        UnsoundCopy: it is damaged or does not add up.
        Foreign: it is not a copy of these books.
        ClockBehind: `now` is earlier than the copy, so what is due cannot be told.
    """
    _refuse_leftover(books, copy)
    finish(books, folder)
    traces = look_for(_url(books), books, folder)
    fresh = half_restored(books)
    throw_away(fresh)
    try:
        found, identity = await _copied(copy, fresh)
        if not other_company:
            _refuse_foreign(traces, identity, bot)
        with damage_told():
            prove(fresh)
            await migrations.migrate(_url(fresh))
            doing = partial(settle, epoch=_epoch(books), now=now, witnessed=witnessed)
            settled, seal = _settle(fresh, traces, identity, now, other_company, doing)
            prove(fresh)
        flush(fresh)
        replaced = _exchange(books, fresh, folder, now, traces, seal)
    finally:
        throw_away(fresh)
    return Restored(settled, replaced, found != migrations.head())


def _refuse_leftover(books: Path, copy: Path) -> None:
    """A restore deletes what an earlier one has left, or puts it in place: it restores neither."""
    for file, is_decided in ((half_restored(books), False), (decided(books), True)):
        if file is not None and file.exists() and copy.exists() and copy.samefile(file):
            raise Leftover(copy, decided=is_decided)


async def _copied(copy: Path, fresh: Path) -> tuple[str, Identity]:
    """Copy the copy; returns the step of the schema at which it stands, and whose it is."""
    fresh.parent.mkdir(parents=True, exist_ok=True)
    with damage_told():
        try:
            copy_into(copy, fresh)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
                raise NoBooks(str(error)) from None
            raise
        return await _step_of(fresh), await read_only.look(_url(fresh), seals.of)


async def _step_of(fresh: Path) -> str:
    found = await read_only.look(_url(fresh), read_only.revision)
    if found is None:
        raise NoBooks("it has no tables of the bot")
    if not migrations.is_known(found):
        raise migrations.NewerBooks(found)
    return found


def _exchange(
    books: Path, fresh: Path, folder: Path, now: datetime, traces: Traces, seal: Seal
) -> Path | None:
    """Decide, put the fresh books in their place, and have the seal beside them say so."""
    place = seal_file.place_of(_url(books))
    _announce(place, traces, seal)
    chosen = books.with_name(f"{books.name}.restored-{now:%Y%m%d-%H%M%S}")
    fresh.replace(chosen)
    flush(books.parent)
    replaced = put_in_place(chosen, books, folder)
    seal_file.write(place, seal)
    note_books(books)
    return replaced


def _refuse_foreign(traces: Traces, identity: Identity, bot: int | None) -> None:
    if not traces.admit(identity):
        raise Foreign("it carries another seal than the books that belong here")
    known = identity.bot
    if bot is not None and known is not None and known != bot:
        raise Foreign(f"bot {known} worked on it, and BOT_TOKEN is of bot {bot}")


def _settle(
    fresh: Path,
    traces: Traces,
    identity: Identity,
    now: datetime,
    other_company: bool,
    doing: Callable[[Connection], AfterRestore],
) -> tuple[AfterRestore, Seal]:
    """Make the fresh books fit to be worked with; returns their seal as well."""
    engine = sqlite_engine(make_url(_url(fresh)))
    try:
        with engine.begin() as conn:
            seal = seals.of(conn).seal
            assert seal is not None, "the last step has made one"
            if identity.sealed is None and traces.owners and not other_company:
                seal = traces.owners[0]
            if other_company:
                seal = replace(seal, bot=None)
            seal = replace(seal, sealed_at=seal.sealed_at or now)
            seals.put(conn, seal)
            return doing(conn), seal
    finally:
        engine.dispose()


def _announce(place: Path, traces: Traces, seal: Seal) -> None:
    """Have the seal beside the books admit those that come as well as those that still stand."""
    here = next(iter(traces.owners), None)
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


def _url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file.absolute()}"
