"""What is left of a price, to the last rupiah."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.core.profit.profit import Cost, priced_lines, profit_of, readings, with_short_price
from bot.core.sales.drafts import Discount, Draft, DraftItem, TypedPrice
from bot.core.sales.sales import SaleLine, is_within
from tests.core.sales.catalogue import CATALOGUE, product

LIMITS = (50, 200)
SOAP = CATALOGUE[0]

PRICES = st.none() | st.one_of(
    st.builds(TypedPrice, each=st.integers(1, 200_000)),
    st.builds(TypedPrice, total=st.integers(1, 2_000_000)),
    st.integers(1, 2_000_000).map(lambda amount: TypedPrice(amount, amount)),
)
ITEMS = st.builds(
    DraftItem,
    st.sampled_from(CATALOGUE[:6]),
    st.just("barang"),
    st.none() | st.integers(1, 40),
    PRICES,
)
DISCOUNTS = st.none() | st.one_of(
    st.builds(Discount, amount=st.integers(0, 300_000)),
    st.builds(Discount, basis_points=st.integers(0, 12_000)),
)
DRAFTS = st.builds(
    Draft,
    st.lists(ITEMS, min_size=1, max_size=4).map(tuple),
    st.none(),
    st.just(value=False),
    st.none(),
    st.none() | st.integers(1, 3_000_000),
    discount=DISCOUNTS,
)
COSTS = st.lists(st.builds(Cost, st.just("ongkir"), st.integers(1, 100_000)), max_size=3)


@given(DRAFTS, COSTS)
def test_every_rupiah_that_is_paid_goes_to_goods_costs_or_profit(
    draft: Draft, costs: list[Cost]
) -> None:
    lines = priced_lines(draft, LIMITS)
    assert lines is not None
    sums = profit_of(lines, costs)
    assert sums.total == sum(line.amount for line in lines)
    assert sums.profit + sums.costs + sums.goods == sums.total
    goods = sum(line.product.member_price * line.quantity for line in lines)
    assert sums.goods == goods
    assert sums.each * sums.pieces <= sums.profit < (sums.each + 1) * sums.pieces
    assert sums.is_even == (sums.each * sums.pieces == sums.profit)


@given(DRAFTS, COSTS)
def test_at_the_lowest_price_nothing_is_lost_and_a_rupiah_below_it_something_is(
    draft: Draft, costs: list[Cost]
) -> None:
    lines = priced_lines(draft, LIMITS)
    assert lines is not None
    sums = profit_of(lines, costs)
    line = SaleLine(SOAP, sums.pieces, sums.least_each * sums.pieces)
    assert line.amount >= sums.least_total
    assert line.amount - sums.pieces < sums.least_total


@given(DRAFTS)
def test_a_discount_is_rounded_in_favour_of_the_price(draft: Draft) -> None:
    before, after = (
        priced_lines(replace(draft, discount=None), LIMITS),
        priced_lines(draft, LIMITS),
    )
    assert before is not None
    assert after is not None
    total = sum(line.amount for line in before)
    off = total - sum(line.amount for line in after)
    if draft.discount is None:
        assert off == 0
    elif draft.discount.basis_points:
        exact = total * draft.discount.basis_points
        assert off == min(total, exact // 10_000)
    else:
        assert off == min(total, draft.discount.amount)


def test_an_open_price_is_what_the_limits_allow() -> None:
    open_price = DraftItem(SOAP, "sabun", 3, TypedPrice(140_000, 140_000))
    assert readings(open_price, LIMITS) == (140_000,)
    both = DraftItem(SOAP, "sabun", 2, TypedPrice(60_000, 60_000))
    assert readings(both, LIMITS) == (120_000, 60_000)
    assert readings(DraftItem(SOAP, "sabun", None, None), LIMITS) == (50_000,)
    one = DraftItem(SOAP, "sabun", None, TypedPrice(45_000, 45_000))
    assert readings(one, LIMITS) == (45_000,)


def test_an_article_that_is_not_known_has_no_price() -> None:
    draft = Draft((DraftItem(None, "kecap", 2, None),), None, own_use=False, day=None)
    assert priced_lines(draft, LIMITS) is None
    assert priced_lines(replace(draft, items=()), LIMITS) is None


def test_a_number_behind_the_goods_is_their_price_only_where_the_limits_allow_it() -> None:
    def read(number: int) -> DraftItem:
        item = DraftItem(SOAP, "sabun", number, None)
        draft = Draft((item,), None, own_use=False, day=None)
        return with_short_price(draft, number, LIMITS).items[0]

    assert read(45) == DraftItem(SOAP, "sabun", None, TypedPrice(each=45_000))
    assert read(24) == DraftItem(SOAP, "sabun", 24, None)
    dear = product(99, "EMAS", "Emas Murni")
    assert not is_within(SaleLine(replace(dear, retail_price=900_000), 1, 45_000), *LIMITS)
