"""Every request is checked against the published schema."""

from typing import Any

import aiohttp
import pytest
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from sandbox.server import Sandbox
from tests.sandbox.cast import SARI, Ask


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("sendMessage", {"txt": "x"}, 'unknown parameter "txt" of sendMessage'),
        ("sendMessage", {"text": ["x"]}, "\"text\" must be String, got ['x']"),
        (
            "sendMessage",
            {"text": "x", "protect_content": "maybe"},
            "\"protect_content\" must be Boolean, got 'maybe'",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"inline_keyboard": [{"text": "x"}]}},
            "\"reply_markup.inline_keyboard[0]\" must be an Array, got {'text': 'x'}",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"callback_data": "x"}]]}},
            '"reply_markup.inline_keyboard[0][0]" lacks the field "text" of InlineKeyboardButton',
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "data": "y"}]]}},
            (
                '"reply_markup.inline_keyboard[0][0]" has the field "data", '
                "unknown to InlineKeyboardButton"
            ),
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"remove_keyboard": False}},
            '"reply_markup.remove_keyboard" must be True, got False',
        ),
        (
            "sendMessage",
            {"text": "x", "link_preview_options": {"is_disabled": 1}},
            '"link_preview_options.is_disabled" must be Boolean, got 1',
        ),
        ("sendPhoto", {"photo": "x", "width": 3}, 'unknown parameter "width" of sendPhoto'),
        ("setMyCommands", {"chat_id": None}, '"commands" of setMyCommands is required'),
        (
            "setMyCommands",
            {"chat_id": None, "commands": [{"command": "x" * 33, "description": "y"}]},
            '"commands[0].command" must be 1 to 32 characters, is 33',
        ),
        (
            "getMyCommands",
            {"chat_id": None, "scope": {"type": "chat", "chat": 1}},
            '"scope" lacks the field "chat_id" of BotCommandScopeChat',
        ),
    ],
)
async def test_a_faulty_request_is_refused_and_recorded(
    ask: Ask, telegram: Sandbox, method: str, params: dict[str, Any], words: str
) -> None:
    status, answer = await ask(method, **{"chat_id": SARI, **params})
    assert (status, answer["description"]) == (400, f"Bad Request: sandbox: {words}")
    (fault,) = telegram.violations
    assert fault["method"] == method
    assert fault["description"] == answer["description"]


async def test_a_method_that_is_not_served_is_refused_by_its_name(
    bot: Bot, ask: Ask, telegram: Sandbox
) -> None:
    status, answer = await ask("sendDice", chat_id=SARI)
    assert (status, answer["error_code"]) == (501, 501)
    assert answer["description"] == "sandbox does not serve sendDice"
    with pytest.raises(TelegramError, match="does not serve sendSticker"):
        await bot.send_sticker(SARI, "x")
    assert len(telegram.violations) == 2


async def test_an_unknown_method_is_not_found(ask: Ask) -> None:
    assert await ask("sendCoffee") == (
        404,
        {"ok": False, "error_code": 404, "description": "Not Found: method not found"},
    )


async def test_a_wrong_token_is_refused(telegram: Sandbox, http: aiohttp.ClientSession) -> None:
    async with http.get(f"{telegram.url}/bot1:wrong/getMe") as answer:
        assert answer.status == 401
        assert (await answer.json())["description"] == "Unauthorized"
    async with http.get(f"{telegram.url}/botnonsense/getMe") as answer:
        assert answer.status == 404
    stranger = Bot("1:wrong", base_url=f"{telegram.url}/bot")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()


@pytest.mark.parametrize("method", ["getme", "GETME", "getMe"])
async def test_the_case_of_a_method_does_not_matter(
    telegram: Sandbox, http: aiohttp.ClientSession, method: str
) -> None:
    async with http.get(f"{telegram.url}/bot{telegram.token}/{method}") as answer:
        me = (await answer.json())["result"]
    assert me["username"] == "jualdulu_bot"
    assert me["is_bot"] is True


async def test_query_form_json_and_multipart_say_the_same(
    telegram: Sandbox, http: aiohttp.ClientSession
) -> None:
    url = f"{telegram.url}/bot{telegram.token}/sendMessage"
    keys = '{"inline_keyboard": [[{"text": "x", "callback_data": "1"}]]}'
    fields = {"chat_id": str(SARI), "text": "é", "reply_markup": keys, "protect_content": "true"}
    multipart = aiohttp.FormData(fields, default_to_multipart=True)
    for how in ({"params": fields}, {"data": fields}, {"json": fields}, {"data": multipart}):
        async with http.post(url, **how) as answer:
            body = await answer.json()
        assert body["result"]["text"] == "é"
        assert body["result"]["has_protected_content"] is True
        assert body["result"]["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "1"
    assert telegram.violations == []


async def test_a_body_that_is_no_json_is_refused(
    telegram: Sandbox, http: aiohttp.ClientSession
) -> None:
    url = f"{telegram.url}/bot{telegram.token}/sendMessage"
    headers = {"Content-Type": "application/json"}
    async with http.post(url, data=b"{", headers=headers) as answer:
        assert answer.status == 400
