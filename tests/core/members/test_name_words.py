"""The words of a name, by which people are found."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.members.people import name_words

MIGRATIONS = Path(__file__).parents[3] / "migrations/versions"


def migration(name: str) -> ModuleType:
    """Loads a migration, which is no module of a package."""
    spec = importlib.util.spec_from_file_location("migration", MIGRATIONS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FIRST, JOINED = migration("0002_months_and_broadcasts"), migration("0019_joined_name_words")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Siti Nurhaliza", ("siti", "nurhaliza")),
        ("H. Ahmad  Dahlan, S.Pd.", ("h", "ahmad", "dahlan", "s", "pd")),
        ("Élis ÉLIS", ("elis",)),
        ("Siti Nur'aini", ("siti", "nuraini")),
        ("Ma’ruf", ("maruf",)),
        ("'Ani'", ("ani",)),
        ("I Gusti Ngurah 2", ("i", "gusti", "ngurah", "2")),
        ("ＲＩＮＡ 𝕊ari", ("rina", "sari")),
        ("李小龙", ("李小龙",)),
        ("🌸 !!!", ()),
        ("", ()),
    ],
)
def test_words_are_small_and_bare_and_each_comes_once(name: str, words: tuple[str, ...]) -> None:
    assert name_words(name) == words


@given(st.text() | st.text("ab '’‘ʼ`´"))
def test_the_migrations_filled_the_words_by_the_same_rule(name: str) -> None:
    assert name_words(name) == JOINED._words(name, joined=True)
    assert FIRST._words(name) == set(JOINED._words(name, joined=False))
