"""Sends a calculated month in steps to the process that writes, and checks what was written.

The writing process has other work to do, so each step takes only some hundredths of a second. The
check takes seconds, so it runs here, on a read-only snapshot.
"""

from collections.abc import Sequence
from dataclasses import astuple
from typing import TYPE_CHECKING

from bot.cli.faults import CommandError
from bot.cli.months.preview import MonthResult
from bot.cli.progress_bars import counted
from bot.cli.service.task_runner import TaskRunner

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.jobs.closing_terms import ClosingTerms

__all__ = ["FiguresChangedError", "begin", "check_written", "write_month"]

CREDITS_PER_STEP = 3_000
RANKS_PER_STEP = 6_000
PAYEES_PER_STEP = 500


class FiguresChangedError(CommandError):
    """The month comes to other figures than those that were confirmed; nothing was closed."""


def begin(
    runner: TaskRunner, terms: "ClosingTerms", month: MonthResult, request: int | None
) -> bool:
    """Begin the closing, after which no sale can enter the month.

    Returns:
        False where the month has changed since it was read, so that it has to be read again.

    Raises:
        CommandError: the month cannot be closed yet, or was begun under another plan.
        FiguresChangedError: other figures were confirmed.
    """
    period, version = terms.period, terms.version
    wish = {
        "period": period,
        "plan": version.since,
        "since": terms.since,
        "digest": version.digest,
        "point_value": version.point_value,
        "ready_on": terms.ready_on.isoformat(),
        "plan_file": terms.plan_file,
        "languages": list(terms.languages),
        "request": request,
        "figures": list(astuple(month.figures)),
        "stamp": month.state.stamp,
    }
    begun = runner.do("closing begin", wish)
    if "refused" in begun:
        raise CommandError(f"{period} is not closed: {begun['refused']}.")
    if "different" in begun:
        raise FiguresChangedError(
            f"{period} is not closed: its figures differ from those that were confirmed. "
            "Nothing was written. Look at them and confirm them again."
        )
    return "stale" not in begun


def write_month(runner: TaskRunner, month: MonthResult) -> None:
    """Write credits, ranks and payments; rows that an earlier run wrote stay as they are."""
    from bot.jobs.credit_facts import facts_of
    from bot.store.bonus.ranks import held_after

    state, outcome = month.state, month.outcome
    held = held_after(state.version, state.snapshot, outcome)

    def steps(task: str, name: str, rows: Sequence[object], at_once: int, label: str) -> None:
        for start in counted(range(0, len(rows), at_once), label):
            part = rows[start : start + at_once]
            runner.do(f"closing {task}", {"period": state.period, name: part})

    steps("credits", "credits", facts_of(outcome.credits), CREDITS_PER_STEP, "Writing credits")
    if held:
        steps("ranks", "ranks", held, RANKS_PER_STEP, "Writing ranks")
    steps("post", "payees", month.payees, PAYEES_PER_STEP, "Paying into the wallets")


async def check_written(url: str, month: MonthResult) -> tuple[str, dict[str, object]]:
    """Compare the written month with its result; returns a fault, and the facts of the last step.

    The fault is empty where all agrees.
    """
    from bot.store.bonus import closing
    from bot.store.db import read_only

    period, outcome = month.state.period, month.outcome
    expected = closing.Sums(len(outcome.credits), len(month.payees), month.paid)

    def look(conn: "Connection") -> tuple[str, int]:
        found = "; ".join(closing.faults(conn, period, expected))
        return found, closing.written_upto(conn, period)

    fault, upto = await read_only.look(url, look)
    done = {"credits": expected.credits, "payees": expected.payees, "paid": expected.paid}
    return fault, {"period": period, **done, "cut": outcome.cut, "proved_upto": upto}
