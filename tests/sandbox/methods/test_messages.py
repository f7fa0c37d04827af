"""Messages: what is sent, changed and deleted, and what is refused in which words."""

from typing import Any

import pytest
from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden

from sandbox.server import Sandbox
from tests.sandbox.cast import NEW, SARI, Ask

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("Ya", callback_data="y")]])
TOO_LONG = "Bad Request: message is too long"
RAW_TOO_LONG = "Bad Request: text is too long"
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup "
    "are exactly the same as a current content and reply markup of the message"
)


async def test_a_message_comes_back_as_it_was_sent(bot: Bot, telegram: Sandbox) -> None:
    sent = await bot.send_message(SARI, "<b>Halo</b> Sari", parse_mode="HTML", reply_markup=KEYS)
    again = await bot.send_message(SARI, "2", reply_to_message_id=sent.message_id)
    assert (sent.message_id, again.message_id) == (1, 2)
    assert sent.text_html == "<b>Halo</b> Sari"
    assert sent.reply_markup == KEYS
    assert sent.from_user is not None
    assert sent.from_user.id == bot.id
    assert sent.chat.full_name == "Sari Dewi"
    assert again.reply_to_message is not None
    assert again.reply_to_message.text == "Halo Sari"
    assert abs(sent.date.timestamp() - telegram.world.clock.now().timestamp()) < 2
    assert telegram.violations == []


async def test_each_chat_counts_its_own_messages(bot: Bot) -> None:
    first = await bot.send_message(SARI, "1")
    other = await bot.send_message(2002, "1")
    assert first.message_id == other.message_id == 1


@pytest.mark.parametrize(
    ("params", "code", "words"),
    [
        ({"text": " \n "}, 400, "Bad Request: text must be non-empty"),
        ({"text": ""}, 400, "Bad Request: message text is empty"),
        ({}, 400, "Bad Request: message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, 400, "Bad Request: text must be non-empty"),
        ({"text": f"<i>{'x' * 4097}</i>", "parse_mode": "HTML"}, 400, TOO_LONG),
        ({"text": f"<b>x</b>{' ' * 32_768}", "parse_mode": "HTML"}, 400, RAW_TOO_LONG),
        ({"text": "x" * 4097}, 400, "Bad Request: message is too long"),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            400,
            (
                "Bad Request: can't parse entities: "
                'Can\'t find end tag corresponding to start tag "b"'
            ),
        ),
        ({"text": "x", "parse_mode": "HTML5"}, 400, "Bad Request: unsupported parse_mode"),
        ({"text": "x", "chat_id": 1}, 400, "Bad Request: chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, 400, "Bad Request: chat not found"),
        ({"text": "x", "chat_id": NEW}, 400, "Bad Request: chat not found"),
        ({"text": "x", "chat_id": None}, 400, "Bad Request: chat_id is empty"),
        (
            {"text": "x", "reply_parameters": {"message_id": 99}},
            400,
            "Bad Request: message to be replied not found",
        ),
    ],
)
async def test_an_invalid_message_is_refused(
    ask: Ask, params: dict[str, Any], code: int, words: str
) -> None:
    status, answer = await ask("sendMessage", **{"chat_id": SARI, **params})
    assert status == code
    assert answer == {"ok": False, "error_code": code, "description": words}


async def test_the_greatest_length_counts_without_the_markup(bot: Bot) -> None:
    sent = await bot.send_message(SARI, f"<b>{'x' * 4096}</b>", parse_mode="HTML")
    assert sent.text is not None
    assert len(sent.text) == 4096


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "x", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x"},
            (
                "can't parse inline keyboard button: "
                "Text buttons are unallowed in the inline keyboard"
            ),
        ),
        (
            {"text": "x", "url": "https://localhost/x"},
            "inline keyboard button URL 'https://localhost/x' is invalid: Wrong HTTP URL",
        ),
        ({"text": "x", "url": "no"}, "inline keyboard button URL 'no' is invalid: Wrong HTTP URL"),
        ({"text": "x", "copy_text": {"text": "y" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
    ],
)
async def test_an_invalid_button_is_refused(
    ask: Ask, telegram: Sandbox, button: dict[str, Any], words: str
) -> None:
    markup = {"inline_keyboard": [[button]]}
    status, answer = await ask("sendMessage", chat_id=SARI, text="x", reply_markup=markup)
    assert (status, answer["description"]) == (400, f"Bad Request: {words}")
    assert [fault["method"] for fault in telegram.violations] == ["sendMessage"]
    assert telegram.views.chat(SARI)["messages"] == []


async def test_callback_data_of_64_bytes_is_taken(bot: Bot) -> None:
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="é" * 32)]])
    assert (await bot.send_message(SARI, "x", reply_markup=keys)).reply_markup == keys


async def test_an_edit_changes_text_and_keyboard_together(bot: Bot, telegram: Sandbox) -> None:
    sent = await bot.send_message(SARI, "1", reply_markup=KEYS)
    edited = await bot.edit_message_text("<i>2</i>", SARI, sent.message_id, parse_mode="HTML")
    assert not isinstance(edited, bool)
    assert edited.text == "2"
    assert edited.edit_date is not None
    assert edited.reply_markup is None
    keyed = await bot.edit_message_reply_markup(SARI, sent.message_id, reply_markup=KEYS)
    assert not isinstance(keyed, bool)
    assert (keyed.text, keyed.reply_markup) == ("2", KEYS)
    assert [m["text"] for m in telegram.views.chat(SARI)["messages"]] == ["2"]


async def test_an_edit_that_changes_nothing_is_refused(ask: Ask, bot: Bot) -> None:
    sent = await bot.send_message(SARI, "<b>1</b>", parse_mode="HTML", reply_markup=KEYS)
    same = {
        "chat_id": SARI,
        "message_id": sent.message_id,
        "text": "<strong>1</strong>",
        "parse_mode": "HTML",
    }
    _, answer = await ask("editMessageText", **same, reply_markup=KEYS.to_dict())
    assert answer["description"] == NOT_MODIFIED
    status, _ = await ask("editMessageText", **same)
    assert status == 200
    _, answer = await ask("editMessageText", **same)
    assert answer["description"] == NOT_MODIFIED


async def test_only_own_editable_messages_can_be_edited(bot: Bot, telegram: Sandbox) -> None:
    theirs = telegram.phones.say(SARI, "halo")["message_id"]
    keyed = await bot.send_message(SARI, "x", reply_markup=ReplyKeyboardMarkup([["A"]]))
    forced = await bot.send_message(SARI, "x", reply_markup=ForceReply())
    for number in (theirs, keyed.message_id, forced.message_id):
        with pytest.raises(BadRequest, match=r"^Message can't be edited$"):
            await bot.edit_message_text("y", SARI, number)
    with pytest.raises(BadRequest, match=r"^Message to edit not found$"):
        await bot.edit_message_text("y", SARI, 99)
    plain = await bot.send_message(SARI, "x")
    with pytest.raises(BadRequest, match=r"^There is no caption in the message to edit$"):
        await bot.edit_message_caption(SARI, plain.message_id, caption="y")


async def test_a_message_can_be_deleted_for_two_days(bot: Bot, telegram: Sandbox) -> None:
    first = await bot.send_message(SARI, "1")
    second = await bot.send_message(SARI, "2")
    assert await bot.delete_message(SARI, first.message_id)
    with pytest.raises(BadRequest, match=r"^Message to delete not found$"):
        await bot.delete_message(SARI, first.message_id)
    await telegram.move_clock(advance=48 * 3600 + 5)
    with pytest.raises(BadRequest, match=r"^Message can't be deleted for everyone$"):
        await bot.delete_message(SARI, second.message_id)


async def test_a_person_who_blocked_the_bot_gets_nothing(bot: Bot, telegram: Sandbox) -> None:
    sent = await bot.send_message(SARI, "x")
    telegram.phones.block(SARI)
    with pytest.raises(Forbidden, match=r"^Forbidden: bot was blocked by the user$"):
        await bot.send_message(SARI, "x")
    with pytest.raises(Forbidden):
        await bot.edit_message_text("y", SARI, sent.message_id)
    with pytest.raises(Forbidden):
        await bot.send_chat_action(SARI, ChatAction.TYPING)
    telegram.phones.start(SARI)
    assert (await bot.send_message(SARI, "x")).text == "x"


async def test_a_person_can_be_written_to_after_the_first_contact(
    bot: Bot, telegram: Sandbox
) -> None:
    with pytest.raises(BadRequest, match=r"^Chat not found$"):
        await bot.send_message(NEW, "x")
    telegram.phones.start(NEW, "7K3M9QX2")
    assert (await bot.send_message(NEW, "x")).message_id == 2
    assert telegram.violations == []


async def test_the_reply_keyboard_stays_until_it_is_removed(bot: Bot, telegram: Sandbox) -> None:
    keys = ReplyKeyboardMarkup([["Jual", "Bantuan"]], one_time_keyboard=True)
    await bot.send_message(SARI, "x", reply_markup=keys)
    await bot.send_message(SARI, "y")
    shown = telegram.views.chat(SARI)
    assert shown["reply_keyboard"]["keyboard"] == [[{"text": "Jual"}, {"text": "Bantuan"}]]
    telegram.phones.press(SARI, "Jual")
    assert telegram.views.chat(SARI)["keyboard_hidden"]
    await bot.send_message(SARI, "z", reply_markup=ReplyKeyboardRemove())
    assert telegram.views.chat(SARI)["reply_keyboard"] is None


async def test_a_reply_to_a_message_that_is_gone_may_be_sent_without_it(bot: Bot) -> None:
    sent = await bot.send_message(
        SARI, "x", reply_to_message_id=99, allow_sending_without_reply=True
    )
    assert sent.reply_to_message is None


async def test_unread_counts_what_the_bot_wrote_since_the_person_last_looked(
    bot: Bot, telegram: Sandbox
) -> None:
    await bot.send_message(SARI, "1")
    await bot.send_message(SARI, "2")
    assert telegram.views.chat(SARI)["unread"] == 2
    telegram.phones.read(SARI)
    assert telegram.views.chat(SARI)["unread"] == 0
