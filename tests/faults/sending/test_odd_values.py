"""Answers of the right shape that hold what no Telegram says, and what no database takes."""

import asyncio
import json
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
import pytest

from bot.store.queue.outbox_messages import OutboxMessage, SendResult
from bot.telegram_api import http
from tests.faults.looking import messages_to, one_message, put, said, until
from tests.stage import Stage

HUGE = 10**30


async def test_a_number_that_no_database_takes_holds_up_nobodys_answers(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, left = http._read, 1

    async def odd(answer: aiohttp.ClientResponse, most: int) -> bytes:
        nonlocal left
        body = await read(answer, most)
        if left and answer.url.path.endswith("/sendMessage"):
            left -= 1
            content: dict[str, Any] = json.loads(body)
            content["result"]["message_id"] = HUGE
            return json.dumps(content).encode()
        return body

    monkeypatch.setattr(http, "_read", odd)
    await put(stage, "Sari", "answer", "satu")
    await until(lambda: not left)
    await put(stage, "Tuti", "answer", "dua")
    await until(lambda: said(stage, "Tuti") == ["dua"])
    await stage.settle()
    [message] = await messages_to(stage, "Sari")
    assert (message.state, message.doubts) == ("sent", 1)


async def test_words_that_no_database_takes_hold_up_nobodys_answers(stage: Stage) -> None:
    stage.telegram.disturb("error", code=400, words="Bad Request: a \ud800 b \x00 c")
    await put(stage, "Sari", "answer", "satu")
    await put(stage, "Tuti", "answer", "dua")
    await until(lambda: said(stage, "Tuti") == ["dua"])
    await stage.settle()
    assert (await one_message(stage, "satu")).state in {"failed", "sent"}


@pytest.mark.parametrize(
    "date",
    [
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Mon, 01 Jan 99999999999 00:00:00 GMT",
        "Mon, 01 Jan 2026 00:00:00 +99999999999",
        "Mon, 01 Jan 0001 00:00:00 GMT",
    ],
)
async def test_a_date_that_cannot_be_counted_with_is_none(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, date: str
) -> None:
    monkeypatch.setattr(
        "bot.system.clock_check.parsedate_to_datetime", lambda _: parsedate_to_datetime(date)
    )
    await put(stage, "Sari", "answer", "satu")
    stage.telegram.phones.say(stage.user("Tuti"), "S")
    await until(lambda: len(said(stage, "Tuti")) == 1)
    await stage.settle()
    assert said(stage, "Sari") == ["satu"]
    [message] = await messages_to(stage, "Sari")
    assert message.doubts == 0


@pytest.mark.parametrize("fault", ["null_result", "empty_result", "truncated", "http_403_html"])
async def test_a_start_that_meets_no_bot_api_asks_again(stage: Stage, fault: str) -> None:
    await stage.stop()
    stage.telegram.disturb(fault, method="getMe", times=2)
    async with asyncio.timeout(30):
        await stage.start()
    await put(stage, "Sari", "answer", "satu")
    await until(lambda: said(stage, "Sari") == ["satu"])


async def test_a_send_result_that_cannot_be_written_holds_up_no_other_answer(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = stage.app.sender._gateway_send

    async def odd(message: OutboxMessage) -> SendResult:
        mark = await post(message)
        return replace(mark, message_id=HUGE) if message.key == "satu" else mark

    monkeypatch.setattr(stage.app.sender, "_gateway_send", odd)
    await put(stage, "Sari", "answer", "satu")
    await put(stage, "Tuti", "answer", "dua")
    await until(lambda: said(stage, "Tuti") == ["dua"])
    await stage.settle()
    assert (await one_message(stage, "satu")).state == "failed"
    assert (await one_message(stage, "dua")).state == "sent"
