"""What becomes of an update when it is broken, or the connection is."""

import asyncio
import json
import logging
from typing import Any

import aiohttp
import pytest
from sqlalchemy import text

from bot.conversation import router
from bot.core.messaging.retry_policy import FAILURES_MAX
from bot.runtime import poller as poller_module
from bot.store.db.database import StoreUnavailableError
from bot.store.queue import inbox
from sandbox.keeping import Queued
from tests.faults.looking import messages_to, said, sell, until
from tests.stage import Stage

APOLOGY = "Ada gangguan di pihak kami"


async def states(stage: Stage) -> dict[int, tuple[str, int]]:
    question = text("SELECT update_id, state, attempts FROM inbox ORDER BY id")
    rows = await stage.read(lambda conn: conn.execute(question).all())
    return {row.update_id: (row.state, row.attempts) for row in rows}


def raw(stage: Stage, person: int, **changes: Any) -> int:
    """An update of a private chat that no program can make sense of."""
    message = {
        "message_id": 900,
        "date": 1,
        "chat": {"id": person, "type": "private", "first_name": "Sari"},
        "from": {"id": person, "is_bot": False, "first_name": "Sari"},
        "text": "halo",
    }
    return stage.telegram.world.updates.push_raw({"message": message | changes})


async def test_an_update_that_cannot_be_read_is_put_aside_and_those_behind_it_go_on(
    stage: Stage,
) -> None:
    sari, tuti = stage.user("Sari"), stage.user("Tuti")
    broken = raw(stage, sari, entities="not a list", date="yesterday")
    stage.telegram.phones.say(tuti, "/saldo")
    stage.telegram.phones.say(sari, "/saldo")
    await stage.settle()
    found = await states(stage)
    assert found.pop(broken) == ("dead", FAILURES_MAX)
    assert {state for state, _ in found.values()} == {"done"}
    assert "Saldo" in said(stage, "Tuti")[-1]
    assert APOLOGY in said(stage, "Sari")[0]
    assert "Saldo" in said(stage, "Sari")[-1]
    assert str(broken) in said(stage, "Budi")[-1].replace(".", "")


async def test_an_update_whose_sender_cannot_be_stored_blocks_no_other(
    stage: Stage,
) -> None:
    unheard_of = 2**70
    broken = raw(stage, unheard_of)
    stage.telegram.phones.say(stage.user("Sari"), "/saldo")
    async with asyncio.timeout(30):
        while (await states(stage)).get(broken, ("", 0))[0] != "dead":
            await asyncio.sleep(0.05)
    await stage.settle()
    assert "Saldo" in said(stage, "Sari")[-1]


async def test_half_a_surrogate_pair_in_a_text_stops_no_update(stage: Stage) -> None:
    sari = stage.user("Sari")
    number = raw(stage, sari)
    queue = stage.telegram.world.updates.queue
    body = queue.pop().body.replace(b'"text":"halo"', b'"text":"\\ud83d"')
    assert b"ud83d" in body
    stage.telegram.world.updates._enqueue(Queued(number, body))
    assert await sell(stage, "Tuti", "Ani") == "S-1001"
    assert (await states(stage))[number][0] in {"done", "dead"}


async def test_a_handler_that_fails_five_times_gives_up_and_says_so_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    respond, tries = router._respond, []

    def fails(turn: Any) -> None:
        if turn.incoming.text == "bom":
            tries.append(turn.incoming.row)
            raise ZeroDivisionError
        respond(turn)

    monkeypatch.setattr(router, "_respond", fails)
    stage.telegram.phones.say(stage.user("Sari"), "bom")
    stage.telegram.phones.say(stage.user("Sari"), "/saldo")
    await stage.settle()
    assert len(tries) == FAILURES_MAX
    assert sum(APOLOGY in words for words in said(stage, "Sari")) == 1
    assert "Saldo" in said(stage, "Sari")[-1]
    await stage.stop()
    await stage.start()
    await stage.settle()
    assert len(tries) == FAILURES_MAX


async def test_an_update_that_fails_once_is_answered_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    respond, tries = router._respond, []

    def fails_late(turn: Any) -> None:
        respond(turn)
        tries.append(turn.incoming.row)
        if len(tries) == 1:
            raise ZeroDivisionError

    monkeypatch.setattr(router, "_respond", fails_late)
    stage.telegram.phones.say(stage.user("Sari"), "/saldo")
    await stage.settle()
    assert len(tries) == 2
    assert len(said(stage, "Sari")) == 1


async def test_an_update_that_comes_twice_is_dealt_with_once(stage: Stage) -> None:
    assert await sell(stage, "Sari", "Ani") == "S-1001"
    before = said(stage, "Sari")
    updates = stage.telegram.world.updates
    for number in list(updates._history):
        updates.deliver_again(number)
    await stage.settle()
    assert said(stage, "Sari") == before
    assert set(await states(stage)) == set(updates._history)


async def test_updates_are_stored_before_telegram_may_forget_them(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bot dies in the instant between being given updates and having them on disk."""
    given = asyncio.Event()
    write = stage.app.database.write

    async def dies(work: Any, **how: Any) -> Any:
        if getattr(work, "func", None) is inbox.store:
            given.set()
            await asyncio.Event().wait()
        return await write(work, **how)

    monkeypatch.setattr(stage.app.database, "write", dies)
    number = stage.telegram.phones.say(stage.user("Sari"), "/saldo")["update_id"]
    await asyncio.wait_for(given.wait(), 5)
    assert number in stage.telegram.views.confirmed()["pending_ids"]
    await stage.stop()
    await stage.start()
    await stage.settle()
    assert (await states(stage))[number] == ("done", 0)
    assert "Saldo" in said(stage, "Sari")[-1]


async def test_updates_that_cannot_be_stored_stay_with_telegram_until_they_can(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = stage.app.database.write
    failures: list[object] = []

    async def fails_twice(work: Any, **how: Any) -> Any:
        if getattr(work, "func", None) is inbox.store and len(failures) < 2:
            failures.append(work)
            raise StoreUnavailableError("database or disk is full")
        return await write(work, **how)

    monkeypatch.setattr(stage.app.database, "write", fails_twice)
    assert await sell(stage, "Sari", "Ani") == "S-1001"
    assert len(failures) == 2


async def test_updates_whose_storing_was_never_confirmed_are_handled(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, lost = stage.app.database.write, list[object]()

    async def loses(work: Any, **how: Any) -> Any:
        done = await write(work, **how)
        if getattr(work, "func", None) is inbox.store and not lost:
            lost.append(work)
            raise StoreUnavailableError("connection lost")
        return done

    monkeypatch.setattr(stage.app.database, "write", loses)
    stage.telegram.phones.say(stage.user("Sari"), "/saldo")
    await until(lambda: any("Saldo" in words for words in said(stage, "Sari")))
    assert lost


@pytest.mark.parametrize(
    "kind", ["refuse", "cut_before", "cut_after", "http_500", "http_502_html"]
)
async def test_a_bad_connection_delays_updates_and_loses_none(stage: Stage, kind: str) -> None:
    stage.telegram.disturb(kind, method="getUpdates", times=2)
    assert await sell(stage, "Sari", "Ani") == "S-1001"
    assert await sell(stage, "Sari", "Tono") == "S-1002"


async def test_getupdates_waits_as_long_as_a_429_says(stage: Stage) -> None:
    stage.telegram.disturb("retry_after", method="getUpdates", seconds=1)
    loop = asyncio.get_running_loop()
    began = loop.time()
    assert await sell(stage, "Sari", "Ani") == "S-1001"
    assert loop.time() - began > 0.9


async def test_where_another_program_polls_the_bot_waits_and_comes_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(poller_module, "CONFLICT_SECONDS", 0.3)
    url = f"{stage.telegram.url}/bot{stage.telegram.token}/getUpdates"
    await sell(stage, "Sari", "Ani")
    async with aiohttp.ClientSession() as other, other.post(url, json={"timeout": 0}) as answer:
        assert answer.status == 200
    with caplog.at_level(logging.ERROR, "bot.runtime.poller"):
        await until(lambda: "another program polls" in caplog.text)
    assert caplog.text.count("another program polls") == 1
    assert await sell(stage, "Sari", "Tono") == "S-1002"


async def test_a_bot_starts_without_network_and_works_once_it_is_there(stage: Stage) -> None:
    await stage.stop()
    stage.telegram.phones.say(stage.user("Sari"), "/saldo")
    async with stage.telegram.unreachable():
        starting = asyncio.create_task(stage.start())
        await asyncio.sleep(1)
        assert not starting.done()
    await asyncio.wait_for(starting, 10)
    await stage.settle()
    assert "Saldo" in said(stage, "Sari")[-1]


async def test_a_bot_removed_from_a_group_still_writes_to_the_person_who_removed_it(
    stage: Stage,
) -> None:
    sari = stage.user("Sari")
    stage.telegram.phones.group(-500, "Grup", [sari])
    member = {"user": stage.telegram.world.bot.user(), "status": "member"}
    stage.telegram.world.updates.push_raw(
        {
            "my_chat_member": {
                "chat": {"id": -500, "type": "group", "title": "Grup"},
                "from": stage.telegram.world.person(sari).user(),
                "date": 1,
                "old_chat_member": member,
                "new_chat_member": {**member, "status": "left"},
            }
        }
    )
    await stage.settle()
    question = text(f"SELECT reach FROM people WHERE user_id = {sari}")
    assert await stage.read(lambda conn: conn.execute(question).scalar_one()) == "open"


async def test_a_backlog_is_answered_chat_by_chat_in_its_order(stage: Stage) -> None:
    await stage.stop()
    for number in range(30):
        for who in ("Sari", "Tuti"):
            stage.telegram.phones.say(stage.user(who), f"J {number + 1} TEH Bu Ani")
            stage.telegram.phones.say(stage.user(who), "batal")
    await stage.start()
    await stage.settle()
    for who in ("Sari", "Tuti"):
        cards = [words for words in said(stage, who) if "Teh Hijau" in words]
        counted = [int(words.split()[0]) for words in cards]
        assert counted == list(range(1, 31))
        assert {message.state for message in await messages_to(stage, who)} == {"sent"}


async def test_updates_are_stored_as_they_arrived(stage: Stage) -> None:
    number = stage.telegram.phones.say(stage.user("Sari"), "Terima kasih 😊")["update_id"]
    await stage.settle()
    question = text("SELECT body FROM inbox WHERE update_id = :n")
    body = await stage.read(lambda conn: conn.execute(question, {"n": number}).scalar_one())
    assert json.loads(body)["message"]["text"] == "Terima kasih 😊"


async def test_a_button_under_a_deleted_message_is_answered_all_the_same(
    stage: Stage,
) -> None:
    """Telegram then says no more of the message than its chat, its number, and no date."""
    sari = stage.user("Sari")
    stage.telegram.phones.say(sari, "J 2 SABUN Bu Ani")
    await stage.settle()
    chat = stage.telegram.views.chat(sari)
    [card] = [m for m in chat["messages"] if "reply_markup" in m and "Sabun" in m.get("text", "")]
    yes = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    person = stage.telegram.world.person(sari).user()
    gone = {"chat": {"id": sari, "type": "private"}, "message_id": 99_999, "date": 0}
    tap = {"id": "1", "from": person, "message": gone, "chat_instance": "1", "data": yes}
    number = stage.telegram.world.updates.push_raw({"callback_query": tap})
    await stage.settle()
    assert (await states(stage))[number] == ("done", 0)
    assert "S-1001" in said(stage, "Sari")[-1]


async def test_a_command_that_waits_and_that_a_newer_bot_does_not_know_is_said_to_be_outdated(
    stage: Stage,
) -> None:
    sari = stage.user("Sari")
    for words in ("J 2 SABUN Bu Ani", "/profil nama"):
        stage.telegram.phones.say(sari, words)
        await stage.settle()
    older = text("UPDATE sessions SET waiting = 'perintahlama 2'")
    await stage.write(lambda conn: conn.execute(older))
    stage.telegram.phones.say(sari, "buang")
    await stage.settle()
    assert "Botnya baru diperbarui" in said(stage, "Sari")[-1]
