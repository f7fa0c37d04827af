"""Entries of the FAQ that the office made of answered questions."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant

__all__ = [
    "StoredEntry",
    "add_entry",
    "current_entries",
    "entry_by_id",
    "entry_of",
    "put_back_entry",
    "remove_entry",
]

ENTRIES_MAX = 200
"""The most entries that are compared with a question; the newest count."""


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """A question and its answer, in the language in which they were written."""

    id: int
    asked: str
    answer: str
    removed: bool


ADD = text("""
    INSERT INTO faq_entries (inquiry_id, asked, answer, added_at, added_by)
    VALUES (:inquiry_id, :asked, :answer, :at, :by)
    ON CONFLICT (inquiry_id) DO UPDATE SET removed_at = NULL, removed_by = NULL
    RETURNING id
""").bindparams(bindparam("at", type_=Instant))

CURRENT = text("""
    SELECT id, asked, answer, 0 AS removed FROM faq_entries
    WHERE removed_at IS NULL ORDER BY id DESC LIMIT :limit
""")

BY_ID = text("""
    SELECT id, asked, answer, CASE WHEN removed_at IS NULL THEN 0 ELSE 1 END AS removed
    FROM faq_entries WHERE id = :id AND asked <> ''
""")

OF = text("""
    SELECT id, asked, answer, CASE WHEN removed_at IS NULL THEN 0 ELSE 1 END AS removed
    FROM faq_entries WHERE inquiry_id = :inquiry_id AND asked <> ''
""")

REMOVE = text("""
    UPDATE faq_entries SET removed_at = :at, removed_by = :by
    WHERE id = :id AND removed_at IS NULL
""").bindparams(bindparam("at", type_=Instant))

PUT_BACK = text("""
    UPDATE faq_entries SET removed_at = NULL, removed_by = NULL
    WHERE id = :id AND removed_at IS NOT NULL AND asked <> ''
""")


def add_entry(
    conn: Connection, *, inquiry_id: int, asked: str, answer: str, by: int, at: datetime
) -> int:
    """Make an entry of an answered question, or put back the one that there was."""
    facts = {"inquiry_id": inquiry_id, "asked": asked, "answer": answer, "by": by, "at": at}
    number: int = conn.execute(ADD, facts).scalar_one()
    return number


def current_entries(conn: Connection) -> tuple[StoredEntry, ...]:
    """Returns the entries in use, the newest first."""
    rows = conn.execute(CURRENT, {"limit": ENTRIES_MAX})
    return tuple(_entry(row.id, row.asked, row.answer, row.removed) for row in rows)


def entry_by_id(conn: Connection, entry_id: int) -> StoredEntry | None:
    """Returns an entry, in use or removed; None once its words are deleted."""
    row = conn.execute(BY_ID, {"id": entry_id}).one_or_none()
    return None if row is None else _entry(row.id, row.asked, row.answer, row.removed)


def entry_of(conn: Connection, inquiry_id: int) -> StoredEntry | None:
    """Returns the entry that was made of a question, in use or removed."""
    row = conn.execute(OF, {"inquiry_id": inquiry_id}).one_or_none()
    return None if row is None else _entry(row.id, row.asked, row.answer, row.removed)


def remove_entry(conn: Connection, entry_id: int, by: int, at: datetime) -> bool:
    """Take an entry out of use; False if it was before."""
    return conn.execute(REMOVE, {"id": entry_id, "by": by, "at": at}).rowcount == 1


def put_back_entry(conn: Connection, entry_id: int) -> bool:
    """Take a removed entry into use again; False if it is in use."""
    return conn.execute(PUT_BACK, {"id": entry_id}).rowcount == 1


def _entry(number: int, asked: str, answer: str, removed: int) -> StoredEntry:
    return StoredEntry(number, asked, answer, bool(removed))
