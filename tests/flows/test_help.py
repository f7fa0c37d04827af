"""The help names every command and no other."""

import re
from collections import Counter
from dataclasses import fields

import pytest

from bot.content import Content, Reader
from bot.content.command_lists import read_words
from bot.conversation.registry import FLOWS, by_command
from bot.core.conversation.messages import Message
from bot.flows.home.home import Help, HelpBeforeJoining, OfficeHelp
from bot.flows.spec import FlowSpec, HelpPlace, MenuPlace
from bot.services.home.command_menu import commands

CONTENT = Content(FLOWS, company="PT Contoh", office="WA 0812", bot="contoh_bot")
LEFT_BY = {"batal", "kembali", "cancel", "back"}
# These are on buttons, or are words that are typed without a slash.
BY_BUTTON = {
    *("hints", "order", "void", "edit", "undo", "english", "indonesian", "why", "why_not"),
    *("next_steps", "payout", "check_returns", "ask_number", "relay", "paid", "merge"),
    *("customer_edit", "customer_add", "customer_forget", "contact_file"),
}
NOT_FOR_MEMBERS = {"register", "claim", "relink"}
# The reader of the help has found it.
TO_TYPE = [spec for spec in FLOWS if spec.name not in BY_BUTTON | {"help"}]
TEXT_CHARACTERS_MAX = 800
DESCRIPTION_CHARACTERS_MAX = 40


def help_for(member: bool, roles: tuple[str, ...]) -> Message:
    """The help that a person with these roles gets."""
    trainer, admin = "trainer" in roles, "admin" in roles
    if member:
        return Help(trainer, admin)
    return OfficeHelp(trainer) if admin else HelpBeforeJoining(trainer)


def commands_in(message: Message, language: str) -> set[str]:
    text = CONTENT.screen(message, Reader(language, "Ibu", "Sari")).text
    return set(re.findall(r"(?<![<\w])/(\w+)", text))


def names_of(spec: FlowSpec, language: str) -> set[str]:
    """The first command is the Indonesian one; any others are for English."""
    return set(spec.commands[:1] if language == "id" else spec.commands[1:] or spec.commands)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("spec", TO_TYPE, ids=lambda spec: spec.name)
def test_the_help_lists_every_command(spec: FlowSpec, language: str) -> None:
    shown = help_for(spec.name not in NOT_FOR_MEMBERS, ("trainer",))
    office = help_for(spec.name not in NOT_FOR_MEMBERS, ("trainer", "admin"))
    listed = commands_in(shown, language) | commands_in(office, language)
    assert names_of(spec, language) & listed


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("roles", [(), ("trainer",), ("admin",), ("trainer", "admin")])
@pytest.mark.parametrize("member", [True, False])
def test_every_command_in_the_help_exists(
    member: bool, language: str, roles: tuple[str, ...]
) -> None:
    for command in commands_in(help_for(member, roles), language) - LEFT_BY:
        spec = by_command(command)
        assert spec is not None, command
        allowed = {"anyone", *roles} | ({"member"} if member else set())
        assert spec.who in allowed, f"/{command} is not for its reader"


def test_a_flow_is_listed_in_the_help_or_a_button_leads_to_it() -> None:
    placed = {spec.name for spec in FLOWS if spec.in_help}
    assert placed == {spec.name for spec in TO_TYPE}


def test_no_two_flows_want_the_same_place() -> None:
    in_help = [(at.section, at.row, at.column) for spec in FLOWS for at in spec.in_help]
    in_menu = [(at.readers, at.rank) for spec in FLOWS for at in spec.in_menu]
    assert [each for each, times in Counter([*in_help, *in_menu]).items() if times > 1] == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_each_listed_flow_has_one_line_of_words_and_no_line_is_unused(
    language: str,
) -> None:
    words = read_words(CONTENT.source(f"menu/words.{language}.j2"))
    listed = {spec.name for spec in FLOWS if spec.in_help or spec.in_menu}
    assert {name.removesuffix(" joining") for name in words} == listed
    for spec in FLOWS:
        lines = [words[name] for name in (spec.name, f"{spec.name} joining") if name in words]
        assert any(line.menu for line in lines) == bool(spec.in_menu), spec.name
        assert spec.in_help or not any(line.help for line in lines), spec.name


@pytest.mark.parametrize(
    "wrong", ["sell | one", "sell | one | two | three", "sell | a | b\nsell | c | d"]
)
def test_an_invalid_line_of_words_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"values|two lines"):
        read_words(wrong)


def test_a_new_flow_appears_in_help_and_menu_without_another_list() -> None:
    spec = FlowSpec(
        "sell",
        FLOWS[0].start,
        ("pesanan", "orders"),
        in_help=(HelpPlace("money", row=9), HelpPlace("money", row=9, column=2, runs_on=True)),
        in_menu=(MenuPlace("members", 35),),
    )
    content = Content((*FLOWS, spec), company="PT Contoh", office="WA 0812", bot="contoh_bot")
    text = content.screen(Help(trainer=False, admin=False), Reader("en")).text
    assert "/invite link and code\n/orders log a sale, /orders log a sale\n\n<b>" in text
    names = [name for name, _ in commands(content, "id", member=True)]
    assert names[2:5] == ["bonus", "pesanan", "struk"]


def test_each_role_adds_a_line_to_the_help_of_a_member() -> None:
    def text(trainer: bool, admin: bool) -> str:
        return CONTENT.screen(Help(trainer, admin), Reader("id")).text

    head, _, foot = text(trainer=False, admin=False).rpartition("\n\n")
    work = "<b>Pelatih</b>: /siaran kirim ke banyak mitra · /betulkan"
    office = "<b>Kantor</b>: /setujui cek penjualan · /kelola panel · /cari penjualan mana pun"
    assert text(trainer=True, admin=False) == f"{head}\n\n{work}\n\n{foot}"
    assert text(trainer=False, admin=True) == f"{head}\n\n{office}\n\n{foot}"
    assert text(trainer=True, admin=True) == f"{head}\n\n{work}\n{office}\n\n{foot}"


def test_a_trainer_and_an_admin_who_are_no_members_have_the_line_of_their_work() -> None:
    def text(*roles: str) -> str:
        return CONTENT.screen(help_for(False, roles), Reader("id")).text

    work = "<b>Pelatih</b>: /siaran kirim ke banyak mitra · /betulkan"
    office = "<b>Kantor</b>: /setujui cek penjualan · /kelola panel · /cari penjualan mana pun"
    assert work not in text()
    assert text("trainer").replace(f"{work}\n\n", "") == text()
    assert office in text("admin")
    assert work not in text("admin")
    assert text("trainer", "admin").replace(f"{work}\n", "") == text("admin")
    assert "mendaftar" not in text("admin")


def test_a_trainer_who_is_no_member_has_a_menu_of_their_own() -> None:
    listed = commands(CONTENT, "id", trainer=True)
    assert [name for name, _ in listed] == ["siaran", "bahasa", "bantuan", "menu"]


PEOPLE = [(member, roles) for member in (True, False) for roles in ((), ("trainer",), ("admin",))]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(("member", "roles"), PEOPLE)
def test_telegrams_menu_lists_exactly_the_commands_a_person_may_use(
    language: str, member: bool, roles: tuple[str, ...]
) -> None:
    listed = commands(
        CONTENT, language, member=member, trainer="trainer" in roles, admin="admin" in roles
    )
    names = [name for name, _ in listed]
    assert len(names) == len(set(names))
    assert all(words.strip() and len(words) <= DESCRIPTION_CHARACTERS_MAX for _, words in listed)
    specs = [by_command(name) for name in names]
    for name, spec in zip(names, specs, strict=True):
        assert spec is not None, name
        assert name in names_of(spec, language)
        allowed = {"anyone", *roles} | ({"member"} if member else set())
        assert spec.who in allowed, name
    shown = {spec.name for spec in specs if spec is not None}
    assert ("register" in shown) == (not member and not roles)
    assert ("manage" in shown) == ("admin" in roles)
    assert ("broadcast" in shown) == ("trainer" in roles)
    if member:
        assert names[0] == ("jual" if language == "id" else "sell")


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_key_of_the_menu_does_something_and_selling_comes_first(language: str) -> None:
    keys = [button.value for row in CONTENT.menu(language).rows for button in row]
    specs = [by_command(key.removeprefix("/")) for key in keys]
    assert len(keys) == 5
    assert specs[0] is not None
    assert specs[0].name == "sell"
    assert all(spec is not None and spec.who in {"member", "anyone"} for spec in specs)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_help_fits_one_small_screen(language: str) -> None:
    message = Help(trainer=True, admin=True)
    assert {field.name for field in fields(message)} == {"trainer", "admin"}
    text = CONTENT.screen(message, Reader(language, "Bapak", "Muhammad")).text
    assert len(text) <= TEXT_CHARACTERS_MAX
