"""Writes the sales of a whole company into a new database, with their lines and postings."""

import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Final

from bot.store.seed.seed_copy import SeedRow, insert, run_all

__all__ = [
    "SaleAccounts",
    "add_baskets",
    "add_customers",
    "add_joined",
    "add_sales",
    "add_volumes",
    "open_accounts",
]

# Facts that many sales share are inserted once and not for each of them: that halves the time.
TABLES: Final = (
    """CREATE TEMP TABLE basket (
         id INTEGER PRIMARY KEY, total INTEGER, goods INTEGER, points INTEGER, bonus INTEGER)""",
    """CREATE TEMP TABLE basket_line (
         basket INTEGER, place INTEGER, product INTEGER, quantity INTEGER, amount INTEGER,
         member_price INTEGER, points INTEGER, bonus INTEGER,
         PRIMARY KEY (basket, place)) WITHOUT ROWID""",
    """CREATE TEMP TABLE sold (
         id INTEGER PRIMARY KEY, seller INTEGER, customer INTEGER, basket INTEGER, at INTEGER)""",
)
BASKET: Final = "INSERT INTO basket (id, total, goods, points, bonus) VALUES (?, ?, ?, ?, ?)"
BASKET_LINE: Final = """
    INSERT INTO basket_line (basket, place, product, quantity, amount, member_price, points, bonus)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
CLEAR: Final = "DELETE FROM sold"
SOLD: Final = "INSERT INTO sold (id, seller, customer, basket, at) VALUES (?, ?, ?, ?, ?)"
SALES: Final = """
    INSERT INTO sales (id, reference, seller_id, customer_id, sold_on, period, status, total,
                       goods, points, bonus_value, logged_at, decided_at)
    SELECT x.id, 'seed:' || x.id, x.seller, x.customer, :day, :period, 'approved', b.total,
      b.goods, b.points, b.bonus, x.at, x.at
    FROM sold AS x CROSS JOIN basket AS b ON b.id = x.basket ORDER BY x.id
"""
LINES: Final = """
    INSERT INTO sale_lines (sale_id, product_id, quantity, amount, member_price, points,
                            bonus_value)
    SELECT x.id, l.product, l.quantity, l.amount, l.member_price, l.points, l.bonus
    FROM sold AS x CROSS JOIN basket_line AS l ON l.basket = x.basket ORDER BY x.id, l.place
"""
POSTINGS: Final = """
    INSERT INTO postings (reference, source_id, destination_id, amount, cause, sale_id,
                          period, at)
    SELECT 'sale:' || x.id || CASE side.number WHEN 1 THEN ':price' ELSE ':goods' END,
      CASE side.number WHEN 1 THEN :customers ELSE :above + x.seller END,
      CASE side.number WHEN 1 THEN :above + x.seller ELSE :goods END,
      CASE side.number WHEN 1 THEN b.total ELSE b.goods END, 'sale', x.id, :period, x.at
    FROM sold AS x CROSS JOIN basket AS b ON b.id = x.basket
      CROSS JOIN (SELECT 1 AS number UNION ALL SELECT 2) AS side
    ORDER BY x.id
"""


CUSTOMER: Final = """
    INSERT INTO customers (id, member_id, name, name_key, created_at) VALUES (?, ?, ?, ?, ?)
"""
ACCOUNT: Final = """
    INSERT INTO accounts (id, name, kind, member_id, balance)
    VALUES (?, 'member:' || ? || ':trade', 'trade', ?, ?)
"""
VOLUME: Final = """
    INSERT INTO volumes (member_id, period, own_sales, own_points, own_profit, own_count,
                         own_bonus, group_sales, group_points, team_active, team_joined,
                         sold_points)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?4)
"""
GROWTH: Final = "INSERT INTO volumes (member_id, period, team_joined) VALUES (?, ?, ?)"


@dataclass(frozen=True, slots=True)
class SaleAccounts:
    """The ids of the accounts between which sales move money.

    An id is reserved for each member, also for one who never sells, so the postings of a sale
    follow from the sale alone.

    Attributes:
        customers: the company's account of what customers pay.
        goods: the company's account of what is paid for goods.
        above: the trade account of member n has the id `above` + n.
    """

    customers: int
    goods: int
    above: int


def add_customers(conn: sqlite3.Connection, customers: Iterable[SeedRow]) -> None:
    """Write customers: id, seller, name, name as a key, moment."""
    insert(conn, CUSTOMER, customers)


def add_baskets(
    conn: sqlite3.Connection, baskets: Iterable[SeedRow], lines: Iterable[SeedRow]
) -> None:
    """Write the baskets that sales consist of.

    Args:
        conn: the copy.
        baskets: number, price charged, price of the goods, points and bonus value.
        lines: number of the basket and place in it, product, quantity, amount, member price,
            points and bonus value.
    """
    run_all(conn, TABLES)
    insert(conn, BASKET, baskets)
    insert(conn, BASKET_LINE, lines)


def add_sales(
    conn: sqlite3.Connection, sold: Iterable[SeedRow], accounts: SaleAccounts, day: str
) -> None:
    """Write approved sales of one day, with their lines and postings.

    Args:
        conn: the copy, after `add_baskets`.
        sold: number of the sale, seller, customer, basket, moment.
        accounts: between which they move money.
        day: YYYY-MM-DD.
    """
    facts = {"day": day, "period": day[: len("2026-11")], **asdict(accounts)}
    conn.execute("BEGIN")
    conn.execute(CLEAR)
    conn.executemany(SOLD, sold)
    for statement in (SALES, LINES, POSTINGS):
        conn.execute(statement, facts)
    conn.execute("COMMIT")


def open_accounts(
    conn: sqlite3.Connection, profits: Iterable[tuple[int, int]], accounts: SaleAccounts
) -> None:
    """Write the trade accounts of members, each with its balance."""
    rows = ((accounts.above + member, member, member, profit) for member, profit in profits)
    insert(conn, ACCOUNT, rows)


def add_volumes(conn: sqlite3.Connection, volumes: Iterable[SeedRow]) -> None:
    """Write the counters of months.

    Args:
        conn: the copy.
        volumes: member, month; the member's own sales, points, profit, number of sales and bonus
            value; the group's sales and points; how many of the team sold and how many joined.
            Every sale has a customer.
    """
    insert(conn, VOLUME, volumes)


def add_joined(conn: sqlite3.Connection, growths: Iterable[SeedRow]) -> None:
    """Write the counters of months without sales: member, month, how many of the team joined."""
    insert(conn, GROWTH, growths)
