"""Random plans and companies, the same from the same seed."""

from random import Random

from hypothesis import strategies as st

from bot.core.plans import Caps, Legs, Rank, Version
from bot.core.plans.kinds import PAID
from tests.plans.oracle_people import Row
from tests.plans.rules_by_chance import POINTS_MAX, a_rule

__all__ = ["a_company", "a_version", "chances"]

MEMBERS_MAX = 16
POINTS = (0, 1, 5, 10, 15, 20, 29, 30, 31, 40, 55, POINTS_MAX)
BONUS = (0, 7, 99, 10_000, 33_333, 70_005, 123_457, 250_000, 999_999, 10**9)
SALES = (0, 50_000, 123_456, 1_000_000)


def chances() -> st.SearchStrategy[Random]:
    """Returns a generator with a seed, which Hypothesis names when a test fails.

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
        # Most are below one of the few before them, so that lines grow long.
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
            fixed=chance.choice((0, 0, 0, 70_001)),
            given=chance.choice((0, 0, 0, chance.randint(0, len(version.ranks)))),
        )
        rows.append(row._replace(sold=row.points * chance.choice((0, 1, 2, 2, 2)) // 2))
    return rows


def a_version(chance: Random, *, capped: bool = True, guarantee: bool = True) -> Version:
    """Ranks, rules of every kind, and caps."""
    ranks = tuple(_rank(chance, number) for number in range(chance.randint(0, 4)))
    made_up = guarantee and chance.random() < 0.6
    drawn = [a_rule(chance, kind, len(ranks), guarantee=made_up) for kind in PAID]
    rules = [rule for rule in drawn if rule is not None]
    return Version(
        "2026-01",
        tuple(chance.sample(rules, chance.randint(1, len(rules)))),
        ranks,
        point_value=chance.choice((1, 1, 7, 2_600)),
        breakaway=chance.choice((1, 1, chance.randint(1, len(ranks)))) if ranks else 0,
        ranks_kept=chance.random() < 0.5,
        caps=_caps(chance, len(ranks)) if capped and chance.random() < 0.5 else Caps(),
        qualify_by=chance.choice(("sold", "bought")),
    )


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


def _caps(chance: Random, ranks: int) -> Caps:
    limits = (1, 99, 10_001, 500_000)
    ranked = chance.sample(range(1, ranks + 1), chance.randint(0, ranks))
    return Caps(
        chance.choice((None, *limits)),
        tuple((rank, chance.choice(limits)) for rank in sorted(ranked)),
        chance.choice((None, 1, 333, 1_000, 4_000)),
    )
