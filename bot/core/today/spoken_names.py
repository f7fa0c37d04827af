"""How a seller calls customers and goods when she talks to a customer."""

import re
from typing import Final

from bot.core.customers.customer_keys import plain_title
from bot.core.sales.buyers import SHOPS

__all__ = ["spoken_article", "spoken_name"]

_ASIDE: Final = re.compile(r"\([^()]{0,64}\)|[+0-9][0-9 .\-]{4,24}")
_STREETS: Final = frozenset(["jl", "jln", "jalan", "gang", "gg"])
_NUMBERED: Final = "rt|rw|blok|block|no|nomor|kamar|lantai|lt|unit|apart|apartemen|kos"
_PLACE: Final = re.compile(rf"(?:{_NUMBERED})\.?")
_PLACE_AND_NUMBER: Final = re.compile(rf"(?:{_NUMBERED})\.?[0-9]+[a-z]?(?:/[0-9]+)?")
_NUMBER: Final = re.compile(r"[0-9]+[a-z]?(?:/[0-9]+)?|[a-z][0-9]{0,3}")
_SIZE: Final = re.compile(
    r" (?:[0-9][0-9.,]{0,8} ?(?:mg|g|gr|gram|kg|ml|l|liter|cc|cm|pcs)|[0-9]{2,4})$", re.IGNORECASE
)


def spoken_name(name: str) -> str:
    """Returns the name to call a customer by: `Bu Ani (pasar) 0812 345 678` is `Bu Ani`.

    What tells customers apart is left out, such as `RT 07` or the 2 of `Bu Ani 2`, and the shop
    before its owner: `Warung Bu Nur` is `Bu Nur`. The whole name, if nothing else is in it.
    """
    words = " ".join(_ASIDE.sub(" ", name).split()).strip(" ,.-").split()
    person = _person(words)
    if person is not None:
        words = _without_place(person)
    called = " ".join(words).strip(" ,.-")
    return called if any(sign.isalpha() for sign in called) else name


def _person(words: list[str]) -> list[str] | None:
    """Returns the words from the person's title or name on; None for a shop without an owner."""
    if not words or words[0].casefold() not in SHOPS:
        return words
    for place, word in enumerate(words[1:-1], start=1):
        if plain_title(word):
            return words[place:]
    return None


def _without_place(words: list[str]) -> list[str]:
    """Returns the words before the place or number; titles alone are nobody's name."""
    kept = words[: _begin_of_place(words)]
    if all(plain_title(word) for word in kept):
        return words
    return kept[:-1] if len(kept) > 1 and kept[-1].isdecimal() else kept


def _begin_of_place(words: list[str]) -> int:
    """Returns where a street begins, or a place with its number: `no. 3`, `RT07`."""
    for at, word in enumerate(map(str.casefold, words)):
        behind = words[at + 1].casefold().strip(".,") if at + 1 < len(words) else ""
        numbered = _PLACE.fullmatch(word) and _NUMBER.fullmatch(behind)
        if word.rstrip(".") in _STREETS or numbered or _PLACE_AND_NUMBER.fullmatch(word):
            return at
    return len(words)


def spoken_article(name: str) -> str:
    """Returns an article as people say it: `Madu Hutan 250 g` is `Madu Hutan`."""
    return _SIZE.sub("", name)
