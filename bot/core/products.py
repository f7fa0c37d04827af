"""What the company sells, and which of it somebody means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

__all__ = ["Product", "ProductMatch", "find_products", "spelled", "with_words"]

SCORE_CERTAIN_MIN = 85
SCORE_MARGIN_MIN = 8
SCORE_CLOSE_MIN = 55
CLOSEST_MAX = 4
PREFIX_LETTERS_MIN = 3

# What stands behind a number in a product's name and is left out as often as not.
_MEASURES = frozenset({"ml", "cc", "l", "liter", "g", "gr", "gram", "kg", "mg", "oz"})
_PIECES = re.compile(r"[0-9]+|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Product:
    """One article of the price list; prices and bonus value in rupiah."""

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


@dataclass(frozen=True, slots=True)
class ProductMatch:
    """What was found.

    Attributes:
        product: the one that is meant, if that is certain.
        closest: what to offer otherwise, best first; empty if nothing comes near.
        score: how near the best one comes, 0 to 100.
    """

    product: Product | None
    closest: tuple[Product, ...]
    score: int


def find_products(text: str, catalogue: Sequence[Product]) -> ProductMatch:
    """Which active product the words mean, or the few that come closest.

    Article number, name and other names count in full, then words or beginnings of words that
    only one product has, then spelling. A slip of spelling counts as certain only if the best one
    is near and the second clearly farther; a number that differs (250 for 500) never does.
    """
    words = spelled(text)
    active = [product for product in catalogue if product.active]
    if not words:
        return ProductMatch(None, (), 0)
    exact = [product for product in active if words in _names(product)]
    fitting = exact or with_words(words, active)
    if len(fitting) == 1:
        return ProductMatch(fitting[0], (fitting[0],), 100)
    if fitting:
        return ProductMatch(None, tuple(fitting[:CLOSEST_MAX]), 100)
    return _by_spelling(words, active)


def with_words(words: Sequence[str], catalogue: Sequence[Product]) -> list[Product]:
    """The products that have these words, or words that begin so, in this order."""
    return [
        product for product in catalogue if any(_in_order(words, name) for name in _names(product))
    ]


def spelled(text: str) -> tuple[str, ...]:
    """The words in small letters, numbers apart from letters, measures left out."""
    pieces: list[str] = _PIECES.findall(text.lower())
    return tuple(
        piece
        for index, piece in enumerate(pieces)
        if not (index and piece in _MEASURES and pieces[index - 1].isdigit())
    )


@lru_cache(maxsize=4096)
def _names(product: Product) -> tuple[tuple[str, ...], ...]:
    """Everything the product is called, as words; the sku may be typed without its hyphens."""
    called = [product.sku, product.name, *product.aliases]
    joined = re.sub(r"[\W_]+", "", product.sku)
    return tuple(dict.fromkeys(spelled(name) for name in [*called, joined]))


def _in_order(words: Sequence[str], name: Sequence[str]) -> bool:
    left = iter(name)
    return all(any(_begins(word, other) for other in left) for word in words)


def _begins(word: str, other: str) -> bool:
    if word == other:
        return True
    return word.isalpha() and len(word) >= PREFIX_LETTERS_MIN and other.startswith(word)


def _by_spelling(words: tuple[str, ...], active: Sequence[Product]) -> ProductMatch:
    scored = [
        (max(_score(words, name) for name in _names(product)), product) for product in active
    ]
    scored.sort(key=lambda pair: -pair[0])
    if not scored:
        return ProductMatch(None, (), 0)
    best, product = scored[0]
    second = scored[1][0] if len(scored) > 1 else 0
    near = tuple(other for score, other in scored[:CLOSEST_MAX] if score >= SCORE_CLOSE_MIN)
    certain = best >= SCORE_CERTAIN_MIN and best - second >= SCORE_MARGIN_MIN
    return ProductMatch(product if certain else None, near, int(best))


def _score(words: tuple[str, ...], name: tuple[str, ...]) -> float:
    """How alike they are spelled: as a whole, in any order, or as a part of the name."""
    typed, whole = " ".join(words), " ".join(name)
    size = len(words)
    parts = (" ".join(name[at : at + size]) for at in range(max(1, len(name) - size + 1)))
    score = max(
        fuzz.token_sort_ratio(typed, whole),
        fuzz.ratio(typed.replace(" ", ""), whole.replace(" ", "")),
        *(fuzz.ratio(typed, part) for part in parts),
    )
    strange = {word for word in words if word.isdigit()} - set(name)
    return min(score, SCORE_CERTAIN_MIN - 1) if strange else score
