"""What becomes of a message when the connection to Telegram fails, for each way it can fail."""

import asyncio
import logging
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.core.messaging.retry_policy import DOUBTS_MAX
from bot.store.db.database import UnitOfWork, open_database
from bot.store.queue import outbox
from tests.faults.looking import (
    advance,
    messages_to,
    ok,
    one_message,
    pass_time,
    put,
    requests,
    said,
    sell,
    until,
)
from tests.stage import Stage


async def test_what_never_left_is_sent_once_the_connection_is_back(stage: Stage) -> None:
    async with stage.telegram.unreachable():
        await put(stage, "Sari", "answer", "Halo")
        await asyncio.sleep(0.3)
        row = await one_message(stage, "Halo")
        assert (row.state, row.doubts, row.error) == ("new", 0, "NotSentError")
    await advance(stage, 1)
    await until(lambda: said(stage, "Sari") == ["Halo"])
    await stage.settle()
    assert (await one_message(stage, "Halo")).state == "sent"


async def test_a_tip_that_never_left_is_not_uncertain_and_is_sent_later(stage: Stage) -> None:
    async with stage.telegram.unreachable():
        await put(stage, "Sari", "tip", "Tip")
        await asyncio.sleep(0.3)
    await advance(stage, 1)
    await until(lambda: said(stage, "Sari") == ["Tip"])


async def test_after_a_long_outage_nothing_waits_longer_than_ten_seconds(stage: Stage) -> None:
    async with stage.telegram.unreachable():
        await put(stage, "Sari", "answer", "Halo")
        for _ in range(8):
            await asyncio.sleep(0.1)
            await stage.app.database.write(_forget_waits)
            stage.app.sender.wake()
        await asyncio.sleep(0.3)
        row = await one_message(stage, "Halo")
        assert row.tries > 7
    waits = row.not_before / 1e6 - stage.clock.now().timestamp()
    assert 0 < waits <= 10


def _forget_waits(conn: Connection) -> None:
    conn.exec_driver_sql("UPDATE outbox SET not_before = NULL, due_at = created_at")


async def test_a_429_closes_the_chat_for_as_long_as_it_says_even_over_a_restart(
    stage: Stage,
) -> None:
    stage.telegram.disturb("retry_after", seconds=30)
    await put(stage, "Sari", "answer", "satu")
    await put(stage, "Sari", "answer", "dua")
    await put(stage, "Tuti", "answer", "lain")
    await until(lambda: said(stage, "Tuti") == ["lain"])
    await pass_time(stage, 25)
    assert said(stage, "Sari") == []
    await stage.stop()
    await stage.start()
    await pass_time(stage, 4)
    await asyncio.sleep(0.2)
    assert said(stage, "Sari") == []
    await pass_time(stage, 2)
    await until(lambda: said(stage, "Sari") == ["satu", "dua"])
    assert [row.doubts for row in await messages_to(stage, "Sari")] == [0, 0]


async def test_a_429_on_a_tip_holds_all_tips_and_no_answer(stage: Stage) -> None:
    stage.telegram.disturb("retry_after", seconds=30)
    await put(stage, "Sari", "tip", "tip satu")
    await until(lambda: len(requests(stage)) == 1)
    await put(stage, "Tuti", "tip", "tip dua")
    await put(stage, "Sari", "answer", "jawaban")
    await until(lambda: said(stage, "Sari") == ["jawaban"])
    await asyncio.sleep(0.2)
    assert said(stage, "Tuti") == []
    await pass_time(stage, 31)
    await until(lambda: said(stage, "Tuti") == ["tip dua"])
    assert said(stage, "Sari") == ["jawaban", "tip satu"]


async def test_a_person_who_blocked_the_bot_gets_nothing_until_they_write_again(
    stage: Stage,
) -> None:
    sari = stage.user("Sari")
    world = stage.telegram.world
    world.person(sari).blocked = True  # as if the word of it had not come yet
    later = stage.clock.now().replace(hour=9)
    await put(stage, "Sari", "notice", "nanti", not_before=later)
    await put(stage, "Sari", "answer", "satu")
    await until(lambda: len(requests(stage)) == 1)
    await advance(stage, 12 * 3600)
    found = {row.key: (row.state, row.error) for row in await messages_to(stage, "Sari")}
    assert found == {"satu": ("failed", "blocked"), "nanti": ("failed", "blocked")}
    assert len(requests(stage)) == 1
    assert await _reach(stage, sari) == "blocked"
    stage.telegram.phones.start(sari)
    await stage.settle()
    assert await _reach(stage, sari) == "open"
    assert len(said(stage, "Sari")) == 1


async def _reach(stage: Stage, person: int) -> str:
    question = f"SELECT reach FROM people WHERE user_id = {person}"
    found: str = await stage.read(lambda conn: conn.exec_driver_sql(question).scalar_one())
    return found


async def test_a_refused_message_fails_and_is_logged_without_its_words(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await put(stage, "Sari", "answer", "rahasia" * 1_000)
    await put(stage, "Sari", "answer", "lanjut")
    with caplog.at_level(logging.DEBUG, "bot"):
        await until(lambda: said(stage, "Sari") == ["lanjut"])
    await stage.settle()
    refused, _ = await messages_to(stage, "Sari")
    assert (refused.state, refused.error) == ("failed", "message is too long")
    assert "message is too long" in caplog.text.casefold()
    assert "rahasia" not in caplog.text
    stage.telegram.world.violations.clear()


async def test_an_uncertain_answer_is_repeated_at_once_with_the_same_receipt(
    stage: Stage,
) -> None:
    stage.telegram.phones.say(stage.user("Sari"), "J 2 SABUN @50rb Bu Ani")
    await stage.settle()
    stage.telegram.disturb("cut_after")
    stage.telegram.phones.say(stage.user("Sari"), "ya")
    await stage.settle()
    first, second = said(stage, "Sari")[-2:]
    assert first == second
    assert "S-1001" in first
    *_, row = await messages_to(stage, "Sari")
    assert (row.state, row.doubts) == ("sent", 1)


@pytest.mark.parametrize("kind", ["refuse", "cut_before", "http_500", "http_502_html"])
async def test_an_answer_that_was_swallowed_is_seen_all_the_same(stage: Stage, kind: str) -> None:
    stage.telegram.disturb(kind)
    assert await sell(stage, "Sari", "Ani") == "S-1001"


async def test_an_answer_is_given_up_after_so_many_doubts_and_the_next_one_goes(
    stage: Stage,
) -> None:
    stage.telegram.disturb("cut_before", times=DOUBTS_MAX)
    await put(stage, "Sari", "answer", "satu")
    await until(lambda: len(requests(stage)) == 2)
    await put(stage, "Sari", "answer", "dua")
    for tries in range(3, DOUBTS_MAX + 2):
        await advance(stage, 6)
        await until(partial(_asked, stage, tries))
    await until(lambda: said(stage, "Sari") == ["dua"])
    first, _ = await messages_to(stage, "Sari")
    assert (first.state, first.tries) == ("uncertain", DOUBTS_MAX)


def _asked(stage: Stage, times: int) -> bool:
    return len(requests(stage)) >= times


@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "http_500"])
async def test_a_tip_in_doubt_is_never_repeated(stage: Stage, kind: str) -> None:
    stage.telegram.disturb(kind)
    await put(stage, "Sari", "tip", "tip")
    await until(lambda: len(requests(stage)) == 1)
    await stage.settle()
    await stage.stop()
    await stage.start()
    await advance(stage, 3600)
    assert len(requests(stage)) == 1
    assert (await one_message(stage, "tip")).state == "uncertain"


async def test_a_bot_that_dies_with_letters_on_their_way_repeats_answers_and_no_tips(
    stage: Stage,
) -> None:
    await stage.stop()
    await _left_behind(stage, "jawaban", "answer")
    await _left_behind(stage, "tip", "tip")
    await stage.start()
    await stage.settle()
    assert said(stage, "Sari") == ["jawaban"]
    assert (await one_message(stage, "tip")).state == "uncertain"


async def test_an_answer_that_was_on_its_way_at_two_deaths_waits_a_little(stage: Stage) -> None:
    """Bots that die again and again die when they have just started."""
    await stage.stop()
    await _left_behind(stage, "jawaban", "answer", doubts=1)
    await stage.start()
    await asyncio.sleep(0.3)
    assert said(stage, "Sari") == []
    await advance(stage, 5)
    await until(lambda: said(stage, "Sari") == ["jawaban"])


async def _left_behind(stage: Stage, key: str, kind: outbox.OutboxKind, doubts: int = 0) -> None:
    """A message as a killed bot leaves it: claimed, and its outcome unknown."""

    def unit(conn: Connection) -> None:
        outbox.put(
            conn,
            key=key,
            chat_id=stage.user("Sari"),
            kind=kind,
            method="sendMessage",
            payload={"text": key},
            at=stage.clock_start,
        )
        taken = "UPDATE outbox SET state = 'sending', epoch = 1"
        conn.exec_driver_sql(f"{taken}, doubts = {doubts} WHERE key = '{key}'")

    database = open_database(stage.url)
    await database.write(unit)
    await database.close()


async def test_a_toast_that_comes_too_late_is_swallowed(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.telegram.phones.say(stage.user("Sari"), "/jual")
    await stage.settle()
    message = stage.telegram.views.chat(stage.user("Sari"))["messages"][-1]
    stage.telegram.phones.tap(stage.user("Sari"), message["message_id"], label="Sabun Sereh")
    for tap in stage.telegram.world.taps.values():
        tap.at -= 60
        tap.monotonic -= 60
    await stage.settle()
    toast = next(x for x in await messages_to(stage, "Sari") if x.kind == "toast")
    assert toast.state == "failed"
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert "Berapa Sabun Sereh" in said(stage, "Sari")[-1]


async def test_where_the_message_to_change_is_gone_the_answer_is_a_new_one(stage: Stage) -> None:
    sari = stage.user("Sari")
    stage.telegram.phones.say(sari, "/jual")
    await stage.settle()
    chat = stage.telegram.world.chats[sari]
    number, message = max(chat.messages.items())
    data = message.body["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    del chat.messages[number]
    stage.telegram.phones.forge(sari, number, data)
    await stage.settle()
    assert "Berapa" in said(stage, "Sari")[-1]


async def test_an_edit_and_the_message_after_it_keep_their_order(stage: Stage) -> None:
    sari = stage.user("Sari")
    stage.telegram.phones.say(sari, "/jual")
    await stage.settle()
    message = stage.telegram.views.chat(sari)["messages"][-1]
    stage.telegram.disturb("cut_before", method="editMessageText")
    stage.telegram.disturb("delay", method="editMessageText", seconds=0.3)
    stage.telegram.phones.tap(sari, message["message_id"], label="Sabun Sereh")
    stage.telegram.phones.say(sari, "3")
    await stage.settle()
    mine = [entry for entry in stage.telegram.views.log()["requests"] if entry["person"] == sari]
    order = [entry["method"] for entry in ok(mine) if entry["method"] != "answerCallbackQuery"]
    assert order == ["sendMessage", "editMessageText", "sendMessage"]
    assert "Siapa pembelinya" in said(stage, "Sari")[-1]


async def test_a_message_that_cannot_even_be_sent_does_not_block_its_chat(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database fails just when a block is to be stored."""
    write = stage.app.database.write
    broken: list[object] = []

    async def fails_once(work: UnitOfWork[Any], **how: Any) -> Any:
        if "set_reach" in repr(work) and not broken:
            broken.append(work)
            raise OSError("disk")
        return await write(work, **how)

    monkeypatch.setattr(stage.app.database, "write", fails_once)
    stage.telegram.world.person(stage.user("Sari")).blocked = True
    await put(stage, "Sari", "answer", "satu")
    await until(lambda: bool(broken))
    stage.telegram.world.person(stage.user("Sari")).blocked = False
    await put(stage, "Sari", "answer", "dua")
    await until(lambda: "dua" in said(stage, "Sari"))
    await stage.settle()
    states = [row.state for row in await messages_to(stage, "Sari")]
    assert "sending" not in states


async def test_a_picture_that_was_sent_stays_sent_when_its_id_cannot_be_kept(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = stage.app.database.write

    async def forgets(work: UnitOfWork[Any], **how: Any) -> Any:
        if "remember" in repr(work):
            raise OSError("disk")
        return await write(work, **how)

    monkeypatch.setattr(stage.app.database, "write", forgets)
    stage.telegram.phones.say(stage.user("Sari"), "/undang")
    await stage.settle()
    await asyncio.sleep(0.1)
    photo = next(x for x in await messages_to(stage, "Sari") if x.method == "sendPhoto")
    assert (photo.state, len(requests(stage, "sendPhoto"))) == ("sent", 1)


async def test_a_picture_waits_while_its_file_cannot_be_read(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = stage.app.database.read
    failed: list[object] = []

    async def fails_once(work: object) -> object:
        if "load" in repr(work) and "digest" in repr(work) and not failed:
            failed.append(work)
            raise OSError("disk")
        return await read(work)  # type: ignore[arg-type]

    monkeypatch.setattr(stage.app.database, "read", fails_once)
    stage.telegram.phones.say(stage.user("Sari"), "/undang")
    await until(lambda: bool(failed))
    await asyncio.sleep(0.1)
    await advance(stage, 1)
    await until(lambda: len(ok(requests(stage, "sendPhoto"))) == 1)


async def test_the_sender_sleeps_while_every_message_has_to_wait(stage: Stage) -> None:
    stage.telegram.disturb("retry_after", seconds=600)
    await put(stage, "Sari", "tip", "tip satu")
    await until(lambda: len(requests(stage)) == 1)
    await put(stage, "Tuti", "tip", "tip dua")
    stage.telegram.disturb("delay", seconds=1.0)
    await put(stage, "Sari", "answer", "satu")
    await put(stage, "Sari", "answer", "dua")
    await asyncio.sleep(0.2)
    cycles = 0
    cycle = stage.app.sender._cycle

    async def counted(now: datetime) -> int:
        nonlocal cycles
        cycles += 1
        return await cycle(now)

    stage.app.sender._cycle = counted  # type: ignore[method-assign]
    await asyncio.sleep(0.6)
    assert cycles <= 2


async def test_a_message_that_becomes_due_as_the_sender_falls_asleep_is_sent_in_time(
    stage: Stage,
) -> None:
    await stage.telegram.move_clock(freeze=False)
    for number in range(12):
        due = stage.clock.now() + timedelta(milliseconds=50 * (number + 1))
        await put(stage, "Sari", "notice", f"n{number}", not_before=due)
    began = asyncio.get_running_loop().time()
    await until(lambda: len(said(stage, "Sari")) == 12)
    assert asyncio.get_running_loop().time() - began < 12 * 0.05 + 1.5
