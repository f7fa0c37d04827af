"""Counts how many of the first seven of a list buy soon after, though no one reminds them."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import fmean
from types import MappingProxyType

from bench.forecast.choosers import Chooser
from bench.forecast.seasons import DAY
from bench.forecast.sellers import Company

__all__ = ["PLACES", "WITHIN", "Mark", "by_chance", "judge"]

PLACES = 7
WITHIN = (7, 14)
"""Days after the day of the list, itself not among them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How well a chooser did for one company, as means over its days.

    Attributes:
        week: the share of the places whose customer bought within a week.
        fortnight: the same within two weeks.
        filled: how many places were filled; an empty one counts as a customer who did not buy.
    """

    week: float
    fortnight: float
    filled: float


@dataclass(frozen=True, slots=True)
class _Day:
    """What is known on a day, and who of the known customers buys soon after it."""

    day: date
    known: frozenset[int]
    buyers: tuple[frozenset[int], ...]
    seen: int


def judge(company: Company, choose: Chooser) -> Mark:
    """Returns how well a chooser did.

    Args:
        company: the truth.
        choose: sees what was bought up to each day, and nothing of later.

    Raises:
        ValueError: the list names a customer twice, or one who has not bought yet.
    """
    lasts: Mapping[int, int] = MappingProxyType(dict(company.lasts))
    marks = []
    for each in _days(company):
        ranking = choose(company.purchases[: each.seen], lasts, each.day)
        if len(set(ranking)) != len(ranking) or not each.known.issuperset(ranking):
            raise ValueError(f"{company.seller}, {each.day}: a customer twice, or an unknown one")
        first = ranking[:PLACES]
        places = min(PLACES, len(each.known))
        hits = [len(buyers.intersection(first)) / places for buyers in each.buyers]
        marks.append(Mark(hits[0], hits[1], len(first) * PLACES / places))
    return _mean(marks)


def by_chance(company: Company) -> Mark:
    """Returns the mark that a list in random order has on average."""
    marks = []
    for each in _days(company):
        week, fortnight = (len(buyers) / len(each.known) for buyers in each.buyers)
        marks.append(Mark(week, fortnight, PLACES))
    return _mean(marks)


def _days(company: Company) -> Iterator[_Day]:
    """Yield the days of a company on which it has customers."""
    days = [each.day for each in company.purchases]
    for day in company.days:
        seen = bisect_right(days, day)
        known = frozenset(each.customer_id for each in company.purchases[:seen])
        if known:
            until = [bisect_right(days, day + length * DAY) for length in WITHIN]
            after = (company.purchases[seen:end] for end in until)
            buyers = tuple(frozenset(x.customer_id for x in part) & known for part in after)
            yield _Day(day, known, buyers, seen)


def _mean(marks: list[Mark]) -> Mark:
    return Mark(
        fmean(each.week for each in marks),
        fmean(each.fortnight for each in marks),
        fmean(each.filled for each in marks),
    )
