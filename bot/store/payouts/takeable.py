"""How much of a member's wallet can be paid out now."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, text

from bot.core.plans.values import PoolBase
from bot.core.returns.clawback import credit_stands, pool_part_stands
from bot.store.bonus import statements
from bot.store.db.types import Big, Instant
from bot.store.ledger import ledger
from bot.store.returns import clawbacks

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
    ORDER BY at, id LIMIT 1
""").columns(at=Instant)

# What came back of each seller's closed month after its close, and what comes back if the waiting
# returns are confirmed, in rupiah of bonus value. Returns that were confirmed while their month
# was open are not in its credits; a month that is not ready yet is not in what can be taken
# either, so nothing is left out for it.
BACK = text("""
    SELECT s.seller_id, s.period,
      CAST(SUM(CASE WHEN r.state = 'confirmed' THEN r.bonus_value ELSE 0 END
        * CASE WHEN s.point_value = 0 THEN p.point_value ELSE s.point_value END) AS BIGINT)
        AS gone,
      CAST(SUM(CASE WHEN r.state = 'waiting' THEN r.bonus_value ELSE 0 END
        * CASE WHEN s.point_value = 0 THEN p.point_value ELSE s.point_value END) AS BIGINT)
        AS waits
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
    SELECT c.member_id, c.source_id, c.base, c.rate_bp, c.amount, c.cut
    FROM credits AS c WHERE c.period = :period AND c.source_id IN :sources
""").bindparams(bindparam("sources", expanding=True, type_=Big))

CREDITS_OF_FROM = text("""
    SELECT c.member_id, c.source_id, c.base, c.rate_bp, c.amount, c.cut
    FROM credits AS c
    WHERE c.period = :period AND c.member_id = :member_id AND c.source_id IN :sources
""").bindparams(bindparam("sources", expanding=True, type_=Big))

# What waits of each month with pools, whose parts would fall for all who share them.
WAITS_OF_MONTHS = text("""
    SELECT s.period, CAST(SUM(r.amount) AS BIGINT) AS sales,
      CAST(SUM(r.bonus_value * CASE WHEN s.point_value = 0 THEN p.point_value
                                    ELSE s.point_value END) AS BIGINT) AS bonus
    FROM returns AS r CROSS JOIN sales AS s CROSS JOIN periods AS p
    WHERE r.state = 'waiting' AND s.id = r.sale_id
      AND p.period = s.period AND p.state = 'closed' AND p.ready_on <= :today
      AND EXISTS (SELECT 1 FROM pools AS x WHERE x.period = p.period)
    GROUP BY s.period
""")

PARTS = text("""
    SELECT x.member_id, p.base_of, p.base, p.rate_bp, x.amount, x.weight, p.weights, x.cut
    FROM pools AS p JOIN pool_shares AS x ON x.period = p.period AND x.rule = p.rule
    WHERE p.period = :period
""")

PARTS_OF = text("""
    SELECT x.member_id, p.base_of, p.base, p.rate_bp, x.amount, x.weight, p.weights, x.cut
    FROM pool_shares AS x JOIN pools AS p ON p.period = x.period AND p.rule = x.rule
    WHERE x.period = :period AND x.member_id = :member_id
""")

ComingBack = tuple[int, int]
"""What is gone from a base, and what would be gone with the returns that wait, in rupiah."""


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
    """Returns what the returns that wait for the office may take from the member's bonuses.

    Only bonuses that can be taken on this day count, credits and parts of pools.
    """
    held = 0
    for period, values in _coming_back(conn, today).items():
        wanted = {"period": period, "member_id": member_id, "sources": list(values)}
        held += sum(_loss(row, values) for row in conn.execute(CREDITS_OF_FROM, wanted))
    for period, bases in _coming_back_of_pools(conn, today).items():
        parts = conn.execute(PARTS_OF, {"period": period, "member_id": member_id})
        held += sum(_part_loss(row, bases) for row in parts)
    return held


def all_held_by_returns(conn: Connection, today: date) -> dict[int, int]:
    """Returns what waiting returns may take on this day, by member; reads each month once."""
    held: defaultdict[int, int] = defaultdict(int)
    for period, values in _coming_back(conn, today).items():
        for row in conn.execute(CREDITS_FROM, {"period": period, "sources": list(values)}):
            held[row.member_id] += _loss(row, values)
    for period, bases in _coming_back_of_pools(conn, today).items():
        for row in conn.execute(PARTS, {"period": period}):
            held[row.member_id] += _part_loss(row, bases)
    return {member_id: amount for member_id, amount in held.items() if amount}


def _coming_back(conn: Connection, today: date) -> dict[str, dict[int, ComingBack]]:
    """Returns the bonus value that may come back, by month and seller; few returns wait."""
    months: defaultdict[str, dict[int, ComingBack]] = defaultdict(dict)
    for row in conn.execute(BACK, {"today": today.isoformat()}):
        months[row.period][row.seller_id] = (row.gone, row.gone + row.waits)
    return months


def _coming_back_of_pools(conn: Connection, today: date) -> dict[str, dict[PoolBase, ComingBack]]:
    """Returns what may come back of each month with pools, by what a pool is taken of."""
    months: dict[str, dict[PoolBase, ComingBack]] = {}
    for row in conn.execute(WAITS_OF_MONTHS, {"today": today.isoformat()}).all():
        gone = clawbacks.gone_of_month(conn, row.period)
        more: dict[PoolBase, int] = {"sales": row.sales, "bonus-value": row.bonus}
        months[row.period] = {of: (gone[of], gone[of] + more[of]) for of in gone}
    return months


def _loss(credit: Row[Any], values: Mapping[int, ComingBack]) -> int:
    """Returns what a credit would lose, as the confirmation works it out."""
    stands, remains = (
        credit_stands(
            credit.amount,
            credit.base,
            credit.rate_bp,
            credit.base - gone,
            is_cut=bool(credit.cut),
        )
        for gone in values[credit.source_id]
    )
    return stands - remains


def _part_loss(part: Row[Any], bases: Mapping[PoolBase, ComingBack]) -> int:
    """Returns what a part of a pool would lose, as the confirmation works it out."""
    base_of: PoolBase = part.base_of
    stands, remains = (
        pool_part_stands(
            part.amount,
            part.base,
            part.rate_bp,
            part.base - gone,
            (part.weight, part.weights),
            is_cut=bool(part.cut),
        )
        for gone in bases[base_of]
    )
    return stands - remains


def first_credit(conn: Connection, member_id: int) -> datetime | None:
    """Returns when the first bonus came into the member's wallet; None before it."""
    found: datetime | None = conn.execute(
        FIRST_CREDIT, {"name": ledger.wallet_name(member_id)}
    ).scalar()
    return found
