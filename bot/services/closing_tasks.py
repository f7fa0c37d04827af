"""The steps of closing a month, as the command line asks for them one by one.

The command reads and computes, the bot writes: each step is one short transaction, and each may be
asked for again. The last one looks at everything that was written before it lets anybody see it.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection

from bot.core.plans import Credit
from bot.store import audit, closing, periods

__all__ = ["TASKS"]


def begin(conn: Connection, wish: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Let no more sales into the month; gives where it stands, or why it cannot be closed."""
    period = str(wish["period"])
    standing = periods.find(conn, period)
    if standing is None:
        earlier = periods.first_unclosed(conn, str(wish["since"]), period)
        if earlier is not None:
            return {"refused": f"{earlier} has to be closed first"}
        standing = closing.begin(
            conn,
            period,
            plan=str(wish["plan"]),
            digest=str(wish["digest"]),
            ready_on=date.fromisoformat(wish["ready_on"]),
            at=now,
        )
        audit.note(conn, None, "closing begun", f"period {period}", now)
    if standing.state == "closing" and standing.plan_digest != wish["digest"]:
        return {
            "refused": f"the closing of {period} was begun under another plan (digest "
            f"{standing.plan_digest}); put the plan file back as it was, then run this again"
        }
    return {"state": standing.state}


def add_credits(conn: Connection, wish: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Write some of the credits; gives how many of them were not there yet."""
    del now
    credits_ = [Credit(*facts) for facts in wish["credits"]]
    return {"added": closing.add_credits(conn, str(wish["period"]), credits_)}


def post(conn: Connection, wish: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Pay some of the members; gives the last of them, or nothing when all are paid."""
    period, above, limit = str(wish["period"]), int(wish["above"]), int(wish["limit"])
    return {"last": closing.post_bonuses(conn, period, above=above, limit=limit, at=now)}


def finish(conn: Connection, wish: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Close the month if the books hold just what was worked out; gives what is wrong if not."""
    period = str(wish["period"])
    expected = closing.Sums(wish["credits"], wish["payees"], wish["paid"])
    fault = closing.finish(conn, period, expected, now)
    if fault is None:
        audit.note(conn, None, "closed", f"period {period}", now)
    return {"fault": fault, "sums": asdict(expected)}


TASKS: Final = {
    "closing begin": begin,
    "closing credits": add_credits,
    "closing post": post,
    "closing finish": finish,
}
