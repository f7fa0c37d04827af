"""What was sold, by whom and to whom, and who checked it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, text

from bot.core.sales.sales import SaleLine, Totals
from bot.store.db.types import Instant

__all__ = [
    "Sale",
    "add",
    "by_id",
    "by_reference",
    "latest_of",
    "lines_of",
    "move",
    "photo_user",
    "twin",
    "waiting",
    "waiting_count",
    "waiting_for",
    "waiting_in",
]

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
      s.goods, s.points, s.bonus_value, s.invoice, s.photo_id, s.photo_kind, s.logged_at,
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

WAITING = text(
    f"""SELECT {COLUMNS} {FROM}
    WHERE s.status = 'waiting' AND s.id > :above ORDER BY s.id LIMIT :limit"""
).columns(logged_at=Instant)

WAITING_COUNT = text("SELECT count(*) FROM sales WHERE status = 'waiting'")

WAITING_FOR = text("""
    SELECT count(*) FROM sales AS s JOIN members AS m ON m.id = s.seller_id
    WHERE s.status = 'waiting' AND coalesce(m.user_id, 0) <> :user_id
""")

WAITING_IN = text("""
    SELECT count(*) AS number, CAST(coalesce(sum(total), 0) AS BIGINT) AS total
    FROM sales WHERE status = 'waiting' AND period = :period
""")

LINES_OF = text("""
    SELECT l.product_id, p.name, l.quantity, l.amount, l.member_price, l.points
    FROM sale_lines AS l JOIN products AS p ON p.id = l.product_id
    WHERE l.sale_id = :sale_id ORDER BY l.id
""")

SAME_DAY = text("""
    SELECT id FROM sales
    WHERE seller_id = :seller_id AND sold_on = :sold_on AND status IN ('waiting', 'approved')
      AND coalesce(customer_id, 0) = :customer_id
    ORDER BY id DESC
""")

PHOTO_USER = text("""
    SELECT id, seller_id FROM sales
    WHERE photo_key <> '' AND photo_key = :photo_key AND status IN ('waiting', 'approved')
    ORDER BY id LIMIT 1
""")

MOVE = text("""
    UPDATE sales SET status = :status, period = :period, decided_at = :at, decided_by = :by
    WHERE id = :id AND status = :before
""").bindparams(bindparam("at", type_=Instant))

Sale = Row[tuple[object, ...]]


def add(conn: Connection, lines: Sequence[SaleLine], sums: Totals, **facts: object) -> int:
    """Enter a sale that waits to be counted; gives its id."""
    sale = {
        **facts,
        "total": sums.total,
        "goods": sums.goods,
        "points": sums.points,
        "bonus_value": sums.bonus_value,
    }
    sale_id: int = conn.execute(ADD, sale).scalar_one()
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
    return sale_id


def move(
    conn: Connection,
    sale_id: int,
    before: str,
    status: str,
    period: str,
    by: int | None,
    at: datetime,
) -> bool:
    """Note the new status and the month it counts in; False where the sale stood elsewhere."""
    facts = {"id": sale_id, "before": before, "status": status, "period": period}
    return conn.execute(MOVE, {**facts, "by": by, "at": at}).rowcount == 1


def by_id(conn: Connection, sale_id: int) -> Sale | None:
    """The sale with this id."""
    return conn.execute(BY_ID, {"id": sale_id}).one_or_none()


def by_reference(conn: Connection, reference: str) -> Sale | None:
    """The sale that a conversation brought about."""
    return conn.execute(BY_REFERENCE, {"reference": reference}).one_or_none()


def latest_of(conn: Connection, seller_id: int, below: int, limit: int) -> Sequence[Sale]:
    """A member's own sales, newest first, below an id."""
    facts = {"seller_id": seller_id, "below": below, "limit": limit}
    return conn.execute(LATEST_OF, facts).all()


def waiting(conn: Connection, above: int, limit: int) -> Sequence[Sale]:
    """Sales that nobody has checked yet, oldest first."""
    return conn.execute(WAITING, {"above": above, "limit": limit}).all()


def waiting_count(conn: Connection) -> int:
    """How many sales nobody has checked yet."""
    count: int = conn.execute(WAITING_COUNT).scalar_one()
    return count


def waiting_for(conn: Connection, user_id: int) -> int:
    """How many sales wait that this person may check: all but the own."""
    count: int = conn.execute(WAITING_FOR, {"user_id": user_id}).scalar_one()
    return count


def waiting_in(conn: Connection, period: str) -> tuple[int, int]:
    """How many sales of a month nobody has decided on, and what they come to."""
    row = conn.execute(WAITING_IN, {"period": period}).one()
    return row.number, row.total


def lines_of(conn: Connection, sale_id: int) -> Sequence[Sale]:
    """What was sold, in the order it was written."""
    return conn.execute(LINES_OF, {"sale_id": sale_id}).all()


def twin(
    conn: Connection,
    seller_id: int,
    sold_on: str,
    customer_id: int | None,
    lines: Sequence[SaleLine],
) -> int | None:
    """A sale of the same items to the same buyer on the same day; its id."""
    facts = {"seller_id": seller_id, "sold_on": sold_on, "customer_id": customer_id or 0}
    wanted = sorted((line.product.id, line.quantity) for line in lines)
    for row in conn.execute(SAME_DAY, facts).all():
        found = sorted((line.product_id, line.quantity) for line in lines_of(conn, row.id))
        if found == wanted:
            sale_id: int = row.id
            return sale_id
    return None


def photo_user(conn: Connection, photo_key: str) -> Sale | None:
    """The sale that this photo proves already: its id and its seller."""
    return conn.execute(PHOTO_USER, {"photo_key": photo_key}).one_or_none()
