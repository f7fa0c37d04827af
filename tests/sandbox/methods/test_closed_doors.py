"""Each reason why a bot may not write somewhere has its own words."""

from collections.abc import Callable

import pytest
from telegram import Bot
from telegram.error import Forbidden

from sandbox.refusals import NotPossible
from sandbox.server import Sandbox
from sandbox.state import Json
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


async def test_a_deleted_account_does_nothing_more(telegram: Sandbox) -> None:
    phones = telegram.phones
    number = phones.say(SARI, "halo")["message_id"]
    phones.delete_account(SARI)
    waits = len(telegram.world.updates.queue)
    acts: list[Callable[[], Json]] = [
        lambda: phones.say(SARI, "halo"),
        lambda: phones.start(SARI),
        lambda: phones.edit(SARI, number, "lain"),
        lambda: phones.forge(SARI, number, "x"),
        lambda: phones.block(SARI),
        lambda: phones.unblock(SARI),
    ]
    for act in acts:
        with pytest.raises(NotPossible, match="deleted the account"):
            act()
    assert len(telegram.world.updates.queue) == waits


async def test_a_bot_gets_no_updates_of_a_group_that_removed_it(
    telegram: Sandbox,
) -> None:
    phones = telegram.phones
    phones.group(GROUP, "Tim", [SARI])
    phones.kick(GROUP)
    waits = len(telegram.world.updates.queue)
    written = phones.say(SARI, "halo semua", GROUP)
    assert written["update_id"] is None
    assert phones.edit(SARI, written["message_id"], "halo lagi", GROUP)["update_id"] is None
    assert len(telegram.world.updates.queue) == waits
    phones.group(GROUP, "Tim", [SARI])
    assert phones.say(SARI, "halo semua", GROUP)["update_id"] is not None
