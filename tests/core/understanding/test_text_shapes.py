"""The shape of a text has listed words and kinds, and nothing that only its sender would write."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.content.heard import SPELLING, spelling
from bot.core.sales.products import names_of
from bot.core.understanding.chat_words import WORD_KINDS, words_of
from bot.core.understanding.text_shapes import SHAPE_WORDS_MAX, UNLISTED, shape_of
from tests.core.sales.catalogue import CATALOGUE

CALLED = names_of(CATALOGUE)
TEAM = frozenset({"kenanga", "wibisono"})
LISTED = set(re.findall(r"[^\s:]+", SPELLING.read_text("utf-8")))
"""All words of the list, read without the code that is tested."""

NAMES = ("Rahasiawati", "Pramudita", "Kenanga", "Larasati", "<rahasia>", "Zxqv", "Ýrsa", "李")
KNOWN = ("saldo", "brp", "bonus", "tolong", "kak", "bu", "sabun sereh", "Madu", "halo", "november")
NUMBERS = ("08777123987", "50rb", "2", "S-1023", "#1023", "12/11/2026", "Rp1.250.000", "7K3M9QX2")
SIGNS = (
    "?",
    "…",
    "<",
    ">",
    "<goods>",
    "'",
    "\n",
    "*",
    "@x_y",
    "x@y.id",
    "https://t.me/a?start=B2",
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from((*NAMES, *KNOWN, *NUMBERS, *SIGNS)), max_size=40).map(" ".join),
)


def shape(text: str, members: frozenset[str] = TEAM) -> str:
    return shape_of(words_of(text, spelling(), CALLED, members), spelling())


@given(TEXTS)
def test_only_listed_words_and_kinds_are_in_a_shape(text: str) -> None:
    found = shape(text).split(" ")
    assert set(found) <= LISTED | WORD_KINDS | {UNLISTED}
    assert 1 <= len(found) <= SHAPE_WORDS_MAX


@given(TEXTS)
def test_no_digit_and_no_name_is_in_a_shape(text: str) -> None:
    found = shape(text)
    assert not any(sign.isdigit() for sign in found)
    assert not any(name.casefold() in found for name in NAMES)


@given(st.lists(st.sampled_from(KNOWN), min_size=1, max_size=6), st.sampled_from(NAMES[5:]))
def test_who_is_named_makes_no_difference(words: list[str], name: str) -> None:
    assert shape(" ".join([*words, name])) == shape(" ".join([*words, "Qwxrtz"]))


@given(TEXTS)
def test_a_shape_never_has_the_same_word_twice_in_a_row(text: str) -> None:
    found = shape(text).split(" ")
    assert all(first != second for first, second in pairwise(found))


def test_words_are_spelled_alike_and_names_are_kinds() -> None:
    assert shape("brp saldonya bu Larasati?") == shape("piro balance Bu Rahasiawati")
    assert shape("brp saldonya bu Larasati?") == "berapa saldo <person>"
    assert shape("kenanga 2 sabun sereh 50rb") == "<member> <number> <goods> <money>"
    assert shape("struk s-1023 bulan november") == "struk <receipt> bulan <month>"


def test_what_is_on_no_list_is_left_out_together() -> None:
    assert shape("Rahasiawati Pramudita tinggal mana") == "… sisa mana"
    assert shape("Rahasiawati") == UNLISTED
    assert shape("<rahasia> <goods>") == "… <goods>"


def test_words_that_say_nothing_are_left_out_unless_there_are_no_others() -> None:
    assert shape("saldo dong kak") == "saldo"
    assert shape("kak kak") == "kak"
    assert shape("?") == shape("") == shape("👍") == UNLISTED


def test_a_long_text_is_cut_off_with_a_sign() -> None:
    long = "saldo bonus " * 20
    assert shape(long).split() == ["saldo", "bonus"] * 5 + ["saldo", UNLISTED]
    assert len(shape("saldo bonus " * 6).split()) == SHAPE_WORDS_MAX
    assert UNLISTED not in shape("saldo bonus " * 6)
