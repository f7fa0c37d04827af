"""The made-up sellers have the rhythm that is claimed of them, or none."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from statistics import fmean, median, pstdev, pvariance

import pytest

from bench.forecast.results import result_of
from bench.forecast.seasons import DAY, LEBARANS, is_payday, is_rainy, school_terms, when_home
from bench.forecast.sellers import SELLERS, Company, Expected, company
from bot.core.customers.purchases import Purchase

SELLER = {each.name: each for each in SELLERS}
CUSTOMERS = 150
GAPS_MIN = 5


@cache
def _companies(name: str) -> list[Company]:
    return [company(SELLER[name], seed, CUSTOMERS) for seed in range(3)]


def _days(made: Company) -> dict[int, list[date]]:
    found: dict[int, set[date]] = {}
    for each in made.purchases:
        found.setdefault(each.customer_id, set()).add(each.day)
    return {key: sorted(days) for key, days in found.items()}


def _gaps(days: Sequence[date]) -> list[int]:
    return [(after - before).days for before, after in pairwise(days)]


def _unevenness(name: str) -> float:
    """Returns how much the times between a customer's visits differ, as a part of their mean."""
    all_gaps = [_gaps(days) for made in _companies(name) for days in _days(made).values()]
    return median(pstdev(gaps) / fmean(gaps) for gaps in all_gaps if len(gaps) >= GAPS_MIN)


def _everything(name: str) -> Iterator[Purchase]:
    for made in _companies(name):
        yield from made.purchases


def _once(name: str) -> float:
    """Returns the share of the customers who came one time."""
    return fmean(len(days) == 1 for made in _companies(name) for days in _days(made).values())


def _due(purchases: Sequence[Purchase], _lasts: Mapping[int, int], today: date) -> list[int]:
    """Put those first whose usual time between two visits is about over."""
    days: dict[int, set[date]] = {}
    for each in purchases:
        days.setdefault(each.customer_id, set()).add(each.day)

    def away(key: int) -> float:
        gaps = _gaps(sorted(days[key]))
        if len(gaps) < 2:
            return 1_000
        return abs((today - max(days[key])).days + 3 - fmean(gaps))

    return sorted(days, key=lambda key: (away(key), key))


@pytest.mark.parametrize("name", ["households", "payday", "churners"])
def test_customers_with_a_pace_come_more_evenly_than_by_chance(name: str) -> None:
    assert _unevenness(name) < 0.6


@pytest.mark.parametrize("name", ["memoryless", "alike"])
def test_customers_without_a_pace_come_as_by_chance(name: str) -> None:
    assert _unevenness(name) == pytest.approx(0.9, abs=0.1)


def test_the_last_visit_says_nothing_of_the_next_where_there_is_no_rhythm() -> None:
    """Who waited long already waits as long again as who has just bought."""
    gaps = [gap for made in _companies("alike") for days in _days(made).values()
            for gap in _gaps(days)]  # fmt: skip
    over = [gap - 30 for gap in gaps if gap > 30]
    assert fmean(over) == pytest.approx(fmean(gaps), rel=0.1)


def test_all_people_buy_equally_often_where_nothing_can_be_known() -> None:
    def spread(name: str) -> float:
        times = [len(days) for made in _companies(name) for days in _days(made).values()]
        return pvariance(times) / fmean(times)

    assert spread("alike") == pytest.approx(1, abs=0.15)
    assert spread("memoryless") > 5


@pytest.mark.parametrize("name", ["households", "payday", "churners", "mixed"])
def test_knowing_who_is_due_helps_where_there_is_a_pace(name: str) -> None:
    found = result_of(SELLER[name], range(6), _due, 120)
    assert found.seller.expected is Expected.BETTER
    assert found.against("random").least > 0


def test_knowing_who_is_due_does_not_help_where_nothing_can_be_known() -> None:
    found = result_of(SELLER["alike"], range(12), _due, 120).against("random")
    assert found.least < 0.02
    assert found.most > -0.02


def test_wages_make_people_buy() -> None:
    assert fmean(is_payday(each.day) for each in _everything("payday")) > 0.85
    assert fmean(is_payday(each.day) for each in _everything("households")) < 0.45


def test_most_guests_of_a_stall_come_once_and_on_the_same_days() -> None:
    assert _once("stalls") > 0.75
    for made in _companies("stalls"):
        days = {
            each.day for each in made.purchases if made.kinds[each.customer_id] == "stall_guest"
        }
        assert {day.weekday() for day in days} <= {5, 6}
        assert len(days) < 60


def test_churners_leave_and_households_mostly_stay() -> None:
    def gone(name: str) -> float:
        found = []
        for made in _companies(name):
            last = made.purchases[-1].day
            found += [(last - days[-1]).days > 120 for days in _days(made).values()]
        return fmean(found)

    assert gone("churners") > 0.5
    assert gone("households") < 0.3


def test_households_stop_and_come_back_and_are_away_at_lebaran() -> None:
    long_silence = 0
    for made in _companies("households"):
        for days in _days(made).values():
            gaps = _gaps(days)
            long_silence += bool(gaps) and max(gaps) > 4 * median(gaps)
    assert long_silence > 20
    away = {feast + days * DAY for feast in LEBARANS for days in range(-4, 9)}
    assert not any(each.day in away for each in _everything("households"))
    assert when_home(LEBARANS[1]) == LEBARANS[1] + 9 * DAY


def test_weddings_are_large_and_do_not_come_back_and_households_have_a_feast_at_times() -> None:
    orders = [each for made in _companies("weddings") for each in made.purchases
              if made.kinds[each.customer_id] == "wedding"]  # fmt: skip
    assert fmean(each.quantity for each in orders) > 80
    assert _once("weddings") > 0.4
    feasts = [each for each in _everything("households") if each.quantity > 30]
    assert 0 < len(feasts) < 100


def test_seasons_move_people() -> None:
    for made in _companies("seasons"):
        bought = {kind: [each.day for each in made.purchases
                         if made.kinds[each.customer_id] == kind]
                  for kind in ("rain_drinker", "lebaran_guest", "school_family")}  # fmt: skip
        assert all(is_rainy(day) for day in bought["rain_drinker"])
        before = [any(0 <= (feast - day).days <= 30 for feast in LEBARANS)
                  for day in bought["lebaran_guest"]]  # fmt: skip
        assert fmean(before) > 0.5
        terms = school_terms(date(2024, 1, 1), date(2027, 12, 31))
        near = [any(0 <= (term - day).days <= 16 for term in terms)
                for day in bought["school_family"]]  # fmt: skip
        assert all(near)


def test_a_mixed_seller_has_customers_of_every_kind() -> None:
    found = {kind for made in _companies("mixed") for kind in made.kinds.values()}
    assert found == {each.__name__ for each in SELLER["mixed"].shares}


@pytest.mark.parametrize("name", list(SELLER))
def test_how_long_a_piece_lasts_is_said_of_most_products_and_not_of_all(name: str) -> None:
    said = [len(made.lasts) for made in _companies(name)]
    sold = [len({each.product_id for each in made.purchases}) for made in _companies(name)]
    assert 0 < sum(said) < 10 * len(said)
    assert all(days >= 5 for made in _companies(name) for days in made.lasts.values())
    assert max(sold) <= 10
