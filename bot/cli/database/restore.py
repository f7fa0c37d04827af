"""`restore`: a copy in the place of the books."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.database.belonging import BACKUPS, bot_of, folder_of
from bot.cli.faults import Fault, listed
from bot.cli.setup import now_by, settings_from

if TYPE_CHECKING:
    from bot.store.backup.after_restore import Settled
    from bot.system.settings import Settings

__all__ = ["restore"]


@click.command(
    help="Put a copy in the place of the books, with the bot stopped.\n\n"
    "The copy is read back whole, brought to this version, and settled: unasked messages that "
    "may have been sent since it was made are counted as uncertain and not sent again, tips of "
    "the time that is lost are skipped, broadcasts under way are stopped. The books that stood "
    "there are put aside, not deleted. Killed at any instant, it leaves the old books in their "
    "place or the new ones.",
    epilog="\b\nExamples:\n"
    "  python -m bot restore data/backups/jualdulu-20261122-010500-auto.db\n"
    "  python -m bot restore /mnt/copy.db --other-company\n"
    "  python -m bot restore --in-place      PostgreSQL, after pg_restore",
)
@click.argument("copy", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--in-place",
    is_flag=True,
    help="The books that are meant stand there: pg_restore has restored them. Settle them only.",
)
@click.option(
    "--other-company",
    is_flag=True,
    help="It may be the copy of another company, or one on which another bot worked; with "
    "--in-place, take over the books that stand there.",
)
@click.pass_obj
def restore(env_file: Path, copy: Path | None, *, in_place: bool, other_company: bool) -> None:
    """Restore and say what was found."""
    settings = settings_from(env_file)
    file = settings.database_file
    if file is None and not in_place:
        raise Fault(
            "PostgreSQL restores its own dumps: pg_restore --clean --if-exists --dbname=… FILE, "
            "and then: python -m bot restore --in-place"
        )
    if in_place:
        if file is not None and not other_company:
            raise Fault("--in-place is for PostgreSQL. Name a copy: python -m bot restore FILE")
        click.echo(asyncio.run(_settle(settings, other_company=other_company)))
        return
    assert file is not None, "asked above"
    if copy is None or not copy.exists():
        there = "Name a copy." if copy is None else f"There is no file {copy}."
        raise Fault(f"{there} They are listed by: ls {file.parent / BACKUPS}")
    if file.exists() and copy.samefile(file):
        raise Fault(f"{copy} are the books themselves.")
    click.echo(f"Reading {copy} …", err=True)
    click.echo(asyncio.run(_restore(settings, file, copy, other_company=other_company)))


async def _restore(settings: "Settings", file: Path, copy: Path, *, other_company: bool) -> str:
    from bot.store.backup import restore as restoring
    from bot.store.backup.backup import UnsoundCopy
    from bot.store.db.write_lease import right_to_write

    now = await now_by(settings)
    try:
        async with right_to_write(settings.database_url.get_secret_value()):
            done = await restoring.restore(
                file,
                copy,
                folder_of(settings),
                now,
                bot=bot_of(settings),
                other_company=other_company,
            )
    except restoring.NoBooks:
        raise Fault(f"{copy} holds no books of this bot. Nothing was changed.") from None
    except restoring.Foreign as error:
        raise Fault(
            f"{copy} is of another company or another bot: {error}. Nothing was changed. "
            "Only if it is meant: --other-company"
        ) from None
    except UnsoundCopy as error:
        heading = f"{copy} is not sound, nothing was changed. Take an older copy:"
        raise Fault(listed(heading, error.faults)) from None
    lines = [f"The books at {file} are those of {copy}."]
    if done.migrated:
        lines.append("They were brought to the shape that this version needs.")
    if done.replaced is not None:
        lines.append(f"What stood there before is kept as {done.replaced}.")
    return "\n".join([*lines, _found(done.settled)])


async def _settle(settings: "Settings", *, other_company: bool) -> str:
    from functools import partial

    from bot.cli.database.upgrade import refuse_unready, seal
    from bot.store.backup.after_restore import settle
    from bot.store.db.database import open_database
    from bot.store.db.write_lease import right_to_write

    url = settings.database_url.get_secret_value()
    async with right_to_write(url):
        await refuse_unready(settings, bot=bot_of(settings), foreign=other_company)
        now = await now_by(settings)
        database = open_database(url)
        try:
            settled = await database.write(partial(settle, epoch=0, now=now))
        finally:
            await database.close()
        await seal(settings, now, first=other_company)
    return "\n".join([f"Settled {settings.database_shown}.", _found(settled)])


def _found(settled: "Settled") -> str:
    from bot.core.sales.sales import receipt_number

    last = receipt_number(settled.last_sale) if settled.last_sale else "none"
    doubtful, again = settled.doubtful, settled.again
    return f"""\
{settled.sales} sales, the newest {last}. Whatever came after it is lost, and the next receipts
take its numbers again: ask members to look at their last receipts.
{doubtful} unasked messages may have been sent before; they are not sent again.
{again} answers are sent again.
{settled.skipped} members get their next tip on another day.
{settled.stopped} broadcasts were under way and have been stopped.
Next: python -m bot doctor, then start the bot."""
