"""What the doctor looks at around the books: whose they are, what was left there, who may read."""

from collections.abc import Iterator

from bot.cli.database.belonging import (
    back_by,
    bot_of,
    folder_of,
    refuse_foreign,
    refuse_new,
    told_of,
    traces_of,
)
from bot.cli.doctor.finding import Finding
from bot.cli.faults import CommandError
from bot.store.backup import file_rights, seals
from bot.store.backup.copies import abandoned
from bot.store.backup.traces import are_gone, decided, half_restored
from bot.store.db import migrations, read_only
from bot.system.settings import Settings

__all__ = ["missing_books", "safekeeping"]

NAMES_SHOWN_MAX = 3


def missing_books(settings: Settings) -> Finding:
    """Whether books that are not there have never been there."""
    shown = settings.database_file or settings.database_shown
    try:
        refuse_new(settings)
    except CommandError:
        traces = traces_of(settings)
        if settings.database_file is None and not traces:
            what = f"There are no books at {shown} yet."
            return Finding("warn", what, "`run --new` sets them up.")
        what = f"The books at {shown} are gone, but there were some: {'; '.join(told_of(traces))}."
        return Finding("fail", what, f"Stop the bot and run: {back_by(traces, settings)}")
    return Finding("warn", f"There are no books at {shown} yet.", "`run` sets them up.")


async def safekeeping(settings: Settings) -> list[Finding]:
    """All of it."""
    found = await _owner(settings)
    file = settings.database_file
    if file is None:
        what = "Pages, rights and copies of a PostgreSQL database are its server's business."
        return [*found, Finding("ok", what)]
    return [*found, *_leftovers(settings), *_rights(settings)]


async def _owner(settings: Settings) -> list[Finding]:
    """Whether the books belong here, and to this bot; nothing where there are none to be read."""
    file = settings.database_file
    if file is not None and are_gone(file):
        return []
    try:
        url = settings.database_url.get_secret_value()
        if await read_only.look(url, read_only.revision) != migrations.head():
            return []
        found = await read_only.look(url, seals.of)
    except Exception:  # noqa: BLE001 - what keeps the books from being read was told before
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
        return Finding("ok", "The books are those that belong here.")
    what = f"The books are those of bot {known}, and BOT_TOKEN is of another bot ({bot})."
    return Finding("fail", what, "Change the token; or, if it is meant: run --other-bot")


def _leftovers(settings: Settings) -> Iterator[Finding]:
    file = settings.database_file
    assert file is not None, "only files have leftovers"
    if (left := decided(file)) is not None:
        what = f"A restore was broken off just before its end ({left})."
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
    wide = file_rights.wide(file_rights.files_of(file, folder_of(settings)))
    if wide:
        names = ", ".join(str(each) for each in wide[:NAMES_SHOWN_MAX])
        what = f"{len(wide)} files of the books can be read by other users: {names}."
        yield Finding("warn", what, "The bot narrows its own when it starts; else: chmod go= FILE")
    else:
        yield Finding("ok", "Only this user can read the files of the books.")
