"""Decides on a sale: its status, its money in the ledger, and its points up the line, at once."""

from datetime import datetime

from sqlalchemy import Connection

from bot.core.sales.status_and_month import change_of
from bot.store.ledger import ledger, periods, volumes
from bot.store.sales import sales
from bot.store.sales.sales import Sale

__all__ = ["decide"]


def decide(
    conn: Connection, sale_id: int, before: str, status: str, by: int | None, at: datetime
) -> bool:
    """Move a sale from one status to another, and the ledger and the volumes with it.

    An approved sale counts: for the seller's profit, and for the points of the whole line above.
    One that is no longer approved is turned round.

    Args:
        conn: the transaction in which all of it happens or nothing.
        sale_id: a sale that is there.
        before: the status that the caller has seen.
        status: the new one.
        by: whose decision it is, by account; None where no person decides.
        at: the moment (aware, UTC).

    Returns:
        False where the sale stands elsewhere, or its month is closed to that change.
    """
    sale = sales.by_id(conn, sale_id)
    assert sale is not None, "only a sale that was found is decided on"
    change = change_of(before, status, sale.period, periods.open_period(conn, sale.period))
    if change is None:
        return False
    if not sales.move(conn, sale_id, before, status, change.period, by, at):
        return False
    sale = sales.by_id(conn, sale_id)
    assert sale is not None
    if change.effect > 0:
        _enter(conn, sale, at)
    elif change.effect < 0:
        ledger.reverse_sale(conn, sale_id, at)
        _weigh(conn, sale, -1)
    return True


def _enter(conn: Connection, sale: Sale, at: datetime) -> None:
    customers = ledger.house_account(conn, ledger.CUSTOMERS)
    goods = ledger.house_account(conn, ledger.GOODS)
    trade = ledger.trade_account(conn, sale.seller_id)
    key = f"sale:{sale.id}"
    paid = ledger.Posting(f"{key}:price", customers, trade, sale.total, sale.id, sale.period)
    spent = ledger.Posting(f"{key}:goods", trade, goods, sale.goods, sale.id, sale.period)
    entered = [ledger.post(conn, each, at) for each in (paid, spent)]
    assert all(entered), "a sale is approved once"
    _weigh(conn, sale, 1)


def _weigh(conn: Connection, sale: Sale, sign: int) -> None:
    volumes.add_sale(
        conn,
        sale.seller_id,
        sale.period,
        sales=sale.total,
        points=sale.points,
        profit=sale.total - sale.goods,
        bonus=sale.bonus_value,
        sign=1 if sign > 0 else -1,
    )
