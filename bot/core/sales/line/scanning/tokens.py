"""Splits a line about a sale into tokens: numbers, prices, days and words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from bot.core.input.chat_text import lower_case
from bot.core.input.money import MONEY_NAMES
from bot.core.input.number_words import spelled_out
from bot.core.input.quantity import UNITS
from bot.core.sales.buyers import TITLES, TO
from bot.core.sales.line.scanning.line_pattern import SCAN

__all__ = ["Token", "TokenKind", "scan"]

DIGITS_MAX = 12
PRICE_TIMES_MIN = 20
"""From here on the number before a sign of multiplication is the price in thousands."""


class TokenKind(Enum):
    """The kind of a token."""

    LINE = auto()  # a new line, with its bullet or number
    BREAK = auto()  # a comma: the item may be over
    AND = auto()  # "dan", "+": another item follows
    PAUSE = auto()  # a stop, a dash or a bracket: a name is over, an item may go on
    NAMED = auto()  # "pembeli", "atas nama", before a name
    BUYER = auto()  # a whole name, known to be the buyer's
    OWN = auto()  # "pakai sendiri"
    DAY = auto()
    SPREAD = auto()  # "satu-satu": one of each
    EACH = auto()  # "@", "per botol"
    TOTAL = auto()  # "total", "semua"
    DISCOUNT = auto()  # "diskon", before its amount
    DEPOSIT = auto()  # "DP", before its amount
    PAID = auto()  # "lunas", "belum bayar", "transfer"
    PERCENT = auto()
    OFF = auto()  # "10k off"
    MONEY = auto()
    PHONE = auto()
    PLACE = auto()  # "RT 3", "blok C": behind a name
    NUMBER = auto()
    WORD = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One token, as it was typed.

    Attributes:
        kind: what it is.
        text: its text; a word of a product is spelled as the price list spells it.
        number: the value of a whole number, also in words.
        goods: whether it is a word of a product's name.
        typed: what was typed, if the text is spelled otherwise.
    """

    kind: TokenKind
    text: str
    number: int | None = None
    goods: bool = False
    typed: str = ""

    @property
    def word(self) -> str:
        """The text in lower case if it is a word, else nothing."""
        return self.text.lower() if self.kind is TokenKind.WORD else ""

    @property
    def as_typed(self) -> str:
        """The text before it was spelled as in the price list."""
        return self.typed or self.text


_EACH_SUFFIXES = frozenset({"an", "-an", "nan"} | {f"se{unit}" for unit in UNITS})
_TIMES = frozenset({"kali", "ping", "times"})
_UNSEEN = frozenset({"SPACE", "NOISE", "REST", "RUPIAH", "CLOCK", "UNCUT"})
_SAME_AS = {
    "UNIT": "PLACE",
    "ARROW": "PAUSE",
    "NEGATIVE": "NUMBER",
    "STEM": "WORD",
    "TWICE": "WORD",
}
_ALSO_CALLED = frozenset({"jo", "wan", "lan", "jeung", "deng", "ama"})
"""What joins two things, and what a person is called."""
_TITLES_TOO = frozenset({"jeung", "deng"})
_SUM_BEHIND = re.compile(
    rf"\s*+(?:rp\.?\s*+)?(?:[0-9]|(?:{'|'.join(sorted(MONEY_NAMES))})(?!\w))|\s*+harga",
    re.IGNORECASE,
)
_ABBREVIATED = frozenset(
    [
        "drg",
        "drh",
        "dg",
        "hj",
        "ny",
        "tn",
        "h",
        "dr",
        "drs",
        "dra",
        "ir",
        "st",
        "bp",
        "bpk",
        "sdr",
        "sdri",
        "mr",
        "mrs",
        "ms",
        "prof",
        "pdt",
        "ns",
        "bd",
        "gg",
        "jl",
        "ust",
        "kh",
        "rp",
        "no",
        "tgl",
    ]
)


def scan(text: str) -> Iterator[Token]:
    """Yield the tokens in their order, without spaces and punctuation that mean nothing."""
    before: Token | None = None
    typed_before = ""
    for found in SCAN.finditer(lower_case(text)):
        name, typed = _branch(found, before), text[found.start() : found.end()]
        if name in _UNSEEN:
            continue
        if name == "TIMES":
            yield _number(typed.rstrip("xX×* \n"))
            name, typed = "EACH", "@"
        if name in _ALSO_WORDS and _ALSO_WORDS[name](typed, before, text[found.end() :]):
            name = "WORD"
        token = _token(name, typed.strip())
        if before is not None and before.kind is TokenKind.MONEY:
            if token.text.lower() in _EACH_SUFFIXES:
                token = Token(TokenKind.EACH, token.text)  # "50rb an", "30rb sebungkus"
            elif name == "NUMBER" and typed[0] in "xX×*":
                yield Token(TokenKind.EACH, "x")  # "60.000 x 4"
        elif before is not None and _is_multiplied(before, token, typed_before, typed):
            yield Token(TokenKind.EACH, "x")  # "sampo 49 x 3"
        if name == "PAUSE" and before is not None and _is_short(before.word, typed):
            continue
        yield token
        before, typed_before = token, typed


def _branch(found: re.Match[str], before: Token | None) -> str:
    """Returns the branch that was found; "kali" multiplies an amount alone."""
    name = found.lastgroup
    assert name is not None, "every branch has a name"
    if name != "TIMED":
        return name
    return "EACH" if before is not None and before.kind is TokenKind.MONEY else "REST"


def _is_called_so(typed: str, before: Token | None, behind: str) -> bool:
    """Returns whether a word that joins two things is a person here: `Mbah Jo`, `Jeung Ria`."""
    if typed.lower() not in _ALSO_CALLED:
        return False
    if typed == "Ama" and before is not None:
        return True  # a title on Nias
    if typed.lower() in _TITLES_TOO:
        return before is None or (typed.istitle() and before.word in TO)
    capital = typed.istitle() or not behind.strip(" .!,") or behind.startswith((",", "."))
    return capital and before is not None and before.word in TITLES


def _is_a_piece(typed: str, before: Token | None, behind: str) -> bool:
    """Returns whether "potong" counts pieces: `enam potong`, not `sabun 2 potong 5rb`."""
    counts = before is not None and (
        before.kind is TokenKind.NUMBER or spelled_out([before.word]) is not None
    )
    return typed.lower() == "potong" and counts and not _SUM_BEHIND.match(behind)


_ALSO_WORDS: Final = {"AND": _is_called_so, "DISCOUNT": _is_a_piece}
"""What is a mere word in some places, and what says so."""


def _is_multiplied(price: Token, token: Token, behind: str, typed: str) -> bool:
    """Returns whether a number is a price in front of its quantity: `49 x 3`, `58000x3`."""
    signs = "xX×*"
    times = token.kind is TokenKind.NUMBER and (typed[0] in signs or behind[-1] in signs)
    return times and (price.number or 0) >= PRICE_TIMES_MIN > (token.number or PRICE_TIMES_MIN)


def _is_short(word: str, stop: str) -> bool:
    """Returns whether a dot behind a word is no full stop: `Hj. Nur`."""
    return stop == "." and word in _ABBREVIATED


def _token(name: str, text: str) -> Token:
    if name == "EACH" and text.lower() in _TIMES:
        return Token(TokenKind.EACH, "x")  # "55 ribu kali dua"
    if name == "NUMBER":
        return _number(text.strip("xX×* "), text if text[-1] in "xX" else "")
    if name == "OFF":
        return Token(TokenKind.OFF, text[:-3].strip())
    if name == "HALF":
        return Token(TokenKind.WORD, "setengah")
    return Token(TokenKind[_SAME_AS.get(name, name)], text)


def _number(text: str, typed: str = "") -> Token:
    whole = int(text[:DIGITS_MAX]) if text.isascii() and text.isdigit() else None
    return Token(TokenKind.NUMBER, text, whole, False, typed)
