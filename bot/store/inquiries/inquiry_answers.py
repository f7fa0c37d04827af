"""What admins have answered to questions; of two answers at once, one is held back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Flag, Instant

__all__ = ["InquiryAnswer", "first_answer", "held_answer", "keep_answer", "release_answer"]


@dataclass(frozen=True, slots=True)
class InquiryAnswer:
    """An answer; `by` is the account of the admin who wrote it."""

    id: int
    inquiry_id: int
    words: str
    by: int
    at: datetime


KEEP = text("""
    INSERT INTO inquiry_answers (reference, inquiry_id, words, by, at, sent)
    VALUES (:reference, :inquiry_id, :words, :by, :at, :sent) RETURNING id
""").bindparams(bindparam("at", type_=Instant), bindparam("sent", type_=Flag))

FIRST = text("""
    SELECT id, inquiry_id, words, by, at FROM inquiry_answers
    WHERE inquiry_id = :inquiry_id AND sent = 1 ORDER BY id LIMIT 1
""").columns(at=Instant)

HELD = text("""
    SELECT id, inquiry_id, words, by, at FROM inquiry_answers
    WHERE id = :id AND by = :by AND words <> ''
""").columns(at=Instant)

RELEASE = text("UPDATE inquiry_answers SET sent = 1 WHERE id = :id AND by = :by AND sent = 0")


def keep_answer(
    conn: Connection,
    *,
    reference: str,
    inquiry_id: int,
    words: str,
    by: int,
    at: datetime,
    sent: bool,
) -> int:
    """Store an answer, sent or held back; returns its number."""
    facts = {
        "reference": reference,
        "inquiry_id": inquiry_id,
        "words": words,
        "by": by,
        "at": at,
        "sent": sent,
    }
    number: int = conn.execute(KEEP, facts).scalar_one()
    return number


def first_answer(conn: Connection, inquiry_id: int) -> InquiryAnswer | None:
    """Returns the answer that was sent first; None if there is none."""
    row = conn.execute(FIRST, {"inquiry_id": inquiry_id}).one_or_none()
    return None if row is None else InquiryAnswer(*row)


def held_answer(conn: Connection, answer_id: int, by: int) -> InquiryAnswer | None:
    """Returns an answer of this admin, sent or not; None for another's, or without its words."""
    row = conn.execute(HELD, {"id": answer_id, "by": by}).one_or_none()
    return None if row is None else InquiryAnswer(*row)


def release_answer(conn: Connection, answer_id: int, by: int) -> bool:
    """Mark an answer that was held back as sent; False if it was sent before."""
    return conn.execute(RELEASE, {"id": answer_id, "by": by}).rowcount == 1
