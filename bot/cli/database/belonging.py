"""Whether the database found is the one that belongs here, and what to do if it is not."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.faults import CommandError, listed
from bot.core.errors import JobError

if TYPE_CHECKING:
    from bot.store.backup.seals import Identity, Seal
    from bot.store.backup.traces import Traces
    from bot.system.settings import Settings

__all__ = [
    "BACKUPS",
    "bot_of",
    "describe_traces",
    "folder_of",
    "refuse_damaged",
    "refuse_foreign",
    "refuse_new",
    "restore_command",
    "traces_of",
]

BACKUPS = "backups"
PAGES_SECONDS_MAX = 10.0
"""How long a start may read all pages; the nightly integrity check reads them in any case."""
FILES_SHOWN_MAX = 5


def folder_of(settings: "Settings") -> Path:
    """Returns the folder of the copies."""
    file = settings.database_file
    return (file.parent if file is not None else Path("data")) / BACKUPS


def bot_of(settings: "Settings") -> int | None:
    """Returns Telegram's number of the bot whose token is set; None without a token."""
    token = settings.bot_token
    return None if token is None else int(token.get_secret_value().partition(":")[0])


def traces_of(settings: "Settings") -> "Traces":
    """Returns what shows that there was a database; on a server only the seal beside it."""
    from bot.store.backup import seal_file
    from bot.store.backup.traces import Traces, look_for

    url, file = settings.database_url.get_secret_value(), settings.database_file
    if file is None:
        return Traces(seal_file.read(seal_file.path_for(url)))
    return look_for(url, file, folder_of(settings))


def refuse_new(settings: "Settings") -> None:
    """Allow a new database only where nothing shows that there was one.

    Raises:
        CommandError: lists what was found, and the command that restores the database.
    """
    traces, shown = traces_of(settings), settings.database_shown
    begin = "python -m bot run --new"
    if settings.database_file is None:
        heading = f"The database {shown} is empty. Nothing was changed."
        found = listed(heading, describe_traces(traces)) if traces else heading
        raise CommandError(
            f"{found}\nIf there was data, restore it:\n  {restore_command(traces, settings)}\n"
            f"To start with an empty database: {begin}"
        )
    if not traces:
        return
    raise CommandError(
        listed(
            f"The database {settings.database_file} is missing, but there was one:",
            describe_traces(traces),
        )
        + f"\nNothing was changed. Restore it:\n  {restore_command(traces, settings)}\n"
        f"Only to give it up and start with an empty one: {begin}"
    )


def refuse_foreign(
    settings: "Settings", found: "Identity", *, bot: int | None = None, other_bot: bool = False
) -> "Seal | None":
    """Refuse a database that does not belong here; returns the seal it should have, if known.

    Raises:
        CommandError: says what to do.
    """
    traces = traces_of(settings)
    if not traces.admit(found) and not _is_copied(traces, found):
        inside = "no seal" if found.seal is None else _shown(found.seal)
        lines = [f"inside the database: {inside}", *describe_traces(traces)]
        raise CommandError(
            listed(f"The database {settings.database_shown} has another seal:", lines)
            + f"\nNothing was changed. Restore the right one:\n"
            f"  {restore_command(traces, settings)}\n"
            f"Only if this one is meant: {_take_over_command(settings)}"
        )
    known = found.bot
    if bot is not None and known is not None and known != bot and not other_bot:
        raise CommandError(
            f"The database {settings.database_shown} belongs to bot {known}, and BOT_TOKEN to bot "
            f"{bot}. Nothing was changed. Set the token of bot {known}, or name another "
            "database in DATABASE_URL. To use it with this bot: python -m bot run --other-bot"
        )
    return next((each for each in traces.owners if found.belongs_to(each)), None)


async def refuse_damaged(settings: "Settings") -> str | None:
    """Refuse a database with unreadable pages; returns the reason where that is not known.

    A server checks its own files.

    Raises:
        CommandError: lists the damage and the command that restores the database.
    """
    from bot.store.backup.worker_process import check_pages_in_child

    file = settings.database_file
    if file is None:
        return None
    try:
        faults = await check_pages_in_child(file, PAGES_SECONDS_MAX)
    except (JobError, OSError) as error:
        return str(error)
    if faults:
        raise CommandError(
            listed(f"The database {file} is damaged:", faults)
            + f"\nNothing was changed. Restore the newest copy:\n"
            f"  {restore_command(traces_of(settings), settings)}\n"
            "The damaged file is kept beside the copies."
        )
    return None


def restore_command(traces: "Traces", settings: "Settings") -> str:
    """Returns the command that restores the database."""
    if settings.database_file is None:
        return (
            "pg_restore --clean --if-exists --dbname=DATABASE FILE && "
            "python -m bot restore --in-place"
        )
    newest = traces.newest
    if newest is None:
        return "python -m bot restore FILE      with a copy from elsewhere"
    return f"python -m bot restore {shlex.quote(str(newest.file))}"


def describe_traces(traces: "Traces") -> list[str]:
    """Returns a line for each thing that was found."""
    lines = []
    if (beside := traces.beside) is not None:
        what = "it cannot be read" if beside.seal is None else _shown(beside.seal)
        lines.append(f"{beside.file}: {what}")
    if traces.copies:
        newest = traces.newest
        where, number = traces.copies[0].file.parent, len(traces.copies)
        what = f"{where}: {number} {'copy' if number == 1 else 'copies'} of the database"
        if newest is not None:
            what += f", the newest of {newest.at:%Y-%m-%d %H:%M} UTC"
        lines.append(what)
    lines += [str(file) for file in traces.files[:FILES_SHOWN_MAX]]
    if (more := len(traces.files) - FILES_SHOWN_MAX) > 0:
        lines.append(f"{more} more")
    return lines


def _take_over_command(settings: "Settings") -> str:
    """Returns the command that accepts the database as it is; on a server after a dump."""
    command = "python -m bot restore --in-place --other-company"
    if settings.database_file is None:
        command += "\n(a database of an older version: dump it first, and add --backed-up)"
    return command


def _is_copied(traces: "Traces", found: "Identity") -> bool:
    """Returns whether there is no seal beside the database and some of the copies are its own."""
    if traces.beside is not None or found.seal is None:
        return False
    return any(each.seal and each.belongs_to(found.seal) for each in traces.known.values())


def _shown(seal: "Seal") -> str:
    since = "" if seal.sealed_at is None else f" of {seal.sealed_at:%Y-%m-%d}"
    bot = "no bot yet" if seal.bot is None else f"bot {seal.bot}"
    return f"a database{since} with {bot} (seal {seal.token[:8]})"
