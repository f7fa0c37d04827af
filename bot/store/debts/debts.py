"""What customers owe a seller by her own notes; the company's books know nothing of it.

Customers who were put together count as one, also where a sale of a closed month still names the
other row. A payment for a sale belongs to the customer whom the sale names now.
"""

from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from sqlalchemy import Connection, text

from bot.core.debts.debts import NotedSale, outstanding
from bot.core.sales.sales import receipt_number
from bot.store.debts import noted_sales
from bot.store.debts.noted_sales import Noted, NotedRow

__all__ = ["Account", "Owed", "account_of", "language_of", "left_of", "owed_by"]


@dataclass(frozen=True, slots=True)
class Owed:
    """What is left to be paid of one sale.

    Attributes:
        customer_id: the kept row of a customer who was put together with another.
        name: as the seller typed it.
        receipt: the number of the sale as people see it, `S-1023`.
        amount: in rupiah, above zero.
        due_on: the day that was agreed; None if none was said.
    """

    customer_id: int
    name: str
    sale_id: int
    receipt: str
    sold_on: date
    amount: int
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Account:
    """What one customer owes, the oldest sale first, and rupiah paid that nothing took up."""

    owed: tuple[Owed, ...]
    over: int

    @property
    def total(self) -> int:
        """What the customer owes in all, in rupiah."""
        return sum(each.amount for each in self.owed)

    def left_of(self, sale_id: int) -> int:
        """Returns what is owed of one sale, in rupiah."""
        return sum(each.amount for each in self.owed if each.sale_id == sale_id)


CUSTOMER_OF = text("""
    SELECT coalesce(g.kept_id, s.customer_id)
    FROM sales AS s LEFT JOIN merged_customers AS g ON g.customer_id = s.customer_id
    WHERE s.id = :sale_id AND s.seller_id = :member_id
""")

LANGUAGE = text("SELECT language FROM customer_details WHERE customer_id = :customer_id")


def owed_by(conn: Connection, member_id: int) -> list[Owed]:
    """Returns what is owed to a seller, the oldest sale first."""
    noted = noted_sales.of_all(conn, member_id)
    owed = [each for customer in noted for each in _account(customer).owed]
    return sorted(owed, key=attrgetter("sold_on", "sale_id"))


def account_of(conn: Connection, member_id: int, customer_id: int, *, without: int = 0) -> Account:
    """Returns what a customer owes the seller; nothing of a customer who is another seller's.

    Args:
        conn: the database.
        member_id: the seller.
        customer_id: the kept row of customers who were put together.
        without: a payment that is left out; 0 for none.
    """
    return _account(noted_sales.of_one(conn, member_id, customer_id, without))


def left_of(conn: Connection, member_id: int, sale_id: int) -> int:
    """Returns what is owed of a sale of the seller, in rupiah; 0 of any other sale."""
    wanted = {"member_id": member_id, "sale_id": sale_id}
    customer_id = conn.execute(CUSTOMER_OF, wanted).scalar_one_or_none()
    return 0 if customer_id is None else account_of(conn, member_id, customer_id).left_of(sale_id)


def language_of(conn: Connection, customer_id: int) -> str:
    """Returns the language of a customer as the seller noted it; empty if she did not."""
    row = conn.execute(LANGUAGE, {"customer_id": customer_id}).one_or_none()
    return "" if row is None else str(row.language)


def _account(noted: Noted) -> Account:
    by_id = {row.sale_id: row for row in noted.sales}
    standing = outstanding(map(_noted, noted.sales), noted.loose)
    owed = tuple(_owed(by_id[sale_id], amount) for sale_id, amount in standing.left)
    return Account(owed, standing.over)


def _noted(row: NotedRow) -> NotedSale:
    return NotedSale(
        sale_id=row.sale_id,
        day=row.sold_on,
        counts=row.status in {"waiting", "approved"},
        on_credit=row.in_full == "no" or (row.in_full == "" and row.deposit > 0),
        total=row.total,
        deposit=row.deposit,
        paid=row.paid,
        back=row.back,
        refund=row.refund,
    )


def _owed(row: NotedRow, amount: int) -> Owed:
    return Owed(
        customer_id=row.customer_id,
        name=row.name,
        sale_id=row.sale_id,
        receipt=receipt_number(row.sale_id),
        sold_on=date.fromisoformat(row.sold_on),
        amount=amount,
        due_on=date.fromisoformat(row.due_on) if row.due_on else None,
    )
