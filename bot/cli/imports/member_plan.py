"""What taking a list of members over will write, and the words for why it cannot be."""

import asyncio
import secrets
from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.faults import CommandError

if TYPE_CHECKING:
    from bot.cli.imports.member_file import MemberFile
    from bot.company import Company
    from bot.store.imports.roster import Clash, Entry
    from bot.store.imports.roster_plan import ImportPlan
    from bot.system.settings import Settings

__all__ = ["checked_plan", "make_plan", "refuse", "refuse_too_much"]

FAULTS_SHOWN_MAX = 200
SEED_BYTES = 16


def checked_plan(
    settings: "Settings", company: "Company", reading: "MemberFile", file: Path
) -> "ImportPlan":
    """Returns the plan, once neither the file nor the books object.

    Raises:
        CommandError: they do; the words name each line.
    """
    try:
        plan = asyncio.run(
            make_plan(settings, company.time_zone, reading.entries, reading.numbers.keys())
        )
    except CommandError:
        if reading.faults:
            refuse(file, reading.faults)
        raise
    clashes = [(clash.line, _clash(clash, reading)) for clash in plan.found.clashes]
    if clashes or reading.faults:
        refuse(file, [*reading.faults, *clashes])
    refuse_too_much(plan)
    return plan


async def make_plan(
    settings: "Settings",
    time_zone: str,
    entries: "Sequence[Entry]",
    listed: Collection[str] = (),
) -> "ImportPlan":
    """Returns what taking these entries over will write, by a snapshot of the books.

    Args:
        settings: name the books and the clock.
        time_zone: of the company.
        entries: the list.
        listed: numbers that stand in the list besides, on lines that have a fault of their own.

    Raises:
        CommandError: the books have to be migrated first.
    """
    from bot.cli.database.upgrade import refuse_unready
    from bot.cli.setup import now_by
    from bot.store.db import read_only
    from bot.store.imports import roster_plan

    await refuse_unready(settings)
    work = partial(
        roster_plan.make_plan,
        entries=entries,
        time_zone=time_zone,
        listed=listed,
        seed=secrets.token_hex(SEED_BYTES),
        now=await now_by(settings),
    )
    return await read_only.look(settings.database_url.get_secret_value(), work)


def refuse_too_much(plan: "ImportPlan") -> None:
    """Refuse what would have to be written at once and would keep everybody waiting.

    Raises:
        CommandError: it is too much for one short commit.
    """
    from bot.store.imports.arrival import WORK_MAX

    ending = plan.ending
    if ending.work > WORK_MAX:
        raise CommandError(
            f"Nobody was taken over: {len(ending.changes)} names or phones would change, and "
            f"{len(ending.links)} new members would stand right below members who are in the "
            "books already. That is too much for the one short moment in which all of a file is "
            f"taken over; divide the file into {ending.work // WORK_MAX + 1} parts or more, each "
            "with the sponsors of its members in it or taken over before."
        )


def refuse(file: Path, faults: Sequence[tuple[int, str]]) -> None:
    """Tell everything that is wrong, line by line.

    Raises:
        CommandError: always.
    """
    ordered = sorted(faults, key=lambda fault: fault[0])
    shown = [f"{file}:{line}: {fault}" for line, fault in ordered[:FAULTS_SHOWN_MAX]]
    more = len(ordered) - len(shown)
    if more:
        shown.append(f"and {more} more")
    raise CommandError("\n".join(["Nobody was taken over; mend these lines first:", *shown]))


def _clash(clash: "Clash", reading: "MemberFile") -> str:
    """Where a line and the books do not go together, in words."""
    listed, booked = clash.listed, clash.booked
    match clash.what:
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


def _near(number: str, reading: "MemberFile") -> str:
    """The same number with or without zeros in front, which spreadsheets like to drop."""
    bare = number.lstrip("0")
    near = next((each for each in reading.numbers if each.lstrip("0") == bare), None)
    return "" if near is None else f"; is {near} meant, whose zeros a spreadsheet dropped?"
