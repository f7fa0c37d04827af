"""What members note of their own stock, and what the office delivers to them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant

__all__ = ["StockKind", "StockNote", "add", "begin_anew", "by_reference", "own", "undo"]

StockKind: TypeAlias = Literal["bought", "delivered", "counted", "found"]


@dataclass(frozen=True, slots=True)
class StockNote:
    """A note about one article.

    Attributes:
        quantity: pieces that came, or that were counted.
        expected: pieces that should have been there when they were counted.
        day: YYYY-MM-DD.
        document: the office's number of the delivery; empty for other notes.
        undone_at: when it was taken back.
    """

    id: int
    product_id: int
    product: str
    kind: StockKind
    quantity: int
    expected: int
    day: str
    document: str
    noted_at: datetime
    undone_at: datetime | None


COLUMNS = """n.id, n.product_id, p.name AS product, n.kind, n.quantity, n.expected, n.day,
      n.document, n.noted_at, n.undone_at"""

FROM = "FROM stock_notes AS n JOIN products AS p ON p.id = n.product_id"

ADD = text("""
    INSERT INTO stock_notes (reference, member_id, product_id, kind, quantity, expected, day,
                             noted_at)
    VALUES (:reference, :member_id, :product_id, :kind, :quantity, :expected, :day, :at)
    ON CONFLICT (reference) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))

BY_REFERENCE = text(
    f"""SELECT {COLUMNS} {FROM}
    WHERE n.reference = :reference AND n.member_id = :member_id"""
).columns(noted_at=Instant, undone_at=Instant)

OWN = text(
    f"""SELECT {COLUMNS} {FROM}
    WHERE n.id = :id AND n.member_id = :member_id"""
).columns(noted_at=Instant, undone_at=Instant)

HAVE_START = text("""
    INSERT INTO stock_starts (member_id, product_id) VALUES (:member_id, :product_id)
    ON CONFLICT (member_id, product_id) DO NOTHING
""")

# The last count, else the first note; nothing where all notes are taken back.
BEGIN_ANEW = text("""
    UPDATE stock_starts SET
      day = COALESCE((SELECT n.day FROM stock_notes AS n WHERE n.id = first_id), ''),
      since_at = COALESCE((SELECT CASE WHEN n.kind = 'counted' THEN n.noted_at ELSE -1 END
                           FROM stock_notes AS n WHERE n.id = first_id), -1),
      counted = COALESCE((SELECT CASE WHEN n.kind = 'counted' THEN n.quantity ELSE 0 END
                          FROM stock_notes AS n WHERE n.id = first_id), 0)
    FROM (SELECT COALESCE(
        (SELECT c.id FROM stock_notes AS c
         WHERE c.member_id = :member_id AND c.product_id = :product_id
           AND c.undone_at IS NULL AND c.kind = 'counted'
         ORDER BY c.day DESC, c.noted_at DESC, c.id DESC LIMIT 1),
        (SELECT f.id FROM stock_notes AS f
         WHERE f.member_id = :member_id AND f.product_id = :product_id AND f.undone_at IS NULL
         ORDER BY f.day, f.noted_at, f.id LIMIT 1)) AS first_id) AS found
    WHERE member_id = :member_id AND product_id = :product_id
""")

UNDO = text("""
    UPDATE stock_notes SET undone_at = :at
    WHERE id = :id AND member_id = :member_id AND kind <> 'delivered' AND undone_at IS NULL
    RETURNING product_id
""").bindparams(bindparam("at", type_=Instant))


def add(
    conn: Connection,
    member_id: int,
    product_id: int,
    *,
    kind: StockKind,
    quantity: int,
    day: str,
    reference: str,
    at: datetime,
    expected: int = 0,
) -> bool:
    """Note something of an article, once per reference; returns False if it was noted before."""
    facts = {"member_id": member_id, "product_id": product_id, "kind": kind, "expected": expected}
    more = {"quantity": quantity, "day": day, "reference": reference, "at": at}
    added = conn.execute(ADD, {**facts, **more}).rowcount == 1
    if added:
        begin_anew(conn, member_id, product_id)
    return added


def begin_anew(conn: Connection, member_id: int, product_id: int) -> None:
    """Let an article be added up from the note that comes first now.

    The row is there, and so locked on a server, before the notes are read: of two changes at once
    the second one sees the first.
    """
    facts = {"member_id": member_id, "product_id": product_id}
    conn.execute(HAVE_START, facts)
    conn.execute(BEGIN_ANEW, facts)


def by_reference(conn: Connection, member_id: int, reference: str) -> StockNote | None:
    """Returns the member's note under this reference."""
    facts = {"reference": reference, "member_id": member_id}
    row = conn.execute(BY_REFERENCE, facts).one_or_none()
    return None if row is None else StockNote(*row)


def own(conn: Connection, member_id: int, note_id: int) -> StockNote | None:
    """Returns the note with this id if it is the member's."""
    row = conn.execute(OWN, {"id": note_id, "member_id": member_id}).one_or_none()
    return None if row is None else StockNote(*row)


def undo(conn: Connection, member_id: int, note_id: int, at: datetime) -> bool:
    """Take back a note that the member made; returns False if there is none to take back."""
    facts = {"id": note_id, "member_id": member_id, "at": at}
    product_id = conn.execute(UNDO, facts).scalar_one_or_none()
    if product_id is None:
        return False
    begin_anew(conn, member_id, product_id)
    return True
