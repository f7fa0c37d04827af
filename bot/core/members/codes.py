"""Sponsor codes: eight symbols that survive a bad photocopy and a noisy market.

Seven symbols of Crockford's base32 alphabet carry 35 random bits, the eighth is a check. The
alphabet leaves out I, L, O and U, so that a code can be read out and copied by hand.

The check works in GF(32), the field whose elements are exactly the 32 symbols. A code is valid
when the sum of `weight * symbol` over its eight places is zero. Field arithmetic guarantees two
things:

- *One wrong symbol* changes the sum by `weight * (new - old)`. Neither factor is zero, and a field
  has no divisors of zero, so the sum is not zero.
- *Two symbols swapped* change it by `(w1 - w2) * (a - b)`. This is not zero as long as the two
  weights differ.

So the weights must be nonzero and all different. The powers of a generator are, since it runs
through 31 values before it repeats. `x^5 + x^2 + 1` is primitive over GF(2), which makes the
element `x` (the number 2) such a generator. With the powers falling from left to right, the sum is
the code read as a polynomial at `x`, and Horner's rule computes it; the last weight is 1, so the
check symbol is simply the sum of the others. Since all weights differ, any two swapped symbols are
detected, not only neighbours.

The check detects typing errors; it grants no right: a code only fills in a form.
"""

import re

from bot.core.input.typed import MESSAGE_CHARACTERS_MAX

__all__ = ["CODE_SYMBOLS", "ENTROPY_BITS", "is_code", "make_code", "read_code"]

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_SYMBOLS = 8
ENTROPY_BITS = 35

_SYMBOL_BITS = 5
_FIELD = 1 << _SYMBOL_BITS
_PRIMITIVE = 0b100101  # x^5 + x^2 + 1
_VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}
# U is not in the alphabet and looks like V, but to read it as V would accept a misheard symbol as
# a certain one; it is treated as wrong.
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u200b-\u200f\u2060\ufeff_.]+")
_RUN = re.compile(r"\S+", re.ASCII)
_LINK = re.compile(r"\b(?:(?:t|telegram)\.me/\w+/?|tg://resolve)\?", re.ASCII | re.IGNORECASE)
_PAYLOAD = re.compile(r"(?<=[?&])start=([\w-]+)", re.ASCII | re.IGNORECASE)


def make_code(entropy: int) -> str:
    """Returns the code that encodes these 35 random bits."""
    assert 0 <= entropy < 1 << ENTROPY_BITS, "a code carries 35 bits"
    values = [
        entropy >> shift & (_FIELD - 1)
        for shift in range(ENTROPY_BITS - _SYMBOL_BITS, -1, -_SYMBOL_BITS)
    ]
    # In this field minus is plus, so the sum of the seven is itself the check symbol.
    return "".join(ALPHABET[value] for value in [*values, _sum([*values, 0])])


def is_code(text: str) -> bool:
    """Returns whether the text is a code exactly as the bot writes it."""
    if len(text) != CODE_SYMBOLS or any(symbol not in _VALUES for symbol in text):
        return False
    return _sum([_VALUES[symbol] for symbol in text]) == 0


def read_code(text: str) -> str | None:
    """Returns the code that a person typed, or pasted as a link, or None.

    Lower case, spaces, hyphens and the look-alikes O, I and L are accepted. In a pasted
    invitation only the payload of its link counts.
    """
    if len(text) > MESSAGE_CHARACTERS_MAX:
        return None
    linked = next(filter(None, map(_payload, _RUN.findall(text))), None)
    bare = _SEPARATORS.sub("", linked or text)
    if len(bare) != CODE_SYMBOLS or not bare.isascii():
        return None
    code = bare.upper().translate(_LOOK_ALIKES)
    return code if is_code(code) else None


def _payload(run: str) -> str | None:
    """Returns the payload of the first link that has one: its last field, else its first."""
    found = {each.start(): each[1] for each in _PAYLOAD.finditer(run)}
    last = max((place for place in found if run[place - 1] == "&"), default=-1)
    for link in _LINK.finditer(run):
        place = max(link.end(), last)
        if place in found:
            return found[place]
    return None


def _sum(values: list[int]) -> int:
    """Returns the weighted sum in GF(32), by Horner's rule at the generator."""
    total = 0
    for value in values:
        total = _doubled(total) ^ value
    return total


def _doubled(value: int) -> int:
    """Returns the element times the generator."""
    doubled = value << 1
    return doubled ^ _PRIMITIVE if doubled >= _FIELD else doubled
