"""Well-known names of bonuses that are no kind of rule here: what they are, and what to write."""

import re
from collections.abc import Mapping
from typing import Final

__all__ = ["known_as"]

MATCHING: Final = (
    "is a bonus on the bonuses of others, not on sales. Every credit here names the sales that it "
    "comes from, so there is none on a bonus. Write generation: a rate of the same sales for the "
    "leaders above"
)

NO_LETTERS: Final = re.compile(r"[\W_]+")

KNOWN: Final[Mapping[re.Pattern[str], str]] = {
    re.compile(r"(?:^|-)(?:match|check|coach|mentor|pembina)"): MATCHING,
    re.compile(
        r"(?:^|-)(?:stair|break-?away|selisih|stufen|group-bonus|grup)"
    ): "is differential: a rate that grows "
    "with the group, less the rates paid below. Write differential",
    re.compile(
        r"(?:^|-)(?:leader|kepemimpinan|generasi|overrid|overriding)"
    ): "is a rate of the groups of other leaders. Write generation, and breakaway in the version",
    re.compile(
        r"(?:^|-)(?:level|uni-?level|jenjang|tingkat|hybrid)"
    ): "is a rate for each level above the seller. Write unilevel",
    re.compile(
        r"(?:^|-)(?:rebat|rabat|cash-?back|personal|pribadi|diskon|discount)"
    ): "is a rate of one's own sales. Write personal",
    re.compile(
        r"(?:^|-)(?:profit-shar|royalt|shar|bagi-hasil|global|car-?fund|dana)"
    ): "is a part of what the whole company sold. Write pool, with rank_min",
    re.compile(
        r"(?:^|-)(?:retail|eceran|margin|untung)"
    ): "is the profit that sellers keep themselves. Write retail; no rule is needed to pay it",
}
"""Beginnings of words in the name, and what such a bonus is."""


def known_as(kind: str) -> str | None:
    """Returns what a bonus of this name is and which kind to write; None for an unknown name."""
    name = NO_LETTERS.sub("-", kind).strip("-").lower()
    for beginning, meaning in KNOWN.items():
        if beginning.search(name):
            return f'"{kind}" {meaning}'
    return None
