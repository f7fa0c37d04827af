"""Replaces the database with a copy: verified, upgraded, settled, then exchanged.

All work is done on a file beside the database. Renaming that file to `.restored-…` is the point of
no return: if this process cannot put it in place, the next start does. At each instant a complete
file is in the place of the database, the old or the new one.
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

from bot.core.errors import RestoreError
from bot.store.backup import erasure_file, seal_file, seals
from bot.store.backup.after_restore import AfterRestore, settle
from bot.store.backup.backup import converting_damage, copy_into, flush, verify
from bot.store.backup.exchange import delete_files, finish, put_in_place
from bot.store.backup.redoing import erase_again
from bot.store.backup.seals import Identity, Seal
from bot.store.backup.traces import Traces, decided, half_restored, look_for
from bot.store.db import counters, migrations, read_only
from bot.store.db.database import sqlite_engine
from bot.system.process_lock import note_database

__all__ = [
    "ForeignCopyError",
    "NotADatabaseError",
    "Restored",
    "UnfinishedRestoreError",
    "restore",
]


class NotADatabaseError(RestoreError):
    """The file holds no database of this bot; the message says what it is."""


class UnfinishedRestoreError(RestoreError):
    """The file is no copy: an earlier, interrupted restore has left it.

    Attributes:
        decided: whether it only has to be put in place.
    """

    def __init__(self, file: Path, *, decided: bool) -> None:
        super().__init__(str(file))
        self.decided = decided


class ForeignCopyError(RestoreError):
    """The copy is of another company, or another bot used it; the message says which."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore has done.

    Attributes:
        settled: what was found in the copy.
        replaced: where the replaced database is now; None where there was none.
        migrated: whether the copy was of an older version.
    """

    settled: AfterRestore
    replaced: Path | None
    migrated: bool


async def restore(
    database: Path,
    copy: Path,
    folder: Path,
    now: datetime,
    *,
    bot: int | None = None,
    other_company: bool = False,
    confirmed: bool = False,
) -> Restored:
    """Replace the database with the copy; the caller holds the write lease.

    Args:
        database: the database file of the bot; it may be damaged or missing.
        copy: a copy that `back_up` has made, or a database that a restore has replaced.
        folder: receives the database that is replaced.
        now: the bot's time.
        bot: Telegram's id of the bot that is to use it; None where it is not known.
        other_company: whether it may be a copy of another company, or of another bot.
        confirmed: whether Telegram confirmed `now`.

    Raises:
        UnfinishedRestoreError: the copy is a file that an earlier restore has left.
        NotADatabaseError: the copy holds no database of this bot.
        DamagedRestoreError: a file that an earlier restore has decided on is in the way.
        NewerSchemaError: a newer version wrote it.
        UnsoundCopyError: it is damaged or does not add up.
        ForeignCopyError: it is not a copy of this database.
        ClockBehindError: `now` is earlier than the copy, so what is due cannot be determined.
    """
    _refuse_leftover(database, copy)
    finish(database, folder)
    traces = look_for(_url(database), database, folder)
    fresh = half_restored(database)
    delete_files(fresh)
    try:
        found, identity = await _copied(copy, fresh)
        if not other_company:
            _refuse_foreign(traces, identity, bot)
        with converting_damage():
            verify(fresh)
            await migrations.migrate(_url(fresh))
            settle_copy = partial(_settle_all, database=database, now=now, confirmed=confirmed)
            settled, seal = _settle(fresh, traces, identity, now, other_company, settle_copy)
            verify(fresh)
        flush(fresh)
        replaced = _exchange(database, fresh, folder, now, traces, seal)
    finally:
        delete_files(fresh)
    return Restored(settled, replaced, found != migrations.head())


def _refuse_leftover(database: Path, copy: Path) -> None:
    """Refuse files of an earlier restore: this one will delete them or put them in place."""
    for file, is_decided in ((half_restored(database), False), (decided(database), True)):
        if file is not None and file.exists() and copy.exists() and copy.samefile(file):
            raise UnfinishedRestoreError(copy, decided=is_decided)


async def _copied(copy: Path, fresh: Path) -> tuple[str, Identity]:
    """Copy the copy; returns its version of the schema, and its identity."""
    fresh.parent.mkdir(parents=True, exist_ok=True)
    with converting_damage():
        try:
            copy_into(copy, fresh)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
                raise NotADatabaseError(str(error)) from None
            raise
        return await _step_of(fresh), await read_only.look(_url(fresh), seals.of)


async def _step_of(fresh: Path) -> str:
    found = await read_only.look(_url(fresh), read_only.revision)
    if found is None:
        raise NotADatabaseError("it has no tables of the bot")
    if not migrations.is_known(found):
        raise migrations.NewerSchemaError(found)
    return found


def _exchange(
    database: Path, fresh: Path, folder: Path, now: datetime, traces: Traces, seal: Seal
) -> Path | None:
    """Decide, replace the database with the fresh file, and write the seal beside it."""
    place = seal_file.path_for(_url(database))
    _announce(place, traces, seal)
    chosen = database.with_name(f"{database.name}.restored-{now:%Y%m%d-%H%M%S}")
    fresh.replace(chosen)
    flush(database.parent)
    replaced = put_in_place(chosen, database, folder)
    seal_file.write(place, seal)
    note_database(database)
    return replaced


def _refuse_foreign(traces: Traces, identity: Identity, bot: int | None) -> None:
    if not traces.admit(identity):
        raise ForeignCopyError("it carries another seal than the database that belongs here")
    known = identity.bot
    if bot is not None and known is not None and known != bot:
        raise ForeignCopyError(f"bot {known} worked on it, and BOT_TOKEN is of bot {bot}")


def _settle(
    fresh: Path,
    traces: Traces,
    identity: Identity,
    now: datetime,
    other_company: bool,
    settle_copy: Callable[[Connection], AfterRestore],
) -> tuple[AfterRestore, Seal]:
    """Settle the fresh database and seal it; returns its seal as well."""
    engine = sqlite_engine(make_url(_url(fresh)))
    try:
        with engine.begin() as conn:
            seal = seals.of(conn).seal
            assert seal is not None, "the migration has made one"
            if identity.sealed is None and traces.owners and not other_company:
                seal = traces.owners[0]
            if other_company:
                seal = replace(seal, bot=None)
            seal = replace(seal, sealed_at=seal.sealed_at or now)
            seals.put(conn, seal)
            return settle_copy(conn), seal
    finally:
        engine.dispose()


def _settle_all(
    conn: Connection, *, database: Path, now: datetime, confirmed: bool
) -> AfterRestore:
    """Settle the fresh database, and erase again what was erased from the one in its place."""
    settled = settle(conn, epoch=_epoch(database), now=now, confirmed=confirmed)
    erasures = erasure_file.read(erasure_file.list_beside(_url(database)))
    again = 0 if erasures is None else erase_again(conn, erasures, now)
    return replace(settled, erased_again=again)


def _announce(place: Path, traces: Traces, seal: Seal) -> None:
    """Let the seal file accept both seals while the files are exchanged."""
    here = next(iter(traces.owners), None)
    if here is not None and here.token != seal.token:
        seal_file.write(place, here, coming=seal)


def _epoch(database: Path) -> int:
    """Returns the number of the last run on the database that is replaced; 0 if unreadable."""
    if not database.exists():
        return 0
    engine = read_only.read_only_engine(database)
    try:
        with engine.begin() as conn:
            return counters.read(conn, "epoch")
    except DBAPIError:
        return 0
    finally:
        engine.dispose()


def _url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file.absolute()}"
