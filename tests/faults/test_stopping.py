"""What a bot that is asked to stop leaves behind: nothing uncertain, nothing lost, no process."""

import asyncio
import gc
import threading
from typing import Any

import pytest

from bot.app import App, Parts
from bot.store.queue import claiming, outbox
from bot.telegram_api.refusals import UnknownTokenError
from tests.faults.looking import messages_to, put, requests, said, until
from tests.stage import UNHURRIED, Stage


async def test_what_is_taken_while_the_bot_stops_is_put_back_and_not_in_doubt(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stop comes while the commit that claims the messages is under way."""
    take, entered, go_on = claiming.claim, threading.Event(), threading.Event()

    def slow(*args: Any, **kinds: Any) -> Any:
        taken = take(*args, **kinds)
        if taken.outbox_messages and not entered.is_set():
            entered.set()
            go_on.wait(5)
        return taken

    monkeypatch.setattr(claiming, "claim", slow)
    await put(stage, "Sari", "tip", "tip")
    await until(entered.is_set)
    stopping = asyncio.create_task(stage.stop())
    await asyncio.sleep(0.1)
    go_on.set()
    await stopping
    assert requests(stage) == []
    await stage.start()
    await until(lambda: said(stage, "Sari") == ["tip"])
    [message] = await messages_to(stage, "Sari")
    assert message.doubts == 0


async def test_send_results_that_wait_while_the_bot_stops_are_written(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stop comes before the commit of the send results has begun."""
    write, held = stage.app.database.write, asyncio.Event()

    async def slow(work: Any, **how: Any) -> Any:
        if getattr(work, "func", None) is outbox.cycle and work.keywords["results"]:
            held.set()
            await asyncio.sleep(0.2)
        return await write(work, **how)

    monkeypatch.setattr(stage.app.database, "write", slow)
    await put(stage, "Sari", "tip", "tip")
    await asyncio.wait_for(held.wait(), 5)
    await stage.stop()
    await stage.start()
    await stage.settle()
    [message] = await messages_to(stage, "Sari")
    assert (message.state, message.doubts) == ("sent", 0)


async def test_what_is_on_its_way_when_the_bot_stops_is_waited_for(stage: Stage) -> None:
    stage.telegram.disturb("delay", seconds=0.5)
    await put(stage, "Sari", "tip", "tip")
    await asyncio.sleep(0.2)
    await stage.stop()
    await stage.start()
    await stage.settle()
    [message] = await messages_to(stage, "Sari")
    assert (message.state, message.doubts) == ("sent", 0)
    assert said(stage, "Sari") == ["tip"]


async def test_a_backlog_does_not_keep_the_bot_from_stopping(stage: Stage) -> None:
    await stage.stop()
    for _ in range(1_500):
        stage.telegram.phones.say(stage.user("Sari"), "/saldo")
    await stage.start()
    await until(lambda: len(said(stage, "Sari")) > 3)
    began = asyncio.get_running_loop().time()
    await stage.stop()
    assert asyncio.get_running_loop().time() - began < 2
    await stage.start()


async def test_a_broken_database_does_not_keep_the_bot_from_stopping(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(work: Any, **how: Any) -> Any:
        del work, how
        raise OSError("disk")

    stage.telegram.disturb("delay", seconds=0.3)
    await put(stage, "Sari", "answer", "satu")
    await until(lambda: bool(stage.app.sender._sending))
    monkeypatch.setattr(stage.app.database, "write", broken)
    with pytest.raises(OSError, match="disk"):
        await asyncio.wait_for(stage.stop(), 9)
    assert not [thread for thread in threading.enumerate() if thread.name == "database writer"]
    stage._app = stage._run = None
    await stage.clock.close()
    await stage.start()
    await until(lambda: said(stage, "Sari") == ["satu", "satu"])


async def test_a_bot_that_telegram_does_not_know_leaves_no_connection_open(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.stop()
    token = "1000001:NOT_THE_TOKEN_THAT_WAS_GIVEN_TO_THIS_BOT"
    url = stage.telegram.url
    parts = Parts(token, url, stage.url, stage.company, stage.clock, UNHURRIED)
    with pytest.raises(UnknownTokenError):
        await App(parts).__aenter__()
    gc.collect()
    assert "Unclosed" not in caplog.text
    await stage.start()
