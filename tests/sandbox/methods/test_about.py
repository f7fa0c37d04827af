"""The bot's commands and what it says of itself."""

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import BadRequest

from sandbox.server import Sandbox
from tests.sandbox.cast import BUDI, NEW, SARI


def menu(telegram: Sandbox, person: int) -> list[str]:
    return [entry["command"] for entry in telegram.views.chat(person)["commands"]]


async def test_the_narrowest_scope_and_the_users_language_win(bot: Bot, telegram: Sandbox) -> None:
    telegram.world.people[BUDI].language_code = "en"
    await bot.set_my_commands([BotCommand("jual", "Jual")])
    await bot.set_my_commands([BotCommand("sell", "Sell")], language_code="en")
    assert (menu(telegram, SARI), menu(telegram, BUDI)) == (["jual"], ["sell"])
    private = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand("saldo", "Saldo")], scope=private)
    assert (menu(telegram, SARI), menu(telegram, BUDI)) == (["saldo"], ["saldo"])
    own = BotCommandScopeChat(SARI)
    await bot.set_my_commands([BotCommand("kelola", "Kelola")], scope=own)
    assert (menu(telegram, SARI), menu(telegram, BUDI)) == (["kelola"], ["saldo"])
    assert [command.command for command in await bot.get_my_commands(scope=own)] == ["kelola"]
    await bot.delete_my_commands(scope=own)
    assert menu(telegram, SARI) == ["saldo"]
    assert telegram.violations == []


async def test_commands_are_validated(bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)BOT_COMMAND_INVALID"):
        await bot.set_my_commands([BotCommand("Jual", "x")])
    with pytest.raises(BadRequest, match=r"(?i)BOT_COMMANDS_TOO_MUCH"):
        await bot.set_my_commands([BotCommand(f"c{n}", "x") for n in range(101)])
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.set_my_commands([BotCommand("a", "b")], scope=BotCommandScopeChat(NEW))


async def test_phones_learn_of_new_commands_and_descriptions(bot: Bot, telegram: Sandbox) -> None:
    before = telegram.world.events.last
    await bot.set_my_commands([BotCommand("jual", "Jual")])
    await bot.set_my_name("Jual Dulu")
    await bot.set_my_short_description("Jual dulu.")
    await bot.set_my_description("Kantor saku.", language_code="id")
    result = telegram.world.events.after(before)
    assert [event["person"] for event in result if event["kind"] == "commands"] == [
        SARI,
        BUDI,
        NEW,
    ]
    card = result[-1]["bot"]
    assert (card["username"], card["description"]) == ("jualdulu_bot", "Kantor saku.")
    assert card["short_description"] == "Jual dulu."
