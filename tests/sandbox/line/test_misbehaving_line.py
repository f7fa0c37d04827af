"""Answers that come in pieces, cut, empty, too long, or from a proxy; none is Telegram's own."""

import asyncio
import json
import time

import aiohttp
import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter

from sandbox.refusals import NotPossible
from sandbox.server import Sandbox
from tests.sandbox.cast import SARI, Ask
from tests.sandbox.line.test_disturbances import texts


def address(telegram: Sandbox, method: str) -> str:
    return f"{telegram.url}/bot{telegram.token}/{method}"


@pytest.mark.parametrize("method", ["sendMessage", "getUpdates"])
async def test_an_answer_drips_one_byte_at_a_time_and_is_whole_in_the_end(
    telegram: Sandbox, http: aiohttp.ClientSession, method: str
) -> None:
    telegram.disturb("drip", method=method, seconds=0.5)
    began = time.monotonic()
    params = {"chat_id": SARI, "text": "1"} if method == "sendMessage" else {"timeout": 30}
    async with http.post(address(telegram, method), json=params) as answer:
        pieces = [piece async for piece in answer.content.iter_any()]
    assert pieces[:4] == [b" "] * 4
    assert 0.5 <= time.monotonic() - began < 2
    assert json.loads(b"".join(pieces))["ok"] is True
    assert len(texts(telegram)) == (method == "sendMessage")


@pytest.mark.parametrize("method", ["sendMessage", "getUpdates"])
@pytest.mark.parametrize(("kind", "result"), [("null_result", None), ("empty_result", [])])
async def test_an_answer_without_content_comes_at_once_and_nothing_is_done(
    telegram: Sandbox, ask: Ask, method: str, kind: str, result: object
) -> None:
    telegram.phones.say(SARI, "a")
    telegram.disturb(kind, method=method)
    params = {"chat_id": SARI, "text": "1"} if method == "sendMessage" else {"timeout": 30}
    assert await ask(method, **params) == (200, {"ok": True, "result": result})
    assert texts(telegram) == ["a"]
    assert telegram.views.confirmed()["pending"] == 1


async def test_a_stale_answer_is_what_it_was_and_nothing_is_done(telegram: Sandbox) -> None:
    telegram.disturb("stale", method="getMe", words='{"ok":true,"result":"older"}')
    url = address(telegram, "getMe")
    async with aiohttp.ClientSession() as http:
        async with http.get(url) as answer:
            assert (answer.status, await answer.json()) == (200, {"ok": True, "result": "older"})
        async with http.get(url) as answer:
            assert (await answer.json())["result"]["is_bot"]


@pytest.mark.parametrize("method", ["sendMessage", "getUpdates"])
async def test_a_truncated_answer_ends_in_the_middle_of_its_json(
    telegram: Sandbox, http: aiohttp.ClientSession, method: str
) -> None:
    telegram.disturb("truncated", method=method)
    params = {"chat_id": SARI, "text": "1"} if method == "sendMessage" else {}
    async with http.post(address(telegram, method), json=params) as answer:
        body = await answer.read()
        assert answer.status == 200
    assert body.startswith(b'{"ok":true,')
    with pytest.raises(ValueError):  # noqa: PT011  whatever json says
        json.loads(body)
    assert len(texts(telegram)) == (method == "sendMessage")


async def test_a_huge_answer_has_the_requested_length_and_can_be_abandoned(
    telegram: Sandbox, http: aiohttp.ClientSession
) -> None:
    telegram.disturb("huge", method="getUpdates", megabytes=3)
    async with http.get(address(telegram, "getUpdates")) as answer:
        body = await answer.read()
    assert json.loads(body) == {"ok": True, "result": []}
    assert len(body) > 3 * 1024 * 1024
    telegram.disturb("huge", method="sendMessage")
    params = {"chat_id": SARI, "text": "1"}
    async with http.post(address(telegram, "sendMessage"), json=params) as answer:
        assert await answer.content.readexactly(100) == b" " * 100
        answer.close()
    assert texts(telegram) == ["1"]


async def test_pages_of_a_proxy_and_codes_of_the_http_layer(
    telegram: Sandbox, http: aiohttp.ClientSession, bot: Bot
) -> None:
    telegram.disturb("http_403_html")
    async with http.post(
        address(telegram, "sendMessage"), json={"chat_id": SARI, "text": "1"}
    ) as answer:
        assert (answer.status, answer.content_type) == (403, "text/html")
        assert "403 Forbidden" in await answer.text()
    telegram.disturb("http_403_html")
    with pytest.raises(Forbidden):
        await bot.send_message(SARI, "1")
    for code in (413, 421):
        telegram.disturb(f"http_{code}", method="getMe")
        async with http.get(address(telegram, "getMe")) as answer:
            assert (await answer.json())["error_code"] == answer.status == code
    assert texts(telegram) == []


async def test_a_fault_can_last_so_long_and_is_then_over(bot: Bot, telegram: Sandbox) -> None:
    telegram.disturb("http_401", method="*", lasts=0.3)
    for _ in range(3):
        with pytest.raises(InvalidToken):
            await bot.send_message(SARI, "1")
    await asyncio.sleep(0.31)
    await bot.send_message(SARI, "2")
    assert texts(telegram) == ["2"]
    assert telegram.views.faults() == {"faults": []}


async def test_any_refusal_can_be_requested_in_its_own_words(
    ask: Ask, bot: Bot, telegram: Sandbox
) -> None:
    sent = await bot.send_message(SARI, "1")
    telegram.disturb("message_id_invalid", method="editMessageText")
    with pytest.raises(BadRequest, match=r"(?i)^message_id_invalid$"):
        await bot.edit_message_text("2", SARI, sent.message_id)
    telegram.disturb("restart")
    assert await ask("sendMessage", chat_id=SARI, text="2") == (
        500,
        {"ok": False, "error_code": 500, "description": "Internal Server Error: restart"},
    )
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    telegram.disturb("error", code=400, words=words, parameters={"migrate_to_chat_id": -7})
    _, answer = await ask("sendMessage", chat_id=SARI, text="2")
    assert answer == {
        "ok": False,
        "error_code": 400,
        "description": words,
        "parameters": {"migrate_to_chat_id": -7},
    }
    assert texts(telegram) == ["1"]
    assert telegram.violations == []


async def test_a_429_is_in_a_header_too_and_may_ask_for_a_year(
    telegram: Sandbox, http: aiohttp.ClientSession, bot: Bot
) -> None:
    year = 365 * 24 * 3600
    for _ in range(2):
        telegram.disturb("retry_after", method="getMe", seconds=year)
    async with http.get(address(telegram, "getMe")) as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (429, str(year))
        assert (await answer.json())["parameters"] == {"retry_after": year}
    with pytest.raises(RetryAfter):
        await bot.get_me()


async def test_an_overloaded_server_says_so_after_three_seconds(
    telegram: Sandbox, bot: Bot
) -> None:
    telegram.disturb("overload")
    began = time.monotonic()
    with pytest.raises(RetryAfter, match="0:01:00"):
        await bot.send_message(SARI, "1")
    assert time.monotonic() - began >= 3


async def test_a_hold_is_no_longer_than_telegram_holds(telegram: Sandbox) -> None:
    with pytest.raises(NotPossible, match="at most 8 s"):
        telegram.disturb("hold", seconds=9)
