"""The sales behind a bonus: which sellers and which lines a credit comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, text

from bot.core.plans import Credit
from bot.store.db.types import Big
from bot.store.ledger.volumes import CHAIN_MAX

__all__ = [
    "CountedLine",
    "CreditLine",
    "RateGrounds",
    "credits_from",
    "legs",
    "lines",
    "rate_grounds",
    "weights",
    "without_sales",
]

CREDITS_FROM = text("""
    SELECT c.rule, c.source_id, c.level, c.base, c.rate_bp, c.amount, c.cut
    FROM credits AS c
    WHERE c.period = :period AND c.member_id = :member_id AND c.source_id = :source_id
    ORDER BY c.rule, c.level, c.id
""")

# Each step of the climb is one member further up, until it reaches the one right below the head.
LEGS = text("""
    WITH RECURSIVE up (source_id, id, above, depth) AS (
      SELECT id, id, sponsor_id, 0 FROM members WHERE id IN :ids
      UNION ALL
      SELECT up.source_id, up.above, (SELECT sponsor_id FROM members WHERE id = up.above),
        up.depth + 1
      FROM up WHERE up.above IS NOT NULL AND up.above <> :head_id AND up.depth < :chain_max
    )
    SELECT up.source_id, up.id, (SELECT name FROM members WHERE id = up.id) AS name
    FROM up WHERE up.above = :head_id
""").bindparams(bindparam("ids", expanding=True, type_=Big))

# What came back while the month was open has left it; what came back later is told beside it. The
# month of a return is no condition of the search, or SQLite would go through all of that month.
WEIGHTS = text("""
    SELECT found.id, found.pieces * found.bonus_value * found.unit AS bonus
    FROM (
      SELECT l.id, s.sold_on, l.sale_id, l.bonus_value,
        CASE WHEN s.point_value = 0 THEN CAST(:unit AS BIGINT) ELSE s.point_value END AS unit,
        l.quantity - CAST(COALESCE((
          SELECT SUM(CASE WHEN r.period = s.period THEN b.quantity ELSE 0 END)
          FROM return_lines AS b JOIN returns AS r ON r.id = b.return_id
          WHERE b.sale_line_id = l.id), 0) AS BIGINT) AS pieces
      FROM sales AS s JOIN sale_lines AS l ON l.sale_id = s.id
      WHERE s.seller_id = :seller_id AND s.period = :period AND s.status = 'approved'
    ) AS found
    WHERE found.pieces > 0
    ORDER BY found.sold_on, found.sale_id, found.id
""")

LINES = text("""
    SELECT found.id, found.sale_id, found.sold_on, found.article, found.pieces AS quantity,
      found.amount, found.pieces * found.points AS points, found.buyer, found.back
    FROM (
      SELECT l.id, s.id AS sale_id, s.sold_on, p.name AS article, l.points,
        l.quantity - CAST(COALESCE((
          SELECT SUM(CASE WHEN r.period = s.period THEN b.quantity ELSE 0 END)
          FROM return_lines AS b JOIN returns AS r ON r.id = b.return_id
          WHERE b.sale_line_id = l.id), 0) AS BIGINT) AS pieces,
        l.amount - CAST(COALESCE((
          SELECT SUM(CASE WHEN r.period = s.period THEN b.amount ELSE 0 END)
          FROM return_lines AS b JOIN returns AS r ON r.id = b.return_id
          WHERE b.sale_line_id = l.id), 0) AS BIGINT) AS amount,
        (SELECT c.name FROM customers AS c WHERE c.id = s.customer_id) AS buyer,
        CAST(COALESCE((
          SELECT SUM(CASE WHEN r.period > s.period THEN b.quantity ELSE 0 END)
          FROM return_lines AS b JOIN returns AS r ON r.id = b.return_id
          WHERE b.sale_line_id = l.id), 0) AS BIGINT) AS back
      FROM sale_lines AS l JOIN sales AS s ON s.id = l.sale_id
        JOIN products AS p ON p.id = l.product_id
      WHERE l.id IN :ids
    ) AS found
    ORDER BY found.sold_on, found.sale_id, found.id
""").bindparams(bindparam("ids", expanding=True, type_=Big))

RATE_GROUNDS = text("""
    SELECT m.id, COALESCE(v.group_points, 0) AS group_points,
      COALESCE(r.paid_as, '') AS paid_as, COALESCE(r.accumulated, 0) AS accumulated
    FROM members AS m
      LEFT JOIN volumes AS v ON v.member_id = m.id AND v.period = :period
      LEFT JOIN ranks AS r ON r.member_id = m.id AND r.period = :period
    WHERE m.id = :member_id
""")

OF_MONTH = text("""
    SELECT found.member, found.rule, found.level, found.source, found.base, found.rate_bp,
      found.share, found.amount
    FROM (
      SELECT c.member_id, c.source_id, m.code AS member, c.rule, c.level, s.code AS source,
        c.base, c.rate_bp, '' AS share, c.amount
      FROM credits AS c
        JOIN members AS m ON m.id = c.member_id JOIN members AS s ON s.id = c.source_id
      WHERE c.period = :period
      UNION ALL
      SELECT x.member_id, 0, m.code, x.rule, 0, 'company', p.base, p.rate_bp,
        CAST(x.weight AS TEXT) || '/' || CAST(p.weights AS TEXT), x.amount
      FROM pool_shares AS x
        JOIN pools AS p ON p.period = x.period AND p.rule = x.rule
        JOIN members AS m ON m.id = x.member_id
      WHERE x.period = :period
    ) AS found
    ORDER BY found.member_id, found.rule, found.level, found.source_id
""")

# A bonus without a sale behind it could only have been paid for recruiting.
WITHOUT_SALES = text("""
    SELECT CAST(COALESCE(SUM(found.amount), 0) AS BIGINT) AS amount
    FROM (
      SELECT s.amount
      FROM (SELECT c.period, c.source_id, SUM(c.amount) AS amount FROM credits AS c
            GROUP BY c.period, c.source_id) AS s
        JOIN periods AS p ON p.period = s.period
        LEFT JOIN volumes AS v ON v.member_id = s.source_id AND v.period = s.period
      WHERE p.state = 'closed' AND COALESCE(v.own_sales, 0) <= 0
      UNION ALL
      SELECT s.amount
      FROM pool_shares AS s JOIN periods AS p ON p.period = s.period
      WHERE p.state = 'closed' AND NOT EXISTS (
        SELECT 1 FROM volumes AS v WHERE v.period = s.period AND v.own_sales > 0)
    ) AS found
""")


class CreditLine(NamedTuple):
    """A credit as the office reads it, a line of the month's file; a month may have millions.

    Attributes:
        member: code of the member who is paid.
        source: code of the seller, or `company`.
        share: weight and weights of a part of a pool, as `20/60`; else empty.
    """

    member: str
    rule: str
    level: int
    source: str
    base: int
    rate_bp: int
    share: str
    amount: int


@dataclass(frozen=True, slots=True)
class CountedLine:
    """A line of an approved sale.

    Attributes:
        sold_on: YYYY-MM-DD.
        article: name of the product.
        amount: rupiah that the customer paid for the line.
        points: of all pieces.
        buyer: name of the customer; None for own use.
        back: pieces that came back after the month was closed.
    """

    id: int
    sale_id: int
    sold_on: str
    article: str
    quantity: int
    amount: int
    points: int
    buyer: str | None
    back: int


@dataclass(frozen=True, slots=True)
class RateGrounds:
    """What a member's rates went by in a closed month.

    Attributes:
        group_points: of the month.
        paid_as: slug of the rank that bonuses were paid by; empty for none.
        accumulated: points of the group in all months.
    """

    member_id: int
    group_points: int
    paid_as: str
    accumulated: int


def credits_from(conn: Connection, member_id: int, period: str, source_id: int) -> list[Credit]:
    """Returns a member's credits of a month from the sales of one member."""
    wanted = {"member_id": member_id, "period": period, "source_id": source_id}
    return [Credit(member_id, *facts) for facts in conn.execute(CREDITS_FROM, wanted)]


def credits_of_month(conn: Connection, period: str) -> list[CreditLine]:
    """Returns all credits of a month, those of a member after each other."""
    return [CreditLine(*row) for row in conn.execute(OF_MONTH, {"period": period})]


def legs(conn: Connection, head_id: int, ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Returns the first member of the leg that each member is in: id and name.

    Args:
        conn: the database.
        head_id: the member whose legs they are.
        ids: members below the head; others are left out of the result.
    """
    below = [each for each in ids if each != head_id]
    if not below:
        return {}
    climb = {"ids": below, "head_id": head_id, "chain_max": CHAIN_MAX}
    return {row.source_id: (row.id, row.name) for row in conn.execute(LEGS, climb)}


def weights(conn: Connection, seller_id: int, period: str, unit: int) -> list[tuple[int, int]]:
    """Returns each line that counted for a seller in a month with its bonus value, by day.

    Args:
        conn: the database.
        seller_id: the seller.
        period: the month.
        unit: rupiah for one of bonus value in that month; some sales keep another one.

    Returns:
        Ids of lines, each with rupiah.
    """
    wanted = {"seller_id": seller_id, "period": period, "unit": unit}
    return [(row.id, row.bonus) for row in conn.execute(WEIGHTS, wanted)]


def lines(conn: Connection, ids: Sequence[int]) -> list[CountedLine]:
    """Returns these lines of sales, by day."""
    return [CountedLine(*row) for row in conn.execute(LINES, {"ids": list(ids)})] if ids else []


def rate_grounds(conn: Connection, member_id: int, period: str) -> RateGrounds:
    """Returns what a member's rates went by in a closed month."""
    return RateGrounds(
        *conn.execute(RATE_GROUNDS, {"member_id": member_id, "period": period}).one()
    )


def without_sales(conn: Connection) -> int:
    """Returns the rupiah of bonuses in closed months that no sale is behind; it has to be 0."""
    found: int = conn.execute(WITHOUT_SALES).scalar_one()
    return found
