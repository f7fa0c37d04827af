"""Whether each return is of what was sold, and took from each bonus what its month says."""

from collections.abc import Iterator

from sqlalchemy import Connection, text

from bot.core.plans.values import PoolBase
from bot.core.returns.clawback import credit_stands, pool_part_stands

__all__ = ["audit"]

FAULTS_MAX = 100

UNLIKE_PIECES = text("""
    SELECT r.id, r.amount, r.goods, r.points, r.bonus_value
    FROM returns AS r
      LEFT JOIN (
        SELECT b.return_id, SUM(b.amount) AS amount, SUM(b.quantity * l.member_price) AS goods,
          SUM(b.quantity * l.points) AS points, SUM(b.quantity * l.bonus_value) AS bonus_value
        FROM return_lines AS b JOIN sale_lines AS l ON l.id = b.sale_line_id
        GROUP BY b.return_id
      ) AS x ON x.return_id = r.id
    WHERE r.state IN ('waiting', 'confirmed')
      AND (x.return_id IS NULL OR r.amount <> x.amount OR r.goods <> x.goods
        OR r.points <> x.points OR r.bonus_value <> x.bonus_value)
    ORDER BY r.id LIMIT 100
""")

# More pieces than were sold, all pieces but not all of the amount, or a line of another sale.
UNLIKE_SALE = text("""
    SELECT l.id, l.quantity, l.amount, SUM(b.quantity) AS pieces, SUM(b.amount) AS back
    FROM return_lines AS b
      JOIN returns AS r ON r.id = b.return_id JOIN sale_lines AS l ON l.id = b.sale_line_id
    WHERE r.state IN ('waiting', 'confirmed')
    GROUP BY l.id, l.quantity, l.amount
    HAVING SUM(b.quantity) > l.quantity OR SUM(b.amount) > l.amount
      OR (SUM(b.quantity) = l.quantity) <> (SUM(b.amount) = l.amount)
      OR SUM(CASE WHEN r.sale_id = l.sale_id THEN 0 ELSE 1 END) > 0
    ORDER BY l.id LIMIT 100
""")

MISTIMED = text("""
    SELECT r.id, r.period, s.period AS sold_in, s.status
    FROM returns AS r JOIN sales AS s ON s.id = r.sale_id
    WHERE r.state = 'confirmed' AND (s.status <> 'approved' OR r.period < s.period)
    ORDER BY r.id LIMIT 100
""")

# Returns that were taken back count nothing, but what they took and gave back is looked at too.
LATE_BY_SELLER = text("""
    SELECT s.period, s.seller_id,
      CAST(SUM(CASE WHEN r.state = 'confirmed' THEN r.bonus_value ELSE 0 END
        * CASE WHEN s.point_value = 0 THEN p.point_value ELSE s.point_value END) AS BIGINT)
        AS bonus,
      CAST(SUM(CASE WHEN r.state = 'confirmed' THEN r.amount ELSE 0 END) AS BIGINT) AS sales
    FROM returns AS r JOIN sales AS s ON s.id = r.sale_id JOIN periods AS p ON p.period = s.period
      LEFT JOIN return_reversals AS v ON v.return_id = r.id
    WHERE COALESCE(r.period, v.period) > s.period
    GROUP BY s.period, s.seller_id ORDER BY s.period, s.seller_id
""")

CREDITS_WITH_BACK = text("""
    SELECT c.id, c.base, c.rate_bp, c.amount, c.cut,
      CAST(COALESCE(x.amount, 0) - COALESCE(g.amount, 0) AS BIGINT) AS taken
    FROM credits AS c
      LEFT JOIN (
        SELECT credit_id, SUM(amount) AS amount FROM credit_returns GROUP BY credit_id
      ) AS x ON x.credit_id = c.id
      LEFT JOIN (
        SELECT credit_id, SUM(amount) AS amount FROM restored_credits GROUP BY credit_id
      ) AS g ON g.credit_id = c.id
    WHERE c.period = :period AND c.source_id = :seller_id ORDER BY c.id
""")

PARTS_WITH_BACK = text("""
    SELECT s.id, p.base_of, p.base, p.rate_bp, s.amount, s.weight, p.weights, s.cut,
      CAST(COALESCE(x.amount, 0) - COALESCE(g.amount, 0) AS BIGINT) AS taken
    FROM pools AS p JOIN pool_shares AS s ON s.period = p.period AND s.rule = p.rule
      LEFT JOIN (
        SELECT pool_share_id, SUM(amount) AS amount FROM pool_returns GROUP BY pool_share_id
      ) AS x ON x.pool_share_id = s.id
      LEFT JOIN (
        SELECT pool_share_id, SUM(amount) AS amount FROM restored_pool_shares
        GROUP BY pool_share_id
      ) AS g ON g.pool_share_id = s.id
    WHERE p.period = :period ORDER BY s.id
""")

UNGROUNDED = text("""
    SELECT x.return_id, c.id
    FROM credit_returns AS x JOIN credits AS c ON c.id = x.credit_id
      JOIN returns AS r ON r.id = x.return_id JOIN sales AS s ON s.id = r.sale_id
      LEFT JOIN return_reversals AS v ON v.return_id = r.id
    WHERE COALESCE(r.period, v.period, '') <= s.period
      OR s.period <> c.period OR s.seller_id <> c.source_id
    ORDER BY x.id LIMIT 100
""")

# A return that counts was not taken back; one that was taken back counted in no earlier month than
# its sale.
MISREVERSED = text("""
    SELECT r.id, r.state
    FROM return_reversals AS v CROSS JOIN returns AS r CROSS JOIN sales AS s
    WHERE r.id = v.return_id AND s.id = r.sale_id AND (r.state <> 'void' OR v.period < s.period)
    ORDER BY r.id LIMIT 100
""")


def audit(conn: Connection) -> list[str]:
    """Returns the faults of returns, a sentence each for the operator."""
    faults = [
        f"return {row.id}: {row.amount}, {row.goods}, {row.points} and {row.bonus_value} are not "
        "the figures of its pieces"
        for row in conn.execute(UNLIKE_PIECES)
    ]
    faults += [
        f"line {row.id} of a sale: {row.pieces} of {row.quantity} pieces came back for {row.back} "
        f"of {row.amount}"
        for row in conn.execute(UNLIKE_SALE)
    ]
    faults += [
        f"return {row.id} counts in {row.period}, but its sale is {row.status} in {row.sold_in}"
        for row in conn.execute(MISTIMED)
    ]
    faults += [
        f"return {row.return_id} took from credit {row.id}, which is not of its sale"
        for row in conn.execute(UNGROUNDED)
    ]
    faults += [
        f"return {row.id} was taken back, but is {row.state}" for row in conn.execute(MISREVERSED)
    ]
    faults += _of_months(conn)
    return faults[:FAULTS_MAX]


def _of_months(conn: Connection) -> Iterator[str]:
    """Yields the bonuses that did not fall by what came back of their month."""
    months: dict[str, dict[PoolBase, int]] = {}
    for back in conn.execute(LATE_BY_SELLER).all():
        gone = back.bonus
        month = months.setdefault(back.period, {"sales": 0, "bonus-value": 0})
        month["sales"] += back.sales
        month["bonus-value"] += gone
        wanted = {"period": back.period, "seller_id": back.seller_id}
        for row in conn.execute(CREDITS_WITH_BACK, wanted):
            left = row.base - gone
            cut = bool(row.cut)
            due = row.amount - credit_stands(row.amount, row.base, row.rate_bp, left, is_cut=cut)
            if row.taken != due:
                yield f"credit {row.id}: returns took {row.taken} from it, not {due}"
    for period, bases in months.items():
        for row in conn.execute(PARTS_WITH_BACK, {"period": period}):
            left, part, cut = (
                row.base - bases[row.base_of],
                (row.weight, row.weights),
                bool(row.cut),
            )
            stands = pool_part_stands(row.amount, row.base, row.rate_bp, left, part, is_cut=cut)
            if row.taken != row.amount - stands:
                due = row.amount - stands
                yield f"part {row.id} of a pool: returns took {row.taken} from it, not {due}"
