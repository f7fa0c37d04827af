"""`import members`: imports a company's existing members from a spreadsheet."""

import asyncio
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.faults import CommandError
from bot.cli.file_reports import one_sentence
from bot.cli.imports.reports import named
from bot.cli.progress_bars import counted
from bot.cli.setup import now_by, settings_from
from bot.core.input.checked_json import array, integer

if TYPE_CHECKING:
    from bot.cli.imports.member_file import MemberFile
    from bot.company import Company
    from bot.store.imports.roster_plan import ImportPlan
    from bot.system.settings import Settings

__all__ = ["members"]


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
    language = company.languages[0]
    reading = _read(settings, company, file)
    plan = checked_plan(settings, company, reading, file)
    found = outcome(plan.found)
    if dry_run or not (found["added"] or found["changed"]):
        _show(found, language, dry_run=dry_run)
        return
    if opening_total != plan.found.opening:
        raise CommandError(one_sentence(language, "total unsigned", total=plan.found.opening))
    count = integer(found, "added") + integer(found, "changed")
    click.echo(one_sentence(language, "importing", number=count), err=True)
    try:
        done = _import(env_file, settings, company, reading, plan)
    except CommandError:
        # If the database has changed so that some lines disagree with it now, name these lines.
        checked_plan(settings, company, reading, file)
        raise
    # A job that was interrupted after its last step finds nothing left to do.
    _show(done if done["added"] or done["changed"] else found, language, dry_run=False)


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

    zone, entries, language = company.time_zone, reading.entries, company.languages[0]
    wish = {
        "env_file": str(env_file.absolute() if env_file.exists() else env_file),
        "time_zone": zone,
        "lines": len(entries),
        "opening": plan.found.opening,
        "language": language,
    }
    with TaskClient(settings) as client:
        reference = store_list(client, plan.last, entries, language=language)
        make = partial(plan_now, settings, zone, entries)
        here = partial(run_import, client, make, zone, plan.found.opening, language=language)
        return run_as_job(client, "import members", reference, wish, here)


def _read(settings: "Settings", company: "Company", file: Path) -> "MemberFile":
    """Returns the content of the file, with its faults."""
    from bot.cli.imports.member_file import read_member_file
    from bot.cli.imports.reports import no_table
    from bot.core.calendar.hours import local_day
    from bot.core.calendar.periods import period_of
    from bot.core.plans.ranks_by_name import ranks_by_name
    from bot.core.sheets.sheet_faults import SheetFaultsError

    language = company.languages[0]
    now = asyncio.run(now_by(settings))
    today = local_day(now, company.time_zone)
    ranks = ranks_by_name(company.plan, period_of(now, company.time_zone))
    rows = partial(counted, label=one_sentence(language, "checking members"))
    try:
        reading = read_member_file(file, today, company.root_code, ranks, rows)
    except SheetFaultsError as error:
        raise no_table(file, error, language) from None
    order = reading.order
    if order.settled:
        line, by_day = order.day_first or order.month_first, order.day_first is not None
        what = one_sentence(language, "day first" if by_day else "month first", line=line)
        click.echo(what, err=True)
    return reading


def _show(found: Mapping[str, object], language: str, *, dry_run: bool) -> None:
    added, changed, openings = (integer(found, key) for key in ("added", "changed", "openings"))
    numbers = [str(each) for each in array(found, "numbers")]
    click.echo(one_sentence(language, "would be added" if dry_run else "is added", number=added))
    if found["opening"]:
        total = _rupiah(integer(found, "opening"), language)
        click.echo(one_sentence(language, "with openings", number=openings, sum=total))
    said = one_sentence(language, "would be changed" if dry_run else "is changed", number=changed)
    click.echo(f"{said}: {named(numbers, changed, language)}" if numbers else said)
    click.echo(one_sentence(language, "is same", number=found["same"]))
    if found["kept"]:
        click.echo(one_sentence(language, "claimed kept", number=found["kept"]))


def _rupiah(amount: int, language: str) -> str:
    grouped = f"Rp{amount:,}"
    return grouped.replace(",", ".") if language == "id" else grouped
