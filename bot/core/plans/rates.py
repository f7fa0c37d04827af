"""Rates: as people write them ("5%", "2,5 %", "0.25%"), what they are of a sum, and steps of them.

How a bonus is rounded is decided here: a rate of a sum is rounded down to whole rupiah. The kinds
of rules, which do it millions of times, write the same formula out.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

__all__ = ["BASIS_POINTS", "Steps", "next_step", "rate_bp", "rates_of", "share"]

RATE: Final = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*%", re.ASCII)
BASIS_POINTS: Final = 10_000
"""A rate is a whole number of these in a whole: 500 is 5 %."""

Steps = tuple[tuple[int, int], ...]
"""Rows of points and rate, from the least points on; the rates rise with them."""


def share(base: int, rate_bp: int) -> int:
    """A rate of a sum of rupiah: multiplied, then rounded down; the company keeps the rest."""
    return base * rate_bp // BASIS_POINTS


def rate_bp(text: str) -> int | None:
    """The rate in hundredths of a percent; None where it is none, or more than 100 %."""
    found = RATE.fullmatch(text.strip())
    if found is None:
        return None
    rate = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    return rate if rate <= BASIS_POINTS else None


def rates_of(steps: Steps, figures: Iterable[int]) -> list[int]:
    """The rate that each figure reaches; 0 below the first row."""
    starts = [points for points, _ in steps]
    rates = [0, *(rate_bp for _, rate_bp in steps)]
    least = starts[0]
    return [0 if each < least else rates[bisect_right(starts, each)] for each in figures]


def next_step(steps: Steps | Sequence[tuple[int, int]], figure: int) -> tuple[int, int] | None:
    """The first row that is not reached yet; None above the last."""
    return next((row for row in steps if row[0] > figure), None)
