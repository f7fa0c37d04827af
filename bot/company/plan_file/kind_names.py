"""Well-known names of bonuses that are no kind of rule here: what they are, and what to write."""

import re
from collections.abc import Mapping
from typing import Final

from bot.core.file_faults import Said

__all__ = ["known_as"]

NO_LETTERS: Final = re.compile(r"[\W_]+")

KNOWN: Final[Mapping[re.Pattern[str], str]] = {
    re.compile(r"(?:^|-)(?:match|check|coach|mentor|pembina)"): "matching",
    re.compile(r"(?:^|-)(?:stair|break-?away|selisih|stufen|group-bonus|grup)"): "differential",
    re.compile(r"(?:^|-)(?:leader|kepemimpinan|generasi|overrid|overriding)"): "generation",
    re.compile(r"(?:^|-)(?:level|uni-?level|jenjang|tingkat|hybrid)"): "unilevel",
    re.compile(r"(?:^|-)(?:rebat|rabat|cash-?back|personal|pribadi|diskon|discount)"): "personal",
    re.compile(r"(?:^|-)(?:profit-shar|royalt|shar|bagi-hasil|global|car-?fund|dana)"): "pool",
    re.compile(r"(?:^|-)(?:retail|eceran|margin|untung)"): "retail",
}
"""Beginnings of words in the name, and the key of the words for what such a bonus is."""


def known_as(kind: str) -> Said | None:
    """Returns what a bonus of this name is and which kind to write; None for an unknown name."""
    name = NO_LETTERS.sub("-", kind).strip("-").lower()
    for beginning, meaning in KNOWN.items():
        if beginning.search(name):
            return Said.of("kind", kind=kind, meaning=Said(f"kind {meaning}"))
    return None
