"""The words of a name, by which people are found."""

import importlib.util
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.members.people import name_words

MIGRATION = Path(__file__).parents[3] / "migrations/versions/0002_months_and_broadcasts.py"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Siti Nurhaliza", ("siti", "nurhaliza")),
        ("H. Ahmad  Dahlan, S.Pd.", ("h", "ahmad", "dahlan", "s", "pd")),
        ("Élis ÉLIS", ("elis",)),
        ("Siti Nur'aini", ("siti", "nur", "aini")),
        ("I Gusti Ngurah 2", ("i", "gusti", "ngurah", "2")),
        ("ＲＩＮＡ 𝕊ari", ("rina", "sari")),
        ("李小龙", ("李小龙",)),
        ("🌸 !!!", ()),
        ("", ()),
    ],
)
def test_words_are_small_and_bare_and_each_comes_once(name: str, words: tuple[str, ...]) -> None:
    assert name_words(name) == words


@given(st.text())
def test_the_migration_filled_the_words_by_the_same_rule(name: str) -> None:
    spec = importlib.util.spec_from_file_location("months_and_broadcasts", MIGRATION)
    assert spec is not None
    assert spec.loader is not None
    migration = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(migration)
    assert set(name_words(name)) == migration._words(name)
