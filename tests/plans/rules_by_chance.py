"""A rule of any kind, by chance: the kind reads its keys from here instead of from a file."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from bot.core.plans import Conditions, Rule
from bot.core.plans.kinds import PAID
from bot.core.plans.kinds.keys import RuleHead
from bot.core.plans.rates import Steps

__all__ = ["POINTS_MAX", "a_rule"]

W = TypeVar("W", bound=str)

POINTS_MAX = 60
RATES = (0, 50, 125, 333, 500, 1_000, 2_500)
RISING = (100, 300, 500, 650, 750, 1_000, 1_200, 2_100)
AMOUNTS = (99, 100_000, 600_000, 5_000_000)


def a_rule(chance: Random, kind: str, ranks: int, **has: bool) -> Rule | None:
    """A rule that a plan file could say; None where this version could have none of the kind.

    Args:
        chance: decides.
        kind: of the rule, which is its slug too.
        ranks: how many the version has; with any, groups break away.
        has: keys that it certainly has, or has not.
    """
    conditions = Conditions(
        chance.choice((0, 0, 1, 15, 30)),
        chance.choice((0, 0, 1)),
        chance.choice((0, 0, chance.randint(0, ranks))),
    )
    for _ in range(200):
        keys = _Keys(chance, ranks, {"rank_min": conditions.rank_min > 0, **has})
        rule = PAID[kind].read(RuleHead(kind, (), conditions), keys)
        if not keys.refused:
            return rule
    return None


class _Keys:
    """Reads by chance; what a file could not say is refused."""

    def __init__(self, chance: Random, ranks: int, there: dict[str, bool]) -> None:
        self.breaks_away = ranks > 0
        self.refused = False
        self._chance = chance
        self._ranks = ranks
        self._there = there

    def has(self, key: str) -> bool:
        if key not in self._there:
            self._there[key] = self._chance.random() < 0.5
        return self._there[key]

    def fault(self, _key: str, _words: str) -> None:
        self.refused = True

    def rate(self, _key: str) -> int:
        return self._chance.choice(RATES)

    def rates(self, _key: str, most: int, _what: str) -> tuple[int, ...]:
        count = self._chance.randint(1, min(most, 4))
        return tuple(self._chance.choice(RATES) for _ in range(count))

    def by_points(self, _key: str) -> Steps:
        return self._steps([0, 1, 10, 20, POINTS_MAX, 150, 3 * POINTS_MAX])

    def by_rank(self, _key: str) -> Steps:
        if not self._ranks:
            self.refused = True
            return ((1, 0),)
        return self._steps(list(range(1, self._ranks + 1)))

    def choice(self, _key: str, known: Sequence[W]) -> W:
        return self._chance.choice(known)

    def amount(self, key: str, default: int) -> int:
        return self._chance.choice(AMOUNTS) if self.has(key) else default

    def _steps(self, from_: list[int]) -> Steps:
        count = self._chance.randint(1, min(5, len(from_)))
        least = sorted(self._chance.sample(from_, count))
        rates = sorted(self._chance.sample(RISING, count))
        return tuple(zip(least, rates, strict=True))
