"""The ledger: a posting moves a positive amount of rupiah from one account to another.

Postings are never changed or deleted; a mistake is reversed by a second posting. A member's
account stores its balance beside the postings, the company's accounts are summed when needed.
Every posting names its one cause: a sale, the month whose credits it pays, a return of goods, or a
payment to the member; each credit names the member whose sales it comes from. Which accounts each
cause moves is in `causes.py`.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant
from bot.store.ledger.causes import PostingCause

__all__ = [
    "BONUS",
    "CUSTOMERS",
    "GOODS",
    "PAYOUTS",
    "Posting",
    "balance",
    "bonus_reference",
    "house_account",
    "post",
    "reverse_goods",
    "reverse_sale",
    "times_reversed",
    "trade_account",
    "wallet",
    "wallet_name",
]

CUSTOMERS = "customers"
"""What customers have paid to sellers."""

GOODS = "goods"
"""What sellers have paid for goods at the member price."""

BONUS = "bonus"
"""What the company has credited to members out of the bonus value of sales."""

PAYOUTS = "payouts"
"""What the company has paid out of the wallets of members."""

OPEN_ACCOUNT = text("""
    INSERT INTO accounts (name, kind, member_id) VALUES (:name, :kind, :member_id)
    ON CONFLICT (name) DO NOTHING
""")

ACCOUNT = text("SELECT id FROM accounts WHERE name = :name")

BALANCE = text("SELECT balance FROM accounts WHERE name = :name")

POST = text("""
    INSERT INTO postings (reference, source_id, destination_id, amount, cause, sale_id, closing,
                          return_id, payout_id, reverses, period, at)
    VALUES (:reference, :source_id, :destination_id, :amount, :cause, :sale_id, :closing,
            :return_id, :payout_id, :reverses, :period, :at)
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

# What a return took from wallets is given back by amounts of its own: see `reversals.py`.
GOODS_OF_RETURN = text("""
    SELECT p.id, p.reference, p.source_id, p.destination_id, p.amount, p.period
    FROM postings AS p
    WHERE p.reference IN (:price, :goods) ORDER BY p.id
""")

TIMES_REVERSED = text("""
    SELECT COUNT(*) FROM postings AS p JOIN accounts AS a ON a.id = p.destination_id
    WHERE p.sale_id = :sale_id AND p.reverses IS NOT NULL AND a.name = 'house:customers'
""")


@dataclass(frozen=True, slots=True)
class Posting:
    """One movement; `reference` is its unique name, `amount` whole rupiah above zero.

    Exactly one of sale, closing, return and payout is its cause.

    Attributes:
        sale_id: the sale that it comes from.
        period: the month it counts in.
        closing: the month whose credits it pays.
        return_id: the return of goods that it comes from.
        payout_id: the payment to a member that it records.
        reverses: the id of the posting that it reverses; None for all others.
    """

    reference: str
    source_id: int
    destination_id: int
    amount: int
    sale_id: int | None
    period: str
    closing: str | None = None
    return_id: int | None = None
    payout_id: int | None = None
    reverses: int | None = None

    @property
    def cause(self) -> PostingCause:
        """What it comes from."""
        if self.sale_id is not None:
            return "sale"
        if self.closing is not None:
            return "closing"
        return "return" if self.return_id is not None else "payout"


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
        "cause": posting.cause,
        "sale_id": posting.sale_id,
        "closing": posting.closing,
        "return_id": posting.return_id,
        "payout_id": posting.payout_id,
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


def reverse_goods(conn: Connection, return_id: int, at: datetime) -> int:
    """Reverse the price and the goods of a return; returns how many postings that were."""
    names = {name: f"return:{return_id}:{name}" for name in ("price", "goods")}
    rows = conn.execute(GOODS_OF_RETURN, names).all()
    for row in rows:
        reversal = Posting(
            reference=f"{row.reference}:reversed",
            source_id=row.destination_id,
            destination_id=row.source_id,
            amount=row.amount,
            sale_id=None,
            period=row.period,
            return_id=return_id,
            reverses=row.id,
        )
        post(conn, reversal, at)
    return len(rows)


def times_reversed(conn: Connection, sale_id: int) -> int:
    """Returns how often the postings of a sale have been reversed."""
    found: int = conn.execute(TIMES_REVERSED, {"sale_id": sale_id}).scalar_one()
    return found


def _account(conn: Connection, name: str, kind: str, member_id: int | None) -> int:
    found: int | None = conn.execute(ACCOUNT, {"name": name}).scalar()
    if found is None:
        row = {"name": name, "kind": kind, "member_id": member_id}
        conn.execute(OPEN_ACCOUNT, row)
        found = conn.execute(ACCOUNT, {"name": name}).scalar_one()
    return found
