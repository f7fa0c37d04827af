"""`import deliveries`: notes what the office delivered in the members' own stock."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.file_reports import one_sentence
from bot.cli.imports.reports import no_table, refusal
from bot.cli.setup import now_by, settings_from

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.cli.imports.deliveries.delivery_plan import DeliveryPlan
    from bot.company import Company
    from bot.system.settings import Settings

__all__ = ["deliveries"]

HEADING = "heading deliveries"


@click.command(
    help="Import the deliveries in FILE into the members' own stock, all or nothing. Works while "
    "the bot runs.\n\n"
    "FILE is XLSX, XLS, ODS or CSV. Its headings are member, product, quantity, day, document; or "
    "mitra, barang, jumlah, tanggal, dokumen, and the like. A member is named by code or number, "
    "an article by its number or name. The same document again changes nothing; another quantity "
    "corrects it, and 0 takes it back. Each member is told once.\n\n"
    "Details: docs/import.md.",
    epilog="\b\nExamples:\n"
    "  python -m bot import deliveries deliveries.xlsx --dry-run\n"
    "  python -m bot import deliveries deliveries.xlsx",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only print what would change.")
@click.pass_obj
def deliveries(env_file: Path, file: Path, *, dry_run: bool) -> None:
    """Read and check the file, import it, and print the outcome."""
    from dataclasses import asdict

    from bot.cli.service.remote import run_task
    from bot.company import load_company
    from bot.core.input.checked_json import integer

    settings = settings_from(env_file)
    company = load_company(settings.company_file)
    plan = _checked(settings, company, file)
    done: dict[str, int] = plan.counts
    if not dry_run:
        wish = {"goods": [asdict(each) for each in plan.goods]}
        found = run_task(settings, "import deliveries", wish)
        done = {**plan.counts, **{key: integer(found, key) for key in found}}
    language = company.languages[0]
    for word in ("added", "changed"):
        said = f"would be {word}" if dry_run else f"is {word}"
        click.echo(one_sentence(language, said, number=done[word]))
    click.echo(one_sentence(language, "is same", number=done["same"]))
    for word in ("much", "late"):
        if done[word]:
            click.echo(one_sentence(language, f"deliveries {word}", number=done[word]))


def _checked(settings: "Settings", company: "Company", file: Path) -> "DeliveryPlan":
    """Returns what a file without faults would do.

    Raises:
        CommandError: the file has faults; the message names each line.
    """
    import asyncio

    from bot.cli.database.upgrade import refuse_unready
    from bot.cli.imports.deliveries.delivery_file import DELIVERY_COLUMNS, read_delivery_list
    from bot.cli.imports.deliveries.delivery_plan import DeliveryRules, delivery_plan
    from bot.cli.imports.spreadsheet import read_sheet
    from bot.core.calendar.hours import local_day
    from bot.core.sheets.sheet_faults import SheetFaultsError
    from bot.store.db import read_only

    language, stock = company.languages[0], company.stock
    today = local_day(asyncio.run(now_by(settings)), company.time_zone)
    try:
        reading = read_delivery_list(read_sheet(file, DELIVERY_COLUMNS), today)
    except SheetFaultsError as error:
        raise no_table(file, error, language) from None
    bought = [(each.since, each.qualify_by == "bought") for each in company.plan.versions]
    months, days = stock.months_much, stock.month_end_days
    rules = DeliveryRules(stock.enabled, months, days, bought, company.time_zone)

    def look(conn: "Connection") -> "DeliveryPlan":
        return delivery_plan(conn, reading, rules, today)

    async def looked() -> "DeliveryPlan":
        await refuse_unready(settings)
        return await read_only.look(settings.database_url.get_secret_value(), look)

    plan = asyncio.run(looked())
    if plan.faults:
        raise refusal(file, plan.faults, language, HEADING)
    return plan
