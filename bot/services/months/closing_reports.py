"""What an admin reads about a closing: its card, its progress and its outcome.

The jobs call these, each in a transaction of its own. Each message has a key, so that it is sent
once, however often a job begins again. A closing from the command line shows all this there.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot.content import Reader
from bot.core.conversation.messages import Message
from bot.core.input.checked_json import integer
from bot.core.plans.bonus_share import judge_share, share_bp
from bot.flows.months.month_closing_messages import (
    ClosingCard,
    ClosingFailed,
    ClosingProgress,
    ClosingStep,
    MonthIsClosed,
)
from bot.jobs.job_names import COUNT
from bot.store.jobs import jobs
from bot.store.jobs.jobs import Job
from bot.store.ledger import periods
from bot.store.members import roles, second_admins
from bot.store.months import closing_requests, month_checks
from bot.store.months.closing_requests import ClosingFigures, ClosingRequest
from bot.store.queue import outbox
from bot.turn.keyboards import text_payload
from bot.turn.notices import send
from bot.turn.runtime import BotRuntime

__all__ = [
    "count_again",
    "show_month",
    "show_progress",
    "tell_closed",
    "tell_failed",
    "tell_not_done",
]

STEPS: Final[dict[str, ClosingStep]] = {
    "Writing credits": "credits",
    "Writing ranks": "ranks",
    "Paying into the wallets": "paying",
}
"""The steps by the labels under which the child process reports them."""

AGAIN: Final = "again:{}"
"""The reference of the request that takes the place of one whose figures have changed."""


def show_month(
    conn: Connection,
    *,
    runtime: BotRuntime,
    at: datetime,
    request_id: int,
    figures: ClosingFigures,
    clock_wrong: bool,
) -> None:
    """Store the calculated figures of a request, and send its card to the admin who asked."""
    request = closing_requests.request_by_id(conn, request_id)
    if request is None or request.asked_by is None or request.state != "counting":
        return
    if not closing_requests.show_figures(conn, request_id, figures):
        return
    period = request.period
    waits = month_checks.waits_of(conn, period)
    standing = periods.find(conn, period)
    share = judge_share(figures.paid, figures.sales, request.cap_percent)
    second = second_admins.second_admin(conn, request.asked_by, at)
    card = ClosingCard(
        period=period,
        changed=request.reference.startswith(AGAIN.format("")),
        shut=standing is not None,
        number=figures.number,
        sales=figures.sales,
        payees=figures.payees,
        paid=figures.paid,
        cut=figures.cut,
        share=share,
        share_bp=share_bp(figures.paid, figures.sales),
        limit=request.cap_percent,
        waiting=waits.sales,
        waiting_sum=waits.sales_sum,
        returns=waits.returns,
        clock_wrong=clock_wrong,
        second=share == "high" and second is not None,
        id=request.id,
    )
    _send(conn, runtime, request, request.asked_by, card, "card", at)


def count_again(conn: Connection, *, runtime: BotRuntime, at: datetime, request_id: int) -> None:
    """Let a request go whose figures have changed, and have the month shown again."""
    request = closing_requests.request_by_id(conn, request_id)
    if request is None or request.state != "agreed":
        return
    closing_requests.drop_request(conn, request.id)
    if request.asked_by is None:
        return
    again = closing_requests.begin_count(
        conn,
        AGAIN.format(request.id),
        request.period,
        cap_percent=runtime.company.policy.bonus_share_max_percent,
        asked_by=request.asked_by,
        at=at,
    )
    wish = {"period": request.period, "request": again}
    jobs.ask(conn, COUNT, f"{COUNT}:{again}", wish, at, request.asked_by)


def show_progress(
    conn: Connection,
    *,
    runtime: BotRuntime,
    at: datetime,
    request_id: int,
    step: str,
    percent: int,
) -> None:
    """Show how far a closing is: a message at first, which is edited from then on."""
    request = closing_requests.request_by_id(conn, request_id)
    if request is None or request.asked_by is None:
        return
    person = roles.reachable(conn, request.asked_by, runtime.company.time_zone)
    if person is None:
        return
    news = ClosingProgress(request.period, STEPS.get(step, "begun"), percent)
    reader = Reader(person.language, person.title, person.name, person.zone)
    payload = text_payload(runtime.content.screen(news, reader), None)
    key = f"closing:{request.id}:progress"
    message_id = outbox.message_sent_as(conn, key)
    edits = message_id is not None
    outbox.put(
        conn,
        key=f"{key}:{step}:{percent}" if edits else key,
        chat_id=person.user_id,
        kind="answer",
        method="editMessageText" if edits else "sendMessage",
        payload=payload | ({"message_id": message_id} if edits else {}),
        at=at,
        passing=edits,
    )


def tell_closed(conn: Connection, *, runtime: BotRuntime, at: datetime, request_id: int) -> None:
    """Tell who asked for a closing, and who agreed to it, that the month is closed."""
    request = closing_requests.request_by_id(conn, request_id)
    if request is None or request.state != "closed":
        return
    news = MonthIsClosed(request.period, request.figures.payees, request.figures.paid)
    for user_id in {request.asked_by, request.decided_by}:
        if user_id is not None:
            _send(conn, runtime, request, user_id, news, "closed", at)


def tell_failed(
    conn: Connection, *, runtime: BotRuntime, at: datetime, request_id: int, clock: bool
) -> None:
    """Let a request go that could not be carried out, and tell who asked for it.

    Where the month is closed all the same, by this request or by another, that is told instead.
    """
    request = closing_requests.request_by_id(conn, request_id)
    if request is None or request.state in {"refused", "dropped"}:
        return
    if request.state == "closed":
        tell_closed(conn, runtime=runtime, at=at, request_id=request_id)
        return
    closing_requests.drop_request(conn, request.id)
    if request.asked_by is not None:
        month = periods.find(conn, request.period)
        closed = month is not None and month.state == "closed"
        news: Message = ClosingFailed(request.period, clock)
        if month is not None and closed:
            news = MonthIsClosed(request.period, month.payees, month.paid)
        _send(conn, runtime, request, request.asked_by, news, "closed" if closed else "failed", at)


def tell_not_done(conn: Connection, job: Job, at: datetime, *, runtime: BotRuntime) -> None:
    """Tell who asked for a month that failed or was begun too often; it can be asked for again."""
    if "request" in job.wish:
        request_id = integer(job.wish, "request")
        tell_failed(conn, runtime=runtime, at=at, request_id=request_id, clock=False)


def _send(
    conn: Connection,
    runtime: BotRuntime,
    request: ClosingRequest,
    user_id: int,
    news: Message,
    what: str,
    at: datetime,
) -> None:
    """Send at once: the admin is waiting for it."""
    person = roles.reachable(conn, user_id, runtime.company.time_zone)
    if person is not None:
        key = f"closing:{request.id}:{what}:{user_id}"
        content, company = runtime.content, runtime.company
        send(conn, content, company, person, news, key=key, at=at, at_once=True)
