"""`seed`: a believable company of any size in empty books, to try things out and to measure."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.faults import CommandError
from bot.cli.progress_bars import counted
from bot.cli.setup import now_by, settings_from

if TYPE_CHECKING:
    from bot.cli.seed.wish import SeedWish
    from bot.system.settings import Settings

__all__ = ["seed"]

MEMBERS_MAX = 10_000_000
LINES_MAX = 1_000_000_000
MONTHS_MAX = 60
CHAIN_MAX = 10_000


@click.command(
    help="Make a company up and write it into empty books: members with their teams and codes, "
    "customers, approved sales, and the money of each.\n\n"
    "For trying out and measuring, never beside real members: it refuses books that hold any. "
    "The months of sales are over and not closed. Nobody has a Telegram account, so a bot on "
    "these books writes to no one. Articles in the books are what is sold; where there are none, "
    "those of the demo. The same numbers in the same month give the same company. SQLite only; "
    "the bot must not run meanwhile. It writes tens of thousands of members a second. "
    "Broken off, it leaves the books as they were.",
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
    help="How many members, the first one included.",
)
@click.option(
    "--sales",
    "lines",
    type=click.IntRange(0, LINES_MAX),
    required=True,
    help="How many lines of sales in all; a sale has one to three.",
)
@click.option(
    "--months",
    type=click.IntRange(1, MONTHS_MAX),
    default=1,
    show_default=True,
    help="Over how many months the sales spread; the last one is the month that ended last.",
)
@click.option(
    "--chain",
    type=click.IntRange(0, CHAIN_MAX),
    default=0,
    show_default=True,
    help="So many of the members stand in a single line below the first one.",
)
@click.option(
    "--seed",
    "number",
    type=int,
    default=1,
    show_default=True,
    help="Another number gives another company.",
)
@click.pass_obj
def seed(
    env_file: Path, *, members: int, lines: int, months: int, chain: int, number: int
) -> None:
    """Check, make up, write, and say what came of it."""
    from bot.cli.seed.wish import wish_before
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
            "seed writes a file of SQLite, which PostgreSQL cannot read. Name one for it, as "
            "DATABASE_URL=sqlite+aiosqlite:///data/seeded.db"
        )
    now = asyncio.run(now_by(settings))
    wish = wish_before(
        now,
        company.time_zone,
        members=members,
        lines=lines,
        months=months,
        chain=chain,
        seed=number,
    )
    asyncio.run(_write(settings, file, wish, now, there=file.exists()))
    click.echo(
        f"{members} members with {lines} lines of sales in {' '.join(wish.periods)} stand in "
        f"{file}.\nNext: python -m bot close {wish.periods[0]} --preview"
    )


async def _write(
    settings: "Settings", file: Path, wish: "SeedWish", now: datetime, *, there: bool
) -> None:
    """Take the right to write, see that the books are there and empty, and fill them."""
    from bot.cli.database.upgrade import bring_up_to_date, refuse_unready
    from bot.cli.seed.books import found
    from bot.store.db.write_lease import right_to_write
    from bot.store.seed.seed_copy import are_empty

    async with right_to_write(settings.database_url.get_secret_value()):
        if there:
            await refuse_unready(settings)
        else:
            await bring_up_to_date(settings, now)
        if not are_empty(file):
            raise CommandError(
                f"The books at {file} hold members or months already, so nothing was written. "
                "Name another file in DATABASE_URL."
            )
        found(file, wish, counted)
