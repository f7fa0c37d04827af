"""Reads rates that rise with points or with the rank, from a table within braces."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from bot.company.plan_file.entries import POINTS_MAX, VersionContext, percentage, rank_number
from bot.company.reading import KeyPath
from bot.core.file_faults import Said
from bot.core.plans.rates import Steps

__all__ = ["by_points", "by_rank"]

STEPS_MAX: Final = 50


def by_points(context: VersionContext, place: KeyPath, raw: object) -> Steps:
    """Returns points and rates, written { 200 = "3%", 600 = "6%" }; empty with a fault."""
    found = []
    for key, value in _pairs(context, place, raw, '{ 200 = "3%", 600 = "6%" }'):
        if isinstance(value, Mapping):
            context.reading.fault(place, "points dot", value=repr(key))
            continue
        points = int(key) if key.isascii() and key.isdigit() and len(key) <= len("1" * 13) else -1
        if str(points) != key or points > POINTS_MAX:
            context.reading.fault(place, "row points", value=repr(key), most=POINTS_MAX)
            continue
        rate = percentage(context.reading, place, value, Said.of("rate from points", points=key))
        if rate is not None:
            found.append((points, rate))
    for (before, low), (points, high) in pairwise(found):
        if points <= before:
            context.reading.fault(place, "points order", points=points, before=before)
        elif high <= low:
            context.reading.fault(place, "rate not higher", points=points, before=before)
    return tuple(found)


def by_rank(context: VersionContext, place: KeyPath, raw: object) -> Steps:
    """Returns ranks and rates, written { bronze = "6%", silver = "9%" }; empty with a fault."""
    found = []
    for key, value in _pairs(context, place, raw, '{ bronze = "6%", silver = "9%" }'):
        number = rank_number(context, place, key)
        rate = percentage(context.reading, place, value, Said.of("rate of rank", rank=key))
        if number and rate is not None:
            found.append((number, rate, key))
    for (before, low, lower), (number, high, higher) in pairwise(found):
        if number <= before:
            context.reading.fault(place, "ranks order", higher=higher, lower=lower)
        elif high < low:
            context.reading.fault(place, "rank paid less", higher=higher, lower=lower)
    return tuple((number, rate) for number, rate, _ in found)


def _pairs(
    context: VersionContext, place: KeyPath, raw: object, example: str
) -> list[tuple[str, object]]:
    if isinstance(raw, dict) and 1 <= len(raw) <= STEPS_MAX:
        return list(raw.items())
    context.reading.fault(place, "rows", most=STEPS_MAX, example=example)
    return []
