"""A change of a sale's status, with its postings and its points, in one transaction."""

from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from bot.core.plans import Plan
from bot.core.sales.status_and_month import Change, change_of
from bot.store.ledger import ledger, periods, volumes
from bot.store.receipts import sale_decisions
from bot.store.returns import returns
from bot.store.sales import sales
from bot.store.sales.sales import Sale

__all__ = ["decide"]


def decide(
    conn: Connection,
    sale_id: int,
    before: str,
    status: str,
    by: int | None,
    at: datetime,
    version: int | None = None,
    reason: str = "",
    *,
    plan: Plan,
    correction: bool = False,
) -> bool:
    """Change a sale's status, and the ledger and the volumes with it; keep the decision.

    Approved, a sale counts for its seller's profit and the points of the upline; else no more.

    Args:
        conn: the transaction in which all of it happens.
        sale_id: an existing sale.
        before: the status that the caller has seen.
        status: the new status.
        by: the account that decides; None if no person does.
        at: the moment (aware, UTC).
        version: the state of the sale that the caller has seen; None accepts any.
        reason: why, as the person who decides has put it.
        plan: the company's, which says the unit of bonus value of each month.
        correction: whether the seller is asked to correct the sale.

    Returns:
        False if the status is not `before`, the seller has changed the sale since, goods of it
        came back, or the month no longer allows the change.
    """
    periods.hold_open(conn)
    if before == "approved" and _is_final(conn, sale_id):
        return False
    sale = sales.by_id(conn, sale_id)
    assert sale is not None, "the caller has found the sale"
    change = change_of(before, status, sale.period, periods.open_period(conn, sale.period))
    if change is None:
        return False
    who, when = (None, None) if status == "waiting" else (by, at)
    unit = _kept_unit(sale, change, plan)
    facts = (before, status, change.period, who, when, version)
    if not sales.set_status(conn, sale_id, *facts, point_value=unit):
        return False
    made = sale_decisions.Decision(before, status, change.period, reason, at, by, correction)
    _keep(conn, sale_id, made, change)
    return True


def _keep(conn: Connection, sale_id: int, made: sale_decisions.Decision, change: Change) -> None:
    """Keep a decision, and count the sale as it is from now on."""
    sale = sales.by_id(conn, sale_id)
    assert sale is not None, "its status was changed just now"
    sale_decisions.add(conn, sale_id, sale.version, made)
    _count(conn, sale, change, made.at)


def _kept_unit(sale: Sale, change: Change, plan: Plan) -> int | None:
    """Returns the unit of a sale that is counted from now on; None leaves it as it is."""
    if change.effect <= 0:
        return None
    return plan.kept_unit(sale.sold_on[: len("YYYY-MM")], change.period)


def _count(conn: Connection, sale: Sale, change: Change, at: datetime) -> None:
    """Post the money of a sale and count its points, or reverse both."""
    if change.effect > 0:
        _post(conn, sale, at)
        _add_volumes(conn, sale, 1)
    elif change.effect < 0:
        ledger.reverse_sale(conn, sale.id, at)
        _add_volumes(conn, sale, -1)


def _is_final(conn: Connection, sale_id: int) -> bool:
    """Returns whether goods of the sale came back; from here on no return can be entered."""
    sales.lock(conn, sale_id)
    return returns.any_of(conn, sale_id)


def _post(conn: Connection, sale: Sale, at: datetime) -> None:
    customers = ledger.house_account(conn, ledger.CUSTOMERS)
    goods = ledger.house_account(conn, ledger.GOODS)
    trade = ledger.trade_account(conn, sale.seller_id)
    # A sale whose approval was undone may be approved again.
    times = ledger.times_reversed(conn, sale.id)
    key = f"sale:{sale.id}:{times + 1}" if times else f"sale:{sale.id}"
    paid = ledger.Posting(f"{key}:price", customers, trade, sale.total, sale.id, sale.period)
    spent = ledger.Posting(f"{key}:goods", trade, goods, sale.goods, sale.id, sale.period)
    posted = [ledger.post(conn, each, at) for each in (paid, spent)]
    assert all(posted), "a sale is approved once"


def _add_volumes(conn: Connection, sale: Sale, sign: Literal[1, -1]) -> None:
    volumes.add_sale(
        conn,
        sale.seller_id,
        sale.period,
        sales=sale.total,
        points=sale.points,
        profit=sale.total - sale.goods,
        bonus=sale.bonus_value,
        to_customer=sale.customer_id is not None,
        point_value=sale.point_value,
        sign=sign,
    )
