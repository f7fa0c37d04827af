"""What a return after the close takes back from the bonuses of the sale's month.

Credits name the seller whose sales they come from, so those of the seller fall. A pool is of all
sales of the month, so every part of it falls.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import Connection, text

from bot.core.plans.values import PoolBase
from bot.core.returns.clawback import credit_stands, pool_part_stands
from bot.store.db import bulk
from bot.store.ledger import ledger
from bot.store.ledger.volumes import CHAIN_MAX

__all__ = [
    "Clawback",
    "ReturnAfterClose",
    "by_member",
    "gone_of_month",
    "hold_month",
    "of_return",
    "paid_for_seller",
    "post",
    "write",
]


class Clawback(NamedTuple):
    """What one credit, or one part of a pool, falls by in rupiah, above zero."""

    of: Literal["credit", "pool_share"]
    id: int
    member_id: int
    amount: int


class ReturnAfterClose(NamedTuple):
    """A return, confirmed or about to be, of a sale of a closed month.

    Attributes:
        period: the month of the sale.
        amount: rupiah of the pieces, at the price charged.
        bonus_value: of the pieces, in the unit of the price list.
        point_value: rupiah of the sale's own unit of bonus value; 0 for the unit of the month.
    """

    period: str
    seller_id: int
    amount: int
    bonus_value: int
    point_value: int


# Changes nothing, but keeps a second return of the month out until this transaction ends.
HOLD_MONTH = text("UPDATE periods SET state = state WHERE period = :period AND state = 'closed'")

POINT_VALUE = text("SELECT point_value FROM periods WHERE period = :period")

BACK_OF_SELLER = text("""
    SELECT CAST(COALESCE(SUM(CASE WHEN r.period > s.period THEN r.bonus_value * CASE
        WHEN s.point_value = 0 THEN CAST(:unit AS BIGINT) ELSE s.point_value END
      ELSE 0 END), 0) AS BIGINT)
    FROM sales AS s CROSS JOIN returns AS r
    WHERE s.seller_id = :seller_id AND s.period = :period AND r.sale_id = s.id
""")

# CROSS JOIN: few returns are looked up in many sales.
BACK_OF_MONTH = text("""
    SELECT CAST(COALESCE(SUM(r.amount), 0) AS BIGINT) AS amount,
      CAST(COALESCE(SUM(r.bonus_value * CASE
        WHEN s.point_value = 0 THEN CAST(:unit AS BIGINT) ELSE s.point_value END), 0) AS BIGINT)
        AS bonus
    FROM returns AS r CROSS JOIN sales AS s
    WHERE r.period > :period AND s.id = r.sale_id AND s.period = :period
""")

# Whoever has a credit from a seller is the seller or above, so a few rows of each are looked up in
# place of all of the month. CROSS JOIN keeps SQLite to this order.
SOURCE_CREDITS = text("""
    WITH RECURSIVE up (id, depth) AS (
      SELECT CAST(:seller_id AS BIGINT), 0
      UNION ALL
      SELECT (SELECT sponsor_id FROM members WHERE id = up.id), up.depth + 1
      FROM up WHERE up.id IS NOT NULL AND up.depth < :chain_max
    ), paid (member_id, rule) AS (
      SELECT up.id, (SELECT MIN(c.rule) FROM credits AS c
                     WHERE c.period = :period AND c.member_id = up.id)
      FROM up WHERE up.id IS NOT NULL
      UNION ALL
      SELECT paid.member_id, (SELECT MIN(c.rule) FROM credits AS c
                              WHERE c.period = :period AND c.member_id = paid.member_id
                                AND c.rule > paid.rule)
      FROM paid WHERE paid.rule IS NOT NULL
    )
    SELECT c.id, c.member_id, c.base, c.rate_bp, c.amount, c.cut
    FROM paid CROSS JOIN credits AS c
    WHERE paid.rule IS NOT NULL AND c.period = :period AND c.member_id = paid.member_id
      AND c.rule = paid.rule AND c.source_id = :seller_id
    ORDER BY c.id
""")

POOL_PARTS = text("""
    SELECT x.id, x.member_id, p.base_of, p.base, p.rate_bp, x.amount, x.weight, p.weights, x.cut
    FROM pools AS p JOIN pool_shares AS x ON x.period = p.period AND x.rule = p.rule
    WHERE p.period = :period ORDER BY x.id
""")

PAID_FOR_SELLER = text("""
    SELECT DISTINCT c.member_id
    FROM credit_returns AS x JOIN credits AS c ON c.id = x.credit_id
    WHERE x.return_id = :return_id
""")

WRITE_CREDITS = text("""
    INSERT INTO credit_returns (return_id, credit_id, amount)
    VALUES (:return_id, :credit_id, :amount)
""")

WRITE_PARTS = text("""
    INSERT INTO pool_returns (return_id, pool_share_id, amount)
    VALUES (:return_id, :pool_share_id, :amount)
""")


def hold_month(conn: Connection, period: str) -> None:
    """Lock a closed month for this transaction, so that its returns follow each other."""
    held = conn.execute(HOLD_MONTH, {"period": period}).rowcount
    assert held == 1, "the month is closed"


def of_return(conn: Connection, back: ReturnAfterClose, *, counts: bool) -> list[Clawback]:
    """Returns what a return takes back beside all others, and from which bonuses.

    Args:
        conn: the database.
        back: the return.
        counts: whether it is confirmed, and so among all that came back of its month.
    """
    return [*_of_credits(conn, back, counts=counts), *_of_pools(conn, back, counts=counts)]


def _of_credits(conn: Connection, back: ReturnAfterClose, *, counts: bool) -> Iterable[Clawback]:
    wanted = {"period": back.period, "seller_id": back.seller_id}
    unit = _point_value(conn, back.period)
    value = back.bonus_value * (back.point_value or unit)
    gone_now: int = conn.execute(BACK_OF_SELLER, {**wanted, "unit": unit}).scalar_one()
    before = gone_now - value if counts else gone_now
    after = before + value
    for row in conn.execute(SOURCE_CREDITS, {**wanted, "chain_max": CHAIN_MAX}):
        was, stands = (
            credit_stands(row.amount, row.base, row.rate_bp, row.base - gone, is_cut=bool(row.cut))
            for gone in (before, after)
        )
        if was > stands:
            yield Clawback("credit", row.id, row.member_id, was - stands)


def _of_pools(conn: Connection, back: ReturnAfterClose, *, counts: bool) -> Iterable[Clawback]:
    parts = conn.execute(POOL_PARTS, {"period": back.period}).all()
    if not parts:
        return
    value = back.bonus_value * (back.point_value or _point_value(conn, back.period))
    before = gone_of_month(conn, back.period)
    more: dict[PoolBase, int] = {"sales": back.amount, "bonus-value": value}
    for row in parts:
        gone = before[row.base_of] - (more[row.base_of] if counts else 0)
        was, stands = (
            pool_part_stands(
                row.amount,
                row.base,
                row.rate_bp,
                row.base - each,
                (row.weight, row.weights),
                is_cut=bool(row.cut),
            )
            for each in (gone, gone + more[row.base_of])
        )
        if was > stands:
            yield Clawback("pool_share", row.id, row.member_id, was - stands)


def gone_of_month(conn: Connection, period: str) -> dict[PoolBase, int]:
    """Returns what came back of a month after its close, by what a pool is taken of."""
    unit = _point_value(conn, period)
    month = conn.execute(BACK_OF_MONTH, {"period": period, "unit": unit}).one()
    return {"sales": month.amount, "bonus-value": month.bonus}


def by_member(clawbacks: Iterable[Clawback]) -> dict[int, int]:
    """Returns the rupiah that each member loses, by id."""
    found: dict[int, int] = defaultdict(int)
    for each in clawbacks:
        found[each.member_id] += each.amount
    return dict(sorted(found.items()))


def paid_for_seller(conn: Connection, return_id: int) -> set[int]:
    """Returns the ids of the members with a credit from the seller's sales that has fallen."""
    return set(conn.execute(PAID_FOR_SELLER, {"return_id": return_id}).scalars())


def write(conn: Connection, return_id: int, clawbacks: Sequence[Clawback]) -> None:
    """Store what a return takes from each credit and each part of a pool."""
    credits_ = [(return_id, each.id, each.amount) for each in clawbacks if each.of == "credit"]
    parts = [(return_id, each.id, each.amount) for each in clawbacks if each.of == "pool_share"]
    bulk.write(conn, WRITE_CREDITS, credits_)
    bulk.write(conn, WRITE_PARTS, parts)


def post(
    conn: Connection, return_id: int, members: Iterable[tuple[int, int]], period: str, at: datetime
) -> None:
    """Take the rupiah back from each member's wallet, which may go below zero.

    Args:
        conn: the database.
        return_id: the return.
        members: the id of each member and the rupiah.
        period: the month in which the return counts.
        at: the moment of the posting.
    """
    bonus = ledger.house_account(conn, ledger.BONUS)
    for member_id, amount in members:
        posting = ledger.Posting(
            f"return:{return_id}:bonus:{member_id}",
            ledger.wallet(conn, member_id),
            bonus,
            amount,
            None,
            period,
            return_id=return_id,
        )
        posted = ledger.post(conn, posting, at)
        assert posted, "a return is confirmed once"


def _point_value(conn: Connection, period: str) -> int:
    """Returns the rupiah of one of bonus value in a month that is closed."""
    found: int = conn.execute(POINT_VALUE, {"period": period}).scalar_one()
    return found
