"""What a member owns and earned, read for the member alone."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, text

from bot.store.db.types import Instant

__all__ = ["Wallet", "month", "movements", "pending", "wallet"]

BALANCE = text("SELECT balance FROM accounts WHERE name = :name")

# What is not ready yet: of a month that is still being closed, which nobody sees, and of those
# whose customers may still give goods back. There are never more than a few such months.
UNREADY = text("""
    SELECT p.state, p.ready_on, x.amount
    FROM periods AS p
      JOIN postings AS x
        ON x.reference = 'bonus:' || p.period || CAST(:ending AS TEXT)
    WHERE p.state = 'closing' OR p.ready_on > :today
    ORDER BY p.period
""")

MONTH = text("""
    SELECT own_sales, own_points, own_profit, own_count, group_sales
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
    SELECT MAX(id) AS last_id, account, sale_id, closing, at,
      CAST(SUM(signed) AS BIGINT) AS amount, cancels
    FROM (
      SELECT * FROM (
        SELECT id, 'wallet' AS account, id AS line, sale_id, closing, at, amount AS signed,
          CASE WHEN reverses IS NULL THEN 0 ELSE 1 END AS cancels
        FROM postings
        WHERE destination_id = (SELECT id FROM accounts WHERE name = :wallet)
          AND NOT EXISTS (SELECT 1 FROM periods AS p
                          WHERE p.period = postings.closing AND p.state = 'closing')
        ORDER BY id DESC LIMIT :reach) AS wallet_in
      UNION ALL
      SELECT * FROM (
        SELECT id, 'wallet' AS account, id AS line, sale_id, closing, at, -amount AS signed,
          CASE WHEN reverses IS NULL THEN 0 ELSE 1 END AS cancels
        FROM postings
        WHERE source_id = (SELECT id FROM accounts WHERE name = :wallet)
        ORDER BY id DESC LIMIT :reach) AS wallet_out
      UNION ALL
      SELECT * FROM (
        SELECT id, 'trade' AS account, sale_id AS line, sale_id, closing, at, amount AS signed,
          CASE WHEN reverses IS NULL THEN 0 ELSE 1 END AS cancels
        FROM postings
        WHERE destination_id = (SELECT id FROM accounts WHERE name = :trade)
        ORDER BY id DESC LIMIT :reach) AS trade_in
      UNION ALL
      SELECT * FROM (
        SELECT id, 'trade' AS account, sale_id AS line, sale_id, closing, at, -amount AS signed,
          CASE WHEN reverses IS NULL THEN 0 ELSE 1 END AS cancels
        FROM postings
        WHERE source_id = (SELECT id FROM accounts WHERE name = :trade)
        ORDER BY id DESC LIMIT :reach) AS trade_out
    ) AS halves
    GROUP BY account, line, sale_id, closing, at, cancels
    ORDER BY last_id DESC LIMIT :rows OFFSET :skip
""").columns(at=Instant)


@dataclass(frozen=True, slots=True)
class Wallet:
    """A member's bonuses in rupiah.

    Attributes:
        available: what can be taken; less than nothing where more was turned round than earned.
        held: what is certain and can be taken later.
        ready_on: the day from which the first part of that can be taken, as YYYY-MM-DD.
    """

    available: int
    held: int
    ready_on: str


def wallet(conn: Connection, member_id: int, today: date) -> Wallet | None:
    """What lies in the member's wallet; None while there never was a bonus to be seen."""
    balance: int | None = conn.execute(BALANCE, {"name": _wallet(member_id)}).scalar()
    if balance is None:
        return None
    wanted = {"ending": f":{member_id}", "today": today.isoformat()}
    unready = conn.execute(UNREADY, wanted).all()
    hidden = sum(row.amount for row in unready if row.state == "closing")
    held = sum(row.amount for row in unready if row.state == "closed")
    ready_on = min((row.ready_on for row in unready if row.state == "closed"), default="")
    return Wallet(balance - hidden - held, held, ready_on)


def month(conn: Connection, member_id: int, period: str) -> Row[tuple[object, ...]] | None:
    """The counters of the member's own approved sales and the group's; None where none are."""
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
