"""Whether the credits of closed months agree with the lines of the sales that they come from."""

from sqlalchemy import Connection, bindparam, text

__all__ = ["audit", "audit_lines"]

CLOSED = text("SELECT period FROM periods WHERE state = 'closed' ORDER BY period")

UNSOLD = text("""
    SELECT c.period, c.source_id, c.base,
      CAST(COALESCE(sold.bonus, 0) - COALESCE(back.bonus, 0) AS BIGINT) AS bonus, p.point_value,
      CAST(COALESCE(sold.fixed, 0) - COALESCE(back.fixed, 0) AS BIGINT) AS fixed
    FROM (SELECT DISTINCT period, source_id, base FROM credits WHERE period IN :periods) AS c
      JOIN periods AS p ON p.period = c.period
      LEFT JOIN (
        SELECT s.seller_id, s.period,
          SUM(CASE WHEN s.point_value = 0 THEN l.quantity * l.bonus_value ELSE 0 END) AS bonus,
          SUM(s.point_value * l.quantity * l.bonus_value) AS fixed
        FROM sales AS s JOIN sale_lines AS l ON l.sale_id = s.id
        WHERE s.status = 'approved' AND s.period IN :periods GROUP BY s.seller_id, s.period
      ) AS sold ON sold.seller_id = c.source_id AND sold.period = c.period
      LEFT JOIN (
        SELECT s.seller_id, s.period,
          SUM(CASE WHEN s.point_value = 0 THEN l.bonus_value * b.quantity ELSE 0 END) AS bonus,
          SUM(s.point_value * l.bonus_value * b.quantity) AS fixed
        FROM returns AS r JOIN sales AS s ON s.id = r.sale_id
          JOIN return_lines AS b ON b.return_id = r.id
          JOIN sale_lines AS l ON l.id = b.sale_line_id
        WHERE r.period IN :periods AND s.period = r.period GROUP BY s.seller_id, s.period
      ) AS back ON back.seller_id = c.source_id AND back.period = c.period
    WHERE c.base <> (COALESCE(sold.bonus, 0) - COALESCE(back.bonus, 0)) * p.point_value
      + COALESCE(sold.fixed, 0) - COALESCE(back.fixed, 0)
    ORDER BY c.period, c.source_id LIMIT 100
""").bindparams(bindparam("periods", expanding=True))


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
        + (f", and {row.fixed} rupiah at the unit of their own day" if row.fixed else "")
        for row in conn.execute(UNSOLD, {"periods": periods})
    ]
