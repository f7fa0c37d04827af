"""After how many days a customer usually orders an article again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median_low

__all__ = ["ORDERS_OF_RHYTHM_MAX", "PastOrder", "usual_days"]

ORDERS_OF_RHYTHM_MAX = 5
ORDERS_MIN = 3
LONGEST_TO_SHORTEST = 2
"""Gaps of which the longest is more than so many times the shortest are no habit."""


@dataclass(frozen=True, slots=True)
class PastOrder:
    """All pieces of an article that a customer bought on a day."""

    day: date
    pieces: int


def usual_days(orders: Sequence[PastOrder]) -> int:
    """Returns after how many days the customer usually orders again; 0 if that is no habit.

    It is one after three orders, the last of as many pieces as most, at even gaps.

    Args:
        orders: the latest ones, the last one first.
    """
    latest = orders[:ORDERS_OF_RHYTHM_MAX]
    gaps = [(later.day - earlier.day).days for later, earlier in pairwise(latest)]
    if len(latest) < ORDERS_MIN or median_low(each.pieces for each in latest) != latest[0].pieces:
        return 0
    if max(gaps) > LONGEST_TO_SHORTEST * min(gaps):
        return 0
    return (2 * sum(gaps) + len(gaps)) // (2 * len(gaps))
