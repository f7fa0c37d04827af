"""Any plan and any company, by chance: the same from the same seed."""

from random import Random

from hypothesis import strategies as st

from bot.core.plans import (
    Caps,
    Conditions,
    Differential,
    Generation,
    Legs,
    Personal,
    Rank,
    Rule,
    Unilevel,
    Version,
)
from bot.core.plans.kinds.differential import Measure
from bot.core.plans.kinds.unilevel import Compression
from bot.core.plans.rates import Steps
from tests.plans.oracle_people import Row

__all__ = ["a_company", "a_differential", "a_version", "chances"]

MEMBERS_MAX = 16
POINTS_MAX = 60
POINTS = (0, 1, 5, 10, 15, 20, 29, 30, 31, 40, 55, POINTS_MAX)
BONUS = (0, 7, 99, 10_000, 33_333, 70_005, 123_457, 250_000, 999_999, 10**9)
SALES = (0, 50_000, 123_456, 1_000_000)
RATES = (0, 50, 125, 333, 500, 1_000, 2_500)
COMPRESSIONS: tuple[Compression, ...] = ("none", "skip-inactive", "skip-below-rank")
MEASURES: tuple[Measure, ...] = ("points", "accumulated", "rank")


def chances() -> st.SearchStrategy[Random]:
    """Chance by a seed, which Hypothesis names when something does not hold.

    To draw each figure itself, and look for the smallest example, takes it ten times as long: say
    `use_true_random=False` to see that.
    """
    return st.randoms(use_true_random=True)


def a_company(chance: Random, version: Version) -> list[Row]:
    """Members in any tree, with sponsors of smaller and of larger numbers."""
    count = chance.randint(1, MEMBERS_MAX)
    numbers = chance.sample(range(1, 3 * MEMBERS_MAX), count)
    rows: list[Row] = []
    for place, number in enumerate(numbers):
        # Most stand below one of the few before them, so that lines grow long.
        above = place - chance.randint(1, 4)
        sponsor = numbers[above] if above >= 0 else None
        row = Row(
            number,
            sponsor,
            active=chance.random() < 0.85,
            points=chance.choice(POINTS),
            bonus=chance.choice(BONUS),
            customers=chance.randint(0, 3),
            sales=chance.choice(SALES),
            accumulated=chance.choice((0, 0, 30, 100, 200)),
            title=chance.choice((0, chance.randint(0, len(version.ranks)))),
        )
        rows.append(row)
    return rows


def a_version(chance: Random, *, capped: bool = True, guarantee: bool = True) -> Version:
    """Ranks, rules of every kind, and caps."""
    ranks = tuple(_rank(chance, number) for number in range(chance.randint(0, 4)))
    rules: list[Rule] = [
        _unilevel(chance, len(ranks)),
        a_differential(chance, len(ranks)),
        _personal(chance, len(ranks)),
    ]
    if ranks:
        rules.append(_generation(chance, len(ranks), guarantee=guarantee))
    return Version(
        "2026-01",
        tuple(chance.sample(rules, chance.randint(1, len(rules)))),
        ranks,
        point_value=chance.choice((1, 1, 7, 2_600)),
        breakaway=chance.choice((1, 1, chance.randint(1, len(ranks)))) if ranks else 0,
        ranks_kept=chance.random() < 0.5,
        caps=_caps(chance, len(ranks)) if capped and chance.random() < 0.5 else Caps(),
    )


def a_differential(chance: Random, ranks: int) -> Differential:
    """A table that rises, by any of the three measures."""
    by = chance.choice(MEASURES if ranks else MEASURES[:2])
    from_ = list(range(1, ranks + 1)) if by == "rank" else [0, 10, 60, 150, 3 * POINTS_MAX]
    return Differential(
        "selisih",
        (),
        _steps(chance, from_, (100, 300, 650, 1_200, 2_100)),
        by,
        _conditions(chance, ranks),
    )


def _steps(chance: Random, from_: list[int], rates: tuple[int, ...]) -> Steps:
    count = chance.randint(1, len(from_))
    least = sorted(chance.sample(from_, count))
    return tuple(zip(least, sorted(chance.sample(rates, count)), strict=True))


def _rank(chance: Random, number: int) -> Rank:
    def asked(*limits: int) -> int:
        return chance.choice(limits) if chance.random() < 0.3 else 0

    legs: list[Legs] = []
    if number and chance.random() < 0.5:
        kinds = range(chance.randint(1, 2))
        legs = [Legs(chance.randint(1, 2), chance.randint(1, number)) for _ in kinds]
    return Rank(
        slug=f"rank{number + 1}",
        own_points=asked(1, 10, 30),
        customers=asked(1, 2),
        group_points=asked(10, 50, 150),
        personal_group_points=asked(10, 50, 100),
        accumulated_points=asked(30, 100, 300),
        legs=tuple(legs),
        first_line=chance.random() < 0.5,
    )


def _conditions(chance: Random, ranks: int) -> Conditions:
    lowest = chance.choice((0, 0, chance.randint(0, ranks)))
    return Conditions(chance.choice((0, 0, 1, 15, 30)), chance.choice((0, 0, 1)), lowest)


def _unilevel(chance: Random, ranks: int) -> Unilevel:
    rates = tuple(chance.choice(RATES) for _ in range(chance.randint(1, 4)))
    return Unilevel("tim", (), rates, chance.choice(COMPRESSIONS), _conditions(chance, ranks))


def _generation(chance: Random, ranks: int, *, guarantee: bool) -> Generation:
    rates = tuple(chance.choice(RATES) for _ in range(chance.randint(1, 3)))
    least = 0
    if guarantee and chance.random() < 0.6:
        rates, least = rates[:1], chance.choice((99, 100_000, 600_000, 5_000_000))
    return Generation("generasi", (), rates, least, _conditions(chance, ranks))


def _personal(chance: Random, ranks: int) -> Personal:
    steps = _steps(chance, [0, 1, 20, POINTS_MAX], (100, 500, 750, 1_000))
    return Personal("pribadi", (), steps, _conditions(chance, ranks))


def _caps(chance: Random, ranks: int) -> Caps:
    limits = (1, 99, 10_001, 500_000)
    ranked = chance.sample(range(1, ranks + 1), chance.randint(0, ranks))
    return Caps(
        chance.choice((None, *limits)),
        tuple((rank, chance.choice(limits)) for rank in sorted(ranked)),
        chance.choice((None, 1, 333, 1_000, 4_000)),
    )
