"""Spreadsheets of all makes are read, and those made to do harm are refused."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from bot.system.spreadsheets import UnreadableSheetError, read_cells

TABLE = [["Kode", "Jumlah"], ["007", "1.250.000"]]
SHEET = "xl/worksheets/sheet1.xml"


def _book(*rows: list[Any], **cells: Any) -> bytes:
    """A workbook with these rows, and single cells by their address."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        days = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, cell, days)
                else:
                    sheet.write(number, place, cell)
        for address, cell in cells.items():
            sheet.write(address, cell)
    return written.getvalue()


@pytest.mark.parametrize(
    "body",
    [
        b"Kode;Jumlah\n007;1.250.000\n",
        b"\xef\xbb\xbfKode;Jumlah\r\n007;1.250.000\r\n",
        b"Kode,Jumlah\n007,1.250.000",
        b"Kode\tJumlah\n007\t1.250.000",
        b"sep=;\nKode;Jumlah\n007;1.250.000\n",
        b"SEP=,\r\nKode,Jumlah\r\n007,1.250.000\r\n",
        b'"Kode";"Jumlah"\n"007";"1.250.000"\n',
    ],
)
async def test_csv_of_each_kind_is_one_table(body: bytes) -> None:
    assert await read_cells(body) == TABLE


async def test_letters_of_old_windows_are_read() -> None:
    assert await read_cells("Nama;Jumlah\nJosé;1\n".encode("cp1252")) == [
        ["Nama", "Jumlah"],
        ["José", "1"],
    ]


async def test_cells_of_a_workbook_come_as_text() -> None:
    body = _book(["007", 1_250_000, 0.5, date(2026, 12, 10), True, "", "=x"])
    assert await read_cells(body) == [["007", "1250000", "0.5", "2026-12-10", "True", "", "0"]]


async def test_a_formula_is_never_calculated() -> None:
    rows = await read_cells(_book(["Kode"], A2='=HYPERLINK("http://x")', A3="=1+1"))
    assert rows == [["Kode"], ["0"], ["0"]]


def _bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr(SHEET, b" " * (200 * 1024 * 1024))
    return packed.getvalue()


def _lying_bomb() -> bytes:
    """Its sheet is larger than its head says."""
    body = bytearray(_book(["Kode"]))
    with zipfile.ZipFile(io.BytesIO(bytes(body))) as whole:
        offset = whole.getinfo(SHEET).header_offset
    body[offset + 22 : offset + 26] = b"\x01\0\0\0"
    return bytes(body[: offset + 60])


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(_bomb, id="bomb"),
        pytest.param(_lying_bomb, id="cut off"),
        pytest.param(lambda: b"PK\x03\x04" + b"\0" * 100, id="no archive"),
        pytest.param(lambda: b"%PDF-1.7\0\0", id="pdf"),
        pytest.param(lambda: _book(["Kode"], XFD1048576=1), id="endless sheet"),
    ],
)
async def test_a_harmful_file_is_refused(body: Any) -> None:
    with pytest.raises(UnreadableSheetError):
        await read_cells(body())


async def test_a_million_cells_are_read_up_to_the_limit() -> None:
    body = b"1;2;3;4;5;6;7;8;9;0\n" * 100_000
    rows = await read_cells(body)
    assert len(rows) == 51_001
    assert rows[-1] == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"]


async def test_long_cells_and_wide_rows_are_cut() -> None:
    (row,) = await read_cells(b";".join([b"x" * 1_000] * 100))
    assert (len(row), len(row[0])) == (40, 200)


async def test_an_endless_cell_is_refused() -> None:
    with pytest.raises(UnreadableSheetError):
        await read_cells(b'"' + b"x" * 1_000_000)
