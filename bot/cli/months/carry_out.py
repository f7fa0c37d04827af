"""All steps of closing a month; continues where an earlier run stopped."""

import asyncio
from typing import TYPE_CHECKING

from bot.cli.faults import CommandError
from bot.cli.months.preview import MonthResult, preview_month, read_month
from bot.cli.months.writer import FiguresChangedError, begin, check_written, write_month
from bot.cli.service.task_runner import TaskRunner

if TYPE_CHECKING:
    from bot.jobs.closing_terms import ClosingTerms

__all__ = ["carry_out"]

READ_AGAIN_MAX = 10


def carry_out(
    runner: TaskRunner,
    url: str,
    terms: "ClosingTerms",
    month: MonthResult,
    request: int | None,
) -> None:
    """Write the month, check what was written, and make it visible.

    Args:
        runner: writes each step.
        url: of the database.
        terms: under which the month is closed.
        month: as it was calculated.
        request: whose figures were confirmed; None to continue what an earlier version began.

    Raises:
        CommandError: the month is not closed; nothing of it is visible to members.
        FiguresChangedError: it comes to other figures than those that were confirmed.
    """
    period = terms.period
    month = _shut(runner, url, terms, month, request)
    write_month(runner, month)
    fault, checked = asyncio.run(check_written(url, month))
    if not fault:
        fault = str(runner.do("closing finish", checked)["fault"] or "")
    if fault:
        raise CommandError(
            f"{period} is not closed: {fault}. Nothing of it is visible to members. "
            "Keep the files as they are and run: python -m bot doctor"
        )


def _shut(
    runner: TaskRunner,
    url: str,
    terms: "ClosingTerms",
    month: MonthResult,
    request: int | None,
) -> MonthResult:
    """Shut the month with the confirmed figures; returns it as it is from here on."""
    version, period = terms.version, terms.period
    for _ in range(READ_AGAIN_MAX):
        if begin(runner, terms, month, request):
            break
        month = preview_month(asyncio.run(read_month(url, version, period)))
    else:
        raise CommandError(f"{period} is not closed: its figures keep changing. Try again later.")
    # No sale enters the month from here on, but a membership may just have been suspended.
    now = asyncio.run(read_month(url, version, period))
    if now.snapshot == month.state.snapshot:
        return month
    again = preview_month(now)
    if request is not None and again.figures != month.figures:
        raise FiguresChangedError(
            f"{period} is shut but not closed: its figures differ from those that were "
            "confirmed. Look at them and confirm them again; the closing then continues."
        )
    return again
