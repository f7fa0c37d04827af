"""Spellings are looked for once, however many other words were typed before."""

import pytest
from rapidfuzz import process

from bot.core.understanding import spelling
from bot.core.understanding.spelling import Spelling


def test_words_of_a_flood_do_not_keep_later_ones_from_being_remembered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(spelling, "_KEPT_MAX", 10)
    searches: list[str] = []

    class Watched:
        @staticmethod
        def extractOne(word: str, *rest: object, **more: object) -> object:  # noqa: N802
            searches.append(word)
            return process.extractOne(word, *rest, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(spelling, "process", Watched)
    found = Spelling({"kntor": "kantor"}, frozenset())
    for number in range(20):
        found.canonical("qwert" + "yuiopasdfghjklzxcvbn"[number])
    searches.clear()
    assert [found.canonical("kanntor"), found.canonical("kanntor")] == ["kantor", "kantor"]
    assert searches == ["kanntor"]
