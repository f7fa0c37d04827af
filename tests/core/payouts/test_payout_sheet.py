"""What the office fills into a list of payments is read as it is meant, or named as a fault."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.members.codes import make_code
from bot.core.payouts.payout_sheet import (
    HEADINGS,
    ROWS_MAX,
    SheetEntry,
    guarded,
    read_payout_sheet,
)
from bot.core.payouts.sheet_values import has_month_first, read_amount, read_paid_on

TODAY = date(2026, 12, 16)
CODE = make_code(77)
TEXTS = st.text(max_size=80)
TEN = date(2026, 12, 10)


@pytest.mark.parametrize(
    "cell",
    [
        "1250000",
        "1.250.000",
        "1,250,000",
        "Rp1.250.000",
        "Rp 1.250.000,00",
        "1250000.0",
        "IDR 1250000",
    ],
)
def test_an_amount_is_read_however_it_is_grouped(cell: str) -> None:
    assert read_amount(cell) == 1_250_000


@pytest.mark.parametrize(
    "cell", ["", "0", "-5000", "1.5", "1.25.000", "1e6", "50rb", "9999999999999", "=1+1", "1 2"]
)
def test_what_is_no_amount_of_a_list_is_refused(cell: str) -> None:
    assert read_amount(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        *("2026-12-10", "10/12/2026", "10-12-2026", "10.12.2026", "10/12/26", "10 Des 2026"),
        *("10 December 2026", "46366", "46366.0", "2026-12-10 00:00:00", "10/12/2026 09:30"),
    ],
)
def test_a_day_is_read_however_the_spreadsheet_writes_it(cell: str) -> None:
    assert read_paid_on(cell, TODAY) == TEN


@pytest.mark.parametrize("cell", ["nanti", "kemarin", "5", "31/02/2026", "99999999", "x" * 500])
def test_what_is_no_day_of_a_list_is_refused(cell: str) -> None:
    assert read_paid_on(cell, TODAY) is None


def test_a_day_with_two_meanings_is_refused() -> None:
    assert has_month_first(["12/25/2026"])
    assert not has_month_first(["25/12/2026", "10/12/2026", "2026-12-25"])
    assert read_paid_on("10/12/2026", TODAY, month_first=True) is None
    assert read_paid_on("2026-12-10", TODAY, month_first=True) == TEN


@pytest.mark.parametrize("language", HEADINGS)
def test_a_filled_list_is_read(language: str) -> None:
    table = [
        ["Kantor pusat"],
        [],
        [*HEADINGS[language], "catatan"],
        ["1", CODE, "Sari", "50.000", "10/12/2026", "TRX 1", "ok"],
        ["", "", "", "", "", ""],
        ["1.0", f"'{CODE}", "Sari", "50000", "10/12/2026"],
        ["1", CODE, "Sari", "50000", ""],
    ]
    entries = read_payout_sheet(table, TODAY).entries
    assert entries[0] == SheetEntry(4, 1, CODE, 50_000, TEN, "TRX 1", "")
    assert [(entry.line, entry.fault) for entry in entries] == [
        (4, ""),
        (6, "twice"),
        (7, "unpaid"),
    ]


def test_a_code_that_lost_its_zeros_is_found() -> None:
    code = next(made for made in map(make_code, range(10**6)) if made.isdigit())
    table = [list(HEADINGS["id"]), ["1", str(int(code)), "", "1", "2026-12-10", ""]]
    assert read_payout_sheet(table, TODAY).entries[0].code == code


@pytest.mark.parametrize(
    ("table", "trouble"),
    [
        ([], "empty"),
        ([["", " "]], "empty"),
        ([list(HEADINGS["id"])], "empty"),
        ([["a", "b"], ["1", "2"]], "headings"),
        ([list(HEADINGS["id"])] + [["1"]] * (ROWS_MAX + 1), "rows"),
    ],
)
def test_a_sheet_that_is_no_list_says_why(table: list[list[str]], trouble: str) -> None:
    assert read_payout_sheet(table, TODAY).trouble == trouble


@pytest.mark.parametrize("language", HEADINGS)
def test_the_heading_of_the_file_counts_before_another_name(language: str) -> None:
    """The office puts columns of its own before those of the list."""
    table = [
        ["Tanggal", "Nominal", "Ref", *HEADINGS[language]],
        ["2026-12-01", "7", "X", "1", CODE, "Sari", "50000", "2026-12-10", "TRX 1"],
    ]
    found = read_payout_sheet(table, TODAY).entries
    assert found == (SheetEntry(2, 1, CODE, 50_000, TEN, "TRX 1", ""),)


@pytest.mark.parametrize(
    "row",
    [
        ["Nomor daftar", "Kode mitra", "Jumlah", "Tanggal", "Tgl bayar"],
        ["Nomor daftar", "Kode mitra", "Jumlah", "Jumlah", "Tanggal bayar"],
        ["Nomor daftar", "Kode mitra", "Jumlah", "Tanggal bayar", "Ref", "Referensi"],
    ],
)
def test_two_columns_that_could_be_meant_are_refused(row: list[str]) -> None:
    table = [row, ["1", CODE, "50000", "2026-12-10", "2026-12-11", "A"]]
    assert read_payout_sheet(table, TODAY).trouble == "headings"


def test_one_column_by_another_name_is_read() -> None:
    table = [["No daftar", "Kode", "Nominal", "Tgl"], ["1", CODE, "50000", "2026-12-10"]]
    assert read_payout_sheet(table, TODAY).entries[0].paid_on == TEN


@given(st.lists(st.lists(TEXTS, max_size=8), max_size=8))
def test_any_rows_are_read_or_named(rows: list[list[str]]) -> None:
    found = read_payout_sheet([list(HEADINGS["id"]), *rows], TODAY)
    for entry in found.entries:
        assert (entry.fault == "") == (entry.paid_on is not None)
        assert entry.fault or (entry.amount > 0 and entry.list_id and entry.code)


@given(TEXTS)
def test_no_cell_begins_a_formula(text: str) -> None:
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert guarded(text).removeprefix("'") in {text, text.removeprefix("'")}


def test_a_code_like_a_number_is_kept_as_text() -> None:
    assert [guarded(each) for each in ("00012345", "12E45678", "015S265G")] == [
        "'00012345",
        "'12E45678",
        "015S265G",
    ]
