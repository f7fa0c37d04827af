"""The request of the command line to close a month, whose figures the operator has confirmed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot.core.input.checked_json import integer, string
from bot.core.plans.bonus_share import judge_share
from bot.services.months.closing_guard import absurd_words, figures_in, high_words
from bot.store.db import audit_log, counters
from bot.store.jobs import jobs
from bot.store.months import closing_requests
from bot.store.months.closing_requests import ClosingRequest

__all__ = ["TASKS", "close_reference", "job_runs"]

REQUESTS: Final = "closing requests"
"""The counter of requests of the command line, which have no conversation to be named by."""


def request(conn: Connection, wish: Mapping[str, object], now: datetime) -> dict[str, object]:
    """Store what the operator confirmed; returns the request, or why there is none.

    A closing that is under way is joined. A request that waits for a second admin gives way: the
    operator has decided.
    """
    period, reason = string(wish, "period"), string(wish, "reason")
    figures, cap_percent = figures_in(wish), integer(wish, "cap_percent")
    share = judge_share(figures.paid, figures.sales, cap_percent)
    if share == "absurd":
        return {"refused": absurd_words(period, figures)}
    if share == "high" and not reason:
        return {"refused": high_words(figures, cap_percent)}
    open_ = closing_requests.open_request(conn, period)
    if open_ is not None:
        if job_runs(conn, open_):
            return {"request": open_.id}
        closing_requests.drop_request(conn, open_.id)
    request_id = closing_requests.begin_count(
        conn,
        f"command line:{counters.increment(conn, REQUESTS)}",
        period,
        cap_percent=cap_percent,
        asked_by=None,
        at=now,
    )
    shown = closing_requests.show_figures(conn, request_id, figures)
    counted = closing_requests.request_by_id(conn, request_id)
    assert shown, "it was written just now"
    assert counted is not None, "it was written just now"
    agreed = closing_requests.move_request(
        conn, counted, "agreed", reason=reason, by=None, at=now, note=""
    )
    assert agreed, "nobody else decides within this transaction"
    audit_log.note(conn, None, "agree to close", f"period {period}", now)
    return {"request": request_id}


def close_reference(period: str) -> str:
    """Returns the reference of the job that closes a month, which makes it the only one."""
    return f"close:{period}"


def job_runs(conn: Connection, request: ClosingRequest) -> bool:
    """Returns whether the job of an agreed request waits or runs."""
    if request.state != "agreed":
        return False
    job = jobs.by_reference(conn, close_reference(request.period))
    return job is not None and job.open


TASKS: Final = {"confirm closing": request}
