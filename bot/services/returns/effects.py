"""What a return changes, as it is shown before it is entered, and told when it counts."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from bot.core.returns.pieces import BackFigures
from bot.flows.returns.return_lookups import BackLine, ReturnEffect
from bot.services.returns.confirming import counts_in, taken_back
from bot.store.returns import clawbacks, returns
from bot.store.returns.returns import GoodsReturn
from bot.store.sales.sales import Sale

__all__ = ["back_lines", "effect_of", "effect_of_figures", "told_effect"]


def effect_of_figures(conn: Connection, sale: Sale, back: BackFigures, now: str) -> ReturnEffect:
    """Returns what a return that is not entered yet would change."""
    return _effect(conn, sale, (back.amount, back.goods, back.points, back.bonus_value), now)


def effect_of(conn: Connection, sale: Sale, back: GoodsReturn, now: str) -> ReturnEffect:
    """Returns what a return that waits would change."""
    return _effect(conn, sale, (back.amount, back.goods, back.points, back.bonus_value), now)


def _effect(
    conn: Connection, sale: Sale, figures: tuple[int, int, int, int], now: str
) -> ReturnEffect:
    amount, goods, points, bonus_value = figures
    period = counts_in(conn, sale.period, now)
    taken: Mapping[int, int] = {}
    if period is not None:
        found = taken_back(conn, sale, amount, bonus_value, period)
        taken = clawbacks.by_member(found)
    return told_effect(sale, (amount, amount - goods, points), period or "", taken)


def told_effect(
    sale: Sale, sums: tuple[int, int, int], counted_in: str, taken: Mapping[int, int]
) -> ReturnEffect:
    """Returns the effect of a return.

    Args:
        sale: whose goods came back.
        sums: the amount and the profit in rupiah, and the points.
        counted_in: the month in which it counts; empty while that is not known.
        taken: rupiah that each member's bonuses of the closed month fall by.
    """
    amount, profit, points = sums
    others = {member: less for member, less in taken.items() if member != sale.seller_id}
    return ReturnEffect(
        amount=amount,
        profit=profit,
        points=points,
        counts_in=counted_in,
        closed_month=sale.period if counted_in not in {"", sale.period} else "",
        bonus=taken.get(sale.seller_id, 0),
        others=len(others),
        others_bonus=sum(others.values()),
    )


def back_lines(conn: Connection, return_id: int) -> tuple[BackLine, ...]:
    """Returns the pieces of a return as they are shown."""
    found: Iterable[returns.PiecesBack] = returns.pieces_of(conn, return_id)
    return tuple(BackLine(*each) for each in found)
