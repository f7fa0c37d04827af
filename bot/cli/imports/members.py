"""`import members`: imports a company's existing members from a spreadsheet."""

import asyncio
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.faults import CommandError
from bot.cli.progress_bars import counted
from bot.cli.setup import now_by, settings_from
from bot.core.input.checked_json import array, integer

if TYPE_CHECKING:
    from bot.cli.imports.member_file import MemberFile
    from bot.company import Company
    from bot.store.imports.roster_plan import ImportPlan
    from bot.system.settings import Settings

__all__ = ["members"]

UNSIGNED = (
    "No member was imported. The opening balances add up to {total}: sign this total with "
    "--opening-total {total}"
)


@click.command(
    help="Import the members in FILE, all or none. Works while the bot runs.\n\n"
    "FILE is XLSX, XLS, ODS or CSV. Its headings are number, name, phone, "
    "sponsor, joined; or nomor, nama, hp, sponsor, bergabung, and the like. The sponsor is a "
    "member number, from this file or the database, or a member's code; an empty cell means "
    "directly below the company. The order of the lines does not matter. Each member gets a "
    "position in the team and a code, and claims the membership later in the chat with the phone "
    "number in the file. The same file again changes nothing. A new name or phone is updated "
    "until the member has claimed the membership; another sponsor or day is refused.\n\n"
    "Details: docs/import.md.",
    epilog="\b\nExamples:\n"
    "  python -m bot import members members.csv --dry-run\n"
    "  python -m bot import members members.csv",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only print what would happen.")
@click.option(
    "--opening-total",
    type=int,
    default=0,
    metavar="RUPIAH",
    help="The sum of all opening balances in FILE, to sign it; without it none are imported.",
)
@click.pass_obj
def members(env_file: Path, file: Path, *, dry_run: bool, opening_total: int) -> None:
    """Read the file, check it against the database, import it, and print the outcome."""
    from bot.cli.imports.member_job import outcome
    from bot.cli.imports.member_plan import checked_plan
    from bot.company import load_company

    settings = settings_from(env_file)
    company = load_company(settings.company_file)
    reading = _read(settings, company, file)
    plan = checked_plan(settings, company, reading, file)
    found = outcome(plan.found)
    if dry_run or not (found["added"] or found["changed"]):
        _show(found, "would be " if dry_run else "")
        return
    if opening_total != plan.found.opening:
        raise CommandError(UNSIGNED.format(total=plan.found.opening))
    count = integer(found, "added") + integer(found, "changed")
    click.echo(f"Importing {count} members …", err=True)
    try:
        done = _import(env_file, settings, company, reading, plan)
    except CommandError:
        # If the database has changed so that some lines disagree with it now, name these lines.
        checked_plan(settings, company, reading, file)
        raise
    # A job that was interrupted after its last step finds nothing left to do.
    _show(done if done["added"] or done["changed"] else found, "")


def _import(
    env_file: Path,
    settings: "Settings",
    company: "Company",
    reading: "MemberFile",
    plan: "ImportPlan",
) -> Mapping[str, object]:
    """Import the list as a job; returns its outcome."""
    from bot.cli.imports.member_job import run_import, store_list
    from bot.cli.imports.member_plan import plan_now
    from bot.cli.service.long_work import run_as_job
    from bot.cli.service.remote import TaskClient

    zone, entries = company.time_zone, reading.entries
    wish = {
        "env_file": str(env_file.absolute() if env_file.exists() else env_file),
        "time_zone": zone,
        "lines": len(entries),
        "opening": plan.found.opening,
    }
    with TaskClient(settings) as client:
        reference = store_list(client, plan.last, entries)
        make = partial(plan_now, settings, zone, entries)
        here = partial(run_import, client, make, zone, plan.found.opening)
        return run_as_job(client, "import members", reference, wish, here)


def _read(settings: "Settings", company: "Company", file: Path) -> "MemberFile":
    """Returns the content of the file, with its faults."""
    from bot.cli.imports.member_file import read_member_file
    from bot.cli.imports.reports import no_table
    from bot.core.calendar.hours import local_day
    from bot.core.calendar.periods import period_of
    from bot.core.plans.ranks_by_name import ranks_by_name
    from bot.core.sheets.sheet_faults import SheetFaultsError

    now = asyncio.run(now_by(settings))
    today = local_day(now, company.time_zone)
    ranks = ranks_by_name(company.plan, period_of(now, company.time_zone))
    rows = partial(counted, label="Checking members")
    try:
        reading = read_member_file(file, today, company.root_code, ranks, rows)
    except SheetFaultsError as error:
        raise no_table(file, error, company.languages[0]) from None
    order = reading.order
    if order.settled:
        which = "day" if order.day_first is not None else "month"
        line = order.day_first or order.month_first
        click.echo(f"Dates like 03/04/2024 are read {which} first, as line {line} shows", err=True)
    return reading


def _show(found: Mapping[str, object], prefix: str) -> None:
    numbers = [str(each) for each in array(found, "numbers")]
    named = ", ".join(numbers)
    more = integer(found, "changed") - len(numbers)
    click.echo(f"{found['added']} {prefix}added")
    if found["opening"]:
        click.echo(f"{found['openings']} with opening balances, Rp{found['opening']:,} in all")
    click.echo(
        f"{found['changed']} {prefix}changed"
        + (f": {named}" if named else "")
        + (f" and {more} more" if more > 0 else "")
    )
    click.echo(f"{found['same']} unchanged")
    if found["kept"]:
        click.echo(
            f"{found['kept']} have claimed their place and keep their own name and phone; the "
            "file's other name or phone is ignored"
        )
