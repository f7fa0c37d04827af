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
    "audit",
    "audit_lines",
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

WEIGHTS = text("""
    SELECT l.id, l.quantity * l.bonus_value AS bonus
    FROM sales AS s JOIN sale_lines AS l ON l.sale_id = s.id
    WHERE s.seller_id = :seller_id AND s.period = :period AND s.status = 'approved'
    ORDER BY s.sold_on, s.id, l.id
""")

LINES = text("""
    SELECT l.id, s.id AS sale_id, s.sold_on, p.name AS article, l.quantity, l.amount,
      l.quantity * l.points AS points, l.quantity * l.bonus_value AS bonus,
      (SELECT c.name FROM customers AS c WHERE c.id = s.customer_id) AS buyer
    FROM sale_lines AS l JOIN sales AS s ON s.id = l.sale_id
      JOIN products AS p ON p.id = l.product_id
    WHERE l.id IN :ids ORDER BY s.sold_on, s.id, l.id
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

CLOSED = text("SELECT period FROM periods WHERE state = 'closed' ORDER BY period")

UNSOLD = text("""
    SELECT c.period, c.source_id, c.base, CAST(COALESCE(sold.bonus, 0) AS BIGINT) AS bonus,
      p.point_value
    FROM (SELECT DISTINCT period, source_id, base FROM credits WHERE period IN :periods) AS c
      JOIN periods AS p ON p.period = c.period
      LEFT JOIN (
        SELECT s.seller_id, s.period, SUM(l.quantity * l.bonus_value) AS bonus
        FROM sales AS s JOIN sale_lines AS l ON l.sale_id = s.id
        WHERE s.status = 'approved' AND s.period IN :periods GROUP BY s.seller_id, s.period
      ) AS sold ON sold.seller_id = c.source_id AND sold.period = c.period
    WHERE c.base <> COALESCE(sold.bonus, 0) * p.point_value
    ORDER BY c.period, c.source_id LIMIT 100
""").bindparams(bindparam("periods", expanding=True))


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
        bonus: bonus value of all pieces, in the unit of the price list.
        buyer: name of the customer; None for own use.
    """

    id: int
    sale_id: int
    sold_on: str
    article: str
    quantity: int
    amount: int
    points: int
    bonus: int
    buyer: str | None


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


def weights(conn: Connection, seller_id: int, period: str) -> list[tuple[int, int]]:
    """Returns each line that counted for a seller in a month with its bonus value, by day."""
    wanted = {"seller_id": seller_id, "period": period}
    return [(row.id, row.bonus) for row in conn.execute(WEIGHTS, wanted)]


def lines(conn: Connection, ids: Sequence[int]) -> list[CountedLine]:
    """Returns these lines of sales, by day."""
    return [CountedLine(*row) for row in conn.execute(LINES, {"ids": list(ids)})] if ids else []


def rate_grounds(conn: Connection, member_id: int, period: str) -> RateGrounds:
    """Returns what a member's rates went by in a closed month."""
    return RateGrounds(
        *conn.execute(RATE_GROUNDS, {"member_id": member_id, "period": period}).one()
    )


def audit(conn: Connection) -> list[str]:
    """Returns the same as `audit_lines` for all months that are closed."""
    return audit_lines(conn, *conn.execute(CLOSED).scalars())


def audit_lines(conn: Connection, *periods: str) -> list[str]:
    """Returns where credits and the sales behind them disagree, in words for the operator.

    The base of a credit is the bonus value of the seller's lines, so that the lines that a member
    is shown add up to the credit.
    """
    if not periods:
        return []
    return [
        f"the credits of {row.period} from member {row.source_id} are based on {row.base}, but"
        f" the lines sold come to {row.bonus} of bonus value at {row.point_value} rupiah each"
        for row in conn.execute(UNSOLD, {"periods": periods})
    ]


def without_sales(conn: Connection) -> int:
    """Returns the rupiah of bonuses in closed months that no sale is behind; it has to be 0."""
    found: int = conn.execute(WITHOUT_SALES).scalar_one()
    return found
