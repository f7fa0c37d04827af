"""Reads in what condition goods came back: `rusak`, `2 rusak 1 bagus`, `tidak ada yang rusak`."""

import re
from typing import Final, Literal, NamedTuple, TypeAlias

from bot.core.input.number_words import spelled_out

__all__ = ["Damaged", "read_condition"]

Damaged: TypeAlias = int | Literal["some"]
"""How many pieces cannot be sold again; `some` where that was not said."""

WORDS_MAX: Final = 40
CHARACTERS_MAX: Final = 500
NEGATION_REACH: Final = 3
"""How many words after a "no" it still speaks of: `tidak ada yang rusak`."""

_WHOLE = "bagus baik utuh layak mulus aman dijual jual good fine fit intact sell sellable"
_DAMAGED = (
    "rusak pecah bocor retak penyok cacat sobek robek tumpah basi kedaluwarsa kadaluarsa expired"
    " damaged broken leaking cracked bad"
)
_NOT = "tidak tak tdk gak ga gk nggak enggak ngga ndak bukan tanpa not no none isn isnt aren arent"
_PART = "sebagian beberapa ada campur some partly mixed few"
WHOLE: Final = frozenset(_WHOLE.split())
DAMAGED: Final = frozenset(_DAMAGED.split())
NOT: Final = frozenset(_NOT.split())
PART: Final = frozenset(_PART.split())
_WORD: Final = re.compile(r"[0-9]{1,6}|[^\W\d_]+")


class _Said(NamedTuple):
    """A word for a condition, where it stands, and whether it means that pieces are damaged."""

    place: int
    damaged: bool


def read_condition(text: str, pieces: int) -> Damaged | None:
    """Returns how many of the pieces are damaged; None for a text that says nothing of it."""
    words = _WORD.findall(text[:CHARACTERS_MAX].casefold())[:WORDS_MAX]
    said, vague = _conditions(words), bool(PART.intersection(words))
    if not said:
        return "some" if vague else None
    counts = _counts(words, said)
    if set(counts.values()) == {None} and (len(counts) > 1 or (vague and not _denied(words))):
        return "some"
    bad, good = counts.get(True), counts.get(False)
    if bad is None:
        bad = pieces - good if good is not None else pieces * (True in counts)
    elif good is not None and bad + good != pieces:
        return "some"
    return bad if 0 <= bad <= pieces else "some"


def _counts(words: list[str], said: list[_Said]) -> dict[bool, int | None]:
    """Returns how many pieces are damaged (True) and how many are not; None without a number.

    A line that begins with a number has each number before its word: `2 rusak 1 bagus`.
    """
    numbers = _numbers(words)
    first = min(numbers, default=len(words)) < said[0].place
    counts: dict[bool, int | None] = {}
    for number, each in enumerate(said):
        before = said[number - 1].place if number else -1
        after = said[number + 1].place if number + 1 < len(said) else len(words)
        near = range(before + 1, each.place) if first else range(each.place + 1, after)
        found = [numbers[place] for place in near if place in numbers]
        known = counts.get(each.damaged)
        if found:
            counts[each.damaged] = (known or 0) + (found[-1] if first else found[0])
        else:
            counts.setdefault(each.damaged, None)
    return counts


def _conditions(words: list[str]) -> list[_Said]:
    """Returns the words for a condition; a "no" shortly before turns one around."""
    said: list[_Said] = []
    denied_at = -NEGATION_REACH - 1
    for place, word in enumerate(words):
        if word in NOT:
            denied_at = place
        elif word in WHOLE or word in DAMAGED:
            turned = place - denied_at <= NEGATION_REACH
            said.append(_Said(place, (word in DAMAGED) != turned))
    return said


def _numbers(words: list[str]) -> dict[int, int]:
    """Returns the numbers by the place at which each begins."""
    found: dict[int, int] = {}
    place = 0
    while place < len(words):
        word = words[place]
        spelled = None if word.isdigit() else spelled_out(words[place : place + 3])
        if word.isascii() and word.isdigit():
            found[place] = int(word)
        elif spelled is not None:
            found[place] = spelled[0]
        place += spelled[1] if spelled is not None else 1
    return found


def _denied(words: list[str]) -> bool:
    return bool(NOT.intersection(words))
