"""What the poller does when answers to its requests are slow, empty, huge or invalid."""

import asyncio
import json
import logging
import tracemalloc
from datetime import timedelta
from functools import partial
from typing import Any

import aiohttp
import pytest
from sqlalchemy import text

from bot.runtime import poller as poller_module
from bot.runtime import update_batches
from bot.runtime.outages import GAP_SECONDS
from bot.store.queue import inbox
from sandbox.keeping import Queued
from tests.faults.looking import requests, said, sell, until
from tests.stage import Stage

WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
YEAR = 365 * 86_400
MANY_MB = 200


async def states(stage: Stage) -> dict[int, str]:
    question = text("SELECT update_id, state FROM inbox ORDER BY id")
    rows = await stage.read(lambda conn: conn.execute(question).all())
    return {row.update_id: row.state for row in rows}


def give(stage: Stage, body: bytes) -> int:
    """Have Telegram give this as an update, under the next number."""
    updates = stage.telegram.world.updates
    number = updates.next_id
    updates.next_id += 1
    updates._enqueue(Queued(number, body.replace(b"NUMBER", str(number).encode())))
    return number


def written(stage: Stage, who: str, more: bytes) -> bytes:
    person = stage.telegram.world.person(stage.user(who)).user()
    chat = {"id": person["id"], "type": "private", "first_name": who}
    message = {"message_id": 900, "date": 1, "chat": chat, "from": person}
    body = json.dumps(message).encode()
    return b'{"update_id":NUMBER,"message":' + body[:-1] + b',"text":"/saldo",' + more + b"}}"


async def asked_while(stage: Stage, seconds: float) -> int:
    before = len(requests(stage, "getUpdates"))
    await asyncio.sleep(seconds)
    return len(requests(stage, "getUpdates")) - before


async def test_an_answer_that_drips_is_given_up(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.stop()
    monkeypatch.setattr(poller_module, "ANSWER_SECONDS_MAX", 1.0)
    stage.telegram.disturb("drip", method="getUpdates", seconds=600)
    await stage.start()
    stage.telegram.phones.say(stage.user("Sari"), "/saldo")
    await until(lambda: "Saldo" in "".join(said(stage, "Sari")))


@pytest.mark.parametrize("kind", ["null_result", "empty_result"])
async def test_a_server_that_answers_nothing_at_once_is_not_asked_at_once_again(
    stage: Stage, kind: str
) -> None:
    stage.telegram.disturb(kind, method="getUpdates", lasts=2.5)
    stage.telegram.phones.say(stage.user("Sari"), "/menu")
    assert await asked_while(stage, 2.3) <= 10
    assert await sell(stage, "Sari", "Ani") == "S-1001"


async def test_an_answer_that_is_repeated_during_a_backlog_is_not_asked_for_in_a_loop(
    stage: Stage,
) -> None:
    """As a cache on the way does it: full of updates that came long ago."""
    for words in ("/menu", "/saldo", "/tim"):
        stage.telegram.phones.say(stage.user("Sari"), words)
        await stage.settle()
    oldest = text("SELECT body FROM inbox ORDER BY id LIMIT 1")
    body = await stage.read(lambda conn: conn.execute(oldest).scalar_one())
    cursor = partial(inbox.next_offset, bot_id=stage.telegram.world.bot.id)
    before = await stage.read(cursor)
    await stage.stop()
    await stage.telegram.move_clock(stage.clock.now() + timedelta(seconds=GAP_SECONDS + 30))
    kept = f'{{"ok":true,"result":[{",".join([body] * poller_module.LIMIT_MAX)}]}}'
    stage.telegram.disturb("stale", method="getUpdates", words=kept, lasts=2.5)
    await stage.start()
    assert 1 <= await asked_while(stage, 2.3) <= 10
    assert await stage.read(cursor) == before
    assert stage.app.gaps.catching_up
    assert await sell(stage, "Sari", "Ani") == "S-1001"
    await until(lambda: not stage.app.gaps.catching_up)


async def test_numbers_that_go_down_are_followed(stage: Stage) -> None:
    """After a quiet week Telegram begins at any number, and forgets only what was asked behind."""
    assert await sell(stage, "Sari", "Ani") == "S-1001"
    updates = stage.telegram.world.updates
    updates.next_id = updates.confirmed = 2_000_001
    assert await sell(stage, "Sari", "Rina") == "S-1002"
    cursor = partial(inbox.next_offset, bot_id=stage.telegram.world.bot.id)
    assert await stage.read(cursor) == updates.next_id < 2_000_010


async def test_an_empty_answer_that_was_not_held_keeps_the_bot_ready(stage: Stage) -> None:
    stage.telegram.disturb("empty_result", method="getUpdates", lasts=1.5)
    stage.telegram.phones.say(stage.user("Sari"), "/menu")
    await asyncio.sleep(1)
    assert stage.app.pulse.answered_at is not None
    assert stage.clock.monotonic() - stage.app.pulse.answered_at < 1


async def test_half_an_answer_is_asked_for_again(stage: Stage) -> None:
    stage.telegram.disturb("truncated", method="getUpdates", times=2)
    assert await sell(stage, "Sari", "Ani") == "S-1001"
    assert set((await states(stage)).values()) == {"done"}


async def test_a_huge_answer_is_not_read_to_its_end(stage: Stage) -> None:
    stage.telegram.disturb("huge", method="getUpdates", megabytes=MANY_MB)
    tracemalloc.start()
    try:
        assert await sell(stage, "Sari", "Ani") == "S-1001"
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 6 * update_batches.BODY_BYTES_MAX < MANY_MB * 2**20


async def test_more_than_is_read_at_once_comes_in_parts(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    # After half a second Telegram returns the same whole answer to the same request.
    monkeypatch.setattr(poller_module, "PAUSES", (0.6,))
    monkeypatch.setattr(update_batches, "BODY_BYTES_MAX", 60_000)
    await stage.stop()
    padding = b'"pad":"' + b"x" * 9_000 + b'"'
    numbers = [give(stage, written(stage, "Sari", padding)) for _ in range(30)]
    await stage.start()
    await stage.settle()
    found = await states(stage)
    assert [number for number in found if number in numbers] == numbers
    assert {found[number] for number in numbers} == {"done"}
    # Of screens that wait together only the newest goes out.
    assert any("Saldo" in words for words in said(stage, "Sari"))


def is_refused(text: bytes) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return True
    return False


@pytest.mark.parametrize(
    "trap",
    [
        b'"deep":' + b"[" * 50_000 + b"]" * 50_000,
        b'"deep":' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        b'"number":' + b"9" * 5_000,
    ],
    ids=["lists", "objects", "digits"],
)
async def test_an_update_that_no_parser_takes_is_set_aside_and_the_others_are_heard(
    stage: Stage, trap: bytes
) -> None:
    """From Python 3.14 on the parser takes what is deep; then it is an update like any other."""
    refused = is_refused(b"{" + trap + b"}")
    tuti, sari = stage.user("Tuti"), stage.user("Sari")
    await stage.stop()
    for _ in range(5):
        stage.telegram.phones.say(tuti, "/saldo")
    trapped = give(stage, written(stage, "Sari", trap))
    stage.telegram.phones.say(sari, "/saldo")
    await stage.start()
    await stage.settle()
    found = await states(stage)
    assert found.pop(trapped) == ("dead" if refused else "done")
    assert set(found.values()) == {"done"}
    # Of screens that wait together only the newest goes out.
    assert "Saldo" in said(stage, "Tuti")[-1]
    assert "Saldo" in said(stage, "Sari")[-1]
    texts = [words for words in said(stage, "Budi") if str(trapped) in words.replace(".", "")]
    assert bool(texts) == refused


@pytest.mark.parametrize(
    "more",
    [
        b'"strange":NaN,"far":-Infinity,"much":1e999',
        b'"text":"/saldo","text":"/saldo"',
        b'"caption":"\\ud83d","lone":"\\udc00"',
        b'"nothing":"\\u0000"',
        b'"bad":"\xff\xfe"',
        b'"pad":"' + b"x" * 100_000 + b'"',
    ],
    ids=["not a number", "twice", "half a pair", "nul", "no utf-8", "above 64 KiB"],
)
async def test_odd_json_is_handled_like_any_other(stage: Stage, more: bytes) -> None:
    number = give(stage, written(stage, "Sari", more))
    assert await sell(stage, "Tuti", "Ani") == "S-1001"
    assert (await states(stage))[number] == "done"
    assert "Saldo" in said(stage, "Sari")[-1]


@pytest.mark.parametrize(
    "bad",
    [
        b"null",
        b"5",
        b'"text"',
        b"[]",
        b"{}",
        b'{"update_id":true}',
        b'{"update_id":"7"}',
        b'{"update_id":1.5}',
        b'{"update_id":-4}',
        b'{"update_id":NaN}',
        b'{"update_id":18446744073709551616}',
    ],
)
async def test_an_element_that_is_no_update_costs_no_valid_one(stage: Stage, bad: bytes) -> None:
    await stage.stop()
    stage.telegram.phones.say(stage.user("Sari"), "/saldo")
    give(stage, bad)
    stage.telegram.phones.say(stage.user("Tuti"), "/saldo")
    await stage.start()
    await stage.settle()
    assert "Saldo" in said(stage, "Sari")[-1]
    assert "Saldo" in said(stage, "Tuti")[-1]


async def test_a_token_that_is_refused_for_a_while_is_logged_and_soon_forgotten(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.telegram.disturb("http_401", method="getUpdates", lasts=9)
    stage.telegram.phones.say(stage.user("Sari"), "/menu")
    loop = asyncio.get_running_loop()
    began = loop.time()
    await until(lambda: "does not accept the token" in caplog.text)
    await asyncio.sleep(began + 9 - loop.time())
    stage.telegram.phones.say(stage.user("Tuti"), "/saldo")
    await until(lambda: bool(said(stage, "Tuti")))
    assert loop.time() - began < 9 + 10


async def test_a_wait_of_a_year_is_not_believed_and_admins_are_notified_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update_batches, "RETRY_AFTER_SECONDS_MAX", 1)
    stage.telegram.disturb(
        "error",
        method="getUpdates",
        code=429,
        words="Too Many Requests: retry after 31536000",
        parameters={"retry_after": YEAR},
        times=2,
    )
    assert await sell(stage, "Sari", "Ani") == "S-1001"
    await until(lambda: bool(said(stage, "Budi")))
    await stage.settle()
    assert [words for words in said(stage, "Budi") if "8.760 jam" in words] == said(stage, "Budi")
    assert len(said(stage, "Budi")) == 1


@pytest.mark.parametrize("wait", [-5, 0, "soon", "5", True, None, [3], {}, 1e400])
async def test_an_invalid_wait_does_not_stop_the_poller(stage: Stage, wait: Any) -> None:
    stage.telegram.disturb(
        "error",
        method="getUpdates",
        code=429,
        words="Too Many Requests",
        parameters={"retry_after": -1 if wait == 1e400 else wait},
    )
    assert await sell(stage, "Sari", "Ani") == "S-1001"


async def test_a_webhook_is_told_apart_from_another_poller(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(poller_module, "WEBHOOK_SECONDS", 0.2)
    await call(stage, "setWebhook", url="https://example.com/hook")
    await until(lambda: "a webhook is set" in caplog.text)
    assert "delete-webhook" in caplog.text
    assert "another program polls" not in caplog.text
    await until(lambda: bool(said(stage, "Budi")))
    assert "delete-webhook" in said(stage, "Budi")[0]
    await call(stage, "deleteWebhook")
    stage.telegram.phones.say(stage.user("Sari"), "/saldo")
    await until(lambda: bool(said(stage, "Sari")))
    assert len(said(stage, "Budi")) == 1


async def test_a_bot_is_not_ready_while_a_webhook_is_set(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.telegram_api.webhook_check.WEBHOOK_SECONDS", 0.1)
    await stage.stop()
    await call(stage, "setWebhook", url="https://example.com/hook")
    caplog.clear()
    caplog.set_level(logging.INFO)
    starting = asyncio.create_task(stage.start())
    await until(lambda: "a webhook is set" in caplog.text)
    assert "ready as" not in caplog.text
    assert "example.com" not in caplog.text
    assert not starting.done()
    await call(stage, "deleteWebhook")
    await asyncio.wait_for(starting, 5)
    assert "ready as" in caplog.text


async def test_the_bot_starts_where_the_webhook_cannot_be_looked_up(stage: Stage) -> None:
    await stage.stop()
    stage.telegram.disturb("null_result", method="getWebhookInfo")
    await stage.start()
    assert await sell(stage, "Sari", "Ani") == "S-1001"


async def test_the_same_failure_is_logged_once_a_minute(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.telegram.disturb("http_500", method="getUpdates", times=4)
    assert await sell(stage, "Sari", "Ani") == "S-1001"
    assert caplog.text.count("no updates (answer 500)") == 1


async def call(stage: Stage, method: str, **params: Any) -> None:
    url = f"{stage.telegram.url}/bot{stage.telegram.token}/{method}"
    async with aiohttp.ClientSession() as http, http.post(url, json=params) as answer:
        assert answer.status == 200
