"""How long a broadcast takes, and the bar that shows it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar.hours import may_train
from bot.core.messaging.broadcasts import Audience, audience_of, bar, course_of

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


class _Hours:
    """Eight to eight, but for one day of rest."""

    def window_on(self, _day: date) -> tuple[time, time]:
        return time(8), time(20)

    def rests_on(self, day: date) -> bool:
        return day == date(2026, 12, 25)


HOURS = _Hours()
MORNING = datetime(2026, 11, 23, 2, tzinfo=UTC)


def test_twenty_a_second_are_twelve_hundred_a_minute() -> None:
    assert course_of(MORNING, {"Asia/Jakarta": 1_200}, 20, HOURS).ends_at == MORNING + timedelta(
        minutes=1
    )
    assert course_of(MORNING, {}, 20, HOURS).ends_at == MORNING
    assert course_of(MORNING, {"Asia/Jakarta": 1}, 20, HOURS).ends_at == MORNING + timedelta(
        seconds=1
    )


def test_messages_that_do_not_fit_before_the_evening_go_on_in_the_morning() -> None:
    evening = datetime(2026, 11, 23, 12, 59, tzinfo=UTC)  # 19.59 in Jakarta
    morning = datetime(2026, 11, 24, 1, tzinfo=UTC)
    end = course_of(evening, {"Asia/Jakarta": 2_400}, 20, HOURS).ends_at
    assert end == morning + timedelta(minutes=1)


def test_each_zone_waits_for_its_own_morning_and_no_message_leaves_on_a_holiday() -> None:
    night = datetime(2026, 12, 24, 22, tzinfo=UTC)  # the holiday has begun everywhere
    end = course_of(night, dict.fromkeys(ZONES, 20), 20, HOURS).ends_at
    assert end == datetime(2026, 12, 26, 1, 0, 1, tzinfo=UTC)


@given(
    st.integers(0, 60 * 24 * 60),
    st.dictionaries(st.sampled_from(ZONES), st.integers(0, 100_000)),
    st.integers(1, 30),
)
def test_an_end_is_never_too_early_and_lies_within_the_hours(
    minutes: int, waiting: dict[str, int], rate: int
) -> None:
    start = MORNING + timedelta(minutes=minutes)
    end = course_of(start, waiting, rate, HOURS).ends_at
    total = sum(waiting.values())
    # In the last second before an evening at least one is sent, whatever fits.
    assert end - start >= timedelta(seconds=total // rate) - timedelta(seconds=60)
    if total:
        moment = end - timedelta(seconds=1)
        assert any(may_train(moment, zone, HOURS) for zone in waiting)


def test_who_gets_it_on_a_later_day_is_counted_by_the_own_day_of_each() -> None:
    evening = datetime(2026, 11, 23, 11, 30, tzinfo=UTC)  # 18.30, 19.30 and 20.30
    some = dict.fromkeys(ZONES, 10)
    assert course_of(evening, some, 20, HOURS).later == 10
    assert course_of(MORNING, some, 20, HOURS).later == 0
    early = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # the 24th: 6.30, 7.30 and 8.30
    assert course_of(early, some, 20, HOURS).later == 0
    assert course_of(evening + timedelta(hours=2), some, 20, HOURS).later == 30


@pytest.mark.parametrize(
    "key", ["all", "team", "active", "new", "WIB", "silent:1", "silent:365", "rank:emas"]
)
def test_an_audience_is_stored_by_its_key(key: str) -> None:
    found = audience_of(key)
    assert isinstance(found, Audience)
    assert found.key == key


@pytest.mark.parametrize(
    "key",
    ["", "nobody", "all:1", "silent", "silent:", "silent:0", "silent:366", "silent:-1", "rank:"],
)
def test_other_keys_are_no_audience(key: str) -> None:
    assert audience_of(key) is None


@given(st.integers(0, 100_000), st.integers(0, 100_000))
def test_the_bar_is_full_when_all_is_done_and_not_before(done: int, more: int) -> None:
    shown = bar(done, done + more)
    assert len(shown) == 10
    assert (shown == "█" * 10) == (more == 0)
