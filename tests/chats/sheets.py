"""Fills in the lists of payments that the bot has sent, as an office does in a spreadsheet."""

import csv
import io
from datetime import date

import xlsxwriter
from python_calamine import CalamineWorkbook

__all__ = ["fill", "workbook"]


def fill(body: bytes, rows: dict[int, tuple[str, str]], *, workbook: bool) -> bytes:
    """The file with a day and a reference in rows, by their number, the headings being the first.

    In a workbook the day is a real date.
    """
    table = _of_workbook(body) if workbook else _of_csv(body)
    for number, (day, reference) in rows.items():
        table[number - 1][4:6] = [day, reference]
    if not workbook:
        written = io.StringIO()
        csv.writer(written, delimiter=";").writerows(table)
        return written.getvalue().encode("utf-8-sig")
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        form = book.add_format({"num_format": "dd/mm/yyyy"})
        for place, row in enumerate(table):
            for column, cell in enumerate(row):
                if place and column == 4 and cell:
                    sheet.write_datetime(place, column, date.fromisoformat(str(cell)), form)
                else:
                    sheet.write(place, column, cell)
    return packed.getvalue()


def workbook(rows: list[list[str]]) -> bytes:
    """A workbook in which numbers are numbers, as a spreadsheet takes them."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(place, column, int(cell) if cell.isdigit() else cell)
    return packed.getvalue()


def _of_csv(body: bytes) -> list[list[object]]:
    text = body.decode("utf-8-sig")
    return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=";")]


def _of_workbook(body: bytes) -> list[list[object]]:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
    return [[*row, *[""] * (6 - len(row))] for row in rows]
