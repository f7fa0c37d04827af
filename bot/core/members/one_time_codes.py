"""One-time codes: how long they are valid, and the form of one read out over the phone.

The code with which a member moves to another account has three groups of four symbols, which
encode 60 bits.
"""

import re
from datetime import timedelta
from typing import Final

from bot.core.members.codes import ALPHABET

__all__ = [
    "ADMIN_CODE_LIFE",
    "RELINK_BITS",
    "RELINK_CODE_LIFE",
    "make_relink_code",
    "read_relink_code",
]

ADMIN_CODE_LIFE: Final = timedelta(minutes=15)
RELINK_CODE_LIFE: Final = timedelta(hours=24)

RELINK_BITS = 60

_SYMBOL_BITS = 5
_GROUP = 4
TEXT_CHARACTERS_MAX = 64
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015_.]+")
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def make_relink_code(entropy: int) -> str:
    """Returns the code that encodes these 60 random bits, such as `7K3M-9QX2-TB5F`."""
    assert 0 <= entropy < 1 << RELINK_BITS, "a code carries 60 bits"
    places = range(RELINK_BITS - _SYMBOL_BITS, -1, -_SYMBOL_BITS)
    symbols = "".join(ALPHABET[entropy >> place & 0b11111] for place in places)
    return "-".join(symbols[at : at + _GROUP] for at in range(0, len(symbols), _GROUP))


def read_relink_code(text: str) -> str:
    """Returns the typed text in the form of a code; lower case and look-alikes are accepted."""
    bare = _SEPARATORS.sub("", text[:TEXT_CHARACTERS_MAX]).upper().translate(_LOOK_ALIKES)
    return "-".join(bare[at : at + _GROUP] for at in range(0, len(bare), _GROUP))
