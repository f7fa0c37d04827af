"""What a seller noted about the payment of her own sale; nobody else sees it."""

from datetime import date, datetime

from sqlalchemy import Connection, bindparam, text

from bot.core.sales.payment_note import NOT_STATED, Means, Payment
from bot.store.db.types import Instant

__all__ = ["note", "of_sale"]

IN_FULL = {None: "", True: "yes", False: "no"}
STATED = {stored: in_full for in_full, stored in IN_FULL.items()}
MEANS: tuple[Means, ...] = ("cash", "qris", "transfer")

NOTE = text("""
    INSERT INTO payment_notes (sale_id, in_full, deposit, means, due_on, noted_at)
    VALUES (:sale_id, :in_full, :deposit, :means, :due_on, :at)
    ON CONFLICT (sale_id) DO UPDATE SET
      in_full = excluded.in_full, deposit = excluded.deposit, means = excluded.means,
      due_on = excluded.due_on, noted_at = excluded.noted_at
""").bindparams(bindparam("at", type_=Instant))

OF_SALE = text("""
    SELECT in_full, deposit, means, due_on FROM payment_notes WHERE sale_id = :sale_id
""")


def note(conn: Connection, sale_id: int, payment: Payment, at: datetime) -> None:
    """Keep the note on a sale instead of an earlier one."""
    row = {
        "sale_id": sale_id,
        "in_full": IN_FULL[payment.in_full],
        "deposit": payment.deposit,
        "means": ",".join(payment.means),
        "due_on": "" if payment.due_on is None else payment.due_on.isoformat(),
        "at": at,
    }
    conn.execute(NOTE, row)


def of_sale(conn: Connection, sale_id: int) -> Payment:
    """Returns the note on a sale; `NOT_STATED` if there is none."""
    row = conn.execute(OF_SALE, {"sale_id": sale_id}).one_or_none()
    if row is None:
        return NOT_STATED
    kept = row.means.split(",")
    means = tuple(each for each in MEANS if each in kept)
    due_on = date.fromisoformat(row.due_on) if row.due_on else None
    return Payment(STATED[row.in_full], row.deposit, means, due_on)
