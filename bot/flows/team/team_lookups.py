"""The lookups of a team, and what they return.

Of other members the caller sees the name, the code, whether they sold, and points; the phone
number only if its owner gave it to the caller. Rupiah are shown for the caller's own group alone:
the group of a member without a team is that member's own sales.
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
    "SilentTeammate",
    "TeamView",
    "Teammate",
    "TrendMonth",
]

Order: TypeAlias = Literal["", "points", "size", "newest", "name"]
"""The order of the legs; the empty one lists the earliest first."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A member whom the shown member brought in.

    Attributes:
        code: opens the leg's own team.
        name: in full.
        short: first name and initial, for a button.
        size: how many members are in the leg's team.
        points: of the leg's group this month.
        sold: whether this member sold something this month.
    """

    code: str
    name: str
    short: str
    size: int
    points: int
    sold: bool


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """The first steps that a new member has taken.

    Attributes:
        fresh: whether the member is new; the steps of other members are not shown.
        tip: a tip was received.
        logged: a sale was logged.
        approved: a sale was approved.
        third: three sales were approved.
    """

    fresh: bool
    tip: bool
    logged: bool
    approved: bool
    third: bool


@dataclass(frozen=True, slots=True)
class TrendMonth:
    """The points of a group in one month; the length of `bar` is proportional to them."""

    period: str
    points: int
    bar: str
    running: bool


@dataclass(frozen=True, slots=True)
class TeamView:
    """A member and their team, as the caller may see them.

    Attributes:
        code: of the member.
        name: in full.
        phone: empty unless the member gave it to the caller, or shows it to all uplines.
        above: code of the sponsor; empty for the caller's own card.
        joined_at: when the member joined.
        sold: whether the member sold something this month.
        own_points: of the member's own sales.
        size: how many members are in the team.
        team_active: how many of them sold something this month.
        team_joined: how many of them joined this month.
        group_sales: of the group, in rupiah.
        group_points: of the group.
        legs: as many as were asked for.
        cut: how many legs were sorted, if not all of them could be; else 0.
        months: points of the group by month, for months that have any.
        steps: the first steps of a new member.
        sold_points: the part of the points that customers bought; None where all of them count
            for what a plan asks.
        can_ask: whether the caller may ask the member for the number.
        can_write: whether the caller may write to the member through the bot.
    """

    code: str
    name: str
    phone: str
    above: str
    joined_at: datetime
    sold: bool
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
    sold_points: int | None = None
    can_ask: bool = False
    can_write: bool = False


@dataclass(frozen=True, slots=True)
class FindTeam(Lookup[TeamView | None]):
    """A member of the caller's team, or the caller; None for any other code.

    Attributes:
        code: of the member.
        order: of the legs.
        rows: how many legs to return.
        skip: how many legs to skip first.
        months_from: the first month of the trend.
        new_since: members who joined at this time or later are new.
    """

    code: str
    order: Order
    rows: int
    skip: int
    months_from: str
    new_since: datetime


@dataclass(frozen=True, slots=True)
class Teammate:
    """A team member in a list.

    Attributes:
        via: the sponsor, unless that is the caller.
        sold: whether this member sold something this month, as in `Leg`.
    """

    code: str
    name: str
    short: str
    via: str
    sold: bool


@dataclass(frozen=True, slots=True)
class NewTeammate(Teammate):
    """A team member who joined lately."""

    joined_at: datetime


@dataclass(frozen=True, slots=True)
class SilentTeammate(Teammate):
    """A team member who logged no sale for a while; `last` is the day of the latest, if any."""

    last: date | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A part of a list of team members.

    Attributes:
        people: as many as were asked for.
        total: how many there are in all, if known.
        looked_at: after how many members the search stopped; 0 if it reached all of them.
        size: of the caller's team.
    """

    people: tuple[Teammate, ...]
    total: int
    looked_at: int
    size: int


@dataclass(frozen=True, slots=True)
class FindNamed(Lookup[Listing]):
    """The caller's team members whose names have words that begin like these."""

    words: tuple[str, ...]
    rows: int
    skip: int


@dataclass(frozen=True, slots=True)
class FindNewcomers(Lookup[Listing]):
    """The caller's team members who joined since then."""

    since: datetime
    rows: int
    skip: int


@dataclass(frozen=True, slots=True)
class FindSilent(Lookup[Listing]):
    """The caller's team members who joined before then and logged no sale since."""

    since: datetime
    rows: int
    skip: int
