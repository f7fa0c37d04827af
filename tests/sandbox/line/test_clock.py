"""The sandbox's clock and those who follow it."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import aiohttp
from telegram import Bot

from sandbox.server import Sandbox
from tests.sandbox.cast import SARI, Ask

MORNING = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)


async def test_the_clock_is_set_moved_frozen_and_released(control: Ask, look: Ask) -> None:
    _, set_ = await control("clock", set="2027-01-04T16:00:00+07:00", freeze=True)
    assert (set_["now"], set_["frozen"]) == (MORNING.isoformat(), True)
    _, moved = await control("clock", advance=90)
    assert moved["epoch"] == MORNING.timestamp() + 90
    assert moved["version"] == set_["version"] + 1
    assert (await look("/clock"))[1]["epoch"] == moved["epoch"]
    _, running = await control("clock", freeze=False)
    assert running["frozen"] is False
    await asyncio.sleep(0.02)
    assert 0 < (await look("/clock"))[1]["epoch"] - moved["epoch"] < 5


async def test_messages_carry_the_sandboxs_time(bot: Bot, telegram: Sandbox) -> None:
    await telegram.move_clock(MORNING, freeze=True)
    sent = await bot.send_message(SARI, "x")
    assert sent.date == MORNING
    await telegram.move_clock(advance=timedelta(days=2).total_seconds())
    edited = await bot.edit_message_text("y", SARI, sent.message_id)
    assert not isinstance(edited, bool)
    assert edited.edit_date == MORNING + timedelta(days=2)


async def test_an_invalid_request_is_refused(control: Ask) -> None:
    for wish in ({}, {"set": "soon"}, {"set": "2027-01-04T09:00:00"}, {"back": 5}):
        assert (await control("clock", **wish))[0] == 400


async def follow(http: aiohttp.ClientSession, url: str, heard: list[int], rest_s: float) -> None:
    """A follower that waits for a while before it asks again."""
    version = 0
    while True:
        async with http.get(f"{url}/clock?after={version}&timeout=25") as answer:
            version = (await answer.json())["version"]
        await asyncio.sleep(rest_s)
        heard.append(version)


async def test_a_move_returns_when_every_follower_has_asked_again(
    http: aiohttp.ClientSession, telegram: Sandbox, control: Ask
) -> None:
    heard: list[int] = []
    followers = [
        asyncio.create_task(follow(http, telegram.url, heard, rest_s)) for rest_s in (0.05, 0.3)
    ]
    await asyncio.sleep(0.5)
    heard.clear()
    _, moved = await control("clock", advance=60)
    assert heard == [moved["version"]] * 2
    assert (moved["followers"], moved["followed"]) == (2, True)
    for follower in followers:
        follower.cancel()
    await asyncio.gather(*followers, return_exceptions=True)


async def test_a_follower_that_has_gone_is_not_waited_for(telegram: Sandbox, control: Ask) -> None:
    async with aiohttp.ClientSession() as http:
        follower = asyncio.create_task(follow(http, telegram.url, [], 0))
        await asyncio.sleep(0.1)
        follower.cancel()
        await asyncio.gather(follower, return_exceptions=True)
    await asyncio.sleep(0.1)
    began = time.monotonic()
    _, moved = await control("clock", advance=60)
    assert time.monotonic() - began < 1
    assert moved["followed"] is True


async def test_a_followed_clock_answers_at_once_to_an_unknown_version(look: Ask) -> None:
    began = time.monotonic()
    await look("/clock?after=999&timeout=25")
    assert time.monotonic() - began < 1
