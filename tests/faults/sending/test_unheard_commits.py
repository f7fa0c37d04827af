"""A commit is kept and its answer lost, or a send result cannot be written: no chat is blocked."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.runtime.pending_results import REST_SECONDS, PendingResults
from bot.store.db.database import StoreUnavailableError, open_database
from bot.store.queue.outbox_messages import OutboxMessage, SendResult
from bot.system.clock import SystemClock
from tests.blank import blank_file
from tests.faults.looking import one_message, put, requests, said, until
from tests.stage import Stage

REFUSE = """
    CREATE TRIGGER refuse BEFORE UPDATE ON outbox
    WHEN NEW.key = 'satu' AND NEW.state IN ('sent', 'failed')
    BEGIN SELECT RAISE(ABORT, 'not this one'); END
"""


@pytest.mark.parametrize("kind", ["answer", "tip"])
async def test_letters_that_were_taken_without_our_knowing_leave_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, kind: Any
) -> None:
    """The server commits, and the connection breaks before it can say so."""
    write = stage.app.database.write
    lost: list[object] = []

    async def breaks_after(work: Any, **how: Any) -> Any:
        done = await write(work, **how)
        if how.get("first") and done[0] and len(lost) < 2:
            lost.append(done)
            raise StoreUnavailableError("connection lost")
        return done

    monkeypatch.setattr(stage.app.database, "write", breaks_after)
    monkeypatch.setattr("bot.runtime.sender.BROKEN_STORE_SECONDS", 0.02)
    await put(stage, "Sari", kind, "satu")
    await put(stage, "Sari", kind, "dua")
    await until(lambda: said(stage, "Sari") == ["satu", "dua"])
    await stage.settle()
    for key in ("satu", "dua"):
        message = await one_message(stage, key)
        assert (message.state, message.tries, message.doubts) == ("sent", 1, 0)
    assert len(lost) == 2


async def test_what_is_on_its_way_is_not_taken_back_with_what_is_not(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    write = stage.app.database.write
    lost: list[object] = []

    async def breaks_after(work: Any, **how: Any) -> Any:
        done = await write(work, **how)
        if how.get("first") and any(message.key == "lain" for message in done[0]) and not lost:
            lost.append(done)
            raise StoreUnavailableError("connection lost")
        return done

    monkeypatch.setattr(stage.app.database, "write", breaks_after)
    monkeypatch.setattr("bot.runtime.sender.BROKEN_STORE_SECONDS", 0.02)
    stage.telegram.disturb("delay", seconds=2, person=stage.user("Sari"))
    await put(stage, "Sari", "answer", "satu")
    await until(lambda: bool(stage.app.sender._sending))
    await put(stage, "Tuti", "answer", "lain")
    await until(lambda: said(stage, "Tuti") == ["lain"])
    await until(lambda: said(stage, "Sari") == ["satu"])
    await stage.settle()
    assert len(requests(stage)) == 2
    records = [
        each
        for each in caplog.records
        if "claimed by a lost commit are released" in each.getMessage()
    ]
    assert [vars(each)["count"] for each in records] == [1]
    assert (await one_message(stage, "satu")).tries == 1


async def test_a_send_result_that_cannot_be_written_is_written_later_and_holds_up_no_other(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.write(lambda conn: conn.exec_driver_sql(REFUSE))
    await put(stage, "Sari", "answer", "satu")
    await until(lambda: bool(stage.app.sender._results._resting))
    for number in range(20):
        await put(stage, "Tuti", "answer", f"lain {number}")
    await until(lambda: len(said(stage, "Tuti")) == 20)
    assert caplog.text.count("the outbox cannot be read or written") == 1
    await stage.write(lambda conn: conn.exec_driver_sql("DROP TRIGGER refuse"))
    stopwatch = stage.clock.monotonic
    stage.clock.monotonic = lambda: stopwatch() + REST_SECONDS  # type: ignore[method-assign]
    await put(stage, "Sari", "answer", "dua")
    await until(lambda: said(stage, "Sari") == ["satu", "dua"])
    await stage.settle()
    message = await one_message(stage, "satu")
    assert (message.state, message.tries) == ("sent", 1)


async def test_a_delayed_send_result_is_written_when_the_bot_stops(stage: Stage) -> None:
    await stage.write(lambda conn: conn.exec_driver_sql(REFUSE))
    await put(stage, "Sari", "answer", "satu")
    await until(lambda: bool(stage.app.sender._results._resting))
    await stage.write(lambda conn: conn.exec_driver_sql("DROP TRIGGER refuse"))
    await stage.stop()
    await stage.start()
    message = await one_message(stage, "satu")
    assert (message.state, message.doubts) == ("sent", 0)
    assert said(stage, "Sari") == ["satu"]


async def test_send_results_that_were_not_tried_before_the_stop_are_kept(tmp_path: Path) -> None:
    file = await asyncio.to_thread(blank_file, tmp_path)
    books = open_database(f"sqlite+aiosqlite:///{file}")
    entered, leave = threading.Event(), threading.Event()

    def slow(_: Connection) -> None:
        entered.set()
        leave.wait(30)

    busy = asyncio.create_task(books.write(slow))
    await asyncio.to_thread(entered.wait, 30)
    marking = PendingResults(books, SystemClock())
    messages = [OutboxMessage(number, 5, "answer", "sendMessage", {}, 1) for number in (1, 2, 3)]
    marks = [SendResult(message, "sent") for message in messages]
    writing = asyncio.create_task(marking.one_by_one(marks))
    await asyncio.sleep(0)
    writing.cancel()
    await asyncio.wait([writing])
    leave.set()
    await busy
    assert writing.cancelled()
    assert marking.take() == marks
    await books.close()
