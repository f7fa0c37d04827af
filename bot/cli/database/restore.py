"""`restore`: a copy in the place of the books."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.database.belonging import bot_of, folder_of
from bot.cli.faults import CommandError, listed
from bot.cli.setup import now_by, settings_from

if TYPE_CHECKING:
    from bot.store.backup.after_restore import AfterRestore, ClockBehindError
    from bot.store.backup.restore import UnfinishedRestoreError
    from bot.system.settings import Settings

__all__ = ["restore"]

TAKE_OVER = "python -m bot restore --in-place --other-company"


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
@click.option(
    "--backed-up",
    is_flag=True,
    help="With --in-place: a PostgreSQL database of an older version was dumped just now.",
)
@click.pass_obj
def restore(
    env_file: Path, copy: Path | None, *, in_place: bool, other_company: bool, backed_up: bool
) -> None:
    """Restore and say what was found."""
    settings = settings_from(env_file)
    file = settings.database_file
    if file is None and not in_place:
        raise CommandError(
            "PostgreSQL restores its own dumps: pg_restore --clean --if-exists --dbname=… FILE, "
            "and then: python -m bot restore --in-place"
        )
    if in_place:
        if file is not None and not other_company:
            raise CommandError(
                "--in-place is for PostgreSQL. Name a copy: python -m bot restore FILE"
            )
        told = _settle(settings, other_company=other_company, backed_up=backed_up)
        click.echo(asyncio.run(told))
        return
    assert file is not None, "asked above"
    if copy is None or not copy.exists():
        there = "Name a copy." if copy is None else f"There is no file {copy}."
        raise CommandError(f"{there} They are listed by: ls {folder_of(settings)}")
    if file.exists() and copy.samefile(file):
        raise CommandError(f"{copy} are the books themselves.")
    click.echo(f"Reading {copy} …", err=True)
    click.echo(asyncio.run(_restore(settings, file, copy, other_company=other_company)))


async def _restore(settings: "Settings", file: Path, copy: Path, *, other_company: bool) -> str:
    from bot.cli.clock_refusal import agrees_with_telegram
    from bot.store.backup import restore as restoring
    from bot.store.backup.after_restore import ClockBehindError
    from bot.store.backup.backup import UnsoundCopyError
    from bot.store.db.write_lease import right_to_write

    witnessed = await agrees_with_telegram(settings)
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
                witnessed=witnessed,
            )
    except restoring.NotADatabaseError as error:
        raise CommandError(
            f"{copy} holds no books of this bot: {error}. Nothing was changed."
        ) from None
    except restoring.UnfinishedRestoreError as error:
        raise CommandError(_left(copy, error)) from None
    except ClockBehindError as error:
        raise CommandError(_behind(error)) from None
    except restoring.ForeignCopyError as error:
        raise CommandError(
            f"{copy} is of another company or another bot: {error}. Nothing was changed. "
            "Only if it is meant: --other-company"
        ) from None
    except UnsoundCopyError as error:
        heading = f"{copy} is not sound, nothing was changed. Take an older copy:"
        raise CommandError(listed(heading, error.faults)) from None
    lines = [f"The books at {file} are those of {copy}."]
    if done.migrated:
        lines.append("They were brought to the shape that this version needs.")
    if done.replaced is not None:
        lines.append(f"What stood there before is kept as {done.replaced}.")
    return "\n".join([*lines, _found(done.settled)])


async def _settle(settings: "Settings", *, other_company: bool, backed_up: bool) -> str:
    from functools import partial

    from bot.cli.clock_refusal import agrees_with_telegram
    from bot.cli.database.sealing import seal
    from bot.cli.database.upgrade import bring_up_to_date_as_they_stand, refuse_unready
    from bot.store.backup.after_restore import ClockBehindError, settle
    from bot.store.db.database import open_database
    from bot.store.db.write_lease import right_to_write

    url = settings.database_url.get_secret_value()
    witnessed = await agrees_with_telegram(settings)
    async with right_to_write(url):
        now = await now_by(settings)
        if other_company:
            await bring_up_to_date_as_they_stand(
                settings, now, backed_up=backed_up, again=f"{TAKE_OVER} --backed-up"
            )
        else:
            await refuse_unready(settings, bot=bot_of(settings))
        database = open_database(url)
        try:
            settled = await database.write(partial(settle, epoch=0, now=now, witnessed=witnessed))
        except ClockBehindError as error:
            raise CommandError(_behind(error)) from None
        finally:
            await database.close()
        await seal(settings, now, first=other_company)
    return "\n".join([f"Settled {settings.database_shown}.", _found(settled)])


def _behind(error: "ClockBehindError") -> str:
    return (
        f"This machine's clock is behind the books: {error}. Telegram could not be asked which "
        "is right. Nothing was written. Set the clock right and run this again; if it is right "
        "and the books were written by one that was ahead, run this where Telegram can be reached."
    )


def _left(copy: Path, error: "UnfinishedRestoreError") -> str:
    if error.decided:
        return (
            f"{copy} is not a copy: a restore was broken off just before it had put this file in "
            "place. Nothing was changed. The next start does that: python -m bot migrate"
        )
    return (
        f"{copy} is not a copy but what a restore that was killed has left half done. Nothing was "
        "changed. Name the copy itself."
    )


def _found(settled: "AfterRestore") -> str:
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
