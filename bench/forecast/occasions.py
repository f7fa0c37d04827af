"""Customers who buy for an occasion: a stall, a wedding, Lebaran, the rain, the school term."""

from collections.abc import Iterator
from datetime import date
from random import Random

from bench.forecast.seasons import DAY, is_rainy, lebarans, school_terms
from bench.forecast.shelf import DRINKS, GIFTS, HONEY, KINDS, PASTE, SAMPO, SOAP
from bench.forecast.stage import Bought, Stage

__all__ = [
    "hamper_office",
    "lebaran_guest",
    "rain_drinker",
    "school_family",
    "stall_guest",
    "wedding",
]

STALL_WEEKDAYS = (5, 6)
STALL_EVERY_DAYS = 28
WEDDING_PIECES = (50, 100, 150, 200, 300)
SECOND_PART, FOR_HOME = 0.25, 0.15
HAMPERS = (10, 60)
AT_CHRISTMAS = 0.15
YEARLY = 0.85


def stall_guest(stage: Stage, chance: Random) -> Iterator[Bought]:
    """Yield the one purchase of a guest at a stall, which stands on one weekend in four."""
    stalls = range(0, stage.length, STALL_EVERY_DAYS)
    day = stage.first + chance.choice(stalls) * DAY
    while day.weekday() not in STALL_WEEKDAYS:
        day += DAY
    day += chance.randrange(2) * DAY if day.weekday() == STALL_WEEKDAYS[0] else 0 * DAY
    for kind in chance.sample(KINDS, chance.choice((1, 1, 2))):
        yield Bought(day, kind, chance.choice((1, 1, 1, 2)))


def wedding(stage: Stage, chance: Random) -> Iterator[Bought]:
    """Yield the order of a wedding, some with a second part and a few pieces for home later."""
    day = stage.some_day(chance)
    kind = chance.choice((SOAP, SOAP, HONEY, *DRINKS))
    yield Bought(day, kind, chance.choice(WEDDING_PIECES))
    if chance.random() < SECOND_PART:
        yield Bought(day + chance.randint(5, 15) * DAY, kind, chance.choice((10, 20, 50)))
    if chance.random() < FOR_HOME:
        yield Bought(day + chance.randint(30, 300) * DAY, kind, chance.choice((1, 2)))


def hamper_office(stage: Stage, chance: Random) -> Iterator[Bought]:
    """Yield the hampers of an office, once a year before Lebaran, or before Christmas."""
    if chance.random() < AT_CHRISTMAS:
        feasts = [date(year, 12, 25) for year in range(stage.first.year, stage.last.year + 1)]
    else:
        feasts = lebarans(stage.first, stage.last + 60 * DAY)
    yield from _before(feasts, chance, (10, 30), GIFTS, HAMPERS)


def lebaran_guest(stage: Stage, chance: Random) -> Iterator[Bought]:
    """Yield the purchases of a family before each Lebaran, and some in between."""
    feasts = lebarans(stage.first, stage.last + 60 * DAY)
    yield from _before(feasts, chance, (4, 25), GIFTS, (2, 8))
    for _ in range(chance.randrange(4)):
        yield Bought(stage.some_day(chance), chance.choice(KINDS), 1)


def school_family(stage: Stage, chance: Random) -> Iterator[Bought]:
    """Yield what a family with a child at a boarding school takes along before each term."""
    terms = school_terms(stage.first, stage.last + 20 * DAY)
    yield from _before(terms, chance, (0, 12), (SOAP, SAMPO, PASTE, HONEY), (2, 6))


def rain_drinker(stage: Stage, chance: Random) -> Iterator[Bought]:
    """Yield honey and warm drinks through each rainy season, at an own pace; none in the dry."""
    kind = chance.choice((HONEY, HONEY, *DRINKS))
    pace = stage.goods[kind].days * chance.lognormvariate(0, 0.3)
    spread = chance.uniform(0.1, 0.3)
    day = stage.first + chance.randrange(45) * DAY
    while day <= stage.last:
        if not is_rainy(day):
            day += DAY
            if is_rainy(day):
                day += chance.randrange(25) * DAY
            continue
        quantity = chance.choice((1, 1, 2))
        yield Bought(day, kind, quantity)
        day += max(round(quantity * pace * chance.lognormvariate(0, spread)), 5) * DAY


def _before(
    days: list[date],
    chance: Random,
    ahead: tuple[int, int],
    kinds: tuple[str, ...],
    pieces: tuple[int, int],
) -> Iterator[Bought]:
    """Yield what is bought so many days before each of these, in most years."""
    usual = chance.randint(*ahead)
    wanted = chance.sample(kinds, chance.choice((1, 2)))
    for feast in days:
        if chance.random() < YEARLY:
            day = feast - max(usual + chance.randint(-4, 4), 0) * DAY
            for kind in wanted:
                yield Bought(day, kind, chance.randint(*pieces))
