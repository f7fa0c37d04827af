"""What a member's copy holds of bonuses, ranks, the wallet and payouts; see `own_copy`.

A credit says from which level below it comes, not from whose sales: that is another's income.
Months come first in these statements, since the tables of bonuses are indexed by month.
"""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import TextClause, text
from sqlalchemy.sql.selectable import TextualSelect

from bot.store.db.types import Instant

__all__ = ["MONEY_PARTS"]

MY_ACCOUNTS = text("""
    SELECT a.kind AS account, a.balance FROM accounts AS a
    WHERE a.name IN (:wallet, :trade)
    ORDER BY a.kind
""")

MY_POSTINGS = text("""
    SELECT p.id AS posting, p.at, a.kind AS account, p.cause, p.period, p.sale_id AS receipt,
      CASE WHEN p.destination_id = a.id THEN p.amount ELSE -p.amount END AS amount, p.reverses
    FROM accounts AS a JOIN postings AS p ON p.source_id = a.id
    WHERE a.name IN (:wallet, :trade)
    UNION ALL
    SELECT p.id, p.at, a.kind, p.cause, p.period, p.sale_id, p.amount, p.reverses
    FROM accounts AS a JOIN postings AS p ON p.destination_id = a.id
    WHERE a.name IN (:wallet, :trade)
    ORDER BY 1
""").columns(at=Instant)

MY_CREDITS = text("""
    SELECT c.period, c.rule, c.level, c.base, c.rate_bp, c.amount, c.cut,
      (SELECT CAST(SUM(b.amount) AS BIGINT) FROM credit_returns AS b
       WHERE b.credit_id = c.id) AS taken_back,
      (SELECT CAST(SUM(x.amount) AS BIGINT) FROM restored_credits AS x
       WHERE x.credit_id = c.id) AS given_back
    FROM periods AS m JOIN credits AS c ON c.period = m.period AND c.member_id = :member_id
    ORDER BY c.period, c.id
""")

MY_POOL_SHARES = text("""
    SELECT c.period, c.rule, c.weight, c.amount, c.cut,
      (SELECT CAST(SUM(b.amount) AS BIGINT) FROM pool_returns AS b
       WHERE b.pool_share_id = c.id) AS taken_back,
      (SELECT CAST(SUM(x.amount) AS BIGINT) FROM restored_pool_shares AS x
       WHERE x.pool_share_id = c.id) AS given_back
    FROM periods AS m JOIN pool_shares AS c ON c.period = m.period AND c.member_id = :member_id
    ORDER BY c.period, c.id
""")

MY_RANKS = text("""
    SELECT r.period, r.paid_as, r.title, r.accumulated
    FROM periods AS m JOIN ranks AS r ON r.period = m.period AND r.member_id = :member_id
    ORDER BY r.period
""")

MY_GIVEN_RANKS = text("""
    SELECT period, rank, reason, given_at FROM given_ranks
    WHERE member_id = :member_id ORDER BY id
""").columns(given_at=Instant)

MY_OPENING = text("""
    SELECT period, amount, points, title, at FROM openings WHERE member_id = :member_id
""").columns(at=Instant)

MY_ESTIMATES = text("""
    SELECT e.period, e.rule, e.level, e.rate_bp, e.sources, e.base, e.amount
    FROM estimates AS e WHERE e.member_id = :member_id ORDER BY e.period, e.rule, e.level
""")

MY_PAYOUTS = text("""
    SELECT p.id AS payout, p.amount, p.paid_on, p.bank_reference, p.recorded_at,
      b.at AS taken_back_at, b.reason
    FROM payouts AS p LEFT JOIN payout_reversals AS b ON b.payout_id = p.id
    WHERE p.member_id = :member_id ORDER BY p.id
""").columns(recorded_at=Instant, taken_back_at=Instant)

MY_LISTED = text("""
    SELECT l.id AS list, l.made_at, e.amount
    FROM payout_lists AS l JOIN payout_list_lines AS e
      ON e.list_id = l.id AND e.member_id = :member_id
    ORDER BY l.id
""").columns(made_at=Instant)

MONEY_PARTS: Final[Mapping[str, TextClause | TextualSelect]] = {
    "opening": MY_OPENING,
    "accounts": MY_ACCOUNTS,
    "postings": MY_POSTINGS,
    "credits": MY_CREDITS,
    "pool_shares": MY_POOL_SHARES,
    "ranks": MY_RANKS,
    "given_ranks": MY_GIVEN_RANKS,
    "estimates": MY_ESTIMATES,
    "payouts": MY_PAYOUTS,
    "payout_lists": MY_LISTED,
}
"""The parts about what a member earned and was paid."""
