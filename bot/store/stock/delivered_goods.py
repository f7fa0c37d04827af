"""Goods that the office delivered to members, by the office's own documents.

A delivery is a document, a member and an article: the same document twice counts once, and a later
list corrects the quantity or the day. A quantity of 0 takes the delivery back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant
from bot.store.stock import stock_notes

__all__ = [
    "DeliveredGoods",
    "DeliveryState",
    "ListedArticle",
    "UntoldDelivery",
    "apply",
    "listed_articles",
    "members_named",
    "state_of",
    "take_untold",
    "untold_members",
]

DeliveryState: TypeAlias = Literal["added", "changed", "same"]


@dataclass(frozen=True, slots=True)
class DeliveredGoods:
    """Pieces of one article that a document delivers to a member.

    Attributes:
        quantity: pieces; 0 takes back what the document said before.
        day: YYYY-MM-DD.
        document: the office's number, in capitals.
    """

    member_id: int
    product_id: int
    quantity: int
    day: str
    document: str

    @property
    def reference(self) -> str:
        """What it is stored under, once."""
        return f"delivery:{self.member_id}:{self.product_id}:{self.document}"


BY_CODE = text("""
    SELECT m.id FROM members AS m
    WHERE m.code = :name
      AND (m.import_id IS NULL OR m.import_id IN (SELECT id FROM imports WHERE state = 'done'))
      AND NOT EXISTS (SELECT 1 FROM departures AS d WHERE d.member_id = m.id)
""")

BY_NUMBER = text("""
    SELECT m.id FROM members AS m
    WHERE m.number = :name
      AND (m.import_id IS NULL OR m.import_id IN (SELECT id FROM imports WHERE state = 'done'))
      AND NOT EXISTS (SELECT 1 FROM departures AS d WHERE d.member_id = m.id)
""")

STORED = text("""
    SELECT quantity, day FROM stock_notes WHERE reference = :reference
""")

PUT = text("""
    INSERT INTO stock_notes (reference, member_id, product_id, kind, quantity, day, document,
                             noted_at, undone_at)
    VALUES (:reference, :member_id, :product_id, 'delivered', :quantity, :day, :document, :at,
            :undone_at)
    ON CONFLICT (reference) DO UPDATE SET quantity = excluded.quantity, day = excluded.day,
      undone_at = excluded.undone_at, told_at = NULL
    WHERE stock_notes.quantity <> excluded.quantity OR stock_notes.day <> excluded.day
""").bindparams(bindparam("at", type_=Instant), bindparam("undone_at", type_=Instant))


UNTOLD_MEMBERS = text("""
    SELECT DISTINCT member_id FROM stock_notes
    WHERE kind = 'delivered' AND told_at IS NULL ORDER BY member_id LIMIT :limit
""")

UNTOLD = text("""
    SELECT n.id, n.product_id, p.name, n.quantity, n.day, n.document
    FROM stock_notes AS n JOIN products AS p ON p.id = n.product_id
    WHERE n.member_id = :member_id AND n.kind = 'delivered' AND n.told_at IS NULL ORDER BY n.id
""")

TELL = text("""
    UPDATE stock_notes SET told_at = :at
    WHERE member_id = :member_id AND kind = 'delivered' AND told_at IS NULL
""").bindparams(bindparam("at", type_=Instant))


class UntoldDelivery(NamedTuple):
    """A delivery, or its correction, that the member does not know of; 0 pieces: taken back."""

    id: int
    product_id: int
    product: str
    quantity: int
    day: str
    document: str


def untold_members(conn: Connection, limit: int) -> list[int]:
    """Returns members who do not know of a delivery yet."""
    return list(conn.execute(UNTOLD_MEMBERS, {"limit": limit}).scalars())


def take_untold(conn: Connection, member_id: int, at: datetime) -> list[UntoldDelivery]:
    """Returns the deliveries that a member does not know of, and marks them as told."""
    found = [UntoldDelivery(*row) for row in conn.execute(UNTOLD, {"member_id": member_id})]
    conn.execute(TELL, {"member_id": member_id, "at": at})
    return found


def members_named(conn: Connection, names: Iterable[str]) -> Mapping[str, int]:
    """Returns the ids of members by code and by the company's number, of those that exist.

    Members who have left are not there.
    """
    found: dict[str, int] = {}
    for name in sorted(set(names)):
        for statement in (BY_NUMBER, BY_CODE):
            member_id = conn.execute(statement, {"name": name}).scalar_one_or_none()
            if member_id is not None:
                found[name] = member_id
    return found


def state_of(conn: Connection, goods: DeliveredGoods) -> DeliveryState:
    """Returns what storing a delivery would do; taking back what is not there changes nothing."""
    row = conn.execute(STORED, {"reference": goods.reference}).one_or_none()
    if row is None:
        return "added" if goods.quantity else "same"
    return "same" if (row.quantity, row.day) == (goods.quantity, goods.day) else "changed"


def apply(
    conn: Connection, listed: Sequence[DeliveredGoods], at: datetime
) -> dict[DeliveryState, list[DeliveredGoods]]:
    """Store the deliveries of a list; returns them by what it did."""
    done: dict[DeliveryState, list[DeliveredGoods]] = {"added": [], "changed": [], "same": []}
    for goods in listed:
        state = state_of(conn, goods)
        done[state].append(goods)
        if state == "same":
            continue
        facts = {
            "reference": goods.reference,
            "member_id": goods.member_id,
            "product_id": goods.product_id,
            "quantity": goods.quantity,
            "day": goods.day,
            "document": goods.document,
            "at": at,
            "undone_at": None if goods.quantity else at,
        }
        conn.execute(PUT, facts)
        stock_notes.begin_anew(conn, goods.member_id, goods.product_id)
    return done


LISTED_ARTICLES = text("SELECT id, sku, name FROM products ORDER BY id")


class ListedArticle(NamedTuple):
    """An article of the price list, also one that is no longer on sale."""

    id: int
    sku: str
    name: str


def listed_articles(conn: Connection) -> list[ListedArticle]:
    """Returns all articles that a list of deliveries may name."""
    return [ListedArticle(*row) for row in conn.execute(LISTED_ARTICLES)]
