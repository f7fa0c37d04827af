"""Members who have left, what is open with them, and what is erased, on both engines."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, TextClause, text
from sqlalchemy.exc import DBAPIError

from bot.core.plans import Snapshot, Version
from bot.core.plans.kinds.unilevel import Unilevel
from bot.store.backup import redoing
from bot.store.backup.erasure_file import ErasedMember, ErasureList, name_hash
from bot.store.bonus import own_month
from bot.store.customers import customers
from bot.store.db.database import Database
from bot.store.ledger import snapshots
from bot.store.members import cards, leads, members, people
from bot.store.privacy import departures, erasing, open_matters
from bot.store.proof import integrity
from tests.store.both import ACCOUNT, DAY, MONTH, START, ZONE, in_transaction, join, sell, stock

KEY = b"a key of this test"
PLAN = Version("2026-01", (Unilevel("tim", (), (1_000,)),))


def _left(conn: Connection, member_id: int, period: str = MONTH) -> None:
    assert departures.leave(conn, member_id, period, START)
    cards.set_active(conn, member_id, active=False)


@in_transaction
def test_a_member_leaves_once_and_comes_back_before_anything_is_erased(conn: Connection) -> None:
    first, second = join(conn, [None, 1])
    cards.set_active(conn, second, active=False)
    assert departures.of_member(conn, first) is None
    _left(conn, first)
    assert not departures.leave(conn, first, "2026-12", START + DAY)
    assert departures.leave(conn, second, MONTH, START)
    assert departures.of_member(conn, first) == departures.Departure(START, False, None)
    assert departures.of_member(conn, second) == departures.Departure(START, True, None)
    assert departures.ask_erasure(conn, first, START + DAY)
    assert not departures.ask_erasure(conn, first, START + 2 * DAY)
    assert departures.of_member(conn, first) == departures.Departure(START, False, START + DAY)
    assert departures.come_back(conn, first)
    assert not departures.come_back(conn, first)
    assert departures.of_member(conn, first) is None


@in_transaction
def test_who_asks_is_erased_at_once_and_who_left_after_a_time(conn: Connection) -> None:
    first, second, third = join(conn, [None, 1, 1])
    for member_id in (first, second, third):
        departures.leave(conn, member_id, MONTH, START)
    departures.ask_erasure(conn, second, START)

    def due(after: int = 0, days: int = 0) -> list[int]:
        before = START + timedelta(days=days)
        return [each.member_id for each in departures.to_erase(conn, before, after, 2)]

    assert due() == [second]
    assert due(days=1) == [first, second]
    assert due(after=second, days=1) == [third]
    assert departures.erased(conn) == []
    erasing.erase_member(conn, third, "key", "phone", START)
    assert due(after=second, days=1) == []
    assert [each.member_id for each in departures.erased(conn)] == [third]


@in_transaction
def test_what_is_open_with_a_member_is_named(conn: Connection) -> None:
    first, second = join(conn, [None, 1])
    nothing = open_matters.OpenMatters(0, 0, 0, 0, "")
    assert open_matters.open_matters(conn, first, MONTH, MONTH) == nothing
    assert not nothing.anything
    soap, _ = stock(conn)
    sell(conn, second, soap)
    conn.execute(text("UPDATE volumes SET group_points = 3, group_sales = 1"))
    found = open_matters.open_matters(conn, second, MONTH, MONTH)
    assert found.sales == 1
    assert found.anything
    assert open_matters.open_matters(conn, second, "", MONTH).month == ""
    assert open_matters.open_matters(conn, second, "2026-12", MONTH).month == ""


@in_transaction
def test_an_erased_member_is_a_pseudonym_and_the_books_still_prove(conn: Connection) -> None:
    _, second, third = join(conn, [None, 1, 2])
    soap, _ = stock(conn)
    customer = customers.add(conn, second, "Bu Ani", "bu ani", START)
    sale = sell(conn, second, soap, customer_id=customer)
    before = integrity.prove(conn, ZONE)
    _left(conn, second)
    assert erasing.erase_member(conn, second, "key", "phone", START)
    assert not erasing.erase_member(conn, second, "key", "phone", START)
    member = members.by_id(conn, second)
    assert (member.name, member.user_id, member.active) == (
        erasing.pseudonym(second),
        None,
        False,
    )
    assert (member.province, member.birth_year, member.title) == ("", 0, "")
    assert members.by_id(conn, third).sponsor_id == second
    assert members.by_user(conn, ACCOUNT + 2) is None
    assert people.find(conn, ACCOUNT + 2) is None
    assert cards.named(conn, ["mitra", "ke"], 9) != []
    assert member.code not in [each.code for each in cards.named(conn, ["mitra"], 9)]
    names = conn.execute(text("SELECT name FROM customers")).scalars().all()
    assert names == [f"#{customer}"]
    total = conn.execute(text("SELECT total FROM sales WHERE id = :id"), {"id": sale}).scalar_one()
    assert total == 100_000
    assert integrity.prove(conn, ZONE) == before


@in_transaction
def test_an_erased_account_is_known_again_by_its_hash(conn: Connection) -> None:
    first, second = join(conn, [None, 1])
    phone = members.by_id(conn, second).phone
    cards.set_active(conn, second, active=False)
    departures.leave(conn, second, MONTH, START)
    keys = (departures.account_key(KEY, ACCOUNT + 2), departures.phone_key(KEY, phone))
    erasing.erase_member(conn, second, *keys, START)
    assert departures.former(conn, KEY, ACCOUNT + 2) == departures.FormerMember(True, first)
    assert departures.is_phone_suspended(conn, KEY, phone)
    for key, user_id in ((KEY, ACCOUNT + 1), (b"another key", ACCOUNT + 2), (b"", ACCOUNT + 2)):
        assert departures.former(conn, key, user_id) is None
    assert not departures.is_phone_suspended(conn, KEY, "+6281")
    assert not departures.is_phone_suspended(conn, b"", phone)
    assert departures.phone_key(KEY, "erased:2") == ""


@in_transaction
def test_an_account_without_a_membership_is_forgotten(conn: Connection) -> None:
    people.meet(conn, ACCOUNT + 9, "id", START)
    facts = {"reference": "a", "user_id": ACCOUNT + 9, "name": "Tuti", "phone": "+62811"}
    leads.keep(conn, **facts, at=START)  # type: ignore[arg-type]  # names and one number
    for _ in range(2):
        departures.ask_to_forget(conn, ACCOUNT + 9, START)
    assert departures.to_forget(conn, 9) == [ACCOUNT + 9]
    erasing.forget_account(conn, ACCOUNT + 9, START)
    assert departures.to_forget(conn, 9) == []
    assert people.find(conn, ACCOUNT + 9) is None
    assert conn.execute(text("SELECT count(*) FROM leads")).scalar_one() == 0


@in_transaction
def test_what_the_list_says_is_erased_again(conn: Connection) -> None:
    _, second, third = join(conn, [None, 1, 1])
    people.meet(conn, ACCOUNT + 9, "id", START)
    people.meet(conn, ACCOUNT + 8, "id", START + 2 * DAY)
    hashes = [departures.account_key(KEY, ACCOUNT + each) for each in (8, 9)]
    erased = ErasureList(
        KEY,
        frozenset(
            {
                ErasedMember(second, name_hash("join2"), MONTH, True, "key", "phone"),
                ErasedMember(third, name_hash("another"), MONTH, False, "", ""),
                ErasedMember(999, name_hash("join999"), MONTH, False, "", ""),
            }
        ),
        frozenset((each, (START + DAY).isoformat()) for each in hashes),
    )
    assert redoing.erase_again(conn, erased, START + DAY) == 2
    assert redoing.erase_again(conn, erased, START + DAY) == 0
    assert members.by_id(conn, second).name == erasing.pseudonym(second)
    assert not members.by_id(conn, second).active
    found = departures.of_member(conn, second)
    assert found is not None
    assert found.suspended
    assert members.by_id(conn, third).name == "Mitra Ke-3"
    assert people.find(conn, ACCOUNT + 9) is None
    assert people.find(conn, ACCOUNT + 8) is not None, "who came later is another visitor"


@in_transaction
def test_who_has_left_is_paid_up_to_the_month_of_leaving(conn: Connection) -> None:
    first, second = join(conn, [None, 1])
    for member_id, suspended in ((first, False), (second, True)):
        if suspended:
            cards.set_active(conn, member_id, active=False)
        _left(conn, member_id)

    def active(snapshot: Snapshot) -> list[bool]:
        return list(snapshot.active)

    assert active(snapshots.of_company(conn, MONTH, PLAN)) == [True, False]
    assert active(snapshots.of_company(conn, "2026-12", PLAN)) == [False, False]
    assert active(own_month.own_month(conn, first, MONTH, PLAN).snapshot) == [True]
    assert active(own_month.own_month(conn, first, "2026-12", PLAN).snapshot) == [False]
    assert active(snapshots.of_team(conn, first, MONTH, PLAN)) == [True, False]


async def test_of_a_former_state_of_a_sale_only_photo_and_invoice_are_blanked(
    database: Database,
) -> None:
    def changed(conn: Connection) -> int:
        (first,) = join(conn, [None])
        soap, _ = stock(conn)
        sale = sell(conn, first, soap)
        conn.execute(
            text("""
            INSERT INTO sale_versions (sale_id, version, sold_on, period, total, goods, points,
              bonus_value, invoice, photo_id, photo_key, photo_kind, reference, replaced_at,
              replaced_by)
            VALUES (:id, 1, '2026-11-02', '2026-11', 1, 1, 1, 1, 'nota 5', 'photo', 'key',
              'photo', 'change', 1, 1)
            """),
            {"id": sale},
        )
        _left(conn, first)
        return first

    first = await database.write(changed)
    erase = partial(erasing.erase_member, member_id=first, account_key="", phone_key="", at=START)
    assert await database.write(erase)

    def stored(conn: Connection) -> tuple[object, ...]:
        row = conn.execute(text("SELECT invoice, photo_id, photo_kind, total FROM sale_versions"))
        return tuple(row.one())

    assert await database.read(stored) == ("", "", "", 1)
    for change in ("total = 2", "invoice = 'nota 6'", "sold_on = '2026-11-03'"):
        update = text(f"UPDATE sale_versions SET {change}")
        with pytest.raises(DBAPIError, match="never changed or deleted"):
            await database.write(partial(_execute, statement=update))
    with pytest.raises(DBAPIError, match="never changed or deleted"):
        await database.write(partial(_execute, statement=text("DELETE FROM sale_versions")))


def _execute(conn: Connection, statement: TextClause) -> None:
    conn.execute(statement)
