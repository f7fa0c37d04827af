"""The messages about a team."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from bot.core.conversation.messages import Message, Question
from bot.flows.team.team_lookups import (
    Leg,
    NewTeammate,
    Order,
    SilentTeammate,
    Teammate,
    TeamView,
    TrendMonth,
)

__all__ = [
    "AskWho",
    "ChooseOrder",
    "ChoosePerson",
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
    """The caller's own team; `others` says that this page does not show all of it.

    `cut` is how many legs were sorted, if not all of them could be; else 0.
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
    """The team of a member below the caller."""

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
    """Asks for the order of the legs; `code` is empty for the caller's own."""

    passing: ClassVar[bool] = True

    code: str


@dataclass(frozen=True, slots=True)
class AskWho(Question):
    """Asks which member to search for."""

    asked_as: ClassVar[str] = "team.search@1"


@dataclass(frozen=True, slots=True)
class NotAWord(Message):
    """The text has no letter or digit to search for."""


@dataclass(frozen=True, slots=True)
class FoundPeople(Message):
    """Several team members match; `many` says that the search could not reach all of the team."""

    passing: ClassVar[bool] = True

    query: str
    people: tuple[Teammate, ...]
    many: bool
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class ChoosePerson(Message):
    """Several team members match; asks whom to ask for the number, or to write to.

    `many` says that others match as well.
    """

    query: str
    people: tuple[Teammate, ...]
    many: bool
    purpose: Literal["number", "message"]


@dataclass(frozen=True, slots=True)
class NobodyFound(Message):
    """No member of the caller's team has this name; whether others have it is not revealed."""

    query: str
    many: bool


@dataclass(frozen=True, slots=True)
class Newcomers(Message):
    """Members who joined within 30 days, nearest first; `partly`: not all could be reached."""

    passing: ClassVar[bool] = True

    people: tuple[NewTeammate, ...]
    total: int
    partly: bool
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class SilentPeople(Message):
    """Members who logged no sale for 30 days, nearest first.

    `looked_at` is how many members the search reached, if not all of them; else 0.
    """

    passing: ClassVar[bool] = True

    people: tuple[SilentTeammate, ...]
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
    """No member of the caller's team has this code; whether others have it is not revealed."""
