"""When unasked messages may be sent, and the months in which sales are counted."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.company import Ramadan, Sending
from bot.core.calendar.hours import (
    LABELS,
    local_day,
    may_send,
    may_train,
    next_opening,
    next_training,
    zone_label,
)
from bot.core.calendar.periods import next_period, period_bounds, period_of, previous_period

ZONES = sorted(LABELS)
FAST = Ramadan(date(2027, 2, 8), date(2027, 3, 9), time(9, 30), time(17))
HOURS = Sending(ramadan=(FAST,))
zones = st.sampled_from(ZONES)
moments = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    datetime(2028, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "zone", "open_"),
    [
        ("2026-11-22 00:59:59", "Asia/Jakarta", False),
        ("2026-11-22 01:00:00", "Asia/Jakarta", True),
        ("2026-11-22 12:59:59", "Asia/Jakarta", True),
        ("2026-11-22 13:00:00", "Asia/Jakarta", False),
        ("2026-11-22 00:00:00", "Asia/Makassar", True),
        ("2026-11-21 23:00:00", "Asia/Jayapura", True),
        ("2026-11-22 11:30:00", "Asia/Jayapura", False),
        ("2027-02-08 01:30:00", "Asia/Jakarta", False),
        ("2027-02-08 02:30:00", "Asia/Jakarta", True),
        ("2027-02-08 10:00:00", "Asia/Jakarta", False),
    ],
)
def test_the_wall_clock_of_the_receiver_decides(at: str, zone: str, open_: bool) -> None:
    assert may_send(utc(at), zone, HOURS) is open_


@pytest.mark.parametrize(
    ("at", "opening"),
    [
        ("2026-11-22 05:00", "2026-11-22 05:00"),
        ("2026-11-21 20:00", "2026-11-22 01:00"),
        ("2026-11-22 13:00", "2026-11-23 01:00"),
        ("2027-02-07 13:00", "2027-02-08 02:30"),
        ("2027-03-09 10:00", "2027-03-10 01:00"),
    ],
)
def test_the_next_opening_is_now_this_morning_or_tomorrow(at: str, opening: str) -> None:
    assert next_opening(utc(at), "Asia/Jakarta", HOURS) == utc(opening)


@given(moments, zones)
def test_the_next_opening_is_open_and_nothing_before_it_is(at: datetime, zone: str) -> None:
    opening = next_opening(at, zone, HOURS)
    assert may_send(opening, zone, HOURS)
    assert at <= opening < at + timedelta(days=1)
    if opening > at:
        assert not may_send(at, zone, HOURS)
        assert not may_send(at + (opening - at) / 2, zone, HOURS)
        assert not may_send(opening - timedelta(microseconds=1), zone, HOURS)


@pytest.mark.parametrize(
    ("at", "training"),
    [
        ("2026-12-24 05:00", "2026-12-24 05:00"),
        ("2026-12-24 13:00", "2026-12-26 01:00"),
        ("2026-12-25 05:00", "2026-12-26 01:00"),
        ("2026-12-31 14:00", "2027-01-02 01:00"),
        ("2027-03-09 10:00", "2027-03-12 01:00"),
    ],
)
def test_training_waits_for_the_day_after_a_holiday(at: str, training: str) -> None:
    assert next_training(utc(at), "Asia/Jakarta", HOURS) == utc(training)


def test_a_holiday_begins_in_the_east() -> None:
    at = utc("2026-12-31 15:30")
    late = Sending(opens=time(0), closes=time(23, 59))
    assert may_train(at, "Asia/Jakarta", late)
    assert not may_train(at, "Asia/Jayapura", late)


@given(moments, zones)
def test_the_next_training_is_the_first_moment_at_which_it_may_go(at: datetime, zone: str) -> None:
    training = next_training(at, zone, HOURS)
    assert may_train(training, zone, HOURS)
    assert training >= next_opening(at, zone, HOURS)
    if training > at:
        assert not may_train(at, zone, HOURS)
        assert not may_train(at + (training - at) / 2, zone, HOURS)
        assert not may_train(training - timedelta(microseconds=1), zone, HOURS)


def test_a_day_begins_earlier_in_the_east() -> None:
    at = utc("2026-11-30 15:30")
    assert [local_day(at, zone).day for zone in ("Asia/Jakarta", "Asia/Jayapura")] == [30, 1]


def test_the_zones_have_the_names_that_people_use() -> None:
    assert {zone: zone_label(zone) for zone in ZONES} == {
        "Asia/Jakarta": "WIB",
        "Asia/Jayapura": "WIT",
        "Asia/Makassar": "WITA",
        "Asia/Pontianak": "WIB",
    }


def test_a_period_is_a_month_on_the_wall_clock() -> None:
    assert period_of(utc("2026-11-30 16:59:59"), "Asia/Jakarta") == "2026-11"
    assert period_of(utc("2026-11-30 17:00"), "Asia/Jakarta") == "2026-12"
    assert period_of(date(2026, 11, 30), "Asia/Jakarta") == "2026-11"
    assert period_bounds("2026-12", "Asia/Jakarta") == (
        utc("2026-11-30 17:00"),
        utc("2026-12-31 17:00"),
    )


def test_periods_follow_each_other_over_the_turn_of_the_year() -> None:
    assert next_period("2026-12") == "2027-01"
    assert previous_period("2027-01") == "2026-12"
    assert next_period("2026-01") == "2026-02"
    assert previous_period("2026-12") == "2026-11"


@given(moments, zones)
def test_every_moment_is_in_exactly_one_period(at: datetime, zone: str) -> None:
    period = period_of(at, zone)
    start, end = period_bounds(period, zone)
    assert start <= at < end
    assert period == period_of(local_day(at, zone), zone)
    assert period_bounds(next_period(period), zone)[0] == end
    assert period_bounds(previous_period(period), zone)[1] == start
    assert previous_period(next_period(period)) == period


@pytest.mark.parametrize("wrong", ["2026-13", "2026-00", "26-11", "2026-1", "2026-11 ", "٢٠٢٦-11"])
def test_a_text_that_is_no_period_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="is not a period"):
        next_period(wrong)
