"""Pools of a month: what is shared, how much of it is each member's, and what it comes from.

A pool is stored once, with one row for each member who shares it. A row for each seller and each
sharer, as credits have, would be millions of rows in a large company.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import Connection, text

from bot.core.plans import Credit
from bot.core.plans.rates import share
from bot.core.plans.values import COMPANY, CUTS, CutReason, PoolBase, PoolPart, SharedBy
from bot.store.db import bulk

__all__ = [
    "PoolTotals",
    "SoldInMonth",
    "add",
    "audit",
    "audit_closed",
    "of_month",
    "shares_of",
    "sold_in",
]

FAULTS_MAX: Final = 100

ADD = text("""
    INSERT INTO pools (period, rule, base_of, shared, base, rate_bp, weights)
    VALUES (:period, :rule, :base_of, :shared, :base, :rate_bp, :weights)
    ON CONFLICT (period, rule) DO NOTHING
""")

ADD_SHARE = text("""
    INSERT INTO pool_shares (period, rule, member_id, weight, amount, cut)
    VALUES (:period, :rule, :member_id, :weight, :amount, :cut)
    ON CONFLICT (period, member_id, rule) DO NOTHING
""")

OF_MONTH = text("""
    SELECT p.rule, p.base_of, p.shared, p.base, p.rate_bp, p.weights,
      COUNT(s.id) AS members, CAST(COALESCE(SUM(s.amount), 0) AS BIGINT) AS paid
    FROM pools AS p
      LEFT JOIN pool_shares AS s ON s.period = p.period AND s.rule = p.rule
    WHERE p.period = :period
    GROUP BY p.rule, p.base_of, p.shared, p.base, p.rate_bp, p.weights ORDER BY p.rule
""")

SHARES = text("""
    SELECT s.rule, m.code, s.member_id, s.weight, s.amount, s.cut
    FROM pool_shares AS s JOIN members AS m ON m.id = s.member_id
    WHERE s.period = :period ORDER BY s.rule, s.weight DESC, s.member_id
""")

SOLD_TOTALS = text("""
    SELECT CAST(COALESCE(SUM(v.own_sales), 0) AS BIGINT) AS sales,
      CAST(COALESCE(SUM(v.own_bonus), 0) AS BIGINT) * p.point_value
        + CAST(COALESCE(SUM(v.fixed_bonus), 0) AS BIGINT) AS bonus
    FROM periods AS p LEFT JOIN volumes AS v ON v.period = p.period
    WHERE p.period = :period GROUP BY p.period, p.point_value
""")

CLOSED = text("SELECT period FROM periods WHERE state = 'closed' ORDER BY period")

# Less what came back while the month was open.
SOLD = text("""
    SELECT s.id, s.sold_on, m.code, s.total - COALESCE(b.amount, 0) AS total,
      (CAST(SUM(l.quantity * l.bonus_value) AS BIGINT) - COALESCE(b.bonus, 0))
        * CASE WHEN s.point_value = 0 THEN COALESCE(p.point_value, 1)
               ELSE s.point_value END AS bonus
    FROM sales AS s LEFT JOIN periods AS p ON p.period = s.period
      JOIN members AS m ON m.id = s.seller_id JOIN sale_lines AS l ON l.sale_id = s.id
      LEFT JOIN (
        SELECT r.sale_id, CAST(SUM(r.amount) AS BIGINT) AS amount,
          CAST(SUM(r.bonus_value) AS BIGINT) AS bonus
        FROM returns AS r WHERE r.period = :period GROUP BY r.sale_id
      ) AS b ON b.sale_id = s.id
    WHERE s.period = :period AND s.status = 'approved' AND s.total > COALESCE(b.amount, 0)
    GROUP BY s.id, s.sold_on, m.code, s.total, s.point_value, p.point_value, b.amount, b.bonus
    ORDER BY s.sold_on, s.id
""")


@dataclass(frozen=True, slots=True)
class PoolTotals:
    """A pool of a month.

    Attributes:
        base: rupiah that the rate is taken of.
        weights: of all who share it.
        members: how many are paid from it.
        paid: rupiah that they get.
    """

    rule: str
    of: PoolBase
    shared: SharedBy
    base: int
    rate_bp: int
    weights: int
    members: int
    paid: int

    @property
    def amount(self) -> int:
        """Rupiah that there are to share."""
        return share(self.base, self.rate_bp)

    def part(
        self, member_id: int, weight: int, amount: int, cut: Literal[CutReason, ""]
    ) -> Credit:
        """Returns a member's part of it."""
        part = PoolPart(self.of, self.shared, weight, self.weights)
        return Credit(member_id, self.rule, COMPANY, 0, self.base, self.rate_bp, amount, cut, part)


@dataclass(frozen=True, slots=True)
class SoldInMonth:
    """A sale that counts for the pools of a month.

    Attributes:
        total: rupiah at the price charged.
        bonus: bonus value in rupiah.
    """

    sale_id: int
    sold_on: str
    seller_code: str
    total: int
    bonus: int


def add(conn: Connection, period: str, credits_: Sequence[Credit]) -> None:
    """Write parts of pools, and the pools that they are of; what was written before stays."""
    found = [(each, each.part) for each in credits_ if each.part is not None]
    pools = {
        each.rule: (period, each.rule, of.of, of.by, each.base, each.rate_bp, of.weights)
        for each, of in found
    }
    bulk.write(conn, ADD, list(pools.values()))
    shares = [
        (period, each.rule, each.member_id, part.weight, each.amount, each.cut)
        for each, part in found
    ]
    bulk.write(conn, ADD_SHARE, shares)


def of_month(conn: Connection, period: str) -> tuple[PoolTotals, ...]:
    """Returns the pools of a month, by the names of their rules."""
    return tuple(PoolTotals(*row) for row in conn.execute(OF_MONTH, {"period": period}))


def shares_of(conn: Connection, period: str) -> list[tuple[str, Credit]]:
    """Returns each part of a month's pools behind the code of its member, the largest first."""
    pools = {pool.rule: pool for pool in of_month(conn, period)}
    return [
        (code, pools[rule].part(member_id, weight, amount, cut))
        for rule, code, member_id, weight, amount, cut in conn.execute(SHARES, {"period": period})
    ]


def sold_in(conn: Connection, period: str) -> list[SoldInMonth]:
    """Returns the approved sales of a month, from which its pools come, by day."""
    return [SoldInMonth(*row) for row in conn.execute(SOLD, {"period": period})]


def audit_closed(conn: Connection) -> list[str]:
    """Returns the same as `audit` for all months that are closed."""
    closed = conn.execute(CLOSED).scalars().all()
    return [fault for period in closed for fault in audit(conn, period)]


def audit(conn: Connection, period: str) -> list[str]:
    """Returns where pools and what they come from disagree, in words for the operator.

    A pool's base is what was sold in the month; each part is the pool times its weight, or cut by
    a known cap; and all parts together are at most the rate of the base.
    """
    pools = {pool.rule: pool for pool in of_month(conn, period)}
    if not pools:
        return []
    sold = conn.execute(SOLD_TOTALS, {"period": period}).one()
    bases: dict[PoolBase, int] = {"sales": sold.sales, "bonus-value": sold.bonus}
    faults = [
        f"the pool {pool.rule} of {period} is based on {pool.base}, but {bases[pool.of]} "
        f"({pool.of}) was sold"
        for pool in pools.values()
        if pool.base != bases[pool.of]
    ]
    weights = dict.fromkeys(pools, 0)
    for code, part in shares_of(conn, period):
        assert part.part is not None, "a share of a pool has a part"
        weights[part.rule] += part.part.weight
        if part.amount != part.whole if not part.cut else part.amount >= part.whole:
            faults.append(
                f"{code} has {part.amount} ({part.cut or 'uncut'}) from the pool {part.rule} of "
                f"{period}, whose part of {part.part.weight} of {part.part.weights} is "
                f"{part.whole}"
            )
        if part.cut and part.cut not in CUTS:
            faults.append(f"{code} has a part of {part.rule} of {period} cut by {part.cut}")
    faults += [
        f"the pool {pool.rule} of {period} is {pool.amount}, but {pool.paid} is paid for "
        f"{weights[pool.rule]} of {pool.weights}"
        for pool in pools.values()
        if weights[pool.rule] > pool.weights or pool.paid > pool.amount
    ]
    return faults[:FAULTS_MAX]
