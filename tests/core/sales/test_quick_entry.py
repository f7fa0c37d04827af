"""Sales written in one line, as people would type them."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.conversation.messages import Refusal
from bot.core.sales.drafts import Draft, DraftItem, TypedPrice
from bot.core.sales.quick_entry import StoppedBy, read_line
from tests.core.sales.catalogue import CATALOGUE

LINES = Path(__file__).with_name("sale_lines.tsv")
THURSDAY = date(2026, 11, 12)


def notation(line: str) -> str:
    """Returns the sale in the notation of the file: `2 SABUN-SEREH @50000 | for Bu Ani`."""
    try:
        draft = read_line(line, CATALOGUE, THURSDAY)
    except Refusal as refusal:
        return f"refused: {type(refusal.message).__name__}"
    return "no sale" if draft is None else " | ".join(parts(draft))


def parts(draft: Draft) -> list[str]:
    return [
        *map(written, draft.items),
        *([f"all ={draft.total}"] if draft.total is not None else []),
        *([f"for {draft.customer}"] if draft.customer is not None else []),
        *(["own use"] if draft.own_use else []),
        *([f"on {draft.day}"] if draft.day is not None else []),
    ]


def written(item: DraftItem) -> str:
    product = item.product.sku if item.product else f"“{item.query}”"
    quantity = "?" if item.quantity is None else str(item.quantity)
    return " ".join([quantity, product, *priced(item.price)])


def priced(price: TypedPrice | None) -> list[str]:
    if price is None:
        return []
    if price.is_open:
        assert price.each == price.total
        return [f"?{price.each}"]
    return [f"@{price.each}"] if price.total is None else [f"={price.total}"]


def lines() -> list[tuple[str, str]]:
    with LINES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t") if row and row[0][:1] != "#"]
    return [(line, expected) for line, expected in rows]


@pytest.mark.parametrize(("line", "expected"), lines())
def test_a_line_is_understood_as_listed_in_the_file(line: str, expected: str) -> None:
    assert notation(line.replace("\\n", "\n")) == expected


def test_the_file_holds_enough_lines_and_none_twice() -> None:
    typed = [line for line, _ in lines()]
    assert len(typed) >= 200
    assert len(set(typed)) == len(typed)


def test_a_very_long_text_is_no_line_about_a_sale() -> None:
    assert read_line("jual 2 sabun " * 100, CATALOGUE, THURSDAY) is None


def test_a_product_no_longer_sold_is_not_taken() -> None:
    draft = read_line("jual 2 sabun sirih", CATALOGUE, THURSDAY)
    assert draft is not None
    assert draft.items[0].product is None


WORDS = (
    "jual j sell 2 12 0 -1 1/2 sabun teh madu 250 500 kopi bu ani ke untuk kemarin tgl 5/11 @"
    " 50rb 1.5jt total semua lusin selusin setengah dan , ; - ( ) pcs x 2x sendiri pakai 50000"
    " ½ : @50 pak minggu"
)
words = st.sampled_from(["\n", *WORDS.split()])


@given(st.lists(words, max_size=14).map(" ".join) | st.text(max_size=60))
def test_any_line_becomes_a_sound_draft_a_refusal_or_nothing(line: str) -> None:
    try:
        draft = read_line(line, CATALOGUE, THURSDAY)
    except Refusal:
        return
    for item in draft.items if draft else ():
        assert item.query
        assert item.quantity is None or 1 <= item.quantity <= 9_999
        assert item.price is None or (item.price.each or item.price.total or 0) > 0


@pytest.mark.parametrize(
    ("line", "stopped_by", "is_read"),
    [
        ("stok sabun tinggal 1, bu ani ambil 5", StoppedBy.ANY_DOUBT, False),
        ("stok sabun tinggal 1, bu ani ambil 5", StoppedBy.TAKING_BACK, True),
        ("sabun 2 bu ani, berapa ya harganya lupa", StoppedBy.TAKING_BACK, True),
        ("bu ani retur 2 sabun", StoppedBy.TAKING_BACK, False),
        ("sabun 2 bu ani, besok pi na kasih uangnya", StoppedBy.TAKING_BACK, True),
        ("hapus 2 sabun bu ani", StoppedBy.TAKING_BACK, False),
        ("bu ani tidak jadi beli 2 sabun", StoppedBy.TAKING_BACK, False),
        ("bu ani gk jd ambil 2 sabun", StoppedBy.TAKING_BACK, False),
        ("sabun 2 bu ani tdk jd", StoppedBy.TAKING_BACK, False),
        ("pak frans tunggu uang pensiun dulu baru ambil sabun 2", StoppedBy.ANY_DOUBT, False),
        ("besok antar 2 sabun ke bu ani", StoppedBy.NOTHING, True),
    ],
)
def test_the_surer_it_is_a_sale_the_less_stops_it(
    line: str, stopped_by: StoppedBy, *, is_read: bool
) -> None:
    draft = read_line(line, CATALOGUE, THURSDAY, is_begun=True, stopped_by=stopped_by)
    assert (draft is not None) is is_read
