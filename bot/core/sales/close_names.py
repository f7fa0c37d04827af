"""Finds the products whose names are spelled like what a person types.

Of a small price list every name is compared. Of a large one only those with words that are spelled
like those of the text are, so that the time does not grow with the list.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import nlargest

from rapidfuzz import fuzz, process

from bot.core.sales.product_names import ProductNames

__all__ = ["SCORE_CERTAIN_MIN", "SEARCHES_KEPT_MAX", "close_products", "is_close_to_a_word"]

SCORE_CERTAIN_MIN = 85
SCORE_WORD_MIN = 75
SCORE_CANDIDATE_MIN = 60
SEARCHES_KEPT_MAX = 1_000
SMALL_LIST_NAMES_MAX = 200
"""A list of at most so many names is compared in full."""

CANDIDATES_MAX = 64
ALIKE_MAX = 6
BEGINNING_LETTERS_MIN = 3


@lru_cache(maxsize=SEARCHES_KEPT_MAX)
def close_products(
    words: tuple[str, ...], called: ProductNames, count: int
) -> tuple[tuple[int, int], ...]:
    """Returns the products with the closest names, the best first.

    Returns:
        For each product its index in `called.products` and its score, 0 to 100.
    """
    places = _candidates(words, called)
    best: dict[int, int] = defaultdict(int)
    for at, score in zip(places, _scores(words, places, called), strict=True):
        owner = called.owners[at]
        best[owner] = max(best[owner], score)
    return tuple(sorted(best.items(), key=lambda pair: -pair[1])[:count])


def is_close_to_a_word(word: str, called: ProductNames) -> bool:
    """Returns whether a word is spelled like one of a product's name."""
    near = _comparable(word, called)
    found = process.extractOne(word, near, scorer=fuzz.ratio, score_cutoff=SCORE_WORD_MIN)
    return found is not None


def _comparable(word: str, called: ProductNames) -> Sequence[str]:
    """Returns the words to compare: of a large list only those with the same first letter."""
    if _is_small(called):
        return called.vocabulary
    first = bisect_left(called.vocabulary, word[0])
    return called.vocabulary[first : bisect_left(called.vocabulary, chr(ord(word[0]) + 1))]


def _is_small(called: ProductNames) -> bool:
    return len(called.names) <= SMALL_LIST_NAMES_MAX


def _candidates(words: Sequence[str], called: ProductNames) -> Sequence[int]:
    """Returns the indices of the names to compare: those with most words like the typed ones."""
    if _is_small(called):
        return range(len(called.names))
    total: dict[int, int] = defaultdict(int)
    for word in dict.fromkeys(words):
        by_place: dict[int, int] = {}
        for score, other in sorted(_alike(word, called)):  # the best score stays
            by_place.update(dict.fromkeys(called.places[other], score))
        for at, score in by_place.items():
            total[at] += score
    return sorted(nlargest(CANDIDATES_MAX, total, key=lambda at: (total[at], -at)))


def _alike(word: str, called: ProductNames) -> Iterator[tuple[int, str]]:
    """Yield the few words of names that are spelled alike, or that a glued one begins with."""
    for size in range(BEGINNING_LETTERS_MIN, len(word)):
        if word[:size] in called.places:
            yield SCORE_CANDIDATE_MIN, word[:size]
    found = process.extract(
        word,
        _comparable(word, called),
        scorer=fuzz.ratio,
        score_cutoff=SCORE_CANDIDATE_MIN,
        limit=ALIKE_MAX,
    )
    for other, score, _ in found:
        yield int(score), other


def _scores(words: tuple[str, ...], places: Sequence[int], called: ProductNames) -> list[int]:
    """Returns the similarity of each name: as a whole, in any order, in part, or word by word."""
    typed, size = " ".join(words), len(words)
    names = [called.names[at] for at in places]
    parts = [
        (at, " ".join(name[start : start + size]))
        for at, name in enumerate(names)
        for start in range(len(name) - size + 1)
    ]
    scores = [
        max(pair)
        for pair in zip(
            _ratios(typed, [" ".join(name) for name in names], fuzz.token_sort_ratio),
            _ratios(typed.replace(" ", ""), ["".join(name) for name in names], fuzz.ratio),
            strict=True,
        )
    ]
    for (at, _), score in zip(
        parts, _ratios(typed, [part for _, part in parts], fuzz.ratio), strict=True
    ):
        scores[at] = max(scores[at], score)
    alike = _by_word(words, names)
    numbers = {word for word in words if word.isdigit()}
    for at, name in enumerate(names):
        by_word = sum(max(map(one.__getitem__, name)) for one in alike) // size
        limit = 100 if numbers <= set(name) else SCORE_CERTAIN_MIN - 1
        scores[at] = min(limit, max(scores[at], by_word))
    return scores


def _by_word(words: Iterable[str], names: Iterable[tuple[str, ...]]) -> list[Mapping[str, int]]:
    """Returns for each typed word how similar each word of the names is."""
    others = list({word: None for name in names for word in name})
    return [dict(zip(others, _ratios(word, others, fuzz.ratio), strict=True)) for word in words]


def _ratios(typed: str, names: Sequence[str], scorer: Callable[..., float]) -> list[int]:
    """Returns the score of every name, all computed in one call of the library."""
    scores = [0] * len(names)
    for _, score, at in process.extract(typed, names, scorer=scorer, limit=None):
        scores[at] = int(score)
    return scores
