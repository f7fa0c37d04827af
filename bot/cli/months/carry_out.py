"""All steps of closing a month, from wherever an earlier try stopped."""

import asyncio
from typing import TYPE_CHECKING

from bot.cli.faults import CommandError
from bot.cli.months.preview import MonthResult, preview_month, read_preview
from bot.cli.months.writer import begin, prove, write_month
from bot.cli.service.doer import Doer

if TYPE_CHECKING:
    from bot.company import Company
    from bot.system.settings import Settings

__all__ = ["carry_out"]


def carry_out(hands: Doer, settings: "Settings", company: "Company", month: MonthResult) -> None:
    """Write the month, prove it, and let everybody see it.

    Raises:
        CommandError: it is not closed; nothing of it is visible to members.
    """
    seen = month.seen
    period, version = seen.period, seen.version
    begin(hands, company, seen)
    # A sale may have come in while the question was read. From here on nothing does.
    now = asyncio.run(read_preview(settings, version, period))
    if now.snapshot != seen.snapshot:
        month = preview_month(now)
    del now, seen
    write_month(hands, month)
    fault, proved = asyncio.run(prove(settings, month))
    if not fault:
        fault = str(hands.do("closing finish", proved)["fault"] or "")
    if fault:
        raise CommandError(
            f"{period} is not closed: {fault}. Nothing of it is visible to members. "
            "Keep the files as they are and run: python -m bot doctor"
        )
