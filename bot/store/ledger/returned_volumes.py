"""Takes goods that came back out of the volumes of their seller and of the line above.

While the month of the sale is open, the pieces leave that month as if they had never been sold.
After its close they are counted beside the volumes of an open month, where only ranks see them.
"""

from typing import Literal

from sqlalchemy import Connection, text

from bot.store.ledger.volumes import CHAIN_MAX

__all__ = ["count_late", "take_out"]

TAKE_OWN = text("""
    UPDATE volumes SET own_sales = own_sales - :sales, own_points = own_points - :points,
      own_profit = own_profit - :profit, own_bonus = own_bonus - :bonus,
      fixed_bonus = fixed_bonus - :fixed, sold_points = sold_points - :sold_points,
      own_count = own_count - :whole
    WHERE member_id = :seller_id AND period = :period
    RETURNING own_count
""")

# As in `volumes.py`: a subquery for the one sponsor never makes SQLite scan all members.
TAKE_FROM_GROUPS = text("""
    WITH RECURSIVE up (id, depth) AS (
      SELECT CAST(:seller_id AS BIGINT), 0
      UNION ALL
      SELECT (SELECT sponsor_id FROM members WHERE id = up.id), up.depth + 1
      FROM up WHERE up.id IS NOT NULL AND up.depth < :chain_max
    )
    UPDATE volumes SET group_sales = group_sales - :sales, group_points = group_points - :points,
      team_active = team_active - CASE WHEN member_id = :seller_id THEN 0 ELSE :active END
    WHERE period = :period AND member_id IN (SELECT id FROM up WHERE id IS NOT NULL)
""")

COUNT_LATE_OWN = text("""
    INSERT INTO volumes (member_id, period, returned_sales, returned_points, returned_profit,
                         returned_sold_points)
    VALUES (:seller_id, :period, :sales, :points, :profit, :sold_points)
    ON CONFLICT (member_id, period) DO UPDATE SET
      returned_sales = volumes.returned_sales + excluded.returned_sales,
      returned_points = volumes.returned_points + excluded.returned_points,
      returned_profit = volumes.returned_profit + excluded.returned_profit,
      returned_sold_points = volumes.returned_sold_points + excluded.returned_sold_points
""")

COUNT_LATE_GROUPS = text("""
    INSERT INTO volumes (member_id, period, returned_group_points)
    WITH RECURSIVE up (id, depth) AS (
      SELECT CAST(:seller_id AS BIGINT), 0
      UNION ALL
      SELECT (SELECT sponsor_id FROM members WHERE id = up.id), up.depth + 1
      FROM up WHERE up.id IS NOT NULL AND up.depth < :chain_max
    )
    SELECT up.id, CAST(:period AS TEXT), CAST(:points AS BIGINT)
    FROM up WHERE up.id IS NOT NULL
    ON CONFLICT (member_id, period) DO UPDATE SET
      returned_group_points = volumes.returned_group_points + excluded.returned_group_points
""")


def take_out(
    conn: Connection,
    seller_id: int,
    period: str,
    *,
    sales: int,
    points: int,
    profit: int,
    bonus: int,
    to_customer: bool,
    whole: bool,
    point_value: int,
    sign: Literal[1, -1],
) -> None:
    """Subtract goods that came back from the open month in which their sale counts.

    Args:
        conn: the transaction that confirms the return.
        seller_id: the seller.
        period: the month of the sale.
        sales: the price charged for the pieces, in rupiah.
        points: their points.
        profit: the seller's part of the price in rupiah.
        bonus: their bonus value, in the unit of the price list.
        to_customer: whether a customer had bought them; False for own use.
        whole: whether nothing of the sale is left, so that it no longer counts as one.
        point_value: rupiah of the sale's own unit of bonus value; 0 for the unit of the month.
        sign: 1 subtracts, -1 adds again what was taken back.
    """
    own = {
        "seller_id": seller_id,
        "period": period,
        "sales": sign * sales,
        "points": sign * points,
        "profit": sign * profit,
        "bonus": 0 if point_value else sign * bonus,
        "fixed": sign * bonus * point_value,
        "sold_points": sign * points if to_customer else 0,
        "whole": sign * whole,
    }
    count: int = conn.execute(TAKE_OWN, own).scalar_one()
    group = {
        "seller_id": seller_id,
        "period": period,
        "sales": sign * sales,
        "points": sign * points,
        "active": sign if whole and count == (0 if sign == 1 else 1) else 0,
        "chain_max": CHAIN_MAX,
    }
    conn.execute(TAKE_FROM_GROUPS, group)


def count_late(
    conn: Connection,
    seller_id: int,
    period: str,
    *,
    sales: int,
    points: int,
    profit: int,
    to_customer: bool,
    sign: Literal[1, -1],
) -> None:
    """Count goods of a closed month that came back, in an open month.

    Args:
        conn: the transaction that confirms the return.
        seller_id: the seller.
        period: the open month.
        sales: the price charged for the pieces, in rupiah.
        points: their points.
        profit: the seller's part of the price in rupiah; negative below the member price.
        to_customer: whether a customer had bought them; False for own use.
        sign: 1 counts the goods, -1 no more, where the return was taken back.
    """
    where = {"seller_id": seller_id, "period": period}
    own = {
        "sales": sign * sales,
        "points": sign * points,
        "profit": sign * profit,
        "sold_points": sign * points if to_customer else 0,
    }
    conn.execute(COUNT_LATE_OWN, {**where, **own})
    group = {**where, "points": sign * points, "chain_max": CHAIN_MAX}
    conn.execute(COUNT_LATE_GROUPS, group)
