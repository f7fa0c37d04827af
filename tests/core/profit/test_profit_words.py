"""What people type when they want to know what a price would bring."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.conversation.messages import Refusal
from bot.core.profit.profit import priced_lines, profit_of, with_short_price
from bot.core.profit.profit_words import read_profit_wish
from bot.core.sales.quick_entry import read_line
from tests.core.sales.catalogue import CATALOGUE

TODAY = date(2026, 11, 23)
LIMITS = (50, 200)


def reckoned(text: str) -> tuple[int, int, int] | str:
    """Returns pieces, total and profit; the words that name no article, if there is none."""
    wish = read_profit_wish(text, CATALOGUE, TODAY)
    draft = with_short_price(wish.draft, wish.short_price, LIMITS)
    lines = priced_lines(draft, LIMITS)
    if lines is None:
        return next((item.query for item in draft.items if item.product is None), "")
    sums = profit_of(lines, wish.costs)
    return sums.pieces, sums.total, sums.profit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("laku 3 sabun diskon 10%", (3, 135_000, 15_000)),
        ("3 sabun 140rb ongkir 10rb untungnya?", (3, 140_000, 10_000)),
        ("if I sell soap at 45k what do I make", (1, 45_000, 5_000)),
        ("kalau jual sabun 45 untungnya brp ya kak", (1, 45_000, 5_000)),
        ("sabun 24 untung brp", (24, 1_200_000, 240_000)),
        ("sabun 30 pcs untung brp", (30, 1_500_000, 300_000)),
        ("sabun harga 45 untung?", (1, 45_000, 5_000)),
        ("@45 sabun 3", (3, 135_000, 15_000)),
        ("sabun 3 madu 250 2 ongkir 10rb parkir 2rb", (5, 250_000, 38_000)),
        ("10rb ongkir, 3 sabun @45rb", (3, 135_000, 5_000)),
        ("3 sabun 120rb buat ongkir 10rb", (3, 120_000, -10_000)),
        ("3 sabun seharga 140rb, ongkir kira2 12rb, untung?", (3, 140_000, 8_000)),
        ("sabun 45000 dipotong parkir 2000 sama bensin 5 ribu", (1, 45_000, -2_000)),
        ("hitung untung sabun 2 lusin diskon sepuluh persen", (24, 1_080_000, 120_000)),
        ("nek adol sabun telu 140 ewu bathine piro", (3, 140_000, 20_000)),
        ("lamun ngajual sabun hiji 45 rebu untungna sabaraha", (1, 45_000, 5_000)),
        ("HITUNG UNTUNG SABUN 3 BIJI HARGA 45.000 ONGKIR 10.000", (3, 135_000, 5_000)),
        ("what's my profit on 2 honey 250 at 50k with 15k shipping", (2, 100_000, 5_000)),
        ("brp untung kl teh 2 kopi jahe 1 total 130rb diskon 5%", (3, 123_500, 3_500)),
        ("sabun 3 buat bu ani total 140rb, parkir 2", (3, 140_000, 18_000)),
        ("profit 2 sabun gratis ongkir", (2, 100_000, 20_000)),
        ("sabun jual 39rb rugi ga", (1, 39_000, -1_000)),
        ("untung jual madu 80rb brp", "madu"),
        ("kecap 50rb untung berapa", "kecap"),
        ("kalau dijual ke tetangga 45rb untungnya piro", ""),
        ("diskon 15% masih untung?", ""),
        ("hitung untung", ""),
        ("", ""),
    ],
)
def test_a_question_is_reckoned_as_it_was_meant(
    text: str, expected: tuple[int, int, int] | str
) -> None:
    assert reckoned(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "if I sell soap at 45k what do I make",
        "kalau jual 3 sabun 45rb untung berapa",
        "3 sabun 140rb ongkir 10rb untungnya",
        "hitung untung 2 sabun diskon 10%",
        "2 sabun 90rb masih untung",
        "jual sabun 39rb rugi ga",
        "would I still make money selling soap for 48k",
        "berapa laba 3 sabun @45rb",
        "profit on 3 soap at 45k",
        "what is my margin if 3 sabun 140k",
        "misal saya jual 3 sabun 140rb ke bu ani untung?",
        "sabun 2 rugi apa untung 80rb",
    ],
)
def test_a_question_about_a_profit_is_no_sale(text: str) -> None:
    assert read_line(text, CATALOGUE, TODAY, in_thousands=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "untung masih laku 2 sabun bu ani",
        "untung banget hari ini, laku 2 sabun ke bu ani",
        "tak itung2 mau: sabun loro, kangge bu ani",
        "jual 2 sabun ke pak untung",
        "2 sabun sereh ke toko untung",
        "2 sabun bu untung ya kak",
    ],
)
def test_luck_and_a_name_are_no_question(text: str) -> None:
    assert read_line(text, CATALOGUE, TODAY, in_thousands=True) is not None


@given(st.text(max_size=120))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        reckoned(text)
    except Refusal:
        return


WORDS = (
    "sabun madu 250 3 45rb @45 total diskon 10% 5rb ongkir parkir dan , bu ani 500 0 -3 ? kecap"
    " untung berapa sepuluh persen lusin harga biaya kirim = + % rp 9999999999"
)
PIECES = st.sampled_from(WORDS.split())


@given(st.lists(PIECES, max_size=14).map(" ".join))
def test_any_mixture_of_its_words_is_read_or_refused(text: str) -> None:
    try:
        reckoned(text)
    except Refusal:
        return
