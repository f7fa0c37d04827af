"""Reads the ranks of a version of the plan, from the lowest to the highest."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from bot.company.plan_file.entries import POINTS_MAX, Around, choice, names, slug, tables, whole
from bot.company.plan_file.product_first import refuse_keys
from bot.company.reading import FileReading, Place, Table
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

RANK_KEYS: Final = ("slug", "id", "en", *FIGURES, "legs", "legs_in")
RANKS_MAX: Final = 50
LEGS_MAX: Final = 100
LEGS: Final = re.compile(r"([1-9]\d{0,2})\s+([a-z][a-z0-9-]*)", re.ASCII)


def read_ranks(
    reading: FileReading, place: Place, raw: object, languages: tuple[str, ...]
) -> tuple[Rank, ...]:
    """Returns all ranks, also those with faults, so that rules can name them."""
    found: list[Rank] = []
    known: dict[str, int] = {}
    placed = tables(reading, place, raw)
    for at, each in placed:
        refuse_keys(reading, at, each, RANK_KEYS)
        around = Around(reading, languages, dict(known))
        rank = _rank(around, at, each)
        _refuse_lower(reading, at, rank, found)
        found.append(rank)
        known.setdefault(rank.slug, len(found))
    if len(placed) > RANKS_MAX:
        reading.fault(place, f"may hold {RANKS_MAX} ranks at most")
    return tuple(found)


def _rank(around: Around, place: Place, raw: Table) -> Rank:
    reading = around.reading
    figures = {
        name: whole(reading, (*place, name), raw, 0, most, 0) for name, most in FIGURES.items()
    }
    legs = _legs(around, (*place, "legs"), raw.get("legs", []))
    where = choice(reading, (*place, "legs_in"), raw, ("leg", "first-line"))
    if "legs_in" in raw and "legs" not in raw:
        reading.fault((*place, "legs_in"), 'says where to look for legs; add legs = ["2 …"]')
    return Rank(
        slug=slug(reading, place, raw, tuple(around.ranks)),
        names=tuple(names(around, place, raw)),
        legs=legs,
        first_line=where == "first-line",
        **figures,
    )


def _legs(around: Around, place: Place, raw: object) -> tuple[Legs, ...]:
    reading = around.reading
    if not isinstance(raw, list):
        reading.fault(place, 'must be a list, such as ["2 silver", "4 bronze"]')
        return ()
    found = []
    for each in raw:
        said = LEGS.fullmatch(each) if isinstance(each, str) else None
        if said is None or int(said[1]) > LEGS_MAX:
            words = (
                f'has {each!r}; write how many legs (up to {LEGS_MAX}) and which rank: "2 silver"'
            )
            reading.fault(place, words)
        elif said[2] not in around.ranks:
            before = ", ".join(around.ranks) or "none"
            words = f"asks for {said[2]!r}, which is none of the ranks before this one ({before})"
            reading.fault(place, words)
        else:
            found.append(Legs(int(said[1]), around.ranks[said[2]]))
    if len({legs.rank for legs in found}) < len(found):
        reading.fault(place, "names a rank twice; add its legs up")
    return tuple(found)


def _refuse_lower(reading: FileReading, place: Place, rank: Rank, before: Sequence[Rank]) -> None:
    """Record a fault where a rank requires nothing that a rank before it does not require."""
    if rank.is_given:
        return
    lower = next((each for each in before if _covers(each, rank)), None)
    if lower is not None:
        words = (
            f"asks for no more than the rank {lower.slug} before it, so no member would ever be "
            f"paid as {lower.slug}; write the ranks from the lowest to the highest"
        )
        reading.fault((*place, "slug"), words)


def _covers(lower: Rank, rank: Rank) -> bool:
    """Returns whether every member who reaches the lower rank also reaches the other."""
    if lower.is_given or (
        rank.legs and (rank.legs, rank.first_line) != (lower.legs, lower.first_line)
    ):
        return False
    return all(getattr(rank, name) <= getattr(lower, name) for name in FIGURES)
