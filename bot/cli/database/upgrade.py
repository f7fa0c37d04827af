"""Brings the books to the shape that this version needs, never without a way back."""

import asyncio
import logging
from datetime import datetime
from typing import TYPE_CHECKING

from bot.cli.database.belonging import (
    BACKUPS,
    folder_of,
    refuse_damaged,
    refuse_foreign,
    refuse_new,
)
from bot.cli.database.sealing import seal
from bot.cli.database.way_back import keep, pg_dump
from bot.cli.faults import CommandError

if TYPE_CHECKING:
    from bot.system.settings import Settings

__all__ = [
    "BACKUPS",
    "bring_up_to_date",
    "bring_up_to_date_as_they_stand",
    "hold_nothing",
    "pg_dump",
    "refuse_unready",
]

log = logging.getLogger(__name__)


async def bring_up_to_date(
    settings: "Settings",
    now: datetime,
    *,
    backed_up: bool = False,
    new: bool = False,
    bot: int | None = None,
    other_bot: bool = False,
) -> str:
    """Take the steps that are missing; gives a sentence about it. To be called under the lease.

    Args:
        settings: say where the books are.
        now: goes into the name of the backup.
        backed_up: a PostgreSQL database was dumped by hand just now.
        new: new books are to be made, whatever says that there were some.
        bot: that is to work on them; None where it is not known.
        other_bot: another bot than theirs may.

    Raises:
        CommandError: the database is not the bot's, has to be dumped first, or is not the one that
            belongs here.
        UnsoundCopyError: the books are damaged, so nothing was changed.
        NewerSchemaError: a newer version wrote them.
    """
    from bot.store.db import migrations

    url = settings.database_url.get_secret_value()
    before = await _admitted(settings, now, new=new, bot=bot, other_bot=other_bot)
    if before == migrations.head():
        await seal(settings, now)
        return f"The books at {settings.database_shown} need no change."
    kept = "" if before is None else keep(settings, now, before, backed_up=backed_up)
    await migrations.migrate(url)
    await seal(settings, now, first=before is None)
    if before is None:
        return f"Set up new books at {settings.database_shown}."
    return f"Brought the books at {settings.database_shown} up to date. {kept}"


async def bring_up_to_date_as_they_stand(
    settings: "Settings", now: datetime, *, backed_up: bool, again: str
) -> None:
    """Take the steps that are missing, whosever books these are; to be called under the lease.

    They are not sealed by it: until that is done the next start refuses them again.

    Args:
        settings: say where the books are.
        now: goes into the name of the backup.
        backed_up: a PostgreSQL database was dumped by hand just now.
        again: the command that says so.

    Raises:
        CommandError: there are no books, or they have to be dumped first.
        NewerSchemaError: a newer version wrote them.
    """
    from bot.store.db import migrations

    await asyncio.to_thread(_finish_restore, settings)
    before = await _revision(settings)
    if before is None:
        raise CommandError(
            f"There are no books at {settings.database_shown}. Nothing was changed."
        )
    _refuse_unknown(before)
    if before != migrations.head():
        keep(settings, now, before, backed_up=backed_up, again=again)
        await migrations.migrate(settings.database_url.get_secret_value())


async def _admitted(
    settings: "Settings", now: datetime, *, new: bool, bot: int | None, other_bot: bool
) -> str | None:
    """The step at which the books stand, once it is sure that they may be worked with."""
    from bot.store.backup import seals
    from bot.store.db import read_only

    url, shown = settings.database_url.get_secret_value(), settings.database_shown
    await asyncio.to_thread(_finish_restore, settings)
    if not _is_empty_file(settings) and (why := await refuse_damaged(settings)):
        log.warning("not all pages of the books were read at the start", extra={"reason": why})
    before = await _revision(settings)
    if before is None and not new:
        await asyncio.to_thread(refuse_new, settings)
    if before is None:
        await asyncio.to_thread(_clear, settings, now)
        return None
    if new:
        raise CommandError(
            f"There are books at {shown} already, so --new was refused. Leave it out."
        )
    _refuse_unknown(before)
    found = await read_only.look(url, seals.of)
    await asyncio.to_thread(refuse_foreign, settings, found, bot=bot, other_bot=other_bot)
    return before


async def refuse_unready(
    settings: "Settings", *, bot: int | None = None, foreign: bool = False
) -> None:
    """Let only books pass that stand as this version needs them and belong here.

    To be called under the lease.

    Args:
        settings: say where the books are.
        bot: that is to work on them; None where it does not matter.
        foreign: they may be those of another company or another bot.

    Raises:
        CommandError: they have to be migrated first, or brought back.
    """
    from bot.store.backup import seals
    from bot.store.db import migrations, read_only

    await asyncio.to_thread(_finish_restore, settings)
    found = await _revision(settings)
    if found is None and settings.database_file is not None:
        await asyncio.to_thread(refuse_new, settings)
    if found is not None:
        _refuse_unknown(found)
    if found != migrations.head():
        what = "are not set up yet" if found is None else "are of an older version"
        raise CommandError(
            f"The books at {settings.database_shown} {what}. Run first: python -m bot migrate"
        )
    if not foreign:
        identity = await read_only.look(settings.database_url.get_secret_value(), seals.of)
        await asyncio.to_thread(refuse_foreign, settings, identity, bot=bot)


async def hold_nothing(settings: "Settings") -> bool:
    """Whether the books are gone, emptied or not there yet."""
    return await _revision(settings) is None


async def _revision(settings: "Settings") -> str | None:
    """The step at which the books stand; None where there are none."""
    from bot.store.db import read_only

    url = settings.database_url.get_secret_value()
    if _is_empty_file(settings):
        return None
    found, taken = await read_only.look(
        url, lambda conn: (read_only.revision(conn), read_only.holds_tables(conn))
    )
    if found is None and taken:
        raise CommandError(
            f"The database {settings.database_shown} holds tables that are not the bot's. "
            "Name another one in DATABASE_URL."
        )
    return found


def _is_empty_file(settings: "Settings") -> bool:
    """Whether it is to be a file, and that is not there or holds nothing."""
    from bot.store.backup.traces import are_gone

    return settings.database_file is not None and are_gone(settings.database_file)


def _refuse_unknown(step: str) -> None:
    from bot.store.db import migrations

    if not migrations.is_known(step):
        raise migrations.NewerSchemaError(step)


def _finish_restore(settings: "Settings") -> None:
    """Put the file of a restore in place that was killed after it was decided."""
    from bot.store.backup.exchange import finish
    from bot.store.backup.traces import decided
    from bot.system.process_lock import note_database

    file = settings.database_file
    if file is not None and decided(file) is not None:
        finish(file, folder_of(settings))
        note_database(file)
        log.warning("a restore that was broken off has been finished")


def _clear(settings: "Settings", now: datetime) -> None:
    """Put what is left of books that are given up where new ones cannot meet it."""
    from bot.store.backup import seal_file
    from bot.store.backup.exchange import put_away

    seal_file.put_aside(seal_file.place_of(settings.database_url.get_secret_value()), now)
    if settings.database_file is not None:
        put_away(settings.database_file, folder_of(settings), now)
