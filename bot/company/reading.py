"""Reads a TOML file into dataclasses, and reports every fault with its line.

`tomllib` does not keep line numbers, so a second pass over the text finds them.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar, get_args

from bot.company.value_readers import READERS, BadValueError, Text, Texts, Whole
from bot.core.file_faults import FileFault, Said

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = [
    "FileKey",
    "FileReading",
    "KeyPath",
    "Table",
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


@dataclass(frozen=True, slots=True)
class FileKey:
    """The field's key in the file, where that word is reserved in Python."""

    name: str


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
    """Returns the function that reads a field's value, or raises `BadValueError`."""
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


@dataclass(slots=True)
class FileReading:
    """One pass over a file, which returns values and collects faults with their lines."""

    file: str
    lines: Mapping[KeyPath, int]
    found: list[FileFault] = field(default_factory=list)
    broken: set[KeyPath] = field(default_factory=set)

    @property
    def faults(self) -> list[FileFault]:
        """All faults in the order of the file."""
        return sorted(self.found, key=lambda fault: (fault.line, fault.key, fault.said.what))

    def fault(self, place: KeyPath, what: str, **facts: object) -> None:
        """Record a fault; `what` is the key of its words, which name the facts."""
        self.fault_of(place, Said.of(what, **facts))

    def fault_of(self, place: KeyPath, said: Said) -> None:
        """Record a fault; the sentence begins with the key."""
        line = next((self.lines[at] for at in _upwards(place) if at in self.lines), 0)
        self.broken.add(place)
        self.found.append(FileFault(self.file, line, _shown(place), said))

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
                if near:
                    self.fault((*place, key), "unknown near", near=near[0])
                else:
                    self.fault((*place, key), "unknown key", known=", ".join(names))

    def table(self, place: KeyPath, value: object, kind: type[T], **given: object) -> T | None:
        """Returns one table as the dataclass `kind`; None if it cannot be made.

        A faulty key keeps its default, so that the rest can still be checked. Fields in `given`
        were read before; all others have a simple type and are read here.
        """
        if not isinstance(value, dict):
            if isinstance(value, list) and value and isinstance(value[0], dict):
                self.fault(place, "one table", header=_header(place))
            else:
                self.fault(place, "no table")
            return None
        shape = fields(kind)
        self.unknown_keys(place, value, [key_of(each) for each in shape])
        filled = dict(given)
        whole = True
        for each in shape:
            if each.name in given or (key := key_of(each)) not in value:
                if each.name not in given and each.default is MISSING:
                    self.fault((*place, key_of(each)), "missing")
                    whole = False
                continue
            try:
                filled[each.name] = _reader(each)(value[key])
            except BadValueError as error:
                self.fault_of((*place, key), error.said)
                whole = whole and each.default is not MISSING
        return kind(**filled) if whole else None

    def tables(self, place: KeyPath, value: object, kind: type[T]) -> list[tuple[KeyPath, T]]:
        """Returns an array of tables; those that cannot be made are faults and left out."""
        if isinstance(value, dict):
            self.fault_of(place, single_brackets(place))
            value = [value]
        if not isinstance(value, list):
            self.fault(place, "no tables", header=_header(place))
            return []
        places: list[KeyPath] = [(*place, number) for number in range(len(value))]
        read = [(at, self.table(at, value[number], kind)) for number, at in enumerate(places)]
        return [(at, each) for at, each in read if each is not None]


def single_brackets(place: KeyPath) -> Said:
    """Returns the fault of tables of which there may be several, begun with single brackets."""
    return Said.of("single brackets", header=_header(place))


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
