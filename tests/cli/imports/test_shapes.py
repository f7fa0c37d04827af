"""The shapes in which people keep their lists: each is read, or refused in plain words."""

from datetime import date
from pathlib import Path

import pytest

from bot.cli.imports.member_file import MemberFile, read_member_file
from bot.cli.imports.price_file import PriceFile, read_price_file
from bot.content.sheet_words import fault_words, sheet_words
from bot.core.sheets.sheet_faults import SheetFaultsError
from tests.cli.imports.workbooks import ods, xls, xlsx

TODAY = date(2026, 11, 20)
MEMBER = "M-1;Tono Hadi;081355501111;;2019-03-01"
HEADINGS = "Nomor;Nama;HP;Sponsor;Bergabung"
PRICES = "sku;nama;harga_mitra;harga_eceran;poin;nilai_bonus;kategori"
TABLE = [
    ["DAFTAR MITRA", "", "", "", ""],
    ["Nomor", "Nama", "HP", "Sponsor", "Bergabung"],
    ["M-1", "Tono Hadi", 81355501111, "", date(2019, 3, 1)],
    ["M-2", "Wati Rahayu", "0813 5550 1234", "M-1", date(2020, 3, 1)],
]


def members(tmp_path: Path, body: bytes | str) -> MemberFile:
    file = tmp_path / "members"
    file.write_bytes(body.encode() if isinstance(body, str) else body)
    return read_member_file(file, TODAY, "PUSAT")


def prices(tmp_path: Path, body: str) -> PriceFile:
    file = tmp_path / "prices"
    file.write_text(body, "utf-8")
    return read_price_file(file)


def said(reading: MemberFile | PriceFile) -> list[tuple[int, str]]:
    return [(fault.line, fault_words(fault, "en")) for fault in reading.faults]


def refused(tmp_path: Path, body: bytes | str) -> str:
    with pytest.raises(SheetFaultsError) as caught:
        members(tmp_path, body)
    return " / ".join(fault_words(fault, "en") for fault in caught.value.faults)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        pytest.param(f"sep=;\n{HEADINGS}\n{MEMBER}\n", 3, id="sep"),
        pytest.param(f"{HEADINGS};;\n{MEMBER};;\n;;;;;;\n", 2, id="trailing"),
        pytest.param(f"{HEADINGS}\n{MEMBER};;\n", 2, id="trailing cells"),
        pytest.param(f"{HEADINGS}\n{MEMBER}\n".replace(";", "\t"), 2, id="tabs"),
        pytest.param(f"{HEADINGS}\n{MEMBER}\n".replace(";", ","), 2, id="commas"),
        pytest.param(f"DAFTAR MITRA;;;;\nper Oktober;;;;\n{HEADINGS}\n{MEMBER}\n", 4, id="title"),
        pytest.param(f"Daftar, per 1,2,3\n\n{HEADINGS}\n{MEMBER}\n", 4, id="title with commas"),
        pytest.param(f"No;{HEADINGS}\n1;{MEMBER}\n", 2, id="running number"),
        pytest.param(f"{HEADINGS}\n{MEMBER.replace('0813', chr(39) + '0813')}\n", 2, id="guard"),
        pytest.param(
            f"{HEADINGS}\n" + MEMBER.replace("081355501111", '="081355501111"'), 2, id="formula"
        ),
        pytest.param(f"{HEADINGS}\r\n{MEMBER}\r\n".encode("utf-16"), 2, id="utf-16"),
        pytest.param(b"\xfe\xff" + f"{HEADINGS}\n{MEMBER}".encode("utf-16-be"), 2, id="big end"),
    ],
)
def test_a_list_is_read_in_each_shape_of_a_csv(
    tmp_path: Path, body: bytes | str, line: int
) -> None:
    reading = members(tmp_path, body)
    assert said(reading) == []
    (entry,) = reading.entries
    assert (entry.line, entry.number, entry.name) == (line, "M-1", "Tono Hadi")
    assert (entry.phone, entry.joined) == ("+6281355501111", "2019-03-01")


@pytest.mark.parametrize("write", [xlsx, ods, xls])
def test_a_workbook_of_each_kind_is_the_same_list(tmp_path: Path, write: object) -> None:
    assert callable(write)
    reading = members(tmp_path, write(TABLE))
    assert said(reading) == []
    assert [
        (entry.line, entry.number, entry.phone, entry.joined) for entry in reading.entries
    ] == [
        (3, "M-1", "+6281355501111", "2019-03-01"),
        (4, "M-2", "+6281355501234", "2020-03-01"),
    ]


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("81355501234.0", "+6281355501234"),
        ("6281355501234.00", "+6281355501234"),
        ("081355501234,0", "+6281355501234"),
        ("0813.5550.1234", "+6281355501234"),
        ("0813-555-01234", "+6281355501234"),
    ],
)
def test_a_phone_with_decimals_is_never_another_number(
    tmp_path: Path, cell: str, phone: str
) -> None:
    reading = members(tmp_path, f"{HEADINGS}\nM-1;Wati;{cell};;2020-03-01")
    assert said(reading) == []
    assert [entry.phone for entry in reading.entries] == [phone]


@pytest.mark.parametrize("cell", ["81355501234.5", "81355501234.12", "+6281355501234.1"])
def test_a_phone_with_another_fraction_is_refused(tmp_path: Path, cell: str) -> None:
    reading = members(tmp_path, f"{HEADINGS}\nM-1;Wati;{cell};;2020-03-01")
    words = f"phone “{cell}” has decimals; was the number changed by a spreadsheet?"
    assert said(reading) == [(2, f"{words} Format the column as text")]


def test_a_member_number_that_became_a_decimal_is_the_same_number(tmp_path: Path) -> None:
    rows = "1001.0;Wati;081355501234;;2020-03-01\n1002;Tini;081355501235;1001;2020-03-01"
    reading = members(tmp_path, f"{HEADINGS}\n{rows}")
    assert said(reading) == []
    assert [(each.number, each.sponsor) for each in reading.entries] == [
        ("1001", ""),
        ("1002", "1001"),
    ]


def test_decimals_of_whole_rupiah_and_points_are_left_out(tmp_path: Path) -> None:
    reading = prices(
        tmp_path,
        f"{PRICES}\nSABUN;Sabun Sereh;40000.0;50000.0;5.0;40000.0;perawatan\n"
        "TEH;Teh Hijau;20000,00;25000,00;3;20000,00;minuman\n",
    )
    assert said(reading) == []
    assert [
        (each.member_price, each.retail_price, each.points, each.bonus_value)
        for each in reading.products
    ] == [(40_000, 50_000, 5, 40_000), (20_000, 25_000, 3, 20_000)]


@pytest.mark.parametrize("cell", ["50.0", "1.5", "40000.5", "500,00"])
def test_a_price_that_may_have_lost_its_thousands_is_refused(tmp_path: Path, cell: str) -> None:
    reading = prices(tmp_path, f"{PRICES}\nTEH;Teh;{cell};900000;3;100;minuman\n")
    assert [line for line, words in said(reading) if "member_price" in words] == [2]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (f"{HEADINGS};\n{MEMBER};x\n", "column 6 has no heading"),
        (f"{HEADINGS};NIK\n{MEMBER};7\n", "the heading “NIK” is not known; delete the column"),
        (b"Nomor;Nama\xe9;HP\n", "is not UTF-8 text"),
        (b"\0\1\2", "is neither text nor a workbook"),
        (b"PK\x03\x04 nothing", "cannot be read as a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "cannot be read as a workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "has a password",
        ),
    ],
)
def test_what_is_no_list_is_refused_in_plain_words(
    tmp_path: Path, body: bytes | str, words: str
) -> None:
    assert words in refused(tmp_path, body)


def test_a_member_above_the_headings_is_never_passed_over(tmp_path: Path) -> None:
    reading = members(tmp_path, f"{MEMBER}\n{HEADINGS}\n{MEMBER}\n")
    assert said(reading) == [(1, "is above the headings; move the headings to the top")]


def test_an_apostrophe_that_begins_a_name_stays(tmp_path: Path) -> None:
    reading = members(tmp_path, f"{HEADINGS}\nM-1;'Aisyah;081355501111;;2019-03-01\n")
    assert [entry.name for entry in reading.entries] == ["'Aisyah"]


def test_both_languages_have_words_for_the_same_faults() -> None:
    one, other = sheet_words("en"), sheet_words("id")
    keys = {key for key in other if not key.startswith(("column ", "things "))}
    assert keys == one.keys()


def test_a_fault_is_told_in_the_language_of_the_company(tmp_path: Path) -> None:
    reading = members(tmp_path, f"{HEADINGS}\nM-1;Wati;0411 123456;9;2020-03-01")
    assert [fault_words(fault, "id") for fault in reading.faults] == [
        "hp “0411 123456” bukan satu nomor HP seperti 0812 3456 7890"
    ]
