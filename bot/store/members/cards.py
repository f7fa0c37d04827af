"""A member as the office sees one, found by code, number or name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Flag, Instant
from bot.store.ledger import periods

__all__ = ["MatchedMember", "OfficeCard", "by_code", "by_number", "named", "set_active"]

WORDS_MAX = 3
LAST_CHARACTER = "\U0010ffff"
"""The last character of Unicode: it ends the range of words with a common beginning."""


@dataclass(frozen=True, slots=True)
class OfficeCard:
    """A member as the office sees one.

    Attributes:
        user_id: the Telegram account; None while there is none.
        sponsor: the sponsor's full name; empty for a member right under the company.
        size: the number of members in the team.
        last_sold: the day (YYYY-MM-DD) of the last approved or waiting sale; empty if none.
    """

    id: int
    user_id: int | None
    code: str
    name: str
    phone: str
    phone_verified: bool
    joined_at: datetime
    active: bool
    sponsor: str
    size: int
    trainer: bool
    admin: bool
    last_sold: str


@dataclass(frozen=True, slots=True)
class MatchedMember:
    """One hit of a search."""

    code: str
    name: str


BY_CODE = text("""
    SELECT m.id, m.user_id, m.code, m.name, m.phone, m.phone_verified, m.joined_at, m.active,
      COALESCE((SELECT s.name FROM members AS s WHERE s.id = m.sponsor_id), '') AS sponsor,
      COALESCE((SELECT t.size FROM teams AS t WHERE t.member_id = m.id), 0) AS size,
      (SELECT count(*) FROM roles AS r
       WHERE r.user_id = m.user_id AND r.role = 'trainer') AS trainer,
      (SELECT count(*) FROM roles AS r
       WHERE r.user_id = m.user_id AND r.role = 'admin') AS admin,
      COALESCE((SELECT max(x.sold_on) FROM sales AS x
                WHERE x.seller_id = m.id AND x.status IN ('waiting', 'approved')), '') AS last_sold
    FROM members AS m WHERE m.code = :code
      AND (m.import_id IS NULL OR m.import_id IN (SELECT id FROM imports WHERE state = 'done'))
""").columns(joined_at=Instant, phone_verified=Flag, active=Flag)

BY_NUMBER = text("""
    SELECT code, name FROM members WHERE phone = :phone
      AND (import_id IS NULL OR import_id IN (SELECT id FROM imports WHERE state = 'done'))
    UNION SELECT code, name FROM members WHERE number = :number
      AND (import_id IS NULL OR import_id IN (SELECT id FROM imports WHERE state = 'done'))
""")

NAMED = text("""
    SELECT m.code, m.name
    FROM member_words AS w JOIN members AS m ON m.id = w.member_id
    WHERE w.word >= :low AND w.word < :high
      AND (m.import_id IS NULL OR m.import_id IN (SELECT id FROM imports WHERE state = 'done'))
      AND EXISTS (SELECT 1 FROM member_words AS x
                  WHERE x.member_id = w.member_id AND x.word >= :low2 AND x.word < :high2)
      AND EXISTS (SELECT 1 FROM member_words AS y
                  WHERE y.member_id = w.member_id AND y.word >= :low3 AND y.word < :high3)
    ORDER BY w.word, w.member_id LIMIT :limit
""")

SET_ACTIVE = text("UPDATE members SET active = :active WHERE id = :id AND active <> :active")
SET_ACTIVE = SET_ACTIVE.bindparams(bindparam("active", type_=Flag))


def by_code(conn: Connection, code: str) -> OfficeCard | None:
    """Returns the member with this code."""
    row = conn.execute(BY_CODE, {"code": code}).one_or_none()
    if row is None:
        return None
    return OfficeCard(
        id=row.id,
        user_id=row.user_id,
        code=row.code,
        name=row.name,
        phone=row.phone,
        phone_verified=row.phone_verified,
        joined_at=row.joined_at,
        active=row.active,
        sponsor=row.sponsor,
        size=row.size,
        trainer=bool(row.trainer),
        admin=bool(row.admin),
        last_sold=row.last_sold,
    )


def by_number(conn: Connection, phone: str, number: str) -> list[MatchedMember]:
    """Returns members with this phone number, or this number in the company's own list."""
    rows = conn.execute(BY_NUMBER, {"phone": phone, "number": number})
    return [MatchedMember(row.code, row.name) for row in rows]


def named(conn: Connection, words: Sequence[str], limit: int) -> list[MatchedMember]:
    """Returns members whose names have a word beginning with each of these.

    The search starts from the longest of the words, as it matches the fewest names.
    """
    longest = sorted(words, key=len, reverse=True)[:WORDS_MAX]
    facts: dict[str, object] = {"limit": 2 * limit}
    for place in range(WORDS_MAX):
        word = longest[min(place, len(longest) - 1)]
        suffix = "" if place == 0 else str(place + 1)
        facts |= {f"low{suffix}": word, f"high{suffix}": word + LAST_CHARACTER}
    matched = {row.code: MatchedMember(row.code, row.name) for row in conn.execute(NAMED, facts)}
    return list(matched.values())[:limit]


def set_active(conn: Connection, member_id: int, *, active: bool) -> bool:
    """Suspend or reinstate a member; returns False if nothing changed.

    A month that is being closed counts the members as they were when it was shut.
    """
    periods.hold_open(conn)
    return conn.execute(SET_ACTIVE, {"id": member_id, "active": active}).rowcount == 1
