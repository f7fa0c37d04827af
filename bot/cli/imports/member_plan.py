"""What an import of members will write, or the faults that prevent it."""

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
    """Returns the plan of a list without faults that agrees with the database.

    Raises:
        CommandError: the list has faults or does not agree; the message names each line.
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
    """Returns what importing these entries will write, by a snapshot of the database.

    Args:
        settings: name the database and the clock.
        time_zone: of the company.
        entries: the list.
        listed: more numbers of the list, on lines that have a fault.

    Raises:
        CommandError: the database has to be upgraded first.
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
    """Refuse an import whose last commit would keep people waiting.

    Raises:
        CommandError: the import is too large for one short commit.
    """
    from bot.store.imports.arrival import WORK_MAX

    ending = plan.ending
    if ending.work > WORK_MAX:
        raise CommandError(
            f"No member was imported: {len(ending.changes)} names or phones would change, and "
            f"{len(ending.links)} new members would be directly below members who are in the "
            "database already. That is too much for the one short commit in which a file is "
            f"imported; divide the file into {ending.work // WORK_MAX + 1} parts or more, each "
            "with the sponsors of its members in it or imported before."
        )


def refuse(file: Path, faults: Sequence[tuple[int, str]]) -> None:
    """Report all faults, line by line.

    Raises:
        CommandError: always.
    """
    ordered = sorted(faults, key=lambda fault: fault[0])
    shown = [f"{file}:{line}: {fault}" for line, fault in ordered[:FAULTS_SHOWN_MAX]]
    more = len(ordered) - len(shown)
    if more:
        shown.append(f"and {more} more")
    raise CommandError("\n".join(["No member was imported; correct these lines first:", *shown]))


def _clash(clash: "Clash", reading: "MemberFile") -> str:
    """Returns how a line disagrees with the database."""
    listed, registered = clash.listed, clash.registered
    match clash.what:
        case "unknown sponsor":
            near = _near(listed, reading)
            return f"sponsor {listed} is not a member number, here or in the database{near}"
        case "sponsor":
            return (
                f"sponsor is {listed or 'the company'} here and {registered or 'the company'} in "
                "the database; a list does not move a team"
            )
        case "joined":
            return f"joined {listed} here and {registered} in the database; that day stays"
        case _:
            return (
                f"phone {listed} belongs to the member {registered} in the database; if that is "
                f"the same person, delete the line and name {registered} where it was the sponsor"
            )


def _near(number: str, reading: "MemberFile") -> str:
    """Returns a hint at a number that differs only in leading zeros, which spreadsheets drop."""
    bare = number.lstrip("0")
    near = next((each for each in reading.numbers if each.lstrip("0") == bare), None)
    return "" if near is None else f"; is {near} meant? Spreadsheets drop leading zeros"
