"""Which of a seller's customers a name may mean that none of them has exactly.

Names of a few letters differ in one of them and are different people: Rina and Rini. So a short
name is close only if it sounds the same (Anni, Ani) or lacks a vowel (Wti, Wati).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from bot.core.customers.customer_keys import NameParts, name_key, parts_of

__all__ = ["KnownName", "similar_customers"]

SIMILAR_MAX = 4
LONG_NAME_LETTERS_MIN = 6
SLIP_LETTERS_MIN = 4
SOUNDS_KEPT_MAX = 4_000

_NO_NAME_WORDS: Final = (
    "lunas lns belum blm bayar byr dibayar sudah sdh udah hutang utang bon kasbon tempo dp cicil"
    " tunai cash kontan transfer tf qris cod antar diantar kirim dikirim titip paid unpaid later"
)
_NO_NAMES: Final = frozenset(_NO_NAME_WORDS.split())
"""Words about payment and delivery, which may stand behind a name."""

_VOWELS: Final = frozenset("aeiou")
# Spellings of one sound: Soekarno and Sukarno, Fitri and Pitri, Yuni and Yunni.
_SOUNDS: Final = (
    (re.compile("oe"), "u"),
    (re.compile("tj"), "c"),
    (re.compile("dj"), "j"),
    (re.compile("ae"), "ai"),
    (re.compile("[vf]|ph"), "p"),
    (re.compile("q|kh"), "k"),
    (re.compile("x"), "ks"),
    (re.compile("y"), "i"),
    (re.compile("(?<=[^aeiou])h|h$"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name by which a customer is known.

    Attributes:
        id: the customer.
        name: as it is shown.
        key: made of the name that was typed, which may be another one than is shown.
    """

    id: int
    name: str
    key: str


def similar_customers(name: str, known: Iterable[KnownName]) -> tuple[KnownName, ...]:
    """Returns the customers that a name may mean, each once; first those that have its words.

    Another title, or none, does not tell two people apart for certain; another number does.
    """
    wanted = _bare(parts_of(name_key(name)))
    whole, count = "".join(wanted.words), len(wanted.words)
    sounds = tuple(map(_sound, wanted.words))
    same: dict[int, KnownName] = {}
    close: dict[int, KnownName] = {}
    for each in known:
        other = _bare(parts_of(each.key))
        if other.shop != wanted.shop or other.numbers != wanted.numbers:
            continue
        if "".join(other.words) == whole:
            same.setdefault(each.id, each)
        elif len(other.words) == count and _is_slip(wanted, sounds, other):
            close.setdefault(each.id, each)
    found = [*same.values(), *(each for each in close.values() if each.id not in same)]
    return tuple(found[:SIMILAR_MAX])


def _bare(name: NameParts) -> NameParts:
    """Returns the name without words behind it that are about the payment."""
    end = len(name.words)
    while end > 1 and name.words[end - 1] in _NO_NAMES:
        end -= 1
    return name if end == len(name.words) else name._replace(words=name.words[:end])


def _is_slip(wanted: NameParts, sounds: tuple[str, ...], other: NameParts) -> bool:
    """Returns whether one word of the two names differs, and that only in its spelling."""
    if wanted.title and other.title and wanted.title != other.title:
        return False
    pairs = zip(wanted.words, other.words, sounds, strict=True)
    apart = [(one, two, sound) for one, two, sound in pairs if one != two]
    return len(apart) == 1 and _is_alike(*apart[0])


def _is_alike(word: str, other: str, sound: str) -> bool:
    if abs(len(word) - len(other)) <= len(word) // 2 and sound == _sound(other):
        return True
    if OSA.distance(word, other, score_cutoff=1) != 1:
        return False
    shorter, longer = sorted((word, other), key=len)
    if len(shorter) < len(longer):
        return len(longer) >= LONG_NAME_LETTERS_MIN or _lacks_a_vowel(shorter, longer)
    if sorted(word) == sorted(other):
        return len(word) >= SLIP_LETTERS_MIN and word[-1] == other[-1]
    return len(word) >= LONG_NAME_LETTERS_MIN and word[-1] == other[-1]


def _lacks_a_vowel(shorter: str, longer: str) -> bool:
    """Returns whether a vowel within the longer word is all that the shorter one lacks."""
    if len(longer) < SLIP_LETTERS_MIN:
        return False
    place = next((at for at, sign in enumerate(shorter) if sign != longer[at]), len(shorter))
    return 0 < place < len(shorter) and longer[place] in _VOWELS


@lru_cache(maxsize=SOUNDS_KEPT_MAX)
def _sound(word: str) -> str:
    for pattern, sign in _SOUNDS:
        word = pattern.sub(sign, word)
    return word
