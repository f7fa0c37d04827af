"""Totals and limits of a sale, for any lines and prices."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.core.conversation.messages import Refusal
from bot.core.sales.products import Product
from bot.core.sales.sales import (
    LINES_MAX,
    PriceOutside,
    SaleLine,
    TooManyItems,
    add_line,
    checked_amount,
    joined,
    price_limits,
    receipt_id,
    receipt_number,
    split_total,
    totals,
)

SABUN = Product(1, "SABUN", "Sabun Sereh", 40_000, 50_000, 5, 40_000, "perawatan")
TEH = Product(2, "TEH", "Teh Hijau", 20_000, 25_000, 3, 20_000, "minuman")

TOTAL_MAX = 1_000_000_000

prices = st.integers(1, 10_000_000)
quantities = st.integers(1, 9_999)


@st.composite
def products(draw: st.DrawFn) -> Product:
    """An article that a price list may hold: the member price is at most the retail price."""
    number = draw(st.integers(1, 40))
    member, retail = sorted((draw(prices), draw(prices)))
    points, value = draw(st.integers(0, 500)), draw(st.integers(0, 1_000_000))
    return Product(number, f"P{number}", f"Barang {number}", member, retail, points, value, "")


lines = st.builds(SaleLine, products(), quantities, st.integers(1, 200_000_000))
several = st.lists(lines, min_size=1, max_size=LINES_MAX)


@given(several, st.integers(0, 10**9))
def test_a_shared_sum_loses_no_rupiah_and_changes_nothing_else(
    parts: list[SaleLine], total: int
) -> None:
    shared = split_total(parts, total)
    assert sum(line.amount for line in shared) == total
    assert [replace(line, amount=0) for line in shared] == [
        replace(line, amount=0) for line in parts
    ]


@given(several, st.integers(0, 10**9))
def test_each_share_is_within_one_rupiah_of_its_proportion(
    parts: list[SaleLine], total: int
) -> None:
    whole = sum(line.amount for line in parts)
    for line, share in zip(parts, split_total(parts, total), strict=True):
        assert abs(share.amount * whole - line.amount * total) < whole


@given(several)
def test_sharing_out_the_sum_itself_changes_nothing(parts: list[SaleLine]) -> None:
    assert split_total(parts, sum(line.amount for line in parts)) == tuple(parts)


@given(st.data(), several, st.integers(0, 10**9))
def test_the_order_of_the_lines_only_decides_between_equal_remainders(
    data: st.DataObject, parts: list[SaleLine], total: int
) -> None:
    whole = sum(line.amount for line in parts)
    remainders = [line.amount * total % whole for line in parts]
    assume(len(set(remainders)) == len(remainders))
    order = data.draw(st.permutations(range(len(parts))))
    shares = split_total(parts, total)
    turned = split_total([parts[place] for place in order], total)
    assert turned == tuple(shares[place] for place in order)


def test_of_equal_remainders_the_earlier_line_gets_the_rupiah() -> None:
    shared = split_total([SaleLine(SABUN, 1, 50_000), SaleLine(SABUN, 1, 50_000)], 100_001)
    assert [line.amount for line in shared] == [50_001, 50_000]


@given(products(), st.integers(1, 100), st.integers(100, 500))
def test_the_limits_are_the_last_prices_within_the_percentages(
    product: Product, least_percent: int, most_percent: int
) -> None:
    least, most = price_limits(product, least_percent, most_percent)
    assert least * 100 >= product.retail_price * least_percent
    assert (least - 1) * 100 < product.retail_price * least_percent
    assert most * 100 <= product.retail_price * most_percent
    assert (most + 1) * 100 > product.retail_price * most_percent
    assert least <= product.retail_price <= most


@given(lines, st.integers(1, 100), st.integers(100, 500))
def test_an_amount_is_taken_exactly_where_its_price_lies_within_the_limits(
    line: SaleLine, least_percent: int, most_percent: int
) -> None:
    least, most = price_limits(line.product, least_percent, most_percent)
    if least * line.quantity <= line.amount <= most * line.quantity:
        assert checked_amount(line, least_percent, most_percent) == line
        return
    with pytest.raises(Refusal) as refused:
        checked_amount(line, least_percent, most_percent)
    each = line.amount // line.quantity
    assert refused.value.message == PriceOutside(line.product.name, each, least, most)


@given(st.lists(lines, max_size=30))
def test_one_more_line_adds_its_sums(parts: list[SaleLine]) -> None:
    sale: tuple[SaleLine, ...] = ()
    for line in parts:
        before = totals(sale)
        like = (line.product, line.each)
        known = line.each is not None and like in [(x.product, x.each) for x in sale]
        if before.total + line.amount > TOTAL_MAX or (len(sale) == LINES_MAX and not known):
            continue
        own = totals([line])
        more = add_line(sale, line)
        after = totals(more)
        assert after.total == before.total + own.total
        assert after.goods == before.goods + own.goods
        assert after.points == before.points + own.points
        assert after.bonus_value == before.bonus_value + own.bonus_value
        assert len(more) <= LINES_MAX
        sale = more


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([SaleLine(SABUN, 2, 100_000), SaleLine(SABUN, 1, 50_000)], [(3, 150_000)]),
        ([SaleLine(SABUN, 2, 100_000), SaleLine(SABUN, 1, 45_000)], [(2, 100_000), (1, 45_000)]),
        ([SaleLine(SABUN, 1, 50_000), SaleLine(TEH, 2, 100_000)], [(1, 50_000), (2, 100_000)]),
        # A price that does not divide evenly is the price of no further piece.
        ([SaleLine(SABUN, 3, 100_000), SaleLine(SABUN, 3, 100_000)], [(3, 100_000), (3, 100_000)]),
        (
            [SaleLine(SABUN, 1, 50_000), SaleLine(TEH, 1, 25_000), SaleLine(SABUN, 2, 100_000)],
            [(3, 150_000), (1, 25_000)],
        ),
    ],
)
def test_only_the_same_article_at_the_same_price_becomes_one_line(
    parts: Sequence[SaleLine], expected: Sequence[tuple[int, int]]
) -> None:
    assert [(line.quantity, line.amount) for line in joined(parts)] == expected


@given(several)
def test_joining_keeps_the_sums_and_joins_only_once(parts: list[SaleLine]) -> None:
    assume(totals(parts).total <= TOTAL_MAX)
    together = joined(parts)
    assert totals(together) == totals(parts)
    assert joined(together) == together


@given(lines, st.integers(0, TOTAL_MAX))
def test_a_receipt_holds_a_billion_and_not_a_rupiah_more(line: SaleLine, over: int) -> None:
    rest = SaleLine(replace(line.product, id=99), 1, TOTAL_MAX - line.amount)
    assert totals(joined([line, rest])).total == TOTAL_MAX
    with pytest.raises(Refusal) as refused:
        joined([line, replace(rest, amount=rest.amount + 1 + over)])
    assert refused.value.message == TooManyItems(LINES_MAX)


def test_the_twenty_first_kind_of_goods_is_refused_but_a_known_one_is_not() -> None:
    full = joined([SaleLine(replace(TEH, id=number), 1, 25_000) for number in range(LINES_MAX)])
    with pytest.raises(Refusal):
        add_line(full, SaleLine(SABUN, 1, 50_000))
    assert add_line(full, SaleLine(replace(TEH, id=0), 1, 25_000))[0].quantity == 2


@given(several)
def test_the_profit_is_what_was_charged_less_what_the_goods_cost(parts: list[SaleLine]) -> None:
    sums = totals(parts)
    cost = sum(line.product.member_price * line.quantity for line in parts)
    assert sums.profit == sum(line.amount for line in parts) - cost


@given(st.integers(1, 10**12))
def test_a_receipt_number_is_read_again_however_it_is_typed(sale_id: int) -> None:
    number = receipt_number(sale_id)
    digits = number.removeprefix("S-")
    for typed in (number, number.lower(), digits, f" s {digits} ", f"s{digits}"):
        assert receipt_id(typed) == sale_id


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_a_receipt_number(text: str) -> None:
    found = receipt_id(text)
    assert found is None or receipt_number(found).removeprefix("S-") in text


@pytest.mark.parametrize("typed", ["S-1000", "S-0", "-5", "S-١٠٢٣", "S-1 023", "1023x", "9" * 16])
def test_a_text_that_is_no_receipt_number_means_no_sale(typed: str) -> None:
    assert receipt_id(typed) is None
