"""Updates are kept until they are confirmed."""

import asyncio
import time
from typing import Any

import pytest
from telegram import Bot
from telegram.error import Conflict

from sandbox import polling
from sandbox.server import Sandbox
from tests.sandbox.cast import SARI, Ask, bot_for


def texts(updates: Any) -> list[str]:
    return [update.message.text for update in updates]


async def test_what_is_not_confirmed_comes_again_to_the_next_bot(telegram: Sandbox) -> None:
    numbers = [telegram.phones.say(SARI, text)["update_id"] for text in "abc"]
    async with bot_for(telegram) as first:
        assert texts(await first.get_updates()) == ["a", "b", "c"]
        assert texts(await first.get_updates(offset=numbers[1])) == ["b", "c"]
    async with bot_for(telegram) as second:
        assert texts(await second.get_updates()) == ["b", "c"]
        assert await second.get_updates(offset=numbers[2] + 1) == ()
    assert numbers == list(range(numbers[0], numbers[0] + 3))
    assert telegram.views.confirmed() == {
        "offset": numbers[2] + 1,
        "pending": 0,
        "pending_ids": [],
    }


async def test_confirmations_are_in_the_log_and_idle_polls_are_not(
    bot: Bot, telegram: Sandbox
) -> None:
    number = telegram.phones.say(SARI, "a")["update_id"]
    await bot.get_updates()
    await bot.get_updates(offset=number + 1)
    await bot.get_updates(offset=number + 1)
    polls = [
        call["params"] for call in telegram.views.log()["requests"] if call["method"] != "getMe"
    ]
    assert [poll["offset"] for poll in polls] == [number + 1]


async def test_limits_and_negative_offsets(bot: Bot, telegram: Sandbox) -> None:
    for text in "abcd":
        telegram.phones.say(SARI, text)
    assert texts(await bot.get_updates(limit=2)) == ["a", "b"]
    assert texts(await bot.get_updates(offset=-1)) == ["d"]
    assert texts(await bot.get_updates()) == ["d"]


async def test_an_offset_beyond_the_end_confirms_nothing(bot: Bot, telegram: Sandbox) -> None:
    number = telegram.phones.say(SARI, "a")["update_id"]
    assert texts(await bot.get_updates(offset=number + 1000)) == ["a"]


async def test_a_poll_is_held_until_something_happens(bot: Bot, telegram: Sandbox) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.1)
    assert not poll.done()
    began = time.monotonic()
    telegram.phones.say(SARI, "a")
    assert texts(await poll) == ["a"]
    assert time.monotonic() - began < 0.5


async def test_a_poll_ends_empty_after_its_time(ask: Ask) -> None:
    began = time.monotonic()
    _, answer = await ask("getUpdates", timeout=1)
    assert answer == {"ok": True, "result": []}
    assert 0.9 < time.monotonic() - began < 2


async def test_a_second_poll_ends_the_first(bot: Bot, telegram: Sandbox) -> None:
    words = (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    async with bot_for(telegram) as other:
        first = asyncio.create_task(bot.get_updates(timeout=20))
        await asyncio.sleep(0.05)
        second = asyncio.create_task(other.get_updates(timeout=20))
        with pytest.raises(Conflict) as refused:
            await first
        telegram.phones.say(SARI, "a")
        assert texts(await second) == ["a"]
    assert refused.value.message == words


async def test_only_allowed_kinds_arrive(bot: Bot, telegram: Sandbox) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    assert telegram.phones.say(SARI, "a")["update_id"] is None
    await bot.get_updates(allowed_updates=[])
    assert telegram.phones.say(SARI, "b")["update_id"] is not None
    assert texts(await bot.get_updates()) == ["b"]


async def test_an_earlier_update_can_come_again_under_its_number(
    bot: Bot, telegram: Sandbox, control: Ask
) -> None:
    first = telegram.phones.say(SARI, "a")["update_id"]
    second = telegram.phones.say(SARI, "b")["update_id"]
    await bot.get_updates(offset=second + 1)
    assert await control("again", update_id=first) == (200, {"update_id": first})
    again = await bot.get_updates(offset=second + 1)
    assert [(update.update_id, update.message.text) for update in again if update.message] == [
        (first, "a")
    ]
    assert await bot.get_updates(offset=second + 1) == ()
    assert (await control("again"))[1] == {"update_id": second}
    assert (await control("again", update_id=1))[0] == 404


async def test_any_body_can_be_pushed(ask: Ask, control: Ask) -> None:
    _, pushed = await control("raw", update={"message": {"odd": True}})
    assert (await control("raw", update={"update_id": 7, "poll": {}}))[1] == {"update_id": 7}
    _, answer = await ask("getUpdates")
    assert answer["result"] == [
        {"update_id": pushed["update_id"], "message": {"odd": True}},
        {"update_id": 7, "poll": {}},
    ]


async def test_there_is_no_webhook_and_pending_updates_can_be_dropped(
    bot: Bot, telegram: Sandbox
) -> None:
    telegram.phones.say(SARI, "a")
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("", 1)
    assert await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


def test_the_first_number_is_random_and_the_same_for_the_same_seed() -> None:
    firsts = {Sandbox(seed=seed).world.updates.next_id for seed in range(20)}
    assert len(firsts) == 20
    assert all(2_000_001 <= number < 2**31 for number in firsts)
    assert Sandbox(seed=3).world.updates.next_id in firsts
    assert len({Sandbox().world.updates.next_id for _ in range(5)}) == 5


async def test_after_a_week_without_updates_numbers_begin_anywhere(telegram: Sandbox) -> None:
    first = telegram.phones.say(SARI, "a")["update_id"]
    telegram.world.updates.confirm(first + 1)
    await telegram.move_clock(advance=6 * 24 * 3600)
    assert telegram.phones.say(SARI, "b")["update_id"] == first + 1
    telegram.world.updates.confirm(first + 2)
    await telegram.move_clock(advance=7 * 24 * 3600)
    assert telegram.phones.say(SARI, "c")["update_id"] not in range(first, first + 100)


async def test_limit_and_timeout_out_of_range_are_clamped(ask: Ask, telegram: Sandbox) -> None:
    for number in range(103):
        telegram.phones.say(SARI, str(number))
    _, much = await ask("getUpdates", limit=1000, timeout=-5)
    assert len(much["result"]) == 100
    _, little = await ask("getUpdates", limit=-3, offset=much["result"][0]["update_id"])
    assert len(little["result"]) == 1
    assert polling.PollLimits().allow(0, 5, 1000).hold_s == 50


async def test_the_same_offset_again_gets_one_update_and_is_held(
    ask: Ask, telegram: Sandbox
) -> None:
    number = telegram.phones.say(SARI, "a")["update_id"]
    telegram.phones.say(SARI, "b")
    assert len((await ask("getUpdates", offset=number))[1]["result"]) == 2
    assert len((await ask("getUpdates", offset=number))[1]["result"]) == 1
    await asyncio.sleep(0.55)
    assert len((await ask("getUpdates", offset=number))[1]["result"]) == 2
    assert (await ask("getUpdates", offset=number + 2))[1]["result"] == []
    began = time.monotonic()
    assert (await ask("getUpdates", offset=number + 2))[1]["result"] == []
    assert 2.9 < time.monotonic() - began < 4


async def test_an_offset_a_little_beyond_the_end_confirms_all(ask: Ask, telegram: Sandbox) -> None:
    number = telegram.phones.say(SARI, "a")["update_id"]
    assert len((await ask("getUpdates", offset=number + 12))[1]["result"]) == 1
    assert (await ask("getUpdates", offset=number + 11))[1]["result"] == []
    number = telegram.phones.say(SARI, "b")["update_id"]
    assert len((await ask("getUpdates", offset=number - 100_001))[1]["result"]) == 1


async def test_an_answer_ends_at_about_four_mebibytes(ask: Ask, telegram: Sandbox) -> None:
    for _ in range(100):
        telegram.phones.say(SARI, "x" * 60_000)
    _, answer = await ask("getUpdates")
    assert 60 < len(answer["result"]) < 80


async def test_a_poll_that_finds_updates_ends_no_other_poll(bot: Bot, telegram: Sandbox) -> None:
    number = telegram.phones.say(SARI, "a")["update_id"]
    first = asyncio.create_task(bot.get_updates(offset=number + 1, timeout=20))
    await asyncio.sleep(0.1)
    async with bot_for(telegram) as other:
        telegram.phones.say(SARI, "b")
        assert texts(await other.get_updates(offset=-1)) == ["b"]
    assert texts(await first) == ["b"]


async def test_a_webhook_blocks_polling_until_it_is_deleted(
    bot: Bot, ask: Ask, telegram: Sandbox
) -> None:
    held = asyncio.create_task(ask("getUpdates", timeout=20))
    await asyncio.sleep(0.1)
    assert await bot.set_webhook("https://bot.example.org/x")
    assert (await held)[1]["description"] == "Conflict: terminated by setWebhook request"
    telegram.phones.say(SARI, "a")
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("https://bot.example.org/x", 1)
    began = time.monotonic()
    status, answer = await ask("getUpdates", timeout=20)
    assert (status, answer["description"]) == (
        409,
        (
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        ),
    )
    # The words of a conflict are said at once, but no oftener than every three seconds.
    assert 2.9 < time.monotonic() - began < 4
    assert await bot.delete_webhook()
    assert texts(await bot.get_updates()) == ["a"]


async def test_a_webhook_needs_https(ask: Ask) -> None:
    assert (await ask("setWebhook", url="http://x.example"))[0] == 400
