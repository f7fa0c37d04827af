"""`restore`: puts a copy in the place of the database."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.database.belonging import bot_of, folder_of
from bot.cli.faults import CommandError, listed
from bot.cli.setup import now_by, settings_from

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from bot.store.backup.after_restore import AfterRestore, ClockBehindError
    from bot.store.backup.restore import UnfinishedRestoreError
    from bot.system.settings import Settings

__all__ = ["restore"]

TAKE_OVER = "python -m bot restore --in-place --other-company"


@click.command(
    help="Put a copy in the place of the database, with the bot stopped.\n\n"
    "The whole copy is read back, upgraded to this version, and settled: unasked messages that "
    "may have been sent after the copy was made become uncertain and are not sent again, tips of "
    "the lost time are skipped, running broadcasts are stopped. The replaced database is kept "
    "beside the copies, not deleted. If the command is killed at any moment, either the old or "
    "the new database is in place.",
    epilog="\b\nExamples:\n"
    "  python -m bot restore data/backups/jualdulu-20261122-010500-auto.db\n"
    "  python -m bot restore /mnt/copy.db --other-company\n"
    "  python -m bot restore --in-place      PostgreSQL, after pg_restore",
)
@click.argument("copy", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--in-place",
    is_flag=True,
    help="Only settle the database that is in place, after pg_restore.",
)
@click.option(
    "--other-company",
    is_flag=True,
    help="Accept the copy of another company or of another bot; with --in-place, accept the "
    "database that is in place.",
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
    """Restore and print what was found."""
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
        settling = _settle(settings, other_company=other_company, backed_up=backed_up)
        click.echo(asyncio.run(settling))
        return
    assert file is not None, "checked above"
    if copy is None or not copy.exists():
        there = "Name a copy." if copy is None else f"There is no file {copy}."
        raise CommandError(f"{there} They are listed by: ls {folder_of(settings)}")
    if file.exists() and copy.samefile(file):
        raise CommandError(f"{copy} is the database itself, not a copy.")
    click.echo(f"Reading {copy} …", err=True)
    click.echo(asyncio.run(_restore(settings, file, copy, other_company=other_company)))


async def _restore(settings: "Settings", file: Path, copy: Path, *, other_company: bool) -> str:
    from bot.cli.wrong_clock import agrees_with_telegram
    from bot.store.backup import restore as restoring
    from bot.store.backup.after_restore import ClockBehindError
    from bot.store.backup.backup import UnsoundCopyError
    from bot.store.db.write_lease import hold_write_lease

    confirmed = await agrees_with_telegram(settings)
    now = await now_by(settings)
    try:
        async with hold_write_lease(settings.database_url.get_secret_value()):
            done = await restoring.restore(
                file,
                copy,
                folder_of(settings),
                now,
                bot=bot_of(settings),
                other_company=other_company,
                confirmed=confirmed,
            )
    except restoring.NotADatabaseError as error:
        raise CommandError(
            f"{copy} is not a database of this bot: {error}. Nothing was changed."
        ) from None
    except restoring.UnfinishedRestoreError as error:
        raise CommandError(_unfinished(copy, error)) from None
    except ClockBehindError as error:
        raise CommandError(_behind(error)) from None
    except restoring.ForeignCopyError as error:
        raise CommandError(
            f"{copy} is of another company or another bot: {error}. Nothing was changed. "
            "Only if this copy is meant: --other-company"
        ) from None
    except UnsoundCopyError as error:
        heading = f"{copy} is damaged, nothing was changed. Take an older copy:"
        raise CommandError(listed(heading, error.faults)) from None
    lines = [f"The database {file} is restored from {copy}."]
    if done.migrated:
        lines.append("It was upgraded to the schema of this version.")
    if done.replaced is not None:
        lines.append(f"The replaced database is kept as {done.replaced}.")
    return "\n".join([*lines, _found(done.settled), *await _number_key(settings)])


async def _number_key(settings: "Settings") -> list[str]:
    """Returns what the operator has to know of the key of customers' numbers, if anything."""
    from functools import partial

    from bot.store.backup.seal_file import key_beside
    from bot.store.customers.customer_details import key_trouble
    from bot.store.db import read_only
    from bot.system.number_keys import NumberKeys

    url = settings.database_url.get_secret_value()
    key = key_beside(url)
    trouble = await read_only.look(url, partial(key_trouble, keys=NumberKeys(key)))
    if not trouble:
        return []
    return [f"Put back your copy of {key}: the key of customers' numbers is {trouble}."]


async def _settle(settings: "Settings", *, other_company: bool, backed_up: bool) -> str:
    from functools import partial

    from bot.cli.database.sealing import seal
    from bot.cli.database.upgrade import refuse_unready, upgrade_any_database
    from bot.cli.wrong_clock import agrees_with_telegram
    from bot.store.backup.after_restore import ClockBehindError, settle
    from bot.store.db.database import open_database
    from bot.store.db.write_lease import hold_write_lease

    url = settings.database_url.get_secret_value()
    confirmed = await agrees_with_telegram(settings)
    async with hold_write_lease(url):
        now = await now_by(settings)
        if other_company:
            await upgrade_any_database(
                settings, now, backed_up=backed_up, again=f"{TAKE_OVER} --backed-up"
            )
        else:
            await refuse_unready(settings, bot=bot_of(settings))
        database = open_database(url)
        try:
            settled = await database.write(partial(settle, epoch=0, now=now, confirmed=confirmed))
            settled = await database.write(partial(_erase_again, url=url, now=now, found=settled))
        except ClockBehindError as error:
            raise CommandError(_behind(error)) from None
        finally:
            await database.close()
        await seal(settings, now, first=other_company)
    lines = [f"Settled {settings.database_shown}.", _found(settled)]
    return "\n".join([*lines, *await _number_key(settings)])


def _erase_again(
    conn: "Connection", *, url: str, now: "datetime", found: "AfterRestore"
) -> "AfterRestore":
    """Erase again what was erased before, by the list beside the database."""
    from dataclasses import replace

    from bot.store.backup import erasure_file
    from bot.store.backup.redoing import erase_again

    erasures = erasure_file.read(erasure_file.list_beside(url))
    if erasures is None:
        return found
    return replace(found, erased_again=erase_again(conn, erasures, now))


def _behind(error: "ClockBehindError") -> str:
    return (
        f"This machine's clock is behind the database: {error}. Telegram could not be asked which "
        "is right. Nothing was written. Set the clock right and run this again. If it is right "
        "and an earlier clock was ahead, run this where Telegram can be reached."
    )


def _unfinished(copy: Path, error: "UnfinishedRestoreError") -> str:
    if error.decided:
        return (
            f"{copy} is not a copy: a restore was interrupted just before it put this file in "
            "place. Nothing was changed. The next start finishes it: python -m bot migrate"
        )
    return (
        f"{copy} is not a copy, but an unfinished file of a restore that was killed. Nothing was "
        "changed. Name the copy itself."
    )


def _found(settled: "AfterRestore") -> str:
    from bot.core.sales.sales import receipt_number

    last = receipt_number(settled.last_sale) if settled.last_sale else "none"
    uncertain, resent = settled.uncertain, settled.resent
    return f"""\
{settled.sales} sales, the newest {last}. All later sales are lost, and new receipts use their
numbers again: ask members to check their last receipts.
{uncertain} unasked messages may have been sent before; they are not sent again.
{resent} answers are sent again.
{settled.skipped} members get their next tip on another day.
{settled.stopped} running broadcasts have been stopped.
{settled.erased_again} people who were erased before are erased again.
Next: python -m bot doctor, then start the bot."""
