"""Reads that two customers are one person, and their names: `gabung bu anni ke bu ani`."""

import re
from dataclasses import dataclass
from typing import Final

from bot.core.customers.customer_keys import name_key, parts_of
from bot.core.input.typed import one_line
from bot.core.sales.buyers import shown_name

__all__ = ["TwoNames", "says_two_are_one", "two_names"]

TEXT_CHARACTERS_MAX = 256
NAME_CHARACTERS_MAX = 64

_BEFORE_WORDS = (
    "tolong mohon gabung gabungkan gabungin digabung satukan satuin jadikan merge combine join put"
    " please data nama catatan pelanggan pembeli konsumen customer customers langganan dobel ganda"
    " kembar antara yang yg the same person of dua two both duplicate duplicates my"
)
_BEFORE = frozenset([*_BEFORE_WORDS.split(), "", "="])
_AFTER_WORDS = (
    "itu ini orang orangnya orange pelanggan pembeli yang yg sama satu juga ya dong saja aja kok"
    " tuh sebenarnya jadi kak min are is the same person customer one together digabung gabung"
    " gabungkan please tolong ternyata too"
)
_AFTER = frozenset([*_AFTER_WORDS.split(), "", "="])
_INTO = frozenset(["ke", "into", "jadi", "menjadi"])
_BETWEEN_WORDS = "= dengan dgn sama dan adalah itu with and is to plus"
_BETWEEN = _INTO | frozenset(_BETWEEN_WORDS.split())
_CUSTOMERS: Final = re.compile(r"\b(?:pelanggan|pembeli|konsumen|customers?)", re.IGNORECASE)
_PUT_TOGETHER: Final = re.compile(
    r"\b(?:(?:di)?(?:gabung|satu)(?:kan|in)|gabung|merge|combine)\b", re.IGNORECASE
)
_ONE_PERSON: Final = re.compile(
    r"\b(?:(?:orang|pelanggan|pembeli)(?:nya|e)?(?: itu)?(?: yang| yg)? sama|satu orang"
    r"|(?:the )?same (?:person|customer)|one person)\b",
    re.IGNORECASE,
)
_SIGNS = str.maketrans(dict.fromkeys("=&+,;/", " = "))


@dataclass(frozen=True, slots=True)
class TwoNames:
    """Names as typed; empty where the text does not have them.

    Attributes:
        first: the one that is named first.
        second: the other one.
        into: whether the first is to become the second.
    """

    first: str
    second: str
    into: bool


def says_two_are_one(text: str) -> bool:
    """Returns whether a text that is no command asks to put two customers together."""
    line = one_line(text[:TEXT_CHARACTERS_MAX])
    named = two_names(line)
    if _ONE_PERSON.search(line):
        return _is_titled(named.first) and _is_titled(named.second)
    if not _PUT_TOGETHER.search(line):
        return False
    return _CUSTOMERS.search(line) is not None or (
        _is_titled(named.first) and _is_titled(named.second)
    )


def _is_titled(name: str) -> bool:
    """Returns whether a name begins as customers' names do: with a title or a kind of shop."""
    parts = parts_of(name_key(name))
    return bool(parts.title or parts.shop)


def two_names(text: str) -> TwoNames:
    """Returns the names of two customers, or as many as the text has."""
    words = one_line(text[:TEXT_CHARACTERS_MAX]).translate(_SIGNS).split()
    said = [word.casefold().strip(".,:!?") for word in words]
    start, end = 0, len(words)
    while start < end and said[start] in _BEFORE:
        start += 1
    while end > start and said[end - 1] in _AFTER:
        end -= 1
    for at in range(start + 1, end - 1):
        if said[at] in _BETWEEN:
            return TwoNames(_name(words[start:at]), _name(words[at + 1 : end]), said[at] in _INTO)
    return TwoNames(_name(words[start:end]), "", into=False)


def _name(words: list[str]) -> str:
    kept = [word for word in words if word != "="]
    while kept and kept[0].casefold() in _BETWEEN:
        kept.pop(0)
    while kept and kept[-1].casefold() in _AFTER:
        kept.pop()
    return shown_name(" ".join(kept))[:NAME_CHARACTERS_MAX].strip(" .,:!?")
