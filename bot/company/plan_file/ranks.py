"""Reads the ranks of a version of the plan, from the lowest to the highest."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from bot.company.plan_file.entries import (
    POINTS_MAX,
    VersionContext,
    choice,
    names,
    slug,
    tables,
    whole,
)
from bot.company.plan_file.product_first import refuse_keys
from bot.company.reading import FileReading, KeyPath, Table
from bot.core.file_faults import Said
from bot.core.plans.ranks import Legs, Rank

__all__ = ["RANK_KEYS", "read_ranks"]

FIGURES: Final[Mapping[str, int]] = {
    "own_points": POINTS_MAX,
    "customers": 10_000,
    "group_points": POINTS_MAX,
    "personal_group_points": POINTS_MAX,
    "accumulated_points": POINTS_MAX,
}
"""The conditions that are whole numbers, and the largest value of each."""

RANK_KEYS: Final = ("slug", "was", "id", "en", *FIGURES, "legs", "legs_in")
RANKS_MAX: Final = 50
LEGS_MAX: Final = 100
LEGS: Final = re.compile(r"([1-9]\d{0,2})\s+([a-z][a-z0-9-]*)", re.ASCII)


def read_ranks(
    reading: FileReading, place: KeyPath, raw: object, languages: tuple[str, ...]
) -> tuple[Rank, ...]:
    """Returns all ranks, also those with faults, so that rules can name them."""
    found: list[Rank] = []
    known: dict[str, int] = {}
    placed = tables(reading, place, raw)
    for at, each in placed:
        refuse_keys(reading, at, each, RANK_KEYS)
        context = VersionContext(reading, languages, dict(known))
        rank = _rank(context, at, each)
        _refuse_lower(reading, at, rank, found)
        found.append(rank)
        known.setdefault(rank.slug, len(found))
    if len(placed) > RANKS_MAX:
        reading.fault(place, "ranks most", most=RANKS_MAX)
    return tuple(found)


def _rank(context: VersionContext, place: KeyPath, raw: Table) -> Rank:
    reading = context.reading
    figures = {
        name: whole(reading, (*place, name), raw, 0, most, 0) for name, most in FIGURES.items()
    }
    legs = _legs(context, (*place, "legs"), raw.get("legs", []))
    where = choice(reading, (*place, "legs_in"), raw, ("leg", "first-line"))
    if "legs_in" in raw and "legs" not in raw:
        reading.fault((*place, "legs_in"), "legs missing")
    return Rank(
        slug=slug(reading, place, raw, tuple(context.ranks)),
        names=tuple(names(context, place, raw)),
        legs=legs,
        first_line=where == "first-line",
        **figures,
    )


def _legs(context: VersionContext, place: KeyPath, raw: object) -> tuple[Legs, ...]:
    reading = context.reading
    if not isinstance(raw, list):
        reading.fault(place, "legs list")
        return ()
    found = []
    for each in raw:
        leg = LEGS.fullmatch(each) if isinstance(each, str) else None
        if leg is None or int(leg[1]) > LEGS_MAX:
            reading.fault(place, "leg", value=repr(each), most=LEGS_MAX)
        elif leg[2] not in context.ranks:
            before = ", ".join(context.ranks) or Said("none")
            reading.fault(place, "leg rank", value=repr(leg[2]), before=before)
        else:
            found.append(Legs(int(leg[1]), context.ranks[leg[2]]))
    if len({legs.rank for legs in found}) < len(found):
        reading.fault(place, "legs twice")
    return tuple(found)


def _refuse_lower(
    reading: FileReading, place: KeyPath, rank: Rank, before: Sequence[Rank]
) -> None:
    """Record a fault where a rank requires nothing that a rank before it does not require."""
    if rank.is_given:
        return
    lower = next((each for each in before if _covers(each, rank)), None)
    if lower is not None:
        reading.fault((*place, "slug"), "rank not higher", lower=lower.slug)


def _covers(lower: Rank, rank: Rank) -> bool:
    """Returns whether every member who reaches the lower rank also reaches the other."""
    if lower.is_given or (
        rank.legs and (rank.legs, rank.first_line) != (lower.legs, lower.first_line)
    ):
        return False
    return all(getattr(rank, name) <= getattr(lower, name) for name in FIGURES)
