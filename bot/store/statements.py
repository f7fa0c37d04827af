"""What a member owns and earned, read for the member alone."""

from sqlalchemy import Connection, Row, text

from bot.store.types import Instant

__all__ = ["balance", "month", "movements", "pending"]

BALANCE = text("SELECT balance FROM accounts WHERE name = :name")

MONTH = text("""
    SELECT own_sales, own_points, own_profit, own_count
    FROM volumes WHERE member_id = :member_id AND period = :period
""")

# Without the day this would read all that the member ever sold.
PENDING = text("""
    SELECT COUNT(CASE WHEN status = 'waiting' THEN 1 END) AS waiting_count,
      CAST(COALESCE(SUM(CASE WHEN status = 'waiting' THEN total END), 0) AS BIGINT) AS waiting,
      COUNT(DISTINCT CASE WHEN period = :period THEN customer_id END) AS customers
    FROM sales
    WHERE seller_id = :member_id AND sold_on >= :since AND status IN ('waiting', 'approved')
""")

# A sale moves money through the trade account twice: the price comes in, the member price goes
# out, and both halves become one line. Each of the four arms is cut at as many rows as lines are
# wanted, which is enough, for every line has at most one row in an arm.
MOVEMENTS = text("""
    SELECT MAX(id) AS last_id, account, sale_id, at, CAST(SUM(signed) AS BIGINT) AS amount,
      cancels
    FROM (
      SELECT * FROM (
        SELECT id, 'wallet' AS account, id AS line, sale_id, at, amount AS signed,
          CASE WHEN reverses IS NULL THEN 0 ELSE 1 END AS cancels
        FROM postings
        WHERE destination_id = (SELECT id FROM accounts WHERE name = :wallet)
        ORDER BY id DESC LIMIT :reach) AS wallet_in
      UNION ALL
      SELECT * FROM (
        SELECT id, 'wallet' AS account, id AS line, sale_id, at, -amount AS signed,
          CASE WHEN reverses IS NULL THEN 0 ELSE 1 END AS cancels
        FROM postings
        WHERE source_id = (SELECT id FROM accounts WHERE name = :wallet)
        ORDER BY id DESC LIMIT :reach) AS wallet_out
      UNION ALL
      SELECT * FROM (
        SELECT id, 'trade' AS account, sale_id AS line, sale_id, at, amount AS signed,
          CASE WHEN reverses IS NULL THEN 0 ELSE 1 END AS cancels
        FROM postings
        WHERE destination_id = (SELECT id FROM accounts WHERE name = :trade)
        ORDER BY id DESC LIMIT :reach) AS trade_in
      UNION ALL
      SELECT * FROM (
        SELECT id, 'trade' AS account, sale_id AS line, sale_id, at, -amount AS signed,
          CASE WHEN reverses IS NULL THEN 0 ELSE 1 END AS cancels
        FROM postings
        WHERE source_id = (SELECT id FROM accounts WHERE name = :trade)
        ORDER BY id DESC LIMIT :reach) AS trade_out
    ) AS halves
    GROUP BY account, line, sale_id, at, cancels
    ORDER BY last_id DESC LIMIT :rows OFFSET :skip
""").columns(at=Instant)


def balance(conn: Connection, member_id: int) -> int | None:
    """What lies in the member's wallet; None while it was never opened."""
    balance: int | None = conn.execute(BALANCE, {"name": _wallet(member_id)}).scalar()
    return balance


def month(conn: Connection, member_id: int, period: str) -> Row[tuple[object, ...]] | None:
    """The counters of the member's own approved sales; None where there are none."""
    wanted = {"member_id": member_id, "period": period}
    return conn.execute(MONTH, wanted).one_or_none()


def pending(conn: Connection, member_id: int, period: str, since: str) -> Row[tuple[object, ...]]:
    """The member's sales that wait for the office, and the customers of the month.

    Args:
        conn: the books.
        member_id: the seller.
        period: the month whose customers are counted.
        since: the first day of sale that is looked at.
    """
    wanted = {"member_id": member_id, "period": period, "since": since}
    return conn.execute(PENDING, wanted).one()


def movements(
    conn: Connection, member_id: int, *, rows: int, skip: int
) -> list[Row[tuple[object, ...]]]:
    """What came to the member and went, the newest first, a line a sale for the trade account."""
    wanted = {
        "wallet": _wallet(member_id),
        "trade": f"member:{member_id}:trade",
        "reach": rows + skip,
        "rows": rows,
        "skip": skip,
    }
    return list(conn.execute(MOVEMENTS, wanted))


def _wallet(member_id: int) -> str:
    return f"member:{member_id}:wallet"
