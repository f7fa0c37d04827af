"""What is much of an article, and for how long it lasts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.stock.stock_levels import (
    FEW_PIECES,
    LATELY_DAYS,
    StockLevel,
    ends_month,
    is_much,
    months_of,
    weeks_of,
    with_more,
)

TODAY = date(2026, 11, 28)
LONG_AGO = TODAY - timedelta(days=LATELY_DAYS - 1)

levels = st.builds(
    StockLevel,
    st.just(1),
    st.integers(-50, 20_000),
    sold_lately=st.integers(0, 5_000),
    first_lately=st.dates(LONG_AGO, TODAY),
)


@pytest.mark.parametrize(
    ("left", "sold", "first", "much"),
    [
        (60, 90, LONG_AGO, False),
        (61, 90, LONG_AGO, True),
        (40, 20, TODAY, False),
        (41, 20, TODAY, True),
        (FEW_PIECES, 0, None, False),
        (FEW_PIECES + 1, 0, None, True),
        (FEW_PIECES, 1, LONG_AGO, False),
        (-3, 0, None, False),
    ],
)
def test_more_than_two_months_of_own_sales_is_much(
    left: int, sold: int, first: date | None, much: bool
) -> None:
    level = StockLevel(1, left, sold_lately=sold, first_lately=first)
    assert is_much(level, TODAY, 2) is much


def test_a_stock_lasts_as_long_as_it_sold_lately() -> None:
    level = StockLevel(1, 35, sold_lately=90, first_lately=LONG_AGO)
    assert (weeks_of(level, TODAY), months_of(level, TODAY)) == (5, 1)
    assert weeks_of(StockLevel(1, 35), TODAY) is None
    assert weeks_of(StockLevel(1, 0, sold_lately=9, first_lately=TODAY), TODAY) is None
    assert months_of(StockLevel(1, 35), TODAY) == 0


@given(levels, st.integers(0, 9_999), st.integers(1, 24))
def test_more_goods_are_never_less_much(level: StockLevel, more: int, months: int) -> None:
    if is_much(level, TODAY, months):
        assert is_much(with_more(level, more), TODAY, months)
    if is_much(level, TODAY, months + 1):
        assert is_much(level, TODAY, months)


@given(levels)
def test_weeks_are_never_below_zero_and_months_fit_them(level: StockLevel) -> None:
    weeks = weeks_of(level, TODAY)
    assert weeks is None or 0 <= weeks <= 99
    if weeks is not None and weeks < 99:
        assert months_of(level, TODAY) * 30 <= (weeks + 1) * 7


@pytest.mark.parametrize(
    ("day", "days", "ends"),
    [
        ("2026-11-28", 3, True),
        ("2026-11-27", 3, False),
        ("2026-11-30", 1, True),
        ("2028-02-29", 1, True),
        ("2026-12-31", 3, True),
        ("2026-11-30", 0, False),
    ],
)
def test_the_last_days_of_a_month(day: str, days: int, ends: bool) -> None:
    assert ends_month(date.fromisoformat(day), days) is ends
