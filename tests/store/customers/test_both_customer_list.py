"""A seller's customers, the last buyer first, and what each has bought."""

from sqlalchemy import Connection

from bot.company.model import NO_PLAN
from bot.core.returns.pieces import figures_of
from bot.services.sales import decision
from bot.store.customers import customer_list, customers
from bot.store.customers.customer_list import BoughtSaleRow, BuyerRow, EntryRow
from bot.store.returns import returns
from bot.store.sales import sales
from tests.store.both import MONTH, START, in_transaction, join, sell, stock


def _add(conn: Connection, member_id: int, name: str) -> int:
    return customers.add(conn, member_id, name, name.lower(), START)


@in_transaction
def test_who_bought_last_comes_first_and_two_who_are_one_count_once(conn: Connection) -> None:
    mine, other = join(conn, [None, 1])
    soap, _ = stock(conn)
    ani, budi, anni = (_add(conn, mine, name) for name in ("Bu Ani", "Pak Budi", "Bu Anni"))
    theirs = _add(conn, other, "Bu Ani")
    sell(conn, mine, soap, reference="1", customer_id=ani, sold_on="2026-11-02")
    late = sell(conn, mine, soap, reference="2", customer_id=anni, sold_on="2026-11-05")
    gone = sell(conn, mine, soap, reference="3", customer_id=budi, sold_on="2026-11-07")
    sell(conn, other, soap, reference="4", customer_id=theirs, sold_on="2026-11-09")
    assert decision.decide(conn, gone, "waiting", "void", None, START, plan=NO_PLAN)
    assert decision.decide(conn, late, "waiting", "approved", None, START, plan=NO_PLAN)
    page = customer_list.page_of_buyers(conn, mine, rows=9, skip=0)
    assert page == [
        BuyerRow(anni, "Bu Anni", "2026-11-05"),
        BuyerRow(ani, "Bu Ani", "2026-11-02"),
        BuyerRow(budi, "Pak Budi", ""),
    ]
    assert customer_list.page_of_buyers(conn, mine, rows=1, skip=1) == page[1:2]
    assert customer_list.count_of(conn, mine) == 3
    customers.merge(conn, mine, ani, anni, START)
    assert customer_list.page_of_buyers(conn, mine, rows=9, skip=0) == [
        BuyerRow(ani, "Bu Ani", "2026-11-05"),
        BuyerRow(budi, "Pak Budi", ""),
    ]
    assert customer_list.count_of(conn, mine) == 2
    assert {each.key for each in customer_list.entries(conn, mine, 9)} == {
        "bu ani", "bu anni", "pak budi",
    }  # fmt: skip
    assert customer_list.entries(conn, mine, 1) == [EntryRow(ani, "Bu Ani", "bu anni", "")]
    assert customer_list.times_bought(conn, mine, ani) == 2
    assert customer_list.times_bought(conn, mine, budi) == 0
    assert customer_list.times_by_customer(conn, mine) == {ani: 2}
    assert customer_list.times_bought(conn, other, ani) == 0


@in_transaction
def test_the_purchases_of_a_customer_say_what_came_back(conn: Connection) -> None:
    mine, other = join(conn, [None, 1])
    soap, _ = stock(conn)
    ani = _add(conn, mine, "Bu Ani")
    sale = sell(conn, mine, soap, customer_id=ani)
    (line,) = sales.lines_of(conn, sale)
    bought = BoughtSaleRow(sale, "2026-11-02", 100_000, 0, "waiting")
    assert customer_list.sales_to(conn, mine, ani, 9) == [bought]
    assert customer_list.sales_to(conn, mine, ani, 0) == []
    assert customer_list.sales_to(conn, other, ani, 9) == []
    (row,) = customer_list.lines_of_sales(conn, [sale])
    assert (row.name, row.quantity, row.kept, row.amount) == ("Sabun Sereh", 2, 2, 100_000)
    assert row.product_id == line.product_id
    assert customer_list.lines_of_sales(conn, []) == []
    sold = returns.sold_pieces(conn, sale)
    back = returns.add(
        conn, sale, figures_of(sold, [(sold[0].line_id, 1)], {}),
        reference="back", came_on="2026-11-05", reason="", refund=0, by=1, at=START,
    )  # fmt: skip
    assert customer_list.sales_to(conn, mine, ani, 9)[0].back == 0
    assert returns.confirm(conn, back, MONTH, note="", by=1, at=START)
    assert customer_list.sales_to(conn, mine, ani, 9)[0].back == 50_000
    assert customer_list.lines_of_sales(conn, [sale])[0].kept == 1
