"""Which words promise income or health, and which only look like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.messaging.claims import claims_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pasti untung, dijamin! Pasti.", ("Pasti", "dijamin")),
        ("Bonus bulan lalu sampai Rp5.000.000 lho", ("Rp5.000.000",)),
        ("Bisa dapat 5 juta dari komisi", ("5 juta",)),
        ("Penghasilan pasif tanpa kerja", ("Penghasilan pasif", "tanpa kerja")),
        (
            "Passive income, cepat kaya, balik modal",
            ("Passive income", "cepat kaya", "balik modal"),
        ),
        ("jutaan per bulan", ("jutaan per bulan",)),
        ("Madu ini menyembuhkan, 100% ampuh", ("menyembuhkan", "100% ampuh")),
        ("obat kanker tanpa efek samping", ("obat kanker", "tanpa efek samping")),
        ("Guaranteed income, get rich", ("Guaranteed", "get rich")),
        ("It cures cancer, 100 % effective", ("cures", "100 % effective")),
        ("You earn 500 thousand a week", ("500 thousand",)),
        ("Ｐａｓｔｉ   kaya", ("Pasti",)),
        ("PASTI", ("PASTI",)),
    ],
)
def test_a_promise_is_found_as_it_was_written(text: str, found: tuple[str, ...]) -> None:
    assert claims_in(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Latihan Sabtu jam 9, bawa contoh sabun.",
        "Harga Sabun Sereh Rp50.000, Teh Hijau Rp25.000.",
        "Kepastian jadwal menyusul; spasti bukan topiknya.",
        "The heater is secure; healthy soap, wealthy in scent.",
        "Bonus dihitung dari penjualan yang disetujui.",
        "Bonus dijelaskan pelan dari catatan yang ada di bot, baru harga teh Rp25.000.",
    ],
)
def test_a_fact_is_no_promise(text: str) -> None:
    assert claims_in(text) == ()


def test_a_sum_is_a_promise_within_eight_words_of_a_word_for_earnings() -> None:
    between = " ".join(["kata"] * 7)
    assert claims_in(f"komisi {between} Rp90.000") == ("Rp90.000",)
    assert claims_in(f"komisi {between} kata Rp90.000") == ()
    assert claims_in(f"Rp90.000 {between} komisi") == ("Rp90.000",)


@given(st.text(max_size=300))
def test_every_claim_found_occurs_in_the_text(text: str) -> None:
    for words in claims_in(text):
        assert words.strip()
        assert claims_in(words) or any(sign.isdigit() for sign in words) or "juta" in words.lower()
