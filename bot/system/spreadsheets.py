"""Reads the cells of a spreadsheet that a person has sent, as text, in a child process.

A file may be made to use all memory or to run for ever, so it is read with limits and away from
the bot. Formulas are never calculated: what the file says they came to is read.
"""

import base64
import csv
import io
import zipfile
from datetime import date, datetime
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from bot.core.errors import JobError, JualDuluError
from bot.core.input.checked_json import array, string
from bot.system.child_process import Facts, JobCrashedError, Limits, Parent, run_child, serve

__all__ = ["FILE_BYTES_MAX", "UnreadableSheetError", "read_cells"]

TASK: Final = "read sheet"
LIMITS: Final = Limits(60, memory_mib=1024)
FILE_BYTES_MAX: Final = 5 * 1024 * 1024
UNPACKED_BYTES_MAX: Final = 120 * 1024 * 1024
COLUMNS_MAX: Final = 40
CELL_CHARACTERS_MAX: Final = 200
ROWS_MAX: Final = 51_000
ZIP: Final = b"PK\x03\x04"
DELIMITERS: Final = (";", ",", "\t")


class UnreadableSheetError(JualDuluError):
    """The file is no spreadsheet that can be read."""


async def read_cells(body: bytes) -> list[list[str]]:
    """Returns the cells of the first sheet of an XLSX file, or of a CSV file.

    Raises:
        UnreadableSheetError: it is neither, or reading it takes more than the limits.
    """
    wish = {"task": TASK, "body": base64.b64encode(body).decode("ascii")}
    try:
        read = await run_child("bot.system.spreadsheets", wish, LIMITS)
    except JobCrashedError as error:
        raise UnreadableSheetError(f"its process ended: {error}") from None
    except JobError as error:
        raise UnreadableSheetError(str(error)) from None
    return [[str(cell) for cell in row] for row in array(read, "rows") if isinstance(row, list)]


def _read(wish: Facts, _: Parent) -> Facts:
    body = base64.b64decode(string(wish, "body"))
    rows = _of_workbook(body) if body.startswith(ZIP) else _of_csv(body)
    return {"rows": rows}


def _of_workbook(body: bytes) -> list[list[str]]:
    """Returns the first sheet that is shown.

    Raises:
        ValueError: it is no workbook, or would become too large.
    """
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        if sum(part.file_size for part in packed.infolist()) > UNPACKED_BYTES_MAX:
            raise ValueError("the file is too large when unpacked")
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(body)) as workbook:
            shown = [
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.visible == SheetVisibleEnum.Visible
            ]
            if not shown:
                return []
            sheet = workbook.get_sheet_by_name(shown[0])
            return [
                [_as_text(cell) for cell in row[:COLUMNS_MAX]]
                for row in sheet.to_python(skip_empty_area=False, nrows=ROWS_MAX)
            ]
    except CalamineError as error:
        raise ValueError(f"the workbook cannot be read: {type(error).__name__}") from None


def _as_text(cell: object) -> str:
    """Returns a cell as a CSV file would have it: whole numbers without a point, days as ISO."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(cell)[:CELL_CHARACTERS_MAX]


def _of_csv(body: bytes) -> list[list[str]]:
    """Returns the rows of a text file, whose first line shows what divides its cells.

    Raises:
        ValueError: it is no text, or has a row or a cell of endless length.
    """
    if b"\0" in body:
        raise ValueError("this is no text")
    text = _decoded(body)
    first, _, rest = text.lstrip("\r\n").partition("\n")
    named = first.strip().casefold().removeprefix("sep=")
    if first.strip().casefold().startswith("sep=") and named in DELIMITERS:
        delimiter, text = named, rest
    elif first.strip().casefold() == "sep=":
        delimiter, text = "\t", rest
    else:
        top = text[:10_000]
        delimiter = max(DELIMITERS, key=top.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = []
    for row in reader:
        rows.append([cell[:CELL_CHARACTERS_MAX] for cell in row[:COLUMNS_MAX]])
        if len(rows) > ROWS_MAX:
            break
    return rows


def _decoded(body: bytes) -> str:
    """Returns the text; spreadsheets on older Windows write Latin letters in one byte."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")


if __name__ == "__main__":
    serve({TASK: _read})
