"""Members who have left: since when, and whether their data is to be erased."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Flag, Instant

__all__ = [
    "Departure",
    "FormerMember",
    "Leaver",
    "account_key",
    "ask_erasure",
    "ask_to_forget",
    "come_back",
    "customer_key",
    "erased",
    "former",
    "is_phone_suspended",
    "leave",
    "of_member",
    "phone_key",
    "to_erase",
    "to_forget",
]


@dataclass(frozen=True, slots=True)
class Departure:
    """A member who has left.

    Attributes:
        left_at: when.
        suspended: whether the membership was suspended by then.
        erase_asked_at: when the member asked to be erased; None for never.
    """

    left_at: datetime
    suspended: bool
    erase_asked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Leaver:
    """A member who has left; `period` is the last month for which they can be paid.

    Attributes:
        member_id: the member.
        reference: the internal name, which is never given again.
        suspended: whether the membership was suspended when it was left.
        user_id: the account; None once it is erased.
        phone: as stored; no number once it is erased.
        account_key: the keyed hash of the account; empty until it is erased.
        phone_key: that of the phone number.
    """

    member_id: int
    reference: str
    period: str
    suspended: bool
    user_id: int | None
    phone: str
    account_key: str
    phone_key: str


@dataclass(frozen=True, slots=True)
class FormerMember:
    """An erased membership whose account has come back.

    Attributes:
        suspended: whether any membership of the account was suspended when it was left.
        sponsor_id: of the newest one; None right under the company.
    """

    suspended: bool
    sponsor_id: int | None


LEAVE = text("""
    INSERT INTO departures (member_id, left_at, period, suspended)
    SELECT m.id, :at, CAST(:period AS TEXT), 1 - m.active FROM members AS m WHERE m.id = :member_id
    ON CONFLICT (member_id) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))

OF_MEMBER = text("""
    SELECT left_at, suspended, erase_asked_at FROM departures WHERE member_id = :member_id
""").columns(left_at=Instant, suspended=Flag, erase_asked_at=Instant)

ASK_ERASURE = text("""
    UPDATE departures SET erase_asked_at = :at
    WHERE member_id = :member_id AND erase_asked_at IS NULL AND erased_at IS NULL
""").bindparams(bindparam("at", type_=Instant))

COME_BACK = text("DELETE FROM departures WHERE member_id = :member_id AND erased_at IS NULL")

TO_ERASE = (
    text("""
    SELECT d.member_id, m.reference, d.period, d.suspended, m.user_id, m.phone,
      d.account_key, d.phone_key
    FROM departures AS d JOIN members AS m ON m.id = d.member_id
    WHERE d.erased_at IS NULL AND d.member_id > :after
      AND (d.erase_asked_at IS NOT NULL OR d.left_at < :left_before)
    ORDER BY d.member_id LIMIT :limit
""")
    .bindparams(bindparam("left_before", type_=Instant))
    .columns(suspended=Flag)
)

ERASED = text("""
    SELECT d.member_id, m.reference, d.period, d.suspended, m.user_id, m.phone,
      d.account_key, d.phone_key
    FROM departures AS d JOIN members AS m ON m.id = d.member_id
    WHERE d.erased_at IS NOT NULL ORDER BY d.member_id
""").columns(suspended=Flag)

FORMER = text("""
    SELECT d.suspended, m.sponsor_id FROM departures AS d JOIN members AS m ON m.id = d.member_id
    WHERE d.account_key = :account_key AND d.account_key <> '' ORDER BY d.member_id
""").columns(suspended=Flag)

SUSPENDED_PHONE = text("""
    SELECT 1 FROM departures
    WHERE phone_key = :phone_key AND phone_key <> '' AND suspended = 1 LIMIT 1
""")

ASK_TO_FORGET = text("""
    INSERT INTO erasure_requests (user_id, asked_at) VALUES (:user_id, :at)
    ON CONFLICT (user_id) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))

TO_FORGET = text("SELECT user_id FROM erasure_requests ORDER BY user_id LIMIT :limit")


def leave(conn: Connection, member_id: int, period: str, at: datetime) -> bool:
    """Store that a member has left in this month; returns False if they had left before."""
    facts = {"member_id": member_id, "period": period, "at": at}
    return conn.execute(LEAVE, facts).rowcount == 1


def of_member(conn: Connection, member_id: int) -> Departure | None:
    """Returns since when a member has left; None for one who has not."""
    row = conn.execute(OF_MEMBER, {"member_id": member_id}).one_or_none()
    return None if row is None else Departure(*row)


def ask_erasure(conn: Connection, member_id: int, at: datetime) -> bool:
    """Store that a member who has left wants to be erased; returns False if asked before."""
    return conn.execute(ASK_ERASURE, {"member_id": member_id, "at": at}).rowcount == 1


def come_back(conn: Connection, member_id: int) -> bool:
    """Take a departure back before anything was erased; returns whether there was one."""
    return conn.execute(COME_BACK, {"member_id": member_id}).rowcount == 1


def to_erase(conn: Connection, left_before: datetime, after: int, limit: int) -> list[Leaver]:
    """Returns members who asked to be erased or left before that moment, in their order."""
    facts = {"left_before": left_before, "after": after, "limit": limit}
    return [Leaver(*row) for row in conn.execute(TO_ERASE, facts)]


def erased(conn: Connection) -> list[Leaver]:
    """Returns all members who have been erased."""
    return [Leaver(*row) for row in conn.execute(ERASED)]


def former(conn: Connection, key: bytes, user_id: int) -> FormerMember | None:
    """Returns the erased membership of an account; None without one."""
    rows = conn.execute(FORMER, {"account_key": account_key(key, user_id)}).all()
    if not rows:
        return None
    return FormerMember(any(row.suspended for row in rows), rows[-1].sponsor_id)


def is_phone_suspended(conn: Connection, key: bytes, phone: str) -> bool:
    """Returns whether an erased member with this number was suspended."""
    found = conn.execute(SUSPENDED_PHONE, {"phone_key": phone_key(key, phone)}).first()
    return found is not None


def ask_to_forget(conn: Connection, user_id: int, at: datetime) -> None:
    """Store that an account without a membership wants to be forgotten."""
    conn.execute(ASK_TO_FORGET, {"user_id": user_id, "at": at})


def to_forget(conn: Connection, limit: int) -> Sequence[int]:
    """Returns accounts without a membership that want to be forgotten."""
    return conn.execute(TO_FORGET, {"limit": limit}).scalars().all()


def account_key(key: bytes, user_id: int) -> str:
    """Returns the keyed hash of an account, by which it is known again; empty without a key."""
    return _hash(key, f"account {user_id}")


def phone_key(key: bytes, phone: str) -> str:
    """Returns the keyed hash of a phone number; empty without a key or a number."""
    return _hash(key, f"phone {phone}") if phone.startswith("+") else ""


def customer_key(key: bytes, seller: str, name_key: str) -> str:
    """Returns the keyed hash of a customer's name with one seller; empty without a key."""
    return _hash(key, f"customer {seller} {name_key}")


def _hash(key: bytes, what: str) -> str:
    return hmac.new(key, what.encode(), hashlib.sha256).hexdigest() if key else ""
