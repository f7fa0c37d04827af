"""`backup`: copies the database and reads the copy back."""

import asyncio
import shutil
from pathlib import Path

import click

from bot.cli.database.belonging import folder_of, refuse_new
from bot.cli.database.pre_upgrade_copy import pg_dump_command
from bot.cli.database.upgrade import is_missing
from bot.cli.faults import CommandError
from bot.cli.setup import now_by, settings_from

__all__ = ["backup"]


@click.command(
    help="Copy the database, also while the bot runs, and check the copy.\n\n"
    "The whole copy is read back: the file must be intact, every reference valid, and the money "
    "must add up. A copy that fails is deleted and the exit code is 1.",
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
    help="The folder for the copy.  [default: backups beside the database]",
)
@click.pass_obj
def backup(env_file: Path, folder: Path | None) -> None:
    """Back the database up and print where the copy is."""
    from bot.store.backup.backup import back_up
    from bot.store.backup.copies import abandoned

    settings = settings_from(env_file)
    now = asyncio.run(now_by(settings))
    file = settings.database_file
    if file is None:
        command = pg_dump_command(settings, folder or folder_of(settings), now)
        raise CommandError(f"PostgreSQL makes its own backups. Run:\n  {command}")
    if asyncio.run(is_missing(settings)):
        refuse_new(settings)
        raise CommandError(f"There is no database at {file} yet; python -m bot run creates it.")
    where = folder or folder_of(settings)
    free = shutil.disk_usage(_nearest(where)).free
    if free < file.stat().st_size:
        raise CommandError(
            f"{where} has {free // 2**20} MiB free and the copy needs "
            f"{file.stat().st_size // 2**20 + 1} MiB. Free some space or set another folder: --to"
        )
    for left in abandoned(file, where):
        left.unlink(missing_ok=True)
    click.echo(f"Copying {file} and reading the copy back …", err=True)
    try:
        copy = back_up(file, where, now)
    except FileExistsError as error:
        raise CommandError(f"{error} was made just now; nothing is newer.") from None
    click.echo(f"{copy} ({copy.stat().st_size // 1024} KiB, checked)")


def _nearest(folder: Path) -> Path:
    """Returns the folder, or the nearest one above it that exists."""
    return next(each for each in (folder, *folder.absolute().parents) if each.exists())
