"""Settles whether a line says that it is paid, where the rules see nothing said of it.

People say it in more ways than rules can list: `duitnye udah ane terima`, `la ebajar`. The words
of a line speak for and against it by weights that were learned from many lines.
"""

from collections.abc import Callable, Iterator, Sequence
from math import isqrt
from typing import Final

from bot.core.learned.weights import FeatureGroup
from bot.core.sales.line.scanning.tokens import Token, TokenKind
from bot.core.sales.line.tags.line_tags import LineTags
from bot.core.sales.payment_note import Payment

__all__ = ["CREDIT", "DEPOSIT", "PAID", "UNSAID", "payment_signs", "with_tagged_payment"]

PAID, CREDIT, DEPOSIT, UNSAID = "paid", "credit", "deposit", "unsaid"
TAGGED_MIN: Final = 0
"""From this margin on the weights are followed, if nothing else is likelier."""

TOKENS_MAX = 80
"""In a longer line the rules alone say what is paid."""

WORDS_WEIGHT, PARTS_WEIGHT, MEANINGS_WEIGHT = 2_600, 1_500, 1_500
PARTS = range(3, 6)
_STAND_INS: Final = {
    TokenKind.NUMBER: "<number>",
    TokenKind.MONEY: "<money>",
    TokenKind.PHONE: "<phone>",
    TokenKind.PLACE: "<place>",
}
_STOPS: Final = frozenset(
    {TokenKind.LINE, TokenKind.BREAK, TokenKind.AND, TokenKind.PAUSE, TokenKind.BUYER}
)


def with_tagged_payment(tokens: Sequence[Token], payment: Payment, tags: LineTags) -> Payment:
    """Returns what is said of the payment; the weights tell of it where the rules see nothing.

    Args:
        tokens: those of the line.
        payment: what the rules read.
        tags: what was learned.
    """
    if payment.is_stated or len(tokens) > TOKENS_MAX:
        return payment
    likeliest = tags.payments.guesses(payment_signs(tokens, tags.spelled, tags.meaning))[0]
    if likeliest.margin < TAGGED_MIN or likeliest.label not in {PAID, CREDIT}:
        return payment
    return Payment(in_full=likeliest.label == PAID)


def payment_signs(
    tokens: Sequence[Token],
    spelled: Callable[[str], str],
    meaning: Callable[[Sequence[str]], frozenset[str]],
) -> tuple[FeatureGroup, ...]:
    """Returns the signs of a line: its words, which follow each other, their parts and meanings.

    Args:
        tokens: those of the line.
        spelled: the usual spelling of a word.
        meaning: what words mean.
    """
    typed = [word for token in tokens for word in _words(token)]
    plain = [word for word in typed if word[0] != "<"]
    words = [word if word[0] == "<" else spelled(word) for word in typed]
    groups = (
        _group(_sequences(words), WORDS_WEIGHT),
        _group(_parts(plain), PARTS_WEIGHT),
        _group((f"means {each}" for each in meaning(plain)), MEANINGS_WEIGHT),
    )
    return tuple(group for group in groups if group.features)


def _words(token: Token) -> list[str]:
    if token.kind in _STOPS:
        return []
    if token.goods:
        return ["<goods>"]
    stand_in = _STAND_INS.get(token.kind)
    return token.as_typed.casefold().split() if stand_in is None else [stand_in]


def _sequences(words: Sequence[str]) -> Iterator[str]:
    yield from words
    for first, second in zip(("^", *words), (*words, "$"), strict=True):
        yield f"{first} {second}"
    for first, third in zip(words, words[2:], strict=False):
        yield f"{first} * {third}"


def _parts(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        bounded = f"_{word}_"
        for length in PARTS:
            for at in range(len(bounded) - length + 1):
                yield f"~{bounded[at : at + length]}"


def _group(features: Iterator[str], weight: int) -> FeatureGroup:
    found = frozenset(features)
    return FeatureGroup(found, isqrt(weight * weight // max(1, len(found))))
