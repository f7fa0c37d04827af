"""Albums come in pieces; a text can overtake a tap; messages go while the bot does not look."""

import asyncio

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from sandbox.refusals import NotPossible
from sandbox.server import Sandbox
from tests.sandbox.cast import BUDI, SARI, Ask

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("Ya", callback_data="y")]])


async def test_an_album_is_several_messages_with_one_caption(
    bot: Bot, control: Ask, telegram: Sandbox
) -> None:
    telegram.phones.album(SARI, 3, caption="Struk bulan ini")
    status, sent = await control("album", person=SARI, photos=2)
    assert status == 200
    updates = [update.message for update in await bot.get_updates()]
    first = [message for message in updates if message][:3]
    assert [message.caption for message in first] == ["Struk bulan ini", None, None]
    assert len({message.media_group_id for message in first}) == 1
    assert len({message.message_id for message in first}) == 3
    assert len({message.photo[0].file_unique_id for message in first}) == 3
    assert sent["media_group_id"] != first[0].media_group_id
    for number in (1, 11):
        with pytest.raises(NotPossible):
            telegram.phones.album(SARI, number)


async def test_a_text_can_overtake_the_taps_of_the_same_person(
    ask: Ask, bot: Bot, telegram: Sandbox
) -> None:
    sent = await bot.send_message(SARI, "?", reply_markup=KEYS)
    other = await bot.send_message(BUDI, "?", reply_markup=KEYS)
    telegram.phones.overtake(SARI, 0.3)
    first = telegram.phones.tap(SARI, sent.message_id, "y")
    second = telegram.phones.forge(SARI, sent.message_id, "z")
    assert first["update_id"] is second["update_id"] is None
    telegram.phones.say(SARI, "a")
    telegram.phones.tap(BUDI, other.message_id, "y")
    await asyncio.sleep(0.4)
    telegram.phones.tap(SARI, sent.message_id, "y")
    updates = (await ask("getUpdates"))[1]["result"]
    said = [
        update["message"]["text"] if "message" in update else update["callback_query"]["data"]
        for update in updates
    ]
    assert said == ["a", "y", "y", "z", "y"]
    queries = [update["callback_query"]["id"] for update in updates if "message" not in update]
    assert len(set(queries)) == 4


async def test_a_person_can_delete_a_message_without_an_update_to_the_bot(
    ask: Ask, bot: Bot, telegram: Sandbox
) -> None:
    sent = await bot.send_message(SARI, "?", reply_markup=KEYS)
    telegram.phones.erase(SARI, sent.message_id)
    with pytest.raises(BadRequest, match=r"^Message to edit not found$"):
        await bot.edit_message_text("!", SARI, sent.message_id)
    telegram.phones.forge(SARI, sent.message_id, "y")
    ((tap,),) = [(await ask("getUpdates"))[1]["result"]]
    assert tap["callback_query"]["message"] == {
        "message_id": sent.message_id,
        "date": 0,
        "chat": tap["callback_query"]["message"]["chat"],
    }
