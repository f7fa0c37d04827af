"""What people do, as python-telegram-bot sees it."""

import base64

import pytest
from telegram import (
    Bot,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    MessageOriginHiddenUser,
    MessageOriginUser,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.error import BadRequest

from sandbox.files import blank_picture
from sandbox.oddments import MEDIA
from sandbox.refusals import NotPossible
from sandbox.server import Sandbox
from tests.sandbox.cast import BUDI, NEW, SARI, Ask

STALE = r"^Query is too old and response timeout expired or query id is invalid$"
KEYS = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Ya", callback_data="y")],
        [InlineKeyboardButton("Situs", url="https://example.org/x")],
    ]
)
GROUP = -1001234567890


async def next_update(bot: Bot) -> Update:
    (update,) = await bot.get_updates(timeout=2)
    await bot.get_updates(offset=update.update_id + 1)
    return update


async def next_message(bot: Bot) -> Message:
    message = (await next_update(bot)).message
    assert message is not None
    return message


async def tapped(bot: Bot, telegram: Sandbox) -> CallbackQuery:
    sent = await bot.send_message(SARI, "x", reply_markup=KEYS)
    telegram.phones.tap(SARI, sent.message_id, label="Ya")
    query = (await next_update(bot)).callback_query
    assert query is not None
    return query


async def test_a_person_may_have_no_language(ask: Ask, telegram: Sandbox) -> None:
    telegram.world.people[SARI].language_code = None
    telegram.phones.say(SARI, "a")
    ((update,),) = [(await ask("getUpdates"))[1]["result"]]
    assert "language_code" not in update["message"]["from"]
    assert (await ask("setMyCommands", commands=[]))[0] == 200


async def test_a_command_is_marked_as_one(bot: Bot, telegram: Sandbox) -> None:
    telegram.phones.say(SARI, "/jual 2 sabun")
    message = await next_message(bot)
    assert message.parse_entities(["bot_command"]) == {message.entities[0]: "/jual"}
    assert message.from_user is not None
    assert message.from_user.language_code == "id"


async def test_a_deep_link_carries_its_payload(bot: Bot, telegram: Sandbox) -> None:
    telegram.phones.start(NEW, "7K3M9QX2")
    assert (await next_message(bot)).text == "/start 7K3M9QX2"
    assert telegram.world.person(NEW).opens is None
    with pytest.raises(NotPossible):
        telegram.phones.start(NEW, "no blanks")


async def test_a_tap_carries_the_whole_message(bot: Bot, telegram: Sandbox) -> None:
    query = await tapped(bot, telegram)
    assert query.data == "y"
    assert query.chat_instance
    assert isinstance(query.message, Message)
    assert query.message.reply_markup == KEYS
    assert await query.answer("Baik", show_alert=True)


async def test_a_callback_is_answered_once(bot: Bot, telegram: Sandbox) -> None:
    query = await tapped(bot, telegram)
    assert await query.answer()
    with pytest.raises(BadRequest, match=f"(?i){STALE}"):
        await query.answer()
    with pytest.raises(BadRequest, match=f"(?i){STALE}"):
        await bot.answer_callback_query("17")


async def test_a_callback_is_fresh_for_fifteen_seconds(bot: Bot, telegram: Sandbox) -> None:
    fresh = await tapped(bot, telegram)
    await telegram.move_clock(advance=14)
    assert await fresh.answer()
    late = await tapped(bot, telegram)
    await telegram.move_clock(advance=16)
    with pytest.raises(BadRequest, match=f"(?i){STALE}"):
        await late.answer()


async def test_a_toast_of_more_than_200_signs_is_refused(bot: Bot, telegram: Sandbox) -> None:
    query = await tapped(bot, telegram)
    with pytest.raises(BadRequest, match=r"(?i)^message_too_long$"):
        await query.answer("x" * 201)


async def test_only_buttons_that_are_there_can_be_tapped(
    bot: Bot, telegram: Sandbox, control: Ask
) -> None:
    sent = await bot.send_message(SARI, "x", reply_markup=KEYS)
    at = {"person": SARI, "message_id": sent.message_id}
    assert (await control("tap", **at, data="z"))[0] == 404
    assert (await control("tap", **{**at, "message_id": 99}, data="y"))[0] == 404
    status, answer = await control("tap", **at, label="Situs")
    assert (status, answer) == (
        400,
        {"error": 'the button "Situs" opens something, it sends nothing'},
    )
    status, answer = await control("tap", **at, data="y")
    assert status == 200
    assert set(answer) == {"update_id", "callback_id", "event"}
    telegram.phones.forge(SARI, 99, "made up")
    forged = (await bot.get_updates())[1].callback_query
    assert forged is not None
    assert forged.data == "made up"
    assert forged.message is not None
    assert not forged.message.is_accessible


async def test_keys_send_their_text_or_ones_own_contact(bot: Bot, telegram: Sandbox) -> None:
    keys = ReplyKeyboardMarkup([[KeyboardButton("Nomor saya", request_contact=True), "Batal"]])
    await bot.send_message(SARI, "x", reply_markup=keys)
    telegram.phones.press(SARI, "Batal")
    assert (await next_message(bot)).text == "Batal"
    telegram.phones.press(SARI, "Nomor saya")
    contact = (await next_message(bot)).contact
    assert contact is not None
    assert (contact.phone_number, contact.user_id) == ("+6281200000001", SARI)
    with pytest.raises(NotPossible, match="no such key"):
        telegram.phones.press(SARI, "Lain")


async def test_the_contact_of_another_person_can_be_shared(bot: Bot, telegram: Sandbox) -> None:
    telegram.phones.contact(SARI, phone_number="+628999", user_id=BUDI, first_name="Budi")
    contact = (await next_message(bot)).contact
    assert contact is not None
    assert (contact.phone_number, contact.user_id, contact.first_name) == ("+628999", BUDI, "Budi")
    telegram.phones.contact(SARI, phone_number="+628999")
    stranger = (await next_message(bot)).contact
    assert stranger is not None
    assert stranger.user_id is None


async def test_photos_and_documents_can_be_fetched(bot: Bot, telegram: Sandbox) -> None:
    picture = blank_picture(20)
    telegram.phones.photo(SARI, caption="lihat", file=base64.b64encode(picture).decode())
    message = await next_message(bot)
    assert message.caption == "lihat"
    assert (message.photo[-1].width, message.photo[-1].height) == (20, 20)
    file = await message.photo[-1].get_file()
    assert bytes(await file.download_as_bytearray()) == picture
    telegram.phones.document(SARI, "daftar.csv", base64.b64encode(b"a,b\n").decode())
    document = (await next_message(bot)).document
    assert document is not None
    assert (document.file_name, document.mime_type) == ("daftar.csv", "text/csv")
    assert bytes(await (await document.get_file()).download_as_bytearray()) == b"a,b\n"
    with pytest.raises(NotPossible, match="base64"):
        telegram.phones.photo(SARI, file="?")


@pytest.mark.parametrize("kind", sorted(MEDIA))
async def test_other_media_are_read_by_the_library(bot: Bot, telegram: Sandbox, kind: str) -> None:
    telegram.phones.media(SARI, kind)
    assert getattr(await next_message(bot), kind) is not None


async def test_a_moving_picture_is_a_document_and_a_venue_a_place(
    bot: Bot, telegram: Sandbox
) -> None:
    telegram.phones.media(SARI, "animation")
    assert (await next_message(bot)).document is not None
    telegram.phones.media(SARI, "venue")
    assert (await next_message(bot)).location is not None


async def test_a_reply_has_the_message_that_it_is_to(bot: Bot, telegram: Sandbox) -> None:
    sent = await bot.send_message(SARI, "x", reply_markup=KEYS)
    telegram.phones.say(SARI, "ya", reply_to=sent.message_id)
    reply = await next_message(bot)
    quoted = reply.reply_to_message
    assert quoted is not None
    assert (quoted.message_id, quoted.text, quoted.reply_markup) == (sent.message_id, "x", KEYS)
    telegram.phones.say(SARI, "ya", reply_to=reply.message_id)
    again = (await next_message(bot)).reply_to_message
    assert again is not None
    assert again.reply_to_message is None
    with pytest.raises(NotPossible):
        telegram.phones.say(SARI, "ya", reply_to=99)


async def test_a_forwarded_message_says_who_wrote_it(bot: Bot, telegram: Sandbox) -> None:
    telegram.phones.forward(SARI, "pesan 2 sabun", BUDI)
    shown = (await next_message(bot)).forward_origin
    assert isinstance(shown, MessageOriginUser)
    assert shown.sender_user.id == BUDI
    telegram.phones.forward(SARI, "pesan 2 sabun", "Bu Ani")
    hidden = (await next_message(bot)).forward_origin
    assert isinstance(hidden, MessageOriginHiddenUser)
    assert hidden.sender_user_name == "Bu Ani"
    telegram.phones.forward(SARI, "lunas", telegram.world.bot.id, photo=True)
    with_photo = await next_message(bot)
    assert (with_photo.caption, len(with_photo.photo)) == ("lunas", 1)
    assert isinstance(with_photo.forward_origin, MessageOriginUser)


async def test_a_message_is_passed_on_as_it_is(bot: Bot, telegram: Sandbox) -> None:
    first = telegram.phones.photo(BUDI, "2 sabun, lunas")["message_id"]
    telegram.phones.pass_on(SARI, first, BUDI)
    passed_on = (await bot.get_updates())[1].message
    assert passed_on is not None
    assert passed_on.caption == "2 sabun, lunas"
    assert passed_on.photo
    assert isinstance(passed_on.forward_origin, MessageOriginUser)
    assert passed_on.forward_origin.sender_user.id == BUDI
    again = telegram.phones.pass_on(BUDI, passed_on.message_id, SARI)
    copied = telegram.world.chats[BUDI].messages[again["message_id"]].body
    assert copied["forward_origin"]["sender_user"]["id"] == BUDI
    with pytest.raises(NotPossible):
        telegram.phones.pass_on(SARI, 99)


async def test_a_message_of_the_bot_is_passed_on_without_its_buttons(
    bot: Bot, telegram: Sandbox
) -> None:
    sent = await bot.send_message(SARI, "x", reply_markup=KEYS)
    telegram.phones.pass_on(SARI, sent.message_id)
    passed_on = await next_message(bot)
    assert passed_on.reply_markup is None
    assert isinstance(passed_on.forward_origin, MessageOriginUser)
    assert passed_on.forward_origin.sender_user.is_bot


async def test_an_edited_message_makes_an_update(bot: Bot, telegram: Sandbox) -> None:
    number = telegram.phones.say(SARI, "2 sabun")["message_id"]
    await next_update(bot)
    telegram.phones.edit(SARI, number, "3 sabun")
    edited = (await next_update(bot)).edited_message
    assert edited is not None
    assert (edited.message_id, edited.text) == (number, "3 sabun")
    assert edited.edit_date is not None
    with pytest.raises(NotPossible):
        telegram.phones.edit(SARI, 99, "x")


async def test_blocking_and_unblocking_make_updates(bot: Bot, telegram: Sandbox) -> None:
    telegram.phones.block(SARI)
    blocked = (await next_update(bot)).my_chat_member
    assert blocked is not None
    assert (blocked.old_chat_member.status, blocked.new_chat_member.status) == ("member", "kicked")
    with pytest.raises(NotPossible, match="blocked the bot"):
        telegram.phones.say(SARI, "x")
    telegram.phones.start(SARI)
    back, started = await bot.get_updates()
    assert back.my_chat_member is not None
    assert back.my_chat_member.new_chat_member.status == "member"
    assert started.message is not None
    assert started.message.text == "/start"


async def test_a_group_has_the_bot_and_its_people(bot: Bot, telegram: Sandbox) -> None:
    telegram.phones.group(GROUP, "Tim Sari", [SARI, BUDI])
    telegram.phones.say(BUDI, "halo", chat=GROUP)
    member, service, said = await bot.get_updates()
    assert member.my_chat_member is not None
    assert member.my_chat_member.chat.type == "supergroup"
    assert service.message is not None
    assert service.message.new_chat_members[0].id == bot.id
    assert said.message is not None
    assert said.message.chat.title == "Tim Sari"
    answer = await bot.send_message(GROUP, "x", reply_to_message_id=said.message.message_id)
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.text == "halo"
    with pytest.raises(NotPossible, match="no chat"):
        telegram.phones.say(NEW, "x", chat=GROUP)


async def test_a_chat_can_be_looked_up(bot: Bot) -> None:
    chat = await bot.get_chat(SARI)
    assert (chat.full_name, chat.username) == ("Sari Dewi", "sari")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.get_chat(NEW)
