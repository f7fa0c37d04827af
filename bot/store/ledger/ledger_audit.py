"""Whether balances, sales, credits and postings of the ledger agree."""

from sqlalchemy import Connection, bindparam, text

from bot.core.plans.values import CUTS
from bot.store.db.types import Big, Words
from bot.store.ledger import posting_audit

__all__ = ["audit", "audit_credits"]

UNBALANCED = text("""
    SELECT a.name, a.balance, CAST(coalesce(i.amount, 0) - coalesce(o.amount, 0) AS BIGINT) AS sum
    FROM accounts AS a
      LEFT JOIN (SELECT destination_id AS id, sum(amount) AS amount FROM postings
                 GROUP BY destination_id) AS i ON i.id = a.id
      LEFT JOIN (SELECT source_id AS id, sum(amount) AS amount FROM postings
                 GROUP BY source_id) AS o ON o.id = a.id
    WHERE a.kind <> 'house' AND a.balance <> coalesce(i.amount, 0) - coalesce(o.amount, 0)
    ORDER BY a.name
""")

# Grouped by seller: a million sellers are looked up faster than each of their credits.
GROUNDLESS_SOURCES = text("""
    SELECT s.source_id
    FROM (SELECT c.source_id, MIN(c.base) AS least, MAX(c.base) AS most,
            MAX(CASE WHEN c.cut = '' AND c.amount = c.base * c.rate_bp / 10000 THEN 0
                     WHEN c.cut IN :cuts
                       AND c.amount < c.base * c.rate_bp / 10000 THEN 0
                     ELSE 1 END) AS wrong
          FROM credits AS c WHERE c.period = :period GROUP BY c.source_id) AS s
      JOIN periods AS p ON p.period = :period
      LEFT JOIN volumes AS v ON v.member_id = s.source_id AND v.period = :period
    WHERE s.wrong = 1 OR s.least <> s.most OR s.least
        <> COALESCE(v.own_bonus, 0) * p.point_value + COALESCE(v.fixed_bonus, 0)
      OR COALESCE(v.own_sales, 0) <= 0
    ORDER BY s.source_id LIMIT 100
""").bindparams(bindparam("cuts", CUTS, expanding=True, type_=Words))

GROUNDLESS = text("""
    SELECT c.id, c.source_id, c.base, c.rate_bp, c.amount, c.cut
    FROM credits AS c
      JOIN periods AS p ON p.period = c.period
      LEFT JOIN volumes AS v ON v.member_id = c.source_id AND v.period = c.period
    WHERE c.period = :period AND c.source_id IN :sources
      AND (c.base <> COALESCE(v.own_bonus, 0) * p.point_value + COALESCE(v.fixed_bonus, 0)
        OR COALESCE(v.own_sales, 0) <= 0
        OR (c.cut = '' AND c.amount <> c.base * c.rate_bp / 10000)
        OR (c.cut <> '' AND c.amount >= c.base * c.rate_bp / 10000)
        OR (c.cut <> '' AND c.cut NOT IN :cuts))
    ORDER BY c.id LIMIT 100
""").bindparams(
    bindparam("sources", expanding=True, type_=Big),
    bindparam("cuts", CUTS, expanding=True, type_=Words),
)

MISPOSTED = text("""
    SELECT both_sides.member_id, CAST(SUM(both_sides.credited) AS BIGINT) AS credited,
      CAST(SUM(both_sides.posted) AS BIGINT) AS posted
    FROM (
      SELECT member_id, amount AS credited, 0 AS posted FROM credits WHERE period = :period
      UNION ALL
      SELECT member_id, amount, 0 FROM pool_shares WHERE period = :period
      UNION ALL
      SELECT a.member_id, 0, p.amount
      FROM postings AS p JOIN accounts AS a ON a.id = p.destination_id
      WHERE p.closing = :period AND p.reverses IS NULL
    ) AS both_sides
    GROUP BY both_sides.member_id
    HAVING SUM(both_sides.credited) <> SUM(both_sides.posted)
    ORDER BY both_sides.member_id LIMIT 100
""")

CLOSED = text("SELECT period FROM periods WHERE state = 'closed' ORDER BY period")

FAULTS_MAX = 100


def audit(conn: Connection) -> list[str]:
    """Returns the faults of the ledger, a sentence each for the operator."""
    faults = [
        f"account {row.name}: balance {row.balance}, but its postings come to {row.sum}"
        for row in conn.execute(UNBALANCED)
    ]
    faults += posting_audit.faults(conn)
    for period in conn.execute(CLOSED).scalars().all():
        faults += audit_credits(conn, period)
    return faults


def audit_credits(conn: Connection, period: str) -> list[str]:
    """Returns the credits of a month that disagree with sales or postings, a sentence each."""
    wanted = {"period": period}
    sources = conn.execute(GROUNDLESS_SOURCES, wanted).scalars().all()
    groundless = conn.execute(GROUNDLESS, {**wanted, "sources": sources}) if sources else ()
    faults = [
        f"credit {row.id} of {period}: {row.amount} ({row.cut or 'uncut'}) is not "
        f"{row.rate_bp} basis points of {row.base}, or member {row.source_id} did not sell for "
        "that bonus value"
        for row in groundless
    ]
    faults += [
        f"member {row.member_id}: the credits of {period} come to {row.credited}, but "
        f"{row.posted} is posted"
        for row in conn.execute(MISPOSTED, wanted)
    ]
    return faults[:FAULTS_MAX]
