"""The credits of a closed month as a file for the office, made in a process of its own.

Asked for by the commit that closes the month. Each credit is a line: who gets it, under which
rule and level, from whose sales, and how it was reckoned.
"""

import asyncio
import base64
import csv
import io
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection

from bot.flows.bonus.bonus_messages import MonthFile
from bot.store.bonus import credit_sales
from bot.store.db import read_only
from bot.store.jobs.jobs import Job
from bot.store.queue import attachments
from bot.system.child_process import Failed, Limits, Parent, Progress, run_child, serve
from bot.turn.notices import send_to_admins
from bot.turn.runtime import Ear

__all__ = ["KIND", "send_month_file"]

KIND: Final = "month file"
LIMITS: Final = Limits(600, memory_mib=2048)
BYTES_MAX: Final = 45 * 1024 * 1024
"""Telegram takes files of up to 50 MB from a bot."""
HEADINGS: Final = ("member", "rule", "level", "from", "bonus_value", "rate_bp", "amount")


async def send_month_file(
    job: Job, progress: Progress, *, ear: Ear, now: Callable[[], datetime]
) -> Mapping[str, Any]:
    """Make the file and write it to every admin, once; returns how long it is.

    Of a month that brought nobody anything there is none.

    Raises:
        Failed: there is no file.
    """
    period = str(job.wish["period"])
    wish = {"task": KIND, "url": ear.database.url, "period": period}
    made = await run_child("bot.services.bonus.month_file", wish, LIMITS, progress)
    if not made["lines"]:
        return {"lines": 0, "bytes": 0}
    body = base64.b64decode(made["body"])
    if len(body) > BYTES_MAX:
        raise Failed(f"a file of {len(body)} bytes is more than Telegram takes")
    news = MonthFile(period, int(made["lines"]), int(made["amount"]))
    await ear.database.write(partial(_send, ear=ear, news=news, body=body, now=now()))
    return {"lines": news.lines, "bytes": len(body)}


def _send(conn: Connection, *, ear: Ear, news: MonthFile, body: bytes, now: datetime) -> None:
    digest = attachments.keep(conn, f"bonus-{news.period}.csv", body)
    key = f"month file:{news.period}"
    send_to_admins(conn, ear.content, ear.company, news, key, now, document=digest)


def _made(wish: Mapping[str, Any], _: Parent) -> dict[str, Any]:
    seen = partial(credit_sales.credits_of_month, period=wish["period"])
    rows = asyncio.run(read_only.look(wish["url"], seen))
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(HEADINGS)
    lines.writerows(rows)
    body = base64.b64encode(written.getvalue().encode()).decode("ascii")
    return {"lines": len(rows), "amount": sum(row.amount for row in rows), "body": body}


if __name__ == "__main__":
    serve({KIND: _made})
