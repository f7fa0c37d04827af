"""Reads a spreadsheet that was saved as CSV: its rows and the meaning of its columns."""

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
"""The line where a row begins, and its cells."""

Parser: TypeAlias = Callable[[str], Any]  # each column has a type of its own
Cells: TypeAlias = Mapping[str, Any]  # by column, as its parser returned them

LINE_CHARACTERS_MAX: Final = 20_000
CELL_CHARACTERS_MAX: Final = 2_000


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a sheet may have.

    Attributes:
        things: what the rows are, for messages, such as "members".
        other_names: by the name of each column the other headings that mean it.
        optional: columns that may be left out.
        bytes_max: the largest size of the file.
        rows_max: the most rows without the headings.
        rows_min: the fewest rows without the headings.
    """

    things: str
    other_names: Mapping[str, tuple[str, ...]]
    optional: Collection[str]
    bytes_max: int
    rows_max: int
    rows_min: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """The name of each column, and the rows that are not empty."""

    columns: list[str]
    rows: list[SheetRow]


def read_sheet(file: Path, columns: Columns) -> Sheet:
    """Read the whole sheet; the cells are not checked.

    Raises:
        CommandError: the file is no table, it is too large, or its headings are wrong.
    """
    headings, *rows = _table(file, columns)
    line, cells = headings
    return Sheet(_named(f"{file}:{line}", cells, columns), rows)


def _table(file: Path, columns: Columns) -> list[SheetRow]:
    """Returns the rows that are not empty, each with the line where it begins."""
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
                    f"{file}:{begins}: a cell has more than {CELL_CHARACTERS_MAX} characters"
                )
            if len(table) - 1 > columns.rows_max:
                raise CommandError(
                    f"{file} has more than {columns.rows_max} {columns.things}; divide it"
                )
            begins = reader.line_num + 1
    except csv.Error as error:
        raise CommandError(f"{file}:{begins}: cannot be read as CSV ({error})") from None
    if len(table) < 1 + columns.rows_min:
        raise CommandError(
            f"{file} has no {columns.things}; it needs a line of headings and one for each"
        )
    return table


def _text_of(file: Path, bytes_max: int) -> str:
    """Returns the text of a file whose lines are short enough for a table."""
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
    """Returns the name of each column, by its heading."""
    fields = {name: name for name in columns.other_names} | {
        other: name for name, others in columns.other_names.items() for other in others
    }
    plain = [re.sub(r"[\W_]+", "_", heading.lower()).strip("_") for heading in headings]
    faults = []
    for heading, key in zip(headings, plain, strict=True):
        if key not in fields:
            near = difflib.get_close_matches(key, list(fields), n=1)
            hint = f"did you mean {near[0]}?" if near else "delete the column"
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
