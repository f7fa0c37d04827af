"""Old copies are deleted, but never one needed later, whatever the clock says meanwhile."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.core.calendar.retention import ALL_KEPT, DAYS_KEPT, MONTHS_KEPT, REMOVALS_MAX, superfluous

NOW = datetime(2026, 11, 22, 3, 30, tzinfo=UTC)
DAY = timedelta(days=1)
RUN = timedelta(minutes=15)
ages = st.timedeltas(timedelta(0), timedelta(days=800))
made = st.sets(ages.map(lambda age: NOW - age), max_size=60)
later = st.timedeltas(timedelta(0), timedelta(days=500))
wrong = st.timedeltas(-timedelta(days=3000), timedelta(days=3000))
weeks = st.sets(st.integers(0, 70 * 24 * 4), min_size=1, max_size=60)


def once(moments: set[datetime], now: datetime = NOW) -> set[datetime]:
    return moments - set(superfluous(moments, now))


def in_the_end(moments: set[datetime], now: datetime = NOW) -> set[datetime]:
    """Returns what is left when nothing more is deleted."""
    while (left := once(moments, now)) != moments:
        moments = left
    return moments


def lasts(moments: Iterable[datetime], *, by_month: bool = False) -> list[datetime]:
    parts = {
        (each.year, each.month, 0 if by_month else each.day): each for each in sorted(moments)
    }
    return list(parts.values())


@given(made)
def test_three_go_at_once_and_never_the_newest(moments: set[datetime]) -> None:
    gone = superfluous(moments, NOW)
    assert len(gone) <= REMOVALS_MAX
    assert len(set(gone)) == len(gone)
    assert max(moments, default=None) not in gone


@given(weeks, later)
def test_every_copy_of_the_day_before_the_newest_stays(slots: set[int], away: timedelta) -> None:
    moments = {NOW - slot % 300 * RUN for slot in slots}
    last_day = {each for each in moments if max(moments) - each < ALL_KEPT}
    assert last_day <= in_the_end(moments, NOW + away)


@given(made)
def test_the_last_copy_of_each_of_thirty_days_and_twelve_months_stays(
    moments: set[datetime],
) -> None:
    left = in_the_end(moments)
    assert set(lasts(moments)[-DAYS_KEPT:]) <= left
    assert set(lasts(moments, by_month=True)[-MONTHS_KEPT:]) <= left


@given(made)
def test_nothing_else_is_left_in_the_end(moments: set[datetime]) -> None:
    newest = max(moments, default=NOW)
    old = {each for each in in_the_end(moments) if newest - each >= ALL_KEPT}
    assert len(old) <= DAYS_KEPT + MONTHS_KEPT
    assert old <= {*lasts(moments), *lasts(moments, by_month=True)}


@given(made, later)
def test_time_alone_deletes_nothing(moments: set[datetime], away: timedelta) -> None:
    """A bot that was down for a year finds all its copies."""
    settled = in_the_end(moments)
    assert in_the_end(settled, NOW + away) == settled


@given(made, later)
def test_copies_named_by_a_fast_clock_stay_and_push_out_none(
    moments: set[datetime], ahead: timedelta
) -> None:
    future = {NOW + ahead + timedelta(seconds=1), NOW + ahead + 40 * DAY}
    assert once(moments | future) == once(moments) | future


@given(weeks, wrong, st.integers(1, 40))
@settings(deadline=None)
@example({2884}, timedelta(days=-30, hours=13), 40)
def test_a_wrong_clock_leaves_the_last_copy_of_the_last_days_and_months(
    slots: set[int], off: timedelta, runs: int
) -> None:
    """However far it is off: it names one new day in some hours, so it pushes out one day.

    Of a day, or a month, that it names itself the last copy is its own.
    """
    good = {NOW - slot * RUN for slot in slots}
    there = set(good)
    named = set()
    for run in range(1, runs + 1):
        now = NOW + off + run * RUN
        named.add(now)
        there = once(there | {now}, now)
        assert now in there, "what was made just now"
    days, months = len(lasts(named)), len(lasts(named, by_month=True))
    day, month = min(named).date(), (min(named).year, min(named).month)
    before_all = [each for each in good if each < min(named)]
    earlier = [each for each in before_all if each.date() != day]
    assert set(lasts(earlier)[-(DAYS_KEPT - days) :]) <= there
    earlier = [each for each in before_all if (each.year, each.month) != month]
    assert set(lasts(earlier, by_month=True)[-(MONTHS_KEPT - months) :]) <= there
    newest = max(good)
    assert any(each.date() == newest.date() for each in there if each >= newest)
    assert len(good - there) <= REMOVALS_MAX * runs


@given(weeks, st.lists(wrong, min_size=1, max_size=11))
@settings(deadline=None)
@example({0}, [timedelta(microseconds=1), timedelta(days=1)])
def test_a_clock_that_jumps_at_each_copy_leaves_the_newest_good_one_for_eleven_copies(
    slots: set[int], jumps: list[timedelta]
) -> None:
    """Or one that was made after it and has the same day in its name."""
    good = {NOW - slot * RUN for slot in slots}
    there = set(good)
    for off in jumps:
        there = once(there | {NOW + off}, NOW + off)
    newest = max(good)
    assert any(each.date() == newest.date() for each in there if each >= newest)
    assert len(good - there) <= REMOVALS_MAX * len(jumps)


@given(weeks, st.timedeltas(timedelta(0), timedelta(days=3000)))
def test_a_slow_clock_deletes_no_copy_that_a_right_one_would_keep(
    slots: set[int], behind: timedelta
) -> None:
    good = {NOW - slot * RUN for slot in slots}
    wrong_now = min(good) - behind - RUN
    assert in_the_end(good) <= in_the_end(good | {wrong_now}, wrong_now)


@given(weeks, st.timedeltas(timedelta(days=1), timedelta(days=3000)), st.integers(1, 500))
@settings(deadline=None)
def test_copies_named_by_a_fast_clock_come_down_to_those_of_one_day(
    slots: set[int], ahead: timedelta, runs: int
) -> None:
    good = {NOW - slot * RUN for slot in slots}
    named = {NOW + ahead + run * RUN for run in range(runs)}
    left = in_the_end(good | named)
    assert left & good == in_the_end(good), "they push out none"
    a_day = int(ALL_KEPT / RUN)
    assert len(left & named) <= a_day + DAYS_KEPT + MONTHS_KEPT
    assert {*lasts(named)[-DAYS_KEPT:], *lasts(named, by_month=True)[-MONTHS_KEPT:]} <= left


def test_three_days_under_a_clock_420_days_ahead_do_not_stay_for_ever() -> None:
    named = {NOW + 420 * DAY + run * RUN for run in range(3 * 96)}
    left = in_the_end(named | {NOW})
    assert NOW in left
    assert len(left & named) < 100


def test_the_clock_that_deleted_the_backups() -> None:
    """39 copies, the clock 420 days ahead: one or two were left."""
    good = {NOW - each * DAY for each in range(30)} | {
        NOW - each * timedelta(hours=1) for each in range(1, 10)
    }
    assert len(good) == 39
    wrong_now = NOW + 420 * DAY
    left = once(good | {wrong_now}, wrong_now)
    assert len(good - left) == REMOVALS_MAX
    assert set(lasts(good)[1:]) <= left
    there = good
    for run in range(96):
        now = wrong_now + run * RUN
        there = once(there | {now}, now)
    assert set(lasts(good)[2:]) <= there, "the clock has named two days"
    assert {NOW} <= once(there, NOW), "and when it is right again they count once more"


@settings(max_examples=5, deadline=None)
@given(st.integers(15, 240))
def test_a_year_of_copies_comes_down_to_a_few_dozen(minutes: int) -> None:
    now = datetime(2025, 11, 1, tzinfo=UTC)
    there: set[datetime] = set()
    while now < NOW:
        there = once(there | {now}, now)
        now += timedelta(minutes=minutes)
        if minutes < 60 and now < NOW - 21 * DAY:
            now += timedelta(hours=5)  # more often only towards the end
    a_day = 24 * 60 // minutes + 1
    assert 40 <= len(there) <= a_day + DAYS_KEPT + MONTHS_KEPT
