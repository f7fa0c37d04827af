"""Reads what an admin types to change a price: `ubah harga kopi toraja 80rb`."""

from dataclasses import dataclass
from typing import Final

from bot.core.conversation.messages import Refusal
from bot.core.input.money import parse_rupiah
from bot.core.input.typed import one_line

__all__ = ["PriceWish", "read_price_wish"]

CHARACTERS_MAX: Final = 100
AMOUNT_WORDS_MAX: Final = 3

_CHANGE: Final = frozenset(
    ("ubah", "ganti", "edit", "rubah", "naikkan", "naikin", "turunkan", "turunin", "set", "change")
)
_PRICE: Final = frozenset(("harga", "harganya", "price", "prices"))
_FRONT: Final = frozenset(("tolong", "tlg", "coba", "mau", "please", "min", "kak"))
_BETWEEN: Final = frozenset(("jadi", "menjadi", "ke", "to", "at", "=", "of", "the"))


@dataclass(frozen=True, slots=True)
class PriceWish:
    """A product as it was typed, and the sum in rupiah; 0 if none was."""

    goods: str
    amount: int


def read_price_wish(text: str) -> PriceWish | None:
    """Returns the product and the sum of such a line; None for any other text."""
    words = one_line(text[:CHARACTERS_MAX]).split()
    while words and words[0].casefold() in _FRONT:
        words = words[1:]
    said = [word.casefold() for word in words]
    if len(said) <= AMOUNT_WORDS_MAX - 1 or said[0] not in _CHANGE or said[1] not in _PRICE:
        return None
    goods, amount = words[2:], 0
    for size in range(min(AMOUNT_WORDS_MAX, len(goods) - 1), 0, -1):
        found = _amount(" ".join(goods[-size:]))
        if found:
            goods, amount = goods[:-size], found
            break
    named = [word for word in goods if word.casefold() not in _BETWEEN]
    return PriceWish(" ".join(named), amount) if named else None


def _amount(text: str) -> int:
    try:
        return parse_rupiah(text)
    except Refusal:
        return 0
