"""Customers with a pace: households who buy again when it is used up, or when wages arrive."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from bench.forecast.seasons import DAY, PAYDAYS, when_home
from bench.forecast.shelf import KINDS
from bench.forecast.stage import Bought, Stage

__all__ = ["churner", "household", "payday_household"]

PACE_SPREAD = 0.35
DRIFT = 0.04
TOGETHER_DAYS = 6
WAIT_DAYS = 2.5
ELSEWHERE = 0.07
EXTRA = 0.12
PAUSES, PAUSE_DAYS = 0.05, (40, 150)
ENDS = 0.015
CHURNER_ENDS = 0.22
TAKEN = 0.75
FEAST, FEAST_PIECES = 0.004, (30, 120)


@dataclass(slots=True)
class Habit:
    """How one person uses one article.

    Attributes:
        kind: the article.
        pace: days that a piece lasts this person, at present.
        pieces: how many are usually bought at once.
        spread: how irregular the use is, as a part of the pace.
        due: when it is used up.
    """

    kind: str
    pace: float
    pieces: int
    spread: float
    due: date

    def buy(self, day: date, chance: Random) -> Bought:
        """Returns the purchase of a day, and reckons when it will be used up."""
        quantity = self.pieces
        if chance.random() < EXTRA:
            quantity = max(quantity + chance.choice((-1, 1, 2)), 1)
        self.pace *= chance.lognormvariate(0, DRIFT)
        days = quantity * self.pace * chance.lognormvariate(0, self.spread)
        self.due = day + max(round(days), 3) * DAY
        if chance.random() < ELSEWHERE:
            self.due += round(self.pieces * self.pace) * DAY
        if chance.random() < FEAST:
            quantity += chance.randint(*FEAST_PIECES)
        return Bought(day, self.kind, quantity)


def household(stage: Stage, chance: Random) -> Iterator[Bought]:
    """Yield the purchases of a household with an own pace for each article.

    They take together what is soon used up, wait a few days for an occasion, buy a piece more or
    less, sometimes elsewhere, are away at Lebaran, stop and come back. Once in a long while there
    is a feast, for which they take many.
    """
    yield from _using_up(stage, chance, stage.arrival(chance), ENDS)


def churner(stage: Stage, chance: Random) -> Iterator[Bought]:
    """Yield the purchases of a household that leaves for good after a few times."""
    yield from _using_up(stage, chance, stage.arrival(chance, early=0.2), CHURNER_ENDS)


def _using_up(stage: Stage, chance: Random, came: date, ends: float) -> Iterator[Bought]:
    habits = _habits(stage, chance, came)
    while True:
        day = min(habit.due for habit in habits)
        day = when_home(day + round(chance.expovariate(1 / WAIT_DAYS)) * DAY)
        if day > stage.last:
            return
        for habit in habits:
            if habit.due <= day + TOGETHER_DAYS * DAY:
                yield habit.buy(day, chance)
        if chance.random() < ends:
            return
        if chance.random() < PAUSES:
            away = chance.randint(*PAUSE_DAYS) * DAY
            for habit in habits:
                habit.due += away


def _habits(stage: Stage, chance: Random, came: date) -> list[Habit]:
    """Returns the habits: one from the start, the others found within some months."""
    person = chance.lognormvariate(0, PACE_SPREAD / 2)
    spread = chance.uniform(0.1, 0.35)
    found = []
    for place, kind in enumerate(chance.sample(KINDS, chance.choice((1, 1, 2, 2, 3, 4)))):
        pace = stage.goods[kind].days * person * chance.lognormvariate(0, PACE_SPREAD)
        due = came + (chance.randrange(120) * DAY if place else 0 * DAY)
        found.append(Habit(kind, pace, chance.choice((1, 1, 1, 2, 2, 3)), spread, due))
    return found


def payday_household(stage: Stage, chance: Random) -> Iterator[Bought]:
    """Yield the purchases of a person who buys when wages arrive, every month or every other."""
    came = stage.arrival(chance)
    wages, every = chance.choice(PAYDAYS), chance.choice((1, 1, 1, 2, 3))
    faithful = chance.uniform(0.65, 0.97)
    kinds = chance.sample(KINDS, chance.choice((1, 2, 3)))
    months = (stage.last.year - came.year) * 12 + stage.last.month - came.month
    begins = chance.randrange(every)
    for number in range(begins, months + 1, every):
        if chance.random() > faithful:
            continue
        year, month = divmod(came.month - 1 + number, 12)
        day = date(came.year + year, month + 1, wages) + chance.choice((0, 0, 0, 1, 1, 2)) * DAY
        if day < came:
            continue
        for kind in kinds:
            if chance.random() < TAKEN:
                yield Bought(day, kind, chance.choice((1, 1, 2)))
        if chance.random() < ENDS:
            return
