"""Writes the seal into the database and beside it, so that no other is taken for it."""

import asyncio
import logging
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.database.belonging import folder_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.store.backup.seals import Seal
    from bot.store.db.database import Database
    from bot.system.settings import Settings

__all__ = ["seal", "seal_bot"]

log = logging.getLogger(__name__)


async def seal(settings: "Settings", now: datetime, *, first: bool = False) -> None:
    """Write the seal into the database and beside it, and clean up the files around it.

    Args:
        settings: say where the database is.
        now: becomes the date of the seal if it has none yet.
        first: ignore the seal file, and let the next bot be the first one.
    """
    from bot.store.backup import seal_file
    from bot.store.db.database import open_database
    from bot.system.process_lock import note_database

    url, file = settings.database_url.get_secret_value(), settings.database_file
    place = seal_file.path_for(url)
    beside = None if first else seal_file.read(place)
    database = open_database(url)
    try:
        owners = () if beside is None else beside.seals
        made = await database.read(partial(_sealed, owners=owners, now=now, forget_bot=first))
        # The file first: a sealed database without a seal file is refused.
        if beside is None or beside.seal != made or beside.coming is not None:
            seal_file.write(place, made)
        await database.write(partial(_seal_inside, made=made))
    finally:
        await database.close()
    if file is not None:
        note_database(file)
        await asyncio.to_thread(_tidy, file, folder_of(settings))


async def seal_bot(settings: "Settings", database: "Database", bot: int) -> None:
    """Note the bot in the seal once Telegram has confirmed its number."""
    from bot.store.backup import seal_file, seals

    place = seal_file.path_for(settings.database_url.get_secret_value())
    found = await database.write(partial(seals.note_bot, bot=bot))
    beside = seal_file.read(place)
    if found is not None and (beside is None or beside.seal != found):
        seal_file.write(place, found)


def _tidy(file: Path, folder: Path) -> None:
    """Delete what killed commands have left, and let only this user read the rest."""
    from bot.store.backup import file_rights
    from bot.store.backup.copies import abandoned
    from bot.store.backup.exchange import delete_files
    from bot.store.backup.traces import half_restored

    delete_files(half_restored(file))
    for left in abandoned(file, folder):
        left.unlink(missing_ok=True)
    for each in file_rights.restrict(file_rights.files_of(file, folder)):
        log.warning("other users may read a file of the database", extra={"file": str(each)})


def _seal_inside(conn: "Connection", made: "Seal") -> None:
    from bot.store.backup import seals

    if seals.of(conn).seal != made:
        seals.put(conn, made)


def _sealed(
    conn: "Connection", owners: "tuple[Seal, ...]", now: datetime, *, forget_bot: bool
) -> "Seal":
    """Returns the complete seal; one of an older version takes over what the seal file says."""
    from dataclasses import replace

    from bot.store.backup import seals

    before = seals.of(conn).seal
    assert before is not None, "the migration that added the table has made one"
    mine = next((each for each in owners if each.token == before.token), None)
    after = (
        before
        if mine is not None or not owners
        else replace(owners[0], bot=before.bot or owners[0].bot)
    )
    after = replace(after, sealed_at=before.sealed_at or after.sealed_at or now)
    return replace(after, bot=None) if forget_bot else after
