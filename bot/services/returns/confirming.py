"""Lets a return count: its postings, its volumes and its clawbacks, in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from bot.store.ledger import ledger, periods, returned_volumes
from bot.store.returns import clawbacks, returns
from bot.store.returns.clawbacks import Clawback, ReturnAfterClose
from bot.store.returns.returns import GoodsReturn
from bot.store.sales import sales
from bot.store.sales.sales import Sale

__all__ = ["CountedReturn", "count_return", "count_volumes", "counts_in", "taken_back"]


@dataclass(frozen=True, slots=True)
class CountedReturn:
    """A return that counts now.

    Attributes:
        period: the month in which it counts.
        taken: rupiah that each member's bonuses of a closed month fall by, by id.
    """

    period: str
    taken: dict[int, int]


def counts_in(conn: Connection, sale_period: str, now: str) -> str | None:
    """Returns the month in which a return would count; None while the sale's month is closing.

    Args:
        conn: the database.
        sale_period: the month of the sale.
        now: the company's present month.
    """
    closing = periods.find(conn, sale_period)
    if closing is None:
        return sale_period
    if closing.state == "closing":
        return None
    return periods.open_period(conn, max(sale_period, now))


def taken_back(
    conn: Connection, sale: Sale, amount: int, bonus_value: int, counted_in: str
) -> list[Clawback]:
    """Returns what a return would take from the bonuses of a closed month; [] of an open one."""
    if counted_in == sale.period:
        return []
    back = ReturnAfterClose(sale.period, sale.seller_id, amount, bonus_value, sale.point_value)
    return clawbacks.of_return(conn, back, counts=False)


def count_return(
    conn: Connection, back: GoodsReturn, now: str, *, note: str, by: int, at: datetime
) -> CountedReturn | None:
    """Confirm a return that waits.

    Args:
        conn: the transaction in which all of it happens.
        back: the return, as it was read.
        now: the company's present month.
        note: what the office says about it.
        by: the account that decides.
        at: the moment (aware, UTC).

    Returns:
        None if it was decided before, its sale is no longer approved, or the sale's month is
        being closed.
    """
    periods.hold_open(conn)
    if not returns.hold_sale(conn, back.sale_id):
        return None
    sale = sales.by_id(conn, back.sale_id)
    assert sale is not None, "it was locked just now"
    period = counts_in(conn, sale.period, now)
    if period is None:
        return None
    if period != sale.period:
        clawbacks.hold_month(conn, sale.period)
    taken = taken_back(conn, sale, back.amount, back.bonus_value, period)
    if not returns.confirm(conn, back.id, period, note=note, by=by, at=at):
        return None
    _post_goods(conn, sale, back, period, at)
    count_volumes(conn, sale, back, period, 1)
    members = clawbacks.by_member(taken)
    clawbacks.write(conn, back.id, taken)
    clawbacks.post(conn, back.id, members.items(), period, at)
    return CountedReturn(period, members)


def _post_goods(
    conn: Connection, sale: Sale, back: GoodsReturn, period: str, at: datetime
) -> None:
    """Give the customer's money back, and the company's goods for their member price."""
    customers = ledger.house_account(conn, ledger.CUSTOMERS)
    goods = ledger.house_account(conn, ledger.GOODS)
    trade = ledger.trade_account(conn, sale.seller_id)
    for name, source, destination, amount in (
        ("price", trade, customers, back.amount),
        ("goods", goods, trade, back.goods),
    ):
        reference = f"return:{back.id}:{name}"
        posting = ledger.Posting(
            reference, source, destination, amount, None, period, return_id=back.id
        )
        posted = ledger.post(conn, posting, at)
        assert posted, "a return is confirmed once"


def count_volumes(
    conn: Connection, sale: Sale, back: GoodsReturn, period: str, sign: Literal[1, -1]
) -> None:
    """Count a return in the volumes of a month, or no more; the return is confirmed meanwhile."""
    to_customer = sale.customer_id is not None
    sums = {
        "sales": back.amount,
        "points": back.points,
        "profit": back.amount - back.goods,
    }
    if period != sale.period:
        returned_volumes.count_late(
            conn, sale.seller_id, period, **sums, to_customer=to_customer, sign=sign
        )
        return
    returned_volumes.take_out(
        conn,
        sale.seller_id,
        period,
        **sums,
        bonus=back.bonus_value,
        to_customer=to_customer,
        point_value=sale.point_value,
        whole=returns.confirmed_amount(conn, sale.id) == sale.total,
        sign=sign,
    )
