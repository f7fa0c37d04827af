"""What one member allows one other member; every change is a row of its own.

Without a row a member lets others of the line write, and shows nobody the phone number.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Flag, Instant

__all__ = [
    "PairPermission",
    "PairPurpose",
    "allows",
    "changed",
    "count_given",
    "note",
    "permission",
]

PairPurpose: TypeAlias = Literal["phone", "messages"]


@dataclass(frozen=True, slots=True)
class PairPermission:
    """A permission that was given or taken back: for whom, for what, and when."""

    id: int
    other_id: int
    purpose: PairPurpose
    given: bool
    at: datetime


NEWEST = text("""
    SELECT given FROM pair_permissions
    WHERE member_id = :member_id AND other_id = :other_id AND purpose = :purpose
    ORDER BY id DESC LIMIT 1
""").columns(given=Flag)

NOTE = text("""
    INSERT INTO pair_permissions (member_id, other_id, purpose, given, at)
    VALUES (:member_id, :other_id, :purpose, :given, :at)
""").bindparams(bindparam("given", type_=Flag), bindparam("at", type_=Instant))

CHANGED = text("""
    SELECT p.id, p.other_id, p.purpose, p.given, p.at FROM pair_permissions AS p
    WHERE p.member_id = :member_id
      AND p.given = CASE WHEN p.purpose = 'phone' THEN 1 ELSE 0 END
      AND NOT EXISTS (
        SELECT 1 FROM pair_permissions AS n
        WHERE n.member_id = p.member_id AND n.other_id = p.other_id AND n.purpose = p.purpose
          AND n.id > p.id)
    ORDER BY p.id DESC
""").columns(given=Flag, at=Instant)

COUNT_GIVEN = text("""
    SELECT count(*) FROM pair_permissions AS p
    WHERE p.member_id = :member_id AND p.purpose = 'phone' AND p.given = 1
      AND NOT EXISTS (
        SELECT 1 FROM pair_permissions AS n
        WHERE n.member_id = p.member_id AND n.other_id = p.other_id AND n.purpose = p.purpose
          AND n.id > p.id)
""")

ONE = text("""
    SELECT id, other_id, purpose, given, at FROM pair_permissions
    WHERE id = :id AND member_id = :member_id
""").columns(given=Flag, at=Instant)


def allows(conn: Connection, member_id: int, other_id: int, purpose: PairPurpose) -> bool:
    """Returns whether a member allows this to another one, by the latest row."""
    facts = {"member_id": member_id, "other_id": other_id, "purpose": purpose}
    given: bool | None = conn.execute(NEWEST, facts).scalar()
    return purpose == "messages" if given is None else given


def note(
    conn: Connection,
    member_id: int,
    other_id: int,
    purpose: PairPurpose,
    given: bool,
    at: datetime,
) -> None:
    """Store that a member allows this to another one, or no more."""
    facts = {"member_id": member_id, "other_id": other_id, "purpose": purpose}
    conn.execute(NOTE, {**facts, "given": given, "at": at})


def changed(conn: Connection, member_id: int) -> list[PairPermission]:
    """Returns what a member has decided and can take back, the latest first.

    These are the members who see the phone number, and those who may not write any more.
    """
    rows = conn.execute(CHANGED, {"member_id": member_id})
    return [PairPermission(*row) for row in rows]


def count_given(conn: Connection, member_id: int) -> int:
    """Returns to how many members the phone number is given."""
    found: int = conn.execute(COUNT_GIVEN, {"member_id": member_id}).scalar_one()
    return found


def permission(conn: Connection, permission_id: int, member_id: int) -> PairPermission | None:
    """Returns a row of this member; None for another member's."""
    facts = {"id": permission_id, "member_id": member_id}
    row = conn.execute(ONE, facts).one_or_none()
    return None if row is None else PairPermission(*row)
