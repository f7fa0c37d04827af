"""Invalid answers: from a proxy, cut short, far too long, one byte at a time, or empty."""

import asyncio
import logging
import resource
import time
from datetime import timedelta

import pytest

from bot.core.messaging import retry_policy
from bot.telegram_api import http
from tests.faults.looking import (
    advance,
    messages_to,
    ok,
    one_message,
    put,
    requests,
    said,
    until,
)
from tests.stage import Stage

CANARY = "Kenari"


async def _reach(stage: Stage, who: str) -> str:
    question = f"SELECT reach FROM people WHERE user_id = {stage.user(who)}"
    found: str = await stage.read(lambda conn: conn.exec_driver_sql(question).scalar_one())
    return found


async def test_an_answer_goes_within_ten_seconds_after_a_401_of_nine(stage: Stage) -> None:
    await stage.telegram.move_clock(freeze=False)
    stage.telegram.disturb("http_401", lasts=9)
    over = time.monotonic() + 9
    await put(stage, "Sari", "answer", "satu")
    async with asyncio.timeout(25):
        while said(stage, "Sari") != ["satu"]:
            await asyncio.sleep(0.05)
    assert time.monotonic() - over < 10
    [message] = await messages_to(stage, "Sari")
    assert message.doubts == 0


async def test_an_unknown_token_is_logged_once_for_each_message(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.telegram.disturb("http_401", times=3)
    await put(stage, "Sari", "answer", "satu")
    for seconds in (1, 2, 4):
        await until(lambda: len(requests(stage)) >= 1)
        await asyncio.sleep(0.2)
        await advance(stage, seconds)
    await until(lambda: said(stage, "Sari") == ["satu"])
    assert [each.levelno for each in caplog.records].count(logging.CRITICAL) == 1


@pytest.mark.parametrize("kind", ["answer", "tip"])
@pytest.mark.parametrize("fault", ["http_403_html", "http_421"])
async def test_what_is_turned_away_on_the_way_goes_later_and_nobody_is_unsubscribed(
    stage: Stage, fault: str, kind: str
) -> None:
    stage.telegram.disturb(fault, times=7)
    await put(stage, "Sari", "answer" if kind == "answer" else "tip", "satu")
    for _ in range(8):
        await asyncio.sleep(0.15)
        await advance(stage, 9)
    await until(lambda: said(stage, "Sari") == ["satu"])
    await stage.settle()
    [message] = await messages_to(stage, "Sari")
    assert (message.state, message.doubts) == ("sent", 0)
    assert await _reach(stage, "Sari") == "open"


async def test_a_403_that_is_not_known_fails_the_letter_and_marks_nobody(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    words = "Forbidden: not enough rights to send"
    stage.telegram.disturb("error", code=403, words=words)
    await put(stage, "Sari", "answer", "satu")
    await put(stage, "Sari", "answer", "dua")
    await until(lambda: said(stage, "Sari") == ["dua"])
    assert (await one_message(stage, "satu")).error == words.casefold()
    assert await _reach(stage, "Sari") == "open"
    assert "not enough rights" in caplog.text


@pytest.mark.parametrize(
    ("code", "words", "reach"),
    [
        (403, "Forbidden: bot was blocked by the user", "blocked"),
        (403, "Forbidden: user is deactivated", "gone"),
        (403, "Forbidden: bot can't initiate conversation with a user", "gone"),
        (400, "Bad Request: chat not found", "gone"),
        (403, "Forbidden: the bot can't send messages to the bot", "open"),
        (400, "Bad Request: message thread not found", "open"),
    ],
)
async def test_only_known_texts_mean_that_a_person_cannot_be_reached(
    stage: Stage, code: int, words: str, reach: str
) -> None:
    stage.telegram.disturb("error", code=code, words=words)
    await put(stage, "Sari", "answer", "satu")
    await until(lambda: len(requests(stage)) == 1)
    await stage.settle()
    [message] = await messages_to(stage, "Sari")
    assert message.state == "failed"
    assert await _reach(stage, "Sari") == reach
    if reach != "open":
        assert message.error == reach


async def test_an_answer_that_drips_has_an_end(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "CONNECT_SECONDS", 0.5)
    request = stage.app.sender._gateway_send.__self__._send.__self__._bot.request  # type: ignore[attr-defined]
    monkeypatch.setattr(request, "_read_seconds", 1.0)
    stage.telegram.disturb("drip", seconds=60)
    began = time.monotonic()
    await put(stage, "Sari", "tip", "tip")
    await until(lambda: len(requests(stage)) == 1)
    await asyncio.wait_for(stage.settle(), 8)
    assert time.monotonic() - began < 8
    assert (await one_message(stage, "tip")).error == "TimedOut"


async def test_an_answer_that_swells_is_not_taken_in(stage: Stage) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    stage.telegram.disturb("huge", megabytes=200)
    await put(stage, "Sari", "tip", "tip")
    await until(lambda: len(requests(stage)) == 1)
    await stage.settle()
    assert (await one_message(stage, "tip")).state == "uncertain"
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 60 * 1024, f"{grown} KiB"


@pytest.mark.parametrize("fault", ["null_result", "empty_result"])
async def test_an_answer_without_its_result_is_a_doubt_and_no_storm(
    stage: Stage, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    stage.telegram.disturb(fault)
    await put(stage, "Sari", "answer", "satu")
    await until(lambda: said(stage, "Sari") == ["satu"])
    await stage.settle()
    [message] = await messages_to(stage, "Sari")
    assert (message.state, message.doubts) == ("sent", 1)
    assert not [each for each in caplog.records if each.exc_info]


@pytest.mark.parametrize("fault", ["truncated", "http_502_html", "http_403_html", "huge"])
async def test_what_was_answered_is_in_no_log(
    stage: Stage, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    stage.telegram.disturb(fault, times=2, **({"megabytes": 2} if fault == "huge" else {}))
    with caplog.at_level(logging.INFO):
        await put(stage, "Sari", "answer", CANARY)
        for _ in range(2):
            await asyncio.sleep(0.3)
            await advance(stage, 9)
        await until(lambda: CANARY in said(stage, "Sari"))
        await stage.settle()
    assert not [each for each in caplog.records if CANARY in each.getMessage()]
    assert not [each for each in caplog.records if each.exc_text and CANARY in each.exc_text]
    assert not [
        each
        for each in caplog.records
        if each.name.startswith("telegram") and each.levelno >= logging.ERROR
    ]
    assert len(ok(requests(stage))) >= 1


async def test_a_message_too_large_for_the_server_does_not_hold_its_chat(stage: Stage) -> None:
    stage.telegram.disturb("http_413")
    await put(stage, "Sari", "answer", "satu")
    await put(stage, "Sari", "answer", "dua")
    await until(lambda: said(stage, "Sari") == ["dua"])
    assert (await one_message(stage, "satu")).state == "failed"


def test_no_wait_between_two_tries_is_longer_than_ten_seconds() -> None:
    for tries in range(1, 100):
        waits = (retry_policy.again_after(tries), retry_policy.repeated_after(tries))
        assert max(waits) / timedelta(seconds=1) < retry_policy.RETRY_SECONDS_MAX


@pytest.mark.parametrize("code", [400, 401, 403, 404, 409])
async def test_a_proxy_that_speaks_json_is_not_taken_for_telegram(
    stage: Stage, caplog: pytest.LogCaptureFixture, code: int
) -> None:
    stage.telegram.disturb("proxy_json", code=code, times=2)
    await put(stage, "Sari", "answer", "satu")
    for seconds in (1, 2):
        await until(lambda: len(requests(stage)) >= 1)
        await advance(stage, seconds)
    await until(lambda: said(stage, "Sari") == ["satu"])
    await stage.settle()
    message = await one_message(stage, "satu")
    assert (message.state, message.doubts) == ("sent", 0)
    assert await _reach(stage, "Sari") == "open"
    assert "token" not in caplog.text


@pytest.mark.parametrize("code", [401, 404])
async def test_a_proxy_that_speaks_json_does_not_end_a_bot_that_starts(
    stage: Stage, code: int
) -> None:
    await stage.stop()
    stage.telegram.disturb("proxy_json", method="getMe", code=code, times=2)
    stage.telegram.disturb("proxy_json", method="getUpdates", code=code, times=1)
    await stage.start()
    stage.telegram.phones.say(stage.user("Sari"), "/saldo")
    await until(lambda: bool(said(stage, "Sari")))
