"""Updates that are not fetched are forgotten: each kind after its time, by the sandbox's clock."""

from pathlib import Path
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from sandbox import updates
from sandbox.server import Sandbox
from tests.sandbox.cast import PEOPLE, SARI, Ask

DAY = 24 * 3600
QUERY: dict[str, Any] = {"id": "1", "from": {"id": SARI, "is_bot": False, "first_name": "Sari"}}


@pytest.mark.parametrize(
    ("kind", "seconds"),
    [
        ("message", DAY),
        ("edited_message", DAY),
        ("my_chat_member", DAY),
        ("poll", DAY),
        ("poll_answer", DAY),
        ("callback_query", 150),
        ("inline_query", 30),
        ("chosen_inline_result", 600),
    ],
)
async def test_each_kind_is_kept_for_its_time(telegram: Sandbox, kind: str, seconds: int) -> None:
    await telegram.move_clock(freeze=True)
    content = QUERY | ({"date": telegram.world.clock.epoch()} if "message" in kind else {})
    assert telegram.world.updates.push(kind, content)
    await telegram.move_clock(advance=seconds - 1)
    assert telegram.views.confirmed()["pending"] == 1
    await telegram.move_clock(advance=1)
    assert telegram.views.confirmed()["pending"] == 0


async def test_a_tap_is_gone_after_two_and_a_half_minutes_and_a_text_is_not(
    bot: Bot, telegram: Sandbox, ask: Ask
) -> None:
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Ya", callback_data="y")]])
    sent = await bot.send_message(SARI, "?", reply_markup=keys)
    telegram.phones.say(SARI, "a")
    telegram.phones.tap(SARI, sent.message_id, "y")
    await telegram.move_clock(advance=151)
    (left,) = (await ask("getUpdates"))[1]["result"]
    assert left["message"]["text"] == "a"
    await telegram.move_clock(advance=DAY)
    assert (await ask("getUpdates", offset=-5))[1]["result"] == []


async def test_a_message_counts_from_its_own_date_and_an_edit_of_an_old_one_never_comes(
    telegram: Sandbox,
) -> None:
    old = telegram.phones.say(SARI, "a")["message_id"]
    await telegram.move_clock(advance=DAY - 60)
    assert telegram.phones.edit(SARI, old, "b")["update_id"] is not None
    await telegram.move_clock(advance=120)
    assert telegram.views.confirmed()["pending"] == 0
    assert telegram.phones.edit(SARI, old, "c")["update_id"] is None


async def test_updates_returned_but_not_confirmed_are_forgotten_too(
    telegram: Sandbox, ask: Ask
) -> None:
    telegram.phones.say(SARI, "a")
    assert len((await ask("getUpdates"))[1]["result"]) == 1
    await telegram.move_clock(advance=2 * DAY)
    assert telegram.views.confirmed()["pending"] == 0


async def test_a_restart_from_the_state_file_keeps_no_update_longer(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    async with Sandbox(PEOPLE, state=file, flood=False) as before:
        before.phones.forge(SARI, 1, "x")
        before.phones.say(SARI, "a")
        await before.move_clock(advance=140)
    async with Sandbox(PEOPLE, state=file, flood=False) as after:
        assert after.views.confirmed()["pending"] == 2
        await after.move_clock(advance=20)
        assert after.views.confirmed()["pending"] == 1


async def test_an_update_over_64_kib_is_dropped_silently(telegram: Sandbox) -> None:
    assert telegram.phones.say(SARI, "x" * 65_000)["update_id"] is not None
    assert telegram.phones.say(SARI, "x" * 66_000)["update_id"] is None
    # Telegram escapes whatever is not ASCII: two escapes of six bytes for an emoji.
    assert telegram.phones.say(SARI, "\N{SLIGHTLY SMILING FACE}" * 6_000)["update_id"] is None
    assert telegram.violations == []


async def test_the_number_of_kept_updates_is_limited(
    telegram: Sandbox, monkeypatch: pytest.MonkeyPatch, ask: Ask
) -> None:
    monkeypatch.setattr(updates, "QUEUE_MAX", 3)
    for text in "abcd":
        telegram.phones.say(SARI, text)
    kept = (await ask("getUpdates"))[1]["result"]
    assert [update["message"]["text"] for update in kept] == ["a", "b", "c"]


async def test_an_update_of_a_kind_not_allowed_at_the_time_never_comes(
    telegram: Sandbox, ask: Ask
) -> None:
    await ask("getUpdates", allowed_updates=["message"])
    assert telegram.world.updates.push("poll_answer", QUERY) is None
    assert telegram.world.updates.push("inline_query", QUERY) is None
    _, answer = await ask("getUpdates", offset=1, allowed_updates=["poll_answer", "inline_query"])
    assert answer["result"] == []
    assert telegram.world.updates.push("poll_answer", QUERY) is not None
    assert telegram.phones.say(SARI, "a")["update_id"] is None
