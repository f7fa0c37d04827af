"""The questions that every kind of rule answers.

Code that shows, explains or estimates a bonus asks the rule these questions and never tests its
kind. A new kind answers them in its own module; mypy names those that it leaves out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple, Protocol, Self

from bot.core.file_faults import Said
from bot.core.plans.conditions import Condition, Conditions, Lack
from bot.core.plans.kinds.keys import Key, KeyReader, RuleHead
from bot.core.plans.month import Month
from bot.core.plans.values import Credit, Names

__all__ = ["Asked", "Cause", "FirstRowLack", "Needs", "NextRow", "RateFigures", "Sold"]

Needs = Literal["seller", "team", "company"]
"""Which sales decide what a rule pays a member: the member's own, the team's, or all sales.

What a rule that needs the company pays is known only after the month is closed.
"""

Cause = Literal["unsold", "deep", "points", "rank", "groups", "same", "small", "then", "later"]
"""Why a rule whose conditions are met pays nothing.

`unsold`: there are no sales that it pays on; `deep`: only below the levels that it pays; `points`,
`rank`: its table begins higher; `groups`: no group has broken away; `same`: the members below have
the same rate; `small`: less than a rupiah; `then`: at the close its conditions were not met;
`later`: the amount is known only after the close.
"""


class Sold(NamedTuple):
    """Whether a member and the team sold anything.

    Attributes:
        own: whether the member did.
        team: whether another member of the month did.
        walked: whether the month holds the whole team, or only its counters.
    """

    own: bool
    team: bool
    walked: bool


class RateFigures(NamedTuple):
    """The figures of a member that a rate may depend on."""

    group_points: int
    accumulated: int
    rank: int


@dataclass(frozen=True, slots=True)
class FirstRowLack:
    """What a member lacks for the first row of a rule's table.

    Attributes:
        rate_bp: of the first row; 0 where there is none.
        rank: number of the rank of the first row; 0 where points decide.
        lack: the points that are missing; None where the rank decides.
    """

    rate_bp: int
    rank: int = 0
    lack: Lack | None = None


@dataclass(frozen=True, slots=True)
class NextRow:
    """The next row of a table by points.

    Attributes:
        what: which points it counts.
        much: how many more of them it needs.
        rate_bp: its rate.
    """

    what: Condition
    much: int
    rate_bp: int


class Asked(Protocol):
    """A kind of rule, as a frozen dataclass; its slug is unique within a version.

    Attributes:
        kind: its name in the plan file.
        keys: its keys in the plan file, besides those that every rule has.
        needs: which sales decide what it pays a member.
        own_pays: whether it pays a member without a team.
        compares: whether each member gets the difference to the rates below.
        on_groups: whether it pays on groups that have broken away.
    """

    kind: ClassVar[str]
    keys: ClassVar[tuple[Key, ...]]
    needs: ClassVar[Needs]
    own_pays: ClassVar[bool]
    compares: ClassVar[bool]
    on_groups: ClassVar[bool]

    @classmethod
    def read(cls, head: RuleHead, reader: KeyReader) -> Self:
        """Returns the rule from the plan file; the reader collects the faults."""
        ...

    @property
    def slug(self) -> str:
        """Its name in the database."""
        ...

    @property
    def names(self) -> Names:
        """Its name for members, by language."""
        ...

    @property
    def conditions(self) -> Conditions:
        """The conditions that a member has to meet."""
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
        """Whether points of earlier months count."""
        ...

    @property
    def guarantees(self) -> bool:
        """Whether leaders give up a part of their credits for what others are guaranteed."""
        ...

    @property
    def skips(self) -> bool:
        """Whether the level of a member who does not qualify goes to the next one above."""
        ...

    @property
    def doubts(self) -> tuple[Said, ...]:
        """What its author may not mean, as sentences for the office that continue its name."""
        ...

    def credits(self, month: Month, as_if: int | None = None) -> list[Credit]:
        """Returns the credits of a month; the member at `as_if` is assumed to qualify."""
        ...

    def way(self, level: int) -> str:
        """Returns how it pays on a level, one of `bot.core.plans.kinds.Way`."""
        ...

    def goes_up(self, lacks: Sequence[Lack]) -> bool:
        """Returns whether what a member misses goes to the next qualified member above."""
        ...

    def counts(self, month: Month, place: int) -> bool:
        """Returns whether it matters to uplines that this member does not qualify."""
        ...

    def first_row_lack(self, month: Month, place: int) -> FirstRowLack | None:
        """Returns what a member lacks for the first row of its table; None for nothing."""
        ...

    def why_unpaid(self, month: Month, place: int, sold: Sold) -> Cause:
        """Returns why it pays nothing to a member who meets its conditions and first row."""
        ...

    def next_row(self, month: Month, place: int) -> NextRow | None:
        """Returns the next row of its table by points; None where there is none."""
        ...

    def own_rate(self, month: Month, place: int) -> int:
        """Returns a member's own rate where rates are compared; 0 in all other kinds."""
        ...

    def rate_for(self, figures: RateFigures) -> int:
        """Returns a member's own rate by the stored figures of a closed month; else 0."""
        ...
