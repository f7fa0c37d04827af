"""Both files of a list are read back as they were written, whatever the members are called."""

import csv
import io
import zipfile
from datetime import date

import pytest

from bot.core.members.codes import make_code
from bot.core.payouts.payout_sheet import HEADINGS, read_payout_sheet
from bot.store.payouts.list_files import csv_of, xlsx_of
from bot.store.payouts.payout_lists import ListLine
from bot.system.spreadsheets import read_cells

TODAY = date(2026, 12, 16)
DIGITS = next(code for code in map(make_code, range(10**6)) if code.isdigit())
LINES = [
    ListLine(make_code(77), "Sari Dewi", 1_250_000),
    ListLine(DIGITS, '=HYPERLINK("http://x";"y")', 5_000),
    ListLine(make_code(78), "+62 Budi", 1),
    ListLine(make_code(79), '@Tuti; "Ibu"', 999_999_999),
    ListLine(make_code(80), "-Joko, Pak", 20_000),
]


@pytest.mark.parametrize("language", HEADINGS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_a_list_comes_back_as_it_was(language: str, kind: str) -> None:
    body = (csv_of if kind == "csv" else xlsx_of)(3, LINES, language)
    table = [[*row, *[""] * (6 - len(row))] for row in await read_cells(body)]
    assert tuple(table[0]) == HEADINGS[language]
    for row in table[1:]:
        row[4] = "2026-12-16"
    entries = read_payout_sheet(table, TODAY).entries
    found = [(entry.list_id, entry.code, entry.amount, entry.fault) for entry in entries]
    assert found == [(3, line.code, line.amount, "") for line in LINES]


def test_no_cell_of_the_csv_file_is_a_formula() -> None:
    text = csv_of(3, LINES, "id").decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_no_cell_of_the_workbook_is_a_formula() -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx_of(3, LINES, "id"))) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
