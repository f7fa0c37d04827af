"""What hangs on a sale: postings, returns, and the credits of its seller's month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant, Words
from bot.store.ledger.volumes import CHAIN_MAX

__all__ = ["MonthCredits", "SalePosting", "SaleReturn", "credits_from", "postings", "returns"]


@dataclass(frozen=True, slots=True)
class SalePosting:
    """A posting of a sale.

    Attributes:
        what: the price that the customer paid, or the goods that the seller paid for.
        amount: in rupiah.
        period: the month it counts in.
        is_reversal: whether it reverses an earlier one.
        at: the moment (aware, UTC).
    """

    what: Literal["price", "goods"]
    amount: int
    period: str
    is_reversal: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class SaleReturn:
    """Goods that came back.

    Attributes:
        state: of the return; `undone` if it counted and was taken back.
        came_on: the day, as YYYY-MM-DD.
        amount: the price paid, in rupiah.
        reason: why it was taken back; empty for the others.
    """

    state: str
    came_on: str
    amount: int
    reason: str


@dataclass(frozen=True, slots=True)
class MonthCredits:
    """The credits that come from a seller's sales of a month: how many, and their rupiah."""

    number: int
    amount: int


POSTINGS = text("""
    SELECT CASE WHEN s.name = 'house:customers' OR d.name = 'house:customers'
      THEN 'price' ELSE 'goods' END AS what,
      p.amount, p.period, CASE WHEN p.reverses IS NULL THEN 0 ELSE 1 END AS is_reversal, p.at
    FROM postings AS p
      JOIN accounts AS s ON s.id = p.source_id JOIN accounts AS d ON d.id = p.destination_id
    WHERE p.sale_id = :sale_id ORDER BY p.id DESC LIMIT :rows
""").columns(at=Instant)

RETURNS = text("""
    SELECT CASE WHEN v.return_id IS NULL THEN r.state ELSE 'undone' END AS state, r.came_on,
      r.amount, COALESCE(v.reason, '') AS reason
    FROM returns AS r LEFT JOIN return_reversals AS v ON v.return_id = r.id
    WHERE r.sale_id = :sale_id ORDER BY r.id LIMIT :rows
""")

# Sales bring credits to their seller and to the members above, so these few are asked one by one:
# their own credits are found by month, member, rule and source.
CREDITS_FROM = text("""
    WITH RECURSIVE up (id, depth) AS (
      SELECT CAST(:seller_id AS BIGINT), 0
      UNION ALL
      SELECT (SELECT sponsor_id FROM members WHERE id = up.id), up.depth + 1
      FROM up WHERE up.id IS NOT NULL AND up.depth < :chain_max
    )
    SELECT count(*) AS number, CAST(coalesce(sum(c.amount), 0) AS BIGINT) AS amount
    FROM up CROSS JOIN credits AS c
    WHERE up.id IS NOT NULL AND c.period = :period AND c.member_id = up.id AND c.rule IN :rules
      AND c.source_id = :seller_id
""").bindparams(bindparam("rules", expanding=True, type_=Words))


def postings(conn: Connection, sale_id: int, rows: int) -> list[SalePosting]:
    """Returns the last postings of a sale, the earliest first, reversals included."""
    found = conn.execute(POSTINGS, {"sale_id": sale_id, "rows": rows}).all()
    return [
        SalePosting(row.what, row.amount, row.period, bool(row.is_reversal), row.at)
        for row in reversed(found)
    ]


def returns(conn: Connection, sale_id: int, rows: int) -> list[SaleReturn]:
    """Returns what came back of a sale, the earliest first."""
    found = conn.execute(RETURNS, {"sale_id": sale_id, "rows": rows})
    return [SaleReturn(*row) for row in found]


def credits_from(
    conn: Connection, seller_id: int, period: str, rules: Sequence[str]
) -> MonthCredits:
    """Returns the credits of a closed month, under these rules, from a seller's sales."""
    wanted = {"seller_id": seller_id, "period": period, "rules": list(rules)}
    row = conn.execute(CREDITS_FROM, {**wanted, "chain_max": CHAIN_MAX}).one()
    return MonthCredits(row.number, row.amount)
