"""Customers without any rhythm: the next day is as good as any other."""

from collections.abc import Iterator
from random import Random

from bench.forecast.seasons import DAY
from bench.forecast.shelf import KINDS
from bench.forecast.stage import Bought, Stage

__all__ = ["alike", "memoryless"]

ALIKE_DAYS = 35
MEMORYLESS_DAYS = (12, 150)


def memoryless(stage: Stage, chance: Random) -> Iterator[Bought]:
    """Yield purchases on days that say nothing of the next; some people buy more often."""
    least, most = MEMORYLESS_DAYS
    mean = least * (most / least) ** chance.random()
    yield from _on_any_day(stage, chance, mean)


def alike(stage: Stage, chance: Random) -> Iterator[Bought]:
    """Yield purchases on days that say nothing of the next, equally often for all people.

    Nothing can be foreseen here: a list that does better than chance sees the future.
    """
    yield from _on_any_day(stage, chance, ALIKE_DAYS)


def _on_any_day(stage: Stage, chance: Random, mean: float) -> Iterator[Bought]:
    wait = chance.expovariate(1 / mean)
    while wait < stage.length:
        day = stage.first + int(wait) * DAY
        yield Bought(day, chance.choice(KINDS), chance.choice((1, 1, 2, 3)))
        wait += chance.expovariate(1 / mean)
