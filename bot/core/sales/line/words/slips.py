"""Finds the product's word that a short form or a slip of the fingers stands for."""

import re
from bisect import bisect_left
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.core.sales.products import ProductNames

__all__ = ["shortened", "spelled_alike", "unabbreviated"]

SEARCHES_KEPT_MAX = 1_000
CONSONANTS_MIN = 3
ALIKE_LETTERS_MIN = 4
SURE_LETTERS_MIN = 5
LONG_LETTERS_MIN = 8
_VOWELS = re.compile(r"[aeiou]")


def unabbreviated(word: str, called: ProductNames) -> str:
    """Returns the product's word that a short form stands for: `sabun` for `sbn`, else itself."""
    known = word in called.places and _VOWELS.search(word)
    if known or not word.isalpha() or len(word) < CONSONANTS_MIN:
        return word
    meant = called.consonants.get(_VOWELS.sub("", word), ())
    fitting = [other for other in meant if len(other) > len(word) and other[0] == word[0]]
    return fitting[0] if len(fitting) == 1 else word


@lru_cache(maxsize=SEARCHES_KEPT_MAX)
def spelled_alike(word: str, called: ProductNames) -> str | None:
    """Returns the one product's word that a lower-case word with a slip means: `losiom`."""
    if len(word) < ALIKE_LETTERS_MIN or not word.isalpha():
        return None
    slips = 1 if len(word) < LONG_LETTERS_MIN else 2
    first, last = (bisect_left(called.vocabulary, letter) for letter in _around(word[0]))
    found = process.extract(
        word, called.vocabulary[first:last], scorer=OSA.distance, score_cutoff=slips, limit=3
    )
    alike = [other for other, _, _ in found if _is_a_slip(word, other)]
    return alike[0] if len(alike) == 1 else None


@lru_cache(maxsize=SEARCHES_KEPT_MAX)
def shortened(word: str, called: ProductNames) -> str | None:
    """Returns the one product's word whose letters a short form keeps: `wdg`, `bls`, `jhe`."""
    if not CONSONANTS_MIN <= len(word) <= SURE_LETTERS_MIN or not word.isalpha():
        return None
    bare = _VOWELS.sub("", word[1:])
    first, last = (bisect_left(called.vocabulary, letter) for letter in _around(word[0]))
    fitting = [
        other
        for other in called.vocabulary[first:last]
        if other.isalpha()
        and len(other) <= 2 * len(word)
        and _keeps_order(word, other)
        and (bare == word[1:] or bare == _VOWELS.sub("", other[1:]))
    ]
    return fitting[0] if len(fitting) == 1 else None


def _keeps_order(word: str, other: str) -> bool:
    """Returns whether all letters of a word are in another one, in the same order."""
    letters = iter(other)
    return len(word) < len(other) and all(letter in letters for letter in word)


def _around(letter: str) -> tuple[str, str]:
    """Returns the ends of the words that begin with a letter."""
    return letter, chr(ord(letter) + 1)


def _is_a_slip(word: str, other: str) -> bool:
    """Returns whether the beginning is the same; of four letters none may be another one."""
    sure = len(word) >= SURE_LETTERS_MIN or sorted(word) == sorted(other)
    return other[0] == word[0] and other.isalpha() and (sure or len(word) != len(other))
