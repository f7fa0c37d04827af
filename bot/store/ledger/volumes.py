"""Monthly volumes of each member and each group, updated at every sale.

A sale counts for its seller, for the seller's group and for the group of every member above. So
reading a figure takes one row, however large the team, and writing it takes one walk up the line.
"""

from typing import Literal

from sqlalchemy import Connection, text

__all__ = ["CHAIN_MAX", "add_sale", "most_points"]

CHAIN_MAX = 20_000
"""Sponsors above one member, at most. A circle, which only a bad import could cause, ends here."""

ADD_OWN = text("""
    INSERT INTO volumes (member_id, period, own_sales, own_points, own_profit, own_count,
                         own_bonus, sold_points, fixed_bonus)
    VALUES (:seller_id, :period, :sales, :points, :profit, :sign, :bonus, :sold_points, :fixed)
    ON CONFLICT (member_id, period) DO UPDATE SET
      own_sales = volumes.own_sales + excluded.own_sales,
      own_points = volumes.own_points + excluded.own_points,
      own_profit = volumes.own_profit + excluded.own_profit,
      own_count = volumes.own_count + excluded.own_count,
      own_bonus = volumes.own_bonus + excluded.own_bonus,
      sold_points = volumes.sold_points + excluded.sold_points,
      fixed_bonus = volumes.fixed_bonus + excluded.fixed_bonus
    RETURNING own_count
""")

# A join with `members` in the recursion would make SQLite scan the whole table once it has
# statistics; a subquery for the one sponsor never does.
ADD_TO_GROUPS = text("""
    INSERT INTO volumes (member_id, period, group_sales, group_points, team_active)
    WITH RECURSIVE up (id, depth) AS (
      SELECT CAST(:seller_id AS BIGINT), 0
      UNION ALL
      SELECT (SELECT sponsor_id FROM members WHERE id = up.id), up.depth + 1
      FROM up WHERE up.id IS NOT NULL AND up.depth < :chain_max
    )
    SELECT up.id, CAST(:period AS TEXT), CAST(:sales AS BIGINT), CAST(:points AS BIGINT),
      CASE WHEN up.depth = 0 THEN 0 ELSE CAST(:active AS BIGINT) END
    FROM up WHERE up.id IS NOT NULL
    ON CONFLICT (member_id, period) DO UPDATE SET
      group_sales = volumes.group_sales + excluded.group_sales,
      group_points = volumes.group_points + excluded.group_points,
      team_active = volumes.team_active + excluded.team_active
""")

MOST_POINTS = text("""
    SELECT CAST(SUM(own_points) AS BIGINT) AS points FROM volumes WHERE own_count > 0
    GROUP BY period ORDER BY points DESC LIMIT 1
""")


def add_sale(
    conn: Connection,
    seller_id: int,
    period: str,
    *,
    sales: int,
    points: int,
    profit: int,
    bonus: int,
    to_customer: bool,
    point_value: int,
    sign: Literal[1, -1],
) -> None:
    """Count a sale when it is approved, or subtract it when it becomes void.

    Args:
        conn: the transaction that approves or voids it.
        seller_id: the seller.
        period: the month it counts in.
        sales: the price charged, in rupiah.
        points: its points.
        profit: the seller's part of the price in rupiah; negative below the member price.
        bonus: its bonus value, in the unit of the price list.
        to_customer: whether a customer bought it; False for own use.
        point_value: rupiah of its own unit of bonus value; 0 for the unit of the month.
        sign: 1 counts the sale, -1 subtracts it with the same figures.
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
        "sign": sign,
    }
    count: int = conn.execute(ADD_OWN, own).scalar_one()
    assert count >= 0, "only a sale that was counted is subtracted"
    first_or_last = count == (1 if sign == 1 else 0)
    group = {
        "seller_id": seller_id,
        "period": period,
        "sales": sign * sales,
        "points": sign * points,
        "active": sign if first_or_last else 0,
        "chain_max": CHAIN_MAX,
    }
    conn.execute(ADD_TO_GROUPS, group)


def most_points(conn: Connection) -> int | None:
    """Returns the points that all members made in the best month; None before the first sale."""
    found: int | None = conn.execute(MOST_POINTS).scalar()
    return found
