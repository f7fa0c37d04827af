"""Whose turn it is for which tip: by the calendar, after a pause, and through whole years."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.company import Ramadan, Sending
from bot.core.calendar.hours import local_day, may_send, may_train
from bot.core.input.clock_times import next_time
from bot.core.messaging.tips import (
    PRIORITY,
    TIP_AGE_DAYS_MAX,
    AfterSilence,
    BeforeMonthEnd,
    MonthStart,
    OnDay,
    OnWeekday,
    TipRule,
    due_tip,
    newest_slot,
    next_slot,
    tip_turn,
)

RULES: tuple[tuple[str, TipRule], ...] = (
    ("first", OnDay(1)),
    ("second", OnDay(2)),
    ("third", OnDay(3)),
    ("week", OnDay(7)),
    ("month", OnDay(30)),
    ("mondays", OnWeekday(0)),
    ("quiet", AfterSilence(14)),
    ("opening", MonthStart()),
    ("closing", BeforeMonthEnd(3)),
)
DAY_OF = {slug: rule.day for slug, rule in RULES if isinstance(rule, OnDay)}
JOINED = date(2026, 11, 4)
FAST = Ramadan(date(2027, 2, 8), date(2027, 3, 9), time(9, 30), time(17))
HOURS = Sending(ramadan=(FAST,))
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
MINUTE = timedelta(minutes=1)
YEAR_MINUTES = 365 * 24 * 60


def had(*slugs: str) -> frozenset[str]:
    return frozenset(slugs)


ALL_DAYS = had(*DAY_OF)


@pytest.mark.parametrize(
    ("day", "given_before", "tip"),
    [
        ("2026-11-04", had(), None),
        ("2026-11-05", had(), "first"),
        ("2026-11-05", had("first"), None),
        ("2026-11-06", had("first"), "second"),
        ("2026-11-06", had(), "first"),
        ("2026-11-08", had("first", "second", "third"), None),
        ("2026-11-06", had("first", "second"), None),
        ("2026-11-08", had("second"), "first"),
        ("2026-11-08", had("first"), "second"),
        ("2026-11-11", had("first"), "second"),
        ("2026-11-11", ALL_DAYS - {"week"}, "week"),
        ("2026-11-19", had("second", "third", "week"), "first"),
        ("2026-11-20", had("second", "third", "week"), None),
        ("2026-11-09", ALL_DAYS, "mondays"),
        ("2026-11-09", had("first", "second"), "third"),
        ("2026-11-09", ALL_DAYS | {"mondays"}, None),
        ("2026-11-27", ALL_DAYS, "closing"),
        ("2027-02-25", ALL_DAYS, "closing"),
        ("2028-02-26", ALL_DAYS, "closing"),
        ("2026-12-01", ALL_DAYS, "opening"),
        ("2027-02-01", ALL_DAYS, "opening"),
        ("2027-02-01", ALL_DAYS | {"opening"}, "mondays"),
        ("2026-10-31", had(), None),
    ],
)
def test_the_tip_of_a_day(day: str, given_before: frozenset[str], tip: str | None) -> None:
    today = date.fromisoformat(day)
    assert due_tip(RULES, JOINED, today, given_before, logged_on=today) == tip


@pytest.mark.parametrize(
    ("day", "last_sale", "given_before", "tip"),
    [
        ("2027-01-13", "2026-12-31", ALL_DAYS, None),
        ("2027-01-14", "2026-12-31", ALL_DAYS, "quiet"),
        ("2027-01-21", "2026-12-31", ALL_DAYS, "quiet"),
        ("2027-01-21", "2026-12-31", ALL_DAYS | {"quiet"}, None),
        ("2026-11-18", None, ALL_DAYS, "quiet"),
        ("2026-11-17", None, ALL_DAYS, None),
        ("2026-11-18", "2026-10-01", ALL_DAYS, "quiet"),
        ("2026-11-18", None, ALL_DAYS - {"third"}, "third"),
        ("2027-02-01", "2026-12-31", ALL_DAYS, "opening"),
        ("2027-02-25", "2026-12-31", ALL_DAYS, "closing"),
        ("2027-02-15", "2026-12-31", ALL_DAYS, "quiet"),
        ("2027-02-15", "2027-02-02", ALL_DAYS, "mondays"),
    ],
)
def test_the_tip_after_a_silence(
    day: str, last_sale: str | None, given_before: frozenset[str], tip: str | None
) -> None:
    logged_on = date.fromisoformat(last_sale) if last_sale else None
    assert due_tip(RULES, JOINED, date.fromisoformat(day), given_before, logged_on) == tip


def test_every_kind_of_rule_has_its_place_in_the_order() -> None:
    assert set(PRIORITY) == set(get_args(TipRule))


def test_on_the_day_of_joining_there_is_no_tip_even_on_a_monday() -> None:
    monday = date(2026, 11, 9)
    assert due_tip(RULES, monday, monday, had()) is None


def test_an_hour_outside_that_days_sending_hours_becomes_the_nearest_inside() -> None:
    before = datetime(2027, 2, 9, tzinfo=UTC)
    early = next_slot(before, time(8), "Asia/Jakarta", HOURS)
    late = next_slot(before, time(19), "Asia/Jakarta", HOURS)
    assert early == datetime(2027, 2, 9, 2, 30, tzinfo=UTC)
    assert late == datetime(2027, 2, 9, 9, tzinfo=UTC)


@given(
    at=st.datetimes(
        datetime(2026, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
        datetime(2028, 1, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
    hour=st.times(),
    zone=st.sampled_from(ZONES),
)
def test_one_turn_lies_on_each_day_and_this_moment_between_two_of_them(
    at: datetime, hour: time, zone: str
) -> None:
    newest, following = newest_slot(at, hour, zone, HOURS), next_slot(at, hour, zone, HOURS)
    assert newest <= at < following
    assert local_day(following, zone) - local_day(newest, zone) == timedelta(days=1)
    assert may_send(newest, zone, HOURS)
    assert may_send(following, zone, HOURS)


@dataclass
class Member:
    """One tip clock, kept as in the database, and every tip sent to its owner."""

    zone: str
    joined_at: datetime
    hour: time
    due_at: datetime
    paused: bool = False
    logged_on: date | None = None
    given: list[tuple[str, date]] = field(default_factory=list)
    left: list[tuple[str, date, datetime]] = field(default_factory=list)

    def wind(self, now: datetime) -> None:
        """Apply a change by the owner."""
        self.due_at = next_time(now, self.hour, self.zone)

    def tick(self, now: datetime) -> None:
        """Run one tick of the bot."""
        if self.paused or self.due_at > now:
            return
        turn = tip_turn(
            RULES,
            joined_on=local_day(self.joined_at, self.zone),
            hour=self.hour,
            zone=self.zone,
            hours=HOURS,
            due_at=self.due_at,
            now=now,
            given=self.given,
            logged_on=self.logged_on,
        )
        assert turn.next_at > now
        self.due_at = turn.next_at
        if turn.slug is not None and turn.in_time:
            assert now < turn.expires_at
            assert may_train(now, self.zone, HOURS)
            assert may_send(turn.expires_at - MINUTE, self.zone, HOURS)
            assert turn.day == local_day(now, self.zone)
            self.given.append((turn.slug, turn.day))
            self.left.append((turn.slug, turn.day, now))


def new_member(zone: str, hour: time) -> Member:
    joined_at = datetime(2026, 11, 3, 20, tzinfo=UTC)
    member = Member(zone, joined_at, hour, joined_at)
    member.wind(joined_at)
    return member


minutes = st.integers(0, YEAR_MINUTES)
# Most of what happens is about the first days, in which most tips are given.
moments = st.one_of(minutes, st.integers(0, 20 * 24 * 60))
lengths = st.one_of(st.integers(1, 600), st.integers(1, 20 * 24 * 60))
within_hours = st.times(time(8), time(19, 59)).map(lambda at: at.replace(second=0, microsecond=0))
changes = st.one_of(
    st.sampled_from(("pause", "resume", "tell", *ZONES)),
    within_hours,
)


@settings(max_examples=40, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    hour=within_hours,
    down=st.lists(st.tuples(moments, lengths), max_size=12),
    changed=st.lists(st.tuples(moments, changes), max_size=12),
    step=st.integers(5, 55),
)
def test_through_a_year_of_trouble_no_member_gets_a_tip_twice_or_two_a_day_or_at_night(
    zone: str,
    hour: time,
    down: list[tuple[int, int]],
    changed: list[tuple[int, str | time]],
    step: int,
) -> None:
    member = new_member(zone, hour)
    coming = sorted(changed, key=lambda each: each[0])
    for minute in range(0, YEAR_MINUTES, step):
        now = member.joined_at + minute * MINUTE
        while coming and coming[0][0] <= minute:
            change(member, coming.pop(0)[1], now)
        if not any(start <= minute < start + length for start, length in down):
            member.tick(now)
    check_year(member)


def change(member: Member, what: str | time, now: datetime) -> None:
    if isinstance(what, time):
        member.hour, member.paused = what, False
    elif what in ZONES:
        member.zone = what
    elif what == "tell":
        member.logged_on = local_day(now, member.zone)
        return
    else:
        member.paused = what == "pause"
    member.wind(now)


def check_year(member: Member) -> None:
    times_of = Counter(slug for slug, _, _ in member.left)
    assert all(times_of[slug] <= 1 for slug in DAY_OF)
    days = Counter(day for _, day, _ in member.left)
    assert all(count == 1 for count in days.values())
    rules = dict(RULES)
    for slug, day, _ in member.left:
        # The day of joining is that of the zone in which the member lives now.
        age = (day - local_day(member.joined_at, "Asia/Jakarta")).days
        match rules[slug]:
            case OnDay(wanted):
                assert wanted - 1 <= age <= wanted + TIP_AGE_DAYS_MAX
            case OnWeekday(weekday):
                assert day.weekday() == weekday
            case AfterSilence(quiet):
                assert age >= quiet - 1
            case MonthStart():
                assert day.day == 1
            case BeforeMonthEnd(left):
                assert (day + timedelta(days=left + 1)).day == 1


@pytest.mark.parametrize("zone", ZONES)
def test_in_a_year_without_trouble_every_tip_comes_on_its_day_at_its_hour(zone: str) -> None:
    member = new_member(zone, time(9))
    for minute in range(0, YEAR_MINUTES, 15):
        member.tick(member.joined_at + minute * MINUTE)
    check_year(member)
    joined_on = local_day(member.joined_at, zone)
    came = {slug: day for slug, day, _ in member.left}
    assert {slug: (came[slug] - joined_on).days for slug in DAY_OF} == DAY_OF
    counts = Counter(slug for slug, _, _ in member.left)
    # Holidays took Easter's tip, and those of the first of January, May and June.
    assert (counts["closing"], counts["opening"], counts["quiet"]) == (11, 9, 1)
    for _, day, now in member.left:
        hour = time(9, 30) if FAST.first_day <= day <= FAST.last_day else time(9)
        assert now.astimezone(UTC) == newest_slot(now, hour, zone, HOURS)


def test_a_tip_by_day_of_membership_that_meets_a_holiday_comes_the_next_day() -> None:
    christmas = date(2026, 12, 25)
    member = new_member("Asia/Makassar", time(9))
    member.joined_at = datetime(2026, 12, 24, 4, tzinfo=UTC)
    for minute in range(0, 5 * 24 * 60, 15):
        member.tick(member.joined_at + minute * MINUTE)
    days = {slug: (day - christmas).days for slug, day, _ in member.left}
    assert days == {"first": 1, "second": 2, "third": 3}


def test_a_tip_more_than_two_hours_late_waits_for_another_day() -> None:
    member = new_member("Asia/Jakarta", time(9))
    member.tick(datetime(2026, 11, 5, 4, tzinfo=UTC))
    assert member.left == []
    member.tick(datetime(2026, 11, 6, 3, 59, 59, tzinfo=UTC))
    assert [slug for slug, _, _ in member.left] == ["first"]


def test_after_days_of_downtime_one_tip_comes_per_day_and_not_a_heap() -> None:
    member = new_member("Asia/Makassar", time(9))
    for minute in range(5 * 24 * 60, 12 * 24 * 60, 15):
        member.tick(member.joined_at + minute * MINUTE)
    assert [slug for slug, _, _ in member.left] == ["first", "second", "third", "week"]
