"""What is asked of every kind of rule.

Code that shows, explains or estimates a bonus asks the rule, and never which kind it is. A new
kind answers these questions in its own module, and mypy names those that it leaves out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple, Protocol, Self

from bot.core.plans.conditions import Condition, Conditions, Lack
from bot.core.plans.kinds.keys import Called, Key, KeyReader
from bot.core.plans.month import Month
from bot.core.plans.values import Credit, Names

__all__ = ["Asked", "Begins", "Cause", "Needs", "NextRow", "RateFigures", "Sold"]

Needs = Literal["seller", "team", "company"]
"""Whose sales decide what a rule brings a member: the member's own, the team's, or all sales.

Of a rule that needs the company nothing is known before the month is closed.
"""

Cause = Literal["unsold", "deep", "points", "rank", "groups", "same", "small", "then", "later"]
"""Why a rule whose conditions are met brings nothing.

`unsold`: nothing was sold that it pays on; `deep`: only below the levels that it pays; `points`,
`rank`: its table begins higher; `groups`: no group has broken away; `same`: those below have the
same rate; `small`: less than a rupiah; `then`: at the close its conditions were not met;
`later`: it is known only after the close.
"""


class Sold(NamedTuple):
    """What was sold around a member.

    Attributes:
        own: whether the member sold something.
        team: whether anybody else in the month did.
        walked: whether the team is in the month, or only its counters.
    """

    own: bool
    team: bool
    walked: bool


class RateFigures(NamedTuple):
    """The figures of a member by which a rate may go."""

    group_points: int
    accumulated: int
    rank: int


@dataclass(frozen=True, slots=True)
class Begins:
    """What a member lacks until the table of a rule begins.

    Attributes:
        rate_bp: the first rate of the table; 0 where there is none.
        rank: number of the rank with which it begins; 0 where points decide.
        lack: the points that are missing; None where the rank decides.
    """

    rate_bp: int
    rank: int = 0
    lack: Lack | None = None


@dataclass(frozen=True, slots=True)
class NextRow:
    """The next row of a table by points.

    Attributes:
        what: of which points it speaks.
        much: how many more of them it takes.
        rate_bp: its rate.
    """

    what: Condition
    much: int
    rate_bp: int


class Asked(Protocol):
    """A kind of rule, as a frozen dataclass; its slug is unique within a version.

    Attributes:
        kind: its name in the plan file.
        keys: what a plan file may say of it, besides what every rule has.
        needs: whose sales decide what it brings a member.
        own_pays: whether it pays a member on the member's own sales.
        compares: whether each gets the difference to the rate of those below.
    """

    kind: ClassVar[str]
    keys: ClassVar[tuple[Key, ...]]
    needs: ClassVar[Needs]
    own_pays: ClassVar[bool]
    compares: ClassVar[bool]

    @classmethod
    def read(cls, called: Called, reader: KeyReader) -> Self:
        """The rule, as a plan file has it; faults are the reader's to keep."""
        ...

    @property
    def slug(self) -> str:
        """Its name in the books."""
        ...

    @property
    def names(self) -> Names:
        """What members read for it, by language."""
        ...

    @property
    def conditions(self) -> Conditions:
        """What it asks of a member before it pays."""
        ...

    @property
    def of_sales(self) -> bool:
        """Whether its rate is taken of net sales and not of bonus value."""
        ...

    @property
    def most_bp(self) -> int:
        """What it pays at most of a rupiah of what its rate is of, in hundredths of a percent."""
        ...

    @property
    def accumulates(self) -> bool:
        """Whether the points of the months before matter to it."""
        ...

    @property
    def guarantees(self) -> bool:
        """Whether leaders hand on what they earn to make up what others are guaranteed."""
        ...

    @property
    def skips(self) -> bool:
        """Whether the level of a member who does not qualify is handed to the next one above."""
        ...

    def credits(self, month: Month, as_if: int | None = None) -> list[Credit]:
        """What it pays for a month; the member at `as_if` is taken to meet its conditions."""
        ...

    def way(self, level: int) -> str:
        """How it pays on a level: one of `bot.core.plans.kinds.Way`."""
        ...

    def goes_up(self, lacks: Sequence[Lack]) -> bool:
        """Whether what a member misses goes on to the next one above who qualifies."""
        ...

    def counts(self, month: Month, place: int) -> bool:
        """Whether it matters to those above that this member does not qualify."""
        ...

    def begins(self, month: Month, place: int) -> Begins | None:
        """What a member lacks until its table begins; None where it has begun."""
        ...

    def barren(self, month: Month, place: int, sold: Sold) -> Cause:
        """Why it brings a member nothing who meets its conditions and whose table has begun."""
        ...

    def next_row(self, month: Month, place: int) -> NextRow | None:
        """The next row of its table by points; None where there is none, or no such table."""
        ...

    def own_rate(self, month: Month, place: int) -> int:
        """A member's own rate where rates are compared; 0 for none, and in all other kinds."""
        ...

    def rate_for(self, figures: RateFigures) -> int:
        """The same by the figures that the books keep of a closed month."""
        ...
