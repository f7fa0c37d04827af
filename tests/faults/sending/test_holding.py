"""Telegram holds a call for up to eight seconds and then carries it out, once."""

import asyncio
import time

import pytest

from bot.runtime.sender import QUICK_IN_FLIGHT_MAX
from bot.telegram_api.rate_limits import SLOW_SECONDS
from tests.faults.looking import messages_to, ok, put, requests, said, until
from tests.stage import Stage


@pytest.mark.parametrize("seconds", [1.5, 8])
async def test_an_answer_that_is_held_arrives_once(stage: Stage, seconds: float) -> None:
    stage.telegram.disturb("hold", seconds=seconds)
    await put(stage, "Sari", "answer", "satu")
    await put(stage, "Sari", "answer", "dua")
    await until(lambda: said(stage, "Sari") == ["satu", "dua"])
    await stage.settle()
    assert len(requests(stage)) == 2
    assert [(each.state, each.doubts) for each in await messages_to(stage, "Sari")] == [
        ("sent", 0),
        ("sent", 0),
    ]


async def test_a_tip_that_is_held_is_not_uncertain(stage: Stage) -> None:
    stage.telegram.disturb("hold", seconds=6)
    await put(stage, "Sari", "tip", "tip")
    await until(lambda: said(stage, "Sari") == ["tip"])
    await stage.settle()
    [row] = await messages_to(stage, "Sari")
    assert (row.state, row.doubts) == ("sent", 0)


async def test_while_many_chats_are_held_the_others_go_on(stage: Stage) -> None:
    people = [f"Ibu{number}" for number in range(QUICK_IN_FLIGHT_MAX + 4)]
    for name in people:
        stage.telegram.world.people[stage.newcomer(name)].started = True
        stage.telegram.disturb("hold", seconds=6, person=stage.user(name))
        await put(stage, name, "answer", f"untuk {name}")
    await until(lambda: len(stage.app.sender._sending) >= QUICK_IN_FLIGHT_MAX)
    began = time.monotonic()
    await put(stage, "Sari", "answer", "halo")
    await until(lambda: said(stage, "Sari") == ["halo"])
    assert time.monotonic() - began < SLOW_SECONDS + 2
    await until(lambda: all(said(stage, name) for name in people))
    assert len(ok(requests(stage))) == len(people) + 1


async def test_a_stop_waits_for_a_call_that_is_held(stage: Stage) -> None:
    stage.telegram.disturb("hold", seconds=7.5)
    await put(stage, "Sari", "tip", "tip")
    await until(lambda: bool(stage.app.sender._sending))
    began = time.monotonic()
    await stage.stop()
    assert time.monotonic() - began < 9.5
    await stage.start()
    await stage.settle()
    [row] = await messages_to(stage, "Sari")
    assert (row.state, row.doubts) == ("sent", 0)


async def test_a_stop_does_not_wait_for_ever(stage: Stage) -> None:
    stage.telegram.disturb("delay", seconds=30)
    await put(stage, "Sari", "answer", "halo")
    await until(lambda: bool(stage.app.sender._sending))
    began = time.monotonic()
    await stage.stop()
    assert 8 < time.monotonic() - began < 9.5
    stage.telegram.world.faults.clear()
    await stage.start()
    await until(lambda: said(stage, "Sari") == ["halo"])


async def test_a_stop_does_not_wait_for_a_toast(stage: Stage) -> None:
    sari = stage.user("Sari")
    stage.telegram.phones.say(sari, "/jual")
    await stage.settle()
    message = stage.telegram.views.chat(sari)["messages"][-1]
    stage.telegram.disturb("delay", method="answerCallbackQuery", seconds=12)
    stage.telegram.phones.tap(sari, message["message_id"], label="Sabun Sereh")
    await until(lambda: "Berapa" in said(stage, "Sari")[-1])
    await asyncio.sleep(6)
    toast = next(each for each in await messages_to(stage, "Sari") if each.kind == "toast")
    assert toast.state == "uncertain"
