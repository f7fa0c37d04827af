"""The counters of each member's team, updated when a member joins."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Connection, text

from bot.core.members.lineage import trace
from bot.store.ledger.volumes import CHAIN_MAX

__all__ = ["Growth", "counted", "joined", "moved"]

K = TypeVar("K", bound=Hashable)

BEGIN = text("""
    INSERT INTO teams (member_id, size, legs) VALUES (:member_id, 0, 0)
    ON CONFLICT (member_id) DO NOTHING
""")

ADD_LEG = text("""
    INSERT INTO teams (member_id, size, legs) VALUES (:sponsor_id, 0, 1)
    ON CONFLICT (member_id) DO UPDATE SET legs = teams.legs + 1
""")

# `members` is not joined inside the recursion: with statistics SQLite would scan the whole table.
ADD_TO_TEAMS = text("""
    INSERT INTO teams (member_id, size)
    WITH RECURSIVE up (id, depth) AS (
      SELECT CAST(:sponsor_id AS BIGINT), 1
      UNION ALL
      SELECT (SELECT sponsor_id FROM members WHERE id = up.id), up.depth + 1
      FROM up WHERE up.id IS NOT NULL AND up.depth < :chain_max
    )
    SELECT up.id, 1 FROM up WHERE up.id IS NOT NULL
    ON CONFLICT (member_id) DO UPDATE SET size = teams.size + 1
""")

ADD_TO_MONTH = text("""
    INSERT INTO volumes (member_id, period, team_joined)
    WITH RECURSIVE up (id, depth) AS (
      SELECT CAST(:sponsor_id AS BIGINT), 1
      UNION ALL
      SELECT (SELECT sponsor_id FROM members WHERE id = up.id), up.depth + 1
      FROM up WHERE up.id IS NOT NULL AND up.depth < :chain_max
    )
    SELECT up.id, CAST(:period AS TEXT), 1 FROM up WHERE up.id IS NOT NULL
    ON CONFLICT (member_id, period) DO UPDATE SET team_joined = volumes.team_joined + 1
""")

LEAVE_TEAMS = text("""
    UPDATE teams SET size = size - 1,
      legs = legs - CASE WHEN member_id = :sponsor_id THEN 1 ELSE 0 END
    WHERE member_id IN (
      WITH RECURSIVE up (id, depth) AS (
        SELECT CAST(:sponsor_id AS BIGINT), 1
        UNION ALL
        SELECT (SELECT sponsor_id FROM members WHERE id = up.id), up.depth + 1
        FROM up WHERE up.id IS NOT NULL AND up.depth < :chain_max
      )
      SELECT up.id FROM up WHERE up.id IS NOT NULL)
""")

LEAVE_MONTH = text("""
    UPDATE volumes SET team_joined = team_joined - 1
    WHERE period = :period AND member_id IN (
      WITH RECURSIVE up (id, depth) AS (
        SELECT CAST(:sponsor_id AS BIGINT), 1
        UNION ALL
        SELECT (SELECT sponsor_id FROM members WHERE id = up.id), up.depth + 1
        FROM up WHERE up.id IS NOT NULL AND up.depth < :chain_max
      )
      SELECT up.id FROM up WHERE up.id IS NOT NULL)
""")


@dataclass(slots=True)
class Growth:
    """What new members below a member add to the counters."""

    size: int = 0
    legs: int = 0
    months: Counter[str] = field(default_factory=Counter)


def joined(conn: Connection, member_id: int, sponsor_id: int | None, period: str) -> None:
    """Count a new member for the sponsor and the whole upline, once, when entered.

    Args:
        conn: the transaction that enters the member.
        member_id: the new member.
        sponsor_id: None right under the company.
        period: the company's month at that moment.
    """
    conn.execute(BEGIN, {"member_id": member_id})
    if sponsor_id is None:
        return
    climb = {"sponsor_id": sponsor_id, "chain_max": CHAIN_MAX}
    conn.execute(ADD_TO_TEAMS, climb)
    conn.execute(ADD_LEG, {"sponsor_id": sponsor_id})
    conn.execute(ADD_TO_MONTH, {**climb, "period": period})


def moved(
    conn: Connection, member_id: int, former_id: int | None, sponsor_id: int | None, period: str
) -> None:
    """Count a member without a team for the new upline instead of the former one.

    Args:
        conn: the transaction that changes the sponsor.
        member_id: the member.
        former_id: the former sponsor; None right under the company.
        sponsor_id: the new one.
        period: the company's month in which the member joined.
    """
    if former_id is not None:
        climb = {"sponsor_id": former_id, "chain_max": CHAIN_MAX}
        conn.execute(LEAVE_TEAMS, climb)
        conn.execute(LEAVE_MONTH, {**climb, "period": period})
    joined(conn, member_id, sponsor_id, period)


def counted(
    sponsors: Mapping[K, K | None], newcomers: Mapping[K, str]
) -> Iterator[tuple[K, Growth, list[tuple[str, int]]]]:
    """Yields each new member and each upline of one, with what is added to the counters.

    A member comes after the whole team below. The last item is the number of new members below by
    month.
    """
    growths: dict[K, Growth] = {member_id: Growth() for member_id in newcomers}
    for member_id in reversed(trace(sponsors).sponsors_first):
        growth = growths.pop(member_id, None)
        if growth is None:
            continue
        yield member_id, growth, list(growth.months.items())
        sponsor_id = sponsors[member_id]
        if sponsor_id is not None:
            above = growths.setdefault(sponsor_id, Growth())
            _pass_up(growth, above, newcomers.get(member_id))


def _pass_up(growth: Growth, above: Growth, month: str | None) -> None:
    """Add a member's growth, and the member too if new in `month`, to the sponsor's growth."""
    above.size += growth.size
    # The smaller counter is merged into the larger: a chain of thousands is not copied each step.
    if len(growth.months) > len(above.months):
        growth.months, above.months = above.months, growth.months
    above.months.update(growth.months)
    if month is not None:
        above.size += 1
        above.legs += 1
        above.months[month] += 1
