"""What comes out for each made-up seller, beside the simple lists, and whether that is enough."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from statistics import fmean, median

from bench.forecast.choosers import Chooser, knowing, longest_silent, most_frequent
from bench.forecast.intervals import Difference, difference
from bench.forecast.judging import Mark, by_chance, judge
from bench.forecast.sellers import Company, Expected, Seller, company

__all__ = ["OURS", "RIVALS", "SHOWN", "Result", "Verdict", "result_of"]

OURS, CHANCE, SILENT, FREQUENT, BEST = "list", "random", "silent", "frequent", "oracle"
SHOWN = (OURS, CHANCE, SILENT, FREQUENT, BEST)
RIVALS = (CHANCE, SILENT, FREQUENT)
BEATEN = (CHANCE, SILENT)
"""The lists that must be beaten; to choose well, a list also does not fall behind the third."""


class Verdict(Enum):
    """What a result says, and whether it is good."""

    BEST = "beats all"
    BETTER = "better"
    NOT_WORSE = "not worse"
    AS_CHANCE = "as chance"
    NO_BETTER = "NO BETTER"
    WORSE = "WORSE"
    SEES_THE_FUTURE = "SEES THE FUTURE"

    @property
    def good(self) -> bool:
        """Whether it is what was asked for."""
        return self not in {Verdict.NO_BETTER, Verdict.WORSE, Verdict.SEES_THE_FUTURE}


@dataclass(frozen=True, slots=True)
class Result:
    """The marks of all lists for the companies of one seller.

    Attributes:
        seller: why the customers buy.
        customers: of each company.
        marks: by list, one for each company.
    """

    seller: Seller
    customers: Sequence[int]
    marks: dict[str, list[Mark]]

    @property
    def size(self) -> int:
        """The median number of customers."""
        return round(median(self.customers))

    def shares(self, name: str) -> tuple[float, float]:
        """Returns the mean shares of a list: within a week, within two."""
        marks = self.marks[name]
        return fmean(each.week for each in marks), fmean(each.fortnight for each in marks)

    def against(self, rival: str) -> Difference:
        """Returns how much more of our places buy within a week than of the rival's."""
        ours, theirs = ([each.week for each in self.marks[name]] for name in (OURS, rival))
        return difference(ours, theirs)

    @property
    def verdict(self) -> Verdict:
        """Whether the list is what was asked for."""
        found = {rival: self.against(rival) for rival in RIVALS}
        beaten = {rival for rival, each in found.items() if each.least > 0}
        lost = {rival for rival, each in found.items() if each.most < 0}
        match self.seller.expected:
            case Expected.BETTER if lost:
                return Verdict.WORSE
            case Expected.BETTER if beaten == set(RIVALS):
                return Verdict.BEST
            case Expected.BETTER:
                return Verdict.BETTER if beaten.issuperset(BEATEN) else Verdict.NO_BETTER
            case _ if lost.intersection(BEATEN):
                return Verdict.WORSE
            case Expected.AS_CHANCE if CHANCE in beaten:
                return Verdict.SEES_THE_FUTURE
            case Expected.AS_CHANCE:
                return Verdict.AS_CHANCE
            case Expected.NOT_WORSE:
                return Verdict.NOT_WORSE


def result_of(
    seller: Seller,
    seeds: Sequence[int],
    choose: Chooser,
    size: int | None = None,
    step: Callable[[str], None] = lambda _: None,
) -> Result:
    """Judge all lists for the companies of one seller.

    Args:
        seller: why the customers buy.
        seeds: one for each company.
        choose: the list that is judged.
        size: how many customers each company has; by default any number.
        step: hears of each company before it is judged.
    """
    customers: list[int] = []
    marks: dict[str, list[Mark]] = {name: [] for name in SHOWN}
    for number, seed in enumerate(seeds, 1):
        step(f"{seller.name}, company {number} of {len(seeds)}")
        made = company(seller, seed, size)
        customers.append(len(made.kinds))
        for name, mark in _marks(made, choose):
            marks[name].append(mark)
    return Result(seller, customers, marks)


def _marks(made: Company, choose: Chooser) -> Iterator[tuple[str, Mark]]:
    yield OURS, judge(made, choose)
    yield CHANCE, by_chance(made)
    yield SILENT, judge(made, longest_silent)
    yield FREQUENT, judge(made, most_frequent)
    yield BEST, judge(made, knowing(made.purchases))
