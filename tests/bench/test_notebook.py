"""The books of a seller with many customers are filled as they would be by selling."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bench.notebook import Book, Size, fill_book
from bench.notebook_reading import SCREENS, notebooks
from tests.store.seeding import add_members, forgotten, new_database

TODAY = date(2026, 11, 20)
SIZES = (Size(customers=20, sales=60), Size(customers=60, sales=300))
PRODUCT = text("""
    INSERT INTO products (id, sku, name, member_price, retail_price, points, bonus_value)
    VALUES (:id, :sku, :sku, 40000, 50000, 5, 40000)
""")


CUSTOMERS = text("SELECT name_key FROM customers WHERE member_id = :seller")
SALES = text("SELECT sold_on FROM sales WHERE seller_id = :seller")


def test_each_seller_gets_customers_and_sales_of_their_own(tmp_path: Path) -> None:
    with forgotten(new_database(tmp_path)) as conn:
        add_members(conn, [None, 1])
        conn.execute(PRODUCT, [{"id": key, "sku": f"P{key}"} for key in (3, 4, 9)])
        books = [fill_book(conn, place, size, TODAY) for place, size in enumerate(SIZES, 1)]
        for book, size in zip(books, SIZES, strict=True):
            names = list(conn.execute(CUSTOMERS, {"seller": book.member_id}).scalars())
            days = list(conn.execute(SALES, {"seller": book.member_id}).scalars())
            assert len(names) == len(set(names)) == size.customers
            assert (len(days), max(days)) == (size.sales, f"{TODAY}")
            assert len(set(book.sale_ids)) == size.sales
            assert set(book.customer_ids) == _buyers(conn, book)
        strangers = conn.execute(
            text("""
            SELECT count(*) FROM sales AS s JOIN customers AS c ON c.id = s.customer_id
            WHERE c.member_id <> s.seller_id
        """)
        ).scalar_one()
        assert strangers == 0


def test_sums_are_those_of_the_lines_and_no_one_pays_more_than_is_owed(tmp_path: Path) -> None:
    with forgotten(new_database(tmp_path)) as conn:
        add_members(conn, [None])
        conn.execute(PRODUCT, [{"id": 1, "sku": "P1"}])
        book = fill_book(conn, 1, SIZES[1], TODAY)
        rows = conn.execute(
            text("""
            SELECT s.total, s.sold_on, s.period, n.in_full, n.deposit, n.due_on,
              (SELECT sum(amount) FROM sale_lines WHERE sale_id = s.id) AS lines,
              (SELECT sum(amount) FROM customer_payments WHERE sale_id = s.id) AS paid
            FROM sales AS s JOIN payment_notes AS n ON n.sale_id = s.id
        """)
        ).all()
        assert len(rows) == len(book.sale_ids)
        for row in rows:
            assert row.total == row.lines
            assert row.sold_on.startswith(row.period)
            assert (row.in_full == "no") == (row.due_on > row.sold_on)
            assert row.in_full == "no" or (row.paid is None and row.deposit == 0)
            assert row.deposit + (row.paid or 0) <= row.total
        owing = [row for row in rows if row.in_full == "no"]
        assert 0.2 < len(owing) / len(rows) < 0.4
        assert {row.paid is None for row in owing} == {True, False}
        for table in ("customer_details", "today_items"):
            assert conn.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() > 0


def test_more_sales_than_the_customers_come_for_are_refused(tmp_path: Path) -> None:
    with forgotten(new_database(tmp_path)) as conn:
        add_members(conn, [None])
        conn.execute(PRODUCT, [{"id": 1, "sku": "P1"}])
        with pytest.raises(ValueError, match="5 customers come"):
            fill_book(conn, 1, Size(customers=5, sales=5_000), TODAY)


def test_every_screen_is_measured_for_every_seller(tmp_path: Path) -> None:
    found = notebooks(tmp_path, SIZES, asked=3, members=10)
    assert [each.screen for each in found] == list(SCREENS)
    for each in found:
        assert len(each.median) == len(each.most) == len(SIZES)
        assert all(took > 0 for took in (*each.median, *each.most))


def _buyers(conn: Connection, book: Book) -> set[int]:
    asked = text("SELECT DISTINCT customer_id FROM sales WHERE seller_id = :seller")
    return set(conn.execute(asked, {"seller": book.member_id}).scalars())
