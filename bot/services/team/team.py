"""A team as its upline may see it; no other member may."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from bot.core.calendar.hours import local_day
from bot.core.calendar.periods import period_of
from bot.core.members.people import masked_name
from bot.flows.team.team_lookups import (
    FindNamed,
    FindNewcomers,
    FindSilent,
    FindTeam,
    FirstSteps,
    Leg,
    Listing,
    NewTeammate,
    Order,
    SilentTeammate,
    Teammate,
    TeamView,
)
from bot.services.team.pairs import can_be_written, visible_phone
from bot.store.team import legs, lists, progress, search, walk
from bot.store.team.walk import TeamMember
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]

NOT_NEW = FirstSteps(fresh=False, tip=False, logged=False, approved=False, third=False)


def team(turn: Turn, lookup: FindTeam) -> TeamView | None:
    """Returns the member with this code and the team below, if the caller or in the caller's team.

    An unknown code and one of another team get the same answer, None.
    """
    me, period = turn.caller.member, turn.caller.period
    seat = legs.figures_of(turn.conn, lookup.code, period)
    if seat is None or not legs.in_team(turn.conn, seat.id, me.id):
        return None
    own = seat.id == me.id
    months = {} if own else progress.group_points(turn.conn, seat.id, lookup.months_from, period)
    fresh = not own and seat.joined_at >= lookup.new_since
    phone = "" if own else visible_phone(turn, seat)
    can_write = not own and can_be_written(turn, seat.id, active=seat.active)
    return TeamView(
        code=seat.code,
        name=seat.name,
        phone=phone,
        above="" if own else seat.sponsor_code or "",
        joined_at=seat.joined_at,
        sold=seat.own_count > 0,
        own_points=seat.own_points,
        size=seat.size,
        team_active=seat.team_active,
        team_joined=seat.team_joined,
        group_sales=seat.group_sales,
        group_points=seat.group_points,
        legs=_legs(turn, seat.id, lookup),
        cut=_cut(lookup.order, seat.legs),
        months=tuple(sorted(months.items())),
        steps=_first_steps(turn, seat.id) if fresh else NOT_NEW,
        sold_points=turn.company.plan.shown_sold(period, seat.own_points, seat.sold_points),
        can_ask=can_write and not phone and seat.phone.startswith("+"),
        can_write=can_write,
    )


def _is_ranked(order: Order) -> bool:
    return order in {"points", "size", "name"}


def _cut(order: Order, number: int) -> int:
    """Returns the number of legs that were sorted, if that is not all of them; else 0."""
    return legs.SORTED_MAX if _is_ranked(order) and number > legs.SORTED_MAX else 0


def _legs(turn: Turn, member_id: int, lookup: FindTeam) -> tuple[Leg, ...]:
    period, order = turn.caller.period, lookup.order
    part = {"rows": lookup.rows, "skip": lookup.skip}
    if _is_ranked(order):
        found = legs.ranked(turn.conn, member_id, period, order, **part)
    elif order == "newest":
        found = legs.latest(turn.conn, member_id, period, **part)
    else:
        found = legs.direct(turn.conn, member_id, period, **part)
    return tuple(
        Leg(
            code=leg.code,
            name=leg.name,
            short=masked_name(leg.name),
            size=leg.size,
            points=leg.group_points,
            sold=leg.own_count > 0,
        )
        for leg in found
    )


def _first_steps(turn: Turn, member_id: int) -> FirstSteps:
    done = progress.progress(turn.conn, member_id)
    return FirstSteps(
        fresh=True,
        tip=done.tip,
        logged=done.logged,
        approved=done.approved > 0,
        third=done.approved >= progress.FIRST_SALES,
    )


def named(turn: Turn, lookup: FindNamed) -> Listing:
    """Returns the members below the caller whose names match."""
    me = turn.caller.member.id
    found = search.named(turn.conn, me, lookup.words, rows=lookup.rows, skip=lookup.skip)
    people = tuple(Teammate(**each) for each in _people(turn, found.ids))
    looked_at = 0 if found.whole else search.CANDIDATES_MAX
    return Listing(people, len(people), looked_at, walk.size(turn.conn, me))


def newcomers(turn: Turn, lookup: FindNewcomers) -> Listing:
    """Returns the members below the caller who joined lately, nearest first."""
    me = turn.caller.member.id
    first = period_of(lookup.since, turn.company.time_zone)
    found = lists.newcomers(turn.conn, me, since=lookup.since, first=first)
    ids = _part(found.ids, lookup)
    rows = zip(walk.people(turn.conn, ids), _people(turn, ids), strict=True)
    people = tuple(NewTeammate(**each, joined_at=row.joined_at) for row, each in rows)
    size = walk.size(turn.conn, me)
    return Listing(people, len(found.ids), found.looked_at, size)


def silent(turn: Turn, lookup: FindSilent) -> Listing:
    """Returns the members below the caller who logged no sale lately, nearest first."""
    me = turn.caller.member.id
    day = local_day(lookup.since, turn.company.time_zone).isoformat()
    found = lists.silent(turn.conn, me, since=lookup.since, day=day)
    ids = _part(found.ids, lookup)
    sold = lists.last_sold(turn.conn, ids)
    rows = zip(ids, _people(turn, ids), strict=True)
    people = tuple(SilentTeammate(**each, last=_day(sold.get(key))) for key, each in rows)
    size = walk.size(turn.conn, me)
    return Listing(people, len(found.ids), found.looked_at, size)


def _part(ids: Sequence[int], lookup: FindNewcomers | FindSilent) -> Sequence[int]:
    return ids[lookup.skip : lookup.skip + lookup.rows]


class _Person(TypedDict):
    """The fields that every listed member has."""

    code: str
    name: str
    short: str
    via: str
    sold: bool


def _people(turn: Turn, ids: Sequence[int]) -> list[_Person]:
    """Returns these members as every list shows them, in the order given."""
    me = turn.caller.member.id
    sellers = legs.active_sellers(turn.conn, ids, turn.caller.period)
    return [_person(row, me, row.id in sellers) for row in walk.people(turn.conn, ids)]


def _person(member: TeamMember, me: int, sold: bool) -> _Person:
    via = "" if member.sponsor_id == me else masked_name(member.sponsor_name or "")
    short = masked_name(member.name)
    return _Person(code=member.code, name=member.name, short=short, via=via, sold=sold)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


LOOKUPS: Lookups = {
    FindTeam: team,
    FindNamed: named,
    FindNewcomers: newcomers,
    FindSilent: silent,
}
ACTIONS: Actions = {}
