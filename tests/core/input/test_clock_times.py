"""Times of day as people type them, and when they come round again."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar.hours import LABELS
from bot.core.conversation.messages import Refusal
from bot.core.input.clock_times import NotATime, next_time, read_clock_time

MOMENTS = st.integers(0, 126_230_400).map(
    lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9", time(9)),
        ("09.30", time(9, 30)),
        ("16:30 WITA", time(16, 30)),
        ("jam 7 malam", time(19)),
        ("Pukul 4 sore", time(16)),
        ("jam 1 siang", time(13)),
        ("11 siang", time(11)),
        ("jam 12 siang", time(12)),
        ("8 pagi", time(8)),
        ("7 pm", time(19)),
        ("12 am", time(0)),
        ("at 8 o'clock", time(8)),
        ("0", time(0)),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, meant: time) -> None:
    assert read_clock_time(typed) == meant


@pytest.mark.parametrize("typed", ["", "besok", "24", "9.60", "25:00", "9.3", "jam", "9 9", "٩"])
def test_a_text_that_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_clock_time(typed)
    assert isinstance(refused.value.message, NotATime)


@given(st.text(max_size=60))
def test_any_text_is_a_time_or_a_refusal(typed: str) -> None:
    try:
        found = read_clock_time(typed)
    except Refusal as refusal:
        message = refusal.message
    else:
        assert found.second == found.microsecond == 0
        return
    assert isinstance(message, NotATime)


@given(st.times().map(lambda wall: wall.replace(second=0, microsecond=0)))
def test_a_time_shown_is_read_as_the_same_time(wall: time) -> None:
    assert read_clock_time(f"{wall:%H.%M}") == wall == read_clock_time(f"jam {wall:%H:%M}")


@given(MOMENTS, st.times().map(lambda t: t.replace(microsecond=0)), st.sampled_from(list(LABELS)))
def test_the_next_time_is_the_first_after_now_on_that_wall(
    after: datetime, wall: time, zone: str
) -> None:
    found = next_time(after, wall, zone)
    assert timedelta(0) < found - after <= timedelta(days=1)
    assert found.astimezone(ZoneInfo(zone)).time() == wall
