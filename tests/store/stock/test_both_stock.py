"""A member's own stock and the office's deliveries, on SQLite and on PostgreSQL."""

from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from bot.core.stock.stock_levels import StockLevel
from bot.store.customers import customers
from bot.store.db.database import Database
from bot.store.stock import delivered_goods, stock_moves, stock_notes, stock_sums
from bot.store.stock.delivered_goods import DeliveredGoods
from tests.store.both import DAY, START, in_transaction, join, of_one_kind, sell, stock
from tests.store.stock.history import FIRST_DAY, Event, by_hand, enter

TODAY = date(2026, 11, 23)
NOON = START + timedelta(hours=6)


def _note(
    conn: Connection, member_id: int, product_id: int, quantity: int, **more: object
) -> bool:
    facts = {"kind": "bought", "day": "2026-11-01", "reference": "n1", "at": START, **more}
    return stock_notes.add(conn, member_id, product_id, quantity=quantity, **facts)  # type: ignore[arg-type]  # as each test gives them


@in_transaction
def test_a_note_counts_once_however_often_it_is_made(conn: Connection) -> None:
    mine, other = join(conn, [None, 1])
    soap, tea = stock(conn)
    assert _note(conn, mine, soap.id, 7)
    assert not _note(conn, mine, soap.id, 7)
    assert stock_sums.levels(conn, mine, TODAY) == {
        soap.id: StockLevel(soap.id, 7, came=7, counted_on=None)
    }
    assert stock_sums.levels(conn, mine, TODAY, tea.id) == {}
    assert stock_sums.levels(conn, other, TODAY) == {}
    note = stock_notes.by_reference(conn, mine, "n1")
    assert note is not None
    of_one_kind(note, stock_sums.levels(conn, mine, TODAY), stock_notes.own(conn, mine, note.id))
    assert stock_notes.own(conn, mine, note.id) == note
    assert stock_notes.own(conn, other, note.id) is None
    assert stock_notes.by_reference(conn, other, "n1") is None
    assert not stock_notes.undo(conn, other, note.id, NOON)
    assert stock_notes.undo(conn, mine, note.id, NOON)
    assert not stock_notes.undo(conn, mine, note.id, NOON)
    assert stock_sums.levels(conn, mine, TODAY) == {}


@in_transaction
def test_a_count_sets_the_figure_and_the_day_before_it_no_longer_matters(
    conn: Connection,
) -> None:
    (mine,) = join(conn, [None])
    soap, _ = stock(conn)
    customer = customers.add(conn, mine, "Bu Ani", "bu ani", START)
    _note(conn, mine, soap.id, 20)
    sell(conn, mine, soap, customer_id=customer)
    day = "2026-11-03"
    _note(conn, mine, soap.id, 5, kind="counted", day=day, reference="n2", at=NOON, expected=18)
    sell(conn, mine, soap, reference="late", customer_id=customer, sold_on="2026-11-02")
    assert stock_sums.levels(conn, mine, TODAY)[soap.id].left == 5
    sell(conn, mine, soap, reference="after", customer_id=customer, sold_on="2026-11-04")
    level = stock_sums.levels(conn, mine, TODAY)[soap.id]
    assert (level.left, level.came, level.sold, level.used) == (3, 5, 2, 0)
    assert level.counted_on == date(2026, 11, 3)
    assert (level.sold_lately, level.first_lately) == (6, date(2026, 11, 2))
    moves = stock_moves.latest(conn, mine, soap.id, 3)
    assert [(each.kind, each.quantity, each.expected) for each in moves] == [
        ("sold", 2, 0),
        ("counted", 5, 18),
        ("sold", 2, 0),
    ]
    of_one_kind(moves)
    assert stock_sums.paces(conn, mine, TODAY)[soap.id].sold_lately == 6
    assert stock_sums.paces(conn, mine, TODAY + timedelta(days=120)) == {}


@in_transaction
def test_articles_come_by_name(conn: Connection) -> None:
    soap, tea = stock(conn)
    assert [each.name for each in stock_sums.articles(conn, [tea.id, soap.id])] == [
        "Sabun Sereh",
        "Teh Hijau",
    ]
    assert stock_sums.articles(conn, []) == []
    assert [each.sku for each in delivered_goods.listed_articles(conn)] == ["SABUN", "TEH"]


@in_transaction
def test_the_same_document_twice_counts_once_and_a_later_list_corrects_it(
    conn: Connection,
) -> None:
    mine, other = join(conn, [None, 1])
    soap, tea = stock(conn)
    first = DeliveredGoods(mine, soap.id, 20, "2026-11-20", "SJ-1")
    theirs = DeliveredGoods(other, soap.id, 3, "2026-11-20", "SJ-1")
    nothing = DeliveredGoods(mine, tea.id, 0, "2026-11-20", "SJ-1")
    assert delivered_goods.state_of(conn, first) == "added"
    done = delivered_goods.apply(conn, [first, theirs, nothing], START)
    assert done == {"added": [first, theirs], "changed": [], "same": [nothing]}
    assert delivered_goods.apply(conn, [first, theirs], NOON)["same"] == [first, theirs]
    assert stock_sums.levels(conn, mine, TODAY)[soap.id].left == 20
    fewer = DeliveredGoods(mine, soap.id, 12, "2026-11-20", "SJ-1")
    assert delivered_goods.state_of(conn, fewer) == "changed"
    assert delivered_goods.apply(conn, [fewer], NOON)["changed"] == [fewer]
    assert stock_sums.levels(conn, mine, TODAY)[soap.id].left == 12
    gone = DeliveredGoods(mine, soap.id, 0, "2026-11-20", "SJ-1")
    assert delivered_goods.apply(conn, [gone], NOON)["changed"] == [gone]
    assert delivered_goods.apply(conn, [gone], NOON)["same"] == [gone]
    assert stock_sums.levels(conn, mine, TODAY) == {}
    assert delivered_goods.apply(conn, [first], NOON)["changed"] == [first]
    assert stock_sums.levels(conn, mine, TODAY)[soap.id].left == 20
    note = stock_notes.by_reference(conn, mine, first.reference)
    assert note is not None
    assert note.document == "SJ-1"
    assert not stock_notes.undo(conn, mine, note.id, NOON)
    assert stock_sums.levels(conn, other, TODAY)[soap.id].left == 3


@in_transaction
def test_each_delivery_and_each_correction_is_told_once(conn: Connection) -> None:
    mine, other = join(conn, [None, 1])
    soap, _ = stock(conn)
    goods = [DeliveredGoods(each, soap.id, 20, "2026-11-20", "SJ-1") for each in (mine, other)]
    delivered_goods.apply(conn, goods, START)
    assert delivered_goods.untold_members(conn, 1) == [mine]
    assert delivered_goods.untold_members(conn, 9) == [mine, other]
    (told,) = delivered_goods.take_untold(conn, mine, START)
    assert told[1:] == (soap.id, "Sabun Sereh", 20, "2026-11-20", "SJ-1")
    assert delivered_goods.take_untold(conn, mine, START) == []
    assert delivered_goods.untold_members(conn, 9) == [other]
    delivered_goods.apply(conn, goods, NOON)
    assert delivered_goods.untold_members(conn, 9) == [other]
    fewer = DeliveredGoods(mine, soap.id, 12, "2026-11-20", "SJ-1")
    delivered_goods.apply(conn, [fewer], NOON)
    assert [each.quantity for each in delivered_goods.take_untold(conn, mine, NOON)] == [12]


@in_transaction
def test_members_are_found_by_code_and_number_until_they_leave(conn: Connection) -> None:
    mine, other = join(conn, [None, 1])
    conn.execute(text("UPDATE members SET number = 'M-7' WHERE id = :id"), {"id": other})
    named = ["C0000001", "M-7", "C0000002", "XYZ"]
    found = {"C0000001": mine, "C0000002": other, "M-7": other}
    assert delivered_goods.members_named(conn, named) == found
    assert delivered_goods.members_named(conn, []) == {}


@in_transaction
def test_the_start_of_an_article_is_worked_out_anew(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, _ = stock(conn)
    _note(conn, mine, soap.id, 5)
    conn.execute(text("UPDATE stock_starts SET day = '2027-01-01'"))
    stock_notes.begin_anew(conn, mine, soap.id)
    assert stock_sums.levels(conn, mine, TODAY)[soap.id].left == 5


@in_transaction
def test_a_delivery_without_a_document_is_never_stored(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, _ = stock(conn)
    with pytest.raises(IntegrityError):
        _note(conn, mine, soap.id, 5, kind="delivered")


@pytest.mark.parametrize("seed", range(6))
async def test_any_order_of_events_adds_up(database: Database, seed: int) -> None:
    chance = Random(seed)
    kinds = ["bought", "counted", "found", "undone", "sold", "used", "void", "back", "damaged"]
    events = [
        Event(chance.choice(kinds), chance.randint(1, 30), chance.randint(0, 9))  # type: ignore[arg-type]  # one of the kinds
        for _ in range(30)
    ]

    def unit(conn: Connection) -> int:
        (mine,) = join(conn, [None])
        soap, _ = stock(conn)
        customer = customers.add(conn, mine, "Bu Ani", "bu ani", START)
        enter(conn, mine, soap, customer, events)
        return stock_sums.levels(conn, mine, FIRST_DAY + 20 * DAY)[soap.id].left

    assert await database.write(unit) == by_hand(events)
