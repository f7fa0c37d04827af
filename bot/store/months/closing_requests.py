"""Requests to close a month: the figures that were shown, who asked, why, and who agreed.

A request is first counted, in a process of its own, and then shown. Once it is confirmed it may
wait for a second admin; one that is agreed is carried out by a job. Of each month at most one
request waits or is agreed at a time. What was shown is never changed, and a decision stays.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import Connection, Row, bindparam, text

from bot.store.db.types import Instant

__all__ = [
    "ClosingFigures",
    "ClosingRequest",
    "RequestState",
    "begin_count",
    "drop_request",
    "finish_request",
    "move_request",
    "open_request",
    "request_by_id",
    "show_figures",
    "withdraw_request",
]

RequestState: TypeAlias = Literal[
    "counting", "shown", "waiting", "agreed", "refused", "dropped", "closed"
]


@dataclass(frozen=True, slots=True)
class ClosingFigures:
    """What a month comes to under its plan.

    Attributes:
        plan_digest: by which the version of the plan is recognized.
        number: of its approved sales.
        sales: their sum in rupiah, before returns of earlier months.
        payees: how many members are paid.
        paid: the sum of their bonuses in rupiah.
        cut: rupiah that the caps take away.
    """

    plan_digest: str
    number: int
    sales: int
    payees: int
    paid: int
    cut: int


@dataclass(frozen=True, slots=True)
class ClosingRequest:
    """A request to close a month.

    Attributes:
        figures: as they were shown; all zero while they are counted.
        cap_percent: the company's limit at that time, in percent of net sales.
        asked_by: the admin's account; None for the command line.
        reason: why a month above the limit is closed all the same; empty without one.
        decided_by: who agreed or refused: the second admin, or the same one where none is needed.
        note: why it was refused; empty otherwise.
    """

    id: int
    reference: str
    period: str
    state: RequestState
    figures: ClosingFigures
    cap_percent: int
    asked_at: datetime
    asked_by: int | None
    reason: str
    decided_at: datetime | None
    decided_by: int | None
    note: str


BEGIN_COUNT = text("""
    INSERT INTO closing_requests (reference, period, state, cap_percent, asked_at, asked_by)
    VALUES (:reference, :period, 'counting', :cap_percent, :at, :asked_by)
    ON CONFLICT (reference) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))

ID_OF_REFERENCE = text("SELECT id FROM closing_requests WHERE reference = :reference")

SHOW_FIGURES = text("""
    UPDATE closing_requests SET state = 'shown', plan_digest = :plan_digest, number = :number,
      sales = :sales, payees = :payees, paid = :paid, cut = :cut
    WHERE id = :id AND state = 'counting'
""")

MOVE_REQUEST = text("""
    UPDATE closing_requests SET state = :state, reason = :reason, decided_at = :at,
      decided_by = :by, note = :note
    WHERE id = :id AND state = :before
""").bindparams(bindparam("at", type_=Instant))

DROP_REQUEST = text("""
    UPDATE closing_requests SET state = 'dropped'
    WHERE id = :id AND state IN ('counting', 'shown', 'waiting', 'agreed')
""")

WITHDRAW_REQUEST = text("""
    UPDATE closing_requests SET state = 'dropped' WHERE id = :id AND state = 'waiting'
""")

FINISH_REQUEST = text("""
    UPDATE closing_requests SET state = 'closed' WHERE period = :period AND state = 'agreed'
""")

REQUEST_BY_ID = text("""
    SELECT id, reference, period, state, plan_digest, number, sales, payees, paid, cut,
      cap_percent, asked_at, asked_by, reason, decided_at, decided_by, note
    FROM closing_requests WHERE id = :id
""").columns(asked_at=Instant, decided_at=Instant)

OPEN_REQUEST = text("""
    SELECT id, reference, period, state, plan_digest, number, sales, payees, paid, cut,
      cap_percent, asked_at, asked_by, reason, decided_at, decided_by, note
    FROM closing_requests WHERE period = :period AND state IN ('waiting', 'agreed')
""").columns(asked_at=Instant, decided_at=Instant)


def begin_count(
    conn: Connection,
    reference: str,
    period: str,
    *,
    cap_percent: int,
    asked_by: int | None,
    at: datetime,
) -> int:
    """Store a request whose figures are still to be counted; returns its id, once a reference."""
    facts = {"reference": reference, "period": period, "cap_percent": cap_percent}
    conn.execute(BEGIN_COUNT, {**facts, "asked_by": asked_by, "at": at})
    found: int = conn.execute(ID_OF_REFERENCE, {"reference": reference}).scalar_one()
    return found


def show_figures(conn: Connection, request_id: int, figures: ClosingFigures) -> bool:
    """Store the counted figures; returns False where the request has others already."""
    facts = {
        "plan_digest": figures.plan_digest,
        "number": figures.number,
        "sales": figures.sales,
        "payees": figures.payees,
        "paid": figures.paid,
        "cut": figures.cut,
    }
    return bool(conn.execute(SHOW_FIGURES, {**facts, "id": request_id}).rowcount)


def move_request(
    conn: Connection,
    request: ClosingRequest,
    state: Literal["waiting", "agreed", "refused"],
    *,
    reason: str,
    by: int | None,
    at: datetime,
    note: str,
) -> bool:
    """Decide about a request; returns False where another decision came first.

    A request that only waits for a second admin names no decider yet. `note` says why it is
    refused.
    """
    decided = state != "waiting"
    facts = {"id": request.id, "before": request.state, "state": state, "reason": reason}
    facts["note"] = note
    who = {"at": at if decided else None, "by": by if decided else None}
    return bool(conn.execute(MOVE_REQUEST, {**facts, **who}).rowcount)


def drop_request(conn: Connection, request_id: int) -> None:
    """Let a request go that is not carried out, such as one whose figures have changed."""
    conn.execute(DROP_REQUEST, {"id": request_id})


def withdraw_request(conn: Connection, request_id: int) -> bool:
    """Let a request go that waits for a second admin; returns False where one was first."""
    return bool(conn.execute(WITHDRAW_REQUEST, {"id": request_id}).rowcount)


def finish_request(conn: Connection, period: str) -> None:
    """Note that the month is closed as it was agreed."""
    conn.execute(FINISH_REQUEST, {"period": period})


def request_by_id(conn: Connection, request_id: int) -> ClosingRequest | None:
    """Returns the request with this id; None if there is none."""
    row = conn.execute(REQUEST_BY_ID, {"id": request_id}).one_or_none()
    return None if row is None else _request(row)


def open_request(conn: Connection, period: str) -> ClosingRequest | None:
    """Returns the request of a month that waits for a second admin or is agreed."""
    row = conn.execute(OPEN_REQUEST, {"period": period}).one_or_none()
    return None if row is None else _request(row)


def _request(row: Row[tuple[object, ...]]) -> ClosingRequest:
    figures = (row.plan_digest, row.number, row.sales, row.payees, row.paid, row.cut)
    return ClosingRequest(
        id=row.id,
        reference=row.reference,
        period=row.period,
        state=row.state,
        figures=ClosingFigures(*figures),
        cap_percent=row.cap_percent,
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        reason=row.reason,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        note=row.note,
    )
