"""What the photo of a sale is known by: a digest of its bytes, kept for a time.

Telegram gives each upload an id of its own, so the same picture sent by two people has two. Only
the bytes tell that it is one picture. They are fetched after the sale was recorded.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Row, bindparam, text

from bot.store.db.types import Instant

__all__ = [
    "NOT_HAD",
    "SalePhoto",
    "SameProof",
    "delete_before",
    "due_decided",
    "due_waiting",
    "note",
    "of_sale",
    "same_as",
]

NOT_HAD: Final = ""
"""Stands for the digest of a photo that could not be fetched."""


@dataclass(frozen=True, slots=True)
class SalePhoto:
    """A photo that is to be fetched: its sale, and Telegram's two ids of it."""

    sale_id: int
    photo_id: str
    photo_key: str


@dataclass(frozen=True, slots=True)
class SameProof:
    """Another sale with the same photo: its id, and the whole name of its seller."""

    sale_id: int
    seller_name: str


DUE_WAITING = text("""
    SELECT s.id, s.photo_id, s.photo_key FROM sales AS s
    WHERE s.status = 'waiting' AND s.photo_key <> '' AND s.photo_id <> '' AND s.id > :above
      AND NOT EXISTS (SELECT 1 FROM photo_digests AS d
                      WHERE d.sale_id = s.id AND d.photo_key = s.photo_key)
    ORDER BY s.id LIMIT :limit
""")

DUE_DECIDED = text("""
    SELECT s.id, s.photo_id, s.photo_key FROM sales AS s
    WHERE s.status = 'approved' AND s.photo_key <> '' AND s.photo_id <> '' AND s.id > :above
      AND s.sold_on >= :since
      AND NOT EXISTS (SELECT 1 FROM photo_digests AS d
                      WHERE d.sale_id = s.id AND d.photo_key = s.photo_key)
    ORDER BY s.id LIMIT :limit
""")

# A photo that the seller has put in its place meanwhile has not been fetched, and stays due.
NOTE = text("""
    INSERT INTO photo_digests (sale_id, photo_key, digest, noted_at)
    SELECT s.id, s.photo_key, CAST(:digest AS TEXT), CAST(:at AS BIGINT)
    FROM sales AS s WHERE s.id = :sale_id AND s.photo_key = :photo_key
    ON CONFLICT (sale_id) DO UPDATE SET photo_key = excluded.photo_key,
      digest = excluded.digest, noted_at = excluded.noted_at
""").bindparams(bindparam("at", type_=Instant))

OF_SALE = text("""
    SELECT d.digest FROM photo_digests AS d JOIN sales AS s ON s.id = d.sale_id
    WHERE s.id = :sale_id AND d.photo_key = s.photo_key
""")

SAME_BYTES = text("""
    SELECT s.id, m.name FROM photo_digests AS mine
      JOIN photo_digests AS d ON d.digest = mine.digest AND d.digest <> ''
      JOIN sales AS s ON s.id = d.sale_id AND s.photo_key = d.photo_key
      JOIN members AS m ON m.id = s.seller_id
    WHERE mine.sale_id = :sale_id AND mine.photo_key = :photo_key AND mine.digest <> ''
      AND s.id <> :sale_id AND s.status IN ('waiting', 'approved')
    ORDER BY s.id LIMIT 1
""")

SAME_UPLOAD = text("""
    SELECT s.id, m.name FROM sales AS s JOIN members AS m ON m.id = s.seller_id
    WHERE s.photo_key <> '' AND s.photo_key = :photo_key AND s.id <> :sale_id
      AND s.status IN ('waiting', 'approved')
    ORDER BY s.id LIMIT 1
""")

DELETE_BEFORE = text("""
    DELETE FROM photo_digests WHERE noted_at < :before
      AND NOT EXISTS (SELECT 1 FROM sales AS s
                      WHERE s.id = photo_digests.sale_id AND s.status = 'waiting')
""").bindparams(bindparam("before", type_=Instant))


def due_waiting(conn: Connection, above: int, limit: int) -> list[SalePhoto]:
    """Returns photos of unchecked sales with ids above `above` that were not fetched yet."""
    found = conn.execute(DUE_WAITING, {"above": above, "limit": limit})
    return [SalePhoto(*row) for row in found]


def due_decided(conn: Connection, above: int, limit: int, since: str) -> list[SalePhoto]:
    """Returns photos not fetched yet of approved sales, sold since that day (YYYY-MM-DD)."""
    found = conn.execute(DUE_DECIDED, {"above": above, "limit": limit, "since": since})
    return [SalePhoto(*row) for row in found]


def note(conn: Connection, photo: SalePhoto, digest: str, at: datetime) -> None:
    """Keep the digest of a photo, unless its sale has another photo by now."""
    facts = {"sale_id": photo.sale_id, "photo_key": photo.photo_key}
    conn.execute(NOTE, {**facts, "digest": digest, "at": at})


def of_sale(conn: Connection, sale_id: int) -> str | None:
    """Returns the digest of a sale's photo; None if it was not fetched, or was too long ago."""
    found: str | None = conn.execute(OF_SALE, {"sale_id": sale_id}).scalar()
    return found


def same_as(conn: Connection, sale_id: int, photo_key: str) -> SameProof | None:
    """Returns the first other sale that counts or waits with the same photo."""
    facts = {"sale_id": sale_id, "photo_key": photo_key}
    return _proof(conn.execute(SAME_UPLOAD, facts).first()) or _proof(
        conn.execute(SAME_BYTES, facts).first()
    )


def delete_before(conn: Connection, before: datetime) -> int:
    """Delete digests noted before that moment, but of sales that still wait; returns how many."""
    return conn.execute(DELETE_BEFORE, {"before": before}).rowcount


def _proof(row: Row[tuple[int, str]] | None) -> SameProof | None:
    return None if row is None else SameProof(row.id, row.name)
