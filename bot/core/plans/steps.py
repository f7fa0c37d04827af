"""Rates that rise with points: the row of the published table that a figure reaches."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

__all__ = ["Steps", "next_step", "rates_of"]

Steps = tuple[tuple[int, int], ...]
"""Rows of points and rate, from the least points on; the rates rise with them."""


def rates_of(steps: Steps, figures: Iterable[int]) -> list[int]:
    """The rate that each figure reaches; 0 below the first row."""
    starts = [points for points, _ in steps]
    rates = [0, *(rate_bp for _, rate_bp in steps)]
    least = starts[0]
    return [0 if each < least else rates[bisect_right(starts, each)] for each in figures]


def next_step(steps: Steps | Sequence[tuple[int, int]], figure: int) -> tuple[int, int] | None:
    """The first row that is not reached yet; None above the last."""
    return next((row for row in steps if row[0] > figure), None)
