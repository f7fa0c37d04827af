"""Which product a person means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.sales.line.words.slips import spelled_alike
from bot.core.sales.products import CLOSEST_MAX, Product, find_products, find_several, names_of
from tests.core.sales.catalogue import CATALOGUE, product

BY_ID = {one.id: one for one in CATALOGUE}


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("SABUN-SEREH", 1),
        ("sabunsereh", 1),
        ("Sabun Sereh", 1),
        ("soap", 1),
        ("sabun", 1),
        ("sereh", 1),
        ("sabn sereh", 1),
        ("sabn", 1),
        ("teh", 2),
        ("hijau teh", 2),
        ("madu 250", 3),
        ("Madu Hutan 250ml", 3),
        ("madu hutan 500", 4),
        ("500", 4),
        ("mkp", 6),
        ("kayu putih", 6),
        ("minyak kayuputih", 6),
        ("sampo 2 in 1", 7),
        ("tiga daun", 8),
        ("krim siang", 9),
        ("krim mlam bengkoang", 10),
    ],
)
def test_a_product_is_found_by_what_people_call_it(typed: str, number: int) -> None:
    assert find_products(typed, CATALOGUE).product == BY_ID[number]


@pytest.mark.parametrize(
    ("typed", "closest"),
    [
        ("madu", {3, 4}),
        ("madu hutan", {3, 4}),
        ("madu hutan 350", {3, 4}),
        ("madu hutan 25", {3, 4}),
        ("krim", {9, 10}),
        ("krim bengkoang", {9, 10}),
        ("krem malm", {10}),
        ("sabun wangi", {1}),
        ("sabun serai", {1}),
    ],
)
def test_a_text_that_may_mean_two_products_is_not_decided(typed: str, closest: set[int]) -> None:
    found = find_products(typed, CATALOGUE)
    assert found.product is None
    assert closest <= {one.id for one in found.closest}


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("sabun sereh, kopi jahe", (1, 5)),
        ("teh hijau sama madu hutan", (2, 3, 4)),
        ("teh hijau sama madu hutan 500", (2, 4)),
        ("mkp dan sampo dan jamu", (6, 7, 8)),
        # One product, or several that one name may mean.
        ("sabun sereh", ()),
        ("sereh sabun", ()),
        ("madu hutan", ()),
        ("krim", ()),
        ("sabn sereh", ()),
        ("", ()),
    ],
)
def test_several_goods_are_told_apart(typed: str, numbers: tuple[int, ...]) -> None:
    assert tuple(one.id for one in find_several(typed, names_of(CATALOGUE))) == numbers


@given(st.lists(st.sampled_from([one for one in CATALOGUE if one.active]), min_size=2, max_size=4))
def test_each_of_several_whole_names_is_found(goods: list[Product]) -> None:
    found = find_several(", ".join(one.name for one in goods), names_of(CATALOGUE))
    assert set(found) >= set(goods) if len(set(goods)) > 1 else found == ()


@pytest.mark.parametrize("typed", ["", "   ", "...", "televisi", "zzz"])
def test_a_text_like_no_product_offers_nothing(typed: str) -> None:
    found = find_products(typed, CATALOGUE)
    assert found.product is None
    assert found.closest == ()


def test_a_product_no_longer_sold_is_not_found() -> None:
    found = find_products("sabun sirih", CATALOGUE)
    assert 11 not in {one.id for one in found.closest}


def test_two_products_of_one_name_are_not_decided() -> None:
    twins = [product(1, "A-1", "Sabun"), product(2, "A-2", "Sabun")]
    assert find_products("sabun", twins).product is None
    assert find_products("a-2", twins).product == twins[1]


def test_an_empty_price_list_has_nothing() -> None:
    assert find_products("sabun", []).product is None


@given(st.sampled_from(CATALOGUE[:10]))
def test_every_product_is_found_by_sku_name_and_aliases(one: Product) -> None:
    for name in (one.sku, one.name, *one.aliases):
        assert find_products(name.lower(), CATALOGUE).product == one


@given(st.text(max_size=40))
def test_at_most_four_products_are_offered_for_any_text(typed: str) -> None:
    found = find_products(typed, CATALOGUE)
    assert len(found.closest) <= CLOSEST_MAX
    assert 0 <= found.score <= 100
    assert found.product is None or found.product in found.closest


@pytest.mark.parametrize("typed", ["mada " * 17, "sabun sere" + "x" * 128])
def test_a_text_longer_than_any_name_is_not_searched_for(typed: str) -> None:
    found = find_products(typed, CATALOGUE)
    assert found.closest == ()
    assert found.score == 0


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("sepulang", None), ("smpurag", "smpurang"), ("smpuranf", "smpurang"), ("perawatam", None)],
)
def test_a_long_word_with_two_slips_is_right_in_its_second_letter(
    typed: str, meant: str | None
) -> None:
    assert spelled_alike(typed, names_of([product(1, "SMPURANG", "Sampo")])) == meant
