"""The sales behind a bonus: which lines of whose sales a credit comes from."""

from collections.abc import Sequence

from sqlalchemy import Connection, Row, bindparam, text

from bot.core.plans import Credit
from bot.store.db.types import Big
from bot.store.ledger.volumes import CHAIN_MAX

__all__ = [
    "audit",
    "audit_lines",
    "credits_from",
    "legs",
    "lines",
    "standing",
    "weights",
    "without_sales",
]

Found = Row[tuple[object, ...]]

CREDITS_FROM = text("""
    SELECT c.rule, c.source_id, c.level, c.base, c.rate_bp, c.amount, c.cut
    FROM credits AS c
    WHERE c.period = :period AND c.member_id = :member_id AND c.source_id = :source_id
    ORDER BY c.rule, c.level, c.id
""")

# Each step of the climb is one member further up, until the one is reached who stands right below.
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

STANDING = text("""
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


def credits_from(conn: Connection, member_id: int, period: str, source_id: int) -> list[Credit]:
    """Returns a member's credits of a month from the sales of one member."""
    wanted = {"member_id": member_id, "period": period, "source_id": source_id}
    return [Credit(member_id, *facts) for facts in conn.execute(CREDITS_FROM, wanted)]


def credits_of_month(conn: Connection, period: str) -> Sequence[Found]:
    """Returns all credits of a month, those of a member after each other."""
    return conn.execute(OF_MONTH, {"period": period}).all()


def legs(conn: Connection, head_id: int, ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """In whose leg members stand: id and name of the one right below the head.

    Args:
        conn: the books.
        head_id: the member whose legs they are.
        ids: who is looked for; whoever does not stand below is left out.
    """
    below = [each for each in ids if each != head_id]
    if not below:
        return {}
    climb = {"ids": below, "head_id": head_id, "chain_max": CHAIN_MAX}
    return {row.source_id: (row.id, row.name) for row in conn.execute(LEGS, climb)}


def weights(conn: Connection, seller_id: int, period: str) -> list[tuple[int, int]]:
    """Each line that counted for a member in a month, and its bonus value, in order of the day."""
    wanted = {"seller_id": seller_id, "period": period}
    return [(row.id, row.bonus) for row in conn.execute(WEIGHTS, wanted)]


def lines(conn: Connection, ids: Sequence[int]) -> Sequence[Found]:
    """These lines with the sales that they belong to, in order of the day."""
    return conn.execute(LINES, {"ids": list(ids)}).all() if ids else ()


def standing(conn: Connection, member_id: int, period: str) -> Found:
    """What a member's rates went by in a closed month: points of the group, rank, all points."""
    return conn.execute(STANDING, {"member_id": member_id, "period": period}).one()


def audit(conn: Connection) -> list[str]:
    """The same as `audit_lines` for all months that are closed."""
    return audit_lines(conn, *conn.execute(CLOSED).scalars())


def audit_lines(conn: Connection, *periods: str) -> list[str]:
    """Where credits and the lines of the sales behind them disagree, in words for the operator.

    What a credit is reckoned on is the bonus value of the seller's lines; so the lines that are
    shown to whoever is paid come to the credit.
    """
    if not periods:
        return []
    return [
        f"the credits of {row.period} from member {row.source_id} are reckoned on {row.base}, but"
        f" the lines sold come to {row.bonus} of bonus value at {row.point_value} rupiah each"
        for row in conn.execute(UNSOLD, {"periods": periods})
    ]


def without_sales(conn: Connection) -> int:
    """Returns the rupiah of bonuses in closed months that no sale is behind; it has to be 0."""
    found: int = conn.execute(WITHOUT_SALES).scalar_one()
    return found
