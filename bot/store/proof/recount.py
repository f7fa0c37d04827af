"""Recounts all counters of teams and volumes, from members and approved sales alone."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields

from sqlalchemy import Connection, text

from bot.core.calendar.periods import period_of
from bot.store.db.types import Instant
from bot.store.members import staging

__all__ = ["Recount", "Team", "Volume", "audit_volumes", "recount"]

DIFFERENCES_MAX = 100


@dataclass(slots=True)
class Team:
    """The counters of the table `teams`."""

    size: int = 0
    legs: int = 0


@dataclass(slots=True)
class Volume:
    """The counters of the table `volumes`."""

    own_sales: int = 0
    own_points: int = 0
    own_profit: int = 0
    own_count: int = 0
    group_sales: int = 0
    group_points: int = 0
    team_active: int = 0
    team_joined: int = 0
    own_bonus: int = 0
    sold_points: int = 0
    fixed_bonus: int = 0
    returned_sales: int = 0
    returned_points: int = 0
    returned_profit: int = 0
    returned_group_points: int = 0
    returned_sold_points: int = 0


@dataclass(frozen=True, slots=True)
class Recount:
    """All counters as they should be; a missing entry has only zeros.

    Attributes:
        teams: by member.
        volumes: by member and period.
        in_cycle: members whose line of sponsors leads back to themselves; their counters mean
            nothing.
    """

    teams: dict[int, Team] = field(default_factory=lambda: defaultdict(Team))
    volumes: dict[int, dict[str, Volume]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(Volume))
    )
    in_cycle: tuple[int, ...] = ()


MEMBERS = text("SELECT id, sponsor_id, joined_at FROM members").columns(joined_at=Instant)

APPROVED = text("""
    SELECT seller_id, period, CAST(SUM(total) AS BIGINT) AS sales,
      CAST(SUM(points) AS BIGINT) AS points, CAST(SUM(total - goods) AS BIGINT) AS profit,
      COUNT(*) AS number,
      CAST(SUM(CASE WHEN point_value = 0 THEN bonus_value ELSE 0 END) AS BIGINT) AS bonus,
      CAST(SUM(point_value * bonus_value) AS BIGINT) AS fixed,
      CAST(SUM(CASE WHEN customer_id IS NULL THEN 0 ELSE points END) AS BIGINT) AS sold_points
    FROM sales WHERE status = 'approved' GROUP BY seller_id, period
""")

# What came back, by sale: in its own month it leaves that month, later it is counted beside
# another one.
CAME_BACK = text("""
    SELECT s.seller_id, s.period, r.period AS counted_in, s.total,
      CASE WHEN s.customer_id IS NULL THEN 0 ELSE 1 END AS to_customer,
      CAST(SUM(r.amount) AS BIGINT) AS sales, CAST(SUM(r.points) AS BIGINT) AS points,
      CAST(SUM(r.amount - r.goods) AS BIGINT) AS profit,
      CAST(SUM(CASE WHEN s.point_value = 0 THEN r.bonus_value ELSE 0 END) AS BIGINT) AS bonus,
      CAST(SUM(s.point_value * r.bonus_value) AS BIGINT) AS fixed
    FROM returns AS r JOIN sales AS s ON s.id = r.sale_id
    WHERE r.state = 'confirmed' AND s.status = 'approved'
    GROUP BY s.id, s.seller_id, s.period, r.period, s.total, s.customer_id
""")

TEAMS = text("SELECT member_id, size, legs FROM teams")

VOLUMES = text("""
    SELECT member_id, period, own_sales, own_points, own_profit, own_count, group_sales,
      group_points, team_active, team_joined, own_bonus, sold_points, fixed_bonus,
      returned_sales, returned_points, returned_profit, returned_group_points,
      returned_sold_points
    FROM volumes
""")


def recount(conn: Connection, time_zone: str) -> Recount:
    """Returns all counters, recounted.

    Args:
        conn: a snapshot of the database.
        time_zone: of the company, which decides in which month a member joined.
    """
    sponsors: dict[int, int | None] = {}
    joined: dict[int, str] = {}
    hidden = staging.hidden(conn)
    for member in conn.execute(MEMBERS):
        if member.id in hidden:
            continue
        sponsors[member.id] = member.sponsor_id
        joined[member.id] = period_of(member.joined_at, time_zone)
    order = _from_the_leaves(sponsors)
    fresh = Recount(in_cycle=tuple(sorted(sponsors.keys() - set(order))))
    for sale in conn.execute(APPROVED):
        own = Volume(
            own_sales=sale.sales,
            own_points=sale.points,
            own_profit=sale.profit,
            own_count=sale.number,
            group_sales=sale.sales,
            group_points=sale.points,
            own_bonus=sale.bonus,
            sold_points=sale.sold_points,
            fixed_bonus=sale.fixed,
        )
        fresh.volumes[sale.seller_id][sale.period] = own
    _take_back(conn, fresh)
    for member_id in order:
        sponsor_id = sponsors[member_id]
        if sponsor_id is not None:
            _pass_up(fresh, member_id, sponsor_id, joined[member_id])
    return fresh


def audit_volumes(conn: Connection, time_zone: str) -> list[str]:
    """Returns where stored counters differ from a recount, a sentence each for the operator."""
    fresh = recount(conn, time_zone)
    found = [f"member {member_id} is above itself" for member_id in fresh.in_cycle]
    hidden = staging.hidden(conn)
    teams = {
        row.member_id: Team(row.size, row.legs)
        for row in conn.execute(TEAMS)
        if row.member_id not in hidden
    }
    volumes = {
        (row.member_id, row.period): Volume(*row[2:])
        for row in conn.execute(VOLUMES)
        if row.member_id not in hidden
    }
    expected = {
        (member_id, period): volume
        for member_id, months in fresh.volumes.items()
        for period, volume in months.items()
    }
    for member_id in sorted(teams.keys() | fresh.teams.keys()):
        stored, counted = teams.get(member_id, Team()), fresh.teams.get(member_id, Team())
        differing = _differing(stored, counted)
        found.extend(f"teams of member {member_id}: {each}" for each in differing)
    for member_id, period in sorted(volumes.keys() | expected.keys()):
        key = (member_id, period)
        differing = _differing(volumes.get(key, Volume()), expected.get(key, Volume()))
        found.extend(f"volumes of member {member_id} in {period}: {each}" for each in differing)
    if len(found) > DIFFERENCES_MAX:
        return [*found[:DIFFERENCES_MAX], f"and {len(found) - DIFFERENCES_MAX} more"]
    return found


def _from_the_leaves(sponsors: Mapping[int, int | None]) -> list[int]:
    """Returns each member after the whole team; members above themselves are left out."""
    waiting_for = Counter(sponsor for sponsor in sponsors.values() if sponsor is not None)
    ready = [member_id for member_id in sponsors if not waiting_for[member_id]]
    order = []
    while ready:
        member_id = ready.pop()
        order.append(member_id)
        sponsor_id = sponsors[member_id]
        if sponsor_id is not None:
            waiting_for[sponsor_id] -= 1
            if not waiting_for[sponsor_id]:
                ready.append(sponsor_id)
    return order


def _take_back(conn: Connection, fresh: Recount) -> None:
    """Take out what came back, from each seller alone."""
    for back in conn.execute(CAME_BACK):
        own = fresh.volumes[back.seller_id][back.counted_in]
        if back.counted_in != back.period:
            own.returned_sales += back.sales
            own.returned_points += back.points
            own.returned_profit += back.profit
            own.returned_group_points += back.points
            own.returned_sold_points += back.points if back.to_customer else 0
            continue
        own.own_sales -= back.sales
        own.own_points -= back.points
        own.own_profit -= back.profit
        own.own_bonus -= back.bonus
        own.fixed_bonus -= back.fixed
        own.sold_points -= back.points if back.to_customer else 0
        own.own_count -= back.sales == back.total
        own.group_sales -= back.sales
        own.group_points -= back.points


def _pass_up(fresh: Recount, member_id: int, sponsor_id: int, joined: str) -> None:
    """Add a member, whose own team is complete, to the sponsor's team."""
    team = fresh.teams[sponsor_id]
    team.legs += 1
    team.size += 1 + (fresh.teams[member_id].size if member_id in fresh.teams else 0)
    months = fresh.volumes[sponsor_id]
    months[joined].team_joined += 1
    for period, volume in fresh.volumes.get(member_id, {}).items():
        above = months[period]
        above.group_sales += volume.group_sales
        above.group_points += volume.group_points
        above.returned_group_points += volume.returned_group_points
        above.team_active += volume.team_active + (volume.own_count > 0)
        above.team_joined += volume.team_joined


def _differing(stored: Team | Volume, expected: Team | Volume) -> Iterator[str]:
    for each in fields(stored):
        is_now, should_be = getattr(stored, each.name), getattr(expected, each.name)
        if is_now != should_be:
            yield f"{each.name} is {is_now}, should be {should_be}"
