"""What the bot says about a team."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.conversation.messages import Message, Question
from bot.flows.team.team_lookups import (
    Leg,
    NewTeammate,
    Order,
    Quiet,
    Teammate,
    TeamView,
    TrendMonth,
)

__all__ = [
    "AskWho",
    "ChooseOrder",
    "FoundPeople",
    "MyTeam",
    "Newcomers",
    "NobodyFound",
    "NobodyYet",
    "NotAWord",
    "NotInTeam",
    "SilentPeople",
    "TeamOf",
]


@dataclass(frozen=True, slots=True)
class MyTeam(Message):
    """The caller's own team; `others` says that not everybody in it stands on this page.

    `cut` is how many legs could be put in order, where that is not all of them.
    """

    passing: ClassVar[bool] = True

    period: str
    team: TeamView
    legs: tuple[Leg, ...]
    order: Order
    others: bool
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class TeamOf(Message):
    """The team of somebody below the caller."""

    passing: ClassVar[bool] = True

    period: str
    team: TeamView
    above_is_me: bool
    legs: tuple[Leg, ...]
    order: Order
    before: int | None
    after: int | None
    trend: tuple[TrendMonth, ...]


@dataclass(frozen=True, slots=True)
class ChooseOrder(Message):
    """By what to put the legs in order; `code` is empty for the caller's own."""

    passing: ClassVar[bool] = True

    code: str


@dataclass(frozen=True, slots=True)
class AskWho(Question):
    """Whom to look for?"""

    asked_as: ClassVar[str] = "team.search@1"


@dataclass(frozen=True, slots=True)
class NotAWord(Message):
    """Neither a letter nor a digit to look for."""


@dataclass(frozen=True, slots=True)
class FoundPeople(Message):
    """Several of the team; `many` says that there may be more than could be looked through."""

    passing: ClassVar[bool] = True

    query: str
    people: tuple[Teammate, ...]
    many: bool
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class NobodyFound(Message):
    """Nobody in the caller's team is called so; elsewhere perhaps, which is not told."""

    query: str
    many: bool


@dataclass(frozen=True, slots=True)
class Newcomers(Message):
    """Who joined within thirty days, nearest first; `partly`: the farthest were not reached."""

    passing: ClassVar[bool] = True

    people: tuple[NewTeammate, ...]
    total: int
    partly: bool
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class SilentPeople(Message):
    """Who told no sale for thirty days, nearest first; `looked_at`: of so many, if not of all."""

    passing: ClassVar[bool] = True

    people: tuple[Quiet, ...]
    total: int
    looked_at: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class NobodyYet(Message):
    """The caller has no team."""

    passing: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class NotInTeam(Message):
    """The code belongs to nobody in the caller's team, and perhaps to nobody at all."""
