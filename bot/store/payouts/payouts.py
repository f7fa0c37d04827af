"""Payouts: what the company has paid to a member, and the reversal of a wrong one."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant
from bot.store.ledger import ledger
from bot.store.payouts import takeable

__all__ = [
    "NewPayout",
    "Payout",
    "count_of",
    "find",
    "last_of",
    "of_member",
    "record",
    "reverse",
]

RECORD = text("""
    INSERT INTO payouts (reference, member_id, amount, paid_on, bank_reference, list_id,
                         recorded_at, recorded_by)
    VALUES (:reference, :member_id, :amount, :paid_on, :bank_reference, :list_id, :at, :by)
    RETURNING id
""").bindparams(bindparam("at", type_=Instant))

FIND = text("""
    SELECT p.id, p.member_id, m.code, m.name, m.user_id, p.amount, p.paid_on, p.bank_reference,
      p.list_id, p.recorded_at, p.recorded_by, v.at AS reversed_at, v.reason
    FROM payouts AS p JOIN members AS m ON m.id = p.member_id
      LEFT JOIN payout_reversals AS v ON v.payout_id = p.id
    WHERE p.id = :id
""").columns(recorded_at=Instant, reversed_at=Instant)

OF_MEMBER = text("""
    SELECT p.id, p.member_id, m.code, m.name, m.user_id, p.amount, p.paid_on, p.bank_reference,
      p.list_id, p.recorded_at, p.recorded_by, v.at AS reversed_at, v.reason
    FROM payouts AS p JOIN members AS m ON m.id = p.member_id
      LEFT JOIN payout_reversals AS v ON v.payout_id = p.id
    WHERE p.member_id = :member_id
    ORDER BY p.id DESC LIMIT :rows OFFSET :skip
""").columns(recorded_at=Instant, reversed_at=Instant)

LAST_OF = text("""
    SELECT p.amount, p.paid_on FROM payouts AS p
    WHERE p.member_id = :member_id
      AND NOT EXISTS (SELECT 1 FROM payout_reversals AS v WHERE v.payout_id = p.id)
    ORDER BY p.paid_on DESC, p.id DESC LIMIT 1
""")

COUNT_OF = text("SELECT COUNT(*) FROM payouts WHERE member_id = :member_id")

BY_REFERENCE = text("SELECT id FROM payouts WHERE reference = :reference")

REVERSE = text("""
    INSERT INTO payout_reversals (payout_id, reason, at, by) VALUES (:id, :reason, :at, :by)
    ON CONFLICT (payout_id) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))

POSTED = text("""
    SELECT id, source_id, destination_id, amount, period FROM postings
    WHERE payout_id = :id AND reverses IS NULL
""")


@dataclass(frozen=True, slots=True)
class NewPayout:
    """A payment to be recorded.

    Attributes:
        reference: its unique name.
        amount: rupiah above zero.
        paid_on: the day of the payment, as YYYY-MM-DD.
        bank_reference: of the bank; empty if there is none.
        by: the admin's account; None for the operator.
        list_id: the list it was paid by, or None.
    """

    reference: str
    member_id: int
    amount: int
    paid_on: str
    bank_reference: str
    by: int | None
    list_id: int | None = None


@dataclass(frozen=True, slots=True)
class Recording:
    """What became of a payment that was to be recorded.

    Attributes:
        payout_id: its number; None if it was more than could be taken.
        left: rupiah that can be taken now.
        again: whether it was recorded before.
    """

    payout_id: int | None
    left: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class Payout:
    """A payment as it was recorded.

    Attributes:
        code: the member's.
        name: the member's, in full.
        user_id: the member's Telegram account, or None.
        amount: rupiah.
        paid_on: the day of the payment, as YYYY-MM-DD.
        list_id: the list it was paid by, or None.
        recorded_by: the admin's account; None for the operator.
        reversed_at: when it was reversed, or None.
        reason: why; None while it stands.
    """

    id: int
    member_id: int
    code: str
    name: str
    user_id: int | None
    amount: int
    paid_on: str
    bank_reference: str
    list_id: int | None
    recorded_at: datetime
    recorded_by: int | None
    reversed_at: datetime | None
    reason: str | None


def record(conn: Connection, new: NewPayout, today: date, at: datetime) -> Recording:
    """Record a payment and take it out of the wallet, unless that holds too little by now.

    On a server another payment to the member waits until this transaction ends. A reference that
    is recorded already changes nothing, also if that payment was reversed.
    """
    takeable.lock(conn, new.member_id)
    can = takeable.takeable(conn, new.member_id, today).amount
    known: int | None = conn.execute(BY_REFERENCE, {"reference": new.reference}).scalar()
    if known is not None:
        return Recording(known, can, again=True)
    if new.amount > can:
        return Recording(None, can)
    row = {
        "reference": new.reference,
        "member_id": new.member_id,
        "amount": new.amount,
        "paid_on": new.paid_on,
        "bank_reference": new.bank_reference,
        "list_id": new.list_id,
        "at": at,
        "by": new.by,
    }
    payout_id: int = conn.execute(RECORD, row).scalar_one()
    posting = ledger.Posting(
        f"payout:{payout_id}",
        ledger.wallet(conn, new.member_id),
        ledger.house_account(conn, ledger.PAYOUTS),
        new.amount,
        None,
        new.paid_on[:7],
        payout_id=payout_id,
    )
    written = ledger.post(conn, posting, at)
    assert written, "the id of the payout is new"
    return Recording(payout_id, can - new.amount)


def reverse(conn: Connection, payout_id: int, reason: str, by: int | None, at: datetime) -> bool:
    """Put a wrong payment back into the wallet; returns False if it was reversed before."""
    row = {"id": payout_id, "reason": reason, "at": at, "by": by}
    if conn.execute(REVERSE, row).rowcount != 1:
        return False
    posted = conn.execute(POSTED, {"id": payout_id}).one()
    reversal = ledger.Posting(
        f"payout:{payout_id}:reversed",
        posted.destination_id,
        posted.source_id,
        posted.amount,
        None,
        posted.period,
        payout_id=payout_id,
        reverses=posted.id,
    )
    return ledger.post(conn, reversal, at)


def find(conn: Connection, payout_id: int) -> Payout | None:
    """Returns the payment with this id."""
    row = conn.execute(FIND, {"id": payout_id}).one_or_none()
    return None if row is None else Payout(*row)


def of_member(conn: Connection, member_id: int, *, rows: int, skip: int = 0) -> list[Payout]:
    """Returns a part of the payments to a member, the newest first."""
    wanted = {"member_id": member_id, "rows": rows, "skip": skip}
    return [Payout(*row) for row in conn.execute(OF_MEMBER, wanted)]


def last_of(conn: Connection, member_id: int) -> tuple[int, str] | None:
    """Returns rupiah and day of the last payment to a member that stands; None before one."""
    row = conn.execute(LAST_OF, {"member_id": member_id}).first()
    return None if row is None else (row.amount, row.paid_on)


def count_of(conn: Connection, member_id: int) -> int:
    """Returns how many payments to a member are recorded, reversed ones included."""
    found: int = conn.execute(COUNT_OF, {"member_id": member_id}).scalar_one()
    return found
