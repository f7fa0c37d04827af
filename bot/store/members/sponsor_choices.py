"""Returning members, and the sponsor that the office chooses for one.

Only who has no team and no figures in any month is moved: then no month, open or closed,
pays or counts anything else than before.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Flag, Instant

__all__ = ["Comeback", "came_back", "choose", "comeback"]


@dataclass(frozen=True, slots=True)
class Comeback:
    """A member with what decides whether the office may choose the sponsor.

    Attributes:
        id: of the member.
        code: of the member.
        name: the full name.
        sponsor_id: None right under the company.
        joined_at: when they joined first.
        active: whether the membership is.
        left_at: when they left; None for one who has not, or is back.
        came_at: when they came back; None if they never did.
        size: members in the team.
        figures: whether sales, points of before or ranks count for the member in any month.
    """

    id: int
    code: str
    name: str
    sponsor_id: int | None
    joined_at: datetime
    active: bool
    left_at: datetime | None
    came_at: datetime | None
    size: int
    figures: bool


COMEBACK = text("""
    SELECT m.id, m.code, m.name, m.sponsor_id, m.joined_at, m.active,
      (SELECT d.left_at FROM departures AS d
       WHERE d.member_id = m.id AND d.erased_at IS NULL) AS left_at,
      (SELECT c.came_at FROM comebacks AS c WHERE c.member_id = m.id) AS came_at,
      COALESCE((SELECT t.size FROM teams AS t WHERE t.member_id = m.id), 0) AS size,
      CASE WHEN EXISTS (SELECT 1 FROM sales AS s
                        WHERE s.seller_id = m.id AND s.status = 'approved')
             OR EXISTS (SELECT 1 FROM openings AS o
                        WHERE o.member_id = m.id AND (o.points > 0 OR o.title <> ''))
             OR EXISTS (SELECT 1 FROM given_ranks AS g WHERE g.member_id = m.id)
           THEN 1 ELSE 0 END AS figures
    FROM members AS m WHERE m.code = :code
      AND (m.import_id IS NULL OR m.import_id IN (SELECT id FROM imports WHERE state = 'done'))
""").columns(joined_at=Instant, left_at=Instant, came_at=Instant, active=Flag, figures=Flag)

CAME_BACK = text("""
    INSERT INTO comebacks (member_id, came_at) VALUES (:member_id, :at)
    ON CONFLICT (member_id) DO UPDATE SET came_at = excluded.came_at
""").bindparams(bindparam("at", type_=Instant))

NOTE_CHOICE = text("""
    INSERT INTO comebacks (member_id, chosen_at, chosen_by, reason)
    VALUES (:member_id, :at, :by, :reason)
    ON CONFLICT (member_id) DO UPDATE SET chosen_at = excluded.chosen_at,
      chosen_by = excluded.chosen_by, reason = excluded.reason
""").bindparams(bindparam("at", type_=Instant))

PLACE = text("UPDATE members SET sponsor_id = :sponsor_id WHERE id = :member_id")


def comeback(conn: Connection, code: str) -> Comeback | None:
    """Returns the member with this code as the office may place them; None without one."""
    row = conn.execute(COMEBACK, {"code": code}).one_or_none()
    return None if row is None else Comeback(*row)


def came_back(conn: Connection, member_id: int, at: datetime) -> None:
    """Store that a member has joined again."""
    conn.execute(CAME_BACK, {"member_id": member_id, "at": at})


def choose(
    conn: Connection, member_id: int, sponsor_id: int | None, *, reason: str, by: int, at: datetime
) -> None:
    """Place a member under this sponsor, and store why; the counters are shifted by the caller.

    Args:
        conn: a transaction that keeps all others out of the open months.
        member_id: a member without a team and without figures.
        sponsor_id: None right under the company.
        reason: why, as the office wrote it.
        by: the admin's account.
        at: when.
    """
    conn.execute(PLACE, {"member_id": member_id, "sponsor_id": sponsor_id})
    facts = {"member_id": member_id, "reason": reason, "by": by, "at": at}
    conn.execute(NOTE_CHOICE, facts)
