"""A member's wallet, sales and movements of money, each read for that member alone."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Connection, text

from bot.store.db.types import Instant
from bot.store.ledger.causes import PostingCause

__all__ = [
    "OwnVolume",
    "OwnWaitingSales",
    "StatementLine",
    "Wallet",
    "month",
    "movements",
    "waiting",
    "wallet",
]

BALANCE = text("SELECT balance FROM accounts WHERE name = :name")

# What is not ready yet, less what returns took and did not give back: of a month that is still in
# closing, which is hidden, and of those whose customers may still give goods back. There are never
# more than a few of them.
UNREADY = text("""
    SELECT p.state, p.ready_on, x.amount - CAST(COALESCE((
        SELECT SUM(b.amount)
        FROM accounts AS w CROSS JOIN postings AS b CROSS JOIN returns AS r CROSS JOIN sales AS s
        WHERE w.name = :wallet AND b.source_id = w.id AND r.id = b.return_id
          AND s.id = r.sale_id AND s.period = p.period), 0) AS BIGINT) + CAST(COALESCE((
        SELECT SUM(b.amount)
        FROM accounts AS w CROSS JOIN postings AS b CROSS JOIN returns AS r CROSS JOIN sales AS s
        WHERE w.name = :wallet AND b.destination_id = w.id AND r.id = b.return_id
          AND s.id = r.sale_id AND s.period = p.period), 0) AS BIGINT) AS amount
    FROM periods AS p
      JOIN postings AS x
        ON x.reference = 'bonus:' || p.period || CAST(:ending AS TEXT)
    WHERE p.state = 'closing' OR p.ready_on > :today
    ORDER BY p.period
""")

MONTH = text("""
    SELECT own_sales, own_points, own_profit, own_count, group_sales, sold_points
    FROM volumes WHERE member_id = :member_id AND period = :period
""")

# Without the day this would read all that the member ever sold.
WAITING = text("""
    SELECT COUNT(CASE WHEN status = 'waiting' THEN 1 END) AS waiting_count,
      CAST(COALESCE(SUM(CASE WHEN status = 'waiting' THEN total END), 0) AS BIGINT) AS waiting,
      COUNT(DISTINCT CASE WHEN period = :period AND total > COALESCE((
          SELECT SUM(CASE WHEN r.period = sales.period THEN r.amount ELSE 0 END)
          FROM returns AS r WHERE r.sale_id = sales.id), 0)
        THEN customer_id END) AS customers
    FROM sales
    WHERE seller_id = :member_id AND sold_on >= :since AND status IN ('waiting', 'approved')
""")

# A return brings money into a wallet only where it was taken back.
# A sale moves money through the trade account twice: the price comes in, the member price goes
# out, and both halves become one line. Each of the four arms is cut at as many rows as lines are
# wanted, which is enough, for every line has at most one row in an arm.
MOVEMENTS = text("""
    SELECT MAX(halves.id) AS last_id, account, cause,
      COALESCE(halves.sale_id, MAX(r.sale_id)) AS sale_id, closing, at, MAX(o.paid_on) AS paid_on,
      CAST(SUM(signed) AS BIGINT) AS amount, cancels
    FROM (
      SELECT * FROM (
        SELECT id, 'wallet' AS account, id AS line, cause, sale_id, return_id, payout_id, closing,
          at, amount AS signed,
          CASE WHEN reverses IS NULL AND return_id IS NULL THEN 0 ELSE 1 END AS cancels
        FROM postings
        WHERE destination_id = (SELECT id FROM accounts WHERE name = :wallet)
          AND NOT EXISTS (SELECT 1 FROM periods AS p
                          WHERE p.period = postings.closing AND p.state = 'closing')
        ORDER BY at DESC, id DESC LIMIT :reach) AS wallet_in
      UNION ALL
      SELECT * FROM (
        SELECT id, 'wallet' AS account, id AS line, cause, sale_id, return_id, payout_id, closing,
          at, -amount AS signed,
          CASE WHEN reverses IS NULL THEN 0 ELSE 1 END AS cancels
        FROM postings
        WHERE source_id = (SELECT id FROM accounts WHERE name = :wallet)
        ORDER BY at DESC, id DESC LIMIT :reach) AS wallet_out
      UNION ALL
      SELECT * FROM (
        SELECT id, 'trade' AS account, COALESCE(sale_id, -return_id) AS line, cause, sale_id,
          return_id, payout_id, closing, at, amount AS signed,
          CASE WHEN reverses IS NULL THEN 0 ELSE 1 END AS cancels
        FROM postings
        WHERE destination_id = (SELECT id FROM accounts WHERE name = :trade)
        ORDER BY at DESC, id DESC LIMIT :reach) AS trade_in
      UNION ALL
      SELECT * FROM (
        SELECT id, 'trade' AS account, COALESCE(sale_id, -return_id) AS line, cause, sale_id,
          return_id, payout_id, closing, at, -amount AS signed,
          CASE WHEN reverses IS NULL THEN 0 ELSE 1 END AS cancels
        FROM postings
        WHERE source_id = (SELECT id FROM accounts WHERE name = :trade)
        ORDER BY at DESC, id DESC LIMIT :reach) AS trade_out
    ) AS halves LEFT JOIN returns AS r ON r.id = halves.return_id
      LEFT JOIN payouts AS o ON o.id = halves.payout_id
    GROUP BY account, line, cause, halves.sale_id, closing, at, cancels
    ORDER BY at DESC, last_id DESC LIMIT :rows OFFSET :skip
""").columns(at=Instant)


@dataclass(frozen=True, slots=True)
class Wallet:
    """A member's bonuses in rupiah.

    Attributes:
        available: what can be taken; below zero where more was reversed than earned.
        held: what is certain and can be taken later.
        ready_on: the day from which the first part of that can be taken, as YYYY-MM-DD.
    """

    available: int
    held: int
    ready_on: str


@dataclass(frozen=True, slots=True)
class OwnVolume:
    """A member's approved sales of a month.

    Attributes:
        own_sales: rupiah at the price charged.
        own_points: of these sales.
        own_profit: rupiah between the price charged and the member price.
        own_count: how many sales they are.
        group_sales: rupiah of the member and everyone below.
        sold_points: the part of the points that customers bought.
    """

    own_sales: int
    own_points: int
    own_profit: int
    own_count: int
    group_sales: int
    sold_points: int


@dataclass(frozen=True, slots=True)
class OwnWaitingSales:
    """Sales that the office has not decided on yet.

    Attributes:
        waiting_count: how many there are.
        waiting: rupiah of them.
        customers: how many different customers the month has, approved sales included.
    """

    waiting_count: int
    waiting: int
    customers: int


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line of what came to a member's accounts and left them.

    Attributes:
        last_id: of the newest posting in it.
        cause: what it comes from.
        sale_id: the sale, or the sale whose goods came back; None for the others.
        closing: the month whose bonus it is, or None.
        paid_on: the bank's day of the payment that it records or reverses, or None.
        amount: rupiah; below zero where it left the account.
        cancels: whether it reverses an earlier one.
    """

    last_id: int
    account: Literal["wallet", "trade"]
    cause: PostingCause
    sale_id: int | None
    closing: str | None
    at: datetime
    paid_on: str | None
    amount: int
    cancels: bool


def wallet(conn: Connection, member_id: int, today: date) -> Wallet | None:
    """Returns what the member's wallet holds; None before the first bonus that can be seen."""
    balance: int | None = conn.execute(BALANCE, {"name": _wallet(member_id)}).scalar()
    if balance is None:
        return None
    wanted = {"ending": f":{member_id}", "today": today.isoformat()}
    unready = conn.execute(UNREADY, {**wanted, "wallet": _wallet(member_id)}).all()
    hidden = sum(row.amount for row in unready if row.state == "closing")
    held = sum(row.amount for row in unready if row.state == "closed")
    ready_on = min((row.ready_on for row in unready if row.state == "closed"), default="")
    return Wallet(balance - hidden - held, held, ready_on)


def month(conn: Connection, member_id: int, period: str) -> OwnVolume | None:
    """Returns the member's approved sales of a month; None where neither member nor team sold."""
    wanted = {"member_id": member_id, "period": period}
    row = conn.execute(MONTH, wanted).one_or_none()
    return None if row is None else OwnVolume(*row)


def waiting(conn: Connection, member_id: int, period: str, since: str) -> OwnWaitingSales:
    """Returns the member's sales that wait for the office, and the customers of the month.

    Args:
        conn: the database.
        member_id: the seller.
        period: the month whose customers are counted.
        since: the first day of sale that is looked at.
    """
    wanted = {"member_id": member_id, "period": period, "since": since}
    return OwnWaitingSales(*conn.execute(WAITING, wanted).one())


def movements(conn: Connection, member_id: int, *, rows: int, skip: int) -> list[StatementLine]:
    """Returns what came and left, the newest first; of the trade account one line for a sale.

    It is in the order of time; a number only decides between movements of one moment.
    """
    wanted = {
        "wallet": _wallet(member_id),
        "trade": f"member:{member_id}:trade",
        "reach": rows + skip,
        "rows": rows,
        "skip": skip,
    }
    return [
        StatementLine(
            row.last_id,
            row.account,
            row.cause,
            row.sale_id,
            row.closing,
            row.at,
            row.paid_on,
            row.amount,
            bool(row.cancels),
        )
        for row in conn.execute(MOVEMENTS, wanted)
    ]


def _wallet(member_id: int) -> str:
    return f"member:{member_id}:wallet"
