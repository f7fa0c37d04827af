"""Sends the credits of a closed month to the admins as a CSV file.

The commit that closes the month asks for this job.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import Connection

from bot.core.errors import JobError
from bot.core.input.checked_json import string
from bot.flows.bonus.bonus_messages import MonthFile
from bot.store.bonus import credits_file
from bot.store.jobs.jobs import Job
from bot.store.queue import attachments
from bot.system.child_process import Facts, Progress
from bot.turn.notices import send_to_admins
from bot.turn.runtime import BotRuntime

__all__ = ["KIND", "send_month_file"]

KIND: Final = "month file"
BYTES_MAX: Final = 45 * 1024 * 1024
"""Telegram takes files of up to 50 MB from a bot."""


async def send_month_file(
    job: Job, progress: Progress, *, runtime: BotRuntime, now: Callable[[], datetime]
) -> Facts:
    """Make the file and queue it for every admin, once; returns its lines and bytes.

    A month without credits has no file.

    Raises:
        JobError: the file could not be made, or is too large for Telegram.
    """
    period = string(job.wish, "period")
    made = await credits_file.make_in_child(runtime.database.url, period, progress)
    if not made.lines:
        return {"lines": 0, "bytes": 0}
    if len(made.body) > BYTES_MAX:
        raise JobError(f"a file of {len(made.body)} bytes is more than Telegram takes")
    news = MonthFile(period, made.lines, made.amount)
    await runtime.database.write(
        partial(_send, runtime=runtime, news=news, body=made.body, now=now())
    )
    return {"lines": news.lines, "bytes": len(made.body)}


def _send(
    conn: Connection, *, runtime: BotRuntime, news: MonthFile, body: bytes, now: datetime
) -> None:
    digest = attachments.keep(conn, f"bonus-{news.period}.csv", body)
    key = f"month file:{news.period}"
    send_to_admins(conn, runtime.content, runtime.company, news, key, now, document=digest)
