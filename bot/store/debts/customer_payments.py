"""Money that customers gave a seller, as she noted it; never an entry in the company's books."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, Row, bindparam, text

from bot.core.sales.payment_note import Means
from bot.core.sales.sales import receipt_number
from bot.store.db.types import Big, Instant

__all__ = [
    "NotedPayment",
    "add",
    "by_id",
    "by_reference",
    "forget",
    "last_of",
    "latest_of",
    "undo",
]

MEANS: Final[dict[str, Means]] = {"cash": "cash", "qris": "qris", "transfer": "transfer"}


@dataclass(frozen=True, slots=True)
class NotedPayment:
    """A payment that was noted and not undone.

    Attributes:
        customer_id: who paid; the kept row of a customer who was put together with another.
        name: as the seller typed it.
        receipt: of the sale that it pays; empty if it pays the oldest debt first.
        amount: in rupiah.
        means: None if nobody said.
    """

    id: int
    customer_id: int
    name: str
    receipt: str
    amount: int
    means: Means | None
    paid_on: date


ADD_PAYMENT = text("""
    INSERT INTO customer_payments (customer_id, sale_id, reference, amount, means, paid_on,
                                   noted_at)
    VALUES (:customer_id, :sale_id, :reference, :amount, :means, :paid_on, :at)
    ON CONFLICT (reference) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))

PAYMENT: Final = """
    SELECT p.id, k.id AS customer_id, k.name, coalesce(s.id, 0) AS sale_id, p.amount, p.means,
      p.paid_on
    FROM customers AS c
      JOIN customer_payments AS p ON p.customer_id = c.id
      LEFT JOIN sales AS s ON s.id = p.sale_id
      LEFT JOIN merged_customers AS m ON m.customer_id = coalesce(s.customer_id, p.customer_id)
      JOIN customers AS k ON k.id = coalesce(m.kept_id, s.customer_id, p.customer_id)
    WHERE c.member_id = :member_id"""

BY_PAYMENT_REFERENCE = text(f"{PAYMENT} AND p.reference = :reference")

PAYMENT_BY_ID = text(f"{PAYMENT} AND p.undone_at IS NULL AND p.id = :id")

LAST_OF_SELLER = text(f"""{PAYMENT} AND p.undone_at IS NULL
    ORDER BY p.id DESC LIMIT 1""")

# What is forgotten with a customer; the sales stay, and nothing is owed of them.
FORGET_PAYMENTS_OF = text("""
    DELETE FROM customer_payments
    WHERE sale_id IN (SELECT s.id FROM sales AS s WHERE s.customer_id IN :ids)
      OR (customer_id IN :ids AND NOT EXISTS (
        SELECT 1 FROM sales AS s
        WHERE s.id = customer_payments.sale_id AND s.customer_id IS NOT NULL))
""").bindparams(bindparam("ids", expanding=True, type_=Big))

FORGET_NOTES_OF = text("""
    DELETE FROM payment_notes
    WHERE sale_id IN (SELECT s.id FROM sales AS s WHERE s.customer_id IN :ids)
""").bindparams(bindparam("ids", expanding=True, type_=Big))

# All that may belong to one customer: noted under any row, or for a sale that names any row.
OF_ROWS: Final = """p.id IN (
      SELECT a.id FROM customer_payments AS a WHERE a.customer_id IN (
        SELECT :customer_id UNION SELECT g.customer_id FROM merged_customers AS g
        WHERE g.kept_id = :customer_id)
      UNION
      SELECT b.id FROM sales AS t JOIN customer_payments AS b ON b.sale_id = t.id
      WHERE t.customer_id IN (
        SELECT :customer_id UNION SELECT g.customer_id FROM merged_customers AS g
        WHERE g.kept_id = :customer_id))"""

# A payment for a sale belongs to the customer whom the sale names now.
LATEST_OF_CUSTOMER = text(f"""{PAYMENT} AND p.undone_at IS NULL AND {OF_ROWS}
      AND coalesce(m.kept_id, s.customer_id, p.customer_id) = :customer_id
    ORDER BY p.id DESC LIMIT :limit""")

UNDO = text("""
    UPDATE customer_payments SET undone_at = :at
    WHERE id = :id AND undone_at IS NULL
      AND customer_id IN (SELECT c.id FROM customers AS c WHERE c.member_id = :member_id)
""").bindparams(bindparam("at", type_=Instant))


def add(
    conn: Connection,
    customer_id: int,
    amount: int,
    *,
    reference: str,
    sale_id: int | None,
    means: Means | None,
    paid_on: date,
    at: datetime,
) -> None:
    """Note a payment, in rupiah, unless the reference has been used before."""
    row = {
        "customer_id": customer_id,
        "sale_id": sale_id,
        "reference": reference,
        "amount": amount,
        "means": means or "",
        "paid_on": paid_on.isoformat(),
        "at": at,
    }
    conn.execute(ADD_PAYMENT, row)


def by_reference(conn: Connection, member_id: int, reference: str) -> NotedPayment | None:
    """Returns the seller's payment that was noted under this reference, also an undone one."""
    wanted = {"member_id": member_id, "reference": reference}
    row = conn.execute(BY_PAYMENT_REFERENCE, wanted).one_or_none()
    return None if row is None else _payment(row)


def by_id(conn: Connection, member_id: int, payment_id: int) -> NotedPayment | None:
    """Returns a payment of the seller that counts."""
    row = conn.execute(PAYMENT_BY_ID, {"member_id": member_id, "id": payment_id}).one_or_none()
    return None if row is None else _payment(row)


def last_of(conn: Connection, member_id: int) -> NotedPayment | None:
    """Returns the payment that the seller noted last; None if none stands."""
    row = conn.execute(LAST_OF_SELLER, {"member_id": member_id}).one_or_none()
    return None if row is None else _payment(row)


def latest_of(
    conn: Connection, member_id: int, customer_id: int, limit: int
) -> list[NotedPayment]:
    """Returns what a customer paid, the latest first.

    `customer_id` is the kept row of customers who were put together.
    """
    wanted = {"member_id": member_id, "customer_id": customer_id, "limit": limit}
    return [_payment(row) for row in conn.execute(LATEST_OF_CUSTOMER, wanted)]


def undo(conn: Connection, member_id: int, payment_id: int, at: datetime) -> bool:
    """Let a payment of the seller not count; returns False if that was done, or it is not hers."""
    wanted = {"member_id": member_id, "id": payment_id, "at": at}
    return conn.execute(UNDO, wanted).rowcount == 1


def forget(conn: Connection, ids: Sequence[int]) -> None:
    """Forget what the customers of these rows paid and owe; the sales themselves stay."""
    for statement in (FORGET_PAYMENTS_OF, FORGET_NOTES_OF):
        conn.execute(statement, {"ids": list(ids)})


def _payment(row: Row[tuple[object, ...]]) -> NotedPayment:
    return NotedPayment(
        id=row.id,
        customer_id=row.customer_id,
        name=row.name,
        receipt=receipt_number(row.sale_id) if row.sale_id else "",
        amount=row.amount,
        means=MEANS.get(row.means),
        paid_on=date.fromisoformat(row.paid_on),
    )
