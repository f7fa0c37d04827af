"""What was sold, by whom and to whom, and who checked it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, text

from bot.core.sales.sales import Line, Totals
from bot.store.db.types import Instant
from bot.store.ledger import ledger, periods, volumes

__all__ = [
    "add",
    "by_id",
    "by_reference",
    "decide",
    "latest_of",
    "lines_of",
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

DECIDE = text("""
    UPDATE sales SET status = :status, period = :period, decided_at = :at, decided_by = :by
    WHERE id = :id AND status = :before
""").bindparams(bindparam("at", type_=Instant))

Sale = Row[tuple[object, ...]]


def add(conn: Connection, lines: Sequence[Line], sums: Totals, **facts: object) -> int:
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


def decide(
    conn: Connection, sale_id: int, before: str, status: str, by: int | None, at: datetime
) -> bool:
    """Move a sale from one status to another, and the books with it.

    An approved sale counts: for the seller's profit, and for the points of the whole line above.
    One that is no longer approved is turned round. A month that is closed, or just being closed,
    takes nothing in any more: what is approved later counts in the next one; and it gives nothing
    back.

    Returns:
        False where the sale stood elsewhere, or its month is closed to that change.
    """
    sale = by_id(conn, sale_id)
    assert sale is not None, "only a sale that was found is decided on"
    period = periods.open_period(conn, sale.period)
    if before == "approved" and period != sale.period:
        return False
    counts_in = period if status == "approved" else sale.period
    facts = {"id": sale_id, "before": before, "status": status, "period": counts_in}
    if conn.execute(DECIDE, {**facts, "by": by, "at": at}).rowcount != 1:
        return False
    sale = by_id(conn, sale_id)
    assert sale is not None
    if status == "approved":
        _count(conn, sale, at)
    elif before == "approved":
        ledger.reverse_sale(conn, sale_id, at)
        _weigh(conn, sale, -1)
    return True


def _count(conn: Connection, sale: Sale, at: datetime) -> None:
    customers = ledger.house_account(conn, ledger.CUSTOMERS)
    goods = ledger.house_account(conn, ledger.GOODS)
    trade = ledger.trade_account(conn, sale.seller_id)
    key = f"sale:{sale.id}"
    paid = ledger.Posting(f"{key}:price", customers, trade, sale.total, sale.id, sale.period)
    spent = ledger.Posting(f"{key}:goods", trade, goods, sale.goods, sale.id, sale.period)
    ledger.post(conn, paid, at)
    ledger.post(conn, spent, at)
    _weigh(conn, sale, 1)


def _weigh(conn: Connection, sale: Sale, sign: int) -> None:
    volumes.add_sale(
        conn,
        sale.seller_id,
        sale.period,
        sales=sale.total,
        points=sale.points,
        profit=sale.total - sale.goods,
        bonus=sale.bonus_value,
        sign=1 if sign > 0 else -1,
    )


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
    conn: Connection, seller_id: int, sold_on: str, customer_id: int | None, lines: Sequence[Line]
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
