"""How long the screens of a seller's notebook take in the store, with few and many customers.

A screen belongs here as one line of `SCREENS`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Final

from sqlalchemy import Connection, make_url

from bench.company import seeded
from bench.notebook import Book, Size, fill_book
from bot.core.customers.customer_keys import name_key
from bot.core.customers.similar_customers import KnownName, similar_customers
from bot.core.today.list_rules import LIST_MAX
from bot.services.today import making
from bot.store.customers import customer_list, customers
from bot.store.db.database import sqlite_engine
from bot.store.debts import debts
from bot.store.mirror import customer_figures
from bot.store.stock import stock_sums
from bot.store.today import customer_purchases, today_items

__all__ = ["SCREENS", "ScreenTimes", "notebooks"]

MEMBERS: Final = 1_000
ASKED: Final = 100
PAGE: Final = 8
NAMES_MAX: Final = 5_000
TWENTY: Final = 20
SALES_OF_CARD: Final = 20
YEARS_DAYS: Final = 730
UNKNOWN: Final = "DELETE FROM sqlite_stat1"
"""`seed` leaves figures about its tables for SQLite's planner; a bot's own database has none."""


Screen = Callable[[Connection, Book, int], object]
"""Reads what a screen shows: the database, the seller, and the number of the question."""


@dataclass(frozen=True, slots=True)
class ScreenTimes:
    """Milliseconds for a screen, one figure for each seller: the median, and 95 of 100 below."""

    screen: str
    median: tuple[float, ...]
    most: tuple[float, ...]


def _recent(conn: Connection, book: Book, _: int) -> object:
    return customers.recent(conn, book.member_id, PAGE)


def _named(conn: Connection, book: Book, number: int) -> object:
    return customers.named(conn, book.member_id, name_key(book.names[number % len(book.names)]))


def _search(conn: Connection, book: Book, number: int) -> object:
    known: list[KnownName] = customers.known_names(conn, book.member_id, NAMES_MAX)
    return similar_customers(book.names[number % len(book.names)], known)


def _page(conn: Connection, book: Book, number: int) -> object:
    skip = PAGE * (number % max(len(book.customer_ids) // PAGE, 1))
    count = customer_list.count_of(conn, book.member_id)
    return count, customer_list.page_of_buyers(conn, book.member_id, rows=PAGE, skip=skip)


def _card(conn: Connection, book: Book, number: int) -> object:
    customer_id = book.customer_ids[number % len(book.customer_ids)]
    sales = customer_list.sales_to(conn, book.member_id, customer_id, SALES_OF_CARD)
    return (
        customer_list.lines_of_sales(conn, [sale.id for sale in sales]),
        customer_list.times_bought(conn, book.member_id, customer_id),
        debts.account_of(conn, book.member_id, customer_id),
    )


def _owed(conn: Connection, book: Book, _: int) -> object:
    return debts.owed_by(conn, book.member_id)


def _purchases(conn: Connection, book: Book, _: int) -> object:
    since = book.today - timedelta(days=YEARS_DAYS)
    return (
        customer_purchases.purchases_of(conn, book.member_id, since),
        customer_purchases.noted_details(conn, book.member_id),
    )


def _listed(conn: Connection, book: Book, number: int) -> object:
    ids = [book.customer_ids[(number + each) % len(book.customer_ids)] for each in range(LIST_MAX)]
    since = book.today - timedelta(days=1)
    return (
        today_items.of_day(conn, book.member_id, book.today),
        customer_purchases.names_of(conn, book.member_id, ids),
        customer_purchases.noted_of(conn, book.member_id, ids),
        customer_purchases.last_days(conn, book.member_id, since),
        [debts.account_of(conn, book.member_id, each) for each in ids],
    )


def _today(conn: Connection, book: Book, _: int) -> object:
    return making.made(conn, book.member_id, book.today)


def _mirror(conn: Connection, book: Book, _: int) -> object:
    first = book.today.replace(day=1)
    return customer_figures.figures_of_seller(conn, book.member_id, first, book.today)


def _stock(conn: Connection, book: Book, _: int) -> object:
    return stock_sums.paces(conn, book.member_id, book.today)


SCREENS: Final[dict[str, Screen]] = {
    "the latest customers": _recent,
    "a customer by the exact name": _named,
    "a customer by a similar name": _search,
    "a page of the list of customers": _page,
    "the card of a customer": _card,
    "who owes": _owed,
    "the list of a day": _listed,
    "once a day: what its choice reads": _purchases,
    "once a day: the list is chosen": _today,
    "the month in the mirror": _mirror,
    "how fast the stock sells": _stock,
}


def notebooks(
    folder: Path, sizes: Sequence[Size], asked: int = ASKED, members: int = MEMBERS
) -> list[ScreenTimes]:
    """Returns the times of all screens, for sellers of these sizes in one company.

    Args:
        folder: where the database is made.
        sizes: of the sellers, each another member of the company.
        asked: how often each screen is read, mostly about another customer each time.
        members: of the company.
    """
    file = seeded(folder / "notebook.db", members)
    engine = sqlite_engine(make_url(f"sqlite:///{file}"))
    today = datetime.now(UTC).date()
    with engine.begin() as conn:
        books = [fill_book(conn, place, size, today) for place, size in enumerate(sizes, 1)]
        conn.exec_driver_sql(UNKNOWN)
    engine.dispose()
    with engine.connect() as conn:
        found = [_screen(conn, name, read, books, asked) for name, read in SCREENS.items()]
    engine.dispose()
    return found


def _screen(
    conn: Connection, name: str, read: Screen, books: Sequence[Book], asked: int
) -> ScreenTimes:
    """Measure a screen for all sellers in turns, so that they meet the same other load."""
    read(conn, books[0], 0)
    took: list[list[float]] = [[] for _ in books]
    for number, place in islice(enumerate(cycle(range(len(books)))), asked * len(books)):
        began = perf_counter()
        read(conn, books[place], number // len(books))
        took[place].append(1000 * (perf_counter() - began))
    medians = tuple(median(each) for each in took)
    return ScreenTimes(name, medians, tuple(quantiles(each, n=TWENTY)[-1] for each in took))
