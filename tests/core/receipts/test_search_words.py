"""What the office types to find a sale."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.receipts.search_words import SaleSearch, asks_for_sales, read_search

TODAY = date(2026, 11, 23)
YESTERDAY = date(2026, 11, 22)
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
FEW = ("erni", "bu ani", "sabun", "kemarin", "S-2827", "penjualan", "cari", "pembeli", "november")


@pytest.mark.parametrize(
    ("typed", "search"),
    [
        ("S-2827", SaleSearch(1827)),
        ("s2827", SaleSearch(1827)),
        ("cari struk S-2827", SaleSearch(1827)),
        ("cari nota 2827", SaleSearch(1827)),
        ("cari bu ani", SaleSearch(None, "bu ani")),
        ("Tolong carikan pembeli Bu Ani!", SaleSearch(None, "Bu Ani", "buyer")),
        ("penjualan erni kemarin", SaleSearch(None, "erni", "seller", YESTERDAY, YESTERDAY)),
        ("penjualan kemarin", SaleSearch(None, "", "seller", YESTERDAY, YESTERDAY)),
        ("kemarin erni", SaleSearch(None, "erni", "", YESTERDAY, YESTERDAY)),
        ("sales of erni yesterday", SaleSearch(None, "erni", "seller", YESTERDAY, YESTERDAY)),
        ("erni tgl 22", SaleSearch(None, "erni", "", YESTERDAY, YESTERDAY)),
        ("erni 22 nov 2026", SaleSearch(None, "erni", "", YESTERDAY, YESTERDAY)),
        ("penjual erni november", SaleSearch(None, "erni", "seller", *NOVEMBER)),
        ("find buyer mrs ani", SaleSearch(None, "mrs ani", "buyer")),
        ("22 nov", SaleSearch(None, "", "", YESTERDAY, YESTERDAY)),
        ("cari", None),
        ("!!!", None),
        ("", None),
        ("x" * 90, None),
    ],
)
def test_words_name_a_number_a_name_whose_it_is_and_days(
    typed: str, search: SaleSearch | None
) -> None:
    assert read_search(typed, TODAY) == search


@pytest.mark.parametrize(
    ("typed", "asks"),
    [
        ("S-2827", True),
        ("2827", False),
        ("sabun", False),
        ("cari bu ani", True),
        ("find mrs ani", True),
        ("cari", False),
        ("cari mitra erni", False),
        ("cari harga sabun", False),
        ("penjualan erni kemarin", True),
        ("penjualan", False),
        ("struk", False),
        ("J 2 SABUN Bu Ani", False),
    ],
)
def test_only_words_about_a_sale_ask_for_one(typed: str, asks: bool) -> None:
    assert asks_for_sales(typed, TODAY) is asks


@given(st.lists(st.sampled_from(FEW), max_size=5).map(" ".join))
def test_the_line_of_a_search_is_read_as_the_same_search(typed: str) -> None:
    search = read_search(typed, TODAY)
    if search is not None and search.sale_id is None:
        assert read_search(search.line, TODAY) == search
