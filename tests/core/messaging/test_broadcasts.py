"""How long a broadcast takes, and the bar that shows it."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar.hours import may_train
from bot.core.messaging.broadcasts import bar, ends_at

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
    assert ends_at(MORNING, {"Asia/Jakarta": 1_200}, 20, HOURS) == MORNING + timedelta(minutes=1)
    assert ends_at(MORNING, {}, 20, HOURS) == MORNING
    assert ends_at(MORNING, {"Asia/Jakarta": 1}, 20, HOURS) == MORNING + timedelta(seconds=1)


def test_messages_that_do_not_fit_before_the_evening_go_on_in_the_morning() -> None:
    evening = datetime(2026, 11, 23, 12, 59, tzinfo=UTC)  # 19.59 in Jakarta
    morning = datetime(2026, 11, 24, 1, tzinfo=UTC)
    end = ends_at(evening, {"Asia/Jakarta": 2_400}, 20, HOURS)
    assert end == morning + timedelta(minutes=1)


def test_each_zone_waits_for_its_own_morning_and_no_message_leaves_on_a_holiday() -> None:
    night = datetime(2026, 12, 24, 22, tzinfo=UTC)  # the holiday has begun everywhere
    end = ends_at(night, dict.fromkeys(ZONES, 20), 20, HOURS)
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
    end = ends_at(start, waiting, rate, HOURS)
    total = sum(waiting.values())
    # In the last second before an evening at least one is sent, whatever fits.
    assert end - start >= timedelta(seconds=total // rate) - timedelta(seconds=60)
    if total:
        moment = end - timedelta(seconds=1)
        assert any(may_train(moment, zone, HOURS) for zone in waiting)


@given(st.integers(0, 100_000), st.integers(0, 100_000))
def test_the_bar_is_full_when_all_is_done_and_not_before(done: int, more: int) -> None:
    shown = bar(done, done + more)
    assert len(shown) == 10
    assert (shown == "█" * 10) == (more == 0)
