"""Questions that people have asked the office: offered, waiting, answered or closed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant

__all__ = [
    "Inquiry",
    "InquiryState",
    "count_waiting",
    "forget_offers",
    "inquiry",
    "mark_told",
    "offer",
    "offered",
    "sent_since",
    "settle_inquiry",
    "submit",
    "untold",
    "waiting_inquiries",
]

InquiryState = Literal["offered", "waiting", "answered", "closed"]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question to the office.

    Attributes:
        user_id: the account that asked.
        words: the question as it was written.
        sent_at: when it was sent to the office; None while it is only offered.
        settled_at: when it was answered, or closed without an answer.
        settled_by: the account of the admin who did that.
    """

    id: int
    user_id: int
    words: str
    state: InquiryState
    sent_at: datetime | None
    settled_at: datetime | None
    settled_by: int | None


DROP_OFFERS = text("DELETE FROM inquiries WHERE user_id = :user_id AND state = 'offered'")

OFFER = text("""
    INSERT INTO inquiries (reference, user_id, words, state, at)
    VALUES (:reference, :user_id, :words, 'offered', :at)
""").bindparams(bindparam("at", type_=Instant))

SENT_SINCE = (
    text("""
        SELECT sent_at FROM inquiries
        WHERE user_id = :user_id AND state IN ('waiting', 'answered', 'closed')
          AND sent_at > :since
        ORDER BY sent_at
    """)
    .bindparams(bindparam("since", type_=Instant))
    .columns(sent_at=Instant)
)

SUBMIT = text("""
    UPDATE inquiries SET state = 'waiting', sent_at = :at
    WHERE reference = :reference AND user_id = :user_id AND state = 'offered'
""").bindparams(bindparam("at", type_=Instant))

INQUIRY = text("""
    SELECT id, user_id, words, state, sent_at, settled_at, settled_by
    FROM inquiries WHERE id = :id AND words <> ''
""").columns(sent_at=Instant, settled_at=Instant)

OFFERED = text("""
    SELECT id, user_id, words, state, sent_at, settled_at, settled_by
    FROM inquiries WHERE reference = :reference AND user_id = :user_id
""").columns(sent_at=Instant, settled_at=Instant)

WAITING = text("""
    SELECT id, user_id, words, state, sent_at, settled_at, settled_by
    FROM inquiries WHERE state = 'waiting' ORDER BY id LIMIT :limit OFFSET :skip
""").columns(sent_at=Instant, settled_at=Instant)

UNTOLD = text("""
    SELECT id, user_id, words, state, sent_at, settled_at, settled_by
    FROM inquiries WHERE state = 'waiting' AND told = 0 ORDER BY id LIMIT :limit
""").columns(sent_at=Instant, settled_at=Instant)

MARK_TOLD = text("""
    UPDATE inquiries SET told = 1 WHERE state = 'waiting' AND told = 0
    RETURNING id, user_id, words, state, sent_at, settled_at, settled_by
""").columns(sent_at=Instant, settled_at=Instant)

COUNT_WAITING = text("SELECT count(*) FROM inquiries WHERE state = 'waiting'")

SETTLE = text("""
    UPDATE inquiries SET state = :state, settled_at = :at, settled_by = :by
    WHERE id = :id AND state = 'waiting'
""").bindparams(bindparam("at", type_=Instant))

FORGET_OFFERS = text("DELETE FROM inquiries WHERE state = 'offered' AND at < :before").bindparams(
    bindparam("before", type_=Instant)
)


def offer(conn: Connection, *, reference: str, user_id: int, words: str, at: datetime) -> None:
    """Keep a question that its author may send.

    An earlier one of theirs that was not sent is dropped, and its number may be given again: until
    it is sent, a question is known by its reference alone.
    """
    conn.execute(DROP_OFFERS, {"user_id": user_id})
    facts = {"reference": reference, "user_id": user_id, "words": words, "at": at}
    conn.execute(OFFER, facts)


def offered(conn: Connection, reference: str, user_id: int) -> Inquiry | None:
    """Returns a question of this account, whatever has become of it; None for another's."""
    row = conn.execute(OFFERED, {"reference": reference, "user_id": user_id}).one_or_none()
    return None if row is None else Inquiry(*row)


def sent_since(conn: Connection, user_id: int, since: datetime) -> list[datetime]:
    """Returns when an account has sent questions after a moment, the earliest first."""
    return list(conn.execute(SENT_SINCE, {"user_id": user_id, "since": since}).scalars())


def submit(conn: Connection, reference: str, user_id: int, at: datetime) -> bool:
    """Send an offered question to the office; False if it is gone, sent, or another person's."""
    facts = {"reference": reference, "user_id": user_id, "at": at}
    return conn.execute(SUBMIT, facts).rowcount == 1


def inquiry(conn: Connection, inquiry_id: int) -> Inquiry | None:
    """Returns a question, whatever its state; None once its words are deleted."""
    row = conn.execute(INQUIRY, {"id": inquiry_id}).one_or_none()
    return None if row is None else Inquiry(*row)


def waiting_inquiries(conn: Connection, limit: int, skip: int) -> list[Inquiry]:
    """Returns questions that wait for an answer, the oldest first."""
    rows = conn.execute(WAITING, {"limit": limit, "skip": skip})
    return [Inquiry(*row) for row in rows]


def count_waiting(conn: Connection) -> int:
    """Returns how many questions wait for an answer."""
    count: int = conn.execute(COUNT_WAITING).scalar_one()
    return count


def untold(conn: Connection, limit: int) -> list[Inquiry]:
    """Returns waiting questions that no notice to the admins has named, the oldest first."""
    return [Inquiry(*row) for row in conn.execute(UNTOLD, {"limit": limit})]


def mark_told(conn: Connection) -> list[Inquiry]:
    """Note that the admins have a notice of all waiting questions; returns the new ones.

    One that is sent while this runs is among them, or stays new for the next notice.
    """
    found = [Inquiry(*row) for row in conn.execute(MARK_TOLD)]
    return sorted(found, key=lambda each: each.id)


def settle_inquiry(
    conn: Connection, inquiry_id: int, state: Literal["answered", "closed"], by: int, at: datetime
) -> bool:
    """Settle a waiting question; False if another admin, or the same one, did so before."""
    facts = {"id": inquiry_id, "state": state, "by": by, "at": at}
    return conn.execute(SETTLE, facts).rowcount == 1


def forget_offers(conn: Connection, before: datetime) -> None:
    """Delete questions that were offered long ago and not sent."""
    conn.execute(FORGET_OFFERS, {"before": before})
