"""Rates: how people write them ("5%", "2,5 %", "0.25%"), their part of a sum, and tables of them.

The rounding of every bonus is decided here: a rate of a sum is rounded down to a whole rupiah. The
kinds of rules, which do it millions of times, write the same formula out.
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
    """Returns a rate of a sum of rupiah, rounded down; the company keeps the rest."""
    return base * rate_bp // BASIS_POINTS


def rate_bp(text: str) -> int | None:
    """Returns the rate in hundredths of a percent; None for no rate, or one above 100 %."""
    found = RATE.fullmatch(text.strip())
    if found is None:
        return None
    rate = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    return rate if rate <= BASIS_POINTS else None


def rates_of(steps: Steps, figures: Iterable[int]) -> list[int]:
    """Returns the rate that each figure reaches; 0 below the first row."""
    starts = [points for points, _ in steps]
    rates = [0, *(rate_bp for _, rate_bp in steps)]
    least = starts[0]
    return [0 if each < least else rates[bisect_right(starts, each)] for each in figures]


def next_step(steps: Steps | Sequence[tuple[int, int]], figure: int) -> tuple[int, int] | None:
    """Returns the first row above a figure; None beyond the last."""
    return next((row for row in steps if row[0] > figure), None)
