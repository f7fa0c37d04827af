"""Signs and words that mean something else by what stands beside them: a dash, `urang`."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.core.conversation.messages import Refusal
from bot.core.input.money import parse_rupiah
from bot.core.input.quantity import UNITS
from bot.core.sales.line.scanning.tokens import Token, TokenKind
from bot.core.sales.products import ProductNames

__all__ = ["with_dashes", "without_pronouns"]

PRONOUNS: Final = frozenset({"urang"})
COUNTS_MAX: Final = 20
"""A smaller number before a dash counts goods, `sabun 2 - 50rb`, and is no price."""

THOUSAND: Final = 1_000
_NOTHING: Final = Token(TokenKind.PAUSE, "")
_AMOUNTS: Final = frozenset({TokenKind.NUMBER, TokenKind.MONEY})


def without_pronouns(tokens: Sequence[Token]) -> list[Token]:
    """Returns the tokens with "urang" as goods only beside goods or their number.

    In West Java it is "I", in West Sumatra "person": `urang teu boga duit`, but `urang 2`.
    """
    written = list(tokens)
    for at, token in enumerate(tokens):
        if token.word not in PRONOUNS or not token.goods:
            continue
        before = tokens[at - 1] if at else _NOTHING
        behind = tokens[at + 1] if at + 1 < len(tokens) else _NOTHING
        if not (before.goods or behind.goods or behind.kind in _AMOUNTS or before.word in UNITS):
            written[at] = Token(TokenKind.WORD, token.as_typed)
    return written


def with_dashes(tokens: Sequence[Token], called: ProductNames) -> list[Token]:
    """Returns the tokens with a dash as minus only behind a price that is more than it takes off.

    `98 - 3k` and `100rb lunas - 10rb` are discounts; `sabun 2 - 50rb`, `madu hutan 500 - 165rb`
    and `bu Ani - 100rb` only tell the parts of a note from each other.
    """
    written = list(tokens)
    for at, token in enumerate(tokens):
        if token.kind is not TokenKind.DISCOUNT or token.text.strip() != "-":
            continue
        price = _price_before(tokens, at, called)
        taken_off = _amount(tokens[at + 1]) if at + 1 < len(tokens) else 0
        if not 0 < taken_off < price:
            written[at] = replace(token, kind=TokenKind.PAUSE)
    return written


def _price_before(tokens: Sequence[Token], at: int, called: ProductNames) -> int:
    """Returns the price in rupiah before a place, perhaps with `lunas` between; 0 without one."""
    end = at - (at > 0 and tokens[at - 1].kind is TokenKind.PAID)
    if end < 1:
        return 0
    token = tokens[end - 1]
    sized = end > 1 and tokens[end - 2].goods and str(token.number) in called.places
    return 0 if sized else _amount(token)


def _amount(token: Token) -> int:
    """Returns an amount in rupiah, a number from 20 on in thousands; 0 if it is none."""
    if token.kind is TokenKind.MONEY:
        try:
            return parse_rupiah(token.text)
        except Refusal:
            return 0
    number = token.number or 0
    if token.kind is not TokenKind.NUMBER or number < COUNTS_MAX:
        return 0
    return number if number >= THOUSAND else number * THOUSAND
