"""A member's team as its members may see it: who stands where, and the figures of the month.

All figures come from the counters, one row for each member shown; nothing walks down a tree.
"""

from sqlalchemy import Connection, Row, text

from bot.core.members.people import name_words
from bot.store.db.types import Instant
from bot.store.ledger.volumes import CHAIN_MAX

__all__ = ["SORTED_MAX", "direct", "in_team", "latest", "ranked", "seat"]

SORTED_MAX = 1_000
"""Legs that are put in order by their figures or names; the earliest, where there are more."""

SEAT = text("""
    SELECT m.id, m.code, m.name, m.phone, m.phone_shown, m.joined_at,
      (SELECT s.code FROM members AS s WHERE s.id = m.sponsor_id) AS sponsor_code,
      COALESCE(t.size, 0) AS size, COALESCE(t.legs, 0) AS legs,
      COALESCE(v.own_count, 0) AS own_count, COALESCE(v.own_points, 0) AS own_points,
      COALESCE(v.group_sales, 0) AS group_sales, COALESCE(v.group_points, 0) AS group_points,
      COALESCE(v.team_active, 0) AS team_active, COALESCE(v.team_joined, 0) AS team_joined
    FROM members AS m
    LEFT JOIN teams AS t ON t.member_id = m.id
    LEFT JOIN volumes AS v ON v.member_id = m.id AND v.period = :period
    WHERE m.code = :code
""").columns(joined_at=Instant)

# The page is cut before the counters are looked up, so that a page far back costs no more of them.
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

IN_TEAM = text("""
    WITH RECURSIVE up (id, depth) AS (
      SELECT CAST(:member_id AS BIGINT), 0
      UNION ALL
      SELECT (SELECT sponsor_id FROM members WHERE id = up.id), up.depth + 1
      FROM up WHERE up.id IS NOT NULL AND up.id <> :upline_id AND up.depth < :chain_max
    )
    SELECT 1 FROM up WHERE id = :upline_id
""")


def seat(conn: Connection, code: str, period: str) -> Row[tuple[object, ...]] | None:
    """The member with this code, the sponsor's code, and the counters of the month."""
    return conn.execute(SEAT, {"code": code, "period": period}).one_or_none()


def direct(
    conn: Connection, sponsor_id: int, period: str, *, rows: int, skip: int
) -> list[Row[tuple[object, ...]]]:
    """Those whom a member brought in, the earliest first, with the counters of their groups."""
    wanted = {"sponsor_id": sponsor_id, "period": period, "rows": rows, "skip": skip}
    return list(conn.execute(DIRECT, wanted))


def latest(
    conn: Connection, sponsor_id: int, period: str, *, rows: int, skip: int
) -> list[Row[tuple[object, ...]]]:
    """Those whom a member brought in, the latest first, with the counters of their groups."""
    wanted = {"sponsor_id": sponsor_id, "period": period, "rows": rows, "skip": skip}
    return list(conn.execute(LATEST, wanted))


def ranked(
    conn: Connection, sponsor_id: int, period: str, by: str, *, rows: int, skip: int
) -> list[Row[tuple[object, ...]]]:
    """Those whom a member brought in, by `points` or `size`, the most first, or by `name`.

    Names are put in order here, since the engines do not agree about small letters and accents.
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


def in_team(conn: Connection, member_id: int, upline_id: int) -> bool:
    """Whether a member is the upline or stands somewhere below, found by walking up."""
    climb = {"member_id": member_id, "upline_id": upline_id, "chain_max": CHAIN_MAX}
    return conn.execute(IN_TEAM, climb).first() is not None
