"""The price list: every fault by its line, all or nothing, again is an update."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.imports.price_file import PriceFile, read_price_file
from bot.cli.imports.reports import report_lines
from bot.content.sheet_words import fault_words
from bot.core.sheets.sheet_faults import SheetFaultsError
from bot.store.products.price_list import ListedProduct
from tests.cli.office import Office

pytestmark = pytest.mark.long

HEADINGS = "sku,name,member_price,retail_price,points,bonus_value,category"
INDONESIAN = (
    "Kode;Nama;Harga Mitra;Harga Eceran;Poin;Nilai Bonus;Kategori\r\n"
    'SBN-01;"Sabun Sereh";18.000;Rp 25.000;2;10rb;Sabun\r\n\r\n'
)
SOAP = ListedProduct("SBN-01", "Sabun Sereh", 18_000, 25_000, 2, 10_000, "Sabun")


def read(tmp_path: Path, text: str, encoding: str = "utf-8") -> PriceFile:
    file = tmp_path / "list.csv"
    file.write_bytes(text.encode(encoding))
    return read_price_file(file)


def faults(tmp_path: Path, *rows: str) -> list[tuple[int, str]]:
    found = read(tmp_path, "\n".join([HEADINGS, *rows])).faults
    ordered = sorted(found, key=lambda fault: fault.line)
    return [(fault.line, fault_words(fault, "en")) for fault in ordered]


def refused(tmp_path: Path, text: str, encoding: str = "utf-8") -> str:
    with pytest.raises(SheetFaultsError) as caught:
        read(tmp_path, text, encoding)
    return "\n".join(report_lines(Path("list.csv"), caught.value.faults, "en"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize(
    "text",
    [
        f"{HEADINGS}\nsbn-01,Sabun Sereh,18000,25000,2,10000,Sabun\n",
        INDONESIAN,
    ],
)
def test_commas_and_semicolons_english_and_indonesian_are_read_alike(
    tmp_path: Path, text: str, encoding: str
) -> None:
    reading = read(tmp_path, text, encoding)
    assert (reading.products, reading.faults) == ([SOAP], [])


def test_the_columns_that_may_be_left_out_are_read_too(tmp_path: Path) -> None:
    text = (
        f"{HEADINGS},izin_edar,keterangan,aktif,tahan_hari\n"
        'SBN-01,Sabun Sereh,18000,25000,2,10000,Sabun,NA181,"Wangi,\nsegar",tidak,30\n'
    )
    wanted = replace(SOAP, izin_edar="NA181", description="Wangi, segar", active=False)
    wanted = replace(wanted, lasts_days=30)
    assert read(tmp_path, text).products == [wanted]


@pytest.mark.parametrize(
    ("cell", "days"), [("", 0), ("30", 30), ("30.0", 30), ("0", 0), ("1.000", 1_000)]
)
def test_how_long_a_piece_lasts_may_be_left_open(tmp_path: Path, cell: str, days: int) -> None:
    text = f"{HEADINGS},habis dalam hari\nSBN-01,Sabun Sereh,18000,25000,2,10000,Sabun,{cell}\n"
    assert read(tmp_path, text).products == [replace(SOAP, lasts_days=days)]


@pytest.mark.parametrize("cell", ["sebulan", "-3", "2.5", "99999"])
def test_what_is_no_number_of_days_is_a_fault_of_its_line(tmp_path: Path, cell: str) -> None:
    text = f"{HEADINGS},lasts_days\nSBN-01,Sabun Sereh,18000,25000,2,10000,Sabun,{cell}\n"
    (fault,) = read(tmp_path, text).faults
    assert "is not a whole number of days" in fault_words(fault, "en")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("SBN 01,Sabun,18000,25000,2,0,S", "sku “SBN 01” is not"),
        ("A,S,18000,25000,2,0,S", "name has 1 characters"),
        ("A,Sabun,0,25000,2,0,S", "member_price “0” is not an amount above zero"),
        ("A,Sabun,1.5,25000,2,0,S", "member_price “1.5” could be 1500 or 1500000"),
        ("A,Sabun,-5,25000,2,0,S", "member_price “-5” is not an amount"),
        ("A,Sabun,18000,,2,0,S", "retail_price is empty"),
        ("A,Sabun,18000,99999999999,2,0,S", "retail_price “99999999999” is more than"),
        ("A,Sabun,18000,15000,2,0,S", "retail_price 15000 is below member_price 18000"),
        ("A,Sabun,18000,25000,dua,0,S", "points “dua” is not a whole number"),
        ("A,Sabun,18000,25000,2.5,0,S", "points “2.5” is not a whole number"),
        ("A,Sabun,18000,25000,2,,S", "bonus_value is empty"),
        ("A,Sabun,18000,25000,2,25001,S", "bonus_value 25001 is above retail_price 25000"),
        ("A,Sabun,18000,25000,2,0", "has 6 cells, the headings are 7"),
        ("A,Sabun,18000,25000,2,0,S,more", "has 8 cells, the headings are 7"),
    ],
)
def test_each_fault_is_reported_with_its_line(tmp_path: Path, row: str, expected: str) -> None:
    good = "B,Teh,18000,25000,2,0,S"
    found = faults(tmp_path, good, "", row)
    assert [line for line, _ in found] == [4]
    assert found[0][1].startswith(expected)


def test_a_row_after_a_cell_of_several_lines_keeps_its_own_line_number(tmp_path: Path) -> None:
    text = f'{HEADINGS},description\nA,Sabun,1000,2000,0,0,S,"a\nb\nc"\nB,Teh,x,2000,0,0,S,\n'
    assert [fault.line for fault in read(tmp_path, text).faults] == [5]


def test_all_faults_of_all_rows_are_reported_at_once(tmp_path: Path) -> None:
    found = faults(tmp_path, "!,S,x,y,z,q,", "?,S,x,y,z,q,")
    assert [line for line, _ in found] == [2] * 6 + [3] * 6


def test_each_product_is_listed_once_and_so_is_its_name(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        "A,Sabun,18000,25000,2,0,S",
        "a,Teh,18000,25000,2,0,S",
        "B,SABUN,18000,25000,2,0,S",
    )
    assert found == [
        (3, "sku “A” is already in line 2"),
        (4, "name “SABUN” is already in line 2"),
    ]


@pytest.mark.parametrize(
    "category",
    ["starter", "Starter", "PAKET AWAL", "starter-kit", "paket-daftar", "kit_anggota"],
)
@pytest.mark.parametrize(("points", "bonus"), [(1, 0), (0, 1), (5, 500)])
def test_nothing_is_paid_for_a_starter_kit(
    tmp_path: Path, category: str, points: int, bonus: int
) -> None:
    [(line, words)] = faults(tmp_path, f"KIT,Paket,50000,60000,{points},{bonus},{category}")
    assert line == 2
    assert "nothing is paid for joining (Permendag 70/2019 Art. 30(1))" in words
    assert not faults(tmp_path, f"KIT,Paket,50000,60000,0,0,{category}")


@pytest.mark.parametrize("nothing", ["0", "Rp0", "Rp 0", "0,00", "0,-"])
def test_a_product_may_have_no_bonus_value(tmp_path: Path, nothing: str) -> None:
    text = f'{HEADINGS}\nA,Sabun,18000,25000,2,"{nothing}",S\n'
    assert [article.bonus_value for article in read(tmp_path, text).products] == [0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "has no products"),
        (f"{HEADINGS}\n\n", "has no products"),
        ("sku,name\nA,B\n", "the column member_price (harga_mitra) is missing"),
        (f"{HEADINGS},harga_mitr\nA,B,1,2,0,0,S,3\n", "did you mean harga_mitra?"),
        (f"{HEADINGS},kode\nA,B,1,2,0,0,S,B\n", "two columns are called sku"),
        (f'{HEADINGS}\nA,"Sabun,1,2,0,0,S\n', ":2: cannot be read as CSV"),
        (HEADINGS + "\nA,Sabun,1,2,0,0,S" * 5_001, "has more than 5000 products"),
        (HEADINGS + "x" * 2**21, "is larger than 2 MiB"),
    ],
)
def test_what_is_no_price_list_is_refused_whole(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in refused(tmp_path, text)


def test_another_encoding_is_reported_with_the_way_out(tmp_path: Path) -> None:
    assert "CSV UTF-8" in refused(tmp_path, f"{HEADINGS}\nA,Café,1,2,0,0,S", "latin-1")


def test_the_command_imports_all_or_nothing_and_updates_when_run_again(tmp_path: Path) -> None:
    office = Office(tmp_path)
    file = tmp_path / "list.csv"
    file.write_text(f"{HEADINGS}\nA,Sabun,18000,25000,2,0,S\nB,Teh,1,x,2,0,S\n", "utf-8")

    unready = office.run("import", "products", "list.csv", "--dry-run")
    assert (unready.returncode, "list.csv:3: retail_price" in unready.stderr) == (1, True)
    assert not office.books.exists()

    assert office.run("migrate").returncode == 0
    assert office.run("import", "products", "list.csv").returncode == 1
    file.write_text(f"{HEADINGS}\nA,Sabun,18000,25000,2,0,S\nB,Teh,1,2,2,0,S\n", "utf-8")
    dry = office.run("import", "products", "list.csv", "--dry-run")
    assert "2 would be added: A, B" in dry.stdout
    first = office.run("import", "products", "list.csv")
    assert (first.returncode, "2 added: A, B" in first.stdout) == (0, True)

    file.write_text(f"{HEADINGS}\nA,Sabun,19000,25000,2,0,S\n", "utf-8")
    again = office.run("import", "products", "list.csv").stdout
    assert "0 added" in again
    assert "1 changed: A" in again
    assert "1 on sale are not in the file and stay: B" in again


def test_importing_without_a_database_names_the_next_step(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(f"{HEADINGS}\nA,Sabun,18000,25000,2,0,S\n", "utf-8")
    result = Office(tmp_path).run("import", "products", "list.csv")
    assert result.returncode == 1
    assert "python -m bot migrate" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_number_that_lost_its_zeros_and_a_name_on_sale_are_found_again(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.run("migrate")
    file = office.folder / "list.csv"
    rows = ["001,Sabun Sereh,40000,50000,5,40000,S", "TEH,Teh Hijau,20000,25000,3,20000,M"]
    file.write_text("\n".join([HEADINGS, *rows]), "utf-8")
    assert "2 added" in office.run("import", "products", "list.csv").stdout
    rows = ["1,Sabun Sereh,42000,50000,5,40000,S", "T-2,teh hijau,20000,25000,3,20000,M"]
    file.write_text("\n".join([HEADINGS, *rows]), "utf-8")
    for words in (("--dry-run",), ()):
        result = office.run("import", "products", "list.csv", *words)
        assert result.returncode == 1
        assert "list.csv:2: sku 1 is new, and 001 is on the list already; is 001 meant?" in (
            result.stderr
        )
        assert "list.csv:3: name “teh hijau” is on sale as TEH already" in result.stderr
    # A list that names the stored ones too says that they are others.
    rows += ["001,Sabun Batang,40000,50000,5,40000,S", "TEH,Teh Hitam,20000,25000,3,20000,M"]
    file.write_text("\n".join([HEADINGS, *rows]), "utf-8")
    assert "2 added: 1, T-2" in office.run("import", "products", "list.csv").stdout
