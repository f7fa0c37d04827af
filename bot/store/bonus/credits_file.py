"""Makes the CSV file of a closed month's credits in a child process.

Each credit is a line: the member, the rule and level, the seller, and how it was worked out. A
part of a pool comes from `company`, and `share` says which part of the rate it is.
"""

import asyncio
import base64
import csv
import io
from dataclasses import dataclass
from functools import partial
from typing import Final

from bot.core.input.checked_json import integer, string
from bot.store.bonus import credit_sales
from bot.store.db import read_only
from bot.system.child_process import Facts, Limits, Parent, Progress, run_child, serve

__all__ = ["CreditsFile", "make_in_child"]

TASK: Final = "credits file"
LIMITS: Final = Limits(600, memory_mib=2048)
HEADINGS: Final = ("member", "rule", "level", "from", "bonus_value", "rate_bp", "share", "amount")


@dataclass(frozen=True, slots=True)
class CreditsFile:
    """A CSV file in UTF-8.

    Attributes:
        lines: number of credits, without the heading.
        amount: rupiah of all of them.
        body: the bytes of the file.
    """

    lines: int
    amount: int
    body: bytes


async def make_in_child(url: str, period: str, progress: Progress) -> CreditsFile:
    """Returns the file of a closed month.

    Raises:
        JobError: the child process failed or reached one of its limits.
    """
    wish = {"task": TASK, "url": url, "period": period}
    made = await run_child("bot.store.bonus.credits_file", wish, LIMITS, progress)
    body = base64.b64decode(string(made, "body"))
    return CreditsFile(integer(made, "lines"), integer(made, "amount"), body)


def _made(wish: Facts, _: Parent) -> Facts:
    seen = partial(credit_sales.credits_of_month, period=string(wish, "period"))
    rows = asyncio.run(read_only.look(string(wish, "url"), seen))
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(HEADINGS)
    lines.writerows(rows)
    body = base64.b64encode(written.getvalue().encode()).decode("ascii")
    return {"lines": len(rows), "amount": sum(row.amount for row in rows), "body": body}


if __name__ == "__main__":
    serve({TASK: _made})
