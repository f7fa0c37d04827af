"""Which month is closed next, and what admins decide about it."""

from collections.abc import Iterable

from sqlalchemy import Connection

from bot.core.calendar.periods import period_of
from bot.core.conversation.messages import Message
from bot.core.members.second_admin import SecondAdmin
from bot.core.plans.bonus_share import judge_share, share_bp
from bot.flows.months.month_closing_lookups import (
    CloseMonth,
    CountMonth,
    DecideClosing,
    MonthOutlook,
    MonthToClose,
    RequestedClosing,
    RequestToDecide,
    WithdrawClosing,
)
from bot.flows.months.month_closing_messages import (
    ClosingAnswered,
    ClosingBegun,
    ClosingDecided,
    ClosingGone,
    ClosingNeedsAdmin,
    ClosingNeedsSecond,
    ClosingToAgree,
    ClosingUnderway,
    ClosingWithdrawn,
    CountingMonth,
    MonthTooDear,
    OwnClosing,
)
from bot.jobs.job_names import CLOSE, COUNT
from bot.services.months.request_tasks import close_reference, job_runs
from bot.store.db import audit_log
from bot.store.jobs import jobs
from bot.store.ledger import periods
from bot.store.members import members, roles, second_admins
from bot.store.months import closing_requests
from bot.store.months.closing_requests import ClosingRequest
from bot.turn.notices import send
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS", "admin_label", "earliest_unclosed"]


def month_to_close(turn: Turn, _lookup: MonthToClose) -> MonthOutlook:
    """Returns the earliest month that is over and not closed, and what is under way about it."""
    company = turn.company
    running = period_of(turn.now, company.time_zone)
    versions = company.plan.versions
    if not versions and periods.closing(turn.conn) is None:
        return MonthOutlook(running, running, planned=False, underway=None)
    since = versions[0].since if versions else running
    period = earliest_unclosed(turn.conn, since, running)
    return MonthOutlook(period, running, planned=True, underway=_underway(turn, period))


def earliest_unclosed(conn: Connection, since: str, running: str) -> str:
    """Returns the earliest month with sales that is over and not closed; empty without one.

    A month that is shut comes first, even where the plan of today begins after it.
    """
    return periods.closing(conn) or periods.first_unclosed(conn, since, running) or ""


def request_to_decide(turn: Turn, lookup: RequestToDecide) -> RequestedClosing | None:
    """Returns a request that was shown or waits for a second admin."""
    request = closing_requests.request_by_id(turn.conn, lookup.id)
    if request is None or request.state not in {"shown", "waiting"}:
        return None
    if _is_closed(turn.conn, request.period):
        return None
    figures = request.figures
    return RequestedClosing(
        id=request.id,
        period=request.period,
        state="shown" if request.state == "shown" else "waiting",
        sales=figures.sales,
        payees=figures.payees,
        paid=figures.paid,
        share=judge_share(figures.paid, figures.sales, request.cap_percent),
        share_bp=share_bp(figures.paid, figures.sales),
        limit=request.cap_percent,
        second=_second(turn) is not None,
        mine=request.asked_by == turn.caller.user_id,
        reason=request.reason,
    )


def count_month(turn: Turn, action: CountMonth) -> Iterable[Message]:
    """Ask for the calculation of a month; its card is sent when it is done."""
    user_id = turn.caller.user_id
    request_id = closing_requests.begin_count(
        turn.conn,
        f"panel:{turn.reference}",
        action.period,
        cap_percent=turn.company.policy.bonus_share_max_percent,
        asked_by=user_id,
        at=turn.now,
    )
    wish = {"period": action.period, "request": request_id}
    jobs.ask(turn.conn, COUNT, f"{COUNT}:{request_id}", wish, turn.now, user_id)
    turn.job_asked = True
    yield CountingMonth(action.period)


def close_month(turn: Turn, action: CloseMonth) -> Iterable[Message]:
    """Close the month as it was shown to the caller, or ask the other admins first."""
    request = closing_requests.request_by_id(turn.conn, action.id)
    mine = request is not None and request.asked_by == turn.caller.user_id
    if request is None or request.state != "shown" or not mine:
        yield ClosingGone()
        return
    if _is_closed(turn.conn, request.period):
        yield ClosingGone()
        return
    underway = _underway(turn, request.period)
    if underway is not None:
        yield underway
        return
    figures = request.figures
    share = judge_share(figures.paid, figures.sales, request.cap_percent)
    if share == "absurd":
        yield MonthTooDear(request.period, figures.paid, figures.sales)
        return
    assert action.reason or share == "usual", "the flow asks for the reason"
    second = _second(turn) if share == "high" else None
    if second is not None:
        # Nobody could answer a request while no other admin can act.
        asked = second.acting
        yield (
            _wait_for_another(turn, request, action.reason)
            if asked
            else ClosingNeedsAdmin(request.period, second)
        )
        return
    yield (
        ClosingBegun(request.period) if _carry_out(turn, request, action.reason) else ClosingGone()
    )


def decide_closing(turn: Turn, action: DecideClosing) -> Iterable[Message]:
    """Agree to a closing above the limit, which then begins, or refuse it."""
    request = closing_requests.request_by_id(turn.conn, action.id)
    if request is None or request.state != "waiting" or _is_closed(turn.conn, request.period):
        yield ClosingGone()
        return
    if request.asked_by == turn.caller.user_id:
        yield OwnClosing(request.period, request.id)
        return
    if action.agree:
        decided = _carry_out(turn, request, request.reason)
    else:
        decided = _refuse(turn, request, action.note)
    if not decided:
        yield ClosingGone()
        return
    _answer_asker(turn, request, action)
    yield ClosingDecided(request.period, action.agree)


def withdraw_closing(turn: Turn, action: WithdrawClosing) -> Iterable[Message]:
    """Withdraw the caller's request that waits for a second admin."""
    request = closing_requests.request_by_id(turn.conn, action.id)
    mine = request is not None and request.asked_by == turn.caller.user_id
    if request is None or request.state != "waiting" or not mine:
        yield ClosingGone()
        return
    if not closing_requests.withdraw_request(turn.conn, request.id):
        # On a server another admin may have agreed since it was read, and the closing begun.
        yield ClosingGone()
        return
    _note(turn, "withdraw closing", request.period)
    yield ClosingWithdrawn(request.period)


def _second(turn: Turn) -> SecondAdmin | None:
    """Returns the other admin who has to agree to a month above the limit."""
    return second_admins.second_admin(turn.conn, turn.caller.user_id, turn.now)


def _underway(turn: Turn, period: str) -> ClosingUnderway | None:
    """Returns what is under way about a month; a request whose job has failed is let go."""
    request = closing_requests.open_request(turn.conn, period) if period else None
    if request is None:
        return None
    waits = request.state == "waiting"
    if not waits and not job_runs(turn.conn, request):
        return None
    mine = request.asked_by == turn.caller.user_id
    by = "" if request.asked_by is None else admin_label(turn.conn, request.asked_by)
    return ClosingUnderway(period, waits, mine, by, request.id)


def _is_closed(conn: Connection, period: str) -> bool:
    month = periods.find(conn, period)
    return month is not None and month.state == "closed"


def _wait_for_another(turn: Turn, request: ClosingRequest, reason: str) -> Message:
    """Let a request wait for another admin; returns the answer about it."""
    if not closing_requests.move_request(
        turn.conn, request, "waiting", reason=reason, by=None, at=turn.now, note=""
    ):
        return ClosingGone()
    _note(turn, "ask to close", request.period)
    _ask_others(turn, request, reason)
    return ClosingNeedsSecond(request.period, request.id)


def _refuse(turn: Turn, request: ClosingRequest, note: str) -> bool:
    """Refuse a request; returns False where another decision came first."""
    by = turn.caller.user_id
    if not closing_requests.move_request(
        turn.conn, request, "refused", reason=request.reason, by=by, at=turn.now, note=note
    ):
        return False
    _note(turn, "refuse to close", request.period)
    return True


def _carry_out(turn: Turn, request: ClosingRequest, reason: str) -> bool:
    """Agree to a request and ask for its job; returns False where another decision came first."""
    user_id, period = turn.caller.user_id, request.period
    left = closing_requests.open_request(turn.conn, period)
    if left is not None and left.id != request.id:
        closing_requests.drop_request(turn.conn, left.id)
    if not closing_requests.move_request(
        turn.conn, request, "agreed", reason=reason, by=user_id, at=turn.now, note=""
    ):
        return False
    wish = {"period": period, "request": request.id}
    jobs.ask(turn.conn, CLOSE, close_reference(period), wish, turn.now, user_id)
    turn.job_asked = True
    _note(turn, "agree to close", period)
    return True


def _ask_others(turn: Turn, request: ClosingRequest, reason: str) -> None:
    figures, user_id = request.figures, turn.caller.user_id
    news = ClosingToAgree(
        period=request.period,
        by=admin_label(turn.conn, user_id),
        number=figures.number,
        sales=figures.sales,
        payees=figures.payees,
        paid=figures.paid,
        share_bp=share_bp(figures.paid, figures.sales),
        limit=request.cap_percent,
        reason=reason,
        id=request.id,
    )
    for admin in members.reachable_admins(turn.conn, turn.company.time_zone):
        if admin.user_id != user_id:
            key = f"closing:{request.id}:agree:{admin.user_id}"
            send(turn.conn, turn.content, turn.company, admin, news, key=key, at=turn.now)


def _answer_asker(turn: Turn, request: ClosingRequest, action: DecideClosing) -> None:
    if request.asked_by is None:
        return
    asker = roles.reachable(turn.conn, request.asked_by, turn.company.time_zone)
    if asker is not None:
        by = admin_label(turn.conn, turn.caller.user_id)
        news = ClosingAnswered(request.period, action.agree, by, action.note)
        key = f"closing:{request.id}:answer"
        send(
            turn.conn, turn.content, turn.company, asker, news, key=key, at=turn.now, at_once=True
        )


def admin_label(conn: Connection, user_id: int) -> str:
    """Returns the name of an admin, or the end of the account's number."""
    found = roles.by_account(conn, user_id)
    name = found.name if found is not None else ""
    return name or f"Telegram …{str(user_id)[-4:]}"


def _note(turn: Turn, act: str, period: str) -> None:
    audit_log.note(turn.conn, turn.caller.user_id, act, f"period {period}", turn.now)


LOOKUPS: Lookups = {MonthToClose: month_to_close, RequestToDecide: request_to_decide}
ACTIONS: Actions = {
    CountMonth: count_month,
    CloseMonth: close_month,
    DecideClosing: decide_closing,
    WithdrawClosing: withdraw_closing,
}
