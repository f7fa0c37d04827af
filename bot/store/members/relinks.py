"""One-time codes that move a membership to another Telegram account."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant

__all__ = ["RelinkOwner", "make", "move", "owner_of", "spend", "withdraw_outgoing"]


@dataclass(frozen=True, slots=True)
class RelinkOwner:
    """The member for whom a code was made, the phone number on record, and who made the code."""

    id: int
    phone: str
    made_by: int


FORGET = text("DELETE FROM relink_codes WHERE member_id = :member_id AND used_at IS NULL")

KEEP = text("""
    INSERT INTO relink_codes (digest, member_id, expires_at, made_by)
    VALUES (:digest, :member_id, :expires_at, :by)
""").bindparams(bindparam("expires_at", type_=Instant))

# An imported member who never used the bot claims the membership instead: see `unclaimed`.
OWNER_OF = text("""
    SELECT m.id, m.phone, c.made_by FROM relink_codes AS c JOIN members AS m ON m.id = c.member_id
    WHERE c.digest = :digest AND c.used_at IS NULL AND c.expires_at > :now AND m.birth_year > 0
""").bindparams(bindparam("now", type_=Instant))

SPEND = text("""
    UPDATE relink_codes SET used_at = :now
    WHERE digest = :digest AND used_at IS NULL AND expires_at > :now
""").bindparams(bindparam("now", type_=Instant))

MOVE = text("UPDATE members SET user_id = :user_id, phone_verified = 1 WHERE id = :member_id")

WITHDRAW = text("""
    UPDATE outbox SET state = 'failed', error = 'the account is no longer the member''s'
    WHERE chat_id = :user_id AND state IN ('new', 'sending') AND state = 'new'
""")


def make(conn: Connection, member_id: int, code: str, *, expires_at: datetime, by: int) -> None:
    """Store the digest of a one-time code, in place of the member's unused ones."""
    conn.execute(FORGET, {"member_id": member_id})
    facts = {"digest": _digest(code), "member_id": member_id, "expires_at": expires_at, "by": by}
    conn.execute(KEEP, facts)


def owner_of(conn: Connection, code: str, now: datetime) -> RelinkOwner | None:
    """Returns the owner of a code; None if it is unknown, used or expired."""
    row = conn.execute(OWNER_OF, {"digest": _digest(code), "now": now}).one_or_none()
    return None if row is None else RelinkOwner(row.id, row.phone, row.made_by)


def spend(conn: Connection, code: str, now: datetime) -> bool:
    """Mark a code as used; returns False if it was used or has expired."""
    return conn.execute(SPEND, {"digest": _digest(code), "now": now}).rowcount == 1


def move(conn: Connection, member_id: int, user_id: int) -> None:
    """Move the membership to this account, whose phone number Telegram vouches for."""
    conn.execute(MOVE, {"member_id": member_id, "user_id": user_id})


def withdraw_outgoing(conn: Connection, user_id: int) -> None:
    """Fail the messages that still wait to be sent to an account that lost its membership."""
    conn.execute(WITHDRAW, {"user_id": user_id})


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
