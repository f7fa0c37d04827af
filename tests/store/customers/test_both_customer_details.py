"""What a seller notes of a customer: only hers, and the number only with the key."""

import pytest
from sqlalchemy import Connection, text

from bot.store.customers import customer_details, customers
from bot.store.customers.customer_details import NO_DETAILS, CustomerDetails
from bot.store.customers.customers import Customer
from bot.system.number_keys import NoNumberKeyError, NumberKeys
from tests.store.both import START, in_transaction, join

PHONE = "+6281234567890"


def _keys() -> NumberKeys:
    keys = NumberKeys()
    keys.make()
    return keys


def _two_with_ani(conn: Connection) -> tuple[int, int, int, int]:
    """Two sellers, each with a customer of one name."""
    mine, other = join(conn, [None, 1])
    ani = customers.add(conn, mine, "Bu Ani", "bu ani", START)
    theirs = customers.add(conn, other, "Bu Ani", "bu ani", START)
    return mine, ani, other, theirs


@in_transaction
def test_a_number_is_sealed_for_its_customer_and_opens_for_the_seller_alone(
    conn: Connection,
) -> None:
    keys = _keys()
    mine, ani, other, theirs = _two_with_ani(conn)
    assert customer_details.phone_of(conn, keys, mine, ani) == ""
    assert customer_details.some_sealed(conn) is None
    customer_details.set_phone(conn, keys, mine, ani, PHONE, START)
    assert customer_details.phone_of(conn, keys, mine, ani) == PHONE
    assert customer_details.phone_of(conn, keys, other, ani) == ""
    assert customer_details.phone_of(conn, keys, other, theirs) == ""
    assert customer_details.phone_of(conn, keys, mine, 99) == ""
    assert customer_details.phone_of(conn, _keys(), mine, ani) == ""
    assert customer_details.phone_of(conn, NumberKeys(), mine, ani) == ""
    assert customer_details.with_phone(conn, keys, mine, PHONE) == Customer(ani, "Bu Ani")
    assert customer_details.with_phone(conn, keys, other, PHONE) is None
    assert customer_details.with_phone(conn, NumberKeys(), mine, PHONE) is None
    found = customer_details.some_sealed(conn)
    assert found is not None
    assert keys.open(found.sealed, found.customer_id) == PHONE
    stored = str(conn.execute(text("SELECT * FROM customer_details")).all())
    assert PHONE[-8:] not in stored


@in_transaction
def test_the_same_number_of_two_sellers_cannot_be_joined(conn: Connection) -> None:
    keys = _keys()
    mine, ani, other, theirs = _two_with_ani(conn)
    customer_details.set_phone(conn, keys, mine, ani, PHONE, START)
    customer_details.set_phone(conn, keys, other, theirs, PHONE, START)
    rows = conn.execute(text("SELECT phone_sealed, phone_hash FROM customer_details")).all()
    assert len({row.phone_hash for row in rows}) == len({row.phone_sealed for row in rows}) == 2
    conn.execute(
        text("""UPDATE customer_details SET phone_sealed = (SELECT x.phone_sealed
                FROM customer_details AS x WHERE x.customer_id = :ani)"""),
        {"ani": ani},
    )
    assert customer_details.phone_of(conn, keys, other, theirs) == "", "sealed for another row"


@in_transaction
def test_nothing_is_noted_of_the_customer_of_another_seller(conn: Connection) -> None:
    keys = _keys()
    mine, _, _, theirs = _two_with_ani(conn)
    customer_details.set_phone(conn, keys, mine, theirs, PHONE, START)
    customer_details.set_birthday(conn, mine, theirs, "05-03", START)
    customer_details.set_notes(conn, mine, theirs, "suka yang wangi", START)
    customer_details.set_language(conn, mine, theirs, "en", START)
    customer_details.set_wish(conn, mine, theirs, "mau coba madu", "2026-12-03", START)
    customer_details.contacted(conn, mine, theirs, "2026-11-02", START)
    assert conn.execute(text("SELECT count(*) FROM customer_details")).scalar_one() == 0


@in_transaction
def test_each_detail_is_changed_by_itself(conn: Connection) -> None:
    mine, ani, _, _ = _two_with_ani(conn)
    assert customer_details.of_customer(conn, mine, ani) == NO_DETAILS
    customer_details.set_birthday(conn, mine, ani, "05-03", START)
    customer_details.set_notes(conn, mine, ani, "suka yang wangi", START)
    customer_details.set_language(conn, mine, ani, "en", START)
    customer_details.set_wish(conn, mine, ani, "mau coba madu", "2026-12-03", START)
    customer_details.contacted(conn, mine, ani, "2026-11-02", START)
    noted = CustomerDetails(
        "", "05-03", "suka yang wangi", "en", "mau coba madu", "2026-12-03", "2026-11-02"
    )
    assert customer_details.of_customer(conn, mine, ani) == noted
    customer_details.set_phone(conn, _keys(), mine, ani, PHONE, START)
    customer_details.set_phone(conn, NumberKeys(), mine, ani, "", START)
    assert customer_details.of_customer(conn, mine, ani) == noted
    with pytest.raises(NoNumberKeyError):
        customer_details.set_phone(conn, NumberKeys(), mine, ani, PHONE, START)


@in_transaction
def test_what_is_noted_can_be_dropped_and_listed(conn: Connection) -> None:
    mine, ani, other, theirs = _two_with_ani(conn)
    customer_details.set_notes(conn, mine, ani, "suka yang wangi", START)
    customer_details.set_notes(conn, other, theirs, "bayar tunai", START)
    assert customer_details.of_all(conn, mine) == {ani: CustomerDetails(notes="suka yang wangi")}
    customer_details.drop(conn, other, ani)
    assert customer_details.of_all(conn, mine) == {ani: CustomerDetails(notes="suka yang wangi")}
    customer_details.drop(conn, mine, ani)
    assert customer_details.of_all(conn, mine) == {}


@in_transaction
def test_a_missing_or_foreign_key_is_noticed_once_a_number_needs_it(conn: Connection) -> None:
    keys = _keys()
    mine, ani, _, _ = _two_with_ani(conn)
    assert customer_details.key_trouble(conn, NumberKeys()) == ""
    customer_details.set_phone(conn, keys, mine, ani, PHONE, START)
    assert customer_details.key_trouble(conn, keys) == ""
    assert customer_details.key_trouble(conn, NumberKeys()) == "missing"
    assert customer_details.key_trouble(conn, _keys()) == "of another database"
