"""How a seller calls customers and goods when she talks to a customer."""

import re
from typing import Final

__all__ = ["spoken_article", "spoken_name"]

_ASIDE: Final = re.compile(r"\([^()]{0,64}\)|[+0-9][0-9 .\-]{4,24}")
_SIZE: Final = re.compile(
    r" (?:[0-9][0-9.,]{0,8} ?(?:mg|g|gr|gram|kg|ml|l|liter|cc|cm|pcs)|[0-9]{2,4})$", re.IGNORECASE
)


def spoken_name(name: str) -> str:
    """Returns the name to call a customer by: `Bu Ani (pasar) 0812 345 678` is `Bu Ani`.

    The whole name, if nothing else is in it.
    """
    called = " ".join(_ASIDE.sub(" ", name).split()).strip(" ,.-")
    return called if any(sign.isalpha() for sign in called) else name


def spoken_article(name: str) -> str:
    """Returns an article as people say it: `Madu Hutan 250 g` is `Madu Hutan`."""
    return _SIZE.sub("", name)
