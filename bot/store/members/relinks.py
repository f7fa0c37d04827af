"""How a member who lost the phone comes back under another account."""

import hashlib
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, text

from bot.store.db.types import Instant

__all__ = ["make", "move", "spend", "standing", "withdraw_letters"]

FORGET = text("DELETE FROM relink_codes WHERE member_id = :member_id AND used_at IS NULL")

KEEP = text("""
    INSERT INTO relink_codes (digest, member_id, expires_at, made_by)
    VALUES (:digest, :member_id, :expires_at, :by)
""").bindparams(bindparam("expires_at", type_=Instant))

# Somebody from the company's list who has not come yet is asked more than a code: see `places`.
STANDING = text("""
    SELECT m.id, m.phone FROM relink_codes AS c JOIN members AS m ON m.id = c.member_id
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
    """Keep the digest of a one-time code in place of any that the member has not used."""
    conn.execute(FORGET, {"member_id": member_id})
    facts = {"digest": _digest(code), "member_id": member_id, "expires_at": expires_at, "by": by}
    conn.execute(KEEP, facts)


def standing(conn: Connection, code: str, now: datetime) -> Row[tuple[object, ...]] | None:
    """Whose code this is, and the number on record; None where it is not good, or not any more."""
    return conn.execute(STANDING, {"digest": _digest(code), "now": now}).one_or_none()


def spend(conn: Connection, code: str, now: datetime) -> bool:
    """Use a code up; False where somebody did before."""
    return conn.execute(SPEND, {"digest": _digest(code), "now": now}).rowcount == 1


def move(conn: Connection, member_id: int, user_id: int) -> None:
    """Let the membership belong to this account, whose number Telegram vouches for."""
    conn.execute(MOVE, {"member_id": member_id, "user_id": user_id})


def withdraw_letters(conn: Connection, user_id: int) -> None:
    """Send nothing to an account that was still meant for the member."""
    conn.execute(WITHDRAW, {"user_id": user_id})


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
