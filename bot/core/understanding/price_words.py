"""Reads what an admin types to change a price: `ubah harga kopi toraja 80rb`.

Which price it is may be said: `ubah harga mitra kopi 40rb`, `change retail price of tea to 60k`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from bot.core.conversation.messages import Refusal
from bot.core.input.money import parse_rupiah
from bot.core.input.typed import one_line

__all__ = ["PRICE_NAMES", "PriceWish", "read_price_wish"]

CHARACTERS_MAX: Final = 100
AMOUNT_WORDS_MAX: Final = 3

_CHANGE: Final = frozenset(
    ("ubah", "ganti", "edit", "rubah", "naikkan", "naikin", "turunkan", "turunin", "set", "change")
)
_PRICE: Final = frozenset(("harga", "harganya", "price", "prices"))
_FRONT: Final = frozenset(("tolong", "tlg", "coba", "mau", "please", "min", "kak"))
_BETWEEN: Final = frozenset(("jadi", "menjadi", "ke", "to", "at", "=", "of", "the"))

PRICE_NAMES: Final[Mapping[str, Literal["member", "retail"]]] = MappingProxyType(
    {
        "mitra": "member",
        "member": "member",
        "member price": "member",
        "members": "member",
        "eceran": "retail",
        "ecer": "retail",
        "jual": "retail",
        "retail": "retail",
        "retail price": "retail",
    }
)
"""What the two prices of a product are called."""


@dataclass(frozen=True, slots=True)
class PriceWish:
    """A product as it was typed, and the sum in rupiah; 0 if none was.

    `price` is the one that was named; empty if none was.
    """

    goods: str
    amount: int
    price: Literal["", "member", "retail"] = ""


def read_price_wish(text: str) -> PriceWish | None:
    """Returns the product and the sum of such a line; None for any other text."""
    words = one_line(text[:CHARACTERS_MAX]).split()
    while words and words[0].casefold() in _FRONT:
        words = words[1:]
    if len(words) > 1 and words[0].casefold() in _CHANGE:
        words[1:] = [word for word in words[1:] if word.casefold() != "the"]
    said = [word.casefold() for word in words]
    if len(said) > 1 and said[0] in _CHANGE and said[1] in PRICE_NAMES:
        # "change member price of …"
        words[1:3] = [*words[2:3], words[1]]
        said = [word.casefold() for word in words]
    if len(said) <= AMOUNT_WORDS_MAX - 1 or said[0] not in _CHANGE or said[1] not in _PRICE:
        return None
    goods, amount = words[2:], 0
    price: Literal["", "member", "retail"] = ""
    if len(goods) > 1 and said[2] in PRICE_NAMES:
        price, goods = PRICE_NAMES[said[2]], goods[1:]
    for size in range(min(AMOUNT_WORDS_MAX, len(goods) - 1), 0, -1):
        found = _amount(" ".join(goods[-size:]))
        if found:
            goods, amount = goods[:-size], found
            break
    named = [word for word in goods if word.casefold() not in _BETWEEN]
    return PriceWish(" ".join(named), amount, price) if named else None


def _amount(text: str) -> int:
    try:
        return parse_rupiah(text)
    except Refusal:
        return 0
