"""Puts a made-up company into empty books: people, sales day by day, money, counters, indexes."""

from array import array
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from sqlite3 import Connection as Plain
from typing import Final, NamedTuple

from sqlalchemy import Connection

from bot.cli.demo.goods import DEMO_PRODUCTS
from bot.cli.seed.counting import growth_rows, team_rows, volume_rows
from bot.cli.seed.made_up_people import Joining, People, sponsors_of
from bot.cli.seed.selling import Market
from bot.cli.seed.shelf import Basket, baskets
from bot.cli.seed.wish import Counted, SeedWish, quietly
from bot.core.calendar.hours import local_day
from bot.core.calendar.periods import period_bounds
from bot.core.sales.products import Product
from bot.store.db import audit_log
from bot.store.ledger import ledger
from bot.store.products import price_list, products
from bot.store.seed.seed_copy import drop_indexes, replacing
from bot.store.seed.seed_members import count_teams, enter, name
from bot.store.seed.seed_sales import (
    Till,
    count,
    count_newcomers,
    lay_out,
    open_accounts,
    sell,
    welcome,
)

__all__ = ["found"]

STEP: Final = 10_000


class Opening(NamedTuple):
    """What stands in the books before anybody joins: what is sold, and the accounts."""

    shelf: Sequence[Product]
    till: Till


def found(books: Path, wish: SeedWish, counted: Counted = quietly) -> None:
    """Fill empty books, all or nothing; to be called under the lease.

    Articles that stand in the books are what is sold; where there are none, it is those of the
    demo.
    """
    sponsors, joining = sponsors_of(wish), Joining(wish)
    with replacing(books, partial(_opened, wish=wish)) as (conn, opening):
        indexes = drop_indexes(conn)
        _enter(conn, wish, sponsors, joining, counted)
        _sell(conn, wish, sponsors, joining, opening, counted)
        for statement in counted(indexes, "Building indexes"):
            conn.execute(statement)


def _opened(conn: Connection, wish: SeedWish) -> Opening:
    begin = period_bounds(wish.periods[0], wish.time_zone)[0]
    if not products.catalogue(conn):
        price_list.take_over(conn, DEMO_PRODUCTS, begin, local_day(begin, wish.time_zone))
    told = f"members {wish.members}, lines {wish.lines}, chain {wish.chain}, seed {wish.seed}"
    audit_log.note(conn, None, "seed", told, wish.until)
    customers = ledger.house_account(conn, ledger.CUSTOMERS)
    goods = ledger.house_account(conn, ledger.GOODS)
    return Opening(products.catalogue(conn), Till(customers, goods, max(customers, goods)))


def _enter(
    conn: Plain, wish: SeedWish, sponsors: "array[int]", joining: Joining, counted: Counted
) -> None:
    """Write the members, and whom each has below."""
    people = People(wish, sponsors, joining)
    name(conn, people.names(), people.words(), people.homes())
    for start in counted(range(1, wish.members + 1, STEP), "Writing members"):
        ids = range(start, min(start + STEP, wish.members + 1))
        enter(conn, people.members(ids))
    count_teams(conn, team_rows(sponsors))


def _sell(
    conn: Plain,
    wish: SeedWish,
    sponsors: "array[int]",
    joining: Joining,
    opening: Opening,
    counted: Counted,
) -> None:
    """Write customers, sales, money, and the counters of every month, those before included."""
    shelf = baskets(wish.chance("shelf"), opening.shelf)
    _lay_out(conn, shelf)
    market = Market(wish, joining, shelf)
    joined = joining.months()
    parts = len(wish.periods)
    for place, period in enumerate(wish.periods):
        lines = wish.lines * (place + 1) // parts - wish.lines * place // parts
        month = market.open(period, lines)
        welcome(conn, market.new_customers(month))
        for number in counted(range(len(month.days)), f"Writing sales of {period}"):
            for sold in market.day(month, number):
                sell(conn, sold, opening.till, month.days[number][0])
        newcomers = joined.pop(period)
        count(conn, volume_rows(sponsors, period, newcomers, month.own))
    for period in counted(tuple(joined), "Counting the months before"):
        count_newcomers(conn, growth_rows(sponsors, period, joined[period]))
    open_accounts(conn, market.profits(), opening.till)


def _lay_out(conn: Plain, shelf: Sequence[Basket]) -> None:
    lines = (
        (basket.number, place, *line)
        for basket in shelf
        for place, line in enumerate(basket.lines)
    )
    lay_out(conn, (basket[:5] for basket in shelf), lines)
