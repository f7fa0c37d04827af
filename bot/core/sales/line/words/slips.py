"""Finds the product's word that a short form or a slip of the fingers stands for."""

import re
from bisect import bisect_left
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.core.sales.line.words.everyday_words import is_everyday
from bot.core.sales.products import ProductNames

__all__ = ["shortened", "spelled_alike", "unabbreviated"]

SEARCHES_KEPT_MAX = 1_000
CONSONANTS_MIN = 3
ALIKE_LETTERS_MIN = 4
SURE_LETTERS_MIN = 5
LONG_LETTERS_MIN = 8
_TALK = (
    "utang hutang nutang ngutang beres cari nyari sedang marah saben asing human urung bekas bebas"
    " berat berkas master kelar uwang arang wenang kirm kirim kram panduan pandai rindu ronda"
    " rendah randai mecah susuk susun lusun sewang minyaki hasil tuhan hujan macan sampah sampai"
    " sampe msuk masuk kopling kopral masak bibit bubur jasa jaga jahat jahit merasa"
    " serem seram seret sering urus lotere losin belas balas bales"
)
_NAMES = (
    "ujang mirah rusli tarjo sarmi sarti sarni rannu aling aming melin malin rina rani randi rindi"
    " mandu madi mada sereha ratih kelik sukma surma karma norma hutani susi susan susilo"
)
_OTHERS = frozenset(f"{_TALK} {_NAMES}".split())
"""Everyday words and names that are a letter or two away from goods."""

_VOWELS = re.compile(r"[aeiou]")


def unabbreviated(word: str, called: ProductNames) -> str:
    """Returns the product's word that a short form stands for: `sabun` for `sbn`, else itself."""
    known = (word in called.places and _VOWELS.search(word)) or _says_else(word)
    if known or not word.isalpha() or len(word) < CONSONANTS_MIN:
        return word
    meant = called.consonants.get(_VOWELS.sub("", word), ())
    fitting = [other for other in meant if len(other) > len(word) and other[0] == word[0]]
    return fitting[0] if len(fitting) == 1 else word


@lru_cache(maxsize=SEARCHES_KEPT_MAX)
def spelled_alike(word: str, called: ProductNames) -> str | None:
    """Returns the one product's word that a lower-case word with a slip means: `losiom`."""
    if len(word) < ALIKE_LETTERS_MIN or not word.isalpha() or _says_else(word):
        return None
    slips = 1 if len(word) < LONG_LETTERS_MIN else 2
    first, last = (bisect_left(called.vocabulary, letter) for letter in _around(word[0]))
    found = process.extract(
        word, called.vocabulary[first:last], scorer=OSA.distance, score_cutoff=slips, limit=3
    )
    alike = [other for other, letters, _ in found if _is_a_slip(word, other, int(letters))]
    return alike[0] if len(alike) == 1 else None


@lru_cache(maxsize=SEARCHES_KEPT_MAX)
def shortened(word: str, called: ProductNames) -> str | None:
    """Returns the one product's word whose letters a short form keeps: `wdg`, `bls`, `jhe`."""
    if not CONSONANTS_MIN <= len(word) <= SURE_LETTERS_MIN or not word.isalpha():
        return None
    if _says_else(word):
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


def _says_else(word: str) -> bool:
    """Returns whether a word is one of everyday talk or a name, and no slip."""
    return word in _OTHERS or is_everyday(word)


def _keeps_order(word: str, other: str) -> bool:
    """Returns whether all letters of a word are in another one, in the same order."""
    letters = iter(other)
    return len(word) < len(other) and all(letter in letters for letter in word)


def _around(letter: str) -> tuple[str, str]:
    """Returns the ends of the words that begin with a letter."""
    return letter, chr(ord(letter) + 1)


def _is_a_slip(word: str, other: str, letters: int) -> bool:
    """Returns whether the beginning is the same; of four letters none may be another one.

    Where two letters are wrong, the second is right: `sepulang` is no slip of the code SMPURANG.
    """
    sure = len(word) >= SURE_LETTERS_MIN or sorted(word) == sorted(other)
    same = max(letters, 1)
    long = len(other) >= ALIKE_LETTERS_MIN  # "smpe" is no slip of the code SMP
    alike = other[:same] == word[:same] and other.isalpha()
    return long and alike and (sure or len(word) != len(other))
