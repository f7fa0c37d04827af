"""Checks of the database's files: whose it is, leftovers beside it, who may read it."""

from collections.abc import Iterator
from functools import partial

from bot.cli.database.belonging import (
    bot_of,
    describe_traces,
    folder_of,
    refuse_foreign,
    refuse_new,
    restore_command,
    traces_of,
)
from bot.cli.doctor.finding import Finding
from bot.cli.faults import CommandError
from bot.store.backup import file_rights, seal_file, seals
from bot.store.backup.copies import abandoned
from bot.store.backup.traces import decided, half_restored, has_no_data
from bot.store.customers import customer_details
from bot.store.db import migrations, read_only
from bot.system.number_keys import NumberKeys
from bot.system.settings import Settings

__all__ = ["check_files", "missing_database"]

NAMES_SHOWN_MAX = 3


def missing_database(settings: Settings) -> Finding:
    """Returns whether a missing database was lost or never there."""
    shown = settings.database_file or settings.database_shown
    try:
        refuse_new(settings)
    except CommandError:
        traces = traces_of(settings)
        if settings.database_file is None and not traces:
            what = f"There is no database at {shown} yet."
            return Finding("warn", what, "`run --new` creates it.")
        found = "; ".join(describe_traces(traces))
        what = f"The database {shown} is missing, but there was one: {found}."
        return Finding("fail", what, f"Stop the bot and run: {restore_command(traces, settings)}")
    return Finding("warn", f"There is no database at {shown} yet.", "`run` creates it.")


async def check_files(settings: Settings) -> list[Finding]:
    """Returns all findings about the files."""
    found = await _owner(settings)
    found += await _numbers(settings)
    file = settings.database_file
    if file is None:
        what = "The server checks pages, rights and copies of a PostgreSQL database."
        return [*found, Finding("ok", what)]
    return [*found, *_leftovers(settings), *_rights(settings)]


async def _numbers(settings: Settings) -> list[Finding]:
    """Whether the numbers of customers can be read; nothing if the database cannot be."""
    file = settings.database_file
    if file is not None and has_no_data(file):
        return []
    url = settings.database_url.get_secret_value()
    key = seal_file.key_beside(url)
    try:
        if await read_only.look(url, read_only.revision) != migrations.head():
            return []
        look = partial(customer_details.key_trouble, keys=NumberKeys(key))
        trouble = await read_only.look(url, look)
    except Exception:  # noqa: BLE001 - an unreadable database was reported before
        return []
    if not trouble:
        return [Finding("ok", "The numbers of members' customers can be read.")]
    what = f"The key of customers' numbers, {key}, is {trouble}: numbers show as not readable."
    return [Finding("warn", what, "Put back your copy of this file. Nothing else depends on it.")]


async def _owner(settings: Settings) -> list[Finding]:
    """Whether the database belongs here and to this bot; nothing if it cannot be read."""
    file = settings.database_file
    if file is not None and has_no_data(file):
        return []
    try:
        url = settings.database_url.get_secret_value()
        if await read_only.look(url, read_only.revision) != migrations.head():
            return []
        found = await read_only.look(url, seals.of)
    except Exception:  # noqa: BLE001 - an unreadable database was reported before
        return []
    try:
        refuse_foreign(settings, found)
    except CommandError as fault:
        [what, *remedy] = fault.message.splitlines()
        return [Finding("fail", what, " ".join(line.strip() for line in remedy))]
    return [_bot(settings, found)]


def _bot(settings: Settings, found: seals.Identity) -> Finding:
    bot, known = bot_of(settings), found.bot
    if bot is None or known is None or bot == known:
        return Finding("ok", "The database belongs here.")
    what = f"The database belongs to bot {known}, and BOT_TOKEN is of another bot ({bot})."
    return Finding("fail", what, "Change the token; or, if this bot is meant: run --other-bot")


def _leftovers(settings: Settings) -> Iterator[Finding]:
    file = settings.database_file
    assert file is not None, "only files have leftovers"
    if (left := decided(file)) is not None:
        what = f"A restore was interrupted just before its end ({left})."
        yield Finding("warn", what, "The next start of the bot finishes it.")
    parts = [each for each in (half_restored(file),) if each.exists()]
    parts += abandoned(file, folder_of(settings))
    if parts:
        names = ", ".join(str(each) for each in parts[:NAMES_SHOWN_MAX])
        what = f"{len(parts)} files were left by commands that were killed: {names}."
        yield Finding("warn", what, "The bot deletes them when it starts.")


def _rights(settings: Settings) -> Iterator[Finding]:
    file = settings.database_file
    assert file is not None, "only files have rights"
    wide = file_rights.readable_by_others(file_rights.files_of(file, folder_of(settings)))
    if wide:
        names = ", ".join(str(each) for each in wide[:NAMES_SHOWN_MAX])
        what = f"{len(wide)} files of the database can be read by other users: {names}."
        yield Finding(
            "warn", what, "The bot corrects its own when it starts; others: chmod go= FILE"
        )
    else:
        yield Finding("ok", "Only this user can read the files of the database.")
