"""What Telegram shows over the chat is plain and short: it knows no tags there."""

import pytest

from bot.content import Content, Reader
from bot.conversation.registry import FLOWS
from bot.core.conversation.messages import Message
from bot.flows.talk import AlreadyRecorded, PrivateOnly, StaleButton

CONTENT = Content(
    FLOWS, company="Ratu & Raja", office="WA 0812 (Bu Rina)", bot="a_rather_long_named_bot"
)
TOAST_CHARACTERS_MAX = 200


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("title", ["", "Bapak"])
@pytest.mark.parametrize("toast", [AlreadyRecorded("S-1234567"), PrivateOnly(), StaleButton()])
def test_a_toast_is_short_and_has_neither_tags_nor_entities(
    toast: Message, title: str, language: str
) -> None:
    text = CONTENT.screen(toast, Reader(language, title, "Muhammad")).text
    assert 0 < len(text) <= TOAST_CHARACTERS_MAX
    assert not set(text) & set("<>&")
