"""Which days are compared with which, and sums that add up."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar.periods import period_of, previous_period
from bot.core.mirror.mirror_figures import CustomerFigures, days_before, month_days

JAKARTA = "Asia/Jakarta"
DAYS = st.dates(date(2026, 1, 1), date(2032, 12, 31))


@given(DAYS)
def test_the_running_month_is_compared_with_the_same_days_of_the_one_before(today: date) -> None:
    days = month_days(period_of(today, JAKARTA), today)
    before = days_before(days)
    assert (days.first.day, days.last) == (1, today)
    assert before.period == previous_period(days.period)
    assert before.first.day == 1
    assert before.after <= days.first
    if days.is_whole:
        assert before.after == days.first
    else:
        assert before.last.day == min(today.day, (days.first - timedelta(days=1)).day)


@given(DAYS, DAYS)
def test_a_month_that_is_over_is_compared_with_the_whole_one_before(
    one: date, other: date
) -> None:
    earlier, today = sorted((one, other))
    period = period_of(earlier, JAKARTA)
    if period == period_of(today, JAKARTA):
        return
    days = month_days(period, today)
    assert days.is_whole
    assert days_before(days).after == days.first
    assert days_before(days).is_whole


FIGURES = st.builds(CustomerFigures, *[st.integers(0, 50) for _ in range(5)])


@given(st.lists(FIGURES, max_size=6))
def test_the_company_is_the_sum_of_its_members(rows: list[CustomerFigures]) -> None:
    whole = sum(rows, CustomerFigures())
    for name in ("customers", "sales", "again", "repeat_orders", "new"):
        assert getattr(whole, name) == sum(getattr(row, name) for row in rows)
