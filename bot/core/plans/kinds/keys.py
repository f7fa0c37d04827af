"""The keys of rules in a plan file, with their meanings and the reader of their values.

A kind lists its keys and reads them through a `KeyReader`, which knows the file, collects faults
with their lines, and returns a default to go on with. docs/plans.md is generated from the
meanings.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol, TypeAlias, TypeVar

from bot.core.plans.conditions import Conditions
from bot.core.plans.rates import Steps
from bot.core.plans.values import Names

__all__ = [
    "BY_POINTS",
    "BY_RANK",
    "COMPRESSION",
    "CONDITIONS",
    "GUARANTEE",
    "NAMED",
    "OF",
    "POINTS",
    "RATE",
    "RATES",
    "SHARED",
    "Key",
    "KeyReader",
    "RuleHead",
]

W = TypeVar("W", bound=str)


class Key(NamedTuple):
    """A key of a rule.

    Attributes:
        name: as in the file; keys that share a row of the docs are separated by commas.
        meaning: a cell of the table in docs/plans.md.
    """

    name: str
    meaning: str


class RuleHead(NamedTuple):
    """What every rule has: its slug, its names for members, and its conditions."""

    slug: str
    names: Names
    conditions: Conditions


RateOf: TypeAlias = Literal["level", "generation"]
"""What one rate of a list is of."""


class KeyReader(Protocol):
    """Reads the keys of one rule; an unreadable value is a fault and becomes a default."""

    @property
    def breaks_away(self) -> bool:
        """Whether the version sets the rank with which groups break away."""
        ...

    def has(self, key: str) -> bool:
        """Returns whether the file has the key."""
        ...

    def fault(self, key: str, what: str) -> None:
        """Record a fault of this key; `what` is the key of its words."""
        ...

    def rate(self, key: str) -> int:
        """Returns one rate in hundredths of a percent."""
        ...

    def rates(self, key: str, most: int, what: RateOf) -> tuple[int, ...]:
        """Returns up to `most` rates from the first `what` on, at most 100 % together."""
        ...

    def by_points(self, key: str) -> Steps:
        """Returns points and rates that rise with them."""
        ...

    def by_rank(self, key: str) -> Steps:
        """Returns numbers of ranks, and rates that do not fall."""
        ...

    def choice(self, key: str, known: Sequence[W]) -> W:
        """Returns one word of a list; the first one if the key is left out."""
        ...

    def amount(self, key: str, default: int) -> int:
        """Returns bonus value, at least 1; the default if the key is left out."""
        ...


NAMED = (
    Key("kind", "One of those below."),
    Key(
        "slug",
        "The stored name of the rule: 1 to 20 small letters, digits or `-`. It does not change.",
    ),
    Key("id, en", "Its name for members, in each language of the company."),
    Key(
        "rounding",
        '`"down"`, the only way there is: base times rate first, then down to a whole rupiah, '
        'once for each credit; the company keeps the rest. Left out: `"down"`.',
    ),
)
"""The keys of every kind."""

CONDITIONS = (
    Key(
        "own_points_min",
        "Own points that a member needs in the month before the rule pays, as `qualify_by` counts "
        "them. Left out: 0.",
    ),
    Key("customers_min", "Different customers who bought in the month. Left out: 0."),
    Key("rank_min", "The lowest paid-as rank that the rule pays. Left out: all members."),
)
"""The keys of every kind that the company pays."""

RATES = Key(
    "rates",
    "The rate for level (or generation) 1, 2, 3 …, as percentages in quotes with up to two "
    'decimals (`"2,5%"`). Up to 50, 100 % together at most.',
)
COMPRESSION = Key(
    "compression",
    'What becomes of the level of a member who does not qualify: `"skip-inactive"` hands it to '
    'the next one above who does, `"none"` leaves it with the company, `"skip-below-rank"` skips '
    'members who lack only `rank_min` as well. Left out: `"skip-inactive"`.',
)
BY_POINTS = Key(
    "by_points",
    'The rate from a number of points on, as `{ 200 = "3%", 600 = "6%" }`: whole points without '
    "dots, from the fewest to the most, and rates that rise with them. For `differential` points "
    "of the group (the member and all below), for `personal` own points of the month.",
)
BY_RANK = Key(
    "by_rank",
    'In place of `by_points`: the rate by paid-as rank, as `{ bronze = "6%", silver = "9%" }`, '
    "from the lowest to the highest. A rank that is left out has the rate of the one before it.",
)
POINTS = Key(
    "points",
    '`"month"`, or `"accumulated"`: the group\'s points of all months so far, so that no '
    'member falls back. Only with `by_points`. Left out: `"month"`.',
)
GUARANTEE = Key(
    "guarantee",
    "The minimum bonus value of each group on which a leader is paid the rate; needs exactly "
    "one rate in `rates`.",
)
RATE = Key("rate", "One rate for all members; for a pool, the rate of its base.")
OF = Key(
    "of",
    'What the rate of a pool applies to: the `"bonus-value"` of all sales of the month, or '
    '`"sales"`, their rupiah at the price charged. Left out: `"bonus-value"`.',
)
SHARED = Key(
    "shared",
    'How a pool is divided: `"equally"`, by `"own-points"` or by `"group-points"` of the month. '
    'Left out: `"equally"`.',
)
