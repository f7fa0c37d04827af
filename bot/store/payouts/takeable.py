"""How much of a member's wallet can be paid out now."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, text

from bot.store.bonus import statements
from bot.store.db.types import Big, Instant
from bot.store.ledger import ledger

__all__ = [
    "Takeable",
    "all_held_by_returns",
    "first_credit",
    "held_by_returns",
    "lock",
    "takeable",
]

# Changes nothing. On a server it makes another payment to the same member wait for this one.
LOCK = text("UPDATE accounts SET balance = balance WHERE name = :name")

FIRST_CREDIT = text("""
    SELECT at FROM postings
    WHERE destination_id = (SELECT id FROM accounts WHERE name = :name)
    ORDER BY id LIMIT 1
""").columns(at=Instant)

# What comes back of each seller's closed month if the waiting returns are confirmed, in rupiah of
# bonus value. Returns that were confirmed while their month was open are not in its credits; a
# month that is not ready yet is not in what can be taken either, so nothing is left out for it.
BACK = text("""
    SELECT s.seller_id, s.period,
      CAST(SUM(r.bonus_value * CASE WHEN s.point_value = 0 THEN p.point_value
                                    ELSE s.point_value END) AS BIGINT) AS value
    FROM (
      SELECT DISTINCT n.seller_id, n.period
      FROM returns AS w CROSS JOIN sales AS n
      WHERE w.state = 'waiting' AND n.id = w.sale_id
    ) AS asked
      CROSS JOIN sales AS s CROSS JOIN periods AS p CROSS JOIN returns AS r
    WHERE s.seller_id = asked.seller_id AND s.period = asked.period
      AND p.period = s.period AND p.state = 'closed' AND p.ready_on <= :today
      AND r.sale_id = s.id
      AND (r.state = 'waiting' OR (r.state = 'confirmed' AND r.period <> s.period))
    GROUP BY s.seller_id, s.period
""")

CREDITS_FROM = text("""
    SELECT c.member_id, c.source_id, c.base, c.rate_bp, c.amount, c.cut,
      CAST(COALESCE((SELECT SUM(x.amount) FROM credit_returns AS x WHERE x.credit_id = c.id), 0)
        AS BIGINT) AS taken
    FROM credits AS c WHERE c.period = :period AND c.source_id IN :sources
""").bindparams(bindparam("sources", expanding=True, type_=Big))

CREDITS_OF_FROM = text("""
    SELECT c.member_id, c.source_id, c.base, c.rate_bp, c.amount, c.cut,
      CAST(COALESCE((SELECT SUM(x.amount) FROM credit_returns AS x WHERE x.credit_id = c.id), 0)
        AS BIGINT) AS taken
    FROM credits AS c
    WHERE c.period = :period AND c.member_id = :member_id AND c.source_id IN :sources
""").bindparams(bindparam("sources", expanding=True, type_=Big))

BASIS_POINTS = 10_000


@dataclass(frozen=True, slots=True)
class Takeable:
    """What a member can be paid, in rupiah.

    Attributes:
        amount: what can be taken now; 0 where the wallet is empty or below zero.
        held_by_returns: what waiting returns may take, and so is left out.
    """

    amount: int
    held_by_returns: int


def lock(conn: Connection, member_id: int) -> None:
    """Make other payments to this member wait until this transaction ends."""
    conn.execute(LOCK, {"name": ledger.wallet_name(member_id)})


def takeable(conn: Connection, member_id: int, today: date) -> Takeable:
    """Returns what the member can be paid on this day."""
    wallet = statements.wallet(conn, member_id, today)
    held = held_by_returns(conn, member_id, today)
    return Takeable(max((wallet.available if wallet else 0) - held, 0), held)


def held_by_returns(conn: Connection, member_id: int, today: date) -> int:
    """Returns what the returns that wait for the office may take from the member's credits.

    Only credits that can be taken on this day count.
    """
    held = 0
    for period, values in _coming_back(conn, today).items():
        wanted = {"period": period, "member_id": member_id, "sources": list(values)}
        held += sum(_loss(row, values) for row in conn.execute(CREDITS_OF_FROM, wanted))
    return held


def all_held_by_returns(conn: Connection, today: date) -> dict[int, int]:
    """Returns what waiting returns may take on this day, by member; reads each month once."""
    held: defaultdict[int, int] = defaultdict(int)
    for period, values in _coming_back(conn, today).items():
        for row in conn.execute(CREDITS_FROM, {"period": period, "sources": list(values)}):
            held[row.member_id] += _loss(row, values)
    return {member_id: amount for member_id, amount in held.items() if amount}


def _coming_back(conn: Connection, today: date) -> dict[str, dict[int, int]]:
    """Returns the bonus value that may come back, by month and seller; few returns wait."""
    months: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for row in conn.execute(BACK, {"today": today.isoformat()}):
        months[row.period][row.seller_id] = row.value
    return months


def _loss(credit: Row[Any], values: Mapping[int, int]) -> int:
    """Returns what a credit would still lose; rounded as credits are, the company has the rest."""
    base = max(credit.base - values[credit.source_id], 0)
    if credit.cut:
        remains = credit.amount * base // credit.base
    else:
        remains = base * credit.rate_bp // BASIS_POINTS
    lost: int = credit.amount - credit.taken - remains
    return max(lost, 0)


def first_credit(conn: Connection, member_id: int) -> datetime | None:
    """Returns when the first bonus came into the member's wallet; None before it."""
    found: datetime | None = conn.execute(
        FIRST_CREDIT, {"name": ledger.wallet_name(member_id)}
    ).scalar()
    return found
