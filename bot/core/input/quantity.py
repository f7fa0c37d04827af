"""Reads quantities as people type them: `2`, `dua`, `selusin`, `3 botol`, `setengah kodi`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.conversation.messages import Message, Refusal
from bot.core.input.number_words import spelled_out
from bot.core.input.typed import shown

__all__ = [
    "PACKS",
    "QUANTITY_MAX",
    "UNITS",
    "NotAQuantity",
    "QuantityTooLarge",
    "QuantityZero",
    "checked_quantity",
    "quantity_at",
    "read_quantity",
]

QUANTITY_MAX = 9_999
TEXT_CHARACTERS_MAX = 64

# "pak" is left out: it is also the honorific of a man.
_UNIT_WORDS = (
    "pcs pc pieces piece biji bj buah bh botol btl dus box kotak ktk bungkus bks sachet saset"
    " sct paket pkt pack unit kantong iji siki kaleng toples tube"
    " lembar batang potong strip helai butir pasang buting bj pot cup wadah igi"
    " bottle bottles boxes packs sachets jar jars bars tubes renceng rcg pouch bgks bngks gelas"
)
UNITS = frozenset(_UNIT_WORDS.split())

_PACK_WORDS = {
    "selusin": 12,
    "salusin": 12,
    "salosin": 12,
    "selosin": 12,
    "sekodi": 20,
    "sakodi": 20,
    "segross": 144,
    "segros": 144,
    "sepasang": 2,
    "sapasang": 2,
}
_ONE_OF = (
    "buah biji botol dus box kotak bungkus sachet saset paket pack kaleng toples lembar batang"
    " buting iji butir gelas pot cup"
)
_PACK_WORDS |= {f"{one}{unit}": 1 for unit in _ONE_OF.split() for one in ("se", "sa")}
_PACK_WORDS |= {f"s{unit}": 1 for unit in ("botol", "bungkus", "biji", "kotak")}
_PACKS = {
    "lusin": 12,
    "lsn": 12,
    "losin": 12,
    "dozen": 12,
    "dozens": 12,
    "dzn": 12,
    "dz": 12,
    "kodi": 20,
    "gross": 144,
    "gros": 144,
}
PACKS = frozenset(_PACKS) | frozenset(_PACK_WORDS)
"""Words for many pieces at once, in lower case: `lusin`, `sekodi`."""
_HALVES = frozenset(
    (
        *("setengah", "stengah", "stgh", "stgah", "stngah", "setengh", "setngah", "stengh"),
        *("separuh", "separo", "saparo", "satengah", "1/2", "½", "half"),
    )
)
_QUARTERS = frozenset({"seperempat", "saparapat", "prapat", "quarter"})
_FEWER = frozenset({"kurang", "minus", "kirang", "less"})
_TYPED = re.compile(r"[0-9]+(?:[.,][0-9]+)*|-?[^\s]+", re.ASCII)
_TIMES = re.compile(r"(?<=[0-9])\s*[x×*]$|^[x×*]\s*(?=[0-9])")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+", re.ASCII)
_MIXED = re.compile(r"([0-9]{1,3})(?:[.,]50?|½)", re.ASCII)
_LONGEST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class NotAQuantity(Message):
    """The text is no whole number of pieces."""

    text: str


@dataclass(frozen=True, slots=True)
class QuantityZero(Message):
    """A quantity of zero."""


@dataclass(frozen=True, slots=True)
class QuantityTooLarge(Message):
    """More than one sale can hold."""

    largest: int


def read_quantity(text: str) -> int:
    """Returns the number of pieces that a person typed when asked for it.

    Raises:
        Refusal: with `NotAQuantity`, `QuantityZero` or `QuantityTooLarge`.
    """
    bare = text.strip().lower()
    if len(bare) > TEXT_CHARACTERS_MAX:
        endless = bare.isascii() and bare.isdigit()
        raise Refusal(QuantityTooLarge(QUANTITY_MAX) if endless else NotAQuantity(shown(text)))
    bare = _TIMES.sub("", bare).replace("1/2", "½")
    words: list[str] = _TYPED.findall(bare)
    found = quantity_at(words)
    if found is None or found[1] != len(words):
        raise Refusal(NotAQuantity(shown(text)))
    return checked_quantity(found[0])


def checked_quantity(number: int) -> int:
    """Returns the number, if a sale can have that many pieces.

    Raises:
        Refusal: with `QuantityZero` or `QuantityTooLarge`.
    """
    if number == 0:
        raise Refusal(QuantityZero())
    if number > QUANTITY_MAX:
        raise Refusal(QuantityTooLarge(QUANTITY_MAX))
    return number


def quantity_at(words: Sequence[str]) -> tuple[int, int] | None:
    """Returns the quantity that these lower-case words begin with, and how many words it takes.

    Packs become pieces (`2 lusin` is 24); a unit after the number is consumed with it.
    """
    if words and words[0] in _PACKS:
        pack = _PACKS[words[0]]
        less = _fewer(words, 1, pack)
        return (pack - less, 3) if less else (pack, 1)
    found = _part_of_a_pack(words) or _number(words)
    if found is None:
        return None
    number, taken = found
    pack = _PACK_WORDS.get(words[taken - 1], 1)
    if taken < len(words) and words[taken] in _PACKS:
        pack = _PACKS[words[taken]]
        number, taken = number * pack, taken + 1
    if pack > 1 and words[taken : taken + 1] and words[taken] in _HALVES:
        number, taken = number + pack // 2, taken + 1  # "selusin setengah"
    elif less := _fewer(words, taken, pack):
        number, taken = number - less, taken + 2  # "dua lusin kurang satu"
    if taken < len(words) and words[taken] in UNITS:
        taken += 1
    return number, taken


def _fewer(words: Sequence[str], at: int, pack: int) -> int:
    """Returns how many pieces are missing from a pack, as the words there say; else 0."""
    if not words[at : at + 1] or words[at] not in _FEWER:
        return 0
    less = _number(words[at + 1 : at + 2])
    return less[0] if less is not None and less[0] < pack else 0


def _part_of_a_pack(words: Sequence[str]) -> tuple[int, int] | None:
    """Read `seperempat lusin`, `1,5 lusin`, `satu setengah kodi`; half a piece is not sold."""
    if words[1:2] and words[0] in _QUARTERS and words[1] in _PACKS:
        pieces, left = divmod(_PACKS[words[1]], 4)
        return None if left else (pieces, 2)
    halves, taken = _halves(words)
    rest = [word for word in words[taken : taken + 2] if word != "a"]
    if not halves or not rest or rest[0] not in _PACKS:
        return None
    pieces, left = divmod(halves * _PACKS[rest[0]], 2)
    return None if left else (pieces, words.index(rest[0]) + 1)


def _halves(words: Sequence[str]) -> tuple[int, int]:
    """Returns a number with a half, counted in halves, and how many words it takes; else 0, 0."""
    if words and words[0] in _HALVES:
        return 1, 1
    if words and (mixed := _MIXED.fullmatch(words[0])):
        return 2 * int(mixed[1]) + 1, 1
    whole = _number(words[:1]) if words[:1] and words[0] not in _PACK_WORDS else None
    if whole is not None and words[1:2] and words[1] in _HALVES:
        return 2 * whole[0] + 1, 2
    return 0, 0


def _number(words: Sequence[str]) -> tuple[int, int] | None:
    if not words:
        return None
    first = words[0]
    if first.isascii() and first.isdigit():
        return int(first[:_LONGEST_DIGITS]), 1
    if _GROUPED.fullmatch(first) and len(first) <= _LONGEST_DIGITS:
        return int(first.replace(".", "")), 1
    if first in {"a", "an"} and words[1:2] and words[1] in _PACKS:
        return 1, 1
    if first in _PACK_WORDS:
        return _PACK_WORDS[first], 1
    return spelled_out(words)
