"""Writes a list of members in steps so short that others who wait do not notice."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from bot.cli.file_reports import one_sentence
from bot.cli.progress_bars import counted

if TYPE_CHECKING:
    from bot.cli.service.task_runner import TaskRunner
    from bot.store.imports.roster_plan import ImportPlan

__all__ = ["import_plan"]

STEP_SECONDS_AIM: Final = 0.05
ROWS_FIRST: Final = 200
ROWS_MIN: Final = 100
ROWS_MAX: Final = 5_000
EMPTIED_PER_STEP: Final = 200


class _Steps:
    """The steps of an import; the time of each step decides the size of the next."""

    def __init__(self, runner: "TaskRunner", import_id: int, time_zone: str) -> None:
        self._runner = runner
        self._facts = {"import": import_id, "time_zone": time_zone}
        self._rows = ROWS_FIRST

    def all(self, task: str, weighed: Iterable[tuple[object, int]]) -> bool:
        """Write all rows, each with a weight; returns whether all could be written."""
        return all(self._one(task, rows) for rows in self._batches(weighed))

    def _batches(self, weighed: Iterable[tuple[object, int]]) -> Iterator[list[object]]:
        batch: list[object] = []
        load = 0
        for row, weight in weighed:
            if batch and load + weight > self._rows:
                yield batch
                batch, load = [], 0
            batch.append(row)
            load += weight
        if batch:
            yield batch

    def _one(self, task: str, rows: list[object]) -> bool:
        began = time.monotonic()
        done = self._runner.do(f"import members {task}", {**self._facts, "rows": rows})
        taken = max(time.monotonic() - began, STEP_SECONDS_AIM / 2)
        wanted = int(self._rows * STEP_SECONDS_AIM / taken)
        self._rows = max(ROWS_MIN, min(ROWS_MAX, wanted))
        return bool(done["written"])


def import_plan(
    runner: "TaskRunner",
    plan: "ImportPlan",
    time_zone: str,
    by: int | None = None,
    *,
    language: str,
) -> bool:
    """Write the plan; returns whether the members are visible now.

    `by` is the account of the person who confirmed it; None for the command line. The progress is
    told in this language.

    If not, the database changed meanwhile and nothing was imported. The rows of an earlier import
    that was interrupted are emptied first.
    """
    import_id = runner.do("import members begin", {"last": plan.last})["import"]
    if not isinstance(import_id, int):
        return False
    _empty(runner)
    steps = _Steps(runner, import_id, time_zone)
    rows = counted(plan.rows, one_sentence(language, "writing members"))
    # Zipped with the rows only to show the progress.
    teams = counted(plan.rows, one_sentence(language, "counting teams"))
    counts = (each for each, _ in zip(plan.counts(), teams, strict=True))
    grown = ((each, 2 * (1 + len(each.months))) for each in plan.grown)
    written = (
        steps.all("rows", ((row, 1) for row in rows))
        and steps.all("counts", ((count, 1 + len(count.months)) for count in counts))
        and steps.all("growth", grown)
    )
    last: dict[str, object] = {"import": import_id, "ending": asdict(plan.ending)}
    last |= {} if by is None else {"by": by}
    done = written and bool(runner.do("import members finish", last)["written"])
    if not done:
        runner.do("import members give up", {"import": import_id})
    _empty(runner)
    return done


def _empty(runner: "TaskRunner") -> None:
    while runner.do("import members empty", {"rows": EMPTIED_PER_STEP})["emptied"]:
        pass
