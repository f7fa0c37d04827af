"""`migrate`: upgrades the database to the schema of this version."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.setup import now_by, settings_from

if TYPE_CHECKING:
    from bot.system.settings import Settings

__all__ = ["migrate"]


@click.command(
    help="Upgrade the database to the schema of this version, all or nothing.\n\n"
    "`run` does this by itself. A SQLite database with data is copied first and the copy is "
    "checked. The bot must not run meanwhile.",
    epilog="\b\nExamples:\n"
    "  python -m bot migrate\n"
    "  python -m bot migrate --backed-up      PostgreSQL, after a dump",
)
@click.option("--backed-up", is_flag=True, help="A PostgreSQL database was dumped just now.")
@click.option(
    "--new", is_flag=True, help="Create an empty database, even if an earlier one is missing."
)
@click.pass_obj
def migrate(env_file: Path, *, backed_up: bool, new: bool) -> None:
    """Upgrade the database and print what was done."""
    settings = settings_from(env_file)
    click.echo(asyncio.run(_migrate(settings, backed_up=backed_up, new=new)))


async def _migrate(settings: "Settings", *, backed_up: bool, new: bool) -> str:
    from bot.cli.database.upgrade import upgrade_database
    from bot.store.db.write_lease import hold_write_lease

    async with hold_write_lease(settings.database_url.get_secret_value()):
        now = await now_by(settings)
        return await upgrade_database(settings, now, backed_up=backed_up, new=new)
