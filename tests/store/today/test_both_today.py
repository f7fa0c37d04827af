"""The list of a day on both engines: what it is made of, who stood on it, when it goes out."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, text

from bot.company import load_company
from bot.core.customers.customer_keys import name_key
from bot.core.today.customer_facts import ListedCustomer, Named
from bot.services.today import making
from bot.services.today.list_clock import give_hour
from bot.store.customers import customer_details, customers
from bot.store.db.database import Database
from bot.store.sales import sales
from bot.store.today import customer_purchases, today_clocks, today_items
from bot.system.number_keys import NumberKeys
from tests.stage import SAMPLE
from tests.store.both import (
    ACCOUNT,
    MONTH,
    START,
    ZONE,
    in_transaction,
    join,
    of_one_kind,
    sell,
    stock,
)

TODAY = date(2026, 11, 20)
EIGHT = datetime.combine(TODAY, time(8), ZoneInfo(ZONE))
COMPANY = load_company(SAMPLE)


def enter(conn: Connection, member_id: int, *names: str) -> list[int]:
    return [customers.add(conn, member_id, each, name_key(each), START) for each in names]


@in_transaction
def test_purchases_leave_out_void_sales_returns_and_the_forgotten(conn: Connection) -> None:
    (seller, other) = join(conn, [None, 1])
    soap, tea = stock(conn)
    ani, tini, gone = enter(conn, seller, "Bu Ani", "Bu Tini", "Bu Lupa")
    (stranger,) = enter(conn, other, "Bu Ani")
    kept = sell(conn, seller, soap, reference="a", customer_id=ani)
    back = sell(conn, seller, tea, reference="b", customer_id=ani, sold_on="2026-11-05")
    void = sell(conn, seller, soap, reference="c", customer_id=tini)
    sell(conn, seller, soap, reference="d", customer_id=gone)
    sell(conn, seller, soap, reference="e")
    sell(conn, other, soap, reference="f", customer_id=stranger)
    conn.execute(text("UPDATE sales SET status = 'void' WHERE id = :id"), {"id": void})
    conn.execute(
        text("UPDATE customers SET name_key = 'erased:' || name_key WHERE id = :id"), {"id": gone}
    )
    conn.execute(
        text("""
            INSERT INTO returns (reference, sale_id, state, came_on, saleable, reason, amount,
              goods, points, bonus_value, refund, asked_at, asked_by)
            VALUES ('r', :sale, 'waiting', '2026-11-06', 1, '', 1, 1, 0, 0, 0, 1, 1)
        """),
        {"sale": back},
    )
    conn.execute(
        text("""
            INSERT INTO return_lines (return_id, sale_line_id, quantity, amount)
            SELECT r.id, l.id, 1, 1 FROM returns AS r JOIN sale_lines AS l ON l.sale_id = r.sale_id
        """)
    )
    found = customer_purchases.purchases_of(conn, seller, date(2026, 11, 1))
    of_one_kind(found)
    assert {(one.customer_id, one.product_id, one.quantity) for one in found} == {
        (ani, soap.id, 2),
        (ani, tea.id, 1),
    }
    assert customer_purchases.purchases_of(conn, seller, date(2026, 12, 1)) == []
    assert customer_purchases.last_sale_to(conn, seller, ani) == back != kept
    assert customer_purchases.last_sale_to(conn, seller, tini) is None
    assert customer_purchases.last_sale_to(conn, other, ani) is None
    latest = customer_purchases.latest_orders_of(conn, seller, ani, soap.id)
    of_one_kind(latest)
    assert latest[0].pieces >= 1
    assert customer_purchases.latest_orders_of(conn, other, ani, soap.id) == []
    assert customer_purchases.last_days(conn, seller, date(2026, 11, 3)) == {
        ani: date(2026, 11, 5)
    }
    names = customer_purchases.names_of(conn, seller, [ani, gone, stranger])
    assert names == {ani: "Bu Ani"}
    assert customer_purchases.product_names(conn, [soap.id]) == {soap.id: soap.name}
    assert customer_purchases.has_customers(conn, seller)
    assert customer_purchases.lasting(conn) == {}
    conn.execute(text("UPDATE products SET lasts_days = 30 WHERE id = :id"), {"id": soap.id})
    assert customer_purchases.lasting(conn) == {soap.id: 30}


@in_transaction
def test_customers_who_were_put_together_are_one(conn: Connection) -> None:
    (seller, other) = join(conn, [None, 1])
    soap, _ = stock(conn)
    ani, anni = enter(conn, seller, "Bu Ani", "Bu Anni 081234567890")
    sell(conn, seller, soap, reference="a", customer_id=ani)
    sell(conn, seller, soap, reference="b", customer_id=anni, sold_on="2026-11-12")
    assert customer_details.number_of(conn, NumberKeys(), seller, anni) == "+6281234567890"
    assert customer_details.number_of(conn, NumberKeys(), seller, ani) == ""
    day = TODAY - timedelta(days=1)
    today_items.put(conn, seller, [Named(anni, "silent", "2026-11-12", 1)], day, START)
    assert today_items.decide(conn, seller, anni, "silent", "never")
    customer_details.set_birthday(conn, seller, anni, "11-20", START)
    customer_details.set_birthday(conn, seller, ani, "11-21", START)
    customers.merge(conn, seller, ani, anni, START)
    bought = customer_purchases.purchases_of(conn, seller, date(2026, 11, 1))
    assert {one.customer_id for one in bought} == {ani}
    noted = customer_purchases.noted_details(conn, seller)
    assert customer_purchases.noted_of(conn, seller, list(noted)) == noted
    assert customer_purchases.noted_of(conn, other, list(noted)) == {}
    assert customer_purchases.noted_of(conn, seller, []) == {}
    of_one_kind(noted)
    assert {who: one.birthday for who, one in noted.items()} == {ani: "11-21"}
    (row,) = today_items.past(conn, seller, TODAY)
    assert row == ListedCustomer(ani, "silent", "2026-11-12", day, "never")
    (refused,) = today_items.refused(conn, seller, 9)
    assert (refused.customer_id, refused.name, refused.reason) == (ani, "Bu Ani", "silent")
    assert today_items.decide(conn, seller, ani, "silent", "shown")
    assert today_items.refused(conn, seller, 9) == []


@in_transaction
def test_the_list_of_a_day_is_made_once_and_keeps_its_order(conn: Connection) -> None:
    (seller, other) = join(conn, [None, 1])
    soap, _ = stock(conn)
    ani, tini = enter(conn, seller, "Bu Ani", "Bu Tini")
    sell(conn, seller, soap, reference="a", customer_id=ani, sold_on="2026-11-18")
    customer_details.set_birthday(conn, seller, tini, "11-20", START)
    assert making.open_count(conn, seller, TODAY) == 2
    assert today_items.of_day(conn, seller, TODAY) == []
    listed = making.list_of(conn, seller, TODAY, EIGHT)
    of_one_kind(listed)
    assert [(one.customer_id, one.reason) for one in listed] == [
        (tini, "birthday"),
        (ani, "after_days"),
    ]
    customer_details.set_wish(conn, seller, ani, "teh", "2026-11-20", START)
    assert making.list_of(conn, seller, TODAY, EIGHT + timedelta(hours=1)) == listed
    assert today_items.decide(conn, seller, ani, "after_days", "later", date(2026, 11, 23))
    assert not today_items.decide(conn, other, ani, "after_days", "never")
    assert making.open_count(conn, seller, TODAY) == 1
    today_items.decide_all(conn, seller, TODAY)
    states = [one.state for one in making.list_of(conn, seller, TODAY, EIGHT)]
    assert states == ["done", "later"]
    assert making.made(conn, seller, TODAY + timedelta(days=1)) == ()
    back = making.list_of(conn, seller, date(2026, 11, 23), EIGHT + timedelta(days=3))
    assert [(one.customer_id, one.state) for one in back] == [(ani, "shown")]


@in_transaction
def test_a_refused_reason_is_not_written_over(conn: Connection) -> None:
    (seller,) = join(conn, [None])
    (ani,) = enter(conn, seller, "Bu Ani")
    named = [Named(ani, "wish", "2026-11-20", 1)]
    today_items.put(conn, seller, named, TODAY, START)
    today_items.decide(conn, seller, ani, "wish", "never")
    today_items.put(conn, seller, named, TODAY + timedelta(days=40), START)
    (row,) = today_items.past(conn, seller, TODAY)
    assert (row.state, row.shown_on) == ("never", TODAY)


@in_transaction
def test_a_clock_goes_for_who_has_customers_and_wants_it(conn: Connection) -> None:
    (seller, other) = join(conn, [None, 1])
    assert today_clocks.unenrolled(conn, 9) == []
    enter(conn, seller, "Bu Ani")
    assert today_clocks.unenrolled(conn, 9) == [(seller, ZONE)]
    assert today_clocks.clock_of(conn, seller) is None
    give_hour(conn, COMPANY, seller, ZONE, EIGHT - timedelta(hours=1))
    today_clocks.hold(conn, seller)
    assert today_clocks.unenrolled(conn, 9) == []
    assert today_clocks.due_lists(conn, EIGHT - timedelta(seconds=1), 9) == []
    (due,) = today_clocks.due_lists(conn, EIGHT, 9)
    of_one_kind(due)
    assert (due.member_id, due.hour, due.user_id) == (seller, "08:00", ACCOUNT + 1)
    assert today_clocks.move_clock(conn, due, EIGHT + timedelta(days=1))
    assert not today_clocks.move_clock(conn, due, EIGHT + timedelta(days=2))
    reader = today_clocks.list_reader(conn, seller)
    of_one_kind(reader)
    assert reader is not None
    assert reader.user_id == ACCOUNT + 1
    today_clocks.want(conn, seller, wanted=False, at=EIGHT)
    (refused,) = today_clocks.due_lists(conn, EIGHT + timedelta(days=1), 9)
    assert refused.user_id is None
    assert today_clocks.list_reader(conn, seller) is None
    today_clocks.set_clock(conn, seller, "19:30", EIGHT, EIGHT)
    clock = today_clocks.clock_of(conn, seller)
    assert clock is not None
    assert (clock.hour, clock.wanted) == ("19:30", True)
    today_clocks.enrol(conn, seller, "08:00", EIGHT)
    assert today_clocks.clock_of(conn, seller) == clock
    conn.execute(text("UPDATE members SET active = 0 WHERE id = :id"), {"id": seller})
    assert today_clocks.list_reader(conn, seller) is None
    assert today_clocks.list_reader(conn, other) is None
    assert today_clocks.list_key(7, "2026-11-20") == "today:7:2026-11-20"


async def test_a_void_sale_reminds_of_nobody(database: Database) -> None:
    def unit(conn: Connection) -> None:
        (seller,) = join(conn, [None])
        soap, _ = stock(conn)
        (ani,) = enter(conn, seller, "Bu Ani")
        sale = sell(conn, seller, soap, customer_id=ani, sold_on="2026-11-18")
        assert making.open_count(conn, seller, TODAY) == 1
        void = ("waiting", "void", MONTH, None, None)
        assert sales.set_status(conn, sale, *void, point_value=None)
        assert making.open_count(conn, seller, TODAY) == 0

    await database.write(unit)


async def test_a_list_of_very_many_customers_is_not_made_for_the_menu(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "COUNTED_CUSTOMERS_MAX", 1)

    def unit(conn: Connection) -> None:
        (seller,) = join(conn, [None])
        soap, _ = stock(conn)
        ani, _ = enter(conn, seller, "Bu Ani", "Bu Tini")
        sell(conn, seller, soap, customer_id=ani, sold_on="2026-11-18")
        assert making.open_count(conn, seller, TODAY) == 0
        assert len(making.list_of(conn, seller, TODAY, EIGHT)) == 1
        assert making.open_count(conn, seller, TODAY) == 1

    await database.write(unit)
