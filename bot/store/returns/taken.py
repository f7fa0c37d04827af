"""What returns took from a member's bonuses of a closed month, less what was given back.

Read from the member's wallet on: few postings leave or enter a wallet, while a month may have a
million credits of one member.
"""

from collections import Counter

from sqlalchemy import Connection, text

from bot.core.plans.values import COMPANY
from bot.store.ledger.ledger import bonus_reference, wallet_name

__all__ = ["CreditKey", "left_of_bonus", "of_member"]

CreditKey = tuple[str, int, int]
"""Rule, source and level of a credit; a part of a pool is of the whole company."""

TAKEN = text("""
    SELECT c.rule, c.source_id, c.level, CAST(SUM(x.amount) AS BIGINT) AS amount
    FROM accounts AS w CROSS JOIN postings AS p CROSS JOIN credit_returns AS x
      CROSS JOIN credits AS c
    WHERE w.name = :wallet AND p.source_id = w.id AND p.return_id IS NOT NULL
      AND x.return_id = p.return_id AND c.id = x.credit_id
      AND c.member_id = :member_id AND c.period = :period
    GROUP BY c.rule, c.source_id, c.level
    UNION ALL
    SELECT s.rule, CAST(:company AS BIGINT), 0, CAST(SUM(x.amount) AS BIGINT)
    FROM accounts AS w CROSS JOIN postings AS p CROSS JOIN pool_returns AS x
      CROSS JOIN pool_shares AS s
    WHERE w.name = :wallet AND p.source_id = w.id AND p.return_id IS NOT NULL
      AND x.return_id = p.return_id AND s.id = x.pool_share_id
      AND s.member_id = :member_id AND s.period = :period
    GROUP BY s.rule
    UNION ALL
    SELECT c.rule, c.source_id, c.level, CAST(-SUM(x.amount) AS BIGINT)
    FROM accounts AS w CROSS JOIN postings AS p CROSS JOIN restored_credits AS x
      CROSS JOIN credits AS c
    WHERE w.name = :wallet AND p.destination_id = w.id AND p.return_id IS NOT NULL
      AND x.return_id = p.return_id AND c.id = x.credit_id
      AND c.member_id = :member_id AND c.period = :period
    GROUP BY c.rule, c.source_id, c.level
    UNION ALL
    SELECT s.rule, CAST(:company AS BIGINT), 0, CAST(-SUM(x.amount) AS BIGINT)
    FROM accounts AS w CROSS JOIN postings AS p CROSS JOIN restored_pool_shares AS x
      CROSS JOIN pool_shares AS s
    WHERE w.name = :wallet AND p.destination_id = w.id AND p.return_id IS NOT NULL
      AND x.return_id = p.return_id AND s.id = x.pool_share_id
      AND s.member_id = :member_id AND s.period = :period
    GROUP BY s.rule
""")

PAID = text("SELECT amount FROM postings WHERE reference = :reference")


def of_member(conn: Connection, member_id: int, period: str) -> dict[CreditKey, int]:
    """Returns the rupiah that returns took from those credits of a month that have fallen."""
    wanted = {
        "wallet": wallet_name(member_id),
        "member_id": member_id,
        "period": period,
        "company": COMPANY,
    }
    found: Counter[CreditKey] = Counter()
    for row in conn.execute(TAKEN, wanted):
        found[row.rule, row.source_id, row.level] += row.amount
    return {key: amount for key, amount in found.items() if amount}


def left_of_bonus(conn: Connection, member_id: int, period: str) -> int:
    """Returns the rupiah that returns have left of a member's bonus of a closed month."""
    reference = bonus_reference(period, member_id)
    paid: int = conn.execute(PAID, {"reference": reference}).scalar() or 0
    return paid - sum(of_member(conn, member_id, period).values())
