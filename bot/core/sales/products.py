"""The products of the company, and how one is found by what a person types."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

__all__ = [
    "Product",
    "ProductMatch",
    "ProductNames",
    "find_named",
    "find_products",
    "is_like_goods",
    "is_of_one_name",
    "names_of",
    "spelled",
    "with_words",
]

SCORE_CERTAIN_MIN = 85
SCORE_MARGIN_MIN = 8
SCORE_CLOSE_MIN = 55
SCORE_WORD_MIN = 75
CONSONANTS_MIN = 3
CLOSEST_MAX = 4
SEARCHES_KEPT_MAX = 1_000
PREFIX_LETTERS_MIN = 3
QUERY_CHARACTERS_MAX = 128
QUERY_WORDS_MAX = 16
# "500" may distinguish two kinds of honey; "2" is a quantity.
NUMBER_DIGITS_MIN = 3

# Measures after a number in a product's name, which people often leave out.
_MEASURES = frozenset({"ml", "cc", "l", "liter", "g", "gr", "gram", "kg", "mg", "oz"})
_PIECES = re.compile(r"[0-9]+|[^\W\d_]+")
_VOWELS = re.compile(r"[aeiou]")
_GAPS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Product:
    """One product of the price list; prices and bonus value in rupiah."""

    id: int
    sku: str
    name: str
    member_price: int
    retail_price: int
    points: int
    bonus_value: int
    category: str
    aliases: tuple[str, ...] = ()
    active: bool = True

    def __hash__(self) -> int:
        """Returns the id: a whole price list is hashed with each line that is read."""
        return self.id


@dataclass(frozen=True, slots=True)
class ProductMatch:
    """The result of a search.

    Attributes:
        product: the product that is meant, if that is certain.
        closest: the products to offer otherwise, best first; empty if none is close.
        score: how close the best one is, 0 to 100.
    """

    product: Product | None
    closest: tuple[Product, ...]
    score: int


@dataclass(frozen=True, slots=True, eq=False)
class ProductNames:
    """An index of the names of all active products.

    Attributes:
        products: the active products.
        names: all names as words; a product has several.
        owners: for each name the index of its product.
        places: for each word the indices of the names it occurs in.
        vocabulary: all words, sorted.
        consonants: for the consonants of a word the words that have them, in their order.
        whole: for each whole name the indices of the names that are it.
    """

    products: tuple[Product, ...]
    names: tuple[tuple[str, ...], ...]
    owners: tuple[int, ...]
    places: dict[str, frozenset[int]]
    vocabulary: tuple[str, ...]
    consonants: dict[str, tuple[str, ...]]
    whole: dict[tuple[str, ...], tuple[int, ...]]


def find_products(text: str, catalogue: Sequence[Product]) -> ProductMatch:
    """Returns the active product that the words mean, or the few closest ones.

    Tried in order: a whole SKU, name or alias; words or beginnings of words that only one product
    has; similar spelling. A misspelled name is certain only if the best match is close and the
    second clearly less so; a name with a different number (250 for 500) never is.
    """
    return find_named(text, names_of(tuple(catalogue)))


def find_named(text: str, called: ProductNames) -> ProductMatch:
    """Returns the same as `find_products`, for a catalogue that is already indexed."""
    words = spelled(text) if len(text) <= QUERY_CHARACTERS_MAX else ()
    if not words or len(words) > QUERY_WORDS_MAX or _is_short_number(words):
        return ProductMatch(None, (), 0)
    fitting = _owners(called.whole.get(words, ()), called) or with_words(words, called)
    if len(fitting) == 1:
        return ProductMatch(fitting[0], (fitting[0],), 100)
    if fitting:
        return ProductMatch(None, tuple(fitting[:CLOSEST_MAX]), 100)
    return _by_spelling(words, called)


def with_words(words: Sequence[str], called: ProductNames) -> list[Product]:
    """Returns the products whose name has these words, or words beginning so, in this order."""
    shared: frozenset[int] | None = None
    for word in words:
        holding = _holding(word, called)
        shared = holding if shared is None else shared & holding
        if not shared:
            return []
    places = (at for at in sorted(shared or ()) if _in_order(words, called.names[at]))
    return _owners(places, called)


def is_of_one_name(words: Sequence[str], called: ProductNames) -> bool:
    """Returns whether one product's name has these words, or words beginning so, in any order."""
    shared = [_holding(word, called) for word in words]
    return bool(shared) and bool(frozenset.intersection(*shared))


@lru_cache(maxsize=SEARCHES_KEPT_MAX)
def is_like_goods(word: str, called: ProductNames) -> bool:
    """Returns whether a word, or one that is spelled alike, is part of a product's name."""
    pieces = spelled(word)
    if not pieces or with_words(pieces, called):
        return bool(pieces)
    best = process.extractOne(
        pieces[0], called.vocabulary, scorer=fuzz.ratio, score_cutoff=SCORE_WORD_MIN
    )
    return best is not None


def spelled(text: str) -> tuple[str, ...]:
    """Returns the words in lower case, numbers apart from letters, without measures."""
    pieces: list[str] = _PIECES.findall(text.lower())
    return tuple(
        piece
        for index, piece in enumerate(pieces)
        if not (index and piece in _MEASURES and pieces[index - 1].isdigit())
    )


@lru_cache(maxsize=8)
def names_of(catalogue: tuple[Product, ...]) -> ProductNames:
    """Returns the index of a catalogue; an SKU is also found without its hyphens."""
    products = tuple(product for product in catalogue if product.active)
    pairs = [
        (words, owner)
        for owner, product in enumerate(products)
        for words in dict.fromkeys(
            spelled(name)
            for name in (
                product.sku,
                product.name,
                _GAPS.sub("", product.sku),
                *product.aliases,
            )
        )
        if words
    ]
    places: dict[str, set[int]] = defaultdict(set)
    whole: dict[tuple[str, ...], tuple[int, ...]] = {}
    for at, (words, _) in enumerate(pairs):
        whole[words] = (*whole.get(words, ()), at)
        for word in words:
            places[word].add(at)
    return ProductNames(
        products,
        tuple(words for words, _ in pairs),
        tuple(owner for _, owner in pairs),
        {word: frozenset(found) for word, found in places.items()},
        tuple(sorted(places)),
        _by_consonants(places),
        whole,
    )


def _by_consonants(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        bare = _VOWELS.sub("", word)
        if word.isalpha() and len(bare) >= CONSONANTS_MIN:
            found[bare].append(word)
    return {bare: tuple(those) for bare, those in found.items()}


def _owners(places: Iterable[int], called: ProductNames) -> list[Product]:
    owners = dict.fromkeys(called.owners[at] for at in places)
    return [called.products[owner] for owner in owners]


def _is_short_number(words: tuple[str, ...]) -> bool:
    return len(words) == 1 and words[0].isdigit() and len(words[0]) < NUMBER_DIGITS_MIN


def _holding(word: str, called: ProductNames) -> frozenset[int]:
    """Returns the indices of the names with this word, or with a word that begins with it."""
    found = called.places.get(word, frozenset())
    if not word.isalpha() or len(word) < PREFIX_LETTERS_MIN:
        return found
    at = bisect_left(called.vocabulary, word)
    while at < len(called.vocabulary) and called.vocabulary[at].startswith(word):
        found |= called.places[called.vocabulary[at]]
        at += 1
    return found


def _in_order(words: Sequence[str], name: Sequence[str]) -> bool:
    left = iter(name)
    return all(any(_begins(word, other) for other in left) for word in words)


def _begins(word: str, other: str) -> bool:
    if word == other:
        return True
    return word.isalpha() and len(word) >= PREFIX_LETTERS_MIN and other.startswith(word)


@lru_cache(maxsize=SEARCHES_KEPT_MAX)
def _by_spelling(words: tuple[str, ...], called: ProductNames) -> ProductMatch:
    best: dict[int, int] = defaultdict(int)
    for owner, score in zip(called.owners, _scores(words, called), strict=True):
        best[owner] = max(best[owner], score)
    ranked = sorted(best, key=lambda owner: -best[owner])[: CLOSEST_MAX + 1]
    if not ranked:
        return ProductMatch(None, (), 0)
    first, second = best[ranked[0]], best[ranked[1]] if len(ranked) > 1 else 0
    near = tuple(
        called.products[owner] for owner in ranked[:CLOSEST_MAX] if best[owner] >= SCORE_CLOSE_MIN
    )
    certain = first >= SCORE_CERTAIN_MIN and first - second >= SCORE_MARGIN_MIN
    return ProductMatch(near[0] if certain else None, near, first)


def _scores(words: tuple[str, ...], called: ProductNames) -> list[int]:
    """Returns the similarity of each name: as a whole, in any order, in part, or word by word."""
    typed, size = " ".join(words), len(words)
    wholes = [" ".join(name) for name in called.names]
    parts = [
        (at, " ".join(name[start : start + size]))
        for at, name in enumerate(called.names)
        for start in range(len(name) - size + 1)
    ]
    scores = [
        max(pair)
        for pair in zip(
            _ratios(typed, wholes, fuzz.token_sort_ratio),
            _ratios(typed.replace(" ", ""), ["".join(name) for name in called.names], fuzz.ratio),
            strict=True,
        )
    ]
    for (at, _), score in zip(
        parts, _ratios(typed, [part for _, part in parts], fuzz.ratio), strict=True
    ):
        scores[at] = max(scores[at], score)
    alike = [
        dict(zip(called.vocabulary, _ratios(word, called.vocabulary, fuzz.ratio), strict=True))
        for word in words
    ]
    numbers = {word for word in words if word.isdigit()}
    for at, name in enumerate(called.names):
        by_word = sum(max(one[other] for other in name) for one in alike) // size
        limit = 100 if numbers <= set(name) else SCORE_CERTAIN_MIN - 1
        scores[at] = min(limit, max(scores[at], by_word))
    return scores


def _ratios(typed: str, names: Sequence[str], scorer: Callable[..., float]) -> list[int]:
    """Returns the score of every name, all computed in one call of the library."""
    scores = [0] * len(names)
    for _, score, at in process.extract(typed, names, scorer=scorer, limit=None):
        scores[at] = int(score)
    return scores
