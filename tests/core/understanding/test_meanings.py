"""What words mean: alone, in pairs, and with something added."""

import pytest

from bot.content.heard import meanings
from bot.core.understanding.meanings import Meanings

FEW = Meanings(
    {
        "cair": frozenset({"withdraw"}),
        "cash out": frozenset({"withdraw"}),
        "out": frozenset({"run_out"}),
        "cash": frozenset({"cash", "money"}),
    }
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([], set()),
        (["cair"], {"withdraw"}),
        (["dicairkan", "besok"], {"withdraw"}),
        (["cash", "out"], {"withdraw"}),
        (["out", "cash"], {"run_out", "cash", "money"}),
        (["cash"], {"cash", "money"}),
        (["entah"], set()),
    ],
)
def test_meanings_are_those_of_pairs_and_else_of_words(words: list[str], found: set[str]) -> None:
    assert FEW.in_words(words) == found


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        (["mencairkan"], "withdraw"),
        (["withdrawing"], "withdraw"),
        (["cash", "out"], "withdraw"),
        (["narikin"], "withdraw"),
        (["mambaliakkan"], "give_back"),
        (["refunds"], "give_back"),
    ],
)
def test_each_language_has_words_of_one_meaning(words: list[str], meaning: str) -> None:
    assert meaning in meanings().in_words(words)


def test_a_listed_word_has_few_meanings() -> None:
    known = meanings()._known
    assert len(known) > 10_000
    assert max(map(len, known.values())) <= 12
