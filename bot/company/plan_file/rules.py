"""The rules of a version of the plan, one reader for each kind."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, get_args

from bot.company.plan_file.entries import (
    AMOUNT_MAX,
    POINTS_MAX,
    Around,
    choice,
    names,
    percentage,
    rank_number,
    slug,
    tables,
    whole,
)
from bot.company.plan_file.product_first import RECRUITING, refuse_keys, refused_kind
from bot.company.plan_file.steps import by_points, by_rank
from bot.company.reading import Place
from bot.core.plans.conditions import Conditions
from bot.core.plans.kinds.differential import Differential, Measure
from bot.core.plans.kinds.generation import GENERATIONS_MAX, Generation
from bot.core.plans.kinds.personal import Personal
from bot.core.plans.kinds.retail import Retail
from bot.core.plans.kinds.unilevel import LEVELS_MAX, Compression, Unilevel
from bot.core.plans.rates import BASIS_POINTS, Steps
from bot.core.plans.values import Names
from bot.core.plans.versions import Rule

__all__ = ["RULE_KEYS", "read_rules"]

NAMED: Final = ("kind", "slug", "id", "en", "rounding")
CONDITIONS: Final = ("own_points_min", "customers_min", "rank_min")
CUSTOMERS_MAX: Final = 10_000

RULE_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "unilevel": (*NAMED, "rates", "compression", *CONDITIONS),
    "differential": (*NAMED, "by_points", "by_rank", "points", *CONDITIONS),
    "generation": (*NAMED, "rates", "guarantee", *CONDITIONS),
    "personal": (*NAMED, "rate", "by_points", *CONDITIONS),
    "retail": (*NAMED, "rate"),
}
"""The keys of each kind of rule. None names a registration, a recruit or a purchase."""

ROUNDINGS: Final = ("down",)
"""Multiplied first, then rounded down once for each credit; the books hold every credit to it."""

MEASURES: Final[Mapping[str, Measure]] = {"month": "points", "accumulated": "accumulated"}


def read_rules(
    around: Around, place: Place, raw: object, *, breaks_away: bool
) -> tuple[tuple[Rule, ...], tuple[Retail, ...]]:
    """What the company pays by, and the margins that it does not pay."""
    reading = around.reading
    paid: list[Rule] = []
    margins: list[Retail] = []
    seen: list[str] = []
    for at, each in tables(reading, place, raw):
        kind = each.get("kind")
        if not isinstance(kind, str) or kind not in RULE_KEYS:
            _refuse_kind(around, (*at, "kind"), kind)
            continue
        refuse_keys(reading, at, each, RULE_KEYS[kind])
        name = slug(reading, at, each, seen)
        seen.append(name)
        called = tuple(names(around, at, each))
        choice(reading, (*at, "rounding"), each, ROUNDINGS)
        if kind == "retail":
            margins.append(Retail(name, called, _rate(around, at, each)))
            continue
        if kind == "generation" and not breaks_away:
            words = "is paid on groups that have broken away; say from which rank: breakaway = …"
            reading.fault((*at, "kind"), words)
        paid.append(KINDS[kind](around, at, each, name, called))
    return tuple(paid), tuple(margins)


def _refuse_kind(around: Around, place: Place, kind: object) -> None:
    known = ", ".join(f'"{name}"' for name in RULE_KEYS)
    why = refused_kind(kind) if isinstance(kind, str) else None
    if why is None:
        words = f"must be one of {known}; none pays for bringing somebody in ({RECRUITING})"
        around.reading.fault(place, words)
    else:
        around.reading.fault(place, f"{why}. The kinds are {known}")


def _conditions(around: Around, place: Place, raw: dict[str, Any]) -> Conditions:
    reading = around.reading
    rank_min = 0
    if "rank_min" in raw:
        rank_min = rank_number(around, (*place, "rank_min"), raw["rank_min"])
    return Conditions(
        whole(reading, (*place, "own_points_min"), raw, 0, POINTS_MAX, 0),
        whole(reading, (*place, "customers_min"), raw, 0, CUSTOMERS_MAX, 0),
        rank_min,
    )


def _unilevel(
    around: Around, place: Place, raw: dict[str, Any], name: str, called: Names
) -> Unilevel:
    at = (*place, "compression")
    known: Sequence[Compression] = ("skip-inactive", "none", "skip-below-rank")
    assert set(known) == set(get_args(Compression)), "the first one is what is meant if left out"
    compression = choice(around.reading, at, raw, known)
    if compression == "skip-below-rank" and "rank_min" not in raw:
        around.reading.fault(at, 'skips whoever is below a rank; add rank_min = "…"')
    rates_bp = _rates(around, (*place, "rates"), raw.get("rates"), LEVELS_MAX, "level")
    return Unilevel(name, called, rates_bp, compression, _conditions(around, place, raw))


def _differential(
    around: Around, place: Place, raw: dict[str, Any], name: str, called: Names
) -> Differential:
    conditions = _conditions(around, place, raw)
    if "by_rank" in raw:
        for other in ("by_points", "points"):
            if other in raw:
                around.reading.fault((*place, other), "and by_rank exclude each other; keep one")
        steps = by_rank(around, (*place, "by_rank"), raw["by_rank"])
        return Differential(name, called, steps, "rank", conditions)
    measure = MEASURES[choice(around.reading, (*place, "points"), raw, tuple(MEASURES))]
    steps = by_points(around, (*place, "by_points"), raw.get("by_points"))
    return Differential(name, called, steps, measure, conditions)


def _generation(
    around: Around, place: Place, raw: dict[str, Any], name: str, called: Names
) -> Generation:
    reading, at = around.reading, (*place, "guarantee")
    rates_bp = _rates(around, (*place, "rates"), raw.get("rates"), GENERATIONS_MAX, "generation")
    guarantee = 0
    if "guarantee" in raw:
        guarantee = whole(reading, at, raw, 1, AMOUNT_MAX, 1)
        if len(rates_bp) > 1:
            reading.fault(at, "holds for the first generation only; keep exactly one of rates")
    return Generation(name, called, rates_bp, guarantee, _conditions(around, place, raw))


def _personal(
    around: Around, place: Place, raw: dict[str, Any], name: str, called: Names
) -> Personal:
    conditions = _conditions(around, place, raw)
    if "by_points" not in raw:
        return Personal(name, called, ((0, _rate(around, place, raw)),), conditions)
    if "rate" in raw:
        around.reading.fault((*place, "rate"), "and by_points exclude each other; keep one")
    steps: Steps = by_points(around, (*place, "by_points"), raw["by_points"])
    return Personal(name, called, steps, conditions)


KINDS: Final[Mapping[str, Callable[[Around, Place, dict[str, Any], str, Names], Rule]]] = {
    "unilevel": _unilevel,
    "differential": _differential,
    "generation": _generation,
    "personal": _personal,
}
"""Who reads each kind that the company pays by."""


def _rate(around: Around, place: Place, raw: dict[str, Any]) -> int:
    return percentage(around.reading, (*place, "rate"), raw.get("rate")) or 0


def _rates(around: Around, place: Place, raw: object, most: int, what: str) -> tuple[int, ...]:
    """The rates in hundredths of a percent, from the first one on."""
    reading = around.reading
    if not isinstance(raw, list) or not 1 <= len(raw) <= most:
        words = f'must be 1 to {most} rates from {what} 1 on, such as ["5%", "2,5%"]'
        reading.fault(place, words)
        return ()
    rates = [
        percentage(reading, place, each, f"{what} {number}")
        for number, each in enumerate(raw, start=1)
    ]
    known = tuple(rate for rate in rates if rate is not None)
    if sum(known) > BASIS_POINTS:
        reading.fault(place, "come to more than 100 % together")
    return known
