"""Reads a TOML file into dataclasses, and reports every fault with its line.

`tomllib` does not keep line numbers, so a second pass over the text finds them.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from datetime import date, time
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar, get_args

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = [
    "FileKey",
    "FileReading",
    "KeyPath",
    "Table",
    "Text",
    "Texts",
    "Whole",
    "key_of",
    "lines_of",
    "single_brackets",
]

KeyPath = tuple[str | int, ...]
"""The path to a value: `("sending", "until")`, `("cards", 2, "en")`."""

Table: TypeAlias = Mapping[str, object]
"""A table of the file; each value is checked by the code that reads its key."""

T = TypeVar("T", bound="DataclassInstance")

HEADER: Final = re.compile(r"\s*(\[\[?)([A-Za-z0-9_.\-\s]+)\]\]?\s*(?:#.*)?$")
ASSIGNMENT: Final = re.compile(r"([A-Za-z0-9_.\-\s]+)=\s*(.*)", re.DOTALL)
HOUR: Final = re.compile(r"([01]\d|2[0-3])[:.]([0-5]\d)")


@dataclass(frozen=True, slots=True)
class FileKey:
    """The field's key in the file, where that word is reserved in Python."""

    name: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within limits."""

    low: int
    high: int

    def read(self, value: object) -> int:
        """Returns the number, or raises `ValueError` with the text of the fault."""
        if type(value) is not int or not self.low <= value <= self.high:
            raise ValueError(f"must be a whole number from {self.low} to {self.high}")
        return value


@dataclass(frozen=True, slots=True)
class Text:
    """A text that matches the whole pattern; `words` is the fault of one that does not."""

    pattern: str
    words: str

    def read(self, value: object) -> str:
        """Returns the stripped text, or raises `ValueError` with the text of the fault."""
        if type(value) is not str or not re.fullmatch(self.pattern, value.strip()):
            raise ValueError(self.words)
        return value.strip()


@dataclass(frozen=True, slots=True)
class Texts:
    """A list of texts, none empty; each matches the whole pattern, `words` is the fault."""

    pattern: str
    most: int
    words: str

    def read(self, value: object) -> tuple[str, ...]:
        """Returns the stripped texts, or raises `ValueError` with the text of the fault."""
        if type(value) is not list or not 1 <= len(value) <= self.most:
            raise ValueError(self.words)
        if any(type(each) is not str for each in value):
            raise ValueError(self.words)
        texts = tuple(each.strip() for each in value)
        if not all(re.fullmatch(self.pattern, each) for each in texts):
            raise ValueError(self.words)
        return texts


def key_of(each: Field[object]) -> str:
    """Returns the key in the file that fills a field."""
    return next(
        (annotation.name for annotation in _annotations(each) if isinstance(annotation, FileKey)),
        each.name,
    )


def _annotations(each: Field[object]) -> tuple[object, ...]:
    """Returns the annotations beside the field's type."""
    return get_args(each.type)[1:]


def _reader(each: Field[object]) -> Callable[[object], object]:
    """Returns the function that reads a field's value, or raises `ValueError` with the fault."""
    for annotation in _annotations(each):
        if isinstance(annotation, Whole | Text | Texts):
            return annotation.read
    return READERS[each.type if each.type in READERS else get_args(each.type)[0]]


def lines_of(text: str) -> dict[KeyPath, int]:
    """Returns the line of each table and key; keys of inline tables are found at their table."""
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    open_quotes = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if open_quotes:
            open_quotes = "" if open_quotes in line else open_quotes
        elif header := HEADER.match(line):
            *outer, name = _dotted(header[2])
            table = (*_within(outer, counts), name)
            if header[1] == "[[":
                counts[table] = counts.get(table, 0) + 1
                lines.setdefault(table, number)
                table = (*table, counts[table] - 1)
            lines[table] = number
        elif assignment := ASSIGNMENT.match(line):
            lines[(*table, *_dotted(assignment[1]))] = number
            open_quotes = _left_open(assignment[2])
    return lines


def _within(outer: Iterable[str | int], counts: Mapping[KeyPath, int]) -> KeyPath:
    """Returns the path to a table, with its index in each array of tables around it."""
    place: KeyPath = ()
    for part in outer:
        place = (*place, part)
        if place in counts:
            place = (*place, counts[place] - 1)
    return place


def _dotted(name: str) -> KeyPath:
    return tuple(part.strip() for part in name.split("."))


def _left_open(value: str) -> str:
    """Returns the quotes of a text that continues on the next line."""
    quotes = value[:3]
    return quotes if quotes in {'"""', "'''"} and quotes not in value[3:] else ""


def _flag(value: object) -> bool:
    if type(value) is not bool:
        raise ValueError("must be true or false, without quotes")
    return value


def _hour(value: object) -> time:
    hour = HOUR.fullmatch(value) if isinstance(value, str) else None
    if hour is None:
        raise ValueError('must be a time in quotes, such as "08:00"')
    return time(int(hour[1]), int(hour[2]))


def _day(value: object) -> date:
    if type(value) is not date:  # a datetime is an instance of date as well
        raise ValueError("must be a day without quotes, such as 2027-02-08")
    return value


def _days(value: object) -> tuple[date, ...]:
    if type(value) is not list or any(type(each) is not date for each in value):
        raise ValueError("must be a list of days without quotes, such as [2027-02-08]")
    return tuple(value)


READERS: Final[Mapping[object, Callable[[object], object]]] = {
    bool: _flag,
    time: _hour,
    date: _day,
    tuple[date, ...]: _days,
}


@dataclass(slots=True)
class FileReading:
    """One pass over a file, which returns values and collects faults with their lines."""

    file: str
    lines: Mapping[KeyPath, int]
    found: list[tuple[int, str]] = field(default_factory=list)
    broken: set[KeyPath] = field(default_factory=set)

    @property
    def faults(self) -> list[str]:
        """All faults in the order of the file."""
        return [words for _, words in sorted(self.found)]

    def fault(self, place: KeyPath, words: str) -> None:
        """Record a fault; `words` continue a sentence that begins with the key."""
        line = next((self.lines[at] for at in _upwards(place) if at in self.lines), 0)
        where = f"{self.file}:{line}" if line else self.file
        self.broken.add(place)
        self.found.append((line, f"{where}: {_shown(place)} {words}"))

    def sound(self, *places: KeyPath) -> bool:
        """Returns whether none of these has a fault, so that they can be compared."""
        return self.broken.isdisjoint(places)

    def sound_within(self, place: KeyPath) -> bool:
        """Returns whether nothing in this table has a fault, so that it can be computed with."""
        return all(each[: len(place)] != place for each in self.broken)

    def unknown_keys(self, place: KeyPath, table: Iterable[str], known: Iterable[str]) -> None:
        """Record a fault for each unknown key; most are typing errors."""
        names = list(known)
        for key in table:
            if key not in names:
                near = difflib.get_close_matches(key, names, n=1)
                hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(names)}"
                self.fault((*place, key), f"is not known here; {hint}")

    def table(self, place: KeyPath, value: object, kind: type[T], **given: object) -> T | None:
        """Returns one table as the dataclass `kind`; None if it cannot be made.

        A faulty key keeps its default, so that the rest can still be checked. Fields in `given`
        were read before; all others have a simple type and are read here.
        """
        if not isinstance(value, dict):
            words = "must be a table of keys and values"
            if isinstance(value, list) and value and isinstance(value[0], dict):
                words = f"is one table, so it begins with single brackets: [{_header(place)}]"
            self.fault(place, words)
            return None
        shape = fields(kind)
        self.unknown_keys(place, value, [key_of(each) for each in shape])
        filled = dict(given)
        whole = True
        for each in shape:
            if each.name in given or (key := key_of(each)) not in value:
                if each.name not in given and each.default is MISSING:
                    self.fault((*place, key_of(each)), "is missing")
                    whole = False
                continue
            try:
                filled[each.name] = _reader(each)(value[key])
            except ValueError as error:
                self.fault((*place, key), str(error))
                whole = whole and each.default is not MISSING
        return kind(**filled) if whole else None

    def tables(self, place: KeyPath, value: object, kind: type[T]) -> list[tuple[KeyPath, T]]:
        """Returns an array of tables; those that cannot be made are faults and left out."""
        if isinstance(value, dict):
            self.fault(place, single_brackets(place))
            value = [value]
        if not isinstance(value, list):
            self.fault(place, f"must be tables under [[{_header(place)}]]")
            return []
        places: list[KeyPath] = [(*place, number) for number in range(len(value))]
        read = [(at, self.table(at, value[number], kind)) for number, at in enumerate(places)]
        return [(at, each) for at, each in read if each is not None]


def single_brackets(place: KeyPath) -> str:
    """Returns the fault of tables of which there may be several, begun with single brackets."""
    return f"has single brackets; there may be several, so each begins with [[{_header(place)}]]"


def _header(place: KeyPath) -> str:
    return ".".join(part for part in place if isinstance(part, str))


def _upwards(place: KeyPath) -> Iterable[KeyPath]:
    """Returns the place and all that contain it, from the inside out."""
    return (place[:length] for length in range(len(place), 0, -1))


def _shown(place: KeyPath) -> str:
    """Returns a place as the file shows it: `[sending] until`, `[[cards]] 2 en`."""
    *table, last = place
    if not table:
        return f"[{last}]"
    names = ".".join(part for part in table if isinstance(part, str))
    if isinstance(last, int):
        return f"[[{names}]] {last + 1}"
    inner = table[-1]
    return f"[[{names}]] {inner + 1} {last}" if isinstance(inner, int) else f"[{names}] {last}"
