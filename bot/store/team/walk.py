"""Two ways through a team: down from its head, nearest first, and up from those who may be in it.

Going down costs as much as the team is large, going up as much as there are people to ask about.
So whoever looks for a few in a large team goes up, and whoever looks through a small one down.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, Row, bindparam, text

from bot.store.db.types import Big, Instant
from bot.store.ledger.volumes import CHAIN_MAX

__all__ = ["TEAM_WALK_MAX", "Climb", "nearest", "people", "size"]

TEAM_WALK_MAX = 2_000
"""Teams up to this size are gone through whole."""

SIZE = text("SELECT size FROM teams WHERE member_id = :member_id")

# Both engines go down level by level and stop as soon as the outer limit is reached, so that the
# nearest come and nobody else is looked at. Within one depth the order is made afterwards.
DOWN = text("""
    WITH RECURSIVE down (id, depth) AS (
      SELECT CAST(:head_id AS BIGINT), 0
      UNION ALL
      SELECT m.id, down.depth + 1 FROM down CROSS JOIN members AS m
      WHERE m.sponsor_id = down.id AND down.depth < :chain_max
    )
    SELECT id, depth FROM down LIMIT :most
""")

# UNION, not UNION ALL: many climbs share most of their way, and each step of it is taken once.
# That also ends a circle, which only a bad import could bring.
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


def size(conn: Connection, member_id: int) -> int:
    """How many stand below a member, by the counter."""
    return int(conn.execute(SIZE, {"member_id": member_id}).scalar() or 0)


def nearest(conn: Connection, head_id: int, most: int) -> dict[int, int]:
    """Those who stand below a member, nearest first, and how far below each stands.

    Args:
        conn: the books.
        head_id: the member.
        most: how many to look at; those farther away are left out.
    """
    facts = {"head_id": head_id, "chain_max": CHAIN_MAX, "most": most + 1}
    found = sorted((row.depth, row.id) for row in conn.execute(DOWN, facts))
    depths: dict[int, int] = {}
    for depth, member_id in found:
        depths.setdefault(member_id, depth)
    depths.pop(head_id, None)
    return depths


class Climb:
    """Tells of anybody whether they stand below one member; what it has learnt it remembers."""

    def __init__(self, conn: Connection, head_id: int) -> None:
        self._conn = conn
        self._head_id = head_id
        self._depths: dict[int, int | None] = {head_id: 0}

    def below(self, ids: Sequence[int]) -> dict[int, int]:
        """Those of these members who stand below, and how far; the head itself does not."""
        fresh = [each for each in ids if each not in self._depths]
        if fresh:
            facts = {"ids": fresh, "head_id": self._head_id}
            above = {row[0]: row[1] for row in self._conn.execute(UP, facts)}
            for each in fresh:
                self._learn(each, above)
        return {each: depth for each in ids if (depth := self._depths[each])}

    def _learn(self, member_id: int, above: dict[int, int | None]) -> None:
        """Note the depth of a member and of everybody on the way up; None is outside."""
        way: list[int] = []
        here: int | None = member_id
        while here is not None and here not in self._depths:
            way.append(here)
            self._depths[here] = None  # a circle comes back to here, and is nobody's team
            here = above.get(here)
        depth = None if here is None else self._depths[here]
        for each in reversed(way):
            depth = None if depth is None else depth + 1
            self._depths[each] = depth


def people(conn: Connection, ids: Sequence[int]) -> list[Row[tuple[object, ...]]]:
    """These members with their sponsors' names, in the order given."""
    if not ids:
        return []
    rows = {row.id: row for row in conn.execute(PEOPLE_TYPED, {"ids": list(ids)})}
    return [rows[each] for each in ids]
