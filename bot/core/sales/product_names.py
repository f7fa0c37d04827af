"""The products of the company, and an index of all that they are called."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

__all__ = ["Catalogue", "Product", "ProductNames", "laid_out", "names_of", "spelled"]

CONSONANTS_MIN = 3
CATALOGUES_KEPT_MAX = 8

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


class Catalogue(tuple[Product, ...]):  # noqa: SLOT001 - a tuple has no slot for its hash
    """Products in the order of the price list, of which even ten thousand are hashed only once."""

    def __hash__(self) -> int:
        """Returns the hash of the tuple."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return super().__hash__()


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
        begun: for a letter and a word the one word with that letter before it in a name.
    """

    products: tuple[Product, ...]
    names: tuple[tuple[str, ...], ...]
    owners: tuple[int, ...]
    places: dict[str, frozenset[int]]
    vocabulary: tuple[str, ...]
    consonants: dict[str, tuple[str, ...]]
    whole: dict[tuple[str, ...], tuple[int, ...]]
    begun: dict[tuple[str, str], str]


def spelled(text: str) -> tuple[str, ...]:
    """Returns the words in lower case, numbers apart from letters, without measures."""
    pieces: list[str] = _PIECES.findall(text.lower())
    return tuple(
        piece
        for index, piece in enumerate(pieces)
        if not (index and piece in _MEASURES and pieces[index - 1].isdigit())
    )


def names_of(catalogue: Sequence[Product]) -> ProductNames:
    """Returns the index of a catalogue; an SKU is also found without its hyphens."""
    return laid_out(catalogue if isinstance(catalogue, Catalogue) else Catalogue(catalogue))


@lru_cache(maxsize=CATALOGUES_KEPT_MAX)
def laid_out(catalogue: Catalogue) -> ProductNames:
    """Returns the same as `names_of`; made once for each catalogue."""
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
        _begun(words for words, _ in pairs),
    )


def _begun(names: Iterable[tuple[str, ...]]) -> dict[tuple[str, str], str]:
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for name in names:
        for before, word in pairwise(name):
            found[before[0], word].add(before)
    return {key: next(iter(words)) for key, words in found.items() if len(words) == 1}


def _by_consonants(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        bare = _VOWELS.sub("", word)
        if word.isalpha() and len(bare) >= CONSONANTS_MIN:
            found[bare].append(word)
    return {bare: tuple(those) for bare, those in found.items()}
