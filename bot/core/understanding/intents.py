"""An intent: one thing that people ask for, with the words by which it is recognised."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["Intent", "best_match"]

_KEPT_MAX = 1_000


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
    needed: tuple[frozenset[str], ...]
    absent: frozenset[str]


def best_match(intent: Intent, words: Iterable[str]) -> int:
    """Returns how many words the longest pattern needs that these words fit; 0 if none fits."""
    there = frozenset(words)
    return max(
        (
            len(pattern.needed)
            for pattern in map(_parsed, intent.patterns)
            if not pattern.absent & there and all(group & there for group in pattern.needed)
        ),
        default=0,
    )


@lru_cache(maxsize=_KEPT_MAX)
def _parsed(pattern: str) -> _Pattern:
    parts = pattern.split()
    return _Pattern(
        tuple(frozenset(part.split("|")) for part in parts if part[0] != "!"),
        frozenset(part[1:] for part in parts if part[0] == "!"),
    )
