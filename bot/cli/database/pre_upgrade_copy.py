"""The copy or dump that is made before an upgrade of the schema."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.database.belonging import folder_of
from bot.cli.faults import CommandError

if TYPE_CHECKING:
    from bot.system.settings import Settings

__all__ = ["copy_or_refuse", "pg_dump_command"]


def copy_or_refuse(
    settings: "Settings",
    now: datetime,
    before: str,
    *,
    backed_up: bool,
    again: str = "python -m bot migrate --backed-up",
) -> str:
    """Make a verified copy of a file, or trust the operator's dump; returns a sentence about it.

    Raises:
        CommandError: a server has to be dumped first; then `again` is the command to run.
    """
    from bot.store.backup.backup import back_up

    file = settings.database_file
    if file is not None:
        copy = back_up(file, folder_of(settings), now, label=f"-before-step-after-{before}")
        return f"The database before the upgrade: {copy}"
    if not backed_up:
        command = pg_dump_command(settings, folder_of(settings), now)
        raise CommandError(
            f"The database {settings.database_shown} has to be upgraded for this version. Dump it "
            f"first:\n  {command}\nand then: {again}"
        )
    return "To go back, restore the dump that was made before."


def pg_dump_command(settings: "Settings", folder: Path, now: datetime) -> str:
    """Returns the command that dumps the database, without its password."""
    from sqlalchemy.engine import make_url

    url = make_url(settings.database_url.get_secret_value())
    parts = ["pg_dump --format=custom"]
    for option, value in (("host", url.host), ("port", url.port), ("username", url.username)):
        if value:
            parts.append(f"--{option}={value}")
    file = folder / f"{url.database}-{now:%Y%m%d-%H%M%S}.dump"
    return f"mkdir -p {folder} && {' '.join(parts)} --file={file} {url.database}"
