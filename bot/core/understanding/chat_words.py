"""Splits a chat message into words that count: one spelling each, names and numbers by kind."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.input.chat_text import plain_chat
from bot.core.input.dates import month_number
from bot.core.sales.products import ProductNames, has_words, spelled
from bot.core.understanding.spelling import Spelling

__all__ = [
    "GOODS",
    "MEMBER",
    "MONEY",
    "NUMBER",
    "PERSON",
    "RECEIPT",
    "WORD_KINDS",
    "ChatWords",
    "typed_words",
    "words_of",
]

GOODS, MEMBER, PERSON = "<goods>", "<member>", "<person>"
RECEIPT, NUMBER, MONEY, MONTH = "<receipt>", "<number>", "<money>", "<month>"
WORD_KINDS = frozenset({GOODS, MEMBER, PERSON, RECEIPT, NUMBER, MONEY, MONTH})
"""What may stand for a word; a person may have typed other words between such brackets."""

_WORDS_MAX = 60
_GOODS_LETTERS_MIN = 4
_WORD = re.compile(
    r"<[a-z]+>|#?s-? ?[0-9]{4}\b"
    r"|[0-9][0-9.,]*+(?: ?(?:rb|ribu|k|jt|juta)\b)?"
    r"|[^\W\d_]+(?:'[^\W\d_]+)*|\?"
)
_RECEIPT = re.compile(r"#?s-? ?[0-9]{4}|#?[12][0-9]{3}")
_TITLES = frozenset(
    [
        "bu",
        "ibu",
        "pak",
        "bapak",
        "bpk",
        "mbak",
        "mba",
        "mas",
        "bang",
        "tante",
        "om",
        "mbah",
        "kang",
        "ceu",
        "teh",
        "neng",
        "hj",
        "haji",
        "daeng",
        "dg",
        "bi",
        "mang",
        "uda",
        "uni",
        "bude",
        "pakde",
        "kak",
        "ibuk",
        "mrs",
        "mr",
        "ms",
        "ci",
        "koh",
    ]
)
_NO_NAMES = frozenset(
    [
        "bot",
        "nonton",
        "app",
        "aplikasi",
        "kelulut",
        "tadi",
        "masih",
        "boleh",
        "cuma",
        "sinetron",
        "lupa",
    ]
)
# The beginning of a product's name is often another word.
_NO_GOODS = frozenset(
    [
        "teh",
        "mas",
        "min",
        "susu",
        "kecil",
        "cair",
        "hijau",
        "merah",
        "sari",
        "beras",
        "urut",
        "bibir",
        "jahe",
    ]
)


@dataclass(frozen=True, slots=True)
class ChatWords:
    """The words of a message, in their order.

    Attributes:
        words: in their usual spelling, without those that say nothing; names, products and numbers
            as what they are.
        typed: in lower case as they were typed, without names, products and numbers.
    """

    words: tuple[str, ...]
    typed: tuple[str, ...]


def words_of(
    text: str, spelling: Spelling, called: ProductNames, members: frozenset[str]
) -> ChatWords:
    """Returns the words of a message.

    Args:
        text: as it was typed.
        spelling: how words are spelled.
        called: the names of the products; their words become `GOODS`.
        members: the words of names in the sender's team, in lower case; they become `MEMBER`.
    """
    typed = typed_words(text)
    found: list[str] = []
    plain: list[str] = []
    for place, word in enumerate(typed):
        kind = _kind(typed, place, spelling, called, members)
        if kind is None or kind[0] != "<":
            plain.append(word)
        if kind is None or (kind in {GOODS, MEMBER, PERSON} and found[-1:] == [kind]):
            continue
        found.append(kind)
    return ChatWords(tuple(found), tuple(plain))


def typed_words(text: str) -> list[str]:
    """Returns the first words and numbers of a message in lower case, as they were typed."""
    found: list[str] = _WORD.findall(plain_chat(text).casefold())
    return found[:_WORDS_MAX]


def _kind(
    typed: Sequence[str],
    place: int,
    spelling: Spelling,
    called: ProductNames,
    members: frozenset[str],
) -> str | None:
    word, before = typed[place], typed[place - 1] if place else ""
    if word[0] == "<":
        return word  # an example says itself what was there
    if word[0].isdigit() or word[0] == "#" or _RECEIPT.fullmatch(word):
        return _number(word)
    if word in members:
        return MEMBER
    plain = spelling.canonical(word)
    if _is_goods(typed, place, called) and plain == word:
        return GOODS
    if word in spelling.fillers:
        return None
    if month_number(word) is not None:
        return MONTH
    if before in _TITLES and not spelling.is_known(word) and word not in _NO_NAMES:
        return PERSON
    return plain


def _number(word: str) -> str:
    if _RECEIPT.fullmatch(word):
        return RECEIPT
    return MONEY if not word.isdigit() or len(word) >= 5 else NUMBER  # noqa: PLR2004 - 10.000


def _is_goods(typed: Sequence[str], place: int, called: ProductNames) -> bool:
    word = typed[place]
    if word in _NO_GOODS or len(word) < _GOODS_LETTERS_MIN:
        following = " ".join(typed[place : place + 2])
        preceding = " ".join(typed[max(0, place - 1) : place + 1])
        return any(
            len(pair.split()) > 1 and has_words(spelled(pair), called)
            for pair in (following, preceding)
        )
    return has_words((word,), called)
