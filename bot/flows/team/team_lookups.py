"""What is asked of a team, and what comes of it.

Of others the caller sees the name, the code, whether they sold, and points; the phone number only
where its owner allows that. Rupiah are shown for the caller's own group alone: the group of
somebody without a team is that person's own sales.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from bot.core.conversation.replay import Lookup

__all__ = [
    "FindNamed",
    "FindNewcomers",
    "FindSilent",
    "FindTeam",
    "FirstSteps",
    "Leg",
    "Listing",
    "NewTeammate",
    "Order",
    "Quiet",
    "TeamView",
    "Teammate",
    "TrendMonth",
]

Order: TypeAlias = Literal["", "points", "size", "newest", "name"]
"""How legs follow each other; without a name the earliest comes first."""


@dataclass(frozen=True, slots=True)
class Leg:
    """Somebody whom the shown member brought in.

    Attributes:
        code: leads to the leg's own team.
        name: in full.
        short: first name and initial, for a button.
        size: how many are in the leg's team.
        points: of the leg's group this month.
        active: whether the leg itself sold something this month.
    """

    code: str
    name: str
    short: str
    size: int
    points: int
    active: bool


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """What somebody new has done already.

    Attributes:
        fresh: whether the member is new at all; for others nothing of it is shown.
        tip: a tip was received.
        told: a sale was told.
        approved: a sale was approved.
        third: three were.
    """

    fresh: bool
    tip: bool
    told: bool
    approved: bool
    third: bool


@dataclass(frozen=True, slots=True)
class TrendMonth:
    """The points of a group in one month; `bar` is as long as they are many."""

    period: str
    points: int
    bar: str
    running: bool


@dataclass(frozen=True, slots=True)
class TeamView:
    """A member and the team below, as the caller may see it.

    Attributes:
        code: of the member.
        name: in full.
        phone: where the member shows it to the sponsors above.
        above: code of the sponsor; empty for the caller, who does not look upwards.
        joined_at: when the member joined.
        active: whether the member sold something this month.
        own_points: of the member's own sales.
        size: how many are in the team.
        team_active: how many of them sold something this month.
        team_joined: how many of them joined this month.
        group_sales: rupiah of the group.
        group_points: points of the group.
        legs: as many as were asked for.
        cut: how many legs could be put in order, where that is not all of them; else 0.
        months: points of the group by month, where there are any.
        steps: what a new member has done.
    """

    code: str
    name: str
    phone: str
    above: str
    joined_at: datetime
    active: bool
    own_points: int
    size: int
    team_active: int
    team_joined: int
    group_sales: int
    group_points: int
    legs: tuple[Leg, ...]
    cut: int
    months: tuple[tuple[str, int], ...]
    steps: FirstSteps


@dataclass(frozen=True, slots=True)
class FindTeam(Lookup[TeamView | None]):
    """A member of the caller's team, the caller included; None for anybody else.

    Attributes:
        code: of the member.
        order: of the legs.
        rows: how many of the legs.
        skip: how many to pass over before.
        months_from: the first month of the trend.
        new_since: whoever joined then or later is new.
    """

    code: str
    order: Order
    rows: int
    skip: int
    months_from: str
    new_since: datetime


@dataclass(frozen=True, slots=True)
class Teammate:
    """A member of the team in a list; `via` is the sponsor, where that is not the caller."""

    code: str
    name: str
    short: str
    via: str


@dataclass(frozen=True, slots=True)
class NewTeammate(Teammate):
    """Somebody who joined lately."""

    joined_at: datetime


@dataclass(frozen=True, slots=True)
class Quiet(Teammate):
    """Somebody who told no sale for a while; `last` is the day of the latest, if there was any."""

    last: date | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A part of a list of people.

    Attributes:
        people: as many as were asked for.
        total: how many there are in all, where that is known.
        looked_at: after how many the search was given up; 0 where all were looked at.
        size: of the caller's team.
    """

    people: tuple[Teammate, ...]
    total: int
    looked_at: int
    size: int


@dataclass(frozen=True, slots=True)
class FindNamed(Lookup[Listing]):
    """Those in the caller's team with words that begin so in their names."""

    words: tuple[str, ...]
    rows: int
    skip: int


@dataclass(frozen=True, slots=True)
class FindNewcomers(Lookup[Listing]):
    """Those in the caller's team who joined since then."""

    since: datetime
    rows: int
    skip: int


@dataclass(frozen=True, slots=True)
class FindSilent(Lookup[Listing]):
    """Those in the caller's team who joined before and told no sale since."""

    since: datetime
    rows: int
    skip: int
