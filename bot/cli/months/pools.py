"""`pools`: shows the base of each pool of a closed month, and who shared it."""

import asyncio
import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from bot.cli.faults import CommandError
from bot.cli.period import read_period
from bot.cli.plan.words import rows, rupiah
from bot.cli.setup import settings_from

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.core.plans import Credit
    from bot.store.bonus.pools import PoolTotals, SoldInMonth

__all__ = ["pools"]

TOP: Final = 20
HEADINGS: Final = ("sale", "day", "seller", "sales", "bonus_value")
OF: Final = {"bonus-value": "bonus value", "sales": "net sales"}
WEIGHT: Final = {
    "equally": "each the same",
    "own-points": "by own points",
    "group-points": "by points of the group",
}


@click.command(
    help="Show the pools of the closed month PERIOD (YYYY-MM): for each pool the sum of sales "
    "that its rate applies to, the rate, and the part of every member who shared it.\n\n"
    "With --sales the sales are also written as CSV; they add up to the sum that is shown. "
    "Nothing in the database is changed, and the bot may run.",
    epilog="\b\nExamples:\n"
    "  python -m bot pools 2026-10\n"
    "  python -m bot pools 2026-10 --sales october.csv\n"
    "\b\nExit codes: 0 shown, 1 no such month or not closed, 2 wrong settings or arguments.",
)
@click.argument("period", callback=read_period)
@click.option(
    "--sales",
    "sales_file",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="The file for the sales of the month; - is the standard output.",
)
@click.option(
    "--top",
    type=click.IntRange(0, 1_000_000),
    default=TOP,
    show_default=True,
    help="How many members of each pool are named.",
)
@click.pass_obj
def pools(env_file: Path, period: str, sales_file: Path | None, top: int) -> None:
    """Read a snapshot and print it."""
    from bot.cli.database.upgrade import refuse_unready
    from bot.core.sales.sales import receipt_number
    from bot.store.bonus import pools as stored
    from bot.store.db import read_only
    from bot.store.ledger import periods

    settings = settings_from(env_file)
    asyncio.run(refuse_unready(settings))

    def look(
        conn: "Connection",
    ) -> "tuple[tuple[PoolTotals, ...], list[tuple[str, Credit]], list[SoldInMonth]]":
        month = periods.find(conn, period)
        if month is None or month.state != "closed":
            raise CommandError(f"{period} is not closed; every sale still changes its pools.")
        sold = stored.sold_in(conn, period) if sales_file is not None else []
        return stored.of_month(conn, period), stored.shares_of(conn, period), sold

    url = settings.database_url.get_secret_value()
    found, shares, sold = asyncio.run(read_only.look(url, look))
    err = sales_file == Path("-")
    if not found:
        click.echo(f"{period}: no pool was shared.", err=err)
    for pool in found:
        theirs = [(code, part) for code, part in shares if part.rule == pool.rule]
        _show(pool, theirs[:top], err=err)
    if sales_file is not None:
        with click.open_file(str(sales_file), "w", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADINGS)
            writer.writerows(
                (
                    receipt_number(sale.sale_id),
                    sale.sold_on,
                    sale.seller_code,
                    sale.total,
                    sale.bonus,
                )
                for sale in sold
            )


def _show(pool: "PoolTotals", shares: "Sequence[tuple[str, Credit]]", *, err: bool) -> None:
    """Print a pool and those who share it, the largest part first."""
    from bot.company.plan_file.ceiling import percent

    click.echo(f"{pool.rule}", err=err)
    click.echo(
        f"  {percent(pool.rate_bp)} of {rupiah(pool.base)} {OF[pool.of]} = {rupiah(pool.amount)}, "
        f"{WEIGHT[pool.shared]}",
        err=err,
    )
    kept = rupiah(pool.amount - pool.paid)
    members = "1 member" if pool.members == 1 else f"{pool.members} members"
    click.echo(f"  {rupiah(pool.paid)} to {members}; the company keeps {kept}", err=err)
    rows(_parts(shares), err=err)


def _parts(shares: "Sequence[tuple[str, Credit]]") -> Iterator[tuple[str, str, str]]:
    for code, credit in shares:
        assert credit.part is not None, "a credit of a pool has a part"
        less = f" cut by {credit.cut}" if credit.cut else ""
        share = f"{credit.part.weight}/{credit.part.weights}{less}"
        yield code, rupiah(credit.amount), share
