"""A member as the office sees one, found by code, number or name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, text

from bot.store.db.types import Flag, Instant

__all__ = ["OfficeCard", "by_code", "by_number", "named", "set_active"]

WORDS_MAX = 3
LAST_SIGN = "\U0010ffff"
"""No word begins with a sign behind this one."""


@dataclass(frozen=True, slots=True)
class OfficeCard:
    """What the office sees of a member.

    Attributes:
        user_id: the Telegram account; None where there is none yet.
        sponsor: the sponsor's whole name; empty right under the company.
        size: how many are in the team.
        last_sold: the day of the last sale that counts or waits; empty where there is none.
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
    """The member with this code."""
    row = conn.execute(BY_CODE, {"code": code}).one_or_none()
    if row is None:
        return None
    facts = dict(row._mapping)  # noqa: SLF001 - its public name
    return OfficeCard(**{**facts, "trainer": bool(row.trainer), "admin": bool(row.admin)})


def by_number(conn: Connection, phone: str, number: str) -> Sequence[Row[tuple[object, ...]]]:
    """Whoever has this phone number, or this member number from the company's own list."""
    return conn.execute(BY_NUMBER, {"phone": phone, "number": number}).all()


def named(conn: Connection, words: Sequence[str], limit: int) -> Sequence[Row[tuple[object, ...]]]:
    """Members in whose names a word begins with each of these; the longest finds them first."""
    longest = sorted(words, key=len, reverse=True)[:WORDS_MAX]
    facts: dict[str, object] = {"limit": 2 * limit}
    for place in range(WORDS_MAX):
        word = longest[min(place, len(longest) - 1)]
        mark = "" if place == 0 else str(place + 1)
        facts |= {f"low{mark}": word, f"high{mark}": word + LAST_SIGN}
    rows = {row.code: row for row in conn.execute(NAMED, facts)}
    return list(rows.values())[:limit]


def set_active(conn: Connection, member_id: int, *, active: bool) -> bool:
    """Suspend a member, or let one go on; False where that is so already."""
    return conn.execute(SET_ACTIVE, {"id": member_id, "active": active}).rowcount == 1
