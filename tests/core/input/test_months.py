"""People name a month in many ways, and a bare name means the last one of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar.periods import previous_period
from bot.core.input.months import some_month

RUNNING = "2026-11"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-10", "2026-10"),
        ("2026-9", "2026-09"),
        ("2026/10", "2026-10"),
        ("2026 10", "2026-10"),
        ("10-2026", "2026-10"),
        ("10/2026", "2026-10"),
        ("10.2026", "2026-10"),
        ("10", "2026-10"),
        ("12", "2025-12"),
        ("oktober", "2026-10"),
        ("Oktober", "2026-10"),
        ("OKT", "2026-10"),
        ("okt.", "2026-10"),
        ("okt 2026", "2026-10"),
        ("Okt 26", "2026-10"),
        ("okt '26", "2026-10"),
        ("okt2026", "2026-10"),
        ("okt-2026", "2026-10"),
        ("oktober 2025", "2025-10"),
        ("bulan oktober", "2026-10"),
        ("bln okt", "2026-10"),
        ("october", "2026-10"),
        ("Oct 2026", "2026-10"),
        ("month of October 2026", "2026-10"),
        ("for october", "2026-10"),
        ("desember", "2025-12"),
        ("november", "2026-11"),
        ("desember 2026", "2026-12"),
        ("bulan ini", "2026-11"),
        ("this month", "2026-11"),
        ("bulan lalu", "2026-10"),
        ("bln lalu", "2026-10"),
        ("bulan kemarin", "2026-10"),
        ("last month", "2026-10"),
        ("Last month?", "2026-10"),
        ("2 bulan lalu", "2026-09"),
        ("dua bulan yang lalu", "2026-09"),
        ("three months ago", "2026-08"),
        ("bulan depan", "2026-12"),
        ("next month", "2026-12"),
    ],
)
def test_a_month_as_people_type_it(typed: str, meant: str) -> None:
    assert some_month(typed, RUNNING) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "kapan",
        "13",
        "2026-13",
        "00",
        "2026-00",
        "1999-10",
        "okt okt",
        "semua",
        "10 2026 3",
        "-1",
    ],
)
def test_a_text_that_is_no_month(typed: str) -> None:
    assert some_month(typed, RUNNING) is None


@given(st.text(max_size=40))
def test_any_text_is_read_as_a_month_or_nothing(typed: str) -> None:
    found = some_month(typed, RUNNING)
    assert found is None or previous_period(found) < found
