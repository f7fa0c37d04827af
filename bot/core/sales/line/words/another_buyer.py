"""Tells of a piece of a line that it counts goods for one more buyer: `1 orang kos`, `tetangga 2`.

It has neither goods nor a title; who reads the line as one sale would leave it out.
"""

from typing import Final

from bot.core.input.number_words import spelled_out
from bot.core.input.quantity import UNITS
from bot.core.sales.buyers import SHOPS, TITLES, TO
from bot.core.sales.line.words.everyday_words import is_everyday
from bot.core.sales.line.words.vocabulary import (
    ABOUT_BUYERS,
    ARTICLES,
    FILLERS,
    KIN,
    OF_MINE,
    PLACES_BEHIND,
    RELATING,
    TRADES,
)

__all__ = ["counts_for_another"]

_PERSONS: Final = (ABOUT_BUYERS | KIN | TRADES) - RELATING - FILLERS - PLACES_BEHIND - TITLES
_NEED_ANOTHER_WORD: Final = TRADES | frozenset({"orang", "org", "wong", "anak", "arek"})
"""Words that say who it is only with a further one: `orang kos`, `tukang sayur`."""

_ONE_OF: Final = frozenset({"orang", "org", "wong"})
"""Counted themselves where the number is not one: `3 orang kos`."""

_BEFORE: Final = TO | ARTICLES | frozenset({"my", "the", "buat", "untuk", "utk", "for", "lagi"})
WORDS_MAX: Final = 6
NAME_WORDS_MAX: Final = 3
COUNT_MAX: Final = 24


def counts_for_another(piece: str) -> bool:
    """Returns whether a piece of a line is a number and a person: `1 buat anaknya`, `tetangga 2`.

    Args:
        piece: what stands between two commas or the like.
    """
    words = piece.lower().replace(".", " ").split()
    if not 1 < len(words) <= WORDS_MAX:
        return False
    count, name = _number(words[0]), words[1:]
    if not count:
        count, name = _number(words[-1]), words[:-1]
    while name and (name[0] in _BEFORE or name[0] in UNITS):
        name = name[1:]
    return 0 < count <= COUNT_MAX and _is_a_person(name, count)


def _number(word: str) -> int:
    """Returns the number that a word is; 0 if it is none."""
    if word.isascii() and word.isdigit() and len(word) <= len(str(COUNT_MAX)):
        return int(word)
    found = spelled_out([word])
    return found[0] if found else 0


def _is_a_person(name: list[str], count: int) -> bool:
    """Returns whether words call somebody, without saying what they do."""
    if not 1 <= len(name) <= NAME_WORDS_MAX:
        return False
    first, *others = name
    others = [word for word in others if word not in OF_MINE]
    if first not in _PERSONS | _NEED_ANOTHER_WORD or (first in _ONE_OF and count != 1):
        return False
    if first in _NEED_ANOTHER_WORD and not others:
        return False
    return not any(_says_else(word) for word in others)


def _says_else(word: str) -> bool:
    called = word in TITLES or word in SHOPS or word in KIN or word in ABOUT_BUYERS
    return not called and (is_everyday(word) or word in FILLERS or not word.isalpha())
