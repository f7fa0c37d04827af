"""What the office is shown of a change is exactly what was changed."""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.flows.receipts.sale_changes import (
    LineChange,
    SaleChange,
    SaleState,
    SoldItem,
    change_between,
)

NAMES = {1: "Sabun Sereh", 2: "Teh Hijau", 3: "Kopi Jahe"}
DAY = date(2026, 11, 23)

ITEMS = st.builds(
    lambda number, quantity, each: SoldItem(number, NAMES[number], quantity, quantity * each),
    st.sampled_from(sorted(NAMES)),
    st.integers(1, 3),
    st.sampled_from((20_000, 25_000)),
)
STATES = st.builds(
    SaleState,
    st.lists(ITEMS, min_size=1, max_size=5).map(tuple),
    st.none() | st.integers(1, 2),
    st.dates(DAY.replace(day=21), DAY),
    st.sampled_from(("", "A-1", "A-2")),
    st.sampled_from(("", "photo")),
)


def changed(state: SaleState, change: SaleChange) -> SaleState:
    """The state after the change; what the change says was there must have been there."""
    items = Counter(state.items)
    for each in change.items:
        if each.before is not None:
            assert items[each.before] > 0
            items[each.before] -= 1
    items.update(each.after for each in change.items if each.after is not None)
    customer_id, day, proof = state.customer_id, state.day, (state.invoice, state.photo)
    if change.customer_id is not None:
        assert change.customer_id[0] == customer_id
        customer_id = change.customer_id[1]
    if change.day is not None:
        assert change.day[0] == day
        day = change.day[1]
    if change.proof is not None:
        assert change.proof[0] == proof
        proof = change.proof[1]
    return SaleState(tuple(sorted(items.elements())), customer_id, day, *proof)


def in_order(state: SaleState) -> SaleState:
    """The same state; the order of the items does not matter."""
    parts = (state.customer_id, state.day, state.invoice, state.photo)
    return SaleState(tuple(sorted(state.items)), *parts)


@given(STATES, STATES)
def test_the_change_makes_the_former_state_the_present_one(
    before: SaleState, after: SaleState
) -> None:
    change = change_between(before, after)
    assert changed(before, change) == in_order(after)
    assert change.is_empty == (in_order(before) == in_order(after))


@given(STATES, STATES)
def test_a_product_is_shown_as_removed_or_added_only_where_its_lines_became_fewer_or_more(
    before: SaleState, after: SaleState
) -> None:
    change = change_between(before, after)
    for number in NAMES:
        had = sum(item.product_id == number for item in before.items)
        has = sum(item.product_id == number for item in after.items)
        added = sum(
            each.before is None and each.after is not None and each.after.product_id == number
            for each in change.items
        )
        removed = sum(
            each.after is None and each.before is not None and each.before.product_id == number
            for each in change.items
        )
        assert (added, removed) == (max(has - had, 0), max(had - has, 0))


def test_another_quantity_is_one_change_of_one_line() -> None:
    two = SoldItem(1, "Sabun Sereh", 2, 100_000)
    three = SoldItem(1, "Sabun Sereh", 3, 150_000)
    tea = SoldItem(2, "Teh Hijau", 1, 25_000)
    before = SaleState((two, tea), 7, DAY, "", "")
    assert change_between(before, SaleState((tea, three), 7, DAY, "", "")) == SaleChange(
        items=(LineChange(two, three),)
    )
