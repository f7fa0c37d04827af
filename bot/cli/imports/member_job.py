"""Imports a list of members as a job: in the running bot, or here where none runs."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import astuple
from typing import TYPE_CHECKING, Final

from bot.cli.faults import CommandError
from bot.cli.file_reports import one_sentence
from bot.cli.imports.member_plan import refuse_too_much
from bot.cli.imports.member_steps import import_plan
from bot.cli.progress_bars import counted

if TYPE_CHECKING:
    from bot.cli.service.task_runner import TaskRunner
    from bot.store.imports.roster import Comparison, Entry
    from bot.store.imports.roster_plan import ImportPlan

__all__ = ["BusyImportError", "outcome", "run_import", "store_list"]

LINES_PER_PART: Final = 2_000
TRIES_MAX: Final = 5
NUMBERS_SHOWN_MAX: Final = 10


class BusyImportError(CommandError):
    """No member was imported, because the database kept changing."""


def store_list(
    runner: "TaskRunner", last: int, entries: "Sequence[Entry]", *, language: str
) -> str:
    """Store the list in the database; returns the reference of the job that will import it.

    The same list is the same job until another list is imported; `last` is the number of the
    import before. The progress is told in this language.
    """
    parts = [
        [list(astuple(entry)) for entry in entries[start : start + LINES_PER_PART]]
        for start in range(0, len(entries), LINES_PER_PART)
    ]
    digest = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
    reference = f"import members:{last}:{digest}"
    for number, rows in enumerate(counted(parts, one_sentence(language, "storing list"))):
        wish = {"reference": reference, "part": number, "rows": rows}
        runner.do("import members list", wish)
    return reference


def run_import(
    runner: "TaskRunner",
    make: "Callable[[], ImportPlan]",
    time_zone: str,
    signed: int,
    by: int | None = None,
    *,
    language: str,
) -> dict[str, object]:
    """Import all members who are not in the database yet; returns the outcome.

    Args:
        runner: writes the steps.
        make: plans the import by the database as it is.
        time_zone: of the company.
        signed: the sum of the opening balances, as the person who imports them has typed it.
        by: that person's account; None for the command line.
        language: in which the progress and the reason of a refusal are told.

    Raises:
        CommandError: no member was imported. The message is stored in the row of the job, so it
            names no member; the command names the lines.
    """
    for _ in range(TRIES_MAX):
        # A person may have joined, or claimed a place, since the database was read.
        plan = make()
        if plan.found.clashes:
            clashes = len(plan.found.clashes)
            raise CommandError(one_sentence(language, "import clashes", number=clashes))
        if plan.found.opening not in {0, signed}:
            raise CommandError(one_sentence(language, "import other sum"))
        refuse_too_much(plan, language)
        nothing = not (plan.found.added or plan.found.changed)
        if nothing or import_plan(runner, plan, time_zone, by, language=language):
            return outcome(plan.found)
    raise BusyImportError(one_sentence(language, "import busy"))


def outcome(found: "Comparison") -> dict[str, object]:
    """Returns the result for the row of the job: of members only their numbers."""
    changed = [entry.number for entry in found.changed.values()]
    return {
        "added": len(found.added),
        "changed": len(changed),
        "numbers": changed[:NUMBERS_SHOWN_MAX],
        "same": found.same,
        "kept": found.kept,
        "openings": sum(1 for entry in found.added if entry.opening),
        "opening": found.opening,
    }
