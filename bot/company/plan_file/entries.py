"""Single entries of a plan file: names, percentages, whole numbers, words from a list.

Each gives what the key says, or what it would be if left out once the fault is kept, so that the
rest of the file can still be checked.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from bot.company.reading import FileReading, Place
from bot.core.plans.rates import rate_bp

__all__ = [
    "AMOUNT_MAX",
    "POINTS_MAX",
    "Around",
    "choice",
    "flag",
    "names",
    "percentage",
    "rank_number",
    "slug",
    "tables",
    "whole",
]

W = TypeVar("W", bound=str)

SLUG: Final = re.compile(r"[a-z][a-z0-9-]{0,19}", re.ASCII)
NAME_LENGTH_MAX: Final = 30
POINTS_MAX: Final = 1_000_000_000_000
"""Of a group in all months; far above any company, far below what the books can hold."""
AMOUNT_MAX: Final = 1_000_000_000_000


@dataclass(frozen=True, slots=True)
class Around:
    """What a table needs to know of the version that it stands in.

    Attributes:
        reading: keeps the faults.
        languages: in which names are needed.
        ranks: number of each rank of the version, by slug.
    """

    reading: FileReading
    languages: tuple[str, ...]
    ranks: Mapping[str, int]


def tables(reading: FileReading, place: Place, raw: object) -> list[tuple[Place, dict[str, Any]]]:
    """An array of tables, each with its place; what is none is a fault."""
    if not isinstance(raw, list) or not all(isinstance(each, dict) for each in raw):
        header = ".".join(part for part in place if isinstance(part, str))
        reading.fault(place, f"must be tables, each under a line of its own: [[{header}]]")
        return []
    return [((*place, number), each) for number, each in enumerate(raw)]


def slug(reading: FileReading, place: Place, raw: Mapping[str, Any], seen: Sequence[str]) -> str:
    """The name in the books; empty for one that cannot be."""
    value = raw.get("slug")
    if not isinstance(value, str) or not SLUG.fullmatch(value):
        words = "must be 1 to 20 small letters, digits or -, and begin with a letter"
        reading.fault((*place, "slug"), words)
        return ""
    if value in seen:
        what = place[-2]
        reading.fault((*place, "slug"), f'"{value}" is another {what} of this version already')
    return value


def names(around: Around, place: Place, raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What members read, by language."""
    for language in around.languages:
        name = raw.get(language)
        if not isinstance(name, str) or not 1 <= len(name.strip()) <= NAME_LENGTH_MAX:
            words = f"must be what members read for it, at most {NAME_LENGTH_MAX} characters"
            around.reading.fault((*place, language), words)
            continue
        yield language, name.strip()


def whole(
    reading: FileReading, place: Place, raw: Mapping[str, Any], low: int, high: int, default: int
) -> int:
    """A whole number within limits; the key is the last part of the place."""
    value = raw.get(str(place[-1]), default)
    if type(value) is int and low <= value <= high:
        return value
    hint = ""
    if isinstance(value, float):
        hint = "; write it without dots, such as 1500000"
    reading.fault(place, f"must be a whole number from {low} to {high}{hint}")
    return default


def flag(reading: FileReading, place: Place, raw: Mapping[str, Any]) -> bool:
    """Whether a key is set to true; not if it is left out."""
    value = raw.get(str(place[-1]), False)
    if type(value) is bool:
        return value
    reading.fault(place, "must be true or false, without quotes")
    return False


def choice(reading: FileReading, place: Place, raw: Mapping[str, Any], known: Sequence[W]) -> W:
    """One word of a list; the first one if left out."""
    value = raw.get(str(place[-1]), known[0])
    for word in known:
        if value == word:
            return word
    *others, last = (f'"{word}"' for word in known)
    words = f"{', '.join(others)} or {last}" if others else f"{last}, the only way there is"
    reading.fault(place, f"must be {words}")
    return known[0]


def percentage(reading: FileReading, place: Place, value: object, what: str = "") -> int | None:
    """A rate in hundredths of a percent; `what` names the part of the value that is meant."""
    rate = rate_bp(value) if isinstance(value, str) else None
    if rate is None:
        subject = f"{what} is {value!r}; write" if what else "must be"
        reading.fault(place, f'{subject} a percentage in quotes up to "100%", such as "2,5%"')
    return rate


def rank_number(around: Around, place: Place, value: object) -> int:
    """The number of the rank that a key names; 0 for one that is none."""
    number = around.ranks.get(value, 0) if isinstance(value, str) else 0
    if not number:
        around.reading.fault(place, f"names the rank {value!r}; {_known(around.ranks)}")
    return number


def _known(ranks: Mapping[str, int]) -> str:
    if not ranks:
        return "this version has no [[version.rank]]"
    return f"the ranks of this version are {', '.join(ranks)}"
