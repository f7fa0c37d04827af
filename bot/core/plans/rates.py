"""Reads a rate as people write it: "5%", "2,5 %", "0.25%"."""

import re
from typing import Final

__all__ = ["rate_bp"]

RATE: Final = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*%", re.ASCII)
WHOLE_BP: Final = 10_000


def rate_bp(text: str) -> int | None:
    """The rate in hundredths of a percent; None where it is none, or more than 100 %."""
    found = RATE.fullmatch(text.strip())
    if found is None:
        return None
    rate = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    return rate if rate <= WHOLE_BP else None
