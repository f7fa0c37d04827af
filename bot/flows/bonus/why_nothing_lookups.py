"""Lookups of why a month pays nothing and what would raise the bonus, with their facts.

Nothing is shown of members above the caller; of those below, what an upline may see.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.core.conversation.replay import Lookup
from bot.core.plans.conditions import Condition
from bot.core.plans.kinds.asked import Cause
from bot.core.plans.values import CutReason

__all__ = [
    "Chances",
    "Cut",
    "FindMissed",
    "FindSteps",
    "GoesTo",
    "Lacking",
    "MissedRule",
    "MonthSteps",
    "NextStep",
    "Skipped",
    "UnpaidRule",
]


@dataclass(frozen=True, slots=True)
class Lacking:
    """A condition that is missing.

    Attributes:
        much: points, customers or legs.
        rank: name of the rank that is required, of the member or in the legs.
    """

    what: Condition
    much: int
    rank: str


GoesTo: TypeAlias = Literal["up", "sharers", "company"]


@dataclass(frozen=True, slots=True)
class MissedRule:
    """A rule that would have paid something.

    Attributes:
        rule: its name for members.
        amount: rupiah; 0 where it is not known, as for a large team.
        sources: number of members whose sales it would come from.
        goes: who gets it: the next qualified member `up`, the `sharers` of a pool, or the
            `company`.
    """

    rule: str
    lacks: tuple[Lacking, ...]
    amount: int
    sources: int
    goes: GoesTo


@dataclass(frozen=True, slots=True)
class UnpaidRule:
    """A rule that pays nothing although nothing was missed.

    Attributes:
        rate_bp: of the first row of its table.
        rank: name of the rank of the first row.
    """

    rule: str
    cause: Cause
    rate_bp: int
    rank: str
    lacks: tuple[Lacking, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A member of the team whom a rule passed over.

    Attributes:
        who: first name and initial.
        climbs: whether the members below move up a level; else the sales pass up unrated.
    """

    who: str
    code: str
    rule: str
    climbs: bool
    lacks: tuple[Lacking, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """What a cap took.

    Attributes:
        why: whose cap it is; `guarantee` for what a leader above was guaranteed.
        amount: rupiah taken.
        limit: rupiah a month; 0 where the cap is a rate.
        rate_bp: of the company's sales.
        rank: name of the rank whose cap it is; else empty.
    """

    why: CutReason
    amount: int
    limit: int
    rate_bp: int
    rank: str


@dataclass(frozen=True, slots=True)
class Chances:
    """What a month does not pay the caller.

    Attributes:
        closed: whether the month is closed, so that it no longer changes.
        active: whether the caller's membership is active.
        large: whether the team is too large to be read.
        team: number of members below.
        sold: whether the caller or the team sold anything in the month.
        amount: rupiah that the month does pay.
        skipped: the nearest members passed over, at most as many as asked for.
        skipped_count: number of all of them.
    """

    closed: bool
    active: bool
    large: bool
    team: int
    sold: bool
    amount: int
    missed: tuple[MissedRule, ...]
    unpaid: tuple[UnpaidRule, ...]
    skipped: tuple[Skipped, ...]
    skipped_count: int
    cuts: tuple[Cut, ...]

    @property
    def skipped_more(self) -> int:
        """How many more were passed over than are named."""
        return self.skipped_count - len(self.skipped)


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step within reach.

    Attributes:
        rule: name of the rule; empty for a rank.
        reach: name of the rank that it leads to.
        rate_bp: of the row of the table that it leads to.
        amount: rupiah more with the present sales; 0 where not known.
        pieces: number of pieces of the product that give the missing points.
        product: name of the product; empty where no points are missing.
    """

    rule: str
    reach: str
    rate_bp: int
    lacks: tuple[Lacking, ...]
    amount: int
    pieces: int
    product: str


@dataclass(frozen=True, slots=True)
class MonthSteps:
    """The caller's steps in the running month, the smallest first."""

    active: bool
    large: bool
    team: int
    steps: tuple[NextStep, ...]


@dataclass(frozen=True, slots=True)
class FindMissed(Lookup[Chances | None]):
    """Why a month pays the caller nothing; None where no plan holds.

    Attributes:
        rows: most members passed over to be named.
    """

    period: str
    rows: int


@dataclass(frozen=True, slots=True)
class FindSteps(Lookup[MonthSteps | None]):
    """What would raise the caller's bonus this month; None where no plan holds."""
