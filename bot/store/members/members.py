"""Who sponsors whom, and how a member is reached."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, text

from bot.core.members.people import first_name
from bot.store.db.types import Flag, Instant
from bot.store.members import name_words, staging

__all__ = [
    "Reachable",
    "add",
    "agree",
    "by_code",
    "by_id",
    "by_user",
    "give_up_phone",
    "phone_holder",
    "reachable",
    "reachable_admins",
    "start_tips",
    "taken_codes",
]


@dataclass(frozen=True, slots=True)
class Reachable:
    """What is needed to write to a member in the right words at the right hour."""

    user_id: int
    language: str
    title: str
    name: str
    zone: str


BY_CODE = text("""
    SELECT id, user_id, code, sponsor_id, name, title, phone, phone_verified, phone_shown,
      province, zone, birth_year, joined_at, active
    FROM members WHERE code = :code
      AND (import_id IS NULL OR import_id IN (SELECT id FROM imports WHERE state = 'done'))
""").columns(joined_at=Instant)

BY_ID = text("""
    SELECT id, user_id, code, sponsor_id, name, title, phone, phone_verified, phone_shown,
      province, zone, birth_year, joined_at, active
    FROM members WHERE id = :id
""").columns(joined_at=Instant)

BY_USER = text("""
    SELECT id, user_id, code, sponsor_id, name, title, phone, phone_verified, phone_shown,
      province, zone, birth_year, joined_at, active
    FROM members WHERE user_id = :user_id
""").columns(joined_at=Instant)

PHONE_HOLDER = text("""
    SELECT id, phone_verified FROM members WHERE phone = :phone
      AND (import_id IS NULL OR import_id IN (SELECT id FROM imports WHERE state = 'done'))
""")

# The code of a member who cannot be seen yet is taken as well.
CODE_TAKEN = text("SELECT 1 FROM members WHERE code = :code")

REACHABLE = text("""
    SELECT p.user_id, p.language, m.title, m.name, m.zone
    FROM members AS m JOIN people AS p ON p.user_id = m.user_id
    WHERE m.id = :id AND p.reach = 'open'
""")

ADMINS = text("""
    SELECT r.user_id, p.language, coalesce(m.title, p.title) AS title,
      coalesce(m.name, '') AS name, coalesce(m.zone, :zone) AS zone
    FROM roles AS r JOIN people AS p ON p.user_id = r.user_id
      LEFT JOIN members AS m ON m.user_id = r.user_id
    WHERE r.role = 'admin' AND p.reach = 'open' AND COALESCE(m.active, 1) = 1
""")

ADD = text("""
    INSERT INTO members (reference, user_id, code, sponsor_id, name, title, phone, phone_verified,
                         province, zone, birth_year, joined_at)
    VALUES (:reference, :user_id, :code, :sponsor_id, :name, :title, :phone, :phone_verified,
            :province, :zone, :birth_year, :joined_at)
    RETURNING id
""").bindparams(bindparam("joined_at", type_=Instant), bindparam("phone_verified", type_=Flag))

AGREE = text("""
    INSERT INTO consents (member_id, card, version, at) VALUES (:member_id, :card, :version, :at)
    ON CONFLICT (member_id, card, version) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))


# No number looks like this one, and no two members share it.
GIVE_UP_PHONE = text("""
    UPDATE members SET phone = 'yielded:' || CAST(id AS TEXT), phone_verified = 0
    WHERE id = :id AND phone_verified = 0
""")

START_TIPS = text("""
    INSERT INTO tip_clocks (member_id, hour, due_at) VALUES (:member_id, :hour, :due_at)
    ON CONFLICT (member_id) DO NOTHING
""").bindparams(bindparam("due_at", type_=Instant))


def by_code(conn: Connection, code: str) -> Row[tuple[object, ...]] | None:
    """The member with this code."""
    return conn.execute(BY_CODE, {"code": code}).one_or_none()


def by_id(conn: Connection, member_id: int) -> Row[tuple[object, ...]]:
    """The member with this id."""
    return conn.execute(BY_ID, {"id": member_id}).one()


def by_user(conn: Connection, user_id: int) -> Row[tuple[object, ...]] | None:
    """The member behind this Telegram account."""
    return conn.execute(BY_USER, {"user_id": user_id}).one_or_none()


def phone_holder(conn: Connection, phone: str) -> Row[tuple[object, ...]] | None:
    """Whose phone number this is, and whether that is certain."""
    return conn.execute(PHONE_HOLDER, {"phone": phone}).one_or_none()


def taken_codes(conn: Connection, code: str) -> bool:
    """Whether a member has this code already."""
    return conn.execute(CODE_TAKEN, {"code": code}).first() is not None


def reachable(conn: Connection, member_id: int) -> Reachable | None:
    """How to write to a member; None while that is not possible."""
    row = conn.execute(REACHABLE, {"id": member_id}).one_or_none()
    if row is None:
        return None
    return Reachable(row.user_id, row.language, row.title, first_name(row.name), row.zone)


def reachable_admins(conn: Connection, zone: str) -> list[Reachable]:
    """All admins who act and can be written to; one who is no member lives in the zone given."""
    return [
        Reachable(row.user_id, row.language, row.title, row.name.partition(" ")[0], row.zone)
        for row in conn.execute(ADMINS, {"zone": zone})
    ]


def add(
    conn: Connection,
    *,
    name: str,
    consents: tuple[tuple[str, str, datetime], ...],
    **facts: object,
) -> int:
    """Enter a member with the versions of the info cards agreed to; gives the id."""
    staging.yield_phone(conn, str(facts["phone"]))
    member_id: int = conn.execute(ADD, {"name": name, **facts}).scalar_one()
    name_words.write(conn, {member_id: name})
    agree(conn, member_id, consents)
    return member_id


def agree(
    conn: Connection, member_id: int, consents: tuple[tuple[str, str, datetime], ...]
) -> None:
    """Keep which info cards a member agreed to: card, version, moment."""
    for card, version, at in consents:
        row = {"member_id": member_id, "card": card, "version": version, "at": at}
        conn.execute(AGREE, row)


def give_up_phone(conn: Connection, member_id: int) -> None:
    """Take a number that was only typed from a member; its owner has turned up."""
    changed = conn.execute(GIVE_UP_PHONE, {"id": member_id}).rowcount
    assert changed == 1, "a number that Telegram vouches for is not taken away"


def start_tips(conn: Connection, member_id: int, hour: str, due_at: datetime) -> None:
    """Send the tip of the day to a member from this moment on, each day at this local hour."""
    conn.execute(START_TIPS, {"member_id": member_id, "hour": hour, "due_at": due_at})
