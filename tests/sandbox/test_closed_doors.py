"""Each reason why a bot may not write somewhere has its own words."""

import pytest
from telegram import Bot
from telegram.error import Forbidden

from sandbox.server import Sandbox
from tests.sandbox.cast import NEW, SARI, Ask

GROUP, SUPERGROUP = -5, -1_000_000_000_005


async def refused(ask: Ask, chat_id: int) -> str:
    status, answer = await ask("sendMessage", chat_id=chat_id, text="x")
    assert status == answer["error_code"] == 403
    words: str = answer["description"]
    return words.removeprefix("Forbidden: ")


async def test_people_and_groups_close_in_different_words(ask: Ask, telegram: Sandbox) -> None:
    phones = telegram.phones
    phones.block(SARI)
    assert await refused(ask, SARI) == "bot was blocked by the user"
    phones.unblock(SARI)
    phones.delete_account(SARI)
    assert await refused(ask, SARI) == "user is deactivated"
    assert await refused(ask, telegram.world.bot.id) == "the bot can't send messages to the bot"
    for group, kind in ((GROUP, "group"), (SUPERGROUP, "supergroup")):
        phones.group(group, "Tim", [NEW])
        assert phones.kick(group)["update_id"] is not None
        assert await refused(ask, group) == f"bot was kicked from the {kind} chat"
    assert await refused(ask, NEW) == "bot can't initiate conversation with a user"
    assert telegram.violations == []


async def test_a_closed_chat_takes_no_edit_either(bot: Bot, telegram: Sandbox) -> None:
    sent = await bot.send_message(SARI, "x")
    telegram.phones.delete_account(SARI)
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.edit_message_text("y", SARI, sent.message_id)
