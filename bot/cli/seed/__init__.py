"""`seed`: fills an empty database with a made-up company of any size, for trials and measures."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.faults import CommandError
from bot.cli.progress_bars import counted
from bot.cli.setup import now_by, settings_from

if TYPE_CHECKING:
    from bot.cli.seed.company_spec import CompanySpec
    from bot.system.settings import Settings

__all__ = ["seed"]

MEMBERS_MAX = 10_000_000
LINES_MAX = 1_000_000_000
MONTHS_MAX = 60
CHAIN_MAX = 10_000


@click.command(
    help="Fill an empty database with a made-up company: members with their teams and codes, "
    "customers, approved sales, and the postings of each.\n\n"
    "For trials and measurements, never beside real members: a database with members is refused. "
    "The months of sales are over and not closed. No member has a Telegram account, so a bot on "
    "this database writes to no one. The products of the database are sold; if it has none, those "
    "of the demo. The same numbers in the same month make the same company. SQLite only; the bot "
    "must not run meanwhile. It writes tens of thousands of members a second. If interrupted, it "
    "leaves the database as it was.",
    epilog="\b\nExamples:\n"
    "  python -m bot seed --members 1000 --sales 5000\n"
    "  python -m bot seed --members 100000 --sales 1000000 --months 3 --seed 7\n"
    "  python -m bot seed --members 20000 --sales 100000 --chain 5000\n"
    "\b\nExit codes: 0 written, 1 refused, 2 wrong settings or arguments.",
)
@click.option(
    "--members",
    type=click.IntRange(1, MEMBERS_MAX),
    required=True,
    help="The number of members, including the first.",
)
@click.option(
    "--sales",
    "lines",
    type=click.IntRange(0, LINES_MAX),
    required=True,
    help="The number of lines of all sales; a sale has one to three.",
)
@click.option(
    "--months",
    type=click.IntRange(1, MONTHS_MAX),
    default=1,
    show_default=True,
    help="The number of months with sales; the last one is the month before this one.",
)
@click.option(
    "--chain",
    type=click.IntRange(0, CHAIN_MAX),
    default=0,
    show_default=True,
    help="The number of members in a single line below the first one.",
)
@click.option(
    "--seed",
    "number",
    type=int,
    default=1,
    show_default=True,
    help="Another number makes another company.",
)
@click.pass_obj
def seed(
    env_file: Path, *, members: int, lines: int, months: int, chain: int, number: int
) -> None:
    """Check the options, fill the database, and print the outcome."""
    from bot.cli.seed.company_spec import spec_before
    from bot.company import load_company

    if chain >= members:
        raise click.BadParameter(
            f"{chain} members in a line below the first one need at least {chain + 1} members",
            param_hint="--chain",
        )
    settings = settings_from(env_file)
    company = load_company(settings.company_file)
    file = settings.database_file
    if file is None:
        raise CommandError(
            "seed writes a SQLite file, which PostgreSQL cannot read. Name one, such as "
            "DATABASE_URL=sqlite+aiosqlite:///data/seeded.db"
        )
    now = asyncio.run(now_by(settings))
    spec = spec_before(
        now,
        company.time_zone,
        members=members,
        lines=lines,
        months=months,
        chain=chain,
        seed=number,
    )
    asyncio.run(_write(settings, file, spec, now, there=file.exists()))
    click.echo(
        f"{members} members with {lines} lines of sales in {' '.join(spec.periods)} are in "
        f"{file}.\nNext: python -m bot close {spec.periods[0]} --preview"
    )


async def _write(
    settings: "Settings", file: Path, spec: "CompanySpec", now: datetime, *, there: bool
) -> None:
    """Take the write lease, create the database where it is missing, and fill it."""
    from bot.cli.database.upgrade import refuse_unready, upgrade_database
    from bot.cli.seed.fill import fill_database
    from bot.store.db.write_lease import hold_write_lease
    from bot.store.seed.seed_copy import is_unused

    async with hold_write_lease(settings.database_url.get_secret_value()):
        if there:
            await refuse_unready(settings)
        else:
            await upgrade_database(settings, now)
        if not is_unused(file):
            raise CommandError(
                f"The database {file} has members or months already, so nothing was written. "
                "Name another file in DATABASE_URL."
            )
        fill_database(file, spec, counted)
