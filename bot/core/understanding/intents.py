"""An intent: one thing that people ask for, with the words by which it is recognised."""

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Intent", "IntentPatterns"]


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing that people ask for in their own words.

    Attributes:
        name: unique among all topics; a part behind a space narrows it, as in `help sell`.
        patterns: each lists words in the spelling of `canonical` that must all occur, in any
            order. `a|b` is one of them, `!a` must not occur.
        examples: sentences as people typed them, in any spelling.
    """

    name: str
    patterns: tuple[str, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Pattern:
    intent: str
    needed: tuple[frozenset[str], ...]
    absent: frozenset[str]


class IntentPatterns:
    """The patterns of all intents, each found by the words of one of its groups."""

    def __init__(self, intents: Iterable[Intent]) -> None:
        self._by_word: dict[str, list[_Pattern]] = {}
        for intent in intents:
            for text in intent.patterns:
                pattern = _parsed(intent.name, text)
                for word in min(pattern.needed, key=len):
                    self._by_word.setdefault(word, []).append(pattern)

    def longest_in(self, words: Iterable[str]) -> dict[str, int]:
        """Returns how many words the longest fitting pattern needs, for each intent with one."""
        there = frozenset(words)
        longest: dict[str, int] = {}
        for word in there & self._by_word.keys():
            for pattern in self._by_word[word]:
                length = len(pattern.needed)
                if (
                    length > longest.get(pattern.intent, 0)
                    and pattern.absent.isdisjoint(there)
                    and not any(map(there.isdisjoint, pattern.needed))
                ):
                    longest[pattern.intent] = length
        return longest


def _parsed(intent: str, pattern: str) -> _Pattern:
    parts = pattern.split()
    return _Pattern(
        intent,
        tuple(frozenset(part.split("|")) for part in parts if part[0] != "!"),
        frozenset(part[1:] for part in parts if part[0] == "!"),
    )
