"""Goods, sales, money and counters, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from bot.company.model import NO_PLAN
from bot.core.sales.sales import SaleLine
from bot.services.sales import decision
from bot.store.bonus import statements
from bot.store.customers import customers
from bot.store.ledger import ledger, ledger_audit, volumes
from bot.store.members import office
from bot.store.products import price_list, products
from bot.store.proof import recount
from bot.store.sales import repeats, sales
from bot.store.sales.repeats import PhotoUse
from bot.store.team import legs, sizes
from tests.store.both import (
    ACCOUNT,
    ARTICLES,
    DAY,
    MONTH,
    START,
    in_transaction,
    join,
    of_one_kind,
    sell,
    stock,
)


@in_transaction
def test_a_price_list_adds_and_changes_and_leaves_the_rest(conn: Connection) -> None:
    assert price_list.compare(conn, ARTICLES).added == ("SABUN", "TEH")
    assert price_list.apply_list(conn, ARTICLES, START).added == ("SABUN", "TEH")
    dearer = replace(ARTICLES[0], retail_price=55_000, active=False)
    changes = price_list.apply_list(conn, [dearer], START)
    assert (changes.changed, changes.missing) == (("SABUN",), ("TEH",))
    assert price_list.compare(conn, [dearer]).same == ("SABUN",)
    listed = products.catalogue(conn)
    assert [product.name for product in listed] == ["Teh Hijau"]
    of_one_kind(listed)


@in_transaction
def test_customers_are_entered_once_and_come_back_in_the_order_of_buying(
    conn: Connection,
) -> None:
    (mine,) = join(conn, [None])
    soap, _ = stock(conn)
    ani = customers.add(conn, mine, "Bu Ani", "ani", START)
    budi = customers.add(conn, mine, "Pak Budi", "budi", START)
    assert customers.add(conn, mine, "Bu ANI", "ani", START) == ani
    found = customers.named(conn, mine, "budi")
    assert found is not None
    assert (found.id, found.name) == (budi, "Pak Budi")
    sell(conn, mine, soap, customer_id=ani)
    assert [row.id for row in customers.recent(conn, mine, 5)] == [ani, budi]


@in_transaction
def test_a_sale_moves_only_from_the_status_it_has(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, _ = stock(conn)
    sale = sell(conn, mine, soap)
    assert not sales.set_status(
        conn, sale, "approved", "void", MONTH, ACCOUNT, START, point_value=None
    )
    assert sales.set_status(
        conn, sale, "waiting", "rejected", MONTH, ACCOUNT, START, point_value=None
    )
    assert not sales.set_status(
        conn, sale, "waiting", "approved", MONTH, ACCOUNT, START, point_value=None
    )
    row = sales.by_id(conn, sale)
    assert row is not None
    assert (row.status, row.period) == ("rejected", MONTH)


@in_transaction
def test_a_sale_is_found_by_every_kind_of_search(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, tea = stock(conn)
    ani = customers.add(conn, mine, "Bu Ani", "ani", START)
    first = sell(conn, mine, soap, reference="one", customer_id=ani, photo_key="p")
    second = sell(conn, mine, tea, reference="two")
    row = sales.by_id(conn, first)
    assert row is not None
    of_one_kind(row)
    assert row == sales.by_reference(conn, "one")
    assert (row.customer, row.total, row.goods, row.points) == ("Bu Ani", 100_000, 80_000, 10)
    assert row.logged_at == START + DAY
    assert [each.id for each in sales.latest_of(conn, mine, 2**62, 5)] == [second, first]
    assert [each.id for each in sales.waiting(conn, 0, 5)] == [first, second]
    assert sales.waiting_count(conn) == 2 == sales.waiting_for(conn, ACCOUNT + 9)
    assert sales.waiting_for(conn, ACCOUNT + 1) == 0
    (line,) = sales.lines_of(conn, first)
    assert (line.name, line.quantity, line.amount) == (soap.name, 2, 100_000)
    assert repeats.photo_use(conn, "p") == PhotoUse(first, mine)
    assert repeats.photo_use(conn, "") is None
    assert repeats.twin(conn, mine, "2026-11-02", ani, [SaleLine(soap, 2, 1)]) == first
    assert repeats.twin(conn, mine, "2026-11-02", None, [SaleLine(tea, 2, 1)]) == second
    assert repeats.twin(conn, mine, "2026-11-02", ani, [SaleLine(soap, 3, 1)]) is None
    assert products.favourites(conn, mine, 3) == [tea.id, soap.id]
    assert office.day_of(conn, mine, date(2026, 11, 2)) == (2, 2, 150_000)


@in_transaction
def test_an_approved_sale_moves_money_and_counters_and_a_voided_one_moves_them_back(
    conn: Connection,
) -> None:
    upline, mine = join(conn, [None, 1])
    soap, _ = stock(conn)
    sale = sell(conn, mine, soap)
    assert decision.decide(conn, sale, "waiting", "approved", 7, START, plan=NO_PLAN)
    assert not decision.decide(conn, sale, "waiting", "approved", 7, START, plan=NO_PLAN)
    assert ledger.balance(conn, f"member:{mine}:trade") == 20_000
    month = statements.month(conn, mine, MONTH)
    assert month is not None
    assert (month.own_sales, month.own_points, month.own_profit) == (100_000, 10, 20_000)
    assert month.own_count == 1
    (leg,) = legs.direct(conn, upline, MONTH, rows=5, skip=0)
    assert (leg.own_count, leg.group_points) == (1, 10)
    assert ledger_audit.audit(conn) == [] == recount.audit_volumes(conn, "Asia/Jakarta")
    assert decision.decide(conn, sale, "approved", "void", 7, START, plan=NO_PLAN)
    assert ledger.balance(conn, f"member:{mine}:trade") == 0
    assert ledger_audit.audit(conn) == [] == recount.audit_volumes(conn, "Asia/Jakarta")


@in_transaction
def test_a_posting_counts_once_and_is_reversed_once(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, _ = stock(conn)
    sale = sell(conn, mine, soap)
    buyers = ledger.house_account(conn, ledger.CUSTOMERS)
    trade = ledger.trade_account(conn, mine)
    assert trade == ledger.trade_account(conn, mine) != buyers
    posting = ledger.Posting("p", buyers, trade, 9_000_000_000, sale, MONTH)
    assert ledger.post(conn, posting, START)
    assert not ledger.post(conn, posting, START)
    assert ledger.balance(conn, f"member:{mine}:trade") == 9_000_000_000
    faults = ledger_audit.audit(conn)
    assert len(faults) == 1
    assert "come to 9000000000 paid and 0 for goods, not 0 and 0" in faults[0]
    assert ledger.reverse_sale(conn, sale, START) == 1
    assert ledger.reverse_sale(conn, sale, START) == 0
    assert ledger_audit.audit(conn) == []


@in_transaction
def test_a_statement_shows_what_moved_and_what_is_pending(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, tea = stock(conn)
    sale = sell(conn, mine, soap, reference="one")
    decision.decide(conn, sale, "waiting", "approved", 7, START, plan=NO_PLAN)
    sell(conn, mine, tea, reference="two")
    (line,) = statements.movements(conn, mine, rows=5, skip=0)
    of_one_kind(line)
    assert (line.account, line.sale_id, line.amount, line.cancels) == ("trade", sale, 20_000, 0)
    assert line.at == START
    assert statements.movements(conn, mine, rows=5, skip=1) == []
    pending = statements.waiting(conn, mine, MONTH, "2026-11-01")
    of_one_kind(pending)
    assert (pending.waiting_count, pending.waiting, pending.customers) == (1, 50_000, 0)
    assert statements.wallet(conn, mine, START.date()) is None
    assert statements.month(conn, mine, "2026-10") is None


@in_transaction
def test_a_long_sponsor_line_is_climbed_and_counted_to_its_top(conn: Connection) -> None:
    ids = join(conn, [None, 1, 2, 3])
    volumes.add_sale(
        conn,
        ids[3],
        MONTH,
        sales=5_000_000_000,
        points=7,
        profit=1,
        bonus=9,
        to_customer=True,
        point_value=0,
        sign=1,
    )
    top = legs.figures_of(conn, "C0000001", MONTH)
    assert top is not None
    of_one_kind(top)
    assert (top.size, top.team_joined, top.team_active) == (3, 3, 1)
    assert (top.group_sales, top.own_count, top.sponsor_code) == (5_000_000_000, 0, None)
    assert legs.in_team(conn, ids[3], ids[0])
    assert not legs.in_team(conn, ids[0], ids[3])
    assert legs.figures_of(conn, "NOBODY00", MONTH) is None
    volumes.add_sale(
        conn,
        ids[3],
        MONTH,
        sales=5_000_000_000,
        points=7,
        profit=1,
        bonus=9,
        sign=-1,
        to_customer=True,
        point_value=0,
    )
    again = legs.figures_of(conn, "C0000001", MONTH)
    assert again is not None
    assert (again.group_sales, again.team_active) == (0, 0)


@in_transaction
def test_a_recount_finds_what_a_counter_lost(conn: Connection) -> None:
    ids = join(conn, [None, 1])
    fresh = recount.recount(conn, "Asia/Jakarta")
    assert fresh.teams[ids[0]] == recount.Team(1, 1)
    assert recount.audit_volumes(conn, "Asia/Jakarta") == []
    sizes.joined(conn, ids[1], ids[0], MONTH)
    faults = recount.audit_volumes(conn, "Asia/Jakarta")
    assert f"teams of member {ids[0]}: size is 2, should be 1" in faults
