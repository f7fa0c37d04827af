"""What an import of members will write, or the faults that prevent it."""

import asyncio
import secrets
from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.faults import CommandError
from bot.cli.imports.reports import refusal
from bot.core.sheets.sheet_faults import SheetFault

if TYPE_CHECKING:
    from bot.cli.imports.member_file import MemberFile
    from bot.company import Company
    from bot.store.imports.roster import Clash, Entry
    from bot.store.imports.roster_plan import ImportPlan
    from bot.system.settings import Settings

__all__ = [
    "checked_plan",
    "clash_fault",
    "make_plan",
    "plan_now",
    "refuse_too_much",
    "work_fault",
]

SEED_BYTES = 16
HEADING = "heading members"


def checked_plan(
    settings: "Settings", company: "Company", reading: "MemberFile", file: Path
) -> "ImportPlan":
    """Returns the plan of a list without faults that agrees with the database.

    Raises:
        CommandError: the list has faults or does not agree; the message names each line.
    """
    language = company.languages[0]
    try:
        plan = asyncio.run(
            make_plan(settings, company.time_zone, reading.entries, reading.numbers.keys())
        )
    except CommandError:
        if reading.faults:
            raise refusal(file, reading.faults, language, HEADING) from None
        raise
    clashes = [clash_fault(clash, reading) for clash in plan.found.clashes]
    if clashes or reading.faults:
        raise refusal(file, [*reading.faults, *clashes], language, HEADING)
    refuse_too_much(plan, language)
    return plan


def plan_now(settings: "Settings", time_zone: str, entries: "Sequence[Entry]") -> "ImportPlan":
    """Returns what importing these entries will write, by the database as it is now."""
    return asyncio.run(make_plan(settings, time_zone, entries))


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


def refuse_too_much(plan: "ImportPlan", language: str) -> None:
    """Refuse an import whose last commit would keep people waiting.

    Raises:
        CommandError: the import is too large for one short commit.
    """
    from bot.content.sheet_words import line_words

    if fault := work_fault(plan):
        raise CommandError(line_words(fault, language))


def work_fault(plan: "ImportPlan") -> SheetFault | None:
    """Returns the fault of a list that is too large for one short commit; None for others."""
    from bot.store.imports.arrival import WORK_MAX

    ending = plan.ending
    if ending.work <= WORK_MAX:
        return None
    return SheetFault.of(
        "too much work",
        changes=len(ending.changes),
        links=len(ending.links),
        openings=len(ending.openings),
        parts=ending.work // WORK_MAX + 1,
    )


def clash_fault(clash: "Clash", reading: "MemberFile") -> SheetFault:
    """Returns how a line disagrees with the database, as a fault of the line."""
    value, other, line = clash.listed, clash.registered, clash.line
    match clash.what:
        case "unknown sponsor":
            near = _near(value, reading)
            what = "no sponsor near" if near else "no sponsor"
            return SheetFault.of(what, line, "sponsor", value=value, near=near)
        case "sponsor":
            return SheetFault.of("sponsor moved", line, "sponsor", value=value, other=other)
        case "joined":
            return SheetFault.of("joined moved", line, "joined", value=value, other=other)
        case "opening":
            what = "opening kept" if other != "0" else "opening late"
            return SheetFault.of(what, line, "opening", value=value, other=other)
        case _:
            return SheetFault.of("phone taken", line, "phone", value=value, other=other)


def _near(number: str, reading: "MemberFile") -> str:
    """Returns a number that differs only in leading zeros, which spreadsheets drop; or nothing."""
    bare = number.lstrip("0")
    return next((each for each in reading.numbers if each.lstrip("0") == bare), "")
