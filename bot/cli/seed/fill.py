"""Writes a made-up company into an empty database: members, sales by day, postings, counters."""

from array import array
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from sqlite3 import Connection as Plain
from typing import Final, NamedTuple

from sqlalchemy import Connection

from bot.cli.demo.goods import DEMO_PRODUCTS
from bot.cli.seed.baskets import Basket, baskets
from bot.cli.seed.company_spec import CompanySpec, Counted, quietly
from bot.cli.seed.counting import growth_rows, team_rows, volume_rows
from bot.cli.seed.made_up_people import Joining, People, sponsors_of
from bot.cli.seed.selling import Market
from bot.core.calendar.hours import local_day
from bot.core.calendar.periods import period_bounds
from bot.core.sales.products import Product
from bot.store.db import audit_log
from bot.store.ledger import ledger
from bot.store.products import price_list, products
from bot.store.seed.seed_copy import drop_indexes, replacing
from bot.store.seed.seed_members import add_members, add_names, add_teams
from bot.store.seed.seed_sales import (
    SaleAccounts,
    add_baskets,
    add_customers,
    add_joined,
    add_sales,
    add_volumes,
    open_accounts,
)

__all__ = ["fill_database"]

STEP: Final = 10_000


class Opening(NamedTuple):
    """The rows that exist before the first member joins: products and accounts."""

    shelf: Sequence[Product]
    accounts: SaleAccounts


def fill_database(database: Path, spec: CompanySpec, counted: Counted = quietly) -> None:
    """Fill an empty database, all or nothing; the caller holds the write lease.

    The products of the database are sold; if it has none, those of the demo.
    """
    sponsors, joining = sponsors_of(spec), Joining(spec)
    with replacing(database, partial(_opened, spec=spec)) as (conn, opening):
        indexes = drop_indexes(conn)
        _enter(conn, spec, sponsors, joining, counted)
        _sell(conn, spec, sponsors, joining, opening, counted)
        for statement in counted(indexes, "Building indexes"):
            conn.execute(statement)


def _opened(conn: Connection, spec: CompanySpec) -> Opening:
    begin = period_bounds(spec.periods[0], spec.time_zone)[0]
    if not products.catalogue(conn):
        price_list.apply_list(conn, DEMO_PRODUCTS, begin, local_day(begin, spec.time_zone))
    facts = f"members {spec.members}, lines {spec.lines}, chain {spec.chain}, seed {spec.seed}"
    audit_log.note(conn, None, "seed", facts, spec.until)
    customers = ledger.house_account(conn, ledger.CUSTOMERS)
    goods = ledger.house_account(conn, ledger.GOODS)
    return Opening(products.catalogue(conn), SaleAccounts(customers, goods, max(customers, goods)))


def _enter(
    conn: Plain, spec: CompanySpec, sponsors: "array[int]", joining: Joining, counted: Counted
) -> None:
    """Write the members and their teams."""
    people = People(spec, sponsors, joining)
    add_names(conn, people.names(), people.words(), people.homes())
    for start in counted(range(1, spec.members + 1, STEP), "Writing members"):
        ids = range(start, min(start + STEP, spec.members + 1))
        add_members(conn, people.members(ids))
    add_teams(conn, team_rows(sponsors))


def _sell(
    conn: Plain,
    spec: CompanySpec,
    sponsors: "array[int]",
    joining: Joining,
    opening: Opening,
    counted: Counted,
) -> None:
    """Write customers, sales, postings, and the counters of all months since the first joined."""
    shelf = baskets(spec.chance("shelf"), opening.shelf)
    _lay_out(conn, shelf)
    market = Market(spec, joining, shelf)
    joined = joining.months()
    parts = len(spec.periods)
    for place, period in enumerate(spec.periods):
        lines = spec.lines * (place + 1) // parts - spec.lines * place // parts
        month = market.open(period, lines)
        add_customers(conn, market.new_customers(month))
        for number in counted(range(len(month.days)), f"Writing sales of {period}"):
            for sold in market.day(month, number):
                add_sales(conn, sold, opening.accounts, month.days[number][0])
        newcomers = joined.pop(period)
        add_volumes(conn, volume_rows(sponsors, period, newcomers, month.own))
    for period in counted(tuple(joined), "Counting the months before"):
        add_joined(conn, growth_rows(sponsors, period, joined[period]))
    open_accounts(conn, market.profits(), opening.accounts)


def _lay_out(conn: Plain, shelf: Sequence[Basket]) -> None:
    lines = (
        (basket.number, place, *line)
        for basket in shelf
        for place, line in enumerate(basket.lines)
    )
    add_baskets(conn, (basket[:5] for basket in shelf), lines)
