"""Coming days until which something is owed; what is not certain is no day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.input.due_days import DueDay, read_due

THURSDAY = date(2026, 11, 26)

DAYS = {
    "hari ini": date(2026, 11, 26),
    "besok": date(2026, 11, 27),
    "lusa": date(2026, 11, 28),
    "tomorrow": date(2026, 11, 27),
    "jumat": date(2026, 11, 27),
    "hari minggu": date(2026, 11, 29),
    "kamis": date(2026, 12, 3),
    "on monday": date(2026, 11, 30),
    "tgl 26": date(2026, 11, 26),
    "tgl 5": date(2026, 12, 5),
    "the 5th": date(2026, 12, 5),
    "minggu depan": date(2026, 12, 3),
    "next week": date(2026, 12, 3),
    "bulan depan": date(2026, 12, 26),
    "akhir bulan": date(2026, 11, 30),
    "akhir bulan depan": date(2026, 12, 31),
    "3 hari lagi": date(2026, 11, 29),
    "dua minggu lagi": date(2026, 12, 10),
    "seminggu": date(2026, 12, 3),
    "in two weeks": date(2026, 12, 10),
    "sebulan": date(2026, 12, 26),
    "5 des": date(2026, 12, 5),
    "tgl 5 januari": date(2027, 1, 5),
    "dec 5": date(2026, 12, 5),
    "5/12": date(2026, 12, 5),
    "5-1-2027": date(2027, 1, 5),
    "2026-12-05": date(2026, 12, 5),
    "nanti tgl 5 ya": date(2026, 12, 5),
}
OPEN = (
    "jumat depan",
    "next friday",
    "gajian",
    "habis panen",
    "tanggal muda",
    "awal bulan",
    "tgl 31",
    "31/2",
    "0/12",
    "5/11",
    "2025-12-05",
    "5 desember 2040",
    "tgl 5 atau tgl 6",
    "500 hari lagi",
    "99 bulan lagi",
)


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_words_name_a_coming_day(text: str, day: date) -> None:
    assert read_due(text, THURSDAY) == DueDay(day)


@pytest.mark.parametrize("text", OPEN)
def test_a_time_that_is_not_certain_is_no_day(text: str) -> None:
    assert read_due(text, THURSDAY) == DueDay(None, is_vague=True)


@pytest.mark.parametrize("text", ["", "nanti", "belum bayar", "99", "50rb", "bu ani"])
def test_other_words_say_nothing_of_a_day(text: str) -> None:
    assert read_due(text, THURSDAY) == DueDay()


def test_a_day_of_the_month_that_may_have_been_is_not_certain() -> None:
    assert read_due("tgl 25", THURSDAY, date(2026, 11, 20)) == DueDay(None, is_vague=True)
    assert read_due("tgl 5", THURSDAY, date(2026, 11, 20)) == DueDay(date(2026, 12, 5))
    assert read_due("jumat", THURSDAY, date(2026, 11, 20)) == DueDay(date(2026, 11, 27))


@given(
    words=st.lists(
        st.sampled_from([*DAYS, *OPEN, "tgl", "5", "31", "minggu", "lagi", "bulan", "/"]),
        max_size=4,
    ),
    today=st.dates(date(2020, 1, 1), date(2100, 12, 31)),
)
def test_a_due_day_is_never_over_nor_far_ahead(words: list[str], today: date) -> None:
    due = read_due(" ".join(words), today)
    if due.day is not None:
        assert today <= due.day <= today + timedelta(days=366)
        assert not due.is_vague
