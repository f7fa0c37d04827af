"""The child process in which the files of a list of payments are written: CSV and XLSX."""

import asyncio
import base64
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import xlsxwriter

from bot.core.input.checked_json import integer, string
from bot.core.payouts.payout_sheet import HEADINGS, guarded
from bot.store.db import read_only
from bot.store.payouts import payout_lists
from bot.store.payouts.payout_lists import ListLine
from bot.system.child_process import Facts, Limits, Parent, Progress, run_child, serve

__all__ = ["ListFiles", "csv_of", "make_files", "xlsx_of"]

TASK: Final = "payout list files"
LIMITS: Final = Limits(600, memory_mib=2048)
WIDTHS: Final = (13, 12, 32, 14, 14, 24)
"""Of the columns, in characters."""
WORKBOOK: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@dataclass(frozen=True, slots=True)
class ListFiles:
    """The bytes of both files."""

    csv: bytes
    xlsx: bytes


async def make_files(url: str, list_id: int, language: str, progress: Progress) -> ListFiles:
    """Returns the files of a list, with headings in this language.

    Raises:
        JobError: the child process failed or reached one of its limits.
    """
    wish = {"task": TASK, "url": url, "list": list_id, "language": language}
    made = await run_child("bot.store.payouts.list_files", wish, LIMITS, progress)
    return ListFiles(*(base64.b64decode(string(made, key)) for key in ("csv", "xlsx")))


def csv_of(list_id: int, lines: Sequence[ListLine], language: str) -> bytes:
    """Returns the list as CSV in UTF-8, as spreadsheets in Indonesia or elsewhere divide it."""
    written = io.StringIO()
    rows = csv.writer(written, delimiter=";" if language == "id" else ",")
    rows.writerow(HEADINGS[language])
    for line in lines:
        rows.writerow([list_id, guarded(line.code), guarded(line.name), line.amount, "", ""])
    return written.getvalue().encode("utf-8-sig")


def xlsx_of(list_id: int, lines: Sequence[ListLine], language: str) -> bytes:
    """Returns the list as a workbook; codes and names are text, whatever they look like."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, WORKBOOK) as book:
        sheet = book.add_worksheet()
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        money = book.add_format({"num_format": "#,##0"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.freeze_panes(1, 0)
        for place, (heading, width) in enumerate(zip(HEADINGS[language], WIDTHS, strict=True)):
            sheet.write_string(0, place, heading, bold)
            sheet.set_column(place, place, width, (None, text, text, money, day, text)[place])
        for row, line in enumerate(lines, start=1):
            sheet.write_number(row, 0, list_id)
            sheet.write_string(row, 1, line.code, text)
            sheet.write_string(row, 2, line.name, text)
            sheet.write_number(row, 3, line.amount, money)
    return written.getvalue()


def _make(wish: Facts, _: Parent) -> Facts:
    list_id, language = integer(wish, "list"), string(wish, "language")
    seen = partial(payout_lists.lines_of, list_id=list_id)
    lines = asyncio.run(read_only.look(string(wish, "url"), seen))
    bodies = {
        "csv": csv_of(list_id, lines, language),
        "xlsx": xlsx_of(list_id, lines, language),
    }
    return {key: base64.b64encode(body).decode("ascii") for key, body in bodies.items()}


if __name__ == "__main__":
    serve({TASK: _make})
