"""Requests to close a month keep what was shown, are decided once, and guard the closing."""

from dataclasses import astuple, replace
from datetime import date, datetime
from types import SimpleNamespace

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.company.model import NO_PLAN
from bot.core.plans import Unilevel, Version, work_out
from bot.flows.months.month_closing_lookups import WithdrawClosing
from bot.flows.months.month_closing_messages import ClosingGone
from bot.services.bonus import close_month
from bot.services.months import request_tasks
from bot.services.months.month_closing import ACTIONS
from bot.services.sales import decision
from bot.store.bonus import closing
from bot.store.db import audit_log
from bot.store.db.database import Database
from bot.store.jobs import jobs
from bot.store.ledger import periods, snapshots
from bot.store.months import closing_requests, month_checks
from bot.store.months.closing_requests import ClosingFigures
from bot.store.proof import integrity
from bot.store.queue import outbox
from tests.store.both import (
    ACCOUNT,
    DAY,
    MONTH,
    START,
    in_transaction,
    join,
    of_one_kind,
    sell,
    stock,
)
from tests.store.seeding import unguard

PLAN = Version("2026-01", (Unilevel("tim", (), (1_000,)),))
LATER = START + 32 * DAY
FIGURES = ClosingFigures(PLAN.digest, 3, 300_000, 2, 24_000, 0)
BEGUN = {"state": "closing"}


def company(conn: Connection) -> list[int]:
    """Ayu > Bayu > Citra; a sale of Rp100.000 each, all approved, and one that waits."""
    ids = join(conn, [None, 1, 2])
    soap, _ = stock(conn)
    for number, seller in enumerate([*ids, ids[2]]):
        sale_id = sell(conn, seller, soap, reference=f"sale{number}")
        if number < len(ids):
            assert decision.decide(
                conn, sale_id, "waiting", "approved", None, START + DAY, plan=NO_PLAN
            )
    return ids


def shown(conn: Connection, reference: str = "panel:1", by: int | None = ACCOUNT + 1) -> int:
    """A request whose figures were shown; returns its id."""
    number = closing_requests.begin_count(
        conn, reference, MONTH, cap_percent=40, asked_by=by, at=LATER
    )
    assert closing_requests.show_figures(conn, number, FIGURES)
    return number


def found(conn: Connection, number: int) -> closing_requests.ClosingRequest:
    request = closing_requests.request_by_id(conn, number)
    assert request is not None
    of_one_kind(request)
    return request


def decide(conn: Connection, number: int, state: str, reason: str = "") -> bool:
    facts = {"reason": reason, "by": ACCOUNT + 2, "at": LATER, "note": ""}
    return closing_requests.move_request(conn, found(conn, number), state, **facts)  # type: ignore[arg-type]


def wish(conn: Connection, request: object, **changed: object) -> dict[str, object]:
    """The step that shuts the month, with the figures of this moment."""
    month = work_out(PLAN, snapshots.of_company(conn, MONTH, PLAN))
    sold = periods.sales_of(conn, MONTH)
    payees = len({each.member_id for each in month.credits})
    paid = sum(each.amount for each in month.credits)
    figures = ClosingFigures(PLAN.digest, sold.number, sold.sales, payees, paid, month.cut)
    return {
        "period": MONTH,
        "plan": PLAN.since,
        "since": PLAN.since,
        "digest": PLAN.digest,
        "point_value": 1,
        "ready_on": "2026-12-08",
        "plan_file": "",
        "languages": [],
        "request": request,
        "figures": list(astuple(figures)),
        "stamp": month_checks.month_stamp(conn, MONTH),
        **changed,
    }


def confirm(
    conn: Connection,
    figures: object,
    cap_percent: int = 40,
    reason: str = "",
    at: datetime = LATER,
) -> object:
    """Confirm figures on the command line; returns the request, or why there is none."""
    facts = {"period": MONTH, "figures": figures, "cap_percent": cap_percent, "reason": reason}
    done = request_tasks.TASKS["confirm closing"](conn, facts, at)
    return done.get("request") or done["refused"]


@in_transaction
def test_a_request_is_counted_shown_asked_for_and_agreed_to(conn: Connection) -> None:
    number = closing_requests.begin_count(
        conn, "panel:1", MONTH, cap_percent=40, asked_by=ACCOUNT + 1, at=LATER
    )
    again = closing_requests.begin_count(
        conn, "panel:1", MONTH, cap_percent=30, asked_by=ACCOUNT + 2, at=LATER
    )
    assert again == number
    assert found(conn, number).state == "counting"
    assert closing_requests.show_figures(conn, number, FIGURES)
    assert not closing_requests.show_figures(conn, number, replace(FIGURES, paid=1))
    assert found(conn, number).figures == FIGURES
    assert closing_requests.open_request(conn, MONTH) is None
    assert decide(conn, number, "waiting", "Promo ulang tahun")
    waiting = found(conn, number)
    assert (waiting.reason, waiting.decided_by) == ("Promo ulang tahun", None)
    assert closing_requests.open_request(conn, MONTH) == waiting
    assert decide(conn, number, "agreed", "Promo ulang tahun")
    assert (found(conn, number).decided_by, found(conn, number).decided_at) == (ACCOUNT + 2, LATER)
    closing_requests.finish_request(conn, MONTH)
    assert found(conn, number).state == "closed"
    closing_requests.drop_request(conn, number)
    assert found(conn, number).state == "closed"
    assert closing_requests.request_by_id(conn, number + 1) is None


@in_transaction
def test_a_refusal_is_kept_with_its_reason_beside_that_of_the_request(conn: Connection) -> None:
    number = shown(conn)
    assert decide(conn, number, "waiting", "Promo ulang tahun")
    assert closing_requests.move_request(
        conn,
        found(conn, number),
        "refused",
        reason="Promo ulang tahun",
        by=ACCOUNT + 2,
        at=LATER,
        note="Masih dicek",
    )
    refused = found(conn, number)
    assert (refused.state, refused.reason, refused.note) == (
        "refused", "Promo ulang tahun", "Masih dicek",
    )  # fmt: skip


@in_transaction
def test_two_decisions_about_one_request_leave_the_first(conn: Connection) -> None:
    number = shown(conn)
    before = found(conn, number)
    assert decide(conn, number, "waiting", "Promo ulang tahun")
    facts = {"reason": "", "by": ACCOUNT + 3, "at": LATER, "note": ""}
    assert not closing_requests.move_request(conn, before, "agreed", **facts)  # type: ignore[arg-type]
    assert found(conn, number).state == "waiting"


@pytest.mark.parametrize("state", ["agreed", "refused"])
async def test_a_request_that_was_decided_first_is_not_withdrawn(
    database: Database, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    def unit(conn: Connection) -> None:
        number = shown(conn)
        assert decide(conn, number, "waiting", "Promo ulang tahun")
        seen = found(conn, number)
        assert decide(conn, number, state, "Promo ulang tahun")
        turn = SimpleNamespace(conn=conn, caller=SimpleNamespace(user_id=seen.asked_by), now=LATER)
        with monkeypatch.context() as patch:
            patch.setattr(closing_requests, "request_by_id", lambda _conn, _id: seen)
            said = list(ACTIONS[WithdrawClosing](turn, WithdrawClosing(number)))  # type: ignore[arg-type]
        assert said == [ClosingGone()]
        assert found(conn, number).state == state

    await database.write(unit)


@in_transaction
def test_a_request_that_waits_is_withdrawn_once(conn: Connection) -> None:
    number = shown(conn)
    assert not closing_requests.withdraw_request(conn, number)
    assert decide(conn, number, "waiting", "Promo ulang tahun")
    assert closing_requests.withdraw_request(conn, number)
    assert not closing_requests.withdraw_request(conn, number)
    assert found(conn, number).state == "dropped"


FORGED = (
    "UPDATE closing_requests SET paid = 1",
    "UPDATE closing_requests SET plan_digest = 'x'",
    "UPDATE closing_requests SET reason = 'another'",
    "UPDATE closing_requests SET period = '2026-10'",
    "UPDATE closing_requests SET state = 'shown'",
    "DELETE FROM closing_requests",
)


@pytest.mark.parametrize("forgery", FORGED)
@pytest.mark.parametrize("state", ["agreed", "closed", "refused"])
async def test_what_was_decided_is_never_changed(
    database: Database, state: str, forgery: str
) -> None:
    def decided(conn: Connection) -> None:
        number = shown(conn)
        decide(conn, number, "refused" if state == "refused" else "agreed", "because")
        if state == "closed":
            closing_requests.finish_request(conn, MONTH)

    await database.write(decided)
    with pytest.raises(DBAPIError, match="keeps what was shown"):
        await database.write(lambda conn: conn.execute(text(forgery)))


@in_transaction
def test_of_a_month_one_request_is_open_at_a_time(conn: Connection) -> None:
    first, second = shown(conn), shown(conn, "panel:2")
    assert decide(conn, first, "agreed")
    with pytest.raises(DBAPIError), conn.begin_nested():
        decide(conn, second, "waiting")
    closing_requests.drop_request(conn, first)
    assert decide(conn, second, "waiting")


@in_transaction
def test_a_month_is_shut_only_with_the_figures_that_were_confirmed(conn: Connection) -> None:
    company(conn)
    begin = close_month.TASKS["closing begin"]
    assert "nobody has confirmed" in str(begin(conn, wish(conn, None), LATER))
    waits = shown(conn)
    assert "nobody has confirmed" in str(begin(conn, wish(conn, waits), LATER))
    closing_requests.drop_request(conn, waits)
    number = confirm(conn, wish(conn, None)["figures"])
    other = list(astuple(replace(FIGURES, paid=1)))
    assert begin(conn, wish(conn, number, figures=other), LATER) == {"different": True}
    assert begin(conn, wish(conn, number, stamp="before"), LATER) == {"stale": True}
    assert periods.find(conn, MONTH) is None
    assert begin(conn, wish(conn, number), LATER) == BEGUN
    # Repeated after a kill, when no sale can come in any more.
    assert begin(conn, wish(conn, number, stamp="before"), LATER) == BEGUN
    assert begin(conn, wish(conn, number, figures=other), LATER) == {"different": True}


@in_transaction
def test_a_closing_begun_before_there_were_requests_goes_on(conn: Connection) -> None:
    company(conn)
    ready = date(2026, 12, 8)
    closing.begin(
        conn, MONTH, plan=PLAN.since, digest=PLAN.digest, ready_on=ready, at=LATER, point_value=1
    )
    begin = close_month.TASKS["closing begin"]
    old = {"period": MONTH, "digest": PLAN.digest}
    assert begin(conn, old, LATER) == BEGUN
    assert begin(conn, wish(conn, None), LATER) == BEGUN
    absurd = list(astuple(replace(FIGURES, paid=FIGURES.sales + 1)))
    assert "more than its net sales" in str(begin(conn, wish(conn, None, figures=absurd), LATER))


@in_transaction
def test_a_month_above_the_limit_needs_a_reason_and_an_absurd_one_is_refused(
    conn: Connection,
) -> None:
    company(conn)
    figures = wish(conn, None)["figures"]
    assert "no reason is given" in str(confirm(conn, figures, cap_percent=5))
    absurd = list(astuple(replace(FIGURES, paid=FIGURES.sales + 1)))
    assert "more than its net sales" in str(confirm(conn, absurd, reason="whatever is said"))
    number = confirm(conn, figures, cap_percent=5, reason="birthday promotion")
    assert isinstance(number, int)
    assert found(conn, number).reason == "birthday promotion"
    assert close_month.TASKS["closing begin"](conn, wish(conn, number), LATER) == BEGUN


@in_transaction
def test_the_command_line_joins_a_closing_that_runs_and_replaces_one_that_waits(
    conn: Connection,
) -> None:
    waits = shown(conn)
    assert decide(conn, waits, "waiting", "because")
    number = confirm(conn, list(astuple(FIGURES)))
    assert (found(conn, waits).state, number) == ("dropped", waits + 1)
    reference = request_tasks.close_reference(MONTH)
    assert jobs.by_reference(conn, reference) is None
    # Confirmed, but its job was never asked for: another takes its place.
    assert confirm(conn, list(astuple(FIGURES)), at=LATER) == waits + 2
    job_id = jobs.ask(conn, "close", reference, {"period": MONTH}, LATER)
    job = jobs.by_reference(conn, reference)
    assert job is not None
    assert job.id == job_id
    assert confirm(conn, list(astuple(replace(FIGURES, paid=1)))) == waits + 2


@in_transaction
def test_the_stamp_changes_with_whatever_the_bonuses_follow_from(conn: Connection) -> None:
    ids = company(conn)
    stamps = [month_checks.month_stamp(conn, MONTH)]
    waiting = conn.execute(text("SELECT id FROM sales WHERE status = 'waiting'")).scalar_one()
    assert decision.decide(conn, waiting, "waiting", "approved", None, START + DAY, plan=NO_PLAN)
    stamps.append(month_checks.month_stamp(conn, MONTH))
    suspend = text("UPDATE members SET active = 0 WHERE id = :id")
    conn.execute(suspend, {"id": ids[1]})
    stamps.append(month_checks.month_stamp(conn, MONTH))
    given = text(
        "INSERT INTO given_ranks (member_id, period, rank, reason, given_at)"
        " VALUES (:id, '2026-11', 'perak', '', 0)"
    )
    conn.execute(given, {"id": ids[0]})
    stamps.append(month_checks.month_stamp(conn, MONTH))
    assert len(set(stamps)) == len(stamps)
    audit_log.note(conn, None, "nothing of it", "period 2026-11", LATER)
    assert month_checks.month_stamp(conn, MONTH) == stamps[-1]


RETURN = text("""
    INSERT INTO returns (reference, sale_id, state, came_on, saleable, reason, amount, goods,
      points, bonus_value, refund, asked_at, asked_by)
    VALUES ('return', 1, 'waiting', '2026-11-20', 1, '', 50000, 40000, 5, 40000, 50000, 0, 7)
""")


@in_transaction
def test_what_waits_is_counted(conn: Connection) -> None:
    assert not month_checks.waits_of(conn, MONTH).anything
    company(conn)
    waits = month_checks.waits_of(conn, MONTH)
    assert waits == month_checks.MonthWaits(1, 100_000, 0, 0)
    assert month_checks.waits_of(conn, "2026-10") == month_checks.MonthWaits(0, 0, 0, 0)
    conn.execute(RETURN)
    waits = month_checks.waits_of(conn, MONTH)
    assert waits == month_checks.MonthWaits(1, 100_000, 1, 50_000)
    of_one_kind(waits)


@in_transaction
def test_a_month_that_paid_more_than_it_sold_is_named(conn: Connection) -> None:
    company(conn)
    ready = date(2026, 12, 8)
    closing.begin(
        conn, MONTH, plan=PLAN.since, digest=PLAN.digest, ready_on=ready, at=LATER, point_value=1
    )
    assert closing.finish(conn, MONTH, closing.Sums(0, 0, 0), LATER, cut=0) is None
    assert month_checks.overpaid_months(conn) == []
    unguard(conn, "periods")
    conn.execute(text("UPDATE periods SET paid = 300001"))
    months = month_checks.overpaid_months(conn)
    assert months == [month_checks.OverpaidMonth(MONTH, 300_001, 300_000)]
    of_one_kind(months)
    words = "2026-11 paid Rp300001 in bonuses, but its net sales were Rp300000"
    assert integrity.overpaid(conn) == [words]
    assert words in integrity.prove(conn, "Asia/Makassar")


@in_transaction
def test_a_message_is_found_by_its_key_once_it_is_sent(conn: Connection) -> None:
    facts = {"chat_id": 1, "kind": "answer", "method": "sendMessage", "payload": {}}
    outbox.put(conn, key="closing:1:progress", at=LATER, **facts)  # type: ignore[arg-type]
    assert outbox.message_sent_as(conn, "closing:1:progress") is None
    [claimed], _ = outbox.cycle(conn, results=(), now=LATER, epoch=1, free=1, bulk=0, excluded=())
    sent = outbox.SendResult(claimed, "sent", message_id=77)
    outbox.cycle(conn, results=[sent], now=LATER, epoch=1, free=0, bulk=0, excluded=())
    assert outbox.message_sent_as(conn, "closing:1:progress") == 77
