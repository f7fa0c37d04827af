"""The commands that Telegram shows hold up nothing, and no chat's list holds up another's."""

import asyncio
from functools import partial

import pytest
from sqlalchemy import Connection, text

from bot.store.db import counters
from bot.store.home import command_menus
from tests.faults.looking import of_chats, requests, said, until
from tests.stage import Stage

SHOWN = text("SELECT shown, asked_at FROM menus WHERE user_id = :user")


async def test_the_bot_answers_before_telegram_has_taken_its_commands(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram_api.bot_profile.PROFILE_SECONDS", 600.0)
    name = f"shopfront of {stage.telegram.world.bot.id}"
    await stage.write(partial(counters.put, name=name, value=0))
    await stage.stop()
    stage.telegram.disturb("delay", method="setMyCommands", seconds=600, times=99)
    async with asyncio.timeout(30):
        await stage.start()
    stage.telegram.phones.say(stage.user("Sari"), "/saldo")
    await until(lambda: bool(said(stage, "Sari")))
    await until(lambda: bool(stage.telegram.world.serving["setMyCommands"]))
    await stage.stop()
    stage.telegram.world.faults.clear()
    await stage.start()
    await until(lambda: len(of_chats(stage, "setMyDescription")) == 4)


async def test_commands_that_break_on_the_way_end_nothing(stage: Stage) -> None:
    name = f"shopfront of {stage.telegram.world.bot.id}"
    await stage.write(partial(counters.put, name=name, value=0))
    await stage.stop()
    stage.telegram.disturb("null_result", method="setMyDescription")
    await stage.start()
    await until(lambda: len(of_chats(stage, "setMyDescription")) == 3)
    stage.telegram.phones.say(stage.user("Sari"), "/saldo")
    await stage.settle()
    assert bool(said(stage, "Sari"))


async def test_a_chat_whose_menu_always_fails_holds_up_no_other(stage: Stage) -> None:
    sari, tuti = stage.user("Sari"), stage.user("Tuti")
    await until(lambda: len(of_chats(stage, "setMyCommands")) >= 5)
    stage.telegram.disturb("http_500", method="setMyCommands", person=sari, times=99)

    def ask(conn: Connection) -> None:
        """Sari's is the newer wish, and so the first that is looked at."""
        conn.execute(text("UPDATE menus SET shown = ''"))
        command_menus.ask(conn, tuti, stage.clock.now().replace(microsecond=1))
        command_menus.ask(conn, sari, stage.clock.now().replace(microsecond=9))

    await stage.write(ask)
    shown: dict[int, bool] = {}

    async def look() -> bool:
        for user in (sari, tuti):
            row = await stage.read(partial(_one, user=user))
            shown[user] = bool(row.shown) and row.asked_at is None
        return shown[tuti]

    failed = partial(_failed, stage)
    await until(lambda: failed() >= 1)
    while not await look():
        assert failed() < 5, "tried again and again before the other"
        await asyncio.sleep(0.01)
    assert not shown[sari]
    stage.telegram.world.faults.clear()
    while not shown[sari]:
        await look()
        await asyncio.sleep(0.01)


def _one(conn: Connection, user: int) -> object:
    return conn.execute(SHOWN, {"user": user}).one()


def _failed(stage: Stage) -> int:
    return sum(each["outcome"] == "http_500" for each in requests(stage, "setMyCommands"))
