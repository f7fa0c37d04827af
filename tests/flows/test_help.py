"""The help names every command there is, and no other."""

import re
from dataclasses import fields

import pytest

from bot.content import Content, Reader
from bot.flows import FLOWS, by_command
from bot.flows.home import Help, HelpBeforeJoining
from bot.flows.spec import FlowSpec

CONTENT = Content(company="PT Contoh", office="WA 0812", bot="contoh_bot")
LEFT_BY = {"batal", "kembali", "cancel", "back"}
# These stand on buttons, or are words that are typed without a slash.
BY_BUTTON = {"void", "english", "indonesian"}
NOT_FOR_MEMBERS = {"register"}
# Who reads the help has found it.
TO_TYPE = [spec for spec in FLOWS if spec.name not in BY_BUTTON | {"help"}]
TEXT_CHARACTERS_MAX = 700


def commands_in(message: Help | HelpBeforeJoining, language: str) -> set[str]:
    text = CONTENT.screen(message, Reader(language, "Ibu", "Sari")).text
    return set(re.findall(r"(?<![<\w])/(\w+)", text))


def names_of(spec: FlowSpec, language: str) -> set[str]:
    """The first command is the Indonesian one; the others serve English, where there are any."""
    return set(spec.commands[:1] if language == "id" else spec.commands[1:] or spec.commands)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("spec", TO_TYPE, ids=lambda spec: spec.name)
def test_every_command_stands_in_the_help(spec: FlowSpec, language: str) -> None:
    kind = HelpBeforeJoining if spec.name in NOT_FOR_MEMBERS else Help
    assert names_of(spec, language) & commands_in(kind(admin=True), language)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("admin", [True, False])
@pytest.mark.parametrize("kind", [Help, HelpBeforeJoining])
def test_every_command_in_the_help_is_there(
    kind: type[Help | HelpBeforeJoining], language: str, admin: bool
) -> None:
    for command in commands_in(kind(admin=admin), language) - LEFT_BY:
        spec = by_command(command)
        assert spec is not None, command
        assert admin or spec.who != "admin", f"/{command} is shown to somebody who may not use it"


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_key_of_the_menu_does_something_and_selling_stands_first(language: str) -> None:
    keys = [button.value for row in CONTENT.menu(language).rows for button in row]
    specs = [by_command(key.removeprefix("/")) for key in keys]
    assert len(keys) == 5
    assert specs[0] is not None
    assert specs[0].name == "sell"
    assert all(spec is not None and spec.who in {"member", "anyone"} for spec in specs)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_help_fits_one_small_screen(language: str) -> None:
    message = Help(admin=True)
    assert {field.name for field in fields(message)} == {"admin"}
    text = CONTENT.screen(message, Reader(language, "Bapak", "Muhammad")).text
    assert len(text) <= TEXT_CHARACTERS_MAX
