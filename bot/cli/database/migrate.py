"""`migrate`: the books in the shape that this version needs."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.setup import now_by, settings_from

if TYPE_CHECKING:
    from bot.system.settings import Settings

__all__ = ["migrate"]


@click.command(
    help="Bring the books to the shape that this version needs, all or nothing.\n\n"
    "`run` does this by itself. SQLite books that hold something are copied first and the copy "
    "is proved. The bot must not run meanwhile.",
    epilog="\b\nExamples:\n"
    "  python -m bot migrate\n"
    "  python -m bot migrate --backed-up      PostgreSQL, after a dump",
)
@click.option("--backed-up", is_flag=True, help="A PostgreSQL database was dumped just now.")
@click.option("--new", is_flag=True, help="Make new, empty books, though others may be lost.")
@click.pass_obj
def migrate(env_file: Path, *, backed_up: bool, new: bool) -> None:
    """Migrate and say what was done."""
    settings = settings_from(env_file)
    click.echo(asyncio.run(_migrate(settings, backed_up=backed_up, new=new)))


async def _migrate(settings: "Settings", *, backed_up: bool, new: bool) -> str:
    from bot.cli.database.upgrade import bring_up_to_date
    from bot.store.db.write_lease import right_to_write

    async with right_to_write(settings.database_url.get_secret_value()):
        now = await now_by(settings)
        return await bring_up_to_date(settings, now, backed_up=backed_up, new=new)
