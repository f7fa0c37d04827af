"""Faults on the line, and Telegram's own pace."""

import asyncio
import time
from datetime import timedelta

import aiohttp
import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TelegramError

from sandbox.flood import Flood
from sandbox.refusals import NotPossible
from sandbox.server import Sandbox
from tests.sandbox.cast import BUDI, PEOPLE, SARI, Ask


def texts(telegram: Sandbox, person: int = SARI) -> list[str]:
    return [message["text"] for message in telegram.views.chat(person)["messages"]]


@pytest.mark.parametrize("kind", ["refuse", "cut_before"])
async def test_a_request_that_is_cut_before_has_no_effect(
    bot: Bot, telegram: Sandbox, kind: str
) -> None:
    telegram.disturb(kind)
    with pytest.raises(NetworkError):
        await bot.send_message(SARI, "1")
    await bot.send_message(SARI, "2")
    assert texts(telegram) == ["2"]
    assert telegram.views.log()["requests"][-2]["outcome"] == kind


async def test_a_request_that_is_cut_after_was_done(bot: Bot, telegram: Sandbox) -> None:
    telegram.disturb("cut_after")
    with pytest.raises(NetworkError):
        await bot.send_message(SARI, "1")
    assert texts(telegram) == ["1"]
    entry = telegram.views.log()["requests"][-1]
    assert (entry["outcome"], entry["message_id"], entry["person"]) == ("cut_after: ok", 1, SARI)


async def test_servers_break_in_two_ways(ask: Ask, bot: Bot, telegram: Sandbox) -> None:
    telegram.disturb("http_500")
    assert await ask("sendMessage", chat_id=SARI, text="1") == (
        500,
        {"ok": False, "error_code": 500, "description": "Internal Server Error"},
    )
    telegram.disturb("http_502_html")
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(SARI, "2")
    assert texts(telegram) == []


async def test_a_429_can_be_requested(bot: Bot, telegram: Sandbox) -> None:
    telegram.disturb("retry_after", seconds=7)
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(SARI, "1")
    assert refused.value.retry_after == timedelta(seconds=7)


async def test_a_slow_connection_delivers_late(bot: Bot, telegram: Sandbox) -> None:
    telegram.disturb("delay", seconds=0.2)
    began = time.monotonic()
    await bot.send_message(SARI, "1")
    assert time.monotonic() - began >= 0.2
    assert texts(telegram) == ["1"]


async def test_a_fault_affects_only_its_target(bot: Bot, telegram: Sandbox) -> None:
    telegram.disturb("http_500", person=BUDI)
    telegram.disturb("http_500", method="getChat")
    await bot.get_me()
    await bot.send_message(SARI, "1")
    with pytest.raises(TelegramError):
        await bot.get_chat(SARI)
    with pytest.raises(TelegramError):
        await bot.send_message(BUDI, "1")
    await bot.send_message(BUDI, "2")
    assert telegram.views.faults() == {"faults": []}


async def test_a_fault_by_chance_stays_until_it_is_cleared(
    bot: Bot, telegram: Sandbox, control: Ask
) -> None:
    status, answer = await control("fault", kind="http_500", probability=0.5, times=None, seed=3)
    assert (status, len(answer["faults"])) == (200, 1)
    failed = 0
    for number in range(40):
        try:
            await bot.send_message(SARI, str(number))
        except TelegramError:
            failed += 1
    assert 8 < failed < 32
    assert len(texts(telegram)) == 40 - failed
    assert await control("fault/clear") == (200, {"cleared": 1})
    await bot.send_message(SARI, "x")


async def test_an_unknown_fault_is_not_set(telegram: Sandbox, control: Ask) -> None:
    assert (await control("fault", kind="rain"))[0] == 400
    with pytest.raises(NotPossible):
        telegram.disturb("rain")


async def test_while_unreachable_no_client_connects_and_nothing_is_lost(
    telegram: Sandbox, bot: Bot
) -> None:
    await bot.send_message(SARI, "1")
    address = telegram.url
    async with telegram.unreachable(), aiohttp.ClientSession() as http:
        with pytest.raises(aiohttp.ClientConnectorError):
            await http.get(f"{address}/bot{telegram.token}/getMe")
    assert telegram.url == address
    await bot.send_message(SARI, "2")
    assert texts(telegram) == ["1", "2"]


async def test_the_sandbox_stops_at_once_despite_open_lines(
    http: aiohttp.ClientSession,
) -> None:
    async with Sandbox(people=PEOPLE) as telegram:
        stream = await http.get(f"{telegram.url}/events?after=0")
        held = [
            asyncio.create_task(_fetched(http, f"{telegram.url}{path}"))
            for path in (
                f"/bot{telegram.token}/getUpdates?timeout=50",
                "/clock?after=1&timeout=25",
                f"/control/wait?person={SARI}&after=0&timeout=25",
            )
        ]
        await asyncio.sleep(0.1)
        began = time.monotonic()
    assert time.monotonic() - began < 0.2
    assert list(await asyncio.gather(*held)) == [200, 200, 200]
    stream.close()


async def _fetched(http: aiohttp.ClientSession, url: str) -> int:
    async with http.get(url) as answer:
        await answer.read()
        return answer.status


def test_all_chats_together_take_thirty_a_second() -> None:
    flood = Flood(on=True)
    passed = [flood.seconds_to_wait(chat, now=100.0) for chat in range(1, 41)]
    assert passed == [0] * 30 + [1] * 10
    assert [flood.seconds_to_wait(chat, now=101.0) for chat in range(1, 32)] == [0] * 30 + [1]


def test_a_group_takes_twenty_a_minute() -> None:
    flood = Flood(on=True)
    assert [flood.seconds_to_wait(-5, now=100.0) for _ in range(21)] == [0] * 20 + [3]
    assert flood.seconds_to_wait(-5, now=103.0) == 0
