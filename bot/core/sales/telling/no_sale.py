"""Tells lines about goods that are no sale by the words that turn their meaning.

A line such as `bu wati retur 1 teh` names an article, a number and a customer, but recording it as
a sale would be wrong. So the sale reader leaves such a line to what it is about.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from bot.core.input.chat_text import lower_case, plain_chat
from bot.core.sales.buyers import TO
from bot.core.sales.line.line_state import STOPS
from bot.core.sales.line.scanning.tokens import Token, TokenKind
from bot.core.sales.line.words.short_words import in_full
from bot.core.sales.line.words.vocabulary import BUYING, PASSIVE
from bot.core.sales.payments import PAYMENT_IN_LINE
from bot.core.sales.telling.turning_words import (
    ASKED_AT_THE_END,
    DONE,
    HARMLESS,
    ORDERED,
    PAYS,
    SAYS,
    Instead,
)

__all__ = ["NEVER_SOLD", "Instead", "kinds_in", "kinds_instead", "pays_for_goods", "what_instead"]

NEVER_SOLD: Final[frozenset[Instead]] = frozenset({"return", "undo"})
"""Kinds of lines that never get a card, however much they look like a sale.

`besok` and `titip` may be about the payment, or about what was handed over since: the learned
weights tell that apart.
"""

# All patterns are for lines in lower case.
# "bayar besok" is about the money, not about the goods.
_PAYMENT = re.compile(rf"\b{PAYMENT_IN_LINE}", re.VERBOSE)
_HARMLESS = re.compile(rf"\b(?:{HARMLESS})", re.VERBOSE)
_PATTERN = re.compile(
    "|".join(rf"(?P<{name}>\b(?:{pattern})(?:nya)?(?!\w))" for name, pattern in SAYS), re.VERBOSE
)
_PAYS = re.compile(PAYS, re.VERBOSE)
_DONE = re.compile(DONE)
_ORDERED = re.compile(ORDERED)
_ASKED = re.compile(ASKED_AT_THE_END)
_WORDS = (
    "bayar mbayar membayar mayar mambayar mambayia bayia mayah mabayah nyaur nyauri bayari"
    " mbayari bayarin paid pays pay"
)
_PAYING = frozenset(_WORDS.split())


def kinds_in(text: str) -> frozenset[str]:
    """Returns all that a text tells of by such words, and `done` if the goods are handed over."""
    line = lower_case(in_full(plain_chat(text)))
    kinds = {"payment"} if _PAYS.search(line) is not None else set()
    line = _PAYMENT.sub(" ", _HARMLESS.sub(" ", line))
    if _ASKED.search(line) is not None:
        kinds.add("question")
    if _DONE.search(line) is not None:
        kinds.add("done")
    kinds.update(found.lastgroup for found in _PATTERN.finditer(line) if found.lastgroup)
    return frozenset(kinds)


def what_instead(line: str) -> Instead | None:
    """Returns what a line about goods tells of instead of a sale; None if nothing says so."""
    kinds = list(kinds_instead(line))
    return "return" if "return" in kinds else next(iter(kinds), None)


def kinds_instead(line: str) -> Iterator[Instead]:
    """Yield all that a line tells of instead of a sale, payments and questions first."""
    line = lower_case(line)
    if _PAYS.search(line) is not None:
        yield "payment"
    line = _PAYMENT.sub(" ", _HARMLESS.sub(" ", line))
    if _ASKED.search(line) is not None:
        yield "question"
    done = _DONE.search(line) is not None
    for match in _PATTERN.finditer(line):
        kind = match.lastgroup
        if kind == "later" and done and _ORDERED.fullmatch(match.group()):
            continue  # "pesanan sudah diambil"
        yield kind  # type: ignore[misc]  # the groups are named after the literals


def pays_for_goods(tokens: Iterable[Token]) -> bool:
    """Returns whether somebody pays for the first goods that are named, and takes none."""
    pays = False
    for token in tokens:
        if token.goods:
            return pays
        if token.kind in STOPS or token.word in TO:
            pays = False
        elif token.kind is TokenKind.WORD and token.word in BUYING | PASSIVE:
            return False
        elif token.kind in {TokenKind.WORD, TokenKind.PAID}:
            pays = pays or token.text.lower().split()[-1] in _PAYING
    return False
