"""Who sponsors whom, and how a member is reached."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.core.members.people import first_name
from bot.store.db.types import Flag, Instant
from bot.store.ledger import periods
from bot.store.members import name_words, staging

__all__ = [
    "Member",
    "PhoneHolder",
    "Reachable",
    "add",
    "agree",
    "by_code",
    "by_id",
    "by_user",
    "give_up_phone",
    "is_code_taken",
    "phone_holder",
    "reachable",
    "reachable_admins",
    "start_tips",
]


@dataclass(frozen=True, slots=True)
class Member:
    """A member as stored.

    Attributes:
        user_id: the Telegram account; None until an imported membership is claimed.
        sponsor_id: None right under the company.
        name: the full name.
        title: the form of address.
        phone: E.164; `yielded:<id>` for a member whose number turned out to be another's.
        phone_verified: whether Telegram vouches for the number.
        phone_shown: whether the upline sees the number.
        province: the slug; empty while unknown, as is `birth_year` 0.
        zone: the IANA time zone.
    """

    id: int
    user_id: int | None
    code: str
    sponsor_id: int | None
    name: str
    title: str
    phone: str
    phone_verified: bool
    phone_shown: bool
    province: str
    zone: str
    birth_year: int
    joined_at: datetime
    active: bool


@dataclass(frozen=True, slots=True)
class PhoneHolder:
    """The member who has a phone number, and whether Telegram vouches for it."""

    id: int
    phone_verified: bool


@dataclass(frozen=True, slots=True)
class Reachable:
    """What it takes to write to a member in the right words at the right hour."""

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
""").columns(phone_verified=Flag, phone_shown=Flag, joined_at=Instant, active=Flag)

BY_ID = text("""
    SELECT id, user_id, code, sponsor_id, name, title, phone, phone_verified, phone_shown,
      province, zone, birth_year, joined_at, active
    FROM members WHERE id = :id
""").columns(phone_verified=Flag, phone_shown=Flag, joined_at=Instant, active=Flag)

BY_USER = text("""
    SELECT id, user_id, code, sponsor_id, name, title, phone, phone_verified, phone_shown,
      province, zone, birth_year, joined_at, active
    FROM members WHERE user_id = :user_id
""").columns(phone_verified=Flag, phone_shown=Flag, joined_at=Instant, active=Flag)

PHONE_HOLDER = text("""
    SELECT id, phone_verified FROM members WHERE phone = :phone
      AND (import_id IS NULL OR import_id IN (SELECT id FROM imports WHERE state = 'done'))
""").columns(phone_verified=Flag)

# A code is taken even if its member belongs to an import that is still hidden.
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


# No phone number has this form, and it is different for each member.
GIVE_UP_PHONE = text("""
    UPDATE members SET phone = 'yielded:' || CAST(id AS TEXT), phone_verified = 0
    WHERE id = :id AND phone_verified = 0
""")

START_TIPS = text("""
    INSERT INTO tip_clocks (member_id, hour, due_at) VALUES (:member_id, :hour, :due_at)
    ON CONFLICT (member_id) DO NOTHING
""").bindparams(bindparam("due_at", type_=Instant))


def by_code(conn: Connection, code: str) -> Member | None:
    """Returns the member with this code."""
    row = conn.execute(BY_CODE, {"code": code}).one_or_none()
    return None if row is None else Member(*row)


def by_id(conn: Connection, member_id: int) -> Member:
    """Returns the member with this id, which must exist."""
    return Member(*conn.execute(BY_ID, {"id": member_id}).one())


def by_user(conn: Connection, user_id: int) -> Member | None:
    """Returns the member behind this Telegram account."""
    row = conn.execute(BY_USER, {"user_id": user_id}).one_or_none()
    return None if row is None else Member(*row)


def phone_holder(conn: Connection, phone: str) -> PhoneHolder | None:
    """Returns the member who has this phone number."""
    row = conn.execute(PHONE_HOLDER, {"phone": phone}).one_or_none()
    return None if row is None else PhoneHolder(*row)


def is_code_taken(conn: Connection, code: str) -> bool:
    """Returns whether a member has this code already."""
    return conn.execute(CODE_TAKEN, {"code": code}).first() is not None


def reachable(conn: Connection, member_id: int) -> Reachable | None:
    """Returns how to write to a member; None while the member cannot be reached."""
    row = conn.execute(REACHABLE, {"id": member_id}).one_or_none()
    if row is None:
        return None
    return Reachable(row.user_id, row.language, row.title, first_name(row.name), row.zone)


def reachable_admins(conn: Connection, zone: str) -> list[Reachable]:
    """Returns the admins who are not suspended and can be reached.

    An admin who is not a member is written to by the clock of `zone`.
    """
    return [
        Reachable(row.user_id, row.language, row.title, row.name.partition(" ")[0], row.zone)
        for row in conn.execute(ADMINS, {"zone": zone})
    ]


def add(
    conn: Connection,
    *,
    consents: tuple[tuple[str, str, datetime], ...],
    reference: str,
    user_id: int | None,
    code: str,
    sponsor_id: int | None,
    name: str,
    title: str,
    phone: str,
    phone_verified: bool,
    province: str,
    zone: str,
    birth_year: int,
    joined_at: datetime,
) -> int:
    """Enter a member with the consents given at joining (see `agree`).

    Returns:
        The member's id.
    """
    periods.hold_open(conn)
    staging.yield_phone(conn, phone)
    row = {
        "reference": reference,
        "user_id": user_id,
        "code": code,
        "sponsor_id": sponsor_id,
        "name": name,
        "title": title,
        "phone": phone,
        "phone_verified": phone_verified,
        "province": province,
        "zone": zone,
        "birth_year": birth_year,
        "joined_at": joined_at,
    }
    member_id: int = conn.execute(ADD, row).scalar_one()
    name_words.write(conn, {member_id: name})
    agree(conn, member_id, consents)
    return member_id


def agree(
    conn: Connection, member_id: int, consents: tuple[tuple[str, str, datetime], ...]
) -> None:
    """Store the info cards a member agreed to: card, version, moment."""
    for card, version, at in consents:
        row = {"member_id": member_id, "card": card, "version": version, "at": at}
        conn.execute(AGREE, row)


def give_up_phone(conn: Connection, member_id: int) -> None:
    """Take an unverified phone number from a member, since its owner has verified it."""
    changed = conn.execute(GIVE_UP_PHONE, {"id": member_id}).rowcount
    assert changed == 1, "a verified number is never taken away"


def start_tips(conn: Connection, member_id: int, hour: str, due_at: datetime) -> None:
    """Schedule the daily tip: first at `due_at`, then each day at this local hour (HH:MM)."""
    conn.execute(START_TIPS, {"member_id": member_id, "hour": hour, "due_at": due_at})
