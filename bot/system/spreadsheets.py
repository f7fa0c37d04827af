"""Reads the cells of a spreadsheet that a person has sent, as text, in a child process.

A file may be made to use all memory or to run for ever, so it is read with limits and away from
the bot, and it is never written to the disk. Formulas are never calculated: what the file says
they came to is read.
"""

import base64
from collections.abc import Sequence
from itertools import islice
from typing import Final

from bot.core.errors import JobError, JualDuluError
from bot.core.input.checked_json import array, integer, string
from bot.core.sheets.csv_table import csv_rows, decoded
from bot.core.sheets.sheet_faults import SheetFaultsError
from bot.system import workbooks
from bot.system.child_process import Facts, JobCrashedError, Limits, Parent, run_child, serve
from bot.system.workbooks import UnreadableWorkbookError, is_workbook, open_workbook

__all__ = [
    "ENDINGS",
    "FILE_BYTES_MAX",
    "UnreadableSheetError",
    "read_cells",
    "read_workbook",
]

TASK: Final = "read sheet"
LIMITS: Final = Limits(60, memory_mib=1024)
FILE_BYTES_MAX: Final = 5 * 1024 * 1024
WORKBOOK_BYTES_MAX: Final = 20 * 1024 * 1024
ENDINGS: Final = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")
"""How the names of files end that can be read."""
COLUMNS_MAX: Final = 40
CELL_CHARACTERS_MAX: Final = 200
ROWS_MAX: Final = 51_000


class UnreadableSheetError(JualDuluError):
    """The file is no spreadsheet that can be read.

    Attributes:
        why: the reason in one word, as in `workbooks.WhyUnreadable`.
    """

    def __init__(self, why: str = "broken") -> None:
        super().__init__(why)
        self.why = why


async def read_cells(body: bytes) -> list[list[str]]:
    """Returns the cells of the first sheet of a workbook, or of a CSV file, within small limits.

    Raises:
        UnreadableSheetError: it is neither, or reading it takes more than the limits.
    """
    rows = await _in_child(body, ROWS_MAX + 1)
    return [[cell[:CELL_CHARACTERS_MAX] for cell in row[:COLUMNS_MAX]] for row in rows]


async def read_workbook(body: bytes) -> list[list[str]]:
    """Returns the cells of the first sheet of a workbook.

    Raises:
        UnreadableSheetError: it is none, or reading it takes more than the limits.
    """
    if len(body) > WORKBOOK_BYTES_MAX:
        raise UnreadableSheetError("packed")
    return await _in_child(body, workbooks.ROWS_MAX)


async def _in_child(body: bytes, rows_max: int) -> list[list[str]]:
    wish: dict[str, object] = {"task": TASK, "body": base64.b64encode(body).decode("ascii")}
    wish["rows_max"] = rows_max
    try:
        read = await run_child("bot.system.spreadsheets", wish, LIMITS)
    except (JobCrashedError, JobError):
        raise UnreadableSheetError from None
    if why := string(read, "why"):
        raise UnreadableSheetError(why)
    return [[str(cell) for cell in row] for row in array(read, "rows") if isinstance(row, list)]


def _read(wish: Facts, _: Parent) -> Facts:
    body = base64.b64decode(string(wish, "body"))
    most = integer(wish, "rows_max")
    rows: Sequence[Sequence[str]] = ()
    try:
        if is_workbook(body):
            rows = open_workbook(body)[:most]
        else:
            text = decoded(body, latin=True)
            rows = [cells for _, cells in islice(csv_rows(text, strict=False), most)]
    except UnreadableWorkbookError as error:
        return {"why": error.why, "rows": []}
    except SheetFaultsError:
        return {"why": "broken", "rows": []}
    return {"why": "", "rows": rows}


if __name__ == "__main__":
    serve({TASK: _read})
