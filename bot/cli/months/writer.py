"""Hands a month that was worked out to whoever writes the books, and reads back what they hold.

Whoever writes has other work to do, so it comes in steps that take some hundredths of a second
each. The proof takes seconds, so it is read here, from a snapshot that stands beside the writing.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bot.cli.faults import CommandError
from bot.cli.months.preview import MonthResult, Seen, ready_on
from bot.cli.progress_bars import counted
from bot.cli.service.doer import Doer

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.company import Company
    from bot.system.settings import Settings

__all__ = ["begin", "prove", "write_month"]

CREDITS_PER_STEP = 3_000
RANKS_PER_STEP = 6_000
PAYEES_PER_STEP = 500


def begin(hands: Doer, company: "Company", seen: Seen) -> None:
    """Let no more sales into the month.

    Raises:
        CommandError: it cannot be closed yet, or was begun under another plan.
    """
    version = seen.version
    wish = {
        "period": seen.period,
        "plan": version.since,
        "since": company.plan.versions[0].since,
        "digest": version.digest,
        "point_value": version.point_value,
        "ready_on": ready_on(company, seen.period).isoformat(),
    }
    begun = hands.do("closing begin", wish)
    if "refused" in begun:
        raise CommandError(f"{seen.period} is not closed: {begun['refused']}.")


def write_month(hands: Doer, month: MonthResult) -> None:
    """Have all of it written; what an earlier run wrote stays as it is."""
    from bot.services.bonus.close_month import facts_of
    from bot.store.bonus.ranks import held_after

    seen, outcome = month.seen, month.outcome
    held = held_after(seen.version, seen.snapshot, outcome)

    def steps(task: str, name: str, rows: Sequence[Any], at_once: int, label: str) -> None:
        for start in counted(range(0, len(rows), at_once), label):
            part = rows[start : start + at_once]
            hands.do(f"closing {task}", {"period": seen.period, name: part})

    steps("credits", "credits", facts_of(outcome.credits), CREDITS_PER_STEP, "Writing credits")
    if held:
        steps("ranks", "ranks", held, RANKS_PER_STEP, "Writing ranks")
    steps("post", "payees", month.payees, PAYEES_PER_STEP, "Paying into the wallets")


async def prove(settings: "Settings", month: MonthResult) -> tuple[str, dict[str, object]]:
    """What is wrong with what was written; and what the last step has to be told if nothing is."""
    from bot.store.bonus import closing
    from bot.store.db import read_only

    period, outcome = month.seen.period, month.outcome
    expected = closing.Sums(len(outcome.credits), len(month.payees), month.paid)

    def look(conn: "Connection") -> tuple[str, int]:
        found = "; ".join(closing.faults(conn, period, expected))
        return found, closing.written_upto(conn, period)

    fault, upto = await read_only.look(settings.database_url.get_secret_value(), look)
    done = {"credits": expected.credits, "payees": expected.payees, "paid": expected.paid}
    return fault, {"period": period, **done, "cut": outcome.cut, "proved_upto": upto}
