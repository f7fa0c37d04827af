"""Reads rates that rise with points or with the rank, from a table within braces."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from bot.company.plan_file.entries import POINTS_MAX, VersionContext, percentage, rank_number
from bot.company.reading import KeyPath
from bot.core.plans.rates import Steps

__all__ = ["by_points", "by_rank"]

STEPS_MAX: Final = 50


def by_points(context: VersionContext, place: KeyPath, raw: object) -> Steps:
    """Returns points and rates, written { 200 = "3%", 600 = "6%" }; empty with a fault."""
    found = []
    for key, value in _pairs(context, place, raw, '{ 200 = "3%", 600 = "6%" }'):
        if isinstance(value, Mapping):
            words = f"has {key!r} followed by a dot; write points without dots, such as 1200"
            context.reading.fault(place, words)
            continue
        points = int(key) if key.isascii() and key.isdigit() and len(key) <= len("1" * 13) else -1
        if str(points) != key or points > POINTS_MAX:
            words = f"begins a row with {key!r}; write whole points up to {POINTS_MAX}"
            context.reading.fault(place, words)
            continue
        rate = percentage(context.reading, place, value, f"the rate from {key} points on")
        if rate is not None:
            found.append((points, rate))
    for (before, low), (points, high) in pairwise(found):
        if points <= before:
            words = f"has {points} after {before}; write it from the fewest points to the most"
            context.reading.fault(place, words)
        elif high <= low:
            words = (
                f"pays no more from {points} points on than from {before}; "
                "a rate has to rise with the points"
            )
            context.reading.fault(place, words)
    return tuple(found)


def by_rank(context: VersionContext, place: KeyPath, raw: object) -> Steps:
    """Returns ranks and rates, written { bronze = "6%", silver = "9%" }; empty with a fault."""
    found = []
    for key, value in _pairs(context, place, raw, '{ bronze = "6%", silver = "9%" }'):
        number = rank_number(context, place, key)
        rate = percentage(context.reading, place, value, f"the rate of {key}")
        if number and rate is not None:
            found.append((number, rate, key))
    for (before, low, lower), (number, high, higher) in pairwise(found):
        if number <= before:
            words = f"has {higher} after {lower}; write it from the lowest rank to the highest"
            context.reading.fault(place, words)
        elif high < low:
            words = f"pays {higher} less than {lower}; a higher rank has no lower rate"
            context.reading.fault(place, words)
    return tuple((number, rate) for number, rate, _ in found)


def _pairs(
    context: VersionContext, place: KeyPath, raw: object, example: str
) -> list[tuple[str, object]]:
    if isinstance(raw, dict) and 1 <= len(raw) <= STEPS_MAX:
        return list(raw.items())
    words = f"must be a table of up to {STEPS_MAX} rows within braces, such as {example}"
    context.reading.fault(place, words)
    return []
