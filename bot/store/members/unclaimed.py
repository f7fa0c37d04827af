"""Imported memberships without a Telegram account, claimed by the phone number."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

__all__ = ["UnclaimedMembership", "claim", "waiting"]


@dataclass(frozen=True, slots=True)
class UnclaimedMembership:
    """An imported membership that has not been claimed.

    Attributes:
        id: the member.
        name: the full name.
        number: the company's own member number.
        sponsor: the sponsor's full name; None right under the company.
    """

    id: int
    name: str
    number: str
    sponsor: str | None


# A member with a year of birth has had an account before, and cannot be claimed by phone again.
WAITING = text("""
    SELECT m.id, m.name, m.number, (SELECT name FROM members WHERE id = m.sponsor_id) AS sponsor
    FROM members AS m
    WHERE m.phone = :phone AND m.user_id IS NULL AND m.birth_year = 0 AND m.active = 1
      AND m.number IS NOT NULL
      AND (m.import_id IS NULL OR m.import_id IN (SELECT id FROM imports WHERE state = 'done'))
""")

CLAIM = text("""
    UPDATE members SET user_id = :user_id, title = :title, phone_verified = 1,
      province = :province, zone = :zone, birth_year = :birth_year
    WHERE id = :id AND phone = :phone AND user_id IS NULL AND birth_year = 0 AND active = 1
""")


def waiting(conn: Connection, phone: str) -> UnclaimedMembership | None:
    """Returns the unclaimed membership with this phone number."""
    row = conn.execute(WAITING, {"phone": phone}).one_or_none()
    return None if row is None else UnclaimedMembership(row.id, row.name, row.number, row.sponsor)


def claim(
    conn: Connection,
    member_id: int,
    *,
    user_id: int,
    phone: str,
    title: str,
    province: str,
    zone: str,
    birth_year: int,
) -> None:
    """Link an unclaimed membership to an account, with the facts that only its owner knows."""
    row = {
        "id": member_id,
        "user_id": user_id,
        "phone": phone,
        "title": title,
        "province": province,
        "zone": zone,
        "birth_year": birth_year,
    }
    changed = conn.execute(CLAIM, row).rowcount
    assert changed == 1, "a membership is found and claimed in one transaction"
