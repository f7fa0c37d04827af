"""Reads a list that a person keeps in a spreadsheet: its rows and the meaning of its columns.

CSV, XLSX, XLS and ODS become the same table. The headings may have a title above them.
"""

import asyncio
import difflib
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from bot.core.sheets.csv_table import SheetRow, csv_rows, decoded
from bot.core.sheets.sheet_cells import unguarded
from bot.core.sheets.sheet_faults import BadCellError, SheetFault, SheetFaultsError
from bot.system.files import UnreadableFileError, read_bytes
from bot.system.spreadsheets import UnreadableSheetError, read_workbook
from bot.system.workbooks import is_workbook

__all__ = [
    "Cells",
    "Columns",
    "Parser",
    "Sheet",
    "SheetRow",
    "parsed",
    "read_sheet",
    "sheet_of",
    "table_of_text",
]

Parser: TypeAlias = Callable[[str], Any]  # each column has a type of its own
Cells: TypeAlias = Mapping[str, Any]  # by column, as its parser returned them

CELL_CHARACTERS_MAX: Final = 2_000
HEADING_CHARACTERS_MAX: Final = 100
HEADINGS_WITHIN: Final = 10
"""Rows within which the headings have to come: people put a title above them."""
RUNNING_NUMBERS: Final = frozenset({"no", "no_urut", "nomor_urut", "urut", "urutan", "num", "nr"})
"""Headings of a column that only counts the rows."""


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

    def fits(self, headings: Sequence[str]) -> bool:
        """Returns whether a row has a heading for each column that is needed."""
        keys = {_plain(heading) for heading in headings}
        return all(
            name in self.optional or not keys.isdisjoint((name, *others))
            for name, others in self.other_names.items()
        )

    def known(self, headings: Sequence[str]) -> int:
        """Returns how many cells of a row are headings."""
        keys = [_plain(heading) for heading in headings]
        names = {*self.other_names, *(each for row in self.other_names.values() for each in row)}
        return sum(key in names for key in keys)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that was understood.

    Attributes:
        columns: the name of each column.
        rows: the rows below the headings that are not empty.
        faults: rows that do not have a cell for each heading, or are above the headings.
        top: the line of the headings.
    """

    columns: list[str]
    rows: list[SheetRow]
    faults: list[SheetFault]
    top: int


def read_sheet(file: Path, columns: Columns) -> Sheet:
    """Read a whole file; the cells are not checked.

    Raises:
        SheetFaultsError: the file is no table, it is too large, or its headings are wrong.
    """
    try:
        body = read_bytes(file, columns.bytes_max)
    except UnreadableFileError as error:
        raise SheetFaultsError([SheetFault.of("file", error.line, why=error)]) from None
    if not is_workbook(body):
        return sheet_of(table_of_text(body, columns), columns)
    try:
        rows = asyncio.run(read_workbook(body))
    except UnreadableSheetError as error:
        raise SheetFaultsError([SheetFault(f"workbook {error.why}")]) from None
    return sheet_of(enumerate(rows, start=1), columns)


def table_of_text(body: bytes, columns: Columns) -> Iterator[SheetRow]:
    """Returns the rows of a CSV file.

    Raises:
        SheetFaultsError: the file is no text, or no table.
    """
    return csv_rows(decoded(body), columns.fits)


def sheet_of(table: Iterator[SheetRow], columns: Columns) -> Sheet:
    """Returns a table with the meaning of its columns.

    Raises:
        SheetFaultsError: it is too large, or its headings are wrong.
    """
    rows: list[SheetRow] = []
    for line, cells in table:
        if any(cell.strip() for cell in cells):
            rows.append((line, [unguarded(cell) for cell in cells]))
        if max(map(len, cells), default=0) > CELL_CHARACTERS_MAX:
            fault = SheetFault.of("long cell", line, most=CELL_CHARACTERS_MAX)
            raise SheetFaultsError([fault])
        if len(rows) > columns.rows_max + HEADINGS_WITHIN:
            raise SheetFaultsError([_too_many(columns)])
    place = _headings(rows, columns)
    below = rows[place + 1 :]
    if len(below) > columns.rows_max:
        raise SheetFaultsError([_too_many(columns)])
    if len(below) < columns.rows_min or not rows:
        raise SheetFaultsError([SheetFault.of("no rows", things=columns.things)])
    top, headings = rows[place]
    names = _named(top, headings, below, columns)
    kept = [number for number, name in enumerate(names) if name]
    picked, faults = _picked(below, kept, len(names))
    above = (line for line, cells in rows[:place] if _is_row(cells, columns))
    faults += [SheetFault("above headings", (), line) for line in above]
    return Sheet([names[number] for number in kept], picked, faults, top)


def parsed(
    line: int, cells: Mapping[str, str], parsers: Mapping[str, Parser]
) -> tuple[dict[str, Any], list[SheetFault]]:
    """Returns the cells of a row as their parsers read them, and the faults of the others."""
    found: dict[str, Any] = {}
    faults = []
    for name, cell in cells.items():
        try:
            found[name] = parsers[name](cell)
        except BadCellError as bad:
            faults.append(bad.at(line, name))
    return found, faults


def _too_many(columns: Columns) -> SheetFault:
    return SheetFault.of("too many rows", most=columns.rows_max, things=columns.things)


def _headings(rows: Sequence[SheetRow], columns: Columns) -> int:
    """Returns the place of the headings: the row that has all, else the one with most of them."""
    top = rows[:HEADINGS_WITHIN]
    for place, (_, cells) in enumerate(top):
        if columns.fits(cells):
            return place
    return max(range(len(top)), key=lambda place: columns.known(top[place][1]), default=0)


def _picked(
    rows: Sequence[SheetRow], kept: Sequence[int], width: int
) -> tuple[list[SheetRow], list[SheetFault]]:
    """Returns the rows without columns that are left out, and those of another width as faults.

    Empty cells behind the last heading do not count.
    """
    picked = []
    faults = []
    for line, cells in rows:
        has = len(cells)
        while has > width and not cells[has - 1]:
            has -= 1
        if has == width:
            picked.append((line, [cells[place] for place in kept]))
        else:
            faults.append(SheetFault.of("cells", line, has=has, wanted=width))
    return picked, faults


def _is_row(cells: Sequence[str], columns: Columns) -> bool:
    """Returns whether a line above the headings is a row of the list, and no title.

    One cell of a row may be empty, such as the sponsor of the first member.
    """
    needed = len(columns.other_names) - len(columns.optional)
    return sum(map(bool, cells)) >= needed - 1


def _plain(heading: str) -> str:
    return re.sub(r"[\W_]+", "_", heading[:HEADING_CHARACTERS_MAX].lower()).strip("_")


def _named(
    line: int, headings: Sequence[str], rows: Sequence[SheetRow], columns: Columns
) -> list[str]:
    """Returns the name of each column, by its heading; empty for one that is left out.

    Raises:
        SheetFaultsError: a heading is not known, is there twice, or is missing.
    """
    fields = {name: name for name in columns.other_names} | {
        other: name for name, others in columns.other_names.items() for other in others
    }
    plain = [_plain(heading) for heading in headings]
    while plain and not plain[-1] and not _filled(rows, len(plain) - 1):
        plain.pop()
    faults = []
    found = [fields.get(key, "") for key in plain]
    for place, key in enumerate(plain):
        if found[place] or key in RUNNING_NUMBERS or not (key or _filled(rows, place)):
            continue
        near = difflib.get_close_matches(key, list(fields), n=1)
        what = "near heading" if near else "unknown heading" if key else "no heading"
        facts = {"heading": headings[place][:HEADING_CHARACTERS_MAX], "near": "".join(near)}
        faults.append(SheetFault.of(what, line, **facts, place=place + 1))
    faults += [
        SheetFault.of("two columns", line, name=name)
        for name in columns.other_names
        if found.count(name) > 1
    ]
    faults += [
        SheetFault.of("missing column", line, name=name, other=others[0])
        for name, others in columns.other_names.items()
        if name not in columns.optional and name not in found
    ]
    if faults:
        raise SheetFaultsError(faults)
    return found


def _filled(rows: Sequence[SheetRow], place: int) -> bool:
    """Returns whether any row has something in a column."""
    return any(cells[place] for _, cells in rows if len(cells) > place)
