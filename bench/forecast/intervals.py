"""How sure a difference between two lists is, by drawing the same companies again and again."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean

__all__ = ["Difference", "difference"]

DRAWS = 4_000
SURE = 0.95
SEED = 1


@dataclass(frozen=True, slots=True)
class Difference:
    """A mean difference, and between what 95 of 100 draws lie."""

    mean: float
    least: float
    most: float


def difference(ours: Sequence[float], theirs: Sequence[float]) -> Difference:
    """Returns how much better we are, by a paired bootstrap over companies.

    Args:
        ours: a figure for each company.
        theirs: the figure of the other list for the same companies, in the same order.

    Raises:
        ValueError: there are no companies, or not as many on both sides.
    """
    if not ours:
        raise ValueError("a difference needs a company")
    pairs = [our - their for our, their in zip(ours, theirs, strict=True)]
    chance = Random(SEED)
    means = sorted(fmean(chance.choices(pairs, k=len(pairs))) for _ in range(DRAWS))
    left_out = round(DRAWS * (1 - SURE) / 2)
    return Difference(fmean(pairs), means[left_out], means[-1 - left_out])
