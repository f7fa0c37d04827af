"""The list of deliveries: every fault by its line, what is much, and the same list twice."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text

from bot.cli.imports.deliveries.delivery_file import (
    DELIVERY_COLUMNS,
    DeliveryFile,
    read_delivery_list,
)
from bot.cli.imports.deliveries.delivery_plan import DeliveryPlan, DeliveryRules, delivery_plan
from bot.cli.imports.spreadsheet import sheet_of, table_of_text
from bot.content.sheet_words import fault_words
from bot.store.stock import delivered_goods
from tests.cli.office import Office
from tests.store.both import START, stock
from tests.store.seeding import add_members, code_of, forgotten, new_database

TODAY = date(2026, 11, 29)
TWICE = "for this member and article is already"
TWICE = "for this member and article is already"
HEADINGS = "mitra;barang;jumlah;tanggal;dokumen"
BOUGHT = DeliveryRules(True, 2, 3, [("2026-01", False), ("2026-11", True)], "Asia/Jakarta")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return new_database(tmp_path_factory.mktemp("deliveries"))


@pytest.fixture
def conn(engine: Engine) -> Iterator[Connection]:
    with forgotten(engine) as connection:
        add_members(connection, [None, 1])
        connection.execute(text("UPDATE members SET number = 'M-7' WHERE id = 2"))
        stock(connection)
        yield connection


def read(*rows: str, headings: str = HEADINGS) -> DeliveryFile:
    body = "\n".join([headings, *rows]).encode()
    sheet = sheet_of(table_of_text(body, DELIVERY_COLUMNS), DELIVERY_COLUMNS)
    return read_delivery_list(sheet, TODAY)


def planned(conn: Connection, *rows: str, rules: DeliveryRules = BOUGHT) -> DeliveryPlan:
    return delivery_plan(conn, read(*rows), rules, TODAY)


def said(plan: DeliveryPlan | DeliveryFile) -> list[tuple[int, str]]:
    return [(fault.line, fault_words(fault, "en")) for fault in plan.faults]


@pytest.mark.parametrize(
    "headings",
    [
        "member;product;quantity;day;document",
        "Kode Mitra;Nama Barang;Qty;Tgl;No. Surat Jalan",
        "NO ANGGOTA;SKU;PCS;Date;Invoice",
    ],
)
def test_headings_in_both_languages_are_read_alike(headings: str) -> None:
    (row,) = read("m-7;sabun;20.0;20/11/2026;sj  1", headings=headings).rows
    assert (row.member, row.product, row.quantity, row.document) == ("M-7", "SABUN", 20, "SJ 1")
    assert row.day == date(2026, 11, 20)


def test_each_fault_is_named_with_its_line() -> None:
    found = read(
        "M-7;SABUN;-3;2026-11-20;SJ-1",
        "M-7;SABUN;2,5;31/02/2026;#",
        ";SABUN;99999;2026-12-01;SJ-1",
        "6,28E+12;SABUN;1;2020-01-01;SJ-1",
    )
    assert [line for line, _ in said(found)] == [2, 3, 3, 3, 4, 4, 4, 5, 5]
    assert found.rows == []


def test_unknown_members_and_articles_and_a_row_twice_are_faults(conn: Connection) -> None:
    plan = planned(
        conn,
        "M-7;SABUN;2;2026-11-20;SJ-1",
        f"{code_of(2)};Sabun Sereh;3;2026-11-20;sj-1",
        "M-8;MADU;1;2026-11-20;SJ-1",
    )
    assert said(plan) == [
        (3, f"document SJ-1 {TWICE} in line 2; put both into one line"),
        (4, "member M-8 is no code or number of a member in the database"),
        (4, "product MADU is no number or name in the price list"),
    ]


def test_much_and_late_deliveries_are_counted_unless_they_are_there_already(
    conn: Connection,
) -> None:
    rows = (
        "M-7;SABUN;7;2026-11-28;SJ-1",
        "M-7;TEH;6;2026-11-27;SJ-1",
        f"{code_of(1)};TEH;0;2026-11-28;SJ-1",
    )
    plan = planned(conn, *rows)
    assert plan.counts == {"added": 2, "changed": 0, "same": 1, "much": 1, "late": 1}
    delivered_goods.apply(conn, plan.goods, START)
    again = planned(conn, *rows)
    assert again.counts == {"added": 0, "changed": 0, "same": 3, "much": 0, "late": 0}
    fewer = planned(conn, "M-7;SABUN;0;2026-11-28;SJ-1")
    assert fewer.counts == {"added": 0, "changed": 1, "same": 0, "much": 0, "late": 0}


def test_a_plan_that_counts_what_is_sold_has_no_late_delivery(conn: Connection) -> None:
    sold = DeliveryRules(True, 2, 3, [("2026-01", False)], "Asia/Jakarta")
    assert planned(conn, "M-7;TEH;6;2026-11-29;SJ-1", rules=sold).counts["late"] == 0


def test_without_stock_of_members_the_whole_list_is_refused(conn: Connection) -> None:
    off = DeliveryRules(False, 2, 3, [], "Asia/Jakarta")
    plan = planned(conn, "M-7;TEH;6;2026-11-29;SJ-1", rules=off)
    assert (plan.goods, [fault.what for fault in plan.faults]) == ([], ["stock off"])


@pytest.mark.long
def test_the_command_imports_a_list_once(tmp_path: Path) -> None:
    office = Office(tmp_path)
    assert office.run("migrate").returncode == 0
    prices = tmp_path / "prices.csv"
    prices.write_text(
        "kode;nama;harga_mitra;harga_eceran;poin;nilai_bonus;kategori\n"
        "SABUN;Sabun Sereh;40000;50000;5;40000;perawatan\n"
    )
    people = tmp_path / "members.csv"
    people.write_text("nomor;nama;hp;sponsor;bergabung\nM-1;Tono Hadi;081355501111;;2019-03-01\n")
    assert office.run("import", "products", str(prices)).returncode == 0
    assert office.run("import", "members", str(people)).returncode == 0
    goods = tmp_path / "deliveries.csv"
    goods.write_text(f"{HEADINGS}\nM-1;SABUN;20;2026-11-20;SJ-1\n")
    for words in (("would be added",), ("1 added", "1 are more"), ("0 added", "1 unchanged")):
        flags = ["--dry-run"] if words == ("would be added",) else []
        done = office.run("import", "deliveries", str(goods), *flags)
        assert done.returncode == 0, done.stderr
        assert all(each in done.stdout for each in words), done.stdout
    goods.write_text(f"{HEADINGS}\nM-2;SABUN;20;2026-11-20;SJ-1\n")
    refused = office.run("import", "deliveries", str(goods))
    assert refused.returncode == 1
    assert "deliveries.csv:2: member M-2 is no code or number" in refused.stderr
