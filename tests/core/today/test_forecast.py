"""Who probably buys within a week: evenness, quantities, silence, and one-time buyers."""

import random
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.customers.purchases import Purchase
from bot.core.today.forecast import choose, expected
from tests.hostile.clockwork import GROWTH_MAX, growths

TODAY = date(2026, 11, 28)
SOAP, TEA = 10, 11


def days(number: int) -> date:
    """The day that many days ago."""
    return TODAY - timedelta(days=number)


def bought(customer_id: int, *ago: int, product: int = SOAP, pieces: int = 1) -> list[Purchase]:
    return [Purchase(customer_id, product, pieces, days(each)) for each in ago]


def test_who_is_due_comes_before_who_has_just_bought_and_who_stopped_long_ago() -> None:
    due, fresh, gone = 1, 2, 3
    history = [
        *bought(due, 88, 58, 28),
        *bought(fresh, 62, 32, 2),
        *bought(gone, 390, 360, 330),
    ]
    assert choose(history, {}, TODAY) == [due, fresh, gone]


def test_an_even_buyer_who_is_due_comes_before_an_irregular_one() -> None:
    even, uneven = 1, 2
    history = [*bought(even, 88, 58, 28), *bought(uneven, 100, 97, 40, 36, 28)]
    assert choose(history, {}, TODAY)[0] == even


def test_the_day_follows_the_quantity_of_the_last_order() -> None:
    once, twice = (
        expected(bought(1, 90, 60) + bought(1, 30, pieces=pieces), {}, TODAY)[0].due_on
        for pieces in (1, 2)
    )
    assert abs((once - TODAY).days) <= 1
    assert abs((twice - TODAY).days - 30) <= 2


def test_a_one_time_buyer_is_due_by_what_others_need_or_the_company_says() -> None:
    others = [one for who in range(2, 8) for one in bought(who, 60, 40, 20)]
    found = {one.customer_id: one for one in expected([*bought(1, 20), *others], {}, TODAY)}
    mine = found[1]
    assert abs((mine.due_on - TODAY).days) <= 2
    (stated,) = expected(bought(1, 20, product=TEA), {TEA: 50}, TODAY)
    assert stated.due_on == TODAY + timedelta(days=30)


def test_what_is_added_within_two_days_is_the_same_order() -> None:
    added = expected([*bought(1, 90, 60, 30, 28)], {}, TODAY)[0]
    assert added.due_on > TODAY + timedelta(days=20)


PURCHASES = st.lists(
    st.builds(
        Purchase,
        st.integers(1, 9),
        st.integers(10, 13),
        st.integers(1, 10_000),
        st.integers(-30, 4_000).map(days),
    ),
    max_size=60,
)


@given(PURCHASES, st.dictionaries(st.integers(10, 13), st.integers(0, 3_650)))
def test_any_history_has_an_order_of_all_its_customers(
    history: list[Purchase], lasts: dict[int, int]
) -> None:
    past = {one.customer_id for one in history if one.day <= TODAY}
    chosen = choose(history, lasts, TODAY)
    assert sorted(chosen) == sorted(past)
    found = expected(history, lasts, TODAY)
    assert all(0 <= one.chance <= 1 for one in found)
    assert [one.chance for one in found] == sorted((one.chance for one in found), reverse=True)
    assert choose(list(reversed(history)), lasts, TODAY) == chosen


def rhythm(seed: int, even: bool) -> list[Purchase]:
    """A year of 120 customers of one article, each with an own gap, even or memoryless."""
    chance = random.Random(seed)
    history = []
    for who in range(1, 121):
        gap, at = chance.choice([20, 30, 45, 60]), chance.uniform(0, 60)
        while at < 372:
            history.append(Purchase(who, SOAP, 1, days(365 - int(at))))
            at += gap * chance.lognormvariate(0, 0.2) if even else chance.expovariate(1 / gap)
    return history


def hits(even: bool) -> tuple[int, int, float]:
    """How many of seven bought: of the chosen, of the longest silent, of all on average."""
    chosen = silent = 0
    average = 0.0
    for seed in range(8):
        history = rhythm(seed, even)
        past = [one for one in history if one.day <= TODAY]
        soon = {one.customer_id for one in history if one.day > TODAY}
        last = {one.customer_id: one.day for one in sorted(past, key=lambda one: one.day)}
        chosen += len(soon & set(choose(past, {}, TODAY)[:7]))
        silent += len(soon & set(sorted(last, key=lambda who: last[who])[:7]))
        average += 7 * len(soon & set(last)) / len(last)
    return chosen, silent, average


def test_where_there_is_a_rhythm_the_choice_is_far_better_than_silence_or_chance() -> None:
    chosen, silent, average = hits(even=True)
    assert chosen > 1.3 * silent
    assert chosen > 3 * average


def test_where_there_is_none_the_choice_is_no_worse() -> None:
    chosen, silent, average = hits(even=False)
    assert chosen >= max(silent, average)


def notebook(customers: int) -> list[Purchase]:
    return [
        Purchase(who, SOAP + who % 8, 1, days(30 * turn + who % 30))
        for who in range(customers)
        for turn in range(5)
    ]


def test_a_large_notebook_costs_by_its_length() -> None:
    """Four times as many customers cost four times as much, by the square it were sixteen."""
    sizes = [notebook(customers) for customers in (500, 2_000)]
    read = {str(len(each)): each for each in sizes}
    texts = list(read)
    [growth] = growths(lambda text: choose(read[text], {}, TODAY), texts)
    assert growth <= GROWTH_MAX
