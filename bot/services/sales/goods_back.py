"""What came back of a sale, as its receipt and the list of receipts show it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from sqlalchemy import Connection

from bot.flows.receipts.receipts import ShownSale
from bot.flows.sales.sale_parts import GoodsBack
from bot.store.returns import returns
from bot.store.returns.returns import GoodsReturn, SaleMark
from bot.store.sales.sales import Sale
from bot.turn.turn import Turn

RETURNS_SHOWN_MAX: Final = 6

__all__ = ["LeftReceipt", "may_return", "of_sale", "with_marks"]


@dataclass(frozen=True, slots=True)
class LeftReceipt:
    """What has left a sale.

    Attributes:
        shown: the returns that wait or count, the oldest of the last few first.
        profit: of those that count, in rupiah.
        points: of those that left the month of the sale.
    """

    shown: tuple[GoodsBack, ...]
    profit: int
    points: int


def of_sale(conn: Connection, sale: Sale) -> LeftReceipt:
    """Returns what came back of a sale."""
    if sale.status != "approved":
        return LeftReceipt((), 0, 0)
    found = returns.of_sale(conn, sale.id)
    counted = [back for back in found if back.state == "confirmed"]
    standing = [back for back in found if back.state in {"waiting", "confirmed"}]
    return LeftReceipt(
        shown=tuple(_shown(conn, back) for back in standing[-RETURNS_SHOWN_MAX:]),
        profit=sum(back.amount - back.goods for back in counted),
        points=sum(back.points for back in counted if back.period == sale.period),
    )


def _shown(conn: Connection, back: GoodsReturn) -> GoodsBack:
    lines = returns.pieces_of(conn, back.id)
    names = {line.name for line in lines}
    return GoodsBack(
        number=back.id,
        day=date.fromisoformat(back.came_on),
        waits=back.state == "waiting",
        product=names.pop() if len(names) == 1 else "",
        pieces=sum(line.quantity for line in lines),
        amount=back.amount,
    )


def with_marks(
    conn: Connection, found: Sequence[Sale], rows: Sequence[ShownSale]
) -> list[ShownSale]:
    """Returns the rows of a list of sales, marked where goods came back."""
    marks = returns.marks(conn, [sale.id for sale in found])
    return [
        replace(row, back=_mark(sale, marks[sale.id])) if sale.id in marks else row
        for sale, row in zip(found, rows, strict=True)
    ]


def may_return(turn: Turn, sale: Sale) -> bool:
    """Returns whether the seller may return goods of a sale now."""
    mark = returns.marks(turn.conn, [sale.id]).get(sale.id)
    if sale.status != "approved" or (mark and mark.confirmed + mark.waiting >= sale.total):
        return False
    days = (turn.caller.today - date.fromisoformat(sale.sold_on)).days
    return days <= turn.company.policy.customer_window_days


def _mark(sale: Sale, mark: SaleMark) -> Literal["part", "all", "waits"]:
    """Returns how a list marks a sale of which something came back."""
    if mark.waiting:
        return "waits"
    return "all" if mark.confirmed >= sale.total else "part"
