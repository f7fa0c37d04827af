"""Reads single entries of a plan file: names, percentages, whole numbers, words from a list.

Each function returns the value of its key. If the value has a fault, it records the fault and
returns the default, so that the rest of the file can still be checked.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from bot.company.reading import FileReading, KeyPath, Table, single_brackets
from bot.core.file_faults import Said
from bot.core.plans.rates import rate_bp

__all__ = [
    "AMOUNT_MAX",
    "POINTS_MAX",
    "VersionContext",
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
NUMBER: Final = re.compile(r"(\d{1,4})(?:[.,](\d{1,12}))?\s*(%|[a-z]{0,10}\.?)", re.ASCII)
PERCENT_MAX: Final = 100
DECIMALS_MAX: Final = 2
NAME_LENGTH_MAX: Final = 30
POINTS_MAX: Final = 1_000_000_000_000
"""Points of a group in all months: far above any company, far below what the database can hold."""
AMOUNT_MAX: Final = 1_000_000_000_000


@dataclass(frozen=True, slots=True)
class VersionContext:
    """The version that a table belongs to, as far as reading the table needs it.

    Attributes:
        reading: collects the faults.
        languages: the languages in which names are needed.
        ranks: the number of each rank of the version, by slug.
    """

    reading: FileReading
    languages: tuple[str, ...]
    ranks: Mapping[str, int]


def tables(reading: FileReading, place: KeyPath, raw: object) -> list[tuple[KeyPath, Table]]:
    """Returns an array of tables, each with its place; any other value is a fault."""
    if isinstance(raw, dict):
        reading.fault_of(place, single_brackets(place))
        return [((*place, 0), raw)]
    if not isinstance(raw, list) or not all(isinstance(each, dict) for each in raw):
        header = ".".join(part for part in place if isinstance(part, str))
        reading.fault(place, "tables apart", header=header)
        return []
    return [((*place, number), each) for number, each in enumerate(raw)]


def slug(reading: FileReading, place: KeyPath, raw: Table, seen: Sequence[str]) -> str:
    """Returns the name under which it is stored; empty for one that is not valid."""
    value = raw.get("slug")
    if not isinstance(value, str) or not SLUG.fullmatch(value):
        reading.fault((*place, "slug"), "slug")
        return ""
    if value in seen:
        reading.fault((*place, "slug"), "slug of another", value=value, thing=place[-2])
    return value


def names(context: VersionContext, place: KeyPath, raw: Table) -> Iterator[tuple[str, str]]:
    """Yields each language and the name that members read in it."""
    for language in context.languages:
        name = raw.get(language)
        if not isinstance(name, str) or not 1 <= len(name.strip()) <= NAME_LENGTH_MAX:
            context.reading.fault((*place, language), "name", most=NAME_LENGTH_MAX)
            continue
        yield language, name.strip()


def whole(
    reading: FileReading, place: KeyPath, raw: Table, low: int, high: int, default: int
) -> int:
    """Returns a whole number within limits; the key is the last part of the place."""
    value = raw.get(str(place[-1]), default)
    if type(value) is int and low <= value <= high:
        return value
    what = "whole number no dots" if isinstance(value, float) else "whole number"
    reading.fault(place, what, low=low, high=high)
    return default


def flag(reading: FileReading, place: KeyPath, raw: Table) -> bool:
    """Returns whether a key is true; False if it is left out."""
    value = raw.get(str(place[-1]), False)
    if type(value) is bool:
        return value
    reading.fault(place, "flag")
    return False


def choice(reading: FileReading, place: KeyPath, raw: Table, known: Sequence[W]) -> W:
    """Returns one word of a list; the first one if the key is left out."""
    value = raw.get(str(place[-1]), known[0])
    for word in known:
        if value == word:
            return word
    *others, last = (f'"{word}"' for word in known)
    if others:
        reading.fault(place, "choice", others=", ".join(others), last=last)
    else:
        reading.fault(place, "only choice", last=last)
    return known[0]


def percentage(
    reading: FileReading, place: KeyPath, value: object, what: Said | None = None
) -> int | None:
    """Returns a rate in hundredths of a percent; `what` names the faulty part of the value."""
    rate = rate_bp(value) if isinstance(value, str) else None
    if rate is None:
        meant, shown = _meant(value), repr(value)
        if what is None:
            said = Said.of("rate meant", value=shown, meant=meant) if meant else Said("rate")
        else:
            said = Said.of("one rate", what=what, value=shown, meant=meant or Said("rate form"))
        reading.fault_of(place, said)
    return rate


def _meant(value: object) -> Said | None:
    """Returns how to write what is meant by a faulty percentage; None where nobody can say."""
    if type(value) in {int, float}:
        number = str(value).replace(".", ",")
        return Said.of("rate quotes", number=number)
    written = NUMBER.fullmatch(value.strip()) if isinstance(value, str) else None
    if written is None:
        return None
    whole, decimals, sign = written[1], written[2] or "", written[3]
    if int(whole) > PERCENT_MAX:
        return None
    if len(decimals) <= DECIMALS_MAX:
        number = f"{whole},{decimals}" if decimals else whole
        return Said.of("rate sign", number=number) if sign != "%" else None
    below = int(whole + decimals[:DECIMALS_MAX])
    near = [f"{each // 100},{each % 100:02}%" for each in (below, below + 1)]
    return Said.of("rate decimals", below=near[0], above=near[1])


def rank_number(context: VersionContext, place: KeyPath, value: object) -> int:
    """Returns the number of the rank that a value names; 0 if there is no such rank."""
    number = context.ranks.get(value, 0) if isinstance(value, str) else 0
    if not number:
        known = _known(context.ranks)
        context.reading.fault(place, "no such rank", value=repr(value), known=known)
    return number


def _known(ranks: Mapping[str, int]) -> Said:
    if not ranks:
        return Said("no ranks")
    return Said.of("ranks are", known=", ".join(ranks))
