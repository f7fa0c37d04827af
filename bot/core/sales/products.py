"""Finds the product that a person means by what they type."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.core.sales.close_names import (
    SCORE_CERTAIN_MIN,
    SEARCHES_KEPT_MAX,
    close_products,
    is_close_to_a_word,
)
from bot.core.sales.product_names import Catalogue, Product, ProductNames, names_of, spelled

__all__ = [
    "Catalogue",
    "Product",
    "ProductMatch",
    "ProductNames",
    "find_named",
    "find_products",
    "find_several",
    "has_words",
    "is_like_goods",
    "is_of_one_name",
    "names_of",
    "spelled",
    "with_words",
]

SCORE_MARGIN_MIN = 8
SCORE_CLOSE_MIN = 55
CLOSEST_MAX = 4
PREFIX_LETTERS_MIN = 3
QUERY_CHARACTERS_MAX = 128
QUERY_WORDS_MAX = 16
# "500" may distinguish two kinds of honey; "2" is a quantity.
NUMBER_DIGITS_MIN = 3
LAST_CHARACTER = "\U0010ffff"


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


def find_products(text: str, catalogue: Sequence[Product]) -> ProductMatch:
    """Returns the active product that the words mean, or the few closest ones.

    Tried in order: a whole SKU, name or alias; words or beginnings of words that only one product
    has; similar spelling. A misspelled name is certain only if the best match is close and the
    second clearly less so; a name with a different number (250 for 500) never is.
    """
    return find_named(text, names_of(catalogue))


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


def find_several(text: str, called: ProductNames) -> tuple[Product, ...]:
    """Returns the products of a list of goods, `sampo, teh hijau sama madu`; else nothing.

    Each of them is what the most words next to each other mean, `madu` all kinds of honey.
    """
    words = spelled(text) if len(text) <= QUERY_CHARACTERS_MAX else ()
    if is_of_one_name(words, called):
        return ()
    groups = list[list[str]]()
    for word in words:
        if groups and has_words([*groups[-1], word], called):
            groups[-1].append(word)
        elif not _is_short_number((word,)) and has_words([word], called):
            groups.append([word])
        elif len(word) > PREFIX_LETTERS_MIN and is_like_goods(word, called):
            return ()
    meant = dict.fromkeys(one for group in groups for one in _meant(group, called))
    return tuple(meant) if min(len(groups), len(meant)) > 1 else ()


def _meant(words: Sequence[str], called: ProductNames) -> Sequence[Product]:
    certain = find_named(" ".join(words), called).product
    return with_words(words, called) if certain is None else (certain,)


def with_words(words: Sequence[str], called: ProductNames) -> list[Product]:
    """Returns the products whose name has these words, or words beginning so, in this order."""
    return _owners(_places(words, called, sorted), called)


def has_words(words: Sequence[str], called: ProductNames) -> bool:
    """Returns whether a product's name has these words, or words beginning so, in this order."""
    return next(iter(_places(words, called, iter)), None) is not None


def is_of_one_name(words: Sequence[str], called: ProductNames) -> bool:
    """Returns whether one product's name has these words, or words beginning so, in any order."""
    shared = [_holding(word, called) for word in words]
    return bool(shared) and bool(frozenset.intersection(*shared))


@lru_cache(maxsize=SEARCHES_KEPT_MAX)
def is_like_goods(word: str, called: ProductNames) -> bool:
    """Returns whether a word, or one that is spelled alike, is part of a product's name."""
    pieces = spelled(word)
    if not pieces or has_words(pieces, called):
        return bool(pieces)
    return is_close_to_a_word(pieces[0], called)


def _places(
    words: Sequence[str], called: ProductNames, order: Callable[[Iterable[int]], Iterable[int]]
) -> Iterable[int]:
    """Returns the indices of the names with these words in this order, themselves in an order."""
    shared: frozenset[int] | None = None
    for word in words:
        holding = _holding(word, called)
        shared = holding if shared is None else shared & holding
        if not shared:
            return ()
    places = order(shared or ())
    if len(words) == 1:
        return places
    return (at for at in places if _in_order(words, called.names[at]))


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
    first = bisect_left(called.vocabulary, word)
    last = bisect_left(called.vocabulary, word + LAST_CHARACTER)
    longer = called.vocabulary[first:last]
    if longer in {(), (word,)}:
        return found
    return found.union(*(called.places[other] for other in longer))


def _in_order(words: Sequence[str], name: Sequence[str]) -> bool:
    left = iter(name)
    return all(any(_begins(word, other) for other in left) for word in words)


def _begins(word: str, other: str) -> bool:
    if word == other:
        return True
    return word.isalpha() and len(word) >= PREFIX_LETTERS_MIN and other.startswith(word)


def _by_spelling(words: tuple[str, ...], called: ProductNames) -> ProductMatch:
    ranked = close_products(words, called, CLOSEST_MAX + 1)
    if not ranked:
        return ProductMatch(None, (), 0)
    first, second = ranked[0][1], ranked[1][1] if len(ranked) > 1 else 0
    near = tuple(
        called.products[owner] for owner, score in ranked[:CLOSEST_MAX] if score >= SCORE_CLOSE_MIN
    )
    certain = first >= SCORE_CERTAIN_MIN and first - second >= SCORE_MARGIN_MIN
    return ProductMatch(near[0] if certain else None, near, first)
