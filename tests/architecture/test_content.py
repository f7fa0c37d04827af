"""Every message has its words in every language, and they fit what Telegram takes."""

import html
import json
from functools import cache
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, meta

from bot.company import load_company
from bot.content import LANGUAGES, Button, Content, Reader, Screen
from bot.content.catalogue import FOLDER
from bot.content.filters import FILTERS
from bot.conversation.registry import FLOWS
from bot.core.conversation.messages import Message
from bot.flows.talk import AlreadyRecorded, AnsweredBefore, PrivateOnly, StaleButton
from bot.turn.keyboards import DATA_BYTES_MAX, markup
from tests.architecture.examples import MESSAGES, examples

COMPANY = {"company", "office", "bot"}
READER = {"reader", "you", "sapa"}
LISTS = {"commands"}
NOT_A_MESSAGE = {"data_page", "menu", "tips", "tips_frame", "broadcast_frame"}

TEXT_CHARACTERS_MAX = 4_096
QUESTION_CHARACTERS_MAX = 700
LABEL_CHARACTERS_MAX = 30
TOAST_CHARACTERS_MAX = 200
COPY_CHARACTERS_MAX = 256
RAW_BYTES_MAX = 32_768
ENTITIES_MAX = 100
BUTTONS_PER_ROW_MAX = 8
"""Telegram leaves out what is beyond twelve, and says nothing."""
BUTTONS_MAX = 100
KEYBOARD_BYTES_MAX = 10_000
ADDRESS = "0123456789abcdef:200"

TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a"} | {
    "blockquote",
    "tg-spoiler",
}

READERS = (
    Reader("id"),
    Reader("id", "Bapak", "Maharani Kusumawardhani Putri", "Asia/Makassar"),
    Reader("en"),
    Reader("en", "Bapak", "Maharani Kusumawardhani Putri", "Asia/Makassar"),
)


@cache
def _content() -> Content:
    company = load_company(Path(__file__).parents[2] / "company.sample.toml")
    return Content(FLOWS, company=company.name, office=company.office_contact, bot="jualdulu_bot")


def _screens(message: type[Message], language: str) -> list[tuple[Message, Screen]]:
    content = _content()
    return [
        (each, content.screen(each, reader))
        for each in examples(message)
        for reader in READERS
        if reader.language == language
    ]


def _shown(text: str) -> str:
    """The text as Telegram counts it; raises where its tags are not those of Telegram."""
    reader = _Plain()
    reader.feed(text)
    reader.close()
    assert not reader.open, f"<{reader.open[-1]}> is not closed in {text!r}"
    return "".join(reader.text)


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, f"Telegram knows no <{tag}>"
        assert not attrs or tag == "a"
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_a_message_has_words_that_use_its_own_facts(name: str, language: str) -> None:
    source = _content().source(f"{name}.{language}.j2")
    environment = Environment(autoescape=True)
    environment.filters.update(FILTERS)
    used = meta.find_undeclared_variables(environment.parse(source))
    facts = set(MESSAGES[name].__dataclass_fields__)
    assert sorted(used - facts - COMPANY - READER - LISTS) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_a_message_fits_telegram_whatever_its_facts(name: str, language: str) -> None:
    menu = _content().menu(language)
    for message, screen in _screens(MESSAGES[name], language):
        text = _shown(screen.text)
        assert 1 <= len(text.strip()) <= TEXT_CHARACTERS_MAX, message
        assert "\n\n\n" not in text, f"a hole in {text!r}"
        assert "None" not in text.split(), message
        assert len(screen.text.encode()) <= RAW_BYTES_MAX, message
        assert screen.text.count("</") <= ENTITIES_MAX, message
        for lasting in (False, True):
            _check_keyboard(markup(screen, menu, ADDRESS, lasting=lasting), message)
        for row in screen.rows:
            for button in row:
                _check_button(button.label, button.value, message)


def _check_keyboard(keyboard: dict[str, Any] | None, message: object) -> None:
    """The limits that the real server keeps, some of them by leaving out what is beyond."""
    if keyboard is None:
        return
    rows = keyboard.get("inline_keyboard", keyboard.get("keyboard", []))
    assert all(1 <= len(row) <= BUTTONS_PER_ROW_MAX for row in rows), message
    assert sum(len(row) for row in rows) <= BUTTONS_MAX, message
    assert len(json.dumps(keyboard, ensure_ascii=False).encode()) <= KEYBOARD_BYTES_MAX, message
    for button in (button for row in rows for button in row):
        assert button["text"].strip(), message
        if "callback_data" in button:
            assert 1 <= len(button["callback_data"].encode()) <= DATA_BYTES_MAX, message


def _check_button(label: str, value: str, message: Message) -> None:
    assert label, message
    if "Maharani" not in label:  # what people call themselves and things is as long as it is
        assert len(label) <= LABEL_CHARACTERS_MAX, f"{label!r} is too long for a button"
    if value.startswith("copy:"):
        assert 1 <= len(value.removeprefix("copy:")) <= COPY_CHARACTERS_MAX, message
    assert value.strip(), message


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name", [each for each in sorted(MESSAGES) if each.partition("/")[2].startswith("ask_")]
)
def test_a_question_can_be_read_at_one_glance(name: str, language: str) -> None:
    source = _content().source(f"{name}.{language}.j2").partition("\n---\n")[0]
    assert len(source) <= QUESTION_CHARACTERS_MAX * 2
    for message in islice(examples(MESSAGES[name]), 2):
        for reader in READERS:
            if reader.language == language:
                text = _shown(_content().screen(message, reader).text)
                assert len(text) <= QUESTION_CHARACTERS_MAX


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("message", [AlreadyRecorded, AnsweredBefore, PrivateOnly, StaleButton])
def test_a_word_over_the_chat_is_short_and_plain(message: type[Message], language: str) -> None:
    for _, screen in _screens(message, language):
        assert len(html.unescape(screen.text)) <= TOAST_CHARACTERS_MAX
        assert "<" not in screen.text


def test_no_words_lie_about_that_nothing_says() -> None:
    there = {str(file.relative_to(FOLDER)) for file in FOLDER.rglob("*.j2")}
    wanted = {f"{name}.{language}.j2" for name in MESSAGES for language in LANGUAGES}
    orphans = {
        name
        for name in there - wanted
        if name.partition("/")[0] not in NOT_A_MESSAGE
        and not name.partition("/")[2].startswith("_macros.")
    }
    assert sorted(orphans) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keys_of_the_menu_are_short(language: str) -> None:
    keys = [button for row in _content().menu(language).rows for button in row]
    assert keys
    assert all(len(button.label) <= LABEL_CHARACTERS_MAX for button in keys)
    _check_keyboard(markup(_content().menu(language), _content().menu(language), ""), language)


def test_a_row_of_nine_would_be_found() -> None:
    row = tuple(Button(str(number), str(number)) for number in range(9))
    with pytest.raises(AssertionError):
        _check_keyboard(markup(Screen("x", (row,)), Screen(""), ADDRESS), "nine")
