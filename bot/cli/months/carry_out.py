"""All steps of closing a month; continues where an earlier run stopped."""

import asyncio
from typing import TYPE_CHECKING

from bot.cli.faults import CommandError
from bot.cli.months.preview import MonthResult, preview_month, read_preview
from bot.cli.months.writer import begin, check_written, write_month
from bot.cli.service.task_runner import TaskRunner

if TYPE_CHECKING:
    from bot.company import Company
    from bot.system.settings import Settings

__all__ = ["carry_out"]


def carry_out(
    runner: TaskRunner, settings: "Settings", company: "Company", month: MonthResult
) -> None:
    """Write the month, check what was written, and make it visible.

    Raises:
        CommandError: the month is not closed; nothing of it is visible to members.
    """
    state = month.state
    period, version = state.period, state.version
    begin(runner, company, state)
    # A sale may have come in while the operator read the question. From here on none does.
    now = asyncio.run(read_preview(settings, version, period))
    if now.snapshot != state.snapshot:
        month = preview_month(now)
    del now, state
    write_month(runner, month)
    fault, checked = asyncio.run(check_written(settings, month))
    if not fault:
        fault = str(runner.do("closing finish", checked)["fault"] or "")
    if fault:
        raise CommandError(
            f"{period} is not closed: {fault}. Nothing of it is visible to members. "
            "Keep the files as they are and run: python -m bot doctor"
        )
