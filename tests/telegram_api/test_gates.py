"""The pauses that Telegram asks for, measured with the stopwatch."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.telegram_api import retry_gates
from bot.telegram_api.retry_gates import Gates


class Stopwatch:
    """A clock whose stopwatch is set by hand."""

    seconds = 100.0

    def now(self) -> datetime:
        return datetime(2026, 11, 1, tzinfo=UTC)

    def monotonic(self) -> float:
        return self.seconds

    def on_change(self, callback: Callable[[], None]) -> None:
        del callback


@pytest.fixture
def clock() -> Stopwatch:
    return Stopwatch()


def test_a_gate_is_closed_for_as_long_as_telegram_asked_and_no_other_is(clock: Stopwatch) -> None:
    closed = Gates(clock)
    closed.close(retry_gates.chat(7), 30)
    closed.close(retry_gates.edits(8), 5)
    assert closed.is_closed(retry_gates.chat(7))
    assert not closed.is_closed(retry_gates.chat(8))
    assert not closed.is_closed(retry_gates.BULK_GATE)
    assert (closed.chats(), closed.seconds_to_open()) == ([7], 5)
    clock.seconds += 30
    assert not closed.is_closed(retry_gates.chat(7))
    assert (closed.chats(), closed.seconds_to_open()) == ([], None)


def test_the_longer_wait_counts(clock: Stopwatch) -> None:
    closed = Gates(clock)
    closed.close(retry_gates.BULK_GATE, 30)
    closed.close(retry_gates.BULK_GATE, 3)
    clock.seconds += 29
    assert closed.is_closed(retry_gates.BULK_GATE)


def test_the_family_of_a_gate_names_no_person() -> None:
    scopes = [
        retry_gates.chat(-7),
        retry_gates.edits(7),
        retry_gates.BULK_GATE,
        retry_gates.MENUS,
        retry_gates.TOASTS,
    ]
    assert [retry_gates.family(scope) for scope in scopes] == [
        "chat", "edits", "bulk", "menus", "toasts",
    ]  # fmt: skip
