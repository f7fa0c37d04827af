"""Every message of the bot can be read in a chat file; this runs when all of them were played."""

from pathlib import Path

import pytest

from bot.content import LANGUAGES
from tests.chats.said import PLAYED, SAID
from tests.house.examples import MESSAGES

CHATS = Path(__file__).parents[1] / "chats"


@pytest.fixture
def said(request: pytest.FixtureRequest) -> set[str]:
    """The templates that the chats have filled."""
    played = request.session.stash.get(PLAYED, set())
    if played != {file.name for file in CHATS.glob("*.chat")}:
        pytest.skip("only a run that plays all chats can tell: pytest tests/chats tests/house")
    return request.session.stash[SAID]


def test_every_message_is_said_in_some_chat(said: set[str]) -> None:
    missing = [name for name in MESSAGES if not said & {f"{name}.{each}.j2" for each in LANGUAGES}]
    assert not missing, "in no chat: " + " ".join(sorted(missing))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_is_spoken_of_in_each_language(said: set[str], language: str) -> None:
    spoken = {path.partition("/")[0] for path in said if path.endswith(f".{language}.j2")}
    missing = {name.partition("/")[0] for name in MESSAGES} - spoken
    assert not missing, f"never in {language}: " + " ".join(sorted(missing))
