"""The shape of a text: what sort of word follows which, with goods, buyer and numbers unnamed.

A report of a sale is goods, numbers, a buyer, and a few words around them, in certain orders. The
more words are left over, the likelier the text tells of something else that happens to name goods
and a number.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from bot.core.conversation.messages import Message
from bot.core.input.quantity import UNITS
from bot.core.sales.buyers import SECOND_TITLES, SHOPS, TITLES
from bot.core.sales.drafts import Draft
from bot.core.sales.line.scanning.tokens import Token, TokenKind
from bot.core.sales.line.words.usual_words import worded
from bot.core.sales.line.words.vocabulary import BUYING, FILLERS, PASSIVE
from bot.core.sales.products import ProductNames

__all__ = ["LineShape", "line_shape_of"]

TEXT_CHARACTERS_MAX = 500
_RUN_LENGTHS = (2, 3, 4)
_EXPECTED = FILLERS | TITLES | SECOND_TITLES | SHOPS | UNITS


@dataclass(frozen=True, slots=True)
class LineShape:
    """The shape of a text.

    Attributes:
        sequences: which sorts of words follow each other, two to four, and around known words.
        left: how many words are neither goods nor buyer nor usual around them.
    """

    sequences: frozenset[str]
    left: int


def line_shape_of(
    text: str,
    found: Draft | Message | None,
    called: ProductNames,
    is_usual: Callable[[str], bool],
) -> LineShape:
    """Returns the shape of a text.

    Args:
        text: as it was typed; only its beginning is looked at.
        found: the sale that was read in it; no words are left where there is none.
        called: the names of the products.
        is_usual: whether a word is one that everybody uses, and so hardly a name.
    """
    text = text[:TEXT_CHARACTERS_MAX]
    line = text.title() if text.isupper() else text
    tokens = worded(line, called)
    name = found.customer if isinstance(found, Draft) else None
    buyer = frozenset((name or "").casefold().replace(".", " ").split())
    expected = buyer | _EXPECTED
    left = sum(_says_something(token) and token.word not in expected for token in tokens)
    sorts = [_sort(token, buyer, is_usual) for token in tokens]
    has_goods = any(token.goods for token in tokens)
    return LineShape(
        frozenset(_sequences([("^", ""), *sorts, ("$", "")]) if has_goods else ()),
        left if isinstance(found, Draft) else 0,
    )


def _says_something(token: Token) -> bool:
    return token.kind is TokenKind.WORD and not token.goods and any(map(str.isalpha, token.word))


def _sort(token: Token, buyer: frozenset[str], is_usual: Callable[[str], bool]) -> tuple[str, str]:
    """Returns the sort of a token, and the word itself where it is no name."""
    word = token.word
    if token.kind is not TokenKind.WORD:
        return token.kind.name.lower(), ""
    if token.goods:
        return "goods", ""
    if token.as_typed.casefold() in buyer:
        return "buyer", ""
    if word in TITLES:
        return "title", ""
    for sort, words in (("buys", BUYING | PASSIVE), ("filler", FILLERS)):
        if word in words:
            return sort, f" {word}"
    return ("usual", f" {word}") if is_usual(word) else ("unknown", "")


def _sequences(sorts: Sequence[tuple[str, str]]) -> Iterator[str]:
    once = [sort for sort, _ in groupby(sort for sort, _ in sorts)]
    for length in _RUN_LENGTHS:
        for at in range(len(once) - length + 1):
            yield "/".join(once[at : at + length])
    for (one, word), (other, behind) in pairwise(sorts):
        yield f"{one}{word}/{other}"
        yield f"{one}/{other}{behind}"
    for (one, _), (here, word), (other, _) in zip(sorts, sorts[1:], sorts[2:], strict=False):
        if word:
            yield f"{one}/{here}{word}/{other}"
