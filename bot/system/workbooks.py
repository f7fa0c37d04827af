"""Opens a workbook (XLSX, XLS, ODS) and returns its cells as text; only in a process with limits.

Before it is opened, its parts are counted: how far they are compressed, how large they become,
and how many cells they have. A small file can be made to fill any memory.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final, Literal, TypeAlias

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from bot.core.errors import JualDuluError

__all__ = ["ROWS_MAX", "UnreadableWorkbookError", "WhyUnreadable", "is_workbook", "open_workbook"]

WhyUnreadable: TypeAlias = Literal["broken", "password", "packed", "cells"]
"""Why a workbook is not read: it is none, is encrypted, or would become too large."""

ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")

UNPACKED_BYTES_MAX: Final = 120 * 1024 * 1024
RATIO_BYTES_MIN: Final = 8 * 1024 * 1024
"""Smaller parts may be compressed as far as they like."""
RATIO_MAX: Final = 200
CELLS_MAX: Final = 1_500_000
ROWS_MAX: Final = 1_048_576
COLUMNS_MAX: Final = 60
CELL_CHARACTERS_MAX: Final = 2_001
"""One more than any list may have in a cell, so that a longer one is noticed."""
CHUNK: Final = 1024 * 1024

# A cell with a value: one without is `<c …/>`. Each tag ends within what is kept of a chunk.
XLSX_CELL: Final = re.compile(rb"<(?:[a-z]+:)?c(?:\s[^<>]{0,400})?(?<!/)>")
XLSX_PLACE: Final = re.compile(rb'\sr="([A-Z]{1,3})([0-9]{1,7})"')
ODS_TAG: Final = re.compile(rb"<table:(table-row|table-cell)(\s[^<>]{0,2000})?>")
ODS_REPEATED: Final = re.compile(rb'number-(?:rows|columns)-repeated="([0-9]{1,9})"')


class UnreadableWorkbookError(JualDuluError):
    """The file is no workbook that can be read.

    Attributes:
        why: in one word.
    """

    def __init__(self, why: WhyUnreadable) -> None:
        super().__init__(why)
        self.why: WhyUnreadable = why


def is_workbook(body: bytes) -> bool:
    """Returns whether a file begins as a workbook does."""
    return body.startswith((ZIP, OLE))


def open_workbook(body: bytes) -> list[list[str]]:
    """Returns the rows of the first sheet that is shown, from the first row on.

    Raises:
        UnreadableWorkbookError: it is no workbook, or would become too large.
    """
    if body.startswith(ZIP):
        _check_parts(body)
    elif ENCRYPTED in body:
        raise UnreadableWorkbookError("password")
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
            if sheet.total_height * sheet.total_width > CELLS_MAX:
                raise UnreadableWorkbookError("cells")
            rows = sheet.to_python(skip_empty_area=False, nrows=ROWS_MAX)
            return [[_as_text(cell) for cell in row[:COLUMNS_MAX]] for row in rows]
    except PasswordError:
        raise UnreadableWorkbookError("password") from None
    except CalamineError:
        raise UnreadableWorkbookError("broken") from None


def _check_parts(body: bytes) -> None:
    """Refuse a file that would become too large.

    Raises:
        UnreadableWorkbookError: it would, or is broken.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            parts = packed.infolist()
            if sum(part.file_size for part in parts) > UNPACKED_BYTES_MAX:
                raise UnreadableWorkbookError("packed")
            for part in parts:
                ratio = part.file_size // max(part.compress_size, 1)
                if part.file_size > RATIO_BYTES_MIN and ratio > RATIO_MAX:
                    raise UnreadableWorkbookError("packed")
            for part in parts:
                if part.filename.startswith("xl/worksheets/") or part.filename == "content.xml":
                    _check_cells(packed, part)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError):
        raise UnreadableWorkbookError("broken") from None
    except RuntimeError:  # the zip file itself has a password
        raise UnreadableWorkbookError("password") from None


def _check_cells(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse a sheet with too many cells, or with a cell so far out that the empty ones count."""
    count = lowest = rightmost = 0
    repeated = 1
    ods = part.filename == "content.xml"
    for chunk in _chunks(packed, part):
        if ods:
            for kind, rest in ODS_TAG.findall(chunk):
                found = ODS_REPEATED.search(rest)
                times = int(found[1]) if found is not None else 1
                if kind == b"table-row":
                    repeated = times
                elif b"value-type=" in rest:
                    count += times * repeated
        else:
            for tag in XLSX_CELL.finditer(chunk):
                count += 1
                if (place := XLSX_PLACE.search(tag[0])) is not None:
                    rightmost = max(rightmost, _column(place[1]))
                    lowest = max(lowest, int(place[2]))
        if max(count, lowest * rightmost) > CELLS_MAX:
            raise UnreadableWorkbookError("cells")


def _chunks(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yields a part piece by piece, each up to the end of a tag."""
    read, left = 0, b""
    with packed.open(part) as opened:
        while piece := opened.read(CHUNK):
            read += len(piece)
            if read > UNPACKED_BYTES_MAX:
                raise UnreadableWorkbookError("packed")
            whole, sign, left = (left + piece).rpartition(b">")
            if len(left) > CHUNK:
                raise UnreadableWorkbookError("broken")
            yield whole + sign


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number


def _as_text(cell: object) -> str:
    """Returns a cell as a CSV file would have it: whole numbers without a point, days as ISO."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(cell)[:CELL_CHARACTERS_MAX]
