"""Tells which size is meant where a product is sold in several: `madu hutan yang kecil`."""

from collections.abc import Sequence
from typing import Final

from bot.core.input.quantity import UNITS
from bot.core.sales.line.scanning.tokens import Token, TokenKind
from bot.core.sales.products import ProductNames

__all__ = ["with_sizes"]

LARGE: Final = frozenset(
    ["besar", "basar", "gede", "gedhe", "ageng", "ageung", "gadang", "large", "big"]
)
SMALL: Final = frozenset(["kecil", "cilik", "alit", "leutik", "ketek", "small", "mini"])
_LINK_WORDS = "yang yg nyang sing nu nan nang ukuran botol size"
LINKS: Final = frozenset(_LINK_WORDS.split())
WORDS_MAX = 5
SIZES_MIN = 2
SIZE_MIN = 100
_BETWEEN: Final = frozenset({TokenKind.AND, TokenKind.BREAK})
ARTICLES: Final = frozenset({"the", "a", "of", "one", "yang", "yg"})


def with_sizes(tokens: Sequence[Token], called: ProductNames) -> list[Token]:
    """Returns the tokens with the size, a number of the price list, for the word that says it."""
    tokens = _sizes_said_later(_sizes_behind(tokens, called), called)
    tokens = _named_for_each_size(tokens, called)
    if not any(token.word in LARGE | SMALL for token in tokens):
        return list(tokens)
    tokens = _words_behind(tokens, called)
    numbers = {token.text if token.number is None else str(token.number) for token in tokens}
    written = list(tokens)
    for at, token in enumerate(tokens):
        if token.goods or token.word not in LARGE | SMALL:
            continue
        sizes = _sizes_of(_goods_before(tokens, at), called)
        if len(sizes) >= SIZES_MIN and not numbers & set(map(str, sizes)):
            size = sizes[-1] if token.word in LARGE else sizes[0]
            written[at] = Token(TokenKind.WORD, str(size), None, True, token.text)
    return written


def _sizes_behind(tokens: Sequence[Token], called: ProductNames) -> list[Token]:
    """Returns the tokens with a size before its goods put behind them: `the 250 madu hutan`."""
    written = list(tokens)
    for at, token in enumerate(tokens):
        if token.number is None or token.number < SIZE_MIN or not _is_size_before(tokens, at):
            continue
        end = at + 1
        while end < len(tokens) and end - at <= WORDS_MAX and tokens[end].goods:
            end += 1
        words = [each.text.lower() for each in tokens[at + 1 : end]]
        behind = tokens[end] if end < len(tokens) else None
        sized = behind is not None and behind.number is not None and behind.number >= SIZE_MIN
        if len(words) > 1 and token.number in _sizes_of(words, called) and not sized:
            size = Token(TokenKind.WORD, str(token.number), None, True, token.text)
            written[at:end] = [*tokens[at + 1 : end], size]
    return written


def _sizes_said_later(tokens: Sequence[Token], called: ProductNames) -> list[Token]:
    """Returns the tokens with a size put behind its goods: `madu hutan 2 botol yang 500`."""
    written = list(tokens)
    for at in range(len(tokens) - 1, 1, -1):
        token, link = tokens[at], tokens[at - 1]
        if token.number is None or token.number < SIZE_MIN or link.word not in LINKS:
            continue
        end = at - 1
        while end > max(0, at - WORDS_MAX) and _counts(tokens[end - 1]):
            end -= 1
        words = _goods_before(tokens, end)
        sizes = _sizes_of(words, called)
        if end < at - 1 and token.number in sizes and not set(words) & set(map(str, sizes)):
            size = Token(TokenKind.WORD, str(token.number), None, True, token.text)
            written[end : at + 1] = [size, *tokens[end : at - 1]]
    return written


def _named_for_each_size(tokens: Sequence[Token], called: ProductNames) -> list[Token]:
    """Returns the tokens with goods named for each size: `madu hutan 250 satu 500 satu`."""
    written = list[Token]()
    named: list[Token] = []
    sized = counted = False
    for token, behind in zip(tokens, (*tokens[1:], None), strict=False):
        if token.goods:
            named = named if written and written[-1].goods else []
            named = [*named, token]
            sized = counted = False
        elif token.number is not None and token.number in _sizes_of(_lower(named), called):
            if sized and counted and behind is not None and _counts(behind):
                written += named
            sized, counted = True, False
        elif sized and _counts(token):
            counted = True
        elif token.kind not in _BETWEEN and token.word not in LINKS:
            sized = False
        written.append(token)
    return written


def _lower(tokens: Sequence[Token]) -> list[str]:
    return [token.text.lower() for token in tokens]


def _counts(token: Token) -> bool:
    """Returns whether a token is a small number or a unit."""
    is_small = token.number is not None and token.number < SIZE_MIN
    return is_small or (token.word in UNITS and not token.goods)


def _words_behind(tokens: Sequence[Token], called: ProductNames) -> list[Token]:
    """Returns the tokens with the word for a size put behind its goods: `one big madu hutan`."""
    written = list(tokens)
    for at, token in enumerate(tokens):
        if token.goods or token.word not in LARGE | SMALL or _goods_before(tokens, at):
            continue
        end = at + 1
        while end < len(tokens) and end - at <= WORDS_MAX and tokens[end].goods:
            end += 1
        words = [each.text.lower() for each in tokens[at + 1 : end]]
        if len(_sizes_of(words, called)) >= SIZES_MIN:
            written[at:end] = [*tokens[at + 1 : end], token]
    return written


def _is_size_before(tokens: Sequence[Token], at: int) -> bool:
    """Returns whether a number before goods may be their size: a quantity or "the" precedes it."""
    before = tokens[at - 1] if at else None
    return before is not None and (before.word in ARTICLES or before.kind is TokenKind.NUMBER)


def _goods_before(tokens: Sequence[Token], at: int) -> list[str]:
    """Returns the words of goods that end just before a place, but for words such as "yang"."""
    before = at - 1
    while before >= 0 and not tokens[before].goods and tokens[before].word in LINKS:
        before -= 1
    end = before + 1
    while before >= 0 and end - before <= WORDS_MAX and tokens[before].goods:
        before -= 1
    return [token.text.lower() for token in tokens[before + 1 : end]]


def _sizes_of(words: Sequence[str], called: ProductNames) -> list[int]:
    """Returns the numbers in the names that have all these words, the smallest first."""
    found = [called.places.get(word, frozenset()) for word in words]
    if not found or not all(found):
        return []
    names = frozenset.intersection(*found)
    return sorted({int(word) for at in names for word in called.names[at] if word.isdecimal()})
