"""`import members`: the people whom a company has already, from a spreadsheet."""

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.faults import Fault
from bot.cli.progress import counted
from bot.cli.setup import now_by, settings_from

if TYPE_CHECKING:
    from bot.cli.imports.member_file import Reading
    from bot.company import Company
    from bot.store.imports.roster import Comparison
    from bot.store.imports.roster_plan import Plan
    from bot.system.settings import Settings

__all__ = ["members"]

FAULTS_SHOWN_MAX = 200
NUMBERS_SHOWN_MAX = 10
SEED_BYTES = 16
TRIES_MAX = 5
BUSY = (
    "Nobody was taken over: the books changed each time while the list was written. "
    "Run this again when fewer people join."
)


@click.command(
    help="Take the members in FILE over, all of them or nobody. Works while the bot runs.\n\n"
    "FILE is CSV in UTF-8 with commas or semicolons. Its headings are number, name, phone, "
    "sponsor, joined; or nomor, nama, hp, sponsor, bergabung, and the like. The sponsor is a "
    "member number, of this file or in the books, or a code of the bot; empty is right under the "
    "company. The order of the lines does not matter. Each member gets a place in the team and a "
    "code, and claims the place later in the chat with the phone number that stands here. The "
    "same file again changes nothing; another name or phone of somebody who has not claimed the "
    "place yet is taken over, another sponsor or day is refused.\n\n"
    "The whole story stands in docs/import.md.",
    epilog="\b\nExamples:\n"
    "  python -m bot import members members.csv --dry-run\n"
    "  python -m bot import members members.csv",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.pass_obj
def members(env_file: Path, file: Path, *, dry_run: bool) -> None:
    """Read, check against the books, hand over, and say what came of it."""
    from bot.cli.imports.member_steps import take_over
    from bot.cli.service.remote import Hands
    from bot.company import load_company

    settings = settings_from(env_file)
    company = load_company(settings.company_file)
    reading = _read(settings, company, file)
    plan = _planned(settings, company, reading, file)
    _refuse_too_much(plan)
    if dry_run:
        _tell(plan.found, "would be ")
        return
    with Hands(settings) as hands:
        for _ in range(TRIES_MAX):
            if not (plan.found.added or plan.found.changed):
                break
            number = len(plan.found.added) + len(plan.found.changed)
            click.echo(f"Taking over {number} members …", err=True)
            if take_over(hands, plan, company.time_zone):
                break
            # Somebody joined, or took a place, since the books were looked at.
            plan = _planned(settings, company, reading, file)
            _refuse_too_much(plan)
        else:
            raise Fault(BUSY)
    _tell(plan.found, "")


def _read(settings: "Settings", company: "Company", file: Path) -> "Reading":
    """What stands in the file, with its faults."""
    from bot.cli.imports.member_file import read_member_file
    from bot.core.calendar.hours import local_day

    today = local_day(asyncio.run(now_by(settings)), company.time_zone)
    rows = partial(counted, label="Checking members")
    reading = read_member_file(file, today, company.root_code, rows)
    order = reading.order
    if order.settled:
        which = "day" if order.day_first is not None else "month"
        line = order.day_first or order.month_first
        click.echo(
            f"Dates like 03/04/2024 are read {which} first, as line {line} has it", err=True
        )
    return reading


def _planned(settings: "Settings", company: "Company", reading: "Reading", file: Path) -> "Plan":
    """What taking it over will write, once neither the file nor the books object."""
    try:
        plan = asyncio.run(_plan(settings, company, reading))
    except Fault:
        if reading.faults:
            _refuse(file, reading.faults)
        raise
    clashes = [(clash.line, _clash(asdict(clash), reading)) for clash in plan.found.clashes]
    if clashes or reading.faults:
        _refuse(file, [*reading.faults, *clashes])
    return plan


async def _plan(settings: "Settings", company: "Company", reading: "Reading") -> "Plan":
    from bot.cli.database.upgrade import refuse_unready
    from bot.store.db import read_only
    from bot.store.imports import roster_plan

    await refuse_unready(settings)
    work = partial(
        roster_plan.make_plan,
        entries=reading.entries,
        time_zone=company.time_zone,
        listed=reading.numbers.keys(),
        seed=secrets.token_hex(SEED_BYTES),
        now=await now_by(settings),
    )
    return await read_only.look(settings.database_url.get_secret_value(), work)


def _refuse_too_much(plan: "Plan") -> None:
    """Refuse what would have to be written at once and would keep everybody waiting.

    Raises:
        Fault: it is too much for one short commit.
    """
    from bot.store.imports.arrival import WORK_MAX

    ending = plan.ending
    if ending.work > WORK_MAX:
        raise Fault(
            f"Nobody was taken over: {len(ending.changes)} names or phones would change, and "
            f"{len(ending.links)} new members would stand right below members who are in the "
            "books already. That is too much for the one short moment in which all of a file is "
            f"taken over; divide the file into {ending.work // WORK_MAX + 1} parts or more, each "
            "with the sponsors of its members in it or taken over before."
        )


def _refuse(file: Path, faults: Sequence[tuple[int, str]]) -> None:
    """Tell everything that is wrong, line by line.

    Raises:
        Fault: always.
    """
    ordered = sorted(faults, key=lambda fault: fault[0])
    shown = [f"{file}:{line}: {fault}" for line, fault in ordered[:FAULTS_SHOWN_MAX]]
    more = len(ordered) - len(shown)
    if more:
        shown.append(f"and {more} more")
    raise Fault("\n".join(["Nobody was taken over; mend these lines first:", *shown]))


def _clash(clash: Mapping[str, Any], reading: "Reading") -> str:
    """Where a line and the books do not go together, in words."""
    listed, booked = clash["listed"], clash["booked"]
    match clash["what"]:
        case "unknown sponsor":
            near = _near(listed, reading)
            return f"sponsor {listed} is nobody's number, here or in the books{near}"
        case "sponsor":
            return (
                f"sponsor is {listed or 'the company'} here and {booked or 'the company'} in the "
                "books; a list does not move a team"
            )
        case "joined":
            return f"joined {listed} here and {booked} in the books; that day stays"
        case _:
            return (
                f"phone {listed} is that of the member {booked} in the books; if it is the same "
                f"person, take the line out and name {booked} where it was the sponsor"
            )


def _near(number: str, reading: "Reading") -> str:
    """The same number with or without zeros in front, which spreadsheets like to drop."""
    bare = number.lstrip("0")
    near = next((each for each in reading.numbers if each.lstrip("0") == bare), None)
    return "" if near is None else f"; is {near} meant, whose zeros a spreadsheet dropped?"


def _tell(found: "Comparison", mood: str) -> None:
    changed = [entry.number for entry in found.changed.values()]
    click.echo(f"{len(found.added)} {mood}added")
    named = ", ".join(changed[:NUMBERS_SHOWN_MAX])
    more = len(changed) - NUMBERS_SHOWN_MAX
    click.echo(
        f"{len(changed)} {mood}changed"
        + (f": {named}" if named else "")
        + (f" and {more} more" if more > 0 else "")
    )
    click.echo(f"{found.same} are there just so")
    if found.kept:
        click.echo(
            f"{found.kept} have claimed their place and look after their name and phone "
            "themselves; what the file says otherwise is passed over"
        )
