"""Returns of goods: what came back of which sale, and what the office decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import Connection, bindparam, text

from bot.core.returns.pieces import BackFigures, SoldPieces
from bot.store.db.types import Big, Flag, Instant

__all__ = [
    "FROM_RETURNS",
    "RETURN_COLUMNS",
    "GoodsReturn",
    "PiecesBack",
    "ReturnState",
    "SaleMark",
    "add",
    "any_of",
    "by_id",
    "by_reference",
    "confirm",
    "confirmed_amount",
    "hold_sale",
    "marks",
    "of_sale",
    "pieces_of",
    "refuse",
    "sold_pieces",
]

ReturnState = Literal["waiting", "confirmed", "rejected", "void"]


@dataclass(frozen=True, slots=True)
class GoodsReturn:
    """A return of goods.

    Attributes:
        came_on: the day on which the goods came back, as YYYY-MM-DD.
        saleable: whether all of them can be sold again.
        reason: why it was taken although the time for returns had passed; mostly empty.
        amount: rupiah that the customer had paid for the pieces.
        goods: their member price in rupiah.
        bonus_value: of the pieces, in the unit of the price list.
        refund: rupiah that the customer got back, as the seller or the office says.
        asked_by: the account that entered it.
        period: the month in which it counts; None unless it is confirmed.
        note: what the office says about its decision.
    """

    id: int
    sale_id: int
    state: ReturnState
    came_on: str
    saleable: bool
    reason: str
    amount: int
    goods: int
    points: int
    bonus_value: int
    refund: int
    asked_at: datetime
    asked_by: int
    period: str | None
    note: str


class PiecesBack(NamedTuple):
    """Pieces of a line that came back, by the name of the product; some may be damaged."""

    line_id: int
    name: str
    quantity: int
    amount: int
    damaged: int


class SaleMark(NamedTuple):
    """What came back of a sale: rupiah that are confirmed, and of returns that wait."""

    sale_id: int
    confirmed: int
    waiting: int


# Changes nothing, but keeps a second return of the sale out until this transaction ends.
HOLD_SALE = text("UPDATE sales SET version = version WHERE id = :id AND status = 'approved'")

SOLD_PIECES = text("""
    SELECT l.id, l.product_id, p.name, l.quantity, l.amount, l.member_price, l.points,
      l.bonus_value,
      CAST(COALESCE(SUM(x.quantity), 0) AS BIGINT) AS taken,
      CAST(COALESCE(SUM(x.amount), 0) AS BIGINT) AS taken_amount
    FROM sale_lines AS l
      JOIN products AS p ON p.id = l.product_id
      LEFT JOIN (
        SELECT b.sale_line_id, b.quantity, b.amount
        FROM returns AS r JOIN return_lines AS b ON b.return_id = r.id
        WHERE r.sale_id = :sale_id AND r.state IN ('waiting', 'confirmed')
      ) AS x ON x.sale_line_id = l.id
    WHERE l.sale_id = :sale_id
    GROUP BY l.id, l.product_id, p.name, l.quantity, l.amount, l.member_price, l.points,
      l.bonus_value
    ORDER BY l.id
""")

ADD_RETURN = text("""
    INSERT INTO returns (reference, sale_id, state, came_on, saleable, reason, amount, goods,
                         points, bonus_value, refund, asked_at, asked_by)
    VALUES (:reference, :sale_id, 'waiting', :came_on, :saleable, :reason, :amount, :goods,
            :points, :bonus_value, :refund, :at, :by)
    RETURNING id
""").bindparams(bindparam("at", type_=Instant))

ADD_PIECES = text("""
    INSERT INTO return_lines (return_id, sale_line_id, quantity, amount, damaged)
    VALUES (:return_id, :sale_line_id, :quantity, :amount, :damaged)
""")

RETURN_COLUMNS = """r.id, r.sale_id, r.state, r.came_on, r.saleable, r.reason, r.amount, r.goods,
      r.points, r.bonus_value, r.refund, r.asked_at, r.asked_by, r.period, r.note"""

FROM_RETURNS = "FROM returns AS r"

RETURN_BY_ID = text(f"SELECT {RETURN_COLUMNS} {FROM_RETURNS} WHERE r.id = :id").columns(
    asked_at=Instant, saleable=Flag
)

RETURN_BY_REFERENCE = text(
    f"SELECT {RETURN_COLUMNS} {FROM_RETURNS} WHERE r.reference = :reference"
).columns(asked_at=Instant, saleable=Flag)

RETURNS_OF = text(
    f"SELECT {RETURN_COLUMNS} {FROM_RETURNS} WHERE r.sale_id = :sale_id ORDER BY r.id"
).columns(asked_at=Instant, saleable=Flag)

PIECES_OF = text("""
    SELECT b.sale_line_id, p.name, b.quantity, b.amount, b.damaged
    FROM return_lines AS b
      JOIN sale_lines AS l ON l.id = b.sale_line_id JOIN products AS p ON p.id = l.product_id
    WHERE b.return_id = :return_id ORDER BY b.id
""")

SETTLE = text("""
    UPDATE returns SET state = :state, period = :period, decided_at = :at, decided_by = :by,
      note = :note
    WHERE id = :id AND state = 'waiting'
""").bindparams(bindparam("at", type_=Instant))

ANY_OF = text("""
    SELECT 1 FROM returns WHERE sale_id = :sale_id AND state IN ('waiting', 'confirmed') LIMIT 1
""")

CONFIRMED_AMOUNT = text("""
    SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM returns
    WHERE sale_id = :sale_id AND state = 'confirmed'
""")

MARKS = text("""
    SELECT r.sale_id,
      CAST(SUM(CASE WHEN r.state = 'confirmed' THEN r.amount ELSE 0 END) AS BIGINT) AS confirmed,
      CAST(SUM(CASE WHEN r.state = 'waiting' THEN r.amount ELSE 0 END) AS BIGINT) AS waiting
    FROM returns AS r
    WHERE r.sale_id IN :ids AND r.state IN ('waiting', 'confirmed') GROUP BY r.sale_id
""").bindparams(bindparam("ids", expanding=True, type_=Big))


def hold_sale(conn: Connection, sale_id: int) -> bool:
    """Lock a sale for this transaction; returns False unless it is approved."""
    return conn.execute(HOLD_SALE, {"id": sale_id}).rowcount == 1


def sold_pieces(conn: Connection, sale_id: int) -> list[SoldPieces]:
    """Returns the lines of a sale with what came back of each, whether it waits or counts."""
    return [SoldPieces(*row) for row in conn.execute(SOLD_PIECES, {"sale_id": sale_id})]


def add(
    conn: Connection,
    sale_id: int,
    back: BackFigures,
    *,
    reference: str,
    came_on: str,
    reason: str,
    refund: int,
    by: int,
    at: datetime,
) -> int:
    """Enter a return that waits for the office; returns its id."""
    row = {
        "reference": reference,
        "sale_id": sale_id,
        "came_on": came_on,
        "saleable": int(back.saleable),
        "reason": reason,
        "amount": back.amount,
        "goods": back.goods,
        "points": back.points,
        "bonus_value": back.bonus_value,
        "refund": refund,
        "by": by,
        "at": at,
    }
    return_id: int = conn.execute(ADD_RETURN, row).scalar_one()
    lines = [
        {
            "return_id": return_id,
            "sale_line_id": line.line_id,
            "quantity": line.quantity,
            "amount": line.amount,
            "damaged": line.damaged,
        }
        for line in back.lines
    ]
    conn.execute(ADD_PIECES, lines)
    return return_id


def by_id(conn: Connection, return_id: int) -> GoodsReturn | None:
    """Returns the return with this id."""
    row = conn.execute(RETURN_BY_ID, {"id": return_id}).one_or_none()
    return None if row is None else GoodsReturn(*row)


def by_reference(conn: Connection, reference: str) -> GoodsReturn | None:
    """Returns the return entered under this reference."""
    row = conn.execute(RETURN_BY_REFERENCE, {"reference": reference}).one_or_none()
    return None if row is None else GoodsReturn(*row)


def of_sale(conn: Connection, sale_id: int) -> list[GoodsReturn]:
    """Returns all returns of a sale, the oldest first."""
    return [GoodsReturn(*row) for row in conn.execute(RETURNS_OF, {"sale_id": sale_id})]


def pieces_of(conn: Connection, return_id: int) -> list[PiecesBack]:
    """Returns what came back, in the order of the sale."""
    return [PiecesBack(*row) for row in conn.execute(PIECES_OF, {"return_id": return_id})]


def confirm(
    conn: Connection, return_id: int, period: str, *, note: str, by: int, at: datetime
) -> bool:
    """Let a return count in a month; returns False if it was decided before."""
    row = {"id": return_id, "state": "confirmed", "period": period}
    return conn.execute(SETTLE, {**row, "note": note, "by": by, "at": at}).rowcount == 1


def refuse(
    conn: Connection,
    return_id: int,
    state: Literal["rejected", "void"],
    *,
    note: str,
    by: int,
    at: datetime,
) -> bool:
    """End a return that does not count; returns False if it was decided before."""
    row = {"id": return_id, "state": state, "period": None}
    return conn.execute(SETTLE, {**row, "note": note, "by": by, "at": at}).rowcount == 1


def any_of(conn: Connection, sale_id: int) -> bool:
    """Returns whether something of a sale came back, confirmed or not yet decided.

    Such a sale cannot be undone as a whole.
    """
    return conn.execute(ANY_OF, {"sale_id": sale_id}).scalar() is not None


def confirmed_amount(conn: Connection, sale_id: int) -> int:
    """Returns the rupiah of all that came back of a sale; its total if nothing is left of it."""
    found: int = conn.execute(CONFIRMED_AMOUNT, {"sale_id": sale_id}).scalar_one()
    return found


def marks(conn: Connection, sale_ids: Sequence[int]) -> dict[int, SaleMark]:
    """Returns what came back of those of these sales of which anything did."""
    if not sale_ids:
        return {}
    rows = conn.execute(MARKS, {"ids": list(sale_ids)})
    return {row.sale_id: SaleMark(*row) for row in rows}
