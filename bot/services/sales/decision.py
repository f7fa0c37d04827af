"""A change of a sale's status, with its postings and its points, in one transaction."""

from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from bot.core.sales.status_and_month import change_of
from bot.store.ledger import ledger, periods, volumes
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
) -> bool:
    """Change a sale's status, and the ledger and the volumes with it.

    An approved sale counts for the seller's profit and for the points of the whole upline. A sale
    that is no longer approved is reversed.

    Args:
        conn: the transaction in which all of it happens.
        sale_id: an existing sale.
        before: the status that the caller has seen.
        status: the new status.
        by: the account that decides; None if no person does.
        at: the moment (aware, UTC).
        version: the state of the sale that the caller has seen; None accepts any.

    Returns:
        False if the status is not `before`, the seller has changed the sale since, or the month
        no longer allows the change.
    """
    sale = sales.by_id(conn, sale_id)
    assert sale is not None, "the caller has found the sale"
    change = change_of(before, status, sale.period, periods.open_period(conn, sale.period))
    if change is None:
        return False
    if not sales.set_status(conn, sale_id, before, status, change.period, by, at, version):
        return False
    sale = sales.by_id(conn, sale_id)
    assert sale is not None
    if change.effect > 0:
        _post(conn, sale, at)
        _add_volumes(conn, sale, 1)
    elif change.effect < 0:
        ledger.reverse_sale(conn, sale_id, at)
        _add_volumes(conn, sale, -1)
    return True


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
        sign=sign,
    )
