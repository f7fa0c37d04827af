"""The button below a profit leads into a sale of exactly these goods at exactly these prices."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.core.conversation.messages import Question
from bot.core.conversation.replay import Answer, Ended, Lookup, Open, play
from bot.core.profit.profit import priced_lines
from bot.core.profit.profit_words import read_profit_wish
from bot.core.sales.drafts import Discount, Draft, DraftItem, TypedPrice
from bot.flows.profit.profit import LastArticle, profit
from bot.flows.profit.profit_answer import BUTTON_BYTES_MAX, answer_for
from bot.flows.profit.profit_messages import ProfitShown
from bot.flows.sales.sale_parts import Buyer, Proof
from bot.flows.sales.sell import LogSale, sell
from bot.flows.sales.sell_lookups import (
    CustomerNamed,
    CustomersLike,
    PhotoWithWords,
    PriceList,
    RecentBuyers,
    TwinOf,
)
from bot.flows.sales.sell_messages import AskCustomer
from tests.core.sales.catalogue import CATALOGUE
from tests.hostile.readers import MEMBER, SHELF

NOW = datetime(2026, 11, 12, 2, 0, tzinfo=UTC)
LIMITS = (MEMBER.company.policy.price_min_percent, MEMBER.company.policy.price_max_percent)


def looked_up(lookup: Lookup[Any]) -> object:
    match lookup:
        case PriceList():
            return SHELF
        case RecentBuyers() | CustomersLike():
            return ()
        case CustomerNamed(name):
            return Buyer(None, name)
        case PhotoWithWords():
            return Proof()
        case TwinOf():
            return None
        case LastArticle():
            return 0
        case _:
            raise AssertionError(lookup)


def ended(flow: Callable[[], Any], *answers: str) -> object:
    """Returns what a flow ends with after these answers; what it asks where they are too few."""
    step = play(flow, looked_up)
    for text in answers:
        assert isinstance(step, Open)
        said = Answer("text" if text != "ya" else "tap", text, NOW)
        step = play(flow, looked_up, step.taken, answer=partial(_answer, said))
    return step.result if isinstance(step, Ended) else step.question


def _answer(said: Answer, _: Question) -> Answer:
    return said


ITEMS = st.builds(
    DraftItem,
    st.sampled_from(CATALOGUE[:6]),
    st.just("barang"),
    st.integers(1, 40),
    st.none()
    | st.builds(TypedPrice, each=st.integers(26_000, 99_000))
    | st.builds(TypedPrice, total=st.integers(26_000, 2_000_000)),
)
DRAFTS = st.builds(
    Draft,
    st.lists(ITEMS, min_size=1, max_size=3, unique_by=lambda item: item.product).map(tuple),
    st.none(),
    st.just(value=False),
    st.none(),
    st.none() | st.integers(60_000, 3_000_000),
    discount=st.none()
    | st.builds(Discount, amount=st.integers(1, 30_000))
    | st.builds(Discount, basis_points=st.integers(1, 500).map(lambda tenths: tenths * 10)),
)


@given(DRAFTS)
def test_the_sale_behind_the_button_is_the_one_that_was_calculated(draft: Draft) -> None:
    shown = answer_for(draft, (), SHELF, MEMBER)
    lines = priced_lines(draft, LIMITS)
    assert not (shown.is_outside and shown.sale)
    assert len(f"/{shown.sale}".encode()) <= BUTTON_BYTES_MAX
    assert shown.sale or shown.is_outside or len(draft.items) > 1, "one article always fits"
    if not shown.sale:
        return
    args = shown.sale.removeprefix("jual ")
    assert isinstance(ended(lambda: sell(MEMBER, args)), AskCustomer)
    logged = ended(lambda: sell(MEMBER, args), "Bu Ani", "ya")
    assert isinstance(logged, LogSale)
    assert sum(line.amount for line in logged.lines) == shown.sums.total
    assert sorted((one.product.id, one.quantity, one.amount) for one in logged.lines) == sorted(
        (one.product.id, one.quantity, one.amount) for one in lines or ()
    )


@given(DRAFTS)
def test_what_a_button_tries_is_read_as_it_says(draft: Draft) -> None:
    shown = answer_for(draft, (), SHELF, MEMBER)
    for one in shown.savings:
        tried = ended(partial(profit, MEMBER, one.line))
        assert isinstance(tried, ProfitShown)
        assert tried.basis_points == one.percent * 100
        assert tried.sums.total + tried.discount == shown.sums.total
        assert not tried.is_outside
    other = shown.other
    if other is not None:
        tried = ended(partial(profit, MEMBER, other.line))
        assert isinstance(tried, ProfitShown)
        assert tried.sums.total == other.each * shown.sums.pieces
        assert not tried.is_outside


@given(st.text(max_size=80))
def test_whatever_is_typed_no_sale_and_no_record_comes_of_it(text: str) -> None:
    found = ended(lambda: profit(MEMBER, text))
    assert not isinstance(found, LogSale)


def test_costs_stay_with_what_a_button_tries() -> None:
    wish = read_profit_wish("3 sabun ongkir 10rb parkir 2rb", CATALOGUE, MEMBER.today)
    shown = answer_for(wish.draft, wish.costs, SHELF, MEMBER)
    tried = ended(lambda: profit(MEMBER, shown.savings[0].line))
    assert isinstance(tried, ProfitShown)
    assert [(cost.word, cost.amount) for cost in tried.costs] == [
        ("ongkir", 10_000),
        ("parkir", 2_000),
    ]
