"""The steps of closing a month, which the command line asks for one by one.

The command reads, computes and audits; the bot writes. Each step is one short transaction and may
be repeated. The last one makes the month visible if nothing was written since the audit.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final, NamedTuple

from sqlalchemy import Connection

from bot.core.input.checked_json import array, integer, record, string
from bot.jobs.credit_facts import credit_of
from bot.services.bonus import month_file
from bot.services.months.closing_guard import why_not_begin
from bot.store.bonus import closing
from bot.store.bonus.ranks import Held
from bot.store.db import audit_log
from bot.store.jobs import jobs
from bot.store.ledger import periods
from bot.store.months import closing_requests

__all__ = ["TASKS"]


def begin(conn: Connection, wish: Mapping[str, object], now: datetime) -> dict[str, object]:
    """Close the month for sales; returns its state, or why it cannot be closed.

    It is shut only with the figures that were confirmed, and if nothing has changed since they
    were counted: see `why_not_begin`.
    """
    period = string(wish, "period")
    periods.hold_for_closing(conn)
    standing = periods.find(conn, period)
    if standing is not None and standing.state == "closed":
        return {"state": standing.state}
    if standing is not None and standing.plan_digest != wish["digest"]:
        return {
            "refused": f"the closing of {period} was begun under another plan (digest "
            f"{standing.plan_digest}), which this version of the bot does not have; put the plan "
            "file back as it was, then run this again"
        }
    refused = why_not_begin(conn, wish, period, shut=standing is not None)
    if refused is not None:
        return refused
    if standing is None:
        earlier = periods.closing(conn)
        earlier = earlier or periods.first_unclosed(conn, string(wish, "since"), period)
        if earlier is not None:
            return {"refused": f"{earlier} has to be closed first"}
        standing = closing.begin(
            conn,
            period,
            plan=string(wish, "plan"),
            digest=string(wish, "digest"),
            ready_on=date.fromisoformat(string(wish, "ready_on")),
            at=now,
            point_value=integer(wish, "point_value"),
            plan_file=string(wish, "plan_file"),
            languages=[str(each) for each in array(wish, "languages")],
        )
        audit_log.note(conn, None, "closing begun", f"period {period}", now)
    return {"state": standing.state}


def add_credits(conn: Connection, wish: Mapping[str, object], now: datetime) -> dict[str, object]:
    """Write a part of the credits."""
    del now
    found = [credit_of(facts) for facts in array(wish, "credits")]
    closing.add_credits(conn, string(wish, "period"), found)
    return {}


def add_ranks(conn: Connection, wish: Mapping[str, object], now: datetime) -> dict[str, object]:
    """Write the ranks of a part of the members."""
    del now
    closing.add_ranks(
        conn, string(wish, "period"), [record(Held, facts) for facts in array(wish, "ranks")]
    )
    return {}


def post(conn: Connection, wish: Mapping[str, object], now: datetime) -> dict[str, object]:
    """Pay a part of the members."""
    payees = [record(Payee, facts) for facts in array(wish, "payees")]
    closing.post_bonuses(conn, string(wish, "period"), payees, now)
    return {}


def finish(conn: Connection, wish: Mapping[str, object], now: datetime) -> dict[str, object]:
    """Close the audited month; returns what is wrong where it cannot be closed."""
    period = string(wish, "period")
    expected = closing.Sums(*(integer(wish, key) for key in ("credits", "payees", "paid")))
    upto, cut = integer(wish, "proved_upto"), integer(wish, "cut")
    fault = closing.finish(conn, period, expected, now, cut=cut, proved_upto=upto)
    if fault is None:
        closing_requests.finish_request(conn, period)
        audit_log.note(conn, None, "closed", f"period {period}", now)
        jobs.ask(conn, month_file.KIND, f"{month_file.KIND}:{period}", {"period": period}, now)
    return {"fault": fault}


class Payee(NamedTuple):
    """A member, and the rupiah of the member's bonus."""

    member_id: int
    amount: int


TASKS: Final = {
    "closing begin": begin,
    "closing credits": add_credits,
    "closing ranks": add_ranks,
    "closing post": post,
    "closing finish": finish,
}
