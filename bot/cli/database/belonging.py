"""Whether the books that stand there are those that belong there, and what to do if not."""

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
    "back_by",
    "bot_of",
    "folder_of",
    "refuse_damaged",
    "refuse_foreign",
    "refuse_new",
    "told_of",
    "traces_of",
]

BACKUPS = "backups"
PAGES_SECONDS_MAX = 10.0
"""How long a start may wait until all pages are read; the nightly proof reads them in any case."""
FILES_TOLD_MAX = 5


def folder_of(settings: "Settings") -> Path:
    """Where the copies of the books are."""
    file = settings.database_file
    return (file.parent if file is not None else Path("data")) / BACKUPS


def bot_of(settings: "Settings") -> int | None:
    """Telegram's number of the bot whose token is set."""
    token = settings.bot_token
    return None if token is None else int(token.get_secret_value().partition(":")[0])


def traces_of(settings: "Settings") -> "Traces":
    """What says that there were books; on a server only the seal that the bot keeps."""
    from bot.store.backup import seal_file
    from bot.store.backup.traces import Traces, look_for

    url, file = settings.database_url.get_secret_value(), settings.database_file
    if file is None:
        return Traces(seal_file.read(seal_file.place_of(url)))
    return look_for(url, file, folder_of(settings))


def refuse_new(settings: "Settings") -> None:
    """Let new books be made only where nothing says that there were any.

    Raises:
        CommandError: with what was found, and the command that brings the books back.
    """
    traces, shown = traces_of(settings), settings.database_shown
    begin = "python -m bot run --new"
    if settings.database_file is None:
        heading = f"The database {shown} is empty. Nothing was changed."
        told = listed(heading, told_of(traces)) if traces else heading
        raise CommandError(
            f"{told}\nIf there were books, bring them back:\n  {back_by(traces, settings)}\n"
            f"If these are to be new ones: {begin}"
        )
    if not traces:
        return
    raise CommandError(
        listed(
            f"The books at {settings.database_file} are gone, but there were some:",
            told_of(traces),
        )
        + f"\nNothing was changed. Bring them back:\n  {back_by(traces, settings)}\n"
        f"Only if they are to be given up, begin new ones: {begin}"
    )


def refuse_foreign(
    settings: "Settings", found: "Identity", *, bot: int | None = None, other_bot: bool = False
) -> "Seal | None":
    """Let only books pass that belong here; returns the seal that they should carry, if known.

    Raises:
        CommandError: with the way out.
    """
    traces = traces_of(settings)
    if not traces.admit(found) and not _is_copied(traces, found):
        inside = "no seal" if found.seal is None else _shown(found.seal)
        lines = [f"inside the books: {inside}", *told_of(traces)]
        raise CommandError(
            listed(f"The books at {settings.database_shown} carry another seal:", lines)
            + f"\nNothing was changed. Bring the right ones back:\n"
            f"  {back_by(traces, settings)}\n"
            f"Only if these are meant: {_as_they_stand(settings)}"
        )
    known = found.bot
    if bot is not None and known is not None and known != bot and not other_bot:
        raise CommandError(
            f"The books at {settings.database_shown} are those of bot {known}, and BOT_TOKEN is "
            f"of bot {bot}. Nothing was changed. Set the token of bot {known}, or name other "
            "books in DATABASE_URL. If it is to go on with them: python -m bot run --other-bot"
        )
    return next((each for each in traces.owners if found.belongs_to(each)), None)


async def refuse_damaged(settings: "Settings") -> str | None:
    """Let only books pass whose pages can all be read; returns why that is not known.

    A server looks after its own files.

    Raises:
        CommandError: with the damage and the command that brings the books back.
    """
    from bot.store.backup.worker_process import pages_apart

    file = settings.database_file
    if file is None:
        return None
    try:
        faults = await pages_apart(file, PAGES_SECONDS_MAX)
    except (JobError, OSError) as error:
        return str(error)
    if faults:
        raise CommandError(
            listed(f"The books at {file} are damaged:", faults)
            + f"\nNothing was changed. Put the newest copy in their place:\n"
            f"  {back_by(traces_of(settings), settings)}\n"
            "The damaged file is kept beside the copies."
        )
    return None


def back_by(traces: "Traces", settings: "Settings") -> str:
    """The command that brings the books back."""
    if settings.database_file is None:
        return (
            "pg_restore --clean --if-exists --dbname=DATABASE FILE && "
            "python -m bot restore --in-place"
        )
    newest = traces.newest
    if newest is None:
        return "python -m bot restore FILE      with a copy that lies elsewhere"
    return f"python -m bot restore {shlex.quote(str(newest.file))}"


def told_of(traces: "Traces") -> list[str]:
    """What was found, a line each."""
    lines = []
    if (beside := traces.beside) is not None:
        said = "it cannot be read" if beside.seal is None else _shown(beside.seal)
        lines.append(f"{beside.file}: {said}")
    if traces.copies:
        newest = traces.newest
        where, number = traces.copies[0].file.parent, len(traces.copies)
        what = f"{where}: {number} {'copy' if number == 1 else 'copies'} of the books"
        if newest is not None:
            what += f", the newest of {newest.at:%Y-%m-%d %H:%M} UTC"
        lines.append(what)
    lines += [str(file) for file in traces.files[:FILES_TOLD_MAX]]
    if (more := len(traces.files) - FILES_TOLD_MAX) > 0:
        lines.append(f"{more} more")
    return lines


def _as_they_stand(settings: "Settings") -> str:
    """The command that takes over the books that stand there; a server wants a dump before."""
    command = "python -m bot restore --in-place --other-company"
    if settings.database_file is None:
        command += "\n(books of an older version: dump them first, and add --backed-up)"
    return command


def _is_copied(traces: "Traces", found: "Identity") -> bool:
    """Whether nothing stands beside the books and some of the copies are theirs."""
    if traces.beside is not None or found.seal is None:
        return False
    return any(each.seal and each.belongs_to(found.seal) for each in traces.known.values())


def _shown(seal: "Seal") -> str:
    since = "" if seal.sealed_at is None else f" of {seal.sealed_at:%Y-%m-%d}"
    bot = "no bot yet" if seal.bot is None else f"bot {seal.bot}"
    return f"books{since} with {bot} (seal {seal.token[:8]})"
