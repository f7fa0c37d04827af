"""Walks through a team: down from its head, nearest first, or up from members who may be in it.

The cost of a walk down grows with the team, that of a walk up with the number of candidates. So a
search for a few members in a large team walks up, and one through a small team walks down.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Big, Instant
from bot.store.ledger.volumes import CHAIN_MAX

__all__ = ["TEAM_WALK_MAX", "Climb", "TeamMember", "nearest", "people", "size"]

TEAM_WALK_MAX = 2_000
"""The size up to which a team is walked whole."""

SIZE = text("SELECT size FROM teams WHERE member_id = :member_id")

# Both databases go down level by level and stop at the outer limit, so that only the nearest are
# read. Within a depth they are sorted afterwards.
DOWN = text("""
    WITH RECURSIVE down (id, depth) AS (
      SELECT CAST(:head_id AS BIGINT), 0
      UNION ALL
      SELECT m.id, down.depth + 1 FROM down CROSS JOIN members AS m
      WHERE m.sponsor_id = down.id AND down.depth < :chain_max
    )
    SELECT id, depth FROM down LIMIT :most
""")

# UNION, not UNION ALL: the walks share most of their way up, and each step is taken once. It also
# ends at a cycle, which only a bad import could cause.
UP = text("""
    WITH RECURSIVE up (id, above) AS (
      SELECT id, sponsor_id FROM members WHERE id IN :ids
      UNION
      SELECT up.above, (SELECT sponsor_id FROM members WHERE id = up.above)
      FROM up WHERE up.above IS NOT NULL AND up.above <> :head_id
    )
    SELECT id, above FROM up
""").bindparams(bindparam("ids", expanding=True, type_=Big))

PEOPLE = text("""
    SELECT m.id, m.code, m.name, m.sponsor_id, m.joined_at,
      (SELECT s.name FROM members AS s WHERE s.id = m.sponsor_id) AS sponsor_name
    FROM members AS m WHERE m.id IN :ids
""").bindparams(bindparam("ids", expanding=True, type_=Big))
PEOPLE_TYPED = PEOPLE.columns(joined_at=Instant)


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A member with the sponsor's name; the sponsor is None right under the company."""

    id: int
    code: str
    name: str
    sponsor_id: int | None
    joined_at: datetime
    sponsor_name: str | None


def size(conn: Connection, member_id: int) -> int:
    """Returns the number of members below a member, by the counter."""
    return int(conn.execute(SIZE, {"member_id": member_id}).scalar() or 0)


def nearest(conn: Connection, head_id: int, most: int) -> dict[int, int]:
    """Returns the members below a member with their depth, nearest first.

    Args:
        conn: the connection.
        head_id: the member.
        most: the number to visit; members farther down are left out.
    """
    facts = {"head_id": head_id, "chain_max": CHAIN_MAX, "most": most + 1}
    found = sorted((row.depth, row.id) for row in conn.execute(DOWN, facts))
    depths: dict[int, int] = {}
    for depth, member_id in found:
        depths.setdefault(member_id, depth)
    depths.pop(head_id, None)
    return depths


class Climb:
    """Whether members are in the team of one member, with a cache of the walks so far."""

    def __init__(self, conn: Connection, head_id: int) -> None:
        self._conn = conn
        self._head_id = head_id
        self._depths: dict[int, int | None] = {head_id: 0}

    def below(self, ids: Sequence[int]) -> dict[int, int]:
        """Returns those of these members who are in the team, with their depth; not the head."""
        fresh = [each for each in ids if each not in self._depths]
        if fresh:
            facts = {"ids": fresh, "head_id": self._head_id}
            above: dict[int, int | None] = {
                row.id: row.above for row in self._conn.execute(UP, facts)
            }
            for each in fresh:
                self._learn(each, above)
        return {each: depth for each in ids if (depth := self._depths[each])}

    def _learn(self, member_id: int, above: dict[int, int | None]) -> None:
        """Store the depth of a member and of all on the way up; None is outside the team."""
        way: list[int] = []
        here: int | None = member_id
        while here is not None and here not in self._depths:
            way.append(here)
            self._depths[here] = None  # a cycle returns here, and is outside the team
            here = above.get(here)
        depth = None if here is None else self._depths[here]
        for each in reversed(way):
            depth = None if depth is None else depth + 1
            self._depths[each] = depth


def people(conn: Connection, ids: Sequence[int]) -> list[TeamMember]:
    """Returns these members with their sponsors' names, in the order given."""
    if not ids:
        return []
    found = {row.id: TeamMember(*row) for row in conn.execute(PEOPLE_TYPED, {"ids": list(ids)})}
    return [found[each] for each in ids]
