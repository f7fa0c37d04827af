"""What was sold, by whom and to whom, and what the office decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.core.sales.sales import SaleLine, Totals
from bot.store.db.types import Instant

__all__ = [
    "Sale",
    "SaleLineRow",
    "add",
    "add_lines",
    "by_id",
    "by_reference",
    "latest_of",
    "lines_of",
    "lock",
    "set_status",
    "waiting",
    "waiting_count",
    "waiting_for",
    "waiting_in",
    "waiting_of",
]


@dataclass(frozen=True, slots=True)
class Sale:
    """A sale with the names that a reader wants to see.

    Attributes:
        reference: unique; of the conversation or the seed that entered the sale.
        customer_id: None for own use.
        sold_on: YYYY-MM-DD.
        period: the month (YYYY-MM) in which the sale counts.
        total: what the customer pays, in rupiah.
        goods: the member price of the goods, in rupiah.
        bonus_value: in rupiah.
        photo_id: Telegram's file id of the proof; empty if there is none.
        photo_key: Telegram's unique id of the proof; empty if there is none.
        version: counts the states of the sale, from 1; raised when the seller changes it.
        point_value: rupiah of its own unit of bonus value; 0 for the unit of `period`.
        seller_phone: see `Member.phone`.
        customer: the customer's name; None for own use.
    """

    id: int
    reference: str
    seller_id: int
    customer_id: int | None
    sold_on: str
    period: str
    status: str
    total: int
    goods: int
    points: int
    bonus_value: int
    invoice: str
    photo_id: str
    photo_key: str
    photo_kind: str
    logged_at: datetime
    version: int
    point_value: int
    seller_name: str
    seller_code: str
    seller_phone: str
    customer: str | None


@dataclass(frozen=True, slots=True)
class SaleLineRow:
    """A line of a sale: the amount in all and the member price of one piece, in rupiah.

    Points and bonus value (rupiah) are those of one piece.
    """

    product_id: int
    name: str
    quantity: int
    amount: int
    member_price: int
    points: int
    bonus_value: int


ADD = text("""
    INSERT INTO sales (reference, seller_id, customer_id, sold_on, period, status, total, goods,
                       points, bonus_value, invoice, photo_id, photo_key, photo_kind,
                       logged_at)
    VALUES (:reference, :seller_id, :customer_id, :sold_on, :period, 'waiting', :total, :goods,
            :points, :bonus_value, :invoice, :photo_id, :photo_key, :photo_kind, :logged_at)
    RETURNING id
""").bindparams(bindparam("logged_at", type_=Instant))

ADD_LINE = text("""
    INSERT INTO sale_lines (sale_id, product_id, quantity, amount, member_price, points,
                            bonus_value)
    VALUES (:sale_id, :product_id, :quantity, :amount, :member_price, :points, :bonus_value)
""")

COLUMNS = """s.id, s.reference, s.seller_id, s.customer_id, s.sold_on, s.period, s.status, s.total,
      s.goods, s.points, s.bonus_value, s.invoice, s.photo_id, s.photo_key, s.photo_kind,
      s.logged_at, s.version, s.point_value,
      m.name AS seller_name, m.code AS seller_code, m.phone AS seller_phone,
      (SELECT c.name FROM customers AS c WHERE c.id = s.customer_id) AS customer"""

FROM = "FROM sales AS s JOIN members AS m ON m.id = s.seller_id"

BY_ID = text(f"SELECT {COLUMNS} {FROM} WHERE s.id = :id").columns(logged_at=Instant)

BY_REFERENCE = text(f"SELECT {COLUMNS} {FROM} WHERE s.reference = :reference").columns(
    logged_at=Instant
)

LATEST_OF = text(
    f"""SELECT {COLUMNS} {FROM}
    WHERE s.seller_id = :seller_id AND s.id < :below ORDER BY s.id DESC LIMIT :limit"""
).columns(logged_at=Instant)

WAITING_OF = text(
    f"""SELECT {COLUMNS} {FROM}
    WHERE s.seller_id = :seller_id AND s.status = 'waiting' ORDER BY s.id DESC LIMIT :limit"""
).columns(logged_at=Instant)

WAITING = text(
    f"""SELECT {COLUMNS} {FROM}
    WHERE s.status = 'waiting' AND s.id > :above ORDER BY s.id LIMIT :limit"""
).columns(logged_at=Instant)

WAITING_COUNT = text("SELECT count(*) FROM sales WHERE status = 'waiting'")

WAITING_FOR = text("""
    SELECT count(*) FROM sales AS s JOIN members AS m ON m.id = s.seller_id
    WHERE s.status = 'waiting' AND coalesce(m.user_id, 0) <> :user_id
      AND NOT EXISTS (SELECT 1 FROM sale_decisions AS d WHERE d.sale_id = s.id
        AND d.version = s.version AND d.correction = 1
        AND d.id = (SELECT MAX(x.id) FROM sale_decisions AS x WHERE x.sale_id = s.id))
""")

WAITING_IN = text("""
    SELECT count(*) AS number, CAST(coalesce(sum(total), 0) AS BIGINT) AS total
    FROM sales WHERE status = 'waiting' AND period = :period
""")

LINES_OF = text("""
    SELECT l.product_id, p.name, l.quantity, l.amount, l.member_price, l.points, l.bonus_value
    FROM sale_lines AS l JOIN products AS p ON p.id = l.product_id
    WHERE l.sale_id = :sale_id ORDER BY l.id
""")

# Changes nothing; a server lets no other transaction change the row until this one ends.
LOCK = text("UPDATE sales SET version = version WHERE id = :id")

SET_STATUS = text("""
    UPDATE sales SET status = :status, period = :period, decided_at = :at, decided_by = :by,
      point_value = COALESCE(:point_value, point_value)
    WHERE id = :id AND status = :before AND version = COALESCE(:version, version)
""").bindparams(bindparam("at", type_=Instant))


def add(
    conn: Connection,
    lines: Sequence[SaleLine],
    sums: Totals,
    *,
    reference: str,
    seller_id: int,
    customer_id: int | None,
    sold_on: str,
    period: str,
    invoice: str,
    photo_id: str,
    photo_key: str,
    photo_kind: str,
    logged_at: datetime,
) -> int:
    """Enter a sale in the status `waiting`; returns its id."""
    sale = {
        "reference": reference,
        "seller_id": seller_id,
        "customer_id": customer_id,
        "sold_on": sold_on,
        "period": period,
        "invoice": invoice,
        "photo_id": photo_id,
        "photo_key": photo_key,
        "photo_kind": photo_kind,
        "logged_at": logged_at,
        "total": sums.total,
        "goods": sums.goods,
        "points": sums.points,
        "bonus_value": sums.bonus_value,
    }
    sale_id: int = conn.execute(ADD, sale).scalar_one()
    add_lines(conn, sale_id, lines)
    return sale_id


def add_lines(conn: Connection, sale_id: int, lines: Sequence[SaleLine]) -> None:
    """Enter the lines of a sale that has none."""
    rows = [
        {
            "sale_id": sale_id,
            "product_id": line.product.id,
            "quantity": line.quantity,
            "amount": line.amount,
            "member_price": line.product.member_price,
            "points": line.product.points,
            "bonus_value": line.product.bonus_value,
        }
        for line in lines
    ]
    conn.execute(ADD_LINE, rows)


def lock(conn: Connection, sale_id: int) -> None:
    """Let no other transaction change this sale, or decide about it, until this one ends."""
    conn.execute(LOCK, {"id": sale_id})


def set_status(
    conn: Connection,
    sale_id: int,
    before: str,
    status: str,
    period: str,
    by: int | None,
    at: datetime | None,
    version: int | None = None,
    *,
    point_value: int | None,
) -> bool:
    """Store the new status, the month that the sale counts in, its unit, and who decided when.

    A sale that waits again was decided by nobody: `by` and `at` are None.

    Returns:
        False if the status was not `before`, or the sale is no longer in the state that `version`
        names; then nothing changes.
    """
    facts = {"id": sale_id, "before": before, "status": status, "period": period}
    more = {"by": by, "at": at, "version": version, "point_value": point_value}
    return conn.execute(SET_STATUS, {**facts, **more}).rowcount == 1


def by_id(conn: Connection, sale_id: int) -> Sale | None:
    """Returns the sale with this id."""
    row = conn.execute(BY_ID, {"id": sale_id}).one_or_none()
    return None if row is None else Sale(*row)


def by_reference(conn: Connection, reference: str) -> Sale | None:
    """Returns the sale entered under this reference."""
    row = conn.execute(BY_REFERENCE, {"reference": reference}).one_or_none()
    return None if row is None else Sale(*row)


def latest_of(conn: Connection, seller_id: int, below: int, limit: int) -> list[Sale]:
    """Returns a member's own sales with ids below `below`, newest first."""
    facts = {"seller_id": seller_id, "below": below, "limit": limit}
    return [Sale(*row) for row in conn.execute(LATEST_OF, facts)]


def waiting_of(conn: Connection, seller_id: int, limit: int) -> list[Sale]:
    """Returns a member's own unchecked sales, newest first."""
    facts = {"seller_id": seller_id, "limit": limit}
    return [Sale(*row) for row in conn.execute(WAITING_OF, facts)]


def waiting(conn: Connection, above: int, limit: int) -> list[Sale]:
    """Returns the unchecked sales with ids above `above`, oldest first."""
    return [Sale(*row) for row in conn.execute(WAITING, {"above": above, "limit": limit})]


def waiting_count(conn: Connection) -> int:
    """Returns the number of unchecked sales."""
    count: int = conn.execute(WAITING_COUNT).scalar_one()
    return count


def waiting_for(conn: Connection, user_id: int) -> int:
    """Returns how many unchecked sales an account may check: not its own, none to be corrected."""
    count: int = conn.execute(WAITING_FOR, {"user_id": user_id}).scalar_one()
    return count


def waiting_in(conn: Connection, period: str) -> tuple[int, int]:
    """Returns number and total (rupiah) of a month's unchecked sales."""
    row = conn.execute(WAITING_IN, {"period": period}).one()
    return row.number, row.total


def lines_of(conn: Connection, sale_id: int) -> list[SaleLineRow]:
    """Returns the lines of a sale, in the order they were entered."""
    return [SaleLineRow(*row) for row in conn.execute(LINES_OF, {"sale_id": sale_id})]
