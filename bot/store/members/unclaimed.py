"""Places of members who have no account here yet, found and taken by the phone number."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

__all__ = ["UnclaimedPlace", "take", "waiting"]


@dataclass(frozen=True, slots=True)
class UnclaimedPlace:
    """A place that nobody has taken.

    Attributes:
        id: the member.
        name: the whole name.
        number: the company's own member number.
        sponsor: the sponsor's whole name; None right under the company.
    """

    id: int
    name: str
    number: str
    sponsor: str | None


# Who has once told the year of birth has had an account; that is not claimed by a phone again.
WAITING = text("""
    SELECT m.id, m.name, m.number, (SELECT name FROM members WHERE id = m.sponsor_id) AS sponsor
    FROM members AS m
    WHERE m.phone = :phone AND m.user_id IS NULL AND m.birth_year = 0 AND m.active = 1
      AND m.number IS NOT NULL
      AND (m.import_id IS NULL OR m.import_id IN (SELECT id FROM imports WHERE state = 'done'))
""")

TAKE = text("""
    UPDATE members SET user_id = :user_id, title = :title, phone_verified = 1,
      province = :province, zone = :zone, birth_year = :birth_year
    WHERE id = :id AND phone = :phone AND user_id IS NULL AND birth_year = 0 AND active = 1
""")


def waiting(conn: Connection, phone: str) -> UnclaimedPlace | None:
    """The place that waits for the owner of this number."""
    row = conn.execute(WAITING, {"phone": phone}).one_or_none()
    return None if row is None else UnclaimedPlace(row.id, row.name, row.number, row.sponsor)


def take(conn: Connection, member_id: int, **facts: object) -> None:
    """Link a place to an account, with what only its owner could tell."""
    changed = conn.execute(TAKE, {"id": member_id, **facts}).rowcount
    assert changed == 1, "a place is found and taken in one transaction"
