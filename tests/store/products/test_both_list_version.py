"""The price list is read once, and again whenever it has changed; on both engines."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Connection

from bot.store.db.database import Database
from bot.store.products import list_version, price_list, prices, products
from bot.store.products.prices import PriceTerms, Terms
from tests.store.both import ARTICLES, DAY, START, in_transaction, stock

TODAY = date(2026, 11, 1)
TOMORROW = date(2026, 11, 2)
DEARER = Terms(42_000, 55_000, 6, 42_000)


@in_transaction
def test_a_list_is_read_once_until_it_changes(conn: Connection) -> None:
    soap, _ = stock(conn)
    today, on_day = products.catalogue(conn), products.catalogue_on(conn, TODAY)
    assert products.catalogue(conn) is today
    assert products.catalogue_on(conn, TODAY) is on_day
    prices.decide(conn, soap.id, PriceTerms("2026-11-02", DEARER), by=1, at=START, today=TODAY)
    assert products.catalogue_on(conn, TOMORROW)[0].points == 6
    assert prices.withdraw(conn, soap.id, "2026-11-02", TODAY)
    assert products.catalogue_on(conn, TOMORROW)[0] == soap
    price_list.apply_list(conn, [replace(ARTICLES[0], name="Sabun Serai")], START, TODAY)
    assert products.catalogue(conn)[0].name == "Sabun Serai"
    prices.add_all(conn, {soap.id: DEARER}, "2026-11-02", START)
    assert products.catalogue_on(conn, TOMORROW)[0].points == 6
    price_list.apply_list(conn, [replace(ARTICLES[0], active=False)], START, TODAY)
    assert soap.id not in {one.id for one in products.catalogue(conn)}


async def test_a_list_that_was_rolled_back_is_not_kept(database: Database) -> None:
    (soap, _) = await database.write(stock)

    def change_in_vain(conn: Connection) -> None:
        price_list.apply_list(conn, [replace(ARTICLES[0], retail_price=60_000)], START, TODAY)
        assert products.catalogue(conn)[0].retail_price == 60_000
        raise LookupError

    with pytest.raises(LookupError):
        await database.write(change_in_vain)
    assert (await database.read(products.catalogue))[0] == soap


@in_transaction
def test_only_the_lists_read_last_are_kept(conn: Connection) -> None:
    stock(conn)
    first = products.catalogue_on(conn, TODAY)
    for day in range(1, products.LISTS_KEPT_MAX + 1):
        products.catalogue_on(conn, TODAY + day * DAY)
    again = products.catalogue_on(conn, TODAY)
    assert again is not first
    assert again == first


@in_transaction
def test_each_change_gives_another_version(conn: Connection) -> None:
    assert list_version.current(conn) == 0
    stock(conn)
    first = list_version.current(conn)
    list_version.change(conn)
    assert 0 != first != list_version.current(conn) != 0


@in_transaction
def test_a_list_without_a_version_is_read_each_time_and_gets_one_with_the_day(
    conn: Connection,
) -> None:
    assert products.catalogue(conn) is not products.catalogue(conn)
    assert prices.apply_due(conn, TODAY) == 0
    assert products.catalogue(conn) is products.catalogue(conn)
