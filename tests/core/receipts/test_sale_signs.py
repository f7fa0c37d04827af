"""What keeps a sale out of those that are approved together."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.receipts.sale_signs import LowPrice, OtherSale, SaleSigns, is_far_below_list
from bot.core.receipts.seller_words import is_named
from bot.core.receipts.unusual import UnusualQuantity

RUPIAH = st.integers(1, 10**12)


@pytest.mark.parametrize(
    ("amount", "far"), [(79_999, True), (80_000, False), (100_000, False), (1, True)]
)
def test_a_price_is_far_below_from_the_first_rupiah_below_the_percent(
    amount: int, far: bool
) -> None:
    assert is_far_below_list(amount, 100_000, 80) == far


@given(RUPIAH, RUPIAH)
def test_no_percent_means_never_and_all_of_it_means_any_discount(amount: int, listed: int) -> None:
    assert not is_far_below_list(amount, listed, 0)
    assert is_far_below_list(amount, listed, 100) == (amount < listed)


@given(RUPIAH, RUPIAH, st.integers(0, 100), st.integers(1, 50))
def test_a_price_is_the_same_for_one_piece_and_for_many(
    amount: int, listed: int, percent: int, pieces: int
) -> None:
    one = is_far_below_list(amount, listed, percent)
    assert is_far_below_list(amount * pieces, listed * pieces, percent) == one


def test_each_sign_alone_is_a_reason() -> None:
    signs = {
        "same_photo": OtherSale("S-1001", "Sari D."),
        "same_buyer": OtherSale("S-1001", "Sari D."),
        "prices": (LowPrice("Teh", 1, 1, 2),),
        "quantities": (UnusualQuantity("Teh", 40, 0, 0),),
        "uncompared": "waits",
    }
    assert signs.keys() == {each.name for each in fields(SaleSigns)}
    assert not SaleSigns().any
    for name, value in signs.items():
        assert SaleSigns(**{name: value}).any, name  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Siti", True),
        ("siti", True),
        ("sit", True),
        ("bu siti", True),
        ("Siti N", True),
        ("siti nurhaliza", True),
        ("nurhaliza", True),
        ("015s265g", True),
        ("015S265G", True),
        ("iti", False),
        ("budi", False),
        ("siti budi", False),
        ("015S", False),
        ("bu", False),
        ("", False),
        ("...", False),
    ],
)
def test_a_seller_is_named_by_the_beginnings_of_words_or_by_the_code(
    words: str, named: bool
) -> None:
    assert is_named("Siti Nurhaliza", "015S265G", words) == named


def test_a_title_alone_names_who_is_called_so() -> None:
    assert is_named("Daeng Basri", "015S265G", "daeng")


@given(st.text(max_size=80))
def test_any_words_can_be_asked(words: str) -> None:
    assert is_named("Siti Nurhaliza", "015S265G", words) in {True, False}
