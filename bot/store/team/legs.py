"""A member's place in the tree, and the legs right below, with the figures of a month.

All figures come from counters, one row for each member shown; no query walks down the tree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.core.members.people import name_words
from bot.store.db.types import Big, Flag, Instant
from bot.store.ledger.volumes import CHAIN_MAX

__all__ = [
    "SORTED_MAX",
    "LegFigures",
    "MemberFigures",
    "active_sellers",
    "direct",
    "figures_of",
    "in_team",
    "latest",
    "ranked",
]

SORTED_MAX = 1_000
"""The number of legs, earliest first, that are sorted by figures or names."""


@dataclass(frozen=True, slots=True)
class MemberFigures:
    """A member with the figures of a month.

    Attributes:
        sponsor_code: None right under the company.
        size: the number of members below.
        legs: the number of members right below.
        own_count: the member's own approved sales.
        group_sales: approved sales of the member and the team, in rupiah.
        team_active: the number of members below who sold.
        team_joined: the number of members below who joined.
        sold_points: the part of the own points that customers bought.
        active: whether the member is neither suspended nor has left.
    """

    id: int
    code: str
    name: str
    phone: str
    phone_shown: bool
    joined_at: datetime
    sponsor_code: str | None
    size: int
    legs: int
    own_count: int
    own_points: int
    group_sales: int
    group_points: int
    team_active: int
    team_joined: int
    sold_points: int
    active: bool


@dataclass(frozen=True, slots=True)
class LegFigures:
    """A member right below another, with team size and the figures of a month."""

    code: str
    name: str
    size: int
    own_count: int
    group_points: int


FIGURES = text("""
    SELECT m.id, m.code, m.name, m.phone, m.phone_shown, m.joined_at,
      (SELECT s.code FROM members AS s WHERE s.id = m.sponsor_id) AS sponsor_code,
      COALESCE(t.size, 0) AS size, COALESCE(t.legs, 0) AS legs,
      COALESCE(v.own_count, 0) AS own_count, COALESCE(v.own_points, 0) AS own_points,
      COALESCE(v.group_sales, 0) AS group_sales, COALESCE(v.group_points, 0) AS group_points,
      COALESCE(v.team_active, 0) AS team_active, COALESCE(v.team_joined, 0) AS team_joined,
      COALESCE(v.sold_points, 0) AS sold_points, m.active
    FROM members AS m
    LEFT JOIN teams AS t ON t.member_id = m.id
    LEFT JOIN volumes AS v ON v.member_id = m.id AND v.period = :period
    WHERE m.code = :code
""").columns(phone_shown=Flag, joined_at=Instant, active=Flag)

# The page is cut before the counters are joined, so that only the rows of the page are looked up.
DIRECT = text("""
    SELECT leg.code, leg.name, COALESCE(t.size, 0) AS size,
      COALESCE(v.own_count, 0) AS own_count, COALESCE(v.group_points, 0) AS group_points
    FROM (SELECT id, code, name FROM members WHERE sponsor_id = :sponsor_id
          ORDER BY id LIMIT :rows OFFSET :skip) AS leg
    LEFT JOIN teams AS t ON t.member_id = leg.id
    LEFT JOIN volumes AS v ON v.member_id = leg.id AND v.period = :period
    ORDER BY leg.id
""")

LATEST = text("""
    SELECT leg.code, leg.name, COALESCE(t.size, 0) AS size,
      COALESCE(v.own_count, 0) AS own_count, COALESCE(v.group_points, 0) AS group_points
    FROM (SELECT id, code, name FROM members WHERE sponsor_id = :sponsor_id
          ORDER BY id DESC LIMIT :rows OFFSET :skip) AS leg
    LEFT JOIN teams AS t ON t.member_id = leg.id
    LEFT JOIN volumes AS v ON v.member_id = leg.id AND v.period = :period
    ORDER BY leg.id DESC
""")

SELLERS = text("""
    SELECT v.member_id FROM volumes AS v
    WHERE v.member_id IN :ids AND v.period = :period AND v.own_count > 0
""").bindparams(bindparam("ids", expanding=True, type_=Big))

IN_TEAM = text("""
    WITH RECURSIVE up (id, depth) AS (
      SELECT CAST(:member_id AS BIGINT), 0
      UNION ALL
      SELECT (SELECT sponsor_id FROM members WHERE id = up.id), up.depth + 1
      FROM up WHERE up.id IS NOT NULL AND up.id <> :upline_id AND up.depth < :chain_max
    )
    SELECT 1 FROM up WHERE id = :upline_id
""")


def figures_of(conn: Connection, code: str, period: str) -> MemberFigures | None:
    """Returns the member with this code and the figures of the month."""
    row = conn.execute(FIGURES, {"code": code, "period": period}).one_or_none()
    return None if row is None else MemberFigures(*row)


def direct(
    conn: Connection, sponsor_id: int, period: str, *, rows: int, skip: int
) -> list[LegFigures]:
    """Returns a member's legs, the earliest first."""
    wanted = {"sponsor_id": sponsor_id, "period": period, "rows": rows, "skip": skip}
    return [LegFigures(*row) for row in conn.execute(DIRECT, wanted)]


def latest(
    conn: Connection, sponsor_id: int, period: str, *, rows: int, skip: int
) -> list[LegFigures]:
    """Returns a member's legs, the latest first."""
    wanted = {"sponsor_id": sponsor_id, "period": period, "rows": rows, "skip": skip}
    return [LegFigures(*row) for row in conn.execute(LATEST, wanted)]


def ranked(
    conn: Connection, sponsor_id: int, period: str, by: str, *, rows: int, skip: int
) -> list[LegFigures]:
    """Returns a member's legs by `points` or `size`, the largest first, or by `name`.

    Names are sorted here, since the databases disagree about case and accents.
    """
    found = direct(conn, sponsor_id, period, rows=SORTED_MAX, skip=0)
    match by:
        case "points":
            found.sort(key=lambda leg: -leg.group_points)
        case "size":
            found.sort(key=lambda leg: -leg.size)
        case _:
            found.sort(key=lambda leg: name_words(leg.name))
    return found[skip : skip + rows]


def active_sellers(conn: Connection, ids: Sequence[int], period: str) -> set[int]:
    """Returns those of these members who have an approved sale of their own in the month."""
    if not ids:
        return set()
    return set(conn.execute(SELLERS, {"ids": list(ids), "period": period}).scalars())


def in_team(conn: Connection, member_id: int, upline_id: int) -> bool:
    """Returns whether a member is the upline or in the upline's team; walks up from the member."""
    climb = {"member_id": member_id, "upline_id": upline_id, "chain_max": CHAIN_MAX}
    return conn.execute(IN_TEAM, climb).first() is not None
