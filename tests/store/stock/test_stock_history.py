"""Whatever happens to an article, in whatever order it is noted, what is left adds up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.store.customers import customers
from bot.store.stock import stock_sums
from tests.store.both import START, stock
from tests.store.seeding import add_members, forgotten, new_database
from tests.store.stock.history import FIRST_DAY, Event, by_hand, differences, enter

KINDS = (
    "bought",
    "counted",
    "found",
    "undone",
    "sold",
    "used",
    "void",
    "rejected",
    "back",
    "damaged",
)
events = st.lists(
    st.builds(Event, st.sampled_from(KINDS), st.integers(1, 40), st.integers(0, 6)), max_size=14
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return new_database(tmp_path_factory.mktemp("stock"))


@given(events)
@settings(deadline=None, max_examples=150)
def test_what_is_left_is_the_same_as_by_hand(engine: Engine, drawn: list[Event]) -> None:
    with forgotten(engine) as conn:
        add_members(conn, [None, 1])
        product, other = stock(conn)
        customer = customers.add(conn, 1, "Bu Ani", "bu ani", START)
        enter(conn, 1, product, customer, drawn)
        found = stock_sums.levels(conn, 1, FIRST_DAY)
        level = found.get(product.id)
        assert (None if level is None else level.left) == by_hand(drawn)
        assert other.id not in found
        assert stock_sums.levels(conn, 2, FIRST_DAY) == {}


@given(events)
@settings(deadline=None, max_examples=200)
def test_what_is_left_is_bought_and_counted_less_sold_and_used_and_what_came_back(
    drawn: list[Event],
) -> None:
    noted = [each for each in drawn if each.kind in {"bought", "counted", "found"}]
    if not noted:
        assert by_hand(drawn) is None
        return
    begun = min(each.day for each in noted)
    sums = {
        kind: sum(each.quantity for each in drawn if each.kind == kind and each.day >= begun)
        for kind in KINDS
    }
    came_back = sums["back"]
    gone = sums["sold"] + sums["used"] + sums["back"] + sums["damaged"]
    came = sums["bought"] + sums["found"]
    assert by_hand(drawn) == came + differences(drawn) - gone + came_back
