"""What an import has done is told in the first language of the company."""

from pathlib import Path

import pytest

from tests.cli.imports.lists import HEADINGS, put
from tests.cli.office import Office

pytestmark = pytest.mark.long

PRICES = "kode;nama;harga_mitra;harga_eceran;poin;nilai_bonus;kategori"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office whose company speaks Indonesian first."""
    place = Office(tmp_path)
    file = tmp_path / "company.toml"
    english = file.read_text("utf-8")
    assert 'languages = ["en", "id"]' in english
    indonesian = english.replace('languages = ["en", "id"]', 'languages = ["id", "en"]')
    file.write_text(indonesian, "utf-8")
    assert place.run("migrate").returncode == 0
    return place


def test_an_import_of_members_is_told_in_indonesian(office: Office) -> None:
    rows = ["A1,Siti,08121111111,,13/03/2024,150.000", "A2,Budi,08122222222,A1,01/04/2024,"]
    put(office, "\n".join([f"{HEADINGS},saldo_awal", *rows]))
    dry = office.run("import", "members", "list.csv", "--dry-run")
    assert dry.stdout == (
        "2 akan ditambahkan\n1 membawa saldo awal, semuanya Rp150.000\n0 akan diubah\n"
        "0 tidak berubah\n"
    )
    assert dry.stderr == (
        "Memeriksa mitra (2)\n"
        "Tanggal seperti 03/04/2024 dibaca hari di depan, seperti di baris 2\n"
    )
    unsigned = office.run("import", "members", "list.csv")
    assert unsigned.returncode == 1
    assert "setujui jumlah itu dengan --opening-total 150000" in unsigned.stderr
    done = office.run("import", "members", "list.csv", "--opening-total", "150000")
    assert done.stdout.startswith("2 ditambahkan\n1 membawa saldo awal"), done.stderr
    for step in ("Memasukkan 2 mitra …", "Menulis mitra (2)", "Menghitung tim (2)"):
        assert step in done.stderr
    put(office, f"{HEADINGS}\nA1,Siti Aminah,08121111111,,13/03/2024")
    assert "1 diubah: A1\n0 tidak berubah\n" in office.run("import", "members", "list.csv").stdout


def test_an_import_of_products_is_told_in_indonesian(office: Office) -> None:
    rows = [f"P{number};Barang {number};100;200;1;0;S" for number in range(12)]
    put(office, "\n".join([PRICES, *rows]))
    dry = office.run("import", "products", "list.csv", "--dry-run")
    assert "12 akan ditambahkan: P0, P1, " in dry.stdout
    assert "P9 dan 2 lagi\n0 akan diubah\n0 tidak berubah\n" in dry.stdout
    assert office.run("import", "products", "list.csv").returncode == 0
    put(office, "\n".join([PRICES, *rows[1:]]))
    done = office.run("import", "products", "list.csv").stdout
    assert "1 produk yang dijual tidak ada di berkas dan tetap dijual: P0. " in done
    assert "aktif = tidak" in done
