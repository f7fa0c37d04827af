"""The new members of a team, and the members who have not logged a sale for a while."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Big, Instant
from bot.store.ledger.volumes import CHAIN_MAX
from bot.store.team import walk

__all__ = ["BRANCHES_MAX", "NEAREST_MAX", "Listed", "last_sold", "newcomers", "silent"]

BRANCHES_MAX = 1_000
"""The number of members visited, nearest first, in the search for new members."""

NEAREST_MAX = 1_000
"""The number of members visited, nearest first, in the search for silent members."""

CHUNK = 500

# The monthly counters tell below which members someone joined; only these are visited. The moment
# is carried through the recursion: compared with `members` alone, it would make SQLite start from
# all of them.
NEWCOMERS = text("""
    WITH RECURSIVE down (id, depth, since, joined_at, active) AS (
      SELECT CAST(:head_id AS BIGINT), 0, CAST(:since AS BIGINT), CAST(0 AS BIGINT), 0
      UNION ALL
      SELECT m.id, down.depth + 1, down.since, m.joined_at, m.active
      FROM down CROSS JOIN members AS m
      WHERE m.sponsor_id = down.id AND down.depth < :chain_max
        AND (m.joined_at >= down.since OR EXISTS (
          SELECT 1 FROM volumes AS v
          WHERE v.member_id = m.id AND v.period >= :first AND v.team_joined > 0))
    )
    SELECT id, depth, joined_at, active FROM down LIMIT :most
""").bindparams(bindparam("since", type_=Instant))
NEWCOMERS_TYPED = NEWCOMERS.columns(joined_at=Instant)

SILENT = text("""
    SELECT m.id FROM members AS m
    WHERE m.id IN :ids AND m.joined_at < :since AND m.active = 1
      AND NOT EXISTS (
        SELECT 1 FROM sales AS s
        WHERE s.seller_id = m.id AND s.sold_on >= :day AND s.status IN ('waiting', 'approved'))
""").bindparams(bindparam("ids", expanding=True, type_=Big), bindparam("since", type_=Instant))

LAST_SOLD = text("""
    SELECT m.id,
      (SELECT s.sold_on FROM sales AS s
       WHERE s.seller_id = m.id AND s.status IN ('waiting', 'approved')
       ORDER BY s.sold_on DESC LIMIT 1) AS sold_on
    FROM members AS m WHERE m.id IN :ids
""").bindparams(bindparam("ids", expanding=True, type_=Big))


@dataclass(frozen=True, slots=True)
class Listed:
    """Members of a team, nearest first.

    Attributes:
        ids: the members found.
        looked_at: the number of members visited if that was not the whole team; else 0.
    """

    ids: tuple[int, ...]
    looked_at: int


def newcomers(conn: Connection, head_id: int, *, since: datetime, first: str) -> Listed:
    """Returns the active members below a member who joined since then.

    They are ordered by depth, the newest first within a depth.

    Args:
        conn: the connection.
        head_id: the member.
        since: the earliest moment of joining.
        first: the month (YYYY-MM) of that moment.
    """
    facts = {"head_id": head_id, "chain_max": CHAIN_MAX, "since": since, "first": first}
    passed = conn.execute(NEWCOMERS_TYPED, {**facts, "most": BRANCHES_MAX + 1}).all()
    found = {
        row.id: (row.depth, -row.id)
        for row in passed
        if row.joined_at >= since and row.active == 1 and row.id != head_id
    }
    ids = tuple(sorted(found, key=found.__getitem__))
    return Listed(ids, BRANCHES_MAX if len(passed) > BRANCHES_MAX else 0)


def silent(conn: Connection, head_id: int, *, since: datetime, day: str) -> Listed:
    """Returns the active members below a member who have logged no sale for a while.

    Args:
        conn: the connection.
        head_id: the member.
        since: members who joined at this moment or later are left out.
        day: members with a waiting or approved sale of this day or later are left out.
    """
    depths = walk.nearest(conn, head_id, NEAREST_MAX)
    partly = walk.size(conn, head_id) > NEAREST_MAX
    ids: list[int] = []
    for chunk in _chunks(list(depths)):
        ids += conn.execute(SILENT, {"ids": chunk, "since": since, "day": day}).scalars()
    nearest = tuple(sorted(ids, key=lambda each: (depths[each], each)))
    return Listed(nearest, NEAREST_MAX if partly else 0)


def last_sold(conn: Connection, ids: Sequence[int]) -> dict[int, str]:
    """Returns the day (YYYY-MM-DD) of each member's latest sale, of those who have any."""
    if not ids:
        return {}
    rows = conn.execute(LAST_SOLD, {"ids": list(ids)})
    return {row.id: row.sold_on for row in rows if row.sold_on is not None}


def _chunks(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
