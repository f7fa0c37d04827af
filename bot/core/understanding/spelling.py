"""One spelling for each word of chats: `brp`, `piro` and `sabaraha` are all `berapa`."""

import re
from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz import fuzz, process

__all__ = ["Spelling"]

_KEPT_MAX = 10_000
_SUFFIXES = (
    "nya",
    "ny",
    "ku",
    "lah",
    "kah",
    "mi",
    "ji",
    "pi",
    "ne",
    "e",
    "na",
    "in",
    "kan",
    "keun",
)
_STEM_LETTERS_MIN = 3
_LETTERS_MIN = 2
_SLIP_LETTERS_MIN = 5
_SHORT_LETTERS_MIN = 3
_ALIKE_MIN = 86
_VOWELS = re.compile("[aeiou]")


class Spelling:
    """The spellings that are known.

    Attributes:
        fillers: words in lower case that say nothing of what is meant.
    """

    def __init__(self, variants: Mapping[str, str], fillers: frozenset[str]) -> None:
        """Take the usual spelling for each other one, and the words that say nothing."""
        self.fillers = fillers
        self._usual = {**{word: word for word in variants.values()}, **variants}
        self._long = tuple(word for word in self._usual if len(word) >= _SLIP_LETTERS_MIN)
        self._consonants: dict[str, frozenset[str]] = {}
        for word, usual in self._usual.items():
            bare = _VOWELS.sub("", word)
            if len(bare) >= _SHORT_LETTERS_MIN - 1 and word.isalpha():
                self._consonants[bare] = self._consonants.get(bare, frozenset()) | {usual}
        self._recently_found = lru_cache(_KEPT_MAX)(self._found)

    def canonical(self, word: str) -> str:
        """Returns the usual spelling of a word in lower case; an unknown one stays."""
        return self._recently_found(word)

    def is_known(self, word: str) -> bool:
        """Returns whether a word in lower case is listed, in any spelling."""
        return self.canonical(word) in self._usual or word in self.fillers

    def _found(self, word: str) -> str:
        bare = _without_stretching(word)
        for form in (word, bare):
            if form in self._usual:
                return self._usual[form]
        for suffix in _SUFFIXES:
            stem = bare.removesuffix(suffix)
            if stem != bare and len(stem) >= _STEM_LETTERS_MIN and stem in self._usual:
                return self._usual[stem]
        short = bare.removesuffix("ny")
        return self._unabbreviated(short) or self._alike(bare)

    def _unabbreviated(self, word: str) -> str | None:
        """Returns the word that a short form without vowels stands for: `kantor` for `kntr`."""
        if len(word) < _SHORT_LETTERS_MIN or len(_VOWELS.findall(word)) > 1:
            return None
        meant = self._consonants.get(_VOWELS.sub("", word), frozenset())
        return next(iter(meant)) if len(meant) == 1 else None

    def _alike(self, word: str) -> str:
        """Returns the usual spelling of a word with a slip in it; the word itself if none is."""
        if len(word) < _SLIP_LETTERS_MIN:
            return word
        best = process.extractOne(word, self._long, scorer=fuzz.ratio, score_cutoff=_ALIKE_MIN)
        return word if best is None else self._usual[best[0]]


def _without_stretching(word: str) -> str:
    """Returns `iya` for `iyaaaa`: no more than one equal letter at the end, two elsewhere."""
    kept: list[str] = []
    for sign in word:
        if len(kept) < _LETTERS_MIN or not kept[-1] == kept[-2] == sign:
            kept.append(sign)
    while len(kept) > _LETTERS_MIN and kept[-1] == kept[-2]:
        kept.pop()
    return "".join(kept)
