"""What has to be known to say why a month brings nothing, and what would bring more.

Of those above the caller nothing is known here but that they are there; of those below, what an
upline may see.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.core.conversation.replay import Lookup
from bot.core.plans.conditions import Condition
from bot.core.plans.kinds.asked import Cause
from bot.core.plans.values import Cut as CutBy

__all__ = [
    "Barren",
    "Chances",
    "Cut",
    "FindMissed",
    "FindSteps",
    "GoesTo",
    "Lacking",
    "MissedRule",
    "NextStep",
    "Skipped",
    "Steps",
]


@dataclass(frozen=True, slots=True)
class Lacking:
    """Something that is missing.

    Attributes:
        much: points, customers or legs.
        rank: the name of the rank that is asked for, of the member or in the legs.
    """

    what: Condition
    much: int
    rank: str


GoesTo: TypeAlias = Literal["up", "sharers", "company"]


@dataclass(frozen=True, slots=True)
class MissedRule:
    """A rule that would have brought something.

    Attributes:
        rule: its name, as members read it.
        amount: rupiah; 0 where the team is too large to reckon it.
        sources: how many members' sales it would come from.
        goes: where it goes: `up` to the next one above who qualifies, to the `sharers` of a pool,
            or nowhere, so that the `company` keeps it.
    """

    rule: str
    lacks: tuple[Lacking, ...]
    amount: int
    sources: int
    goes: GoesTo


@dataclass(frozen=True, slots=True)
class Barren:
    """A rule that brings nothing although nothing was missed.

    Attributes:
        rate_bp: the first one of its table.
        rank: the name of the rank with which it begins.
    """

    rule: str
    cause: Cause
    rate_bp: int
    rank: str
    lacks: tuple[Lacking, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """Somebody of the team whom a rule passed over.

    Attributes:
        who: first name and initial.
        climbs: whether those below move up a level; else the sales pass on without a rate.
    """

    who: str
    code: str
    rule: str
    climbs: bool
    lacks: tuple[Lacking, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """What a cap took away.

    Attributes:
        why: whose cap it is; `guarantee` for what a leader above was guaranteed.
        amount: rupiah that were taken.
        limit: rupiah a month; 0 where the cap is a rate.
        rate_bp: of the company's sales.
        rank: its name, where the cap is that of a rank.
    """

    why: CutBy
    amount: int
    limit: int
    rate_bp: int
    rank: str


@dataclass(frozen=True, slots=True)
class Chances:
    """A month, as far as it brings the caller nothing.

    Attributes:
        closed: whether nothing of this changes any more.
        active: whether the caller's membership is in force.
        large: whether the team is too large to be walked through.
        team: how many people stand below.
        sold: whether the caller or the team sold something in the month.
        amount: rupiah that it does bring.
        skipped: as many as were asked for, the nearest first.
        skipped_count: how many there are.
    """

    closed: bool
    active: bool
    large: bool
    team: int
    sold: bool
    amount: int
    missed: tuple[MissedRule, ...]
    barren: tuple[Barren, ...]
    skipped: tuple[Skipped, ...]
    skipped_count: int
    cuts: tuple[Cut, ...]


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something within reach.

    Attributes:
        rule: the name of the rule that it is about; empty for a rank.
        reach: the name of the rank that it leads to.
        rate_bp: of the row of the table that it leads to.
        amount: rupiah more, with the sales as they are; 0 where that is not known.
        pieces: how many of the article come to the points that are missing.
        article: its name; empty where no points are missing.
    """

    rule: str
    reach: str
    rate_bp: int
    lacks: tuple[Lacking, ...]
    amount: int
    pieces: int
    article: str


@dataclass(frozen=True, slots=True)
class Steps:
    """What is within the caller's reach in the month that runs, the smallest step first."""

    active: bool
    large: bool
    team: int
    steps: tuple[NextStep, ...]


@dataclass(frozen=True, slots=True)
class FindMissed(Lookup[Chances | None]):
    """Why a month brings the caller nothing; None where no plan is or was in force.

    Of those who were passed over so many are told.
    """

    period: str
    rows: int


@dataclass(frozen=True, slots=True)
class FindSteps(Lookup[Steps | None]):
    """What would bring the caller more this month; None where no plan is in force."""
