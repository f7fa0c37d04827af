"""What a text has that speaks for an intent: words, meanings, patterns, parts of words.

Parts of words find what was misspelled or is in a dialect: `saldi` shares most with `saldo`.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from math import isqrt

from bot.core.learned.weights import WHOLE, FeatureGroup
from bot.core.understanding.chat_words import ChatWords
from bot.core.understanding.intents import IntentPatterns

__all__ = ["features_of"]

READING_WEIGHT = 500
PAIRED_MAX = 20
MEANT_MAX = 14
WORD_PARTS = range(2, 5)
TYPED_PARTS = range(3, 6)


def features_of(
    said: ChatWords,
    meanings: Iterable[str],
    patterns: IntentPatterns,
    signs: Iterable[str],
    sequences: Iterable[str],
) -> tuple[FeatureGroup, ...]:
    """Returns the features of a text, group by group.

    Args:
        said: its words.
        meanings: what these mean, whatever the language.
        patterns: those of all intents.
        signs: what the reader of sales finds in it.
        sequences: which sorts of words follow each other in it.
    """
    reading, known = frozenset(signs), frozenset(meanings)
    groups = (
        _group(_of_words(said.words, patterns)),
        _group(_parts(said.words, WORD_PARTS, "")),
        _group(_parts(said.typed, TYPED_PARTS, "t")),
        FeatureGroup(reading, READING_WEIGHT),
        _group(sequences),
        _group(f"means {each}" for each in known),
        _group(_pairs(known)),
    )
    return tuple(group for group in groups if group.features)


def _group(features: Iterable[str]) -> FeatureGroup:
    found = frozenset(features)
    return FeatureGroup(found, isqrt(WHOLE * WHOLE // max(1, len(found))))


def _of_words(words: Sequence[str], patterns: IntentPatterns) -> Iterator[str]:
    yield from words
    for first, second in zip(("^", *words), (*words, "$"), strict=True):
        yield f"{first} {second}"
    for first, third in zip(words, words[2:], strict=False):
        yield f"{first} * {third}"
    distinct = sorted(set(words))[:PAIRED_MAX]
    for place, first in enumerate(distinct):
        for second in distinct[place + 1 :]:
            yield f"{first} & {second}"
    for intent, longest in patterns.longest_in(words).items():
        for length in range(longest):
            yield f"{intent} = {length + 1}"


def _pairs(meanings: frozenset[str]) -> Iterator[str]:
    """Yields two meanings together: `bonus` and `small`, in whatever language they are said."""
    return (f"means {one} & {two}" for one, two in combinations(sorted(meanings)[:MEANT_MAX], 2))


def _parts(words: Iterable[str], lengths: range, mark: str) -> Iterator[str]:
    """Yields the parts of each word of these lengths; `_` stands for its beginning and end."""
    for word in words:
        if word[0] != "<":
            bounded = f"_{word}_"
            for length in lengths:
                for at in range(len(bounded) - length + 1):
                    yield f"{mark}~{bounded[at : at + length]}"
