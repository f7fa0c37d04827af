"""Reads a spreadsheet that was saved as CSV: its rows, and which column is which."""

import csv
import difflib
import io
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from bot.cli.faults import CommandError
from bot.system.files import UnreadableFileError, read_text

__all__ = ["Cells", "Columns", "Parser", "Sheet", "SheetRow", "read_sheet"]

SheetRow: TypeAlias = tuple[int, list[str]]
"""The cells of a row, and the line where it begins."""
Parser: TypeAlias = Callable[[str], Any]  # each column has a type of its own
Cells: TypeAlias = Mapping[str, Any]  # by column, as its parser returned them

LINE_CHARACTERS_MAX: Final = 20_000
CELL_CHARACTERS_MAX: Final = 2_000


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a sheet may have.

    Attributes:
        things: what a row stands for, as "articles".
        other_names: by the name of each column what else it may be called.
        optional: columns that may be left out.
        bytes_max: how large the file may be.
        rows_max: and how many rows it may have.
        rows_min: how few of them make sense.
    """

    things: str
    other_names: Mapping[str, tuple[str, ...]]
    optional: Collection[str]
    bytes_max: int
    rows_max: int
    rows_min: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """The name of each column, and the rows that hold something."""

    columns: list[str]
    rows: list[SheetRow]


def read_sheet(file: Path, columns: Columns) -> Sheet:
    """The whole sheet; the cells are not looked into.

    Raises:
        CommandError: it is no table at all, too large a one, or its headings are not those.
    """
    headings, *rows = _table(file, columns)
    line, cells = headings
    return Sheet(_named(f"{file}:{line}", cells, columns), rows)


def _table(file: Path, columns: Columns) -> list[SheetRow]:
    """The rows that hold something, each with the line where it begins."""
    text = _text_of(file, columns.bytes_max)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    table = []
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                table.append((begins, [cell.strip() for cell in cells]))
            if max(map(len, cells), default=0) > CELL_CHARACTERS_MAX:
                raise CommandError(
                    f"{file}:{begins}: a cell holds more than {CELL_CHARACTERS_MAX} characters"
                )
            if len(table) - 1 > columns.rows_max:
                raise CommandError(
                    f"{file} holds more than {columns.rows_max} {columns.things}; divide it"
                )
            begins = reader.line_num + 1
    except csv.Error as error:
        raise CommandError(f"{file}:{begins}: cannot be read as CSV ({error})") from None
    if len(table) < 1 + columns.rows_min:
        raise CommandError(
            f"{file} holds no {columns.things}; it needs a line of headings and one for each"
        )
    return table


def _text_of(file: Path, bytes_max: int) -> str:
    """The text of a table, whose lines are no longer than a table's lines are."""
    try:
        text = read_text(file, bytes_max)
    except UnreadableFileError as error:
        hint = "; in a spreadsheet: “CSV UTF-8”" if "UTF-8" in str(error) else ""
        raise CommandError(f"{file} {error}{hint}") from None
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > LINE_CHARACTERS_MAX:
            raise CommandError(
                f"{file}:{number}: is longer than {LINE_CHARACTERS_MAX} characters; is this a CSV?"
            )
    return text


def _named(where: str, headings: Sequence[str], columns: Columns) -> list[str]:
    """The name of each column, by its heading."""
    fields = {name: name for name in columns.other_names} | {
        other: name for name, others in columns.other_names.items() for other in others
    }
    plain = [re.sub(r"[\W_]+", "_", heading.lower()).strip("_") for heading in headings]
    faults = []
    for heading, key in zip(headings, plain, strict=True):
        if key not in fields:
            near = difflib.get_close_matches(key, list(fields), n=1)
            hint = f"did you mean {near[0]}?" if near else "take the column out"
            faults.append(f"the heading “{heading}” is not known; {hint}")
    found = [fields.get(key, "") for key in plain]
    faults += [f"two columns are called {name}" for name in fields if found.count(name) > 1]
    faults += [
        f"the column {name} ({others[0]}) is missing"
        for name, others in columns.other_names.items()
        if name not in columns.optional and name not in found
    ]
    if faults:
        raise CommandError("\n".join(f"{where}: {fault}" for fault in faults))
    return found
