"""Telegram holds a call through a short wait and then sends; only a long wait is refused."""

import asyncio
import time
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import RetryAfter

from sandbox import lanes
from sandbox.flood import Flood
from sandbox.server import Sandbox
from tests.sandbox.cast import BUDI, PEOPLE, SARI, Ask, bot_for
from tests.sandbox.line.test_disturbances import texts


async def test_a_held_call_is_served_at_the_end_of_its_hold(bot: Bot, telegram: Sandbox) -> None:
    telegram.disturb("hold", seconds=0.4)
    began = time.monotonic()
    sending = asyncio.create_task(bot.send_message(SARI, "1"))
    await asyncio.sleep(0.2)
    assert texts(telegram) == []
    await sending
    assert time.monotonic() - began >= 0.4
    assert texts(telegram) == ["1"]
    assert telegram.views.log()["requests"][-1]["outcome"] == "ok"
    assert telegram.views.log()["requests"][-1]["held_s"] == 0.4


async def test_a_call_is_sent_although_its_client_hangs_up_during_the_hold(
    bot: Bot, telegram: Sandbox
) -> None:
    telegram.disturb("hold", seconds=0.4)
    with pytest.raises(Exception, match=r"(?i)timed out"):
        await bot.send_message(SARI, "1", read_timeout=0.1)
    await bot.send_message(SARI, "1")
    assert texts(telegram) == ["1", "1"]


async def test_a_call_is_sent_even_when_the_connection_breaks_meanwhile(
    bot: Bot, telegram: Sandbox
) -> None:
    telegram.disturb("hold", seconds=0.5)
    sending = asyncio.create_task(bot.send_message(SARI, "1"))
    await asyncio.sleep(0.1)
    async with telegram.unreachable():
        await asyncio.gather(sending, return_exceptions=True)
        await asyncio.sleep(0.5)
    assert texts(telegram) == ["1"]


async def test_calls_of_one_chat_wait_behind_each_other_and_edits_too(
    bot: Bot, telegram: Sandbox
) -> None:
    first = await bot.send_message(SARI, "1")
    telegram.disturb("hold", seconds=0.4)
    began = time.monotonic()
    held = asyncio.create_task(bot.send_message(SARI, "2"))
    await asyncio.sleep(0.1)
    edit = asyncio.create_task(bot.edit_message_text("1b", SARI, first.message_id))
    await bot.send_message(BUDI, "1")
    assert time.monotonic() - began < 0.3
    assert texts(telegram) == ["1"]
    await asyncio.gather(held, edit)
    assert texts(telegram) == ["1b", "2"]


async def test_a_hold_without_a_length_takes_one_to_eight_seconds(telegram: Sandbox) -> None:
    telegram.disturb("hold", probability=1.0)
    strikes = [telegram.world.faults.strike("sendMessage", SARI, unread=False) for _ in range(50)]
    lengths = [fault.seconds for fault in strikes if fault]
    assert len(lengths) == 50
    assert all(1 <= seconds <= 8 for seconds in lengths)
    assert max(lengths) - min(lengths) > 4


async def test_internal_errors_are_waited_out_until_they_are_too_many(
    bot: Bot, telegram: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    telegram.disturb("internal_500", seconds=1)
    began = time.monotonic()
    await bot.send_message(SARI, "1")
    assert 1 <= time.monotonic() - began < 2
    slept: list[float] = []
    real = asyncio.sleep

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await real(0)

    monkeypatch.setattr("sandbox.bot_api.asyncio.sleep", sleep)
    telegram.disturb("internal_500", seconds=4)
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(SARI, "2")
    assert refused.value.retry_after == timedelta(seconds=8)
    assert [seconds for seconds in slept if seconds >= 1] == [1, 2, 4]
    assert texts(telegram) == ["1"]


async def test_a_chat_takes_a_burst_of_five_and_then_one_a_second_late() -> None:
    async with Sandbox(people=PEOPLE, steady=True) as telegram, bot_for(telegram) as bot:
        began = time.monotonic()
        await asyncio.gather(*(bot.send_message(SARI, str(number)) for number in range(5)))
        await bot.send_message(BUDI, "0")
        assert time.monotonic() - began < 0.9
        late = [asyncio.create_task(bot.send_message(SARI, "6")) for _ in range(2)]
        await bot.send_chat_action(SARI, "typing")
        await asyncio.gather(*late)
        assert 1.9 < time.monotonic() - began < 4
    assert len(texts(telegram)) == 7


async def test_a_hold_beyond_eight_seconds_is_refused_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with Sandbox(people=PEOPLE, steady=True) as telegram, bot_for(telegram) as bot:
        monkeypatch.setattr(telegram.world.flood, "seconds_to_wait", lambda *_: 9)
        began = time.monotonic()
        with pytest.raises(RetryAfter) as refused:
            await bot.send_message(SARI, "1")
        assert time.monotonic() - began < 1
        assert refused.value.retry_after == timedelta(seconds=9)


async def test_a_chat_with_too_many_unsent_messages_is_an_overload(
    bot: Bot, ask: Ask, telegram: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "UNSENT_MAX", 2)
    monkeypatch.setattr("sandbox.bot_api.OVERLOAD_S", 0.1)
    telegram.disturb("hold", seconds=0.5)
    waiting = [asyncio.create_task(bot.send_message(SARI, "1"))]
    await asyncio.sleep(0.1)
    waiting += [asyncio.create_task(bot.send_message(SARI, "1")) for _ in range(2)]
    await asyncio.sleep(0.1)
    assert (await ask("sendMessage", chat_id=SARI, text="x"))[1]["parameters"] == {
        "retry_after": 60
    }
    await asyncio.gather(*waiting)
    assert texts(telegram) == ["1", "1", "1"]


def test_some_calls_are_held_by_chance_unless_the_sandbox_is_steady() -> None:
    chances = Flood(on=True)
    held = [wait for _ in range(5_000) for wait in chances.chance_holds()]
    assert 20 < len(held) < 100
    assert all(1 <= seconds <= 8 for seconds in held)
    for calm in (Flood(on=True, steady=True), Flood(on=False)):
        assert not any(calm.chance_holds() for _ in range(1_000))


async def test_the_sandbox_stops_at_once_with_calls_held() -> None:
    async with Sandbox(people=PEOPLE, flood=False) as telegram, bot_for(telegram) as bot:
        telegram.disturb("hold", seconds=8)
        held = asyncio.create_task(bot.send_message(SARI, "1"))
        await asyncio.sleep(0.1)
        began = time.monotonic()
        await telegram.stop()
        assert time.monotonic() - began < 0.5
        await asyncio.gather(held, return_exceptions=True)
    assert texts(telegram) == []


async def test_a_call_is_sent_although_its_client_hangs_up_in_the_queue(
    bot: Bot, telegram: Sandbox
) -> None:
    telegram.disturb("hold", seconds=0.5)
    held = asyncio.create_task(bot.send_message(SARI, "1"))
    await asyncio.sleep(0.1)
    with pytest.raises(Exception, match=r"(?i)timed out"):
        await bot.send_message(SARI, "2", read_timeout=0.1)
    await held
    await bot.send_message(SARI, "3")
    assert texts(telegram) == ["1", "2", "3"]
