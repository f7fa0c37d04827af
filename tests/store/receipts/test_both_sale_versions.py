"""A waiting sale is given another state in place, and each former one is kept, on both engines."""

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.company.model import NO_PLAN
from bot.core.sales.sales import SaleLine
from bot.services.sales import decision
from bot.store.bonus import statements
from bot.store.customers import customers
from bot.store.db.database import Database
from bot.store.ledger import ledger, ledger_audit
from bot.store.products import products
from bot.store.proof import recount
from bot.store.receipts import sale_versions
from bot.store.receipts.sale_versions import EarlierVersion, SaleVersion
from bot.store.sales import repeats, sales
from tests.store.both import (
    ACCOUNT,
    DAY,
    MONTH,
    START,
    in_transaction,
    join,
    of_one_kind,
    sell,
    stock,
)

LATER = START + 2 * DAY


def change(
    conn: Connection,
    sale: int,
    version: int,
    lines: Sequence[SaleLine],
    *,
    customer_id: int | None = None,
    sold_on: str = "2026-11-01",
    period: str = MONTH,
    reference: str = "change",
) -> bool:
    """Give the sale other lines, buyer and day, as its seller would."""
    if not sale_versions.begin(conn, sale, version, reference, ACCOUNT, LATER):
        return False
    sale_versions.put(
        conn,
        sale,
        lines,
        customer_id=customer_id,
        sold_on=sold_on,
        period=period,
        invoice="A-17",
        photo_id="",
        photo_key="",
        photo_kind="",
    )
    return True


@in_transaction
def test_a_changed_sale_keeps_its_number_and_its_former_state(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, tea = stock(conn)
    ani = customers.add(conn, mine, "Bu Ani", "ani", START)
    sale = sell(conn, mine, soap, reference="one", photo_key="p")
    assert sale_versions.first(conn, sale) is None
    assert sale_versions.lines_of_first(conn, sale) == []
    assert sale_versions.changed_at(conn, sale) is None
    before = sales.by_id(conn, sale)
    lines = [SaleLine(soap, 3, 140_000), SaleLine(tea, 1, 25_000)]
    assert change(conn, sale, 1, lines, customer_id=ani)
    after = sales.by_id(conn, sale)
    assert before is not None
    assert after is not None
    of_one_kind(after)
    assert (after.id, after.reference, after.logged_at) == (sale, "one", before.logged_at)
    assert (before.version, after.version, after.status) == (1, 2, "waiting")
    assert (after.total, after.goods, after.points) == (165_000, 140_000, 18)
    assert (after.customer, after.sold_on, after.invoice) == ("Bu Ani", "2026-11-01", "A-17")
    found = [(line.name, line.quantity, line.amount) for line in sales.lines_of(conn, sale)]
    assert found == [(soap.name, 3, 140_000), (tea.name, 1, 25_000)]
    assert sale_versions.first(conn, sale) == SaleVersion(None, "2026-11-02", "", "p")
    earlier = sale_versions.earlier(conn, sale, 5)
    assert earlier == [
        EarlierVersion(LATER, "2026-11-02", 100_000, own_use=True, items=((2, soap.name),))
    ]
    of_one_kind(earlier)
    (line,) = sale_versions.lines_of_first(conn, sale)
    of_one_kind(line)
    assert (line.name, line.quantity, line.amount, line.bonus_value) == (
        soap.name,
        2,
        100_000,
        40_000,
    )
    assert sale_versions.changed_at(conn, sale) == LATER
    assert sale_versions.sale_changed_under(conn, "change") == sale
    assert sale_versions.sale_changed_under(conn, "one") is None


@in_transaction
def test_the_first_state_stays_the_first_however_often_a_sale_is_changed(
    conn: Connection,
) -> None:
    (mine,) = join(conn, [None])
    soap, tea = stock(conn)
    sale = sell(conn, mine, soap)
    assert change(conn, sale, 1, [SaleLine(tea, 1, 25_000)], reference="one")
    assert change(conn, sale, 2, [SaleLine(tea, 5, 125_000)], reference="two")
    (line,) = sale_versions.lines_of_first(conn, sale)
    assert (line.name, line.quantity) == (soap.name, 2)
    kept = conn.execute(text("SELECT version, total FROM sale_versions ORDER BY version")).all()
    assert [tuple(row) for row in kept] == [(1, 100_000), (2, 25_000)]
    lines = text("SELECT version, quantity FROM sale_version_lines ORDER BY version, id")
    assert [tuple(row) for row in conn.execute(lines)] == [(1, 2), (2, 1)]


@in_transaction
def test_only_the_state_that_was_seen_is_changed_and_only_while_it_waits(
    conn: Connection,
) -> None:
    (mine,) = join(conn, [None])
    soap, tea = stock(conn)
    sale = sell(conn, mine, soap)
    lines = [SaleLine(tea, 1, 25_000)]
    assert not change(conn, sale, 2, lines, reference="early")
    assert change(conn, sale, 1, lines, reference="first")
    assert not change(conn, sale, 1, lines, reference="late")
    assert not decision.decide(
        conn, sale, "waiting", "approved", 7, LATER, version=1, plan=NO_PLAN
    )
    assert decision.decide(conn, sale, "waiting", "approved", 7, LATER, version=2, plan=NO_PLAN)
    assert not change(conn, sale, 2, lines, reference="after")
    assert sale_versions.sale_changed_under(conn, "after") is None
    row = sales.by_id(conn, sale)
    assert row is not None
    assert (row.status, row.version) == ("approved", 2)


@in_transaction
def test_what_counts_is_the_state_that_was_approved(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, tea = stock(conn)
    sale = sell(conn, mine, soap)
    assert ledger.balance(conn, f"member:{mine}:trade") == 0
    assert change(conn, sale, 1, [SaleLine(tea, 4, 100_000)])
    pending = statements.waiting(conn, mine, MONTH, "2026-11-01")
    assert (pending.waiting_count, pending.waiting) == (1, 100_000)
    assert ledger.balance(conn, f"member:{mine}:trade") == 0
    assert recount.audit_volumes(conn, "Asia/Jakarta") == []
    assert decision.decide(conn, sale, "waiting", "approved", 7, LATER, version=2, plan=NO_PLAN)
    month = statements.month(conn, mine, MONTH)
    assert month is not None
    assert (month.own_sales, month.own_points, month.own_profit) == (100_000, 12, 20_000)
    assert ledger.balance(conn, f"member:{mine}:trade") == 20_000
    assert ledger_audit.audit(conn) == [] == recount.audit_volumes(conn, "Asia/Jakarta")


@in_transaction
def test_the_month_follows_the_day(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, _ = stock(conn)
    sale = sell(conn, mine, soap)
    lines = [SaleLine(soap, 2, 100_000)]
    assert change(conn, sale, 1, lines, sold_on="2026-10-31", period="2026-10")
    assert sales.waiting_in(conn, MONTH) == (0, 0)
    assert sales.waiting_in(conn, "2026-10") == (1, 100_000)
    assert decision.decide(conn, sale, "waiting", "approved", 7, LATER, version=2, plan=NO_PLAN)
    october = statements.month(conn, mine, "2026-10")
    assert october is not None
    assert october.own_sales == 100_000


@in_transaction
def test_a_sale_is_not_its_own_twin_and_its_photo_is_not_used(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, _ = stock(conn)
    first = sell(conn, mine, soap, reference="one", photo_key="p")
    lines = [SaleLine(soap, 2, 1)]
    assert repeats.twin(conn, mine, "2026-11-02", None, lines) == first
    assert repeats.twin(conn, mine, "2026-11-02", None, lines, first) is None
    assert repeats.photo_use(conn, "p", first) is None
    second = sell(conn, mine, soap, reference="two", photo_key="p")
    assert repeats.twin(conn, mine, "2026-11-02", None, lines, second) == first
    used = repeats.photo_use(conn, "p", first)
    assert used is not None
    assert used.sale_id == second


@in_transaction
def test_a_member_finds_the_own_sales_that_wait(conn: Connection) -> None:
    mine, other = join(conn, [None, None])
    soap, tea = stock(conn)
    first = sell(conn, mine, soap, reference="one")
    second = sell(conn, mine, tea, reference="two")
    third = sell(conn, mine, tea, reference="three")
    sell(conn, other, tea, reference="four")
    assert decision.decide(conn, second, "waiting", "rejected", 7, LATER, plan=NO_PLAN)
    assert [sale.id for sale in sales.waiting_of(conn, mine, 5)] == [third, first]
    assert [sale.id for sale in sales.waiting_of(conn, mine, 1)] == [third]


@in_transaction
def test_the_products_of_a_sale_are_found_though_one_is_no_longer_sold(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, tea = stock(conn)
    sale = sell(conn, mine, soap)
    assert change(conn, sale, 1, [SaleLine(soap, 1, 50_000), SaleLine(tea, 1, 25_000)])
    conn.execute(text("UPDATE products SET active = 0 WHERE id = :id"), {"id": soap.id})
    assert products.of_sale(conn, sale, date(2026, 11, 1)) == {soap.id: soap, tea.id: tea}


@in_transaction
def test_lines_are_entered_in_their_order(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, tea = stock(conn)
    sale = sell(conn, mine, soap)
    sales.add_lines(conn, sale, [SaleLine(tea, 1, 25_000)])
    assert [line.product_id for line in sales.lines_of(conn, sale)] == [soap.id, tea.id]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sale_versions SET total = 1",
        "DELETE FROM sale_versions",
        "UPDATE sale_version_lines SET quantity = 1",
        "DELETE FROM sale_version_lines",
    ],
)
async def test_a_former_state_is_never_changed_or_deleted(
    database: Database, statement: str
) -> None:
    def unit(conn: Connection) -> None:
        (mine,) = join(conn, [None])
        soap, tea = stock(conn)
        assert change(conn, sell(conn, mine, soap), 1, [SaleLine(tea, 1, 25_000)])
        conn.execute(text(statement))

    with pytest.raises(DBAPIError, match="never changed or deleted"):
        await database.write(unit)
