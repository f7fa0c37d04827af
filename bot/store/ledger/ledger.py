"""The ledger: a posting moves a positive amount of rupiah from one account to another.

Postings are never changed or deleted; a mistake is reversed by a second posting. A member's
account stores its balance beside the postings, the company's accounts are summed when needed.
Every posting names its cause: a sale, or the month whose credits it pays out; each credit names
the member whose sales it comes from.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.core.plans.values import CUTS
from bot.store.db.types import Big, Instant, Words

__all__ = [
    "BONUS",
    "CUSTOMERS",
    "GOODS",
    "Posting",
    "audit",
    "audit_credits",
    "balance",
    "bonus_reference",
    "house_account",
    "post",
    "reverse_sale",
    "trade_account",
    "wallet",
    "wallet_name",
    "without_sales",
]

CUSTOMERS = "customers"
"""What customers have paid to sellers."""

GOODS = "goods"
"""What sellers have paid for goods at the member price."""

BONUS = "bonus"
"""What the company has paid to members out of the bonus value of sales."""

OPEN_ACCOUNT = text("""
    INSERT INTO accounts (name, kind, member_id) VALUES (:name, :kind, :member_id)
    ON CONFLICT (name) DO NOTHING
""")

ACCOUNT = text("SELECT id FROM accounts WHERE name = :name")

BALANCE = text("SELECT balance FROM accounts WHERE name = :name")

POST = text("""
    INSERT INTO postings (reference, source_id, destination_id, amount, sale_id, closing, reverses,
                          period, at)
    VALUES (:reference, :source_id, :destination_id, :amount, :sale_id, :closing, :reverses,
            :period, :at)
    ON CONFLICT (reference) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))

MOVE = text("""
    UPDATE accounts SET balance = balance + :amount WHERE id = :id AND kind <> 'house'
""")

OF_SALE = text("""
    SELECT p.id, p.reference, p.source_id, p.destination_id, p.amount, p.period
    FROM postings AS p
    WHERE p.sale_id = :sale_id AND p.reverses IS NULL
      AND NOT EXISTS (SELECT 1 FROM postings AS r WHERE r.reverses = p.id)
    ORDER BY p.id
""")

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

UNEXPLAINED = text(r"""
    SELECT s.id, s.status, CAST(coalesce(sum(
             CASE WHEN p.destination_id = t.id THEN p.amount
                  WHEN p.source_id = t.id THEN -p.amount ELSE 0 END), 0) AS BIGINT) AS posted,
      s.total - s.goods AS profit
    FROM sales AS s
      LEFT JOIN accounts AS t ON t.name = 'member:' || s.seller_id || '\:trade'
      LEFT JOIN postings AS p ON p.sale_id = s.id
    GROUP BY s.id, s.status, s.total, s.goods
    HAVING coalesce(sum(CASE WHEN p.destination_id = t.id THEN p.amount
                             WHEN p.source_id = t.id THEN -p.amount ELSE 0 END), 0)
      <> CASE WHEN s.status = 'approved' THEN s.total - s.goods ELSE 0 END
    ORDER BY s.id
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
    WHERE s.wrong = 1 OR s.least <> s.most OR s.least <> COALESCE(v.own_bonus, 0) * p.point_value
      OR COALESCE(v.own_sales, 0) <= 0
    ORDER BY s.source_id LIMIT 100
""").bindparams(bindparam("cuts", CUTS, expanding=True, type_=Words))

GROUNDLESS = text("""
    SELECT c.id, c.source_id, c.base, c.rate_bp, c.amount, c.cut
    FROM credits AS c
      JOIN periods AS p ON p.period = c.period
      LEFT JOIN volumes AS v ON v.member_id = c.source_id AND v.period = c.period
    WHERE c.period = :period AND c.source_id IN :sources
      AND (c.base <> COALESCE(v.own_bonus, 0) * p.point_value
        OR COALESCE(v.own_sales, 0) <= 0
        OR (c.cut = '' AND c.amount <> c.base * c.rate_bp / 10000)
        OR (c.cut <> '' AND c.amount >= c.base * c.rate_bp / 10000)
        OR (c.cut <> '' AND c.cut NOT IN :cuts))
    ORDER BY c.id LIMIT 100
""").bindparams(
    bindparam("sources", expanding=True, type_=Big),
    bindparam("cuts", CUTS, expanding=True, type_=Words),
)

# A credit without a sale behind it could only have been paid for recruiting.
WITHOUT_SALES = text("""
    SELECT CAST(COALESCE(SUM(s.amount), 0) AS BIGINT) AS amount
    FROM (SELECT c.period, c.source_id, SUM(c.amount) AS amount FROM credits AS c
          GROUP BY c.period, c.source_id) AS s
      JOIN periods AS p ON p.period = s.period
      LEFT JOIN volumes AS v ON v.member_id = s.source_id AND v.period = s.period
    WHERE p.state = 'closed' AND COALESCE(v.own_sales, 0) <= 0
""")

MISPOSTED = text("""
    SELECT both_sides.member_id, CAST(SUM(both_sides.credited) AS BIGINT) AS credited,
      CAST(SUM(both_sides.posted) AS BIGINT) AS posted
    FROM (
      SELECT member_id, amount AS credited, 0 AS posted FROM credits WHERE period = :period
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


@dataclass(frozen=True, slots=True)
class Posting:
    """One movement; `reference` is its unique name, `amount` whole rupiah above zero.

    Attributes:
        sale_id: the sale that it comes from; None for one that pays out a month.
        period: the month it counts in.
        closing: the month whose credits it pays out; None for one that comes from a sale.
        reverses: the id of the posting that it reverses; None for all others.
    """

    reference: str
    source_id: int
    destination_id: int
    amount: int
    sale_id: int | None
    period: str
    closing: str | None = None
    reverses: int | None = None


def house_account(conn: Connection, name: str) -> int:
    """Returns the id of the company's account of this name, opened when first used."""
    return _account(conn, f"house:{name}", "house", None)


def trade_account(conn: Connection, member_id: int) -> int:
    """Returns the id of a member's trade account: sales in, goods out, so retail profit."""
    return _account(conn, f"member:{member_id}:trade", "trade", member_id)


def wallet(conn: Connection, member_id: int) -> int:
    """Returns the id of the account that receives a member's bonuses."""
    return _account(conn, wallet_name(member_id), "wallet", member_id)


def wallet_name(member_id: int) -> str:
    """Returns the name of the account that receives a member's bonuses."""
    return f"member:{member_id}:wallet"


def bonus_reference(period: str, member_id: int) -> str:
    """Returns the reference of the posting that pays a member the bonuses of a month."""
    return f"bonus:{period}:{member_id}"


def balance(conn: Connection, name: str) -> int:
    """Returns the balance of a member's account in rupiah; 0 where it was never used."""
    found: int | None = conn.execute(BALANCE, {"name": name}).scalar()
    return found or 0


def post(conn: Connection, posting: Posting, at: datetime) -> bool:
    """Write a posting and move the balances; False where it was written before."""
    row = {
        "reference": posting.reference,
        "source_id": posting.source_id,
        "destination_id": posting.destination_id,
        "amount": posting.amount,
        "sale_id": posting.sale_id,
        "closing": posting.closing,
        "reverses": posting.reverses,
        "period": posting.period,
        "at": at,
    }
    if conn.execute(POST, row).rowcount != 1:
        return False
    # In the order of the accounts, so that two transactions cannot wait for each other.
    moves = sorted(
        [(posting.source_id, -posting.amount), (posting.destination_id, posting.amount)]
    )
    conn.execute(MOVE, [{"id": account, "amount": amount} for account, amount in moves])
    return True


def reverse_sale(conn: Connection, sale_id: int, at: datetime) -> int:
    """Reverse all postings of a sale that are not reversed yet; returns how many."""
    rows = conn.execute(OF_SALE, {"sale_id": sale_id}).all()
    for row in rows:
        reversal = Posting(
            reference=f"{row.reference}:reversed",
            source_id=row.destination_id,
            destination_id=row.source_id,
            amount=row.amount,
            sale_id=sale_id,
            period=row.period,
            reverses=row.id,
        )
        post(conn, reversal, at)
    return len(rows)


def audit(conn: Connection) -> list[str]:
    """Returns the faults of the ledger, a sentence each for the operator."""
    faults = [
        f"account {row.name}: balance {row.balance}, but its postings come to {row.sum}"
        for row in conn.execute(UNBALANCED)
    ]
    faults += [
        f"sale {row.id} ({row.status}): its postings leave {row.posted}, not {row.profit}"
        for row in conn.execute(UNEXPLAINED)
    ]
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


def without_sales(conn: Connection) -> int:
    """Returns the rupiah of bonuses of closed months without a sale behind them; it must be 0."""
    found: int = conn.execute(WITHOUT_SALES).scalar_one()
    return found


def _account(conn: Connection, name: str, kind: str, member_id: int | None) -> int:
    found: int | None = conn.execute(ACCOUNT, {"name": name}).scalar()
    if found is None:
        row = {"name": name, "kind": kind, "member_id": member_id}
        conn.execute(OPEN_ACCOUNT, row)
        found = conn.execute(ACCOUNT, {"name": name}).scalar_one()
    return found
