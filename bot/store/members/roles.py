"""Trainers and admins, and the one-time codes that make the first admin."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.core.members.one_time_codes import ADMIN_CODE_LIFE
from bot.core.members.people import first_name
from bot.store.db.types import Instant
from bot.store.members.members import Reachable

__all__ = [
    "Rights",
    "RoleHolder",
    "by_account",
    "by_code",
    "counts",
    "grant",
    "holders",
    "lock_admins",
    "make_admin_code",
    "other_admins",
    "reachable",
    "revoke",
    "rights_of",
    "spend_admin_code",
]

HOLDERS_MAX = 20


@dataclass(frozen=True, slots=True)
class RoleHolder:
    """A member or an account, and its roles.

    Attributes:
        user_id: None for a member who never wrote to the bot.
        name: empty for an account that is not a member's.
        code: empty for an account that is not a member's.
    """

    user_id: int | None
    name: str
    code: str
    trainer: bool
    admin: bool


@dataclass(frozen=True, slots=True)
class Rights:
    """What an account may do at this moment.

    Attributes:
        member: whether it has a membership.
        suspended: whether the office has suspended the membership.
        roles: the roles it has, suspended or not.
    """

    member: bool
    suspended: bool
    roles: frozenset[str]


HOLDERS = text("""
    SELECT r.user_id, coalesce(m.name, '') AS name, coalesce(m.code, '') AS code,
      max(CASE WHEN r.role = 'trainer' THEN 1 ELSE 0 END) AS trainer,
      max(CASE WHEN r.role = 'admin' THEN 1 ELSE 0 END) AS admin
    FROM roles AS r LEFT JOIN members AS m ON m.user_id = r.user_id
    GROUP BY r.user_id, m.name, m.code
    ORDER BY admin DESC, name, r.user_id LIMIT :limit
""")

BY_CODE = text("""
    SELECT m.user_id, m.name, m.code,
      (SELECT count(*) FROM roles WHERE user_id = m.user_id AND role = 'trainer') AS trainer,
      (SELECT count(*) FROM roles WHERE user_id = m.user_id AND role = 'admin') AS admin
    FROM members AS m WHERE m.code = :code
      AND (m.import_id IS NULL OR m.import_id IN (SELECT id FROM imports WHERE state = 'done'))
""")

BY_ACCOUNT = text("""
    SELECT p.user_id, coalesce(m.name, '') AS name, coalesce(m.code, '') AS code,
      (SELECT count(*) FROM roles WHERE user_id = p.user_id AND role = 'trainer') AS trainer,
      (SELECT count(*) FROM roles WHERE user_id = p.user_id AND role = 'admin') AS admin
    FROM people AS p LEFT JOIN members AS m ON m.user_id = p.user_id
    WHERE p.user_id = :user_id
""")

RIGHTS = text("""
    SELECT (SELECT m.active FROM members AS m WHERE m.user_id = :user_id) AS active,
      (SELECT count(*) FROM roles WHERE user_id = :user_id AND role = 'trainer') AS trainer,
      (SELECT count(*) FROM roles WHERE user_id = :user_id AND role = 'admin') AS admin
""")

REACHABLE = text("""
    SELECT p.user_id, p.language, coalesce(m.title, p.title) AS title,
      coalesce(m.name, '') AS name, coalesce(m.zone, :zone) AS zone
    FROM people AS p LEFT JOIN members AS m ON m.user_id = p.user_id
    WHERE p.user_id = :user_id AND p.reach = 'open'
""")

COUNTS = text("""
    SELECT count(CASE WHEN role = 'trainer' THEN 1 END) AS trainers,
      count(CASE WHEN role = 'admin' THEN 1 END) AS admins
    FROM roles
""")

OTHER_ADMINS = text("""
    SELECT count(*) FROM roles AS r
    WHERE r.role = 'admin' AND r.user_id <> :user_id
      AND NOT EXISTS (SELECT 1 FROM members AS m WHERE m.user_id = r.user_id AND m.active = 0)
""")

# Changes nothing, but locks the rows: another transaction that revokes an admin waits for this
# one. Otherwise two admins could remove each other at the same moment.
LOCK_ADMINS = text("UPDATE roles SET granted_at = granted_at WHERE role = 'admin'")

GRANT = text("""
    INSERT INTO roles (user_id, role, granted_at, granted_by) VALUES (:user_id, :role, :at, :by)
    ON CONFLICT (user_id, role) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))

REVOKE = text("DELETE FROM roles WHERE user_id = :user_id AND role = :role")

KEEP_CODE = text("""
    INSERT INTO admin_codes (digest, expires_at) VALUES (:digest, :expires_at)
""").bindparams(bindparam("expires_at", type_=Instant))

SPEND_CODE = text("""
    UPDATE admin_codes SET used_at = :now
    WHERE digest = :digest AND used_at IS NULL AND expires_at > :now
""").bindparams(bindparam("now", type_=Instant))


def holders(conn: Connection) -> list[RoleHolder]:
    """Returns the accounts with a role, admins first."""
    rows = conn.execute(HOLDERS, {"limit": HOLDERS_MAX})
    return [_holder(*row) for row in rows]


def by_code(conn: Connection, code: str) -> RoleHolder | None:
    """Returns the member with this code, and their roles."""
    row = conn.execute(BY_CODE, {"code": code}).one_or_none()
    return None if row is None else _holder(*row)


def by_account(conn: Connection, user_id: int) -> RoleHolder | None:
    """Returns the person behind a Telegram account, and their roles."""
    row = conn.execute(BY_ACCOUNT, {"user_id": user_id}).one_or_none()
    return None if row is None else _holder(*row)


def reachable(conn: Connection, user_id: int, zone: str) -> Reachable | None:
    """Returns how to write to an account, member or not; None if it cannot be reached.

    An account that is not a member's is written to by the clock of `zone`.
    """
    row = conn.execute(REACHABLE, {"user_id": user_id, "zone": zone}).one_or_none()
    if row is None:
        return None
    name = first_name(row.name) if row.name else ""
    return Reachable(row.user_id, row.language, row.title, name, row.zone)


def rights_of(conn: Connection, user_id: int) -> Rights:
    """Returns membership and roles of an account, on which its rights depend."""
    row = conn.execute(RIGHTS, {"user_id": user_id}).one()
    held = [("trainer", row.trainer), ("admin", row.admin)]
    names = frozenset(name for name, count in held if count)
    return Rights(row.active is not None, row.active == 0, names)


def counts(conn: Connection) -> tuple[int, int]:
    """Returns the number of trainers and of admins."""
    row = conn.execute(COUNTS).one()
    return row.trainers, row.admins


def other_admins(conn: Connection, user_id: int) -> int:
    """Returns the number of admins, besides this account, who are not suspended."""
    count: int = conn.execute(OTHER_ADMINS, {"user_id": user_id}).scalar_one()
    return count


def lock_admins(conn: Connection) -> int:
    """Returns the number of admins, and locks it until this transaction ends."""
    return conn.execute(LOCK_ADMINS).rowcount


def grant(conn: Connection, user_id: int, role: str, by: int | None, at: datetime) -> bool:
    """Grant a role; returns False if the account has it already."""
    row = {"user_id": user_id, "role": role, "by": by, "at": at}
    return conn.execute(GRANT, row).rowcount == 1


def revoke(conn: Connection, user_id: int, role: str) -> bool:
    """Revoke a role; returns False if the account does not have it."""
    return conn.execute(REVOKE, {"user_id": user_id, "role": role}).rowcount == 1


def make_admin_code(conn: Connection, code: str, now: datetime) -> datetime:
    """Store the digest of a one-time code; returns the moment at which it expires."""
    expires_at = now + ADMIN_CODE_LIFE
    conn.execute(KEEP_CODE, {"digest": _digest(code), "expires_at": expires_at})
    return expires_at


def spend_admin_code(conn: Connection, code: str, now: datetime) -> bool:
    """Mark a code as used; returns False if it is unknown, used or expired."""
    return conn.execute(SPEND_CODE, {"digest": _digest(code), "now": now}).rowcount == 1


def _holder(user_id: int | None, name: str, code: str, trainer: int, admin: int) -> RoleHolder:
    return RoleHolder(user_id, name, code, bool(trainer), bool(admin))


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
