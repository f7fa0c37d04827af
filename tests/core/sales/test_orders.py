"""What a customer orders in a forwarded message."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.sales.orders import OrderItem, read_order
from bot.core.sales.quick_entry import read_line
from tests.core.sales.catalogue import CATALOGUE

TODAY = date(2026, 11, 23)
NAMES = tuple(product.name for product in CATALOGUE if product.active)
ITEMS = st.lists(
    st.builds(OrderItem, st.sampled_from(NAMES), st.integers(1, 99)),
    min_size=1,
    max_size=5,
    unique_by=lambda item: item.name,
)
BEFORE = ("", "Bu saya pesan ", "Kak, tolong pesan ", "mau ", "Assalamualaikum bu, minta ")
AFTER = ("", " ya", " dong kak", ", antar besok ya", ". Makasih ya Bu Sari")


def ordered(text: str) -> list[str]:
    return [item.line for item in read_order(text, CATALOGUE, TODAY)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Bu saya pesan sabun 2 ya", ["2 Sabun Sereh"]),
        ("titip sabun dua ya Bu Sari", ["2 Sabun Sereh"]),
        ("mau pesan kopi bisa?", ["Kopi Jahe"]),
        ("2x sabun @50rb", ["2 Sabun Sereh"]),
        ("sabun 2 teh 1 atas nama Ani, kirim besok", ["2 Sabun Sereh", "1 Teh Hijau"]),
    ],
)
def test_goods_and_quantities_are_read(text: str, lines: list[str]) -> None:
    assert ordered(text) == lines


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ya",
        "harga sabun berapa bu?",
        "berapa sabun 2?",
        "Kak, sabunnya masih ada?",
        "Bu, besok arisan di rumah Bu RT",
        "Bu, uangnya 50000 sudah saya transfer",
        "sabunnya pecah 2 bu, mau dikembalikan",
        "ya" * 600,
    ],
)
def test_a_message_that_orders_nothing_is_no_order(text: str) -> None:
    assert ordered(text) == []


@given(ITEMS, st.sampled_from(BEFORE), st.sampled_from(AFTER))
def test_the_lines_of_an_order_read_as_a_sale_of_the_same_goods_to_nobody(
    items: list[OrderItem], before: str, after: str
) -> None:
    text = before + ", ".join(item.line for item in items) + after
    found = read_order(text, CATALOGUE, TODAY)
    assert list(found) == items
    draft = read_line("\n".join(item.line for item in found), CATALOGUE, TODAY, is_begun=True)
    assert draft is not None
    assert [(item.product and item.product.name, item.quantity) for item in draft.items] == [
        (item.name, item.quantity) for item in items
    ]
    assert (draft.customer, draft.day, draft.own_use) == (None, None, False)
