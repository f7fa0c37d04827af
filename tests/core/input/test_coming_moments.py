"""Moments to come as people type them; never a day that was not said."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.conversation.messages import Refusal
from bot.core.input.clock_times import NotATime
from bot.core.input.coming_moments import TimeHasPassed, TooFarAhead, read_moment

ZONE = "Asia/Makassar"
# A Monday, 10.00 in Makassar.
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
AHEAD = 60


def _local(text: str) -> str:
    found = read_moment(text, NOW, ZONE, AHEAD)
    return f"{found.astimezone(ZoneInfo(ZONE)):%d %H.%M}"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14.15", "23 14.15"),
        ("jam 7 malam", "23 19.00"),
        ("nanti malam jam 7", "23 19.00"),
        ("nanti jam 3 sore", "23 15.00"),
        ("malam ini jam 7", "23 19.00"),
        ("hari ini jam 16.30", "23 16.30"),
        ("besok jam 7 malam", "24 19.00"),
        ("Besok, jam 7 malam", "24 19.00"),
        ("besok malam jam 7", "24 19.00"),
        ("jam 7 malam besok", "24 19.00"),
        ("bsk pagi 9", "24 09.00"),
        ("besok 09.00", "24 09.00"),
        ("tomorrow 7 pm", "24 19.00"),
        ("tomorrow evening at 7", "24 19.00"),
        ("lusa jam 9 pagi", "25 09.00"),
        ("besok lusa 9.30", "25 09.30"),
        ("28 Nov 19.00", "28 19.00"),
        ("28 november 2026 jam 19.00", "28 19.00"),
        ("tgl 28 jam 9", "28 09.00"),
        ("28/11 jam 9 pagi", "28 09.00"),
        ("28-11-2026 09.00", "28 09.00"),
        ("2026-11-28 09:00", "28 09.00"),
        ("tanggal 5 jam 9", "05 09.00"),
        ("jumat jam 9", "27 09.00"),
        ("hari jumat jam 9 pagi", "27 09.00"),
        ("senin jam 16", "23 16.00"),
        ("senin depan jam 9", "30 09.00"),
        ("next monday 9 am", "30 09.00"),
        ("5 jan 9.00", "05 09.00"),
    ],
)
def test_a_moment_is_read(typed: str, meant: str) -> None:
    assert _local(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["", "entahlah", "besok", "minggu depan", "28 Nov", "besok kemarin jam 7", "jam",
     "31 feb 9.00", "besok jam 25", "a" * 65, "1 " * 30, "senin selasa 9.00"],
)  # fmt: skip
def test_what_is_no_moment_is_asked_again(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_moment(typed, NOW, ZONE, AHEAD)
    assert isinstance(refused.value.message, NotATime)


@pytest.mark.parametrize("typed", ["9.00", "jam 9 pagi", "10.00", "hari ini 9.00", "senin jam 9"])
def test_a_time_that_is_over_is_never_taken_for_tomorrow(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_moment(typed, NOW, ZONE, AHEAD)
    message = refused.value.message
    assert isinstance(message, TimeHasPassed)
    assert NOW < message.next <= NOW + timedelta(days=1)


def test_a_moment_months_ahead_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        read_moment("5 mei 9.00", NOW, ZONE, AHEAD)
    assert refused.value.message == TooFarAhead(AHEAD)


@given(st.integers(1, 59), st.times(), st.sampled_from(["Asia/Jakarta", ZONE, "Asia/Jayapura"]))
def test_a_date_in_full_is_that_date(days: int, wall: datetime, zone: str) -> None:
    day = (NOW + timedelta(days=days)).astimezone(ZoneInfo(zone)).date()
    found = read_moment(f"{day:%d/%m/%Y} {wall:%H.%M}", NOW, zone, AHEAD)
    local = found.astimezone(ZoneInfo(zone))
    assert (local.date(), f"{local:%H.%M}") == (day, f"{wall:%H.%M}")


@given(st.text(max_size=70))
def test_any_text_gives_a_moment_to_come_or_is_refused(text: str) -> None:
    try:
        found = read_moment(text, NOW, ZONE, AHEAD)
    except Refusal:
        return
    assert NOW < found <= NOW + timedelta(days=AHEAD)
