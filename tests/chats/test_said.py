"""A message that no chat says is noticed, and a topic that is missing in a language."""

from pathlib import Path

from bot.content import LANGUAGES
from tests.architecture.examples import MESSAGES
from tests.chats.said import SAID_ELSEWHERE, all_played, unsaid

EVERYTHING = {f"{name}.{language}.j2" for name in MESSAGES for language in LANGUAGES}


def test_nothing_is_reported_where_everything_was_said() -> None:
    assert unsaid(EVERYTHING) == []


def test_a_message_that_was_never_said_is_noticed() -> None:
    said = EVERYTHING - {"balance/balance.id.j2", "balance/balance.en.j2"}
    assert "balance/balance is said in no chat" in unsaid(said)


def test_a_language_without_a_topic_is_noticed() -> None:
    said = {path for path in EVERYTHING if not path.startswith("sell/") or ".en." not in path}
    assert unsaid(said) == ["sell is never spoken of in en"]


def test_what_no_chat_says_is_said_in_another_test() -> None:
    root = Path(__file__).parents[2]
    assert SAID_ELSEWHERE.keys() <= MESSAGES.keys()
    for file, words in SAID_ELSEWHERE.values():
        assert words in (root / file).read_text("utf-8"), file


def test_part_of_the_chats_shows_nothing() -> None:
    assert not all_played({"sell.chat"})
