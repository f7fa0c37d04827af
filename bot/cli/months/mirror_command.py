"""`mirror`: what customers did in a month, by member and for the whole company; sums only."""

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from bot.cli.faults import CommandError
from bot.cli.period import read_period
from bot.cli.plan.words import rows
from bot.cli.setup import settings_from

if TYPE_CHECKING:
    from bot.store.mirror.mirror_file import MirrorReport

__all__ = ["mirror"]

TOP: Final = 20


@click.command(
    help="Show how many customers were served in the month PERIOD (YYYY-MM; the running one if "
    "left out), how many bought again, and how many were new: of each member and of the whole "
    "company.\n\n"
    "A sale counts if it is approved and not all of its goods came back. No customer is named. "
    "With --out a workbook is written too. Nothing in the database is changed, and the bot may "
    "run.",
    epilog="\b\nExamples:\n"
    "  python -m bot mirror\n"
    "  python -m bot mirror 2026-10 --out october.xlsx\n"
    "\b\nExit codes: 0 shown, 1 not written or the month is still to come, 2 wrong settings or "
    "arguments.",
)
@click.argument("period", required=False, callback=read_period)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The workbook to write; a file that exists is not replaced.",
)
@click.option(
    "--top",
    type=click.IntRange(0, 1_000_000),
    default=TOP,
    show_default=True,
    help="How many members are shown, those with most repeat orders first.",
)
@click.pass_obj
def mirror(env_file: Path, period: str | None, out: Path | None, top: int) -> None:
    """Read a snapshot, print it, and write the workbook if it is asked for."""
    from bot.cli.database.upgrade import refuse_unready
    from bot.company import load_company
    from bot.core.calendar.hours import local_day
    from bot.core.calendar.periods import period_bounds, period_of
    from bot.core.mirror.mirror_figures import month_days
    from bot.store.db import read_only
    from bot.store.mirror import mirror_file
    from bot.system.clock import SystemClock

    settings = settings_from(env_file)
    company = load_company(settings.company_file)
    asyncio.run(refuse_unready(settings))
    now = SystemClock().now()
    running = period_of(now, company.time_zone)
    period = period or running
    if period > running:
        raise CommandError(f"{period} is still to come.")
    days = month_days(period, local_day(now, company.time_zone))
    since, until = period_bounds(period, company.time_zone)
    seen = partial(
        mirror_file.report_of, first=days.first, after=days.after, since=since, until=until
    )
    report = asyncio.run(read_only.look(settings.database_url.get_secret_value(), seen))
    _show(period, report, top)
    if out is not None:
        try:
            with out.open("xb") as opened:
                opened.write(mirror_file.workbook_of(report, company.languages[0]))
        except OSError as error:
            raise CommandError(f"{out} cannot be written ({error.strerror})") from None
        click.echo(f"  {out}")


def _show(period: str, report: "MirrorReport", top: int) -> None:
    """Print the sums of the company, and of the members with most repeat orders."""
    whole = report.company
    members = "1 member" if len(report.rows) == 1 else f"{len(report.rows)} members"
    click.echo(f"{period}: {members} served {whole.customers:,} customers")
    click.echo(f"  bought again {whole.again:,}, new {whole.new:,}")
    click.echo(f"  sales {whole.sales:,}, of which repeat orders {whole.repeat_orders:,}")
    click.echo(f"  new members {report.new_members:,}")
    first = sorted(report.rows, key=lambda row: (-row.figures.repeat_orders, row.code))[:top]
    rows(
        (
            row.code,
            f"{row.figures.customers} customers",
            f"{row.figures.again} again",
            f"{row.figures.repeat_orders} repeat orders",
            f"{row.figures.new} new",
        )
        for row in first
    )
