"""`backup`: a copy of the books that has been read back."""

import asyncio
import shutil
from pathlib import Path

import click

from bot.cli.database.belonging import folder_of, refuse_new
from bot.cli.database.upgrade import hold_nothing
from bot.cli.database.way_back import pg_dump
from bot.cli.faults import CommandError
from bot.cli.setup import now_by, settings_from

__all__ = ["backup"]


@click.command(
    help="Copy the books, also while the bot runs, and prove the copy.\n\n"
    "The copy is read back whole: the file is sound, nothing points nowhere, the money adds up. "
    "A copy that fails is thrown away and the exit code is 1.",
    epilog="\b\nExamples:\n"
    "  python -m bot backup\n"
    "  python -m bot backup --to /mnt/elsewhere\n"
    "\b\nTo restore, with the bot stopped:\n"
    "  python -m bot restore data/backups/jualdulu-20261122-010500.db",
)
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder for the copy.  [default: backups beside the books]",
)
@click.pass_obj
def backup(env_file: Path, folder: Path | None) -> None:
    """Back the books up and say where the copy is."""
    from bot.store.backup.backup import back_up
    from bot.store.backup.copies import abandoned

    settings = settings_from(env_file)
    now = asyncio.run(now_by(settings))
    file = settings.database_file
    if file is None:
        command = pg_dump(settings, folder or folder_of(settings), now)
        raise CommandError(f"PostgreSQL makes its own backups. Run:\n  {command}")
    if asyncio.run(hold_nothing(settings)):
        refuse_new(settings)
        raise CommandError(f"There are no books at {file} yet; python -m bot run sets them up.")
    where = folder or folder_of(settings)
    room = shutil.disk_usage(_nearest(where)).free
    if room < file.stat().st_size:
        raise CommandError(
            f"{where} has {room // 2**20} MiB free and the copy needs "
            f"{file.stat().st_size // 2**20 + 1} MiB. Make room or name another folder with --to."
        )
    for left in abandoned(file, where):
        left.unlink(missing_ok=True)
    click.echo(f"Copying {file} and reading the copy back …", err=True)
    try:
        copy = back_up(file, where, now)
    except FileExistsError as error:
        raise CommandError(f"{error} was made this very second; there is nothing newer.") from None
    click.echo(f"{copy} ({copy.stat().st_size // 1024} KiB, proved)")


def _nearest(folder: Path) -> Path:
    """The folder, or the one above it that is there already."""
    return next(each for each in (folder, *folder.absolute().parents) if each.exists())
