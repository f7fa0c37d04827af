"""Takes a list of members over as a job: by the running bot, or here where none runs."""

import asyncio
import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple
from typing import TYPE_CHECKING, Final

from bot.cli.faults import CommandError
from bot.cli.imports.member_plan import make_plan, refuse_too_much
from bot.cli.imports.member_steps import take_over
from bot.cli.progress_bars import counted

if TYPE_CHECKING:
    from bot.cli.service.doer import Doer
    from bot.store.imports.roster import Comparison, Entry
    from bot.system.settings import Settings

__all__ = ["hand_over", "outcome", "run_import"]

LINES_PER_PART: Final = 2_000
TRIES_MAX: Final = 5
NUMBERS_SHOWN_MAX: Final = 10
BUSY = (
    "Nobody was taken over: the books changed each time while the list was written. "
    "Run this again when fewer people join."
)
# These words stay in the row of the job, so they name nobody. The command tells the rest.
CLASHES = (
    "Nobody was taken over: the books changed meanwhile and do not agree with the list any more "
    "(lines: {number}). Run this again; it says which."
)


def hand_over(hands: "Doer", last: int, entries: "Sequence[Entry]") -> str:
    """Have the books keep the list; returns the reference of the job that is to take it over.

    The same list is the same job until another was taken over, whose number `last` is.
    """
    parts = [
        [list(astuple(entry)) for entry in entries[start : start + LINES_PER_PART]]
        for start in range(0, len(entries), LINES_PER_PART)
    ]
    digest = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
    reference = f"import members:{last}:{digest}"
    for number, rows in enumerate(counted(parts, "Handing the list over in parts")):
        wish = {"reference": reference, "part": number, "rows": rows}
        hands.do("import members list", wish)
    return reference


def run_import(
    hands: "Doer", settings: "Settings", time_zone: str, entries: "Sequence[Entry]"
) -> dict[str, object]:
    """Take everybody over who is not there yet; returns the outcome.

    Raises:
        CommandError: nobody was taken over; the words name nobody.
    """
    for _ in range(TRIES_MAX):
        # Somebody may have joined, or taken a place, since the books were looked at.
        plan = asyncio.run(make_plan(settings, time_zone, entries))
        if plan.found.clashes:
            raise CommandError(CLASHES.format(number=len(plan.found.clashes)))
        refuse_too_much(plan)
        if not (plan.found.added or plan.found.changed) or take_over(hands, plan, time_zone):
            return outcome(plan.found)
    raise CommandError(BUSY)


def outcome(found: "Comparison") -> dict[str, object]:
    """Returns what is kept in the row of the job: numbers of members, and nothing else of them."""
    changed = [entry.number for entry in found.changed.values()]
    return {
        "added": len(found.added),
        "changed": len(changed),
        "numbers": changed[:NUMBERS_SHOWN_MAX],
        "same": found.same,
        "kept": found.kept,
    }
