"""Which day a person means."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.conversation.messages import Message, Refusal
from bot.core.input.dates import (
    DayInFuture,
    DayTooOld,
    NotADay,
    read_day,
    some_day,
)
from bot.core.input.day_words import DAY_IN_LINE

THURSDAY = date(2026, 11, 12)
DAYS = 60


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("hari ini", date(2026, 11, 12)),
        ("Today", date(2026, 11, 12)),
        ("tadi pagi", date(2026, 11, 12)),
        ("kemarin", date(2026, 11, 11)),
        ("kalamareng", date(2026, 11, 11)),
        ("patang malam", date(2026, 11, 11)),
        ("malam minggu", date(2026, 11, 7)),
        ("malam minggu kemarin", date(2026, 11, 7)),
        ("hari minggu kemarin", date(2026, 11, 8)),
        ("ahad kemarin", date(2026, 11, 8)),
        ("malam jumat", date(2026, 11, 12)),
        ("malam jumat lalu", date(2026, 11, 5)),
        ("jumat pekan lalu", date(2026, 11, 6)),
        ("Kemaren sore", date(2026, 11, 11)),
        ("yesterday", date(2026, 11, 11)),
        ("kemarin dulu", date(2026, 11, 10)),
        ("2 hari yang lalu", date(2026, 11, 10)),
        ("tiga hari lalu", date(2026, 11, 9)),
        ("3 days ago", date(2026, 11, 9)),
        ("5", date(2026, 11, 5)),
        ("12", date(2026, 11, 12)),
        ("tgl 5", date(2026, 11, 5)),
        ("tanggal 5", date(2026, 11, 5)),
        ("tgl. 31", date(2026, 10, 31)),
        ("25", date(2026, 10, 25)),
        ("5/11", date(2026, 11, 5)),
        ("05-11-2026", date(2026, 11, 5)),
        ("5.11.26", date(2026, 11, 5)),
        ("2026-11-05", date(2026, 11, 5)),
        ("5 Nov", date(2026, 11, 5)),
        ("5 november 2026", date(2026, 11, 5)),
        ("tgl 30 Okt", date(2026, 10, 30)),
        ("5th November", date(2026, 11, 5)),
        ("Senin", date(2026, 11, 9)),
        ("hari Jum'at", date(2026, 11, 6)),
        ("minggu", date(2026, 11, 8)),
        ("Kamis", date(2026, 11, 12)),
        ("kamis lalu", date(2026, 11, 5)),
        ("last monday", date(2026, 11, 9)),
        ("senin kemarin", date(2026, 11, 9)),
    ],
)
def test_a_day_is_read_as_people_say_it(typed: str, day: date) -> None:
    assert read_day(typed, THURSDAY, DAYS) == day


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("besok", DayInFuture(date(2026, 11, 13))),
        ("13", DayInFuture(date(2026, 11, 13))),
        ("20/11", DayInFuture(date(2026, 11, 20))),
        ("5 Desember", DayInFuture(date(2026, 12, 5))),
        ("5/11/2027", DayInFuture(date(2027, 11, 5))),
        ("1/9", DayTooOld(date(2026, 9, 1), date(2026, 9, 13))),
        ("5 Nov 2025", DayTooOld(date(2025, 11, 5), date(2026, 9, 13))),
        ("", NotADay("")),
        ("entah", NotADay("entah")),
        ("32", NotADay("32")),
        ("0", NotADay("0")),
        ("31/2", NotADay("31/2")),
        ("11/25", NotADay("11/25")),
        ("29/2/2026", NotADay("29/2/2026")),
        ("5/11/026", NotADay("5/11/026")),
        ("5/11-2026", NotADay("5/11-2026")),
        ("minggu lalu", NotADay("minggu lalu")),
        ("minggu kemarin", NotADay("minggu kemarin")),
        ("minggu kmrn", NotADay("minggu kmrn")),
        ("mgg yang lalu", NotADay("mgg yang lalu")),
        ("５", NotADay("５")),
        ("5 Foo", NotADay("5 Foo")),
    ],
)
def test_a_day_that_cannot_be_is_refused(typed: str, message: Message) -> None:
    with pytest.raises(Refusal) as refused:
        read_day(typed, THURSDAY, DAYS)
    assert refused.value.message == message


def test_a_day_at_the_turn_of_the_year_is_the_nearest_one() -> None:
    second_of_january = date(2027, 1, 2)
    assert read_day("30/12", second_of_january, DAYS) == date(2026, 12, 30)
    assert read_day("30", second_of_january, DAYS) == date(2026, 12, 30)
    assert read_day("kemarin dulu", second_of_january, DAYS) == date(2026, 12, 31)


def test_the_oldest_day_is_still_taken() -> None:
    assert read_day("5/11", THURSDAY, 7) == date(2026, 11, 5)
    with pytest.raises(Refusal):
        read_day("4/11", THURSDAY, 7)


def test_the_29th_of_february_is_found_in_a_leap_year() -> None:
    assert read_day("29/2", date(2028, 3, 1), DAYS) == date(2028, 2, 29)
    assert read_day("tgl 31", date(2027, 3, 1), DAYS) == date(2027, 1, 31)


@given(st.dates(date(2020, 1, 1), date(2080, 1, 1)), st.integers(0, DAYS))
def test_every_allowed_day_written_out_is_read_back(today: date, ago: int) -> None:
    day = today - timedelta(days=ago)
    written = [day.isoformat(), f"{day.day}/{day.month}/{day.year}", f"{day.day}/{day.month}"]
    assert {read_day(typed, today, DAYS) for typed in written} == {day}


@given(st.dates(date(2020, 1, 1), date(2080, 1, 1)), st.text(max_size=20))
def test_any_text_is_a_day_in_the_range_or_refused(today: date, typed: str) -> None:
    try:
        day = read_day(typed, today, DAYS)
    except Refusal:
        return
    assert today - timedelta(days=DAYS) <= day <= today


@pytest.mark.parametrize(
    "phrase",
    [
        "tgl 5",
        "5/11",
        "5-11-2026",
        "5 nov",
        "tgl 2 juli",
        "hari senin",
        "2 hari lalu",
        "kemarin dulu",
    ],
)
def test_a_day_found_in_a_line_can_be_read(phrase: str) -> None:
    found = re.compile(DAY_IN_LINE, re.VERBOSE | re.IGNORECASE).match(f"{phrase} ke bu ani")
    assert found is not None
    assert found.group().strip() == phrase
    assert some_day(found.group(), THURSDAY) <= THURSDAY


@given(st.from_regex(re.compile(DAY_IN_LINE, re.VERBOSE | re.ASCII), fullmatch=True))
def test_what_a_line_takes_for_a_day_is_one_or_refused(words: str) -> None:
    try:
        day = some_day(" ".join(words.split()), THURSDAY)
    except Refusal:
        return
    assert isinstance(day, date)
