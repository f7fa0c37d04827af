"""Old copies go, but never one that is missed later."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.retention import ALL_KEPT, DAYS_KEPT, superfluous

NOW = datetime(2026, 11, 22, 3, 30, tzinfo=UTC)
ages = st.timedeltas(timedelta(0), timedelta(days=800))
made = st.sets(ages.map(lambda age: NOW - age), max_size=60)
later = st.timedeltas(timedelta(0), timedelta(days=500))


def kept(moments: set[datetime], now: datetime = NOW) -> set[datetime]:
    return moments - superfluous(moments, now)


@given(made)
def test_the_newest_copy_always_stays(moments: set[datetime]) -> None:
    assert max(moments, default=None) == max(kept(moments), default=None)


@given(made)
def test_every_copy_of_the_last_day_stays(moments: set[datetime]) -> None:
    assert {each for each in moments if NOW - each < ALL_KEPT} <= kept(moments)


@given(made)
def test_of_each_day_of_the_last_month_and_each_month_of_the_last_year_one_stays(
    moments: set[datetime],
) -> None:
    left = kept(moments)
    days = {each.date() for each in moments if NOW - each < DAYS_KEPT - timedelta(days=1)}
    assert days <= {each.date() for each in left}
    months = {(each.year, each.month) for each in moments if NOW - each < timedelta(days=365)}
    assert months <= {(each.year, each.month) for each in left}


@given(made)
def test_of_what_is_older_than_a_day_one_a_day_stays_and_of_what_is_older_one_a_month(
    moments: set[datetime],
) -> None:
    old = [each for each in kept(moments) if NOW - each >= ALL_KEPT and each != max(moments)]
    of_days = [each.date() for each in old]
    assert len(of_days) == len(set(of_days))
    of_months = [(each.year, each.month) for each in old if NOW - each >= DAYS_KEPT]
    assert len(of_months) == len(set(of_months)) <= 13
    assert not [each for each in old if NOW - each > timedelta(days=397)]


@given(made, st.lists(later, max_size=4).map(sorted))
def test_letting_go_often_leaves_the_same_as_letting_go_once(
    moments: set[datetime], waits: list[timedelta]
) -> None:
    left = moments
    for wait in waits:
        left = kept(left, NOW + wait)
    end = NOW + max(waits, default=timedelta(0))
    assert kept(left, end) == kept(moments, end)


@given(made, later)
def test_copies_that_a_clock_set_ahead_has_named_are_left_alone(
    moments: set[datetime], ahead: timedelta
) -> None:
    future = {NOW + ahead + timedelta(seconds=1)}
    assert future <= kept(moments | future)


@settings(max_examples=5, deadline=None)
@given(st.integers(15, 240))
def test_a_year_of_copies_comes_down_to_a_few_dozen(minutes: int) -> None:
    now = datetime(2025, 11, 1, tzinfo=UTC)
    there: set[datetime] = set()
    while now < NOW:
        there = kept(there | {now}, now)
        now += timedelta(minutes=minutes)
        if minutes < 60 and now.date() < date(2026, 11, 1):
            now += timedelta(hours=5)  # more often only towards the end
    a_day = 24 * 60 // minutes + 1
    assert 40 <= len(there) <= a_day + 30 + 13
