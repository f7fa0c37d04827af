"""The queue of sales and what they are compared with, on both engines."""

from datetime import date

from sqlalchemy import Connection

from bot.company.model import NO_PLAN
from bot.core.sales.sales import SaleLine
from bot.services.sales import decision
from bot.store.customers import customers
from bot.store.products import prices
from bot.store.products.prices import PriceTerms, Terms
from bot.store.receipts import past_quantities, waiting_queue
from bot.store.receipts.waiting_queue import WaitingSeller
from bot.store.sales import sales
from tests.store.both import ACCOUNT, START, in_transaction, join, of_one_kind, sell, stock


@in_transaction
def test_the_next_sale_is_another_ones_and_after_the_last_comes_the_first(
    conn: Connection,
) -> None:
    mine, other = join(conn, [None, None])
    soap, _ = stock(conn)
    first, own, last = (
        sell(conn, who, soap, reference=str(place))
        for place, who in enumerate((other, mine, other))
    )
    assert waiting_queue.next_after(conn, first, mine) == last
    assert waiting_queue.next_after(conn, last, mine) == first
    assert waiting_queue.next_after(conn, first, 0) == own
    assert waiting_queue.next_after(conn, own, other) is None
    assert decision.decide(conn, last, "waiting", "approved", ACCOUNT, START, plan=NO_PLAN)
    assert waiting_queue.next_after(conn, first, mine) is None
    assert waiting_queue.next_after(conn, last, mine) == first


@in_transaction
def test_the_page_before_is_found_from_any_page(conn: Connection) -> None:
    (member,) = join(conn, [None])
    soap, _ = stock(conn)
    ids = [sell(conn, member, soap, reference=str(place)) for place in range(5)]
    assert waiting_queue.page_before(conn, 0, 2) is None
    assert waiting_queue.page_before(conn, ids[1], 2) == 0
    assert waiting_queue.page_before(conn, ids[3], 2) == ids[1]
    assert waiting_queue.page_before(conn, ids[0], 2) == 0


@in_transaction
def test_list_amounts_are_those_of_the_day_of_the_sale(conn: Connection) -> None:
    (member,) = join(conn, [None])
    soap, tea = stock(conn)
    dearer = PriceTerms("2026-11-05", Terms(soap.member_price, soap.retail_price + 5_000, 1, 1))
    prices.decide(conn, soap.id, dearer, by=ACCOUNT, at=START, today=date(2026, 11, 1))
    before = sell(conn, member, soap, reference="before", sold_on="2026-11-04")
    after = sell(conn, member, soap, reference="after", sold_on="2026-11-05")
    lines = [SaleLine(tea, 3, 1_000), SaleLine(soap, 1, 1_000)]
    assert waiting_queue.list_amounts(conn, before) == (2 * soap.retail_price,)
    assert waiting_queue.list_amounts(conn, after) == (2 * soap.retail_price + 10_000,)
    of_one_kind(waiting_queue.list_amounts(conn, after))
    sales.add_lines(conn, before, lines)
    found = waiting_queue.list_amounts(conn, before)
    assert found == (2 * soap.retail_price, 3 * tea.retail_price, soap.retail_price)


@in_transaction
def test_the_past_is_what_was_approved_by_the_pieces_of_a_sale(conn: Connection) -> None:
    mine, other = join(conn, [None, None])
    soap, tea = stock(conn)
    ani = customers.add(conn, mine, "Bu Ani", "ani", START)
    counted = [sell(conn, mine, soap, reference=f"m{n}", customer_id=ani) for n in range(3)]
    sales.add_lines(conn, counted[1], [SaleLine(soap, 5, 1_000), SaleLine(tea, 1, 1_000)])
    others = sell(conn, other, soap, reference="other")
    for sale in (*counted, others):
        assert decision.decide(conn, sale, "waiting", "approved", ACCOUNT, START, plan=NO_PLAN)
    sell(conn, mine, tea, reference="waits")
    assert past_quantities.seller_most(conn, mine, 10) == {soap.id: 7, tea.id: 1}
    of_one_kind(past_quantities.seller_most(conn, mine, 10)[soap.id])
    assert past_quantities.seller_most(conn, mine, 1) == {soap.id: 2}
    assert past_quantities.seller_most(conn, other, 10) == {soap.id: 2}
    assert past_quantities.of_article(conn, soap.id, 3) == [2, 5, 2]
    assert past_quantities.of_article(conn, tea.id, 3) == [1]
    assert past_quantities.of_article(conn, tea.id + 9, 3) == []


@in_transaction
def test_the_queue_of_one_seller_has_only_hers(conn: Connection) -> None:
    mine, other = join(conn, [None, None])
    soap, _ = stock(conn)
    one, two, three, four = (
        sell(conn, who, soap, reference=str(place))
        for place, who in enumerate((mine, other, other, mine))
    )
    assert [each.id for each in waiting_queue.page(conn, 0, 9)] == [one, two, three, four]
    assert [each.id for each in waiting_queue.page(conn, one, 9, mine)] == [four]
    assert [each.id for each in waiting_queue.page(conn, 0, 1, other)] == [two]
    assert (waiting_queue.count(conn), waiting_queue.count(conn, mine)) == (4, 2)
    assert waiting_queue.next_after(conn, one, 0, mine) == four
    assert waiting_queue.next_after(conn, four, 0, mine) == one
    assert waiting_queue.next_after(conn, one, mine, mine) is None
    assert waiting_queue.page_before(conn, three, 1, other) == two
    assert waiting_queue.page_before(conn, two, 1, other) == 0
    assert waiting_queue.page_before(conn, two, 1, mine) == 0
    assert decision.decide(conn, one, "waiting", "approved", ACCOUNT, START, plan=NO_PLAN)
    price = 2 * soap.retail_price
    assert waiting_queue.sellers(conn) == [
        WaitingSeller(other, "Mitra Ke-2", "C0000002", 2, 2 * price),
        WaitingSeller(mine, "Mitra Ke-1", "C0000001", 1, price),
    ]
    of_one_kind(waiting_queue.sellers(conn))
    assert waiting_queue.count(conn, 99) == 0
