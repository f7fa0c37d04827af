"""The judge of the list of a day counts rightly, and lets no list see the future."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random
from statistics import fmean

import pytest

from bench.forecast.__main__ import main
from bench.forecast.choosers import at_random, knowing, longest_silent, most_frequent
from bench.forecast.intervals import difference
from bench.forecast.judging import PLACES, Mark, by_chance, judge
from bench.forecast.results import Result, Verdict, result_of
from bench.forecast.seasons import DAY
from bench.forecast.sellers import (
    CUSTOMERS_MAX,
    CUSTOMERS_MIN,
    JUDGED_DAYS,
    SELLERS,
    Company,
    Seller,
    company,
)
from bench.forecast.tables import with_results
from bot.core.customers.purchases import Purchase

PAGE = Path(__file__).parents[2] / "docs" / "forecast.md"
TODAY = date(2026, 3, 1)
SELLER = {each.name: each for each in SELLERS}
FREQUENT = "bench.forecast.choosers:most_frequent"
each_seller = pytest.mark.parametrize("seller", SELLERS, ids=lambda seller: seller.name)


def _bought(customer_id: int, days: int) -> Purchase:
    return Purchase(customer_id, 1, 1, TODAY + days * DAY)


def _of(*purchases: Purchase) -> Company:
    ordered = tuple(sorted(purchases, key=lambda x: (x.day, x.customer_id)))
    return Company("by hand", ordered, {}, (TODAY,), TODAY + 30 * DAY, {})


def test_an_oracle_fills_all_places_where_enough_people_buy() -> None:
    known = [_bought(key, -key) for key in range(20)]
    ten = _of(*known, *(_bought(key, 1 + key % 7) for key in range(10)))
    assert judge(ten, knowing(ten.purchases)).week == 1
    three = _of(*known, *(_bought(key, 3) for key in range(3)))
    assert judge(three, knowing(three.purchases)).week == pytest.approx(3 / PLACES)


@each_seller
def test_no_list_does_better_than_the_oracle(seller: Seller) -> None:
    made = company(seller, 1, 40)
    best = judge(made, knowing(made.purchases))
    for choose in (longest_silent, most_frequent, at_random(1)):
        mark = judge(made, choose)
        assert mark.week <= best.week
        assert mark.fortnight <= best.fortnight
        assert mark.week <= mark.fortnight


def test_lists_in_random_order_come_to_their_mean() -> None:
    made = company(SELLER["mixed"], 3, 60)
    drawn = [judge(made, at_random(seed)) for seed in range(150)]
    mean = by_chance(made)
    assert fmean(each.week for each in drawn) == pytest.approx(mean.week, abs=0.01)
    assert fmean(each.fortnight for each in drawn) == pytest.approx(mean.fortnight, abs=0.015)


def test_soon_begins_on_the_next_day_and_ends_after_seven_or_fourteen() -> None:
    for days, week, fortnight in ((0, 0, 0), (1, 1, 1), (7, 1, 1), (8, 0, 1), (14, 0, 1)):
        made = _of(_bought(1, -50), _bought(1, days))
        mark = judge(made, longest_silent)
        assert (mark.week, mark.fortnight) == (week, fortnight), days
    assert judge(_of(_bought(1, -50), _bought(1, 15)), longest_silent).fortnight == 0


def test_who_buys_for_the_first_time_cannot_be_foreseen_and_is_not_counted() -> None:
    made = _of(_bought(1, -50), *(_bought(key, 2) for key in range(2, 9)))
    assert judge(made, knowing(made.purchases)).week == 0
    assert by_chance(made).week == 0


def test_an_empty_place_counts_as_a_customer_who_did_not_buy() -> None:
    made = _of(*(_bought(key, -key) for key in range(10)), *(_bought(key, 1) for key in range(10)))
    mark = judge(made, lambda *_: [4])
    assert mark.week == pytest.approx(1 / PLACES)
    assert mark.filled == 1
    assert judge(made, lambda *_: []).week == 0


def test_a_customer_named_twice_or_not_yet_known_is_refused() -> None:
    made = _of(_bought(1, -9), _bought(2, -8), _bought(3, 1))
    for ranking in ([1, 1], [3], [1, 99]):
        with pytest.raises(ValueError, match="twice, or an unknown"):
            judge(made, lambda *_, named=ranking: named)


@each_seller
def test_a_spying_list_finds_nothing_of_the_future(seller: Seller) -> None:
    made = company(seller, 2, 40)
    asked: list[date] = []

    def spy(purchases: Sequence[Purchase], lasts: Mapping[int, int], today: date) -> list[int]:
        asked.append(today)
        assert list(purchases) == [each for each in made.purchases if each.day <= today]
        assert isinstance(purchases, tuple)
        with pytest.raises(TypeError):
            lasts[1] = 1  # type: ignore[index]
        return most_frequent(purchases, lasts, today)

    judge(made, spy)
    assert asked == sorted(set(made.days))
    assert len(asked) == JUDGED_DAYS


@each_seller
def test_a_company_is_the_same_for_the_same_seed_and_its_future_is_known(seller: Seller) -> None:
    made = company(seller, 5)
    assert made == company(seller, 5)
    assert made.purchases != company(seller, 6).purchases
    assert CUSTOMERS_MIN <= len(made.kinds) <= CUSTOMERS_MAX
    assert list(made.purchases) == sorted(
        made.purchases, key=lambda x: (x.day, x.customer_id, x.product_id)
    )
    sold = [(each.day, each.customer_id, each.product_id) for each in made.purchases]
    assert len(set(sold)) == len(sold)
    assert all(each.quantity > 0 for each in made.purchases)
    assert 500 < (made.last - made.purchases[0].day).days < 740
    assert made.purchases[-1].day <= made.last
    assert max(made.days) + 14 * DAY <= made.last
    assert (max(made.days) - min(made.days)).days > 200


def test_the_number_of_a_customer_says_nothing_of_how_much_is_bought() -> None:
    found = []
    for seed in range(12):
        made = company(SELLER["mixed"], seed, 100)
        times = dict.fromkeys(made.kinds, 0)
        for each in made.purchases:
            times[each.customer_id] += 1
        higher = sorted(times)[50:]
        found.append(fmean(times[key] for key in higher) / fmean(times.values()))
    assert fmean(found) == pytest.approx(1, abs=0.1)


def test_the_same_difference_everywhere_is_sure_and_a_wavering_one_is_not() -> None:
    sure = difference([0.5, 0.6, 0.7], [0.4, 0.5, 0.6])
    assert (sure.mean, sure.least, sure.most) == pytest.approx((0.1, 0.1, 0.1))
    chance = Random(1)
    ours, theirs = ([chance.random() for _ in range(20)] for _ in range(2))
    wavering = difference(ours, theirs)
    assert wavering.least < 0 < wavering.most
    with pytest.raises(ValueError, match="shorter"):
        difference([1.0, 2.0], [1.0])
    with pytest.raises(ValueError, match="needs a company"):
        difference([], [])


def test_an_interval_of_pairs_holds_the_truth_in_some_95_of_100_cases() -> None:
    chance = Random(2)
    held = 0
    for _ in range(60):
        pairs = [(chance.gauss(0.3, 0.2), chance.gauss(0.1, 0.2)) for _ in range(16)]
        found = difference([ours for ours, _ in pairs], [theirs for _, theirs in pairs])
        held += found.least <= 0.2 <= found.most
    assert 50 <= held <= 60


def test_a_list_that_is_no_better_or_worse_or_sees_the_future_is_called_so() -> None:
    seeds = range(6)
    assert result_of(SELLER["households"], seeds, most_frequent, 60).verdict == Verdict.BETTER
    assert result_of(SELLER["households"], seeds, longest_silent, 60).verdict == Verdict.WORSE
    assert result_of(SELLER["memoryless"], seeds, longest_silent, 60).verdict == Verdict.WORSE
    assert result_of(SELLER["memoryless"], seeds, most_frequent, 60).verdict == Verdict.NOT_WORSE
    assert result_of(SELLER["alike"], seeds, at_random(3), 60).verdict == Verdict.AS_CHANCE
    assert not Verdict.WORSE.good
    assert not Verdict.NO_BETTER.good
    assert Verdict.BETTER.good


@pytest.mark.parametrize(
    ("seller", "random", "silent", "frequent", "verdict"),
    [
        ("households", -1, -1, -1, Verdict.BEST),
        ("households", -1, -1, 0, Verdict.BETTER),
        ("households", -1, -1, 1, Verdict.WORSE),
        ("households", -1, 0, -1, Verdict.NO_BETTER),
        ("households", 0, -1, 0, Verdict.NO_BETTER),
        ("households", 1, -1, -1, Verdict.WORSE),
        ("memoryless", 0, 0, 1, Verdict.NOT_WORSE),
        ("memoryless", -1, 1, 0, Verdict.WORSE),
        ("alike", 0, 0, 0, Verdict.AS_CHANCE),
        ("alike", 1, 0, 0, Verdict.WORSE),
        ("alike", -1, 0, 0, Verdict.SEES_THE_FUTURE),
    ],
)
def test_a_verdict_looks_at_each_rival(
    seller: str, random: int, silent: int, frequent: int, verdict: Verdict
) -> None:
    """A rival is surely worse than the list (-1), as good (0), or surely better (1)."""

    def marks(more: int) -> list[Mark]:
        shares = (0.3, 0.7) if more == 0 else (0.5 + more / 10, 0.5 + more / 10)
        return [Mark(share, share, PLACES) for share in (*shares, *shares, *shares)]

    rivals = {"random": random, "silent": silent, "frequent": frequent}
    found = {"list": [Mark(0.5, 0.5, PLACES)] * 6}
    found |= {name: marks(more) for name, more in rivals.items()}
    assert Result(SELLER[seller], [40] * 6, found).verdict == verdict


def test_who_knows_the_future_is_found_out_where_nothing_can_be_known() -> None:
    made = [company(SELLER["alike"], seed, 60) for seed in range(4)]

    def cheat(purchases: Sequence[Purchase], lasts: Mapping[int, int], today: date) -> list[int]:
        (mine,) = (x.purchases for x in made if x.purchases[: len(purchases)] == purchases)
        return knowing(mine)(purchases, lasts, today)

    found = result_of(SELLER["alike"], range(4), cheat, 60)
    assert found.verdict == Verdict.SEES_THE_FUTURE
    assert not found.verdict.good


def test_the_command_prints_and_writes_its_tables(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "forecast.md"
    page.write_text(PAGE.read_text("utf-8"), "utf-8")
    given = ["--companies", "3", "--only", "households", "--page", str(page)]
    assert main([*given, "--chooser", FREQUENT]) == 0
    printed = capsys.readouterr().out
    assert "households" in printed
    assert "7.0 of 7" in printed
    assert "| households |" in page.read_text("utf-8")
    assert max(map(len, page.read_text("utf-8").splitlines())) <= 120
    assert main([*given, "--chooser", "bench.forecast.choosers:longest_silent"]) == 1
    assert main([*given, "--chooser", "bench.forecast.choosers:by_stars"]) == 2
    assert "no list to judge" in capsys.readouterr().err


def test_the_page_has_both_tables_and_names_every_seller() -> None:
    page = PAGE.read_text("utf-8")
    for seller in SELLERS:
        assert f"\n| {seller.name} | " in page
        assert f" | {seller.expected.value} |" in page
    with pytest.raises(ValueError, match="mark"):
        with_results(page.replace("<!-- end -->", ""), [])
