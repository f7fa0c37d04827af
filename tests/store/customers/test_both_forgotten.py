"""A forgotten customer: no name anywhere, the sales stay, and no old copy brings it back."""

from datetime import timedelta

from sqlalchemy import Connection, text

from bot.store.backup import redoing
from bot.store.backup.erasure_file import ErasureList
from bot.store.customers import customer_details, customer_list, customers, forgotten
from bot.store.privacy import departures, erasing
from bot.store.proof import integrity
from bot.system.number_keys import NumberKeys
from tests.store.both import DAY, START, ZONE, in_transaction, join, sell, stock

KEY = b"a key of this test"
PHONE = "+6281234567890"


def _enter(conn: Connection, member_id: int, name: str) -> int:
    return customers.add(conn, member_id, name, name.lower(), START)


def _names(conn: Connection) -> list[str]:
    return list(conn.execute(text("SELECT name FROM customers ORDER BY id")).scalars())


def _forget(conn: Connection, member_id: int, customer_id: int) -> list[int]:
    ids = [entry.id for entry in forgotten.entries_of(conn, member_id, customer_id)]
    forgotten.blank(conn, ids)
    return ids


@in_transaction
def test_all_names_and_notes_go_and_every_sum_stays(conn: Connection) -> None:
    mine, other = join(conn, [None, 1])
    soap, _ = stock(conn)
    ani, anni, budi = (_enter(conn, mine, name) for name in ("Bu Ani", "Bu Anni", "Pak Budi"))
    theirs = _enter(conn, other, "Bu Ani")
    keys = NumberKeys()
    keys.make()
    for member_id, customer_id in ((mine, ani), (mine, budi), (other, theirs)):
        customer_details.set_phone(conn, keys, member_id, customer_id, PHONE, START)
    sale = sell(conn, mine, soap, customer_id=ani)
    customers.merge(conn, mine, ani, anni, START)
    conn.execute(
        text("""INSERT INTO today_items (customer_id, reason, member_id, shown_on, state, at)
                VALUES (:ani, 'birthday', :mine, '2026-11-02', 'shown', 1)"""),
        {"ani": ani, "mine": mine},
    )
    before = integrity.prove(conn, ZONE)
    assert forgotten.entries_of(conn, other, ani) == []
    assert _forget(conn, mine, ani) == [ani, anni]
    assert _names(conn) == [f"#{ani}", f"#{anni}", "Pak Budi", "Bu Ani"]
    assert customers.named(conn, mine, "bu ani") is None
    assert [one.id for one in customers.recent(conn, mine, 9)] == [budi]
    assert [one.id for one in customers.known_names(conn, mine, 9)] == [budi]
    assert [one.id for one in customer_list.page_of_buyers(conn, mine, rows=9, skip=0)] == [budi]
    assert [one.id for one in customer_list.entries(conn, mine, 9)] == [budi]
    assert customer_list.count_of(conn, mine) == 1
    assert customer_details.phone_of(conn, keys, mine, ani) == ""
    assert customer_details.phone_of(conn, keys, mine, budi) == PHONE
    assert customer_details.phone_of(conn, keys, other, theirs) == PHONE
    assert conn.execute(text("SELECT count(*) FROM today_items")).scalar_one() == 0
    total = conn.execute(text("SELECT total FROM sales WHERE id = :id"), {"id": sale})
    assert total.scalar_one() == 100_000
    assert integrity.prove(conn, ZONE) == before
    again = _enter(conn, mine, "Bu Ani")
    assert again not in {ani, anni}, "whoever comes back is a new customer"


@in_transaction
def test_a_restored_copy_forgets_again_unless_the_name_came_later(conn: Connection) -> None:
    mine, other = join(conn, [None, 1])
    ani, budi = _enter(conn, mine, "Bu Ani"), _enter(conn, mine, "Pak Budi")
    theirs = _enter(conn, other, "Bu Ani")
    late = customers.add(conn, mine, "Bu Yuli", "bu yuli", START + 2 * DAY)
    (seller,) = {each.seller for each in forgotten.entries_of(conn, mine, ani)}
    moment = (START + DAY).isoformat()
    keys = [departures.customer_key(KEY, seller, key) for key in ("bu ani", "bu yuli")]
    listed = ErasureList(KEY, customers=frozenset((key, moment) for key in keys))
    assert len(forgotten.entries_of_all(conn)) == 4
    assert redoing.erase_again(conn, listed, START) == 1
    assert redoing.erase_again(conn, listed, START) == 0
    assert _names(conn) == [f"#{ani}", "Pak Budi", "Bu Ani", "Bu Yuli"]
    assert {budi, theirs, late} == {entry.id for entry in forgotten.entries_of_all(conn)}
    assert departures.customer_key(b"", seller, "bu ani") == ""


@in_transaction
def test_a_list_that_is_made_anew_names_who_was_erased_before(conn: Connection) -> None:
    _, second = join(conn, [None, 1])
    assert redoing.erased_before(conn) == frozenset()
    departures.leave(conn, second, "2026-11", START)
    assert erasing.erase_member(conn, second, "account", "phone", START)
    (found,) = redoing.erased_before(conn)
    assert (found.member_id, found.account_key, found.phone_key) == (second, "account", "phone")


@in_transaction
def test_details_are_kept_while_a_customer_buys_or_is_written_to(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, _ = stock(conn)
    names = ("Bu Ani", "Bu Anni", "Pak Budi", "Bu Citra", "Bu Dian", "Bu Eka", "Bu Fitri")
    ani, anni, budi, citra, dian, eka, fitri = (_enter(conn, mine, name) for name in names)
    for each in (ani, budi, citra, dian):
        customer_details.set_notes(conn, mine, each, "suka yang wangi", START)
    customers.merge(conn, mine, ani, anni, START)
    sell(conn, mine, soap, reference="old", customer_id=eka, sold_on="2026-11-02")
    sell(conn, mine, soap, reference="new", customer_id=anni, sold_on="2026-12-30")
    customer_details.contacted(conn, mine, budi, "2026-12-30", START)
    customer_details.set_wish(conn, mine, citra, "madu", "2027-01-05", START)
    before = START + timedelta(days=50)
    assert forgotten.forget_outdated(conn, START - DAY) == 0
    assert forgotten.forget_outdated(conn, before) == 3
    noted = customer_details.of_all(conn, mine)
    assert set(noted) == {ani, budi, citra}
    assert _names(conn) == [
        *("Bu Ani", "Bu Anni", "Pak Budi", "Bu Citra"),
        *(f"#{dian}", "Bu Eka", f"#{fitri}"),
    ]
    assert forgotten.forget_outdated(conn, before) == 0
