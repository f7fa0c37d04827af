"""What an import adds to the counters of registered members, stored until the import is done."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, text

from bot.store.db import bulk
from bot.store.members import staging

__all__ = ["Grown", "add_up", "forget_some", "keep", "stands"]


class Grown(NamedTuple):
    """What an import adds to the counters of a registered member.

    Attributes:
        member_id: the member.
        sponsor_id: the sponsor; 0 directly under the company.
        size: how many members more are in the team.
        legs: how many members more are directly below.
        months: each month, with the number of members of the team who joined in it.
    """

    member_id: int
    sponsor_id: int
    size: int
    legs: int
    months: Sequence[tuple[str, int]]


KEEP_TEAM = text("""
    INSERT INTO import_teams (import_id, member_id, sponsor_id, size, legs)
    VALUES (:import_id, :member_id, :sponsor_id, :size, :legs)
    ON CONFLICT (import_id, member_id) DO NOTHING
""")

KEEP_MONTH = text("""
    INSERT INTO import_months (import_id, member_id, period, joined)
    VALUES (:import_id, :member_id, :period, :joined)
    ON CONFLICT (import_id, member_id, period) DO NOTHING
""")

# A row of zeros means the same as no row, but adding to it later takes a third of the time.
ZERO_TEAM = text("""
    INSERT INTO teams (member_id) VALUES (:member_id) ON CONFLICT (member_id) DO NOTHING
""")

ZERO_MONTH = text("""
    INSERT INTO volumes (member_id, period) VALUES (:member_id, :period)
    ON CONFLICT (member_id, period) DO NOTHING
""")

KEPT = text("""
    SELECT (SELECT count(*) FROM import_teams WHERE import_id = :import_id)
      + (SELECT count(*) FROM import_months WHERE import_id = :import_id)
""")

MOVED = text("""
    SELECT 1 FROM import_teams AS g JOIN members AS m ON m.id = g.member_id
    WHERE g.import_id = :import_id AND COALESCE(m.sponsor_id, 0) <> g.sponsor_id
    LIMIT 1
""")

ADD_TEAMS = text("""
    UPDATE teams SET size = teams.size + g.size, legs = teams.legs + g.legs
    FROM import_teams AS g
    WHERE g.import_id = :import_id AND teams.member_id = g.member_id
""")

ADD_MONTHS = text("""
    UPDATE volumes SET team_joined = volumes.team_joined + g.joined
    FROM import_months AS g
    WHERE g.import_id = :import_id AND volumes.member_id = g.member_id
      AND volumes.period = g.period
""")

FORGET_TEAMS = text("""
    DELETE FROM import_teams WHERE (import_id, member_id) IN (
      SELECT g.import_id, g.member_id FROM import_teams AS g
      JOIN imports AS i ON i.id = g.import_id WHERE i.state <> 'open' LIMIT :limit)
""")

FORGET_MONTHS = text("""
    DELETE FROM import_months WHERE (import_id, member_id, period) IN (
      SELECT g.import_id, g.member_id, g.period FROM import_months AS g
      JOIN imports AS i ON i.id = g.import_id WHERE i.state <> 'open' LIMIT :limit)
""")


def keep(conn: Connection, import_id: int, rows: Sequence[Grown], now: datetime) -> bool:
    """Store growth; returns False if the import is lost. Growth stored before stays as it is."""
    if not staging.hold(conn, import_id, now):
        return False
    bulk.write(conn, KEEP_TEAM, [(import_id, *row[:4]) for row in rows])
    bulk.write(conn, ZERO_TEAM, [(row.member_id,) for row in rows])
    months = [(row.member_id, period, joined) for row in rows for period, joined in row.months]
    bulk.write(conn, KEEP_MONTH, [(import_id, *month) for month in months])
    bulk.write(conn, ZERO_MONTH, [month[:2] for month in months])
    return True


def stands(conn: Connection, import_id: int, counters: int) -> bool:
    """Returns whether that many counters are stored, and no member of theirs has been moved."""
    kept = conn.execute(KEPT, {"import_id": import_id}).scalar_one()
    return kept == counters and conn.execute(MOVED, {"import_id": import_id}).first() is None


def add_up(conn: Connection, import_id: int) -> None:
    """Add the stored growth to the counters."""
    conn.execute(ADD_TEAMS, {"import_id": import_id})
    conn.execute(ADD_MONTHS, {"import_id": import_id})


def forget_some(conn: Connection, limit: int) -> int:
    """Delete some growth of imports that have ended; returns the number of rows."""
    teams = conn.execute(FORGET_TEAMS, {"limit": limit}).rowcount
    return teams + conn.execute(FORGET_MONTHS, {"limit": limit}).rowcount
