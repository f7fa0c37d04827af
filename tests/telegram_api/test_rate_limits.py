"""How fast the bot writes, and how a slow Telegram slows it down."""

import pytest

from bot.telegram_api.rate_limits import SLOW_SECONDS, RateLimiter, Rates

SARI, TUTI = 7, 8
RATES = Rates(burst=3, per_second=1, bulk_per_second=20)
HELD = SLOW_SECONDS + 1
QUICK = SLOW_SECONDS / 4


@pytest.fixture
def limiter() -> RateLimiter:
    return RateLimiter(RATES)


def test_a_chat_gets_a_burst_and_then_its_share_of_each_second(limiter: RateLimiter) -> None:
    for _ in range(3):
        limiter.spend(SARI, "answer", 0.0)
    assert list(limiter.resting(0.5)) == [SARI]
    assert limiter.seconds_to_rest(0.5) == 0.5
    assert list(limiter.resting(1.0)) == []


def test_a_call_that_was_held_uses_up_the_chats_share_and_no_others(limiter: RateLimiter) -> None:
    limiter.spend(SARI, "answer", 0.0)
    limiter.spend(TUTI, "answer", 0.0)
    limiter.observe(SARI, HELD, 2.0)
    assert list(limiter.resting(2.0)) == [SARI]
    assert list(limiter.resting(3.9)) == [SARI], "two seconds now instead of one"
    assert list(limiter.resting(4.0)) == []


def test_each_hold_halves_a_chats_share_and_each_quick_answer_doubles_it(
    limiter: RateLimiter,
) -> None:
    waits = []
    now = 0.0
    for seconds in (HELD, HELD, HELD, HELD, QUICK, QUICK, QUICK, QUICK):
        limiter.spend(SARI, "answer", now)
        now += seconds
        limiter.observe(SARI, seconds, now)
        waits.append(limiter.seconds_to_rest(now) or 0.0)
        now += 30
    assert waits[:4] == [2.0, 4.0, 8.0, 8.0]
    assert waits[4:] == [0.0, 0.0, 0.0, 0.0]
    for _ in range(3):
        limiter.spend(SARI, "answer", now)
    assert limiter.seconds_to_rest(now) == 1.0, "all is as before"


def test_many_holds_lower_what_is_sent_in_all_and_quick_answers_raise_it(
    limiter: RateLimiter,
) -> None:
    assert limiter.in_flight_max(16) == 16
    for number in range(200):
        limiter.observe(number, HELD, 0.0)
    assert limiter.in_flight_max(16) == 2
    for _ in range(4):
        limiter.spend(TUTI, "tip", 0.0)
    assert limiter.bulk_allowance(0.2) == 0, "twenty a second have become a few"
    for number in range(200):
        limiter.observe(number, QUICK, 60.0)
    assert limiter.in_flight_max(16) == 15
    limiter.bulk_allowance(60.0)
    for _ in range(4):
        limiter.spend(TUTI, "tip", 60.0)
    assert limiter.bulk_allowance(60.2) >= 3


def test_one_hold_among_many_quick_answers_changes_next_to_nothing(limiter: RateLimiter) -> None:
    for number in range(100):
        limiter.observe(number, HELD if number % 20 == 0 else QUICK, 0.0)
    assert limiter.in_flight_max(16) >= 14


def test_toasts_do_not_count(limiter: RateLimiter) -> None:
    for _ in range(9):
        limiter.spend(SARI, "toast", 0.0)
    assert list(limiter.resting(0.0)) == []
