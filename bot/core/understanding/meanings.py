"""What a word means, whatever the language: `cair`, `withdraw` and `ngala duit` draw out money.

A meaning is known for many words that stand in no learned sentence, and for all that is made of
them: `narikin` is of `tarik`.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from bot.core.understanding.roots import roots_of

__all__ = ["Meanings"]

_KEPT_MAX = 10_000


class Meanings:
    """The meanings of words and of pairs of words."""

    def __init__(self, known: Mapping[str, frozenset[str]]) -> None:
        """Take the meanings of each word in lower case; a pair of words has a space in it."""
        self._known = known
        self._recently_found = lru_cache(_KEPT_MAX)(self._found)

    def in_words(self, words: Sequence[str]) -> frozenset[str]:
        """Returns all that words in lower case mean, one by one and each with the next."""
        return frozenset(self._each(words))

    def _each(self, words: Sequence[str]) -> Iterator[str]:
        at = 0
        while at < len(words):
            pair = self._known.get(" ".join(words[at : at + 2])) if at + 1 < len(words) else None
            yield from self._recently_found(words[at]) if pair is None else pair
            at += 1 if pair is None else 2

    def _found(self, word: str) -> frozenset[str]:
        """Returns what a word means, or the first of its roots that means anything."""
        return next(
            (self._known[root] for root in roots_of(word) if root in self._known), frozenset()
        )
