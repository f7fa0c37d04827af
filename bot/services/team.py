"""Shows a team to those who stand above it, and to nobody else."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.core.dialogue import Lookup
from bot.core.messages import Message
from bot.core.people import masked_name
from bot.flows.spec import Command
from bot.flows.team import FindTeam, Leg, TeamView
from bot.services.turn import Picture, Turn
from bot.store import legs

__all__ = ["COMMANDS", "LOOKUPS"]


def team(turn: Turn, lookup: FindTeam) -> TeamView | None:
    """The member with this code and the team below, if the caller stands above or is the member.

    A code that nobody has and one outside the team give the same nothing.
    """
    me, period = turn.caller.seat, turn.caller.period
    seat = legs.seat(turn.conn, lookup.code, period)
    if seat is None or not legs.in_team(turn.conn, seat.id, me.id):
        return None
    below = legs.direct(turn.conn, seat.id, period, rows=lookup.rows, skip=lookup.skip)
    return TeamView(
        code=seat.code,
        name=seat.name,
        phone=seat.phone if seat.phone_shown else "",
        above=seat.sponsor_code if seat.id != me.id else "",
        active=seat.own_count > 0,
        own_points=seat.own_points,
        size=seat.size,
        team_active=seat.team_active,
        team_joined=seat.team_joined,
        group_sales=seat.group_sales,
        group_points=seat.group_points,
        legs=tuple(
            Leg(
                code=leg.code,
                name=leg.name,
                short=masked_name(leg.name),
                size=leg.size,
                points=leg.group_points,
                active=leg.own_count > 0,
            )
            for leg in below
        ),
    )


LOOKUPS: Mapping[type[Lookup[Any]], Callable[[Turn, Any], Any]] = {FindTeam: team}
COMMANDS: Mapping[type[Command], Callable[[Turn, Any], Iterable[Message | Picture]]] = {}
