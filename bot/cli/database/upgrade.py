"""Upgrades the database to the schema of this version, never without a copy or a dump."""

import asyncio
import logging
from datetime import datetime
from typing import TYPE_CHECKING

from bot.cli.database.belonging import (
    folder_of,
    refuse_damaged,
    refuse_foreign,
    refuse_new,
)
from bot.cli.database.pre_upgrade_copy import copy_or_refuse
from bot.cli.database.sealing import seal
from bot.cli.faults import CommandError

if TYPE_CHECKING:
    from bot.system.settings import Settings

__all__ = [
    "is_missing",
    "refuse_unready",
    "upgrade_any_database",
    "upgrade_database",
]

log = logging.getLogger(__name__)


async def upgrade_database(
    settings: "Settings",
    now: datetime,
    *,
    backed_up: bool = False,
    new: bool = False,
    bot: int | None = None,
    other_bot: bool = False,
) -> str:
    """Run the missing migrations; returns a sentence about it. The caller holds the write lease.

    Args:
        settings: say where the database is.
        now: goes into the name of the copy.
        backed_up: a PostgreSQL database was dumped by hand just now.
        new: create a new database, even if traces of an earlier one are found.
        bot: the bot that will use the database; None where it is not known.
        other_bot: accept the database of another bot.

    Raises:
        CommandError: the database is not the bot's, has to be dumped first, or does not belong
            here.
        UnsoundCopyError: the database is damaged, so nothing was changed.
        NewerSchemaError: a newer version wrote the database.
    """
    from bot.store.db import migrations

    url = settings.database_url.get_secret_value()
    before = await _admitted(settings, now, new=new, bot=bot, other_bot=other_bot)
    if before == migrations.head():
        await seal(settings, now)
        return f"The database {settings.database_shown} needs no change."
    kept = "" if before is None else copy_or_refuse(settings, now, before, backed_up=backed_up)
    await migrations.migrate(url)
    await seal(settings, now, first=before is None)
    if before is None:
        return f"Created the database {settings.database_shown}."
    return f"Upgraded the database {settings.database_shown}. {kept}"


async def upgrade_any_database(
    settings: "Settings", now: datetime, *, backed_up: bool, again: str
) -> None:
    """Run the missing migrations, whosever database it is; the caller holds the write lease.

    The database is not sealed: until the caller does that, the next start refuses it again.

    Args:
        settings: say where the database is.
        now: goes into the name of the copy.
        backed_up: a PostgreSQL database was dumped by hand just now.
        again: the command to run after the dump.

    Raises:
        CommandError: there is no database, or it has to be dumped first.
        NewerSchemaError: a newer version wrote the database.
    """
    from bot.store.db import migrations

    await asyncio.to_thread(_finish_restore, settings)
    before = await _revision(settings)
    if before is None:
        raise CommandError(
            f"There is no database at {settings.database_shown}. Nothing was changed."
        )
    _refuse_unknown(before)
    if before != migrations.head():
        copy_or_refuse(settings, now, before, backed_up=backed_up, again=again)
        await migrations.migrate(settings.database_url.get_secret_value())


async def _admitted(
    settings: "Settings", now: datetime, *, new: bool, bot: int | None, other_bot: bool
) -> str | None:
    """Returns the step of a database that may be used here; None for a new one."""
    from bot.store.backup import seals
    from bot.store.db import read_only

    url, shown = settings.database_url.get_secret_value(), settings.database_shown
    await asyncio.to_thread(_finish_restore, settings)
    if not _is_empty_file(settings) and (why := await refuse_damaged(settings)):
        log.warning("not all pages of the database were read at the start", extra={"reason": why})
    before = await _revision(settings)
    if before is None and not new:
        await asyncio.to_thread(refuse_new, settings)
    if before is None:
        await asyncio.to_thread(_clear, settings, now)
        return None
    if new:
        raise CommandError(
            f"There is a database at {shown} already, so --new was refused. Leave it out."
        )
    _refuse_unknown(before)
    found = await read_only.look(url, seals.of)
    await asyncio.to_thread(refuse_foreign, settings, found, bot=bot, other_bot=other_bot)
    return before


async def refuse_unready(
    settings: "Settings", *, bot: int | None = None, foreign: bool = False
) -> None:
    """Refuse a database that has not the schema of this version or does not belong here.

    The caller holds the write lease.

    Args:
        settings: say where the database is.
        bot: the bot that will use it; None where it does not matter.
        foreign: accept the database of another company or another bot.

    Raises:
        CommandError: the database has to be upgraded or restored first.
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
        what = "is not set up yet" if found is None else "is of an older version"
        raise CommandError(
            f"The database {settings.database_shown} {what}. Run first: python -m bot migrate"
        )
    if not foreign:
        identity = await read_only.look(settings.database_url.get_secret_value(), seals.of)
        await asyncio.to_thread(refuse_foreign, settings, identity, bot=bot)


async def is_missing(settings: "Settings") -> bool:
    """Returns whether the database is missing or has no tables."""
    return await _revision(settings) is None


async def _revision(settings: "Settings") -> str | None:
    """Returns the step of the database; None where it is missing or empty."""
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
    """Returns whether the database is a file that does not exist or has no data."""
    from bot.store.backup.traces import has_no_data

    return settings.database_file is not None and has_no_data(settings.database_file)


def _refuse_unknown(step: str) -> None:
    from bot.store.db import migrations

    if not migrations.is_known(step):
        raise migrations.NewerSchemaError(step)


def _finish_restore(settings: "Settings") -> None:
    """Finish a restore that was killed after its decision to replace the file."""
    from bot.store.backup.exchange import finish
    from bot.store.backup.traces import decided
    from bot.system.process_lock import note_database

    file = settings.database_file
    if file is not None and decided(file) is not None:
        finish(file, folder_of(settings))
        note_database(file)
        log.warning("an interrupted restore has been finished")


def _clear(settings: "Settings", now: datetime) -> None:
    """Move the remains of an earlier database away, so that a new one cannot meet them."""
    from bot.store.backup import seal_file
    from bot.store.backup.exchange import clear_remains

    seal_file.retire(seal_file.path_for(settings.database_url.get_secret_value()), now)
    if settings.database_file is not None:
        clear_remains(settings.database_file, folder_of(settings), now)
