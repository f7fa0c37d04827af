"""A 429 holds what it is about, for as long as it says, and nothing else."""

import asyncio
import logging

import pytest

from bot.store.members import people
from bot.telegram_api import retry_gates
from bot.telegram_api.http import RETRY_AFTER_SECONDS_MAX
from tests.faults.looking import (
    advance,
    messages_to,
    of_chats,
    one_message,
    pass_time,
    put,
    requests,
    said,
    until,
)
from tests.stage import Stage

HOUR = 3600


async def _tap(stage: Stage, label: str) -> None:
    sari = stage.user("Sari")
    message = stage.telegram.views.chat(sari)["messages"][-1]
    stage.telegram.phones.tap(sari, message["message_id"], label=label)
    await stage.settle()


async def test_a_429_on_a_command_menu_holds_no_messages(stage: Stage) -> None:
    stage.telegram.disturb("retry_after", method="setMyCommands", seconds=HOUR, times=99)
    stage.telegram.phones.say(stage.user("Sari"), "/bahasa en")
    await stage.settle()
    assert len(said(stage, "Sari")) == 1
    await until(
        lambda: any(each["outcome"] == "retry_after" for each in requests(stage, "setMyCommands"))
    )
    await put(stage, "Sari", "answer", "jawaban")
    await put(stage, "Tuti", "tip", "tip")
    await until(lambda: said(stage, "Sari")[-1] == "jawaban" and said(stage, "Tuti") == ["tip"])
    before = len(of_chats(stage, "setMyCommands"))
    await asyncio.sleep(3)
    assert len(of_chats(stage, "setMyCommands")) == before, "lists wait"


async def test_a_command_menu_never_delays_an_answer(stage: Stage) -> None:
    stage.telegram.disturb("delay", method="setMyCommands", seconds=8, times=99)
    stage.telegram.phones.say(stage.user("Sari"), "/bahasa en")
    await until(
        lambda: "setMyCommands" in of_chats(stage, "setMyCommands") or bool(said(stage, "Sari"))
    )
    stage.telegram.phones.say(stage.user("Sari"), "/saldo")
    await asyncio.wait_for(stage.settle(), 5)
    assert len(said(stage, "Sari")) == 2


async def test_a_menu_is_set_once_and_again_only_when_it_has_changed(stage: Stage) -> None:
    """The two members had theirs set at the start."""
    sari = stage.user("Sari")
    await until(lambda: len(of_chats(stage, "setMyCommands")) >= 5)
    before = len(of_chats(stage, "setMyCommands"))
    stage.telegram.phones.say(sari, "/bahasa id")
    await stage.settle()
    await asyncio.sleep(3)
    assert len(of_chats(stage, "setMyCommands")) == before
    stage.telegram.phones.say(sari, "/bahasa en")
    await until(lambda: len(of_chats(stage, "setMyCommands")) == before + 1)


async def test_a_menu_that_could_not_be_set_is_set_later(stage: Stage) -> None:
    await until(lambda: len(of_chats(stage, "setMyCommands")) >= 5)
    stage.telegram.disturb("http_500", method="setMyCommands")
    stage.telegram.phones.say(stage.user("Sari"), "/bahasa en")

    def english() -> bool:
        shown = stage.telegram.views.chat(stage.user("Sari"))["commands"]
        return "sell" in {entry["command"] for entry in shown}

    await until(english)


async def test_a_429_on_a_toast_closes_no_chat(stage: Stage) -> None:
    sari = stage.user("Sari")
    stage.telegram.phones.say(sari, "/jual")
    await stage.settle()
    stage.telegram.disturb("retry_after", method="answerCallbackQuery", seconds=HOUR)
    await _tap(stage, "Sabun Sereh")
    assert "Berapa" in said(stage, "Sari")[-1]
    await _tap(stage, "2")
    assert "pembeli" in said(stage, "Sari")[-1]
    assert len(of_chats(stage, "answerCallbackQuery")) == 1, "toasts wait"


async def test_a_long_429_on_an_edit_brings_the_answer_as_a_message(stage: Stage) -> None:
    sari = stage.user("Sari")
    stage.telegram.phones.say(sari, "/jual")
    await stage.settle()
    stage.telegram.disturb("retry_after", method="editMessageText", seconds=HOUR)
    await _tap(stage, "Sabun Sereh")
    assert "Berapa" in said(stage, "Sari")[-1]
    assert of_chats(stage, "editMessageText", "sendMessage")[-2:] == [
        "editMessageText",
        "sendMessage",
    ]
    await _tap(stage, "2")
    assert "pembeli" in said(stage, "Sari")[-1]
    assert len(of_chats(stage, "editMessageText")) == 1, "no further edit while they wait"


async def test_a_short_429_on_an_edit_is_waited_for(stage: Stage) -> None:
    sari = stage.user("Sari")
    stage.telegram.phones.say(sari, "/jual")
    await stage.settle()
    stage.telegram.disturb("retry_after", method="editMessageText", seconds=1)
    await _tap(stage, "Sabun Sereh")
    assert of_chats(stage, "editMessageText", "sendMessage")[-2:] == ["editMessageText"] * 2


async def test_a_clock_that_is_set_back_two_days_holds_no_chat_for_two_days(
    stage: Stage,
) -> None:
    stage.telegram.disturb("retry_after", seconds=2)
    await put(stage, "Sari", "answer", "satu")
    await until(lambda: len(requests(stage)) == 1)
    await advance(stage, -2 * 24 * HOUR)
    await until(lambda: said(stage, "Sari") == ["satu"])


async def test_a_clock_that_is_set_back_over_a_restart_holds_no_longer_than_was_said(
    stage: Stage,
) -> None:
    stage.telegram.disturb("retry_after", seconds=2)
    await put(stage, "Sari", "answer", "satu")
    await until(lambda: len(requests(stage)) == 1)
    await asyncio.sleep(0.2)
    await stage.stop()
    await stage.telegram.move_clock(stage.clock_start.replace(day=1))
    await stage.start()
    await asyncio.sleep(0.5)
    assert said(stage, "Sari") == [], "the gate outlasts the restart"
    await until(lambda: said(stage, "Sari") == ["satu"])


async def test_an_answer_that_waits_for_its_next_try_does_not_wait_for_a_clock(
    stage: Stage,
) -> None:
    async with stage.telegram.unreachable():
        await put(stage, "Sari", "answer", "satu")
        await asyncio.sleep(0.3)
        assert (await one_message(stage, "satu")).error == "NotSentError"
    await advance(stage, -2 * 24 * HOUR)
    await until(lambda: said(stage, "Sari") == ["satu"])


@pytest.mark.parametrize(
    "asked",
    [-5, 0, "soon", None, [], 10**400, "7"],
    ids=["below", "zero", "words", "none", "list", "huge", "digits"],
)
async def test_an_invalid_wait_is_replaced_by_a_short_one(stage: Stage, asked: object) -> None:
    stage.telegram.disturb(
        "error", code=429, words="Too Many Requests", parameters={"retry_after": asked}
    )
    await put(stage, "Sari", "answer", "satu")
    # Admins are also notified of a wait that is too long to be believed.
    sari = stage.user("Sari")
    await until(lambda: any(each["person"] == sari for each in requests(stage)))
    assert (await one_message(stage, "satu")).doubts == 0
    longest = RETRY_AFTER_SECONDS_MAX if asked == 10**400 else 8
    await pass_time(stage, longest)
    await until(lambda: said(stage, "Sari") == ["satu"])


async def test_a_wait_of_a_year_becomes_an_hour_and_admins_are_notified_once(stage: Stage) -> None:
    stage.telegram.disturb("retry_after", seconds=365 * 24 * HOUR, person=stage.user("Sari"))
    stage.telegram.disturb("retry_after", seconds=365 * 24 * HOUR, person=stage.user("Tuti"))
    await put(stage, "Sari", "answer", "satu")
    await put(stage, "Tuti", "answer", "dua")
    await until(lambda: len(said(stage, "Budi")) == 1)
    assert "8.760 jam" in said(stage, "Budi")[0]
    await pass_time(stage, RETRY_AFTER_SECONDS_MAX + 1)
    await until(lambda: said(stage, "Sari") == ["satu"] and said(stage, "Tuti") == ["dua"])
    await stage.settle()
    assert len(said(stage, "Budi")) == 1


async def test_with_very_many_closed_chats_no_message_is_claimed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry_gates, "CHATS_MAX", 1)
    stage.telegram.disturb("retry_after", seconds=30, person=stage.user("Sari"))
    stage.telegram.disturb("retry_after", seconds=30, person=stage.user("Tuti"))
    await put(stage, "Sari", "answer", "satu")
    await put(stage, "Tuti", "answer", "dua")
    await until(lambda: len(requests(stage)) == 2)
    await asyncio.sleep(0.1)
    await put(stage, "Budi", "answer", "tiga")
    await asyncio.sleep(0.3)
    assert said(stage, "Budi") == []
    await pass_time(stage, 31)
    await until(lambda: said(stage, "Budi") == ["tiga"])


async def test_a_429_is_not_logged_as_an_error(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.telegram.disturb("retry_after", seconds=1)
    await put(stage, "Sari", "answer", "satu")
    await until(lambda: said(stage, "Sari") == ["satu"])
    assert not [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert [each.doubts for each in await messages_to(stage, "Sari")] == [0]
    assert await stage.read(lambda conn: people.find(conn, stage.user("Sari"))) is not None
