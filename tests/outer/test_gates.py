"""What Telegram wants to be left alone with, counted by the stopwatch."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot import gates
from bot.gates import Gates


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


def test_a_gate_is_closed_for_as_long_as_was_said_and_no_other_is(clock: Stopwatch) -> None:
    closed = Gates(clock)
    closed.close(gates.chat(7), 30)
    closed.close(gates.edits(8), 5)
    assert closed.shut(gates.chat(7))
    assert not closed.shut(gates.chat(8))
    assert not closed.shut(gates.BULK)
    assert (closed.chats(), closed.seconds_to_open()) == ([7], 5)
    clock.seconds += 30
    assert not closed.shut(gates.chat(7))
    assert (closed.chats(), closed.seconds_to_open()) == ([], None)


def test_the_longer_wait_counts(clock: Stopwatch) -> None:
    closed = Gates(clock)
    closed.close(gates.BULK, 30)
    closed.close(gates.BULK, 3)
    clock.seconds += 29
    assert closed.shut(gates.BULK)


def test_a_gate_has_a_family_that_names_nobody() -> None:
    scopes = [gates.chat(-7), gates.edits(7), gates.BULK, gates.MENUS, gates.TOASTS]
    assert [gates.family(scope) for scope in scopes] == [
        "chat", "edits", "bulk", "menus", "toasts",
    ]  # fmt: skip
