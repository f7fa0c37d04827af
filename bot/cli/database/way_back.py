"""The way back from a change of the schema: a proved copy, or a dump by the operator's hand."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.database.belonging import folder_of
from bot.cli.faults import CommandError

if TYPE_CHECKING:
    from bot.system.settings import Settings

__all__ = ["keep", "pg_dump"]


def keep(
    settings: "Settings",
    now: datetime,
    before: str,
    *,
    backed_up: bool,
    again: str = "python -m bot migrate --backed-up",
) -> str:
    """Make a verified copy of the file, or take the word of the operator; gives a sentence.

    Raises:
        CommandError: a server has to be dumped first, and then this command said `again`.
    """
    from bot.store.backup.backup import back_up

    file = settings.database_file
    if file is not None:
        copy = back_up(file, folder_of(settings), now, mark=f"-before-step-after-{before}")
        return f"The books as they were before: {copy}"
    if not backed_up:
        command = pg_dump(settings, folder_of(settings), now)
        raise CommandError(
            f"The books at {settings.database_shown} have to be changed for this version. Dump "
            f"them first:\n  {command}\nand then: {again}"
        )
    return "The dump that was taken before is the way back."


def pg_dump(settings: "Settings", folder: Path, now: datetime) -> str:
    """The command that dumps the database, without its password."""
    from sqlalchemy.engine import make_url

    url = make_url(settings.database_url.get_secret_value())
    parts = ["pg_dump --format=custom"]
    for option, value in (("host", url.host), ("port", url.port), ("username", url.username)):
        if value:
            parts.append(f"--{option}={value}")
    file = folder / f"{url.database}-{now:%Y%m%d-%H%M%S}.dump"
    return f"mkdir -p {folder} && {' '.join(parts)} --file={file} {url.database}"
