"""Changes a sale that waits, and keeps each state that it had before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.core.sales.sales import SaleLine, totals
from bot.store.db.types import Instant
from bot.store.sales import sales
from bot.store.sales.sales import SaleLineRow

__all__ = [
    "EarlierVersion",
    "SaleVersion",
    "begin",
    "changed_at",
    "earlier",
    "first",
    "lines_of_first",
    "put",
    "sale_changed_under",
]


@dataclass(frozen=True, slots=True)
class SaleVersion:
    """A state of a sale: its buyer (None for own use), day (YYYY-MM-DD) and proof."""

    customer_id: int | None
    sold_on: str
    invoice: str
    photo_key: str


@dataclass(frozen=True, slots=True)
class EarlierVersion:
    """A former state of a sale as a reader sees it.

    Attributes:
        until: when it was replaced (aware, UTC).
        sold_on: YYYY-MM-DD.
        total: in rupiah.
        own_use: whether no customer bought it.
        items: the pieces and the product of each line.
    """

    until: datetime
    sold_on: str
    total: int
    own_use: bool
    items: tuple[tuple[int, str], ...]


# The row is locked by this on a server, so the state that is kept below is the one replaced.
BEGIN = text("""
    UPDATE sales SET version = version + 1
    WHERE id = :id AND status = 'waiting' AND version = :version
""")

KEEP = text("""
    INSERT INTO sale_versions (sale_id, version, customer_id, sold_on, period, total, goods,
                               points, bonus_value, invoice, photo_id, photo_key, photo_kind,
                               reference, replaced_at, replaced_by)
    SELECT id, version - 1, customer_id, sold_on, period, total, goods, points, bonus_value,
      invoice, photo_id, photo_key, photo_kind, CAST(:reference AS TEXT),
      CAST(:at AS BIGINT), CAST(:by AS BIGINT)
    FROM sales WHERE id = :id
""").bindparams(bindparam("at", type_=Instant))

KEEP_LINES = text("""
    INSERT INTO sale_version_lines (sale_id, version, product_id, quantity, amount, member_price,
                                    points, bonus_value)
    SELECT l.sale_id, s.version - 1, l.product_id, l.quantity, l.amount, l.member_price,
      l.points, l.bonus_value
    FROM sale_lines AS l JOIN sales AS s ON s.id = l.sale_id
    WHERE l.sale_id = :id ORDER BY l.id
""")

# Only a sale without a waiting or confirmed return gets here; the others came to nothing.
CLEAR_PIECES = text("""
    DELETE FROM return_lines WHERE return_id IN (
      SELECT id FROM returns WHERE sale_id = :id AND state IN ('rejected', 'void'))
""")

CLEAR_LINES = text("DELETE FROM sale_lines WHERE sale_id = :id")

PUT = text("""
    UPDATE sales SET customer_id = :customer_id, sold_on = :sold_on, period = :period,
      total = :total, goods = :goods, points = :points, bonus_value = :bonus_value,
      invoice = :invoice, photo_id = :photo_id, photo_key = :photo_key, photo_kind = :photo_kind
    WHERE id = :id
""")

FIRST = text("""
    SELECT customer_id, sold_on, invoice, photo_key FROM sale_versions
    WHERE sale_id = :id AND version = 1
""")

LINES_OF_FIRST = text("""
    SELECT l.product_id, p.name, l.quantity, l.amount, l.member_price, l.points, l.bonus_value
    FROM sale_version_lines AS l JOIN products AS p ON p.id = l.product_id
    WHERE l.sale_id = :id AND l.version = 1 ORDER BY l.id
""")

EARLIER = text("""
    SELECT version, replaced_at, sold_on, total, customer_id FROM sale_versions
    WHERE sale_id = :id ORDER BY version DESC LIMIT :rows
""").columns(replaced_at=Instant)

EARLIER_LINES = text("""
    SELECT l.version, l.quantity, p.name
    FROM sale_version_lines AS l JOIN products AS p ON p.id = l.product_id
    WHERE l.sale_id = :id ORDER BY l.version, l.id
""")

CHANGED_AT = text("""
    SELECT max(replaced_at) AS at FROM sale_versions WHERE sale_id = :id
""").columns(at=Instant)

CHANGED_UNDER = text("SELECT sale_id FROM sale_versions WHERE reference = :reference")


def begin(
    conn: Connection, sale_id: int, version: int, reference: str, by: int, at: datetime
) -> bool:
    """Keep the state that a waiting sale has, so that `put` can give it another one.

    Args:
        conn: the transaction, which `put` shares.
        sale_id: an existing sale.
        version: the state that the caller has seen.
        reference: unique; of the conversation that changes the sale.
        by: the account that changes it.
        at: the moment (aware, UTC).

    Returns:
        False if the sale no longer waits or is in another state; then nothing changes.
    """
    if conn.execute(BEGIN, {"id": sale_id, "version": version}).rowcount != 1:
        return False
    conn.execute(KEEP, {"id": sale_id, "reference": reference, "at": at, "by": by})
    conn.execute(KEEP_LINES, {"id": sale_id})
    return True


def put(
    conn: Connection,
    sale_id: int,
    lines: Sequence[SaleLine],
    *,
    customer_id: int | None,
    sold_on: str,
    period: str,
    invoice: str,
    photo_id: str,
    photo_key: str,
    photo_kind: str,
) -> None:
    """Give a sale another state, after `begin`; number, reference and time of logging stay."""
    sums = totals(lines)
    state = {
        "id": sale_id,
        "customer_id": customer_id,
        "sold_on": sold_on,
        "period": period,
        "invoice": invoice,
        "photo_id": photo_id,
        "photo_key": photo_key,
        "photo_kind": photo_kind,
        "total": sums.total,
        "goods": sums.goods,
        "points": sums.points,
        "bonus_value": sums.bonus_value,
    }
    conn.execute(PUT, state)
    conn.execute(CLEAR_PIECES, {"id": sale_id})
    conn.execute(CLEAR_LINES, {"id": sale_id})
    sales.add_lines(conn, sale_id, lines)


def first(conn: Connection, sale_id: int) -> SaleVersion | None:
    """Returns the state in which a sale was recorded; None if it was never changed."""
    row = conn.execute(FIRST, {"id": sale_id}).one_or_none()
    return None if row is None else SaleVersion(*row)


def lines_of_first(conn: Connection, sale_id: int) -> list[SaleLineRow]:
    """Returns the lines with which a sale was recorded; empty if it was never changed."""
    return [SaleLineRow(*row) for row in conn.execute(LINES_OF_FIRST, {"id": sale_id})]


def earlier(conn: Connection, sale_id: int, rows: int) -> list[EarlierVersion]:
    """Returns the last former states of a sale, the earliest first."""
    items: dict[int, list[tuple[int, str]]] = {}
    for line in conn.execute(EARLIER_LINES, {"id": sale_id}):
        items.setdefault(line.version, []).append((line.quantity, line.name))
    found = conn.execute(EARLIER, {"id": sale_id, "rows": rows}).all()
    return [
        EarlierVersion(
            until=row.replaced_at,
            sold_on=row.sold_on,
            total=row.total,
            own_use=row.customer_id is None,
            items=tuple(items.get(row.version, ())),
        )
        for row in reversed(found)
    ]


def changed_at(conn: Connection, sale_id: int) -> datetime | None:
    """Returns when a sale was last changed (aware, UTC); None if it never was."""
    at: datetime | None = conn.execute(CHANGED_AT, {"id": sale_id}).scalar_one()
    return at


def sale_changed_under(conn: Connection, reference: str) -> int | None:
    """Returns the id of the sale that was changed under this reference."""
    found: int | None = conn.execute(CHANGED_UNDER, {"reference": reference}).scalar()
    return found
