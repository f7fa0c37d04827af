"""Claiming messages costs the same however many are open, counted in steps of SQLite."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Connection

from bot.store.db.fast_sqlite import FastConnection
from bot.store.queue import claiming, outbox, outcomes
from bot.store.queue.outbox import OutboxKind, SendResult
from bot.telegram_api.retry_gates import CHATS_MAX
from tests.store.both import DAY, START
from tests.store.seeding import new_database

SECOND: Final = timedelta(seconds=1)
FEW: Final = 1_000
MANY: Final = 10_000
CYCLES: Final = 3
STEPS_AT_ONCE: Final = 20
GROWTH_MAX: Final = 1.5
"""They differ by a factor of ten; the depth of an index may grow with it, no more."""


def _write(
    conn: Connection, number: int, chat: int, kind: OutboxKind = "answer", **more: Any
) -> None:
    outbox.put(
        conn, key=f"{kind}{number}", chat_id=chat, kind=kind, method="sendMessage",
        payload={"text": "Halo"}, at=START, **more,
    )  # fmt: skip


def _one_chat(conn: Connection, number: int) -> None:
    _write(conn, number, 5)


def _one_chat_of_notices(conn: Connection, number: int) -> None:
    _write(conn, number, 5, "notice")


def _one_chat_of_tips(conn: Connection, number: int) -> None:
    _write(conn, number, 5, "tip")


def _one_chat_that_waits_to_try_again(conn: Connection, number: int) -> None:
    _write(conn, number, 5)
    if number == 0:
        (message,) = claiming.claim(conn, START, 1, answers=1, bulk=0, excluded=()).outbox_messages
        outcomes.record_results(conn, [SendResult(message, "later", wait=DAY)], START)


def _one_chat_with_one_on_its_way(conn: Connection, number: int) -> None:
    _write(conn, number, 5)
    if number == 0:
        claiming.claim(conn, START, 1, answers=1, bulk=0, excluded=())


def _one_chat_of_screens(conn: Connection, number: int) -> None:
    _write(conn, number, 5, passing=True)


def _a_screen_before_all_that_stays(conn: Connection, number: int) -> None:
    _write(conn, number, 5, passing=number == 0)


def _tomorrow(conn: Connection, number: int) -> None:
    _write(conn, number, number, "notice", not_before=START + DAY)


def _tips_behind_the_gate(conn: Connection, number: int) -> None:
    _write(conn, number, number, "tip")


def _each_behind_a_gate(conn: Connection, number: int) -> None:
    _write(conn, number, number)


def _each_one(conn: Connection, number: int) -> None:
    _write(conn, number, number)


def _each_a_tip(conn: Connection, number: int) -> None:
    _write(conn, number, number, "tip", expires_at=START + DAY)


def _each_expired(conn: Connection, number: int) -> None:
    _write(conn, number, number, "tip", expires_at=START)


def _toasts(conn: Connection, number: int) -> None:
    _write(conn, number, 5, "toast", expires_at=START + DAY)


SHAPES = [
    _one_chat,
    _one_chat_of_notices,
    _one_chat_of_tips,
    _one_chat_that_waits_to_try_again,
    _one_chat_with_one_on_its_way,
    _one_chat_of_screens,
    _a_screen_before_all_that_stays,
    _tomorrow,
    _tips_behind_the_gate,
    _each_behind_a_gate,
    _each_one,
    _each_a_tip,
    _each_expired,
    _toasts,
]


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Callable[[str], Connection]]:
    """Yields a function that opens a new database in a transaction that is rolled back."""
    opened: list[Connection] = []

    def database(name: str) -> Connection:
        folder = tmp_path / name
        folder.mkdir()
        opened.append(FastConnection(new_database(folder)))
        opened[-1].begin()
        return opened[-1]

    yield database
    for conn in opened:
        conn.close()


def _steps(conn: Connection, shape: Callable[[Connection, int], None], size: int) -> int:
    """Returns the cost of some sender cycles with that many messages open, in steps of SQLite."""
    for number in range(size):
        shape(conn, number)
    driver: Any = conn.connection.driver_connection
    count = 0

    def step() -> None:
        nonlocal count
        count += STEPS_AT_ONCE

    closed = range(CHATS_MAX) if shape is _each_behind_a_gate else ()
    bulk = 0 if shape is _tips_behind_the_gate else 4
    driver.set_progress_handler(step, STEPS_AT_ONCE)
    results: list[SendResult] = []
    for _ in range(CYCLES):
        outbox_messages, _ = outbox.cycle(
            conn, results=results, now=START + SECOND, epoch=1, free=16, bulk=bulk, excluded=closed
        )
        results = [SendResult(message, "sent", message_id=1) for message in outbox_messages]
    driver.set_progress_handler(None, STEPS_AT_ONCE)
    return count


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__.strip("_"))
def test_claiming_costs_the_same_with_a_thousand_messages_open_and_with_ten_thousand(
    fresh: Callable[[str], Connection], shape: Callable[[Connection, int], None]
) -> None:
    few = _steps(fresh("few"), shape, FEW)
    many = _steps(fresh("many"), shape, MANY)
    assert many <= few * GROWTH_MAX + STEPS_AT_ONCE * CYCLES, f"{few} steps became {many}"
