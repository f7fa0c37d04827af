"""A member's list of movements shows the postings behind it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from bot.store.bonus import statements
from bot.store.ledger import ledger
from tests.store.seeding import (
    START,
    TABLES,
    Sold,
    add_members,
    add_sales,
    forgotten,
    new_database,
    unguard,
)

MONTH = "2026-11"
SINCE = "2026-10-01"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return new_database(tmp_path_factory.mktemp("movements"))


@pytest.fixture
def conn(engine: Engine) -> Iterator[Connection]:
    with forgotten(engine) as connection:
        yield connection


def _post_sale(conn: Connection, sale_id: int, seller_id: int, minute: int) -> None:
    trade = ledger.trade_account(conn, seller_id)
    customers = ledger.house_account(conn, ledger.CUSTOMERS)
    goods = ledger.house_account(conn, ledger.GOODS)
    at = START + timedelta(minutes=minute)
    price = ledger.Posting(f"{sale_id}:price", customers, trade, 100_000, sale_id, MONTH)
    spent = ledger.Posting(f"{sale_id}:goods", trade, goods, 80_000, sale_id, MONTH)
    ledger.post(conn, price, at)
    ledger.post(conn, spent, at)


def _wallet(conn: Connection, member_id: int) -> int:
    row = {"name": f"member:{member_id}:wallet", "kind": "wallet", "member_id": member_id}
    accounts = TABLES["accounts"]
    opened: int = conn.execute(accounts.insert().values(row).returning(accounts.c.id)).scalar_one()
    return opened


def _sell_to(conn: Connection, sale_id: int, name: str) -> None:
    customers, sales = TABLES["customers"], TABLES["sales"]
    found = conn.execute(customers.select().where(customers.c.name == name)).one_or_none()
    if found is None:
        row = {"member_id": 1, "name": name, "name_key": name, "created_at": START}
        conn.execute(customers.insert().values(row))
        found = conn.execute(customers.select().where(customers.c.name == name)).one()
    unguard(conn, "sales")
    conn.execute(sales.update().where(sales.c.id == sale_id).values(customer_id=found.id))


def _shown(
    conn: Connection, member_id: int = 1, *, rows: int = 100, skip: int = 0
) -> list[object]:
    return [
        (row.account, row.sale_id, row.amount, row.cancels)
        for row in statements.movements(conn, member_id, rows=rows, skip=skip)
    ]


def test_the_two_postings_of_a_sale_are_one_line_with_the_profit(conn: Connection) -> None:
    add_members(conn, [None])
    add_sales(conn, [Sold(1), Sold(1)])
    _post_sale(conn, 1, 1, minute=1)
    _post_sale(conn, 2, 1, minute=2)
    assert _shown(conn) == [("trade", 2, 20_000, 0), ("trade", 1, 20_000, 0)]


def test_a_cancelled_sale_leaves_its_line_and_adds_one_that_takes_it_back(
    conn: Connection,
) -> None:
    add_members(conn, [None])
    add_sales(conn, [Sold(1)])
    _post_sale(conn, 1, 1, minute=1)
    ledger.reverse_sale(conn, 1, START + timedelta(minutes=2))
    assert _shown(conn) == [("trade", 1, -20_000, 1), ("trade", 1, 20_000, 0)]


def test_every_wallet_movement_names_its_sale(conn: Connection) -> None:
    add_members(conn, [None])
    add_sales(conn, [Sold(1)])
    company = ledger.house_account(conn, "bonuses")
    wallet = _wallet(conn, 1)
    credit = ledger.Posting("credit", company, wallet, 5_000, 1, MONTH)
    ledger.post(conn, credit, START)
    ledger.reverse_sale(conn, 1, START)
    assert _shown(conn) == [("wallet", 1, -5_000, 1), ("wallet", 1, 5_000, 0)]


def test_movements_of_others_are_not_shown(conn: Connection) -> None:
    add_members(conn, [None, 1])
    add_sales(conn, [Sold(2)])
    _post_sale(conn, 1, 2, minute=1)
    assert _shown(conn, 1) == []


def test_movements_are_in_the_order_of_time_and_the_number_decides_within_a_moment(
    conn: Connection,
) -> None:
    add_members(conn, [None])
    add_sales(conn, [Sold(1)] * 5)
    for sale_id, minute in ((1, 3), (2, 1), (3, 2), (4, 2), (5, 0)):
        _post_sale(conn, sale_id, 1, minute=minute)
    company, wallet = ledger.house_account(conn, "bonuses"), _wallet(conn, 1)
    ledger.post(conn, ledger.Posting("late", company, wallet, 7, 1, MONTH), START)
    later = START + timedelta(minutes=5)
    ledger.post(conn, ledger.Posting("soon", company, wallet, 5, 1, MONTH), later)
    whole = [(line[1], line[2]) for line in _shown(conn)]  # type: ignore[index]
    sales = [(1, 20_000), (4, 20_000), (3, 20_000), (2, 20_000)]
    assert whole == [(1, 5), *sales, (1, 7), (5, 20_000)]
    for rows in (1, 2, 3):
        pages = [_shown(conn, rows=rows, skip=skip) for skip in range(0, 7, rows)]
        assert [line for page in pages for line in page] == _shown(conn)


@given(acts=st.lists(st.sampled_from(["sell", "void"]), max_size=20), rows=st.integers(1, 5))
@settings(deadline=None, max_examples=50)
def test_the_pages_together_are_the_whole_list_and_their_sum_the_balance(
    engine: Engine, acts: list[str], rows: int
) -> None:
    with forgotten(engine) as conn:
        add_members(conn, [None, 1])
        add_sales(conn, [Sold(1 + place % 2) for place in range(len(acts))])
        for place, act in enumerate(acts):
            if act == "sell":
                _post_sale(conn, place + 1, 1 + place % 2, minute=place)
            else:
                ledger.reverse_sale(conn, place, START + timedelta(minutes=place))
        whole = _shown(conn, rows=1_000)
        pages = [_shown(conn, rows=rows, skip=skip) for skip in range(0, len(whole), rows)]
        assert [line for page in pages for line in page] == whole
        total = sum(row.amount for row in statements.movements(conn, 1, rows=1_000, skip=0))
        assert total == ledger.balance(conn, "member:1:trade")


def test_a_wallet_that_was_never_opened_is_not_an_empty_one(conn: Connection) -> None:
    add_members(conn, [None])
    assert statements.wallet(conn, 1, START.date()) is None
    _wallet(conn, 1)
    assert statements.wallet(conn, 1, START.date()) == statements.Wallet(0, 0, "")


def test_waiting_sales_are_summed_apart_and_rejected_ones_not_at_all(conn: Connection) -> None:
    add_members(conn, [None, 1])
    add_sales(
        conn,
        [
            Sold(1, status="waiting", total=70_000),
            Sold(1, status="waiting", total=30_000, period="2026-10"),
            Sold(1, status="waiting", total=30_000, period="2026-09"),
            Sold(1, status="approved"),
            Sold(1, status="rejected"),
            Sold(1, status="void"),
            Sold(2, status="waiting"),
        ],
    )
    pending = statements.waiting(conn, 1, MONTH, SINCE)
    assert (pending.waiting_count, pending.waiting) == (2, 100_000)


def test_a_customer_who_bought_twice_in_a_month_is_one_customer(conn: Connection) -> None:
    add_members(conn, [None])
    add_sales(conn, [Sold(1), Sold(1), Sold(1, status="waiting"), Sold(1, status="void")])
    for sale_id, name in enumerate(("Bu Tini", "Bu Tini", "Pak Edi", "Bu Ani"), 1):
        _sell_to(conn, sale_id, name)
    assert statements.waiting(conn, 1, MONTH, SINCE).customers == 2


def test_nothing_sold_is_zero_and_not_missing(conn: Connection) -> None:
    add_members(conn, [None])
    pending = statements.waiting(conn, 1, MONTH, SINCE)
    assert (pending.waiting_count, pending.waiting, pending.customers) == (0, 0, 0)
    assert statements.month(conn, 1, MONTH) is None
