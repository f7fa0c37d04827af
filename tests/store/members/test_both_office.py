"""Decisions of the office: prices, members, accounts and failures; on both engines."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from bot.core.messaging.retry_policy import DOUBTS_MAX
from bot.store.home import command_menus
from bot.store.members import cards, members, people, relinks, roles
from bot.store.products import price_list, prices, products
from bot.store.products.prices import PriceTerms, Terms
from bot.store.queue import claiming, dead_letters, inbox, outbox, uncertain
from bot.store.queue.outbox_messages import SendResult
from bot.store.queue.outcomes import record_results
from tests.store.both import (
    ACCOUNT,
    ARTICLES,
    DAY,
    START,
    in_transaction,
    join,
    of_one_kind,
    sell,
    stock,
)

TODAY = date(2026, 11, 1)
TOMORROW = date(2026, 11, 2)
YESTERDAY = date(2026, 10, 31)
DEARER = Terms(42_000, 55_000, 6, 42_000)


@in_transaction
def test_a_price_holds_from_its_day_on_and_is_in_the_list_of_that_day(conn: Connection) -> None:
    soap, tea = stock(conn)
    old = Terms(soap.member_price, soap.retail_price, soap.points, soap.bonus_value)
    price = PriceTerms("2026-11-02", DEARER)
    prices.decide(conn, soap.id, price, by=ACCOUNT, at=START, today=TODAY)
    assert prices.planned(conn, soap.id, TODAY) == (price,)
    of_one_kind(prices.planned(conn, soap.id, TODAY))
    assert products.catalogue(conn) == (soap, tea) == products.catalogue_on(conn, TODAY)
    dearer = replace(soap, member_price=42_000, retail_price=55_000, points=6, bonus_value=42_000)
    assert products.catalogue_on(conn, TOMORROW) == (dearer, tea)
    of_one_kind(products.catalogue_on(conn, TOMORROW))
    assert prices.apply_due(conn, TODAY) == 0
    assert prices.apply_due(conn, TOMORROW) == 1
    assert prices.apply_due(conn, TOMORROW) == 0
    assert products.catalogue(conn) == (dearer, tea)
    assert products.catalogue_on(conn, YESTERDAY)[0] == soap
    assert old != DEARER


@in_transaction
def test_a_plan_can_be_replaced_and_taken_back_until_its_day(conn: Connection) -> None:
    soap, _ = stock(conn)
    prices.decide(conn, soap.id, PriceTerms("2026-11-02", DEARER), by=1, at=START, today=TODAY)
    other = PriceTerms("2026-11-02", replace(DEARER, points=9))
    prices.decide(conn, soap.id, other, by=1, at=START, today=TODAY)
    assert prices.planned(conn, soap.id, TODAY) == (other,)
    assert not prices.withdraw(conn, soap.id, "2026-11-02", TOMORROW)
    assert prices.withdraw(conn, soap.id, "2026-11-02", TODAY)
    assert not prices.withdraw(conn, soap.id, "2026-11-02", TODAY)
    assert products.catalogue_on(conn, TOMORROW)[0] == soap


@in_transaction
def test_a_price_from_today_holds_at_once_and_yesterday_keeps_the_old_one(
    conn: Connection,
) -> None:
    soap, _ = stock(conn)
    prices.decide(conn, soap.id, PriceTerms("2026-11-02", DEARER), by=1, at=START, today=TOMORROW)
    assert products.catalogue(conn)[0].retail_price == 55_000
    assert products.catalogue_on(conn, TODAY)[0] == soap


@in_transaction
def test_an_imported_list_changes_prices_from_its_day_and_leaves_earlier_days(
    conn: Connection,
) -> None:
    soap, _ = stock(conn)
    dearer = replace(ARTICLES[0], retail_price=60_000)
    price_list.apply_list(conn, [dearer], START + DAY, TOMORROW)
    assert products.catalogue(conn)[0].retail_price == 60_000
    assert products.catalogue_on(conn, TOMORROW)[0].retail_price == 60_000
    assert products.catalogue_on(conn, TODAY)[0] == soap
    renamed = replace(dearer, description="wangi")
    price_list.apply_list(conn, [renamed], START + 5 * DAY, date(2026, 11, 6))
    count = conn.exec_driver_sql("SELECT count(*) FROM prices").scalar_one()
    assert count == 3
    card = products.card(conn, soap.id)
    assert card is not None
    assert (card.description, card.picture) == ("wangi", "")
    prices.add_all(conn, {soap.id: DEARER}, "2026-12-01", START)
    assert len(prices.planned(conn, soap.id, TOMORROW)) == 1


@in_transaction
def test_a_member_is_found_and_shown_with_all_that_the_office_needs(conn: Connection) -> None:
    first, second = join(conn, [None, 1])
    soap, _ = stock(conn)
    sell(conn, second, soap)
    roles.grant(conn, ACCOUNT + 2, "trainer", by=None, at=START)
    card = cards.by_code(conn, "C0000002")
    assert card is not None
    of_one_kind(card)
    assert (card.id, card.user_id, card.sponsor) == (second, ACCOUNT + 2, "Mitra Ke-1")
    assert (card.trainer, card.admin, card.active) == (True, False, True)
    assert (card.size, card.last_sold, card.phone_verified) == (0, "2026-11-02", True)
    assert cards.by_code(conn, "NOBODY00") is None
    top = cards.by_code(conn, "C0000001")
    assert top is not None
    assert (top.id, top.size, top.sponsor, top.last_sold) == (first, 1, "", "")
    assert [row.code for row in cards.by_number(conn, "+6281100000001", "")] == ["C0000001"]
    assert cards.by_number(conn, "", "") == []
    assert [row.code for row in cards.named(conn, ["mit"], 8)] == ["C0000001", "C0000002"]
    assert [row.code for row in cards.named(conn, ["mitra", "2"], 8)] == ["C0000002"]
    assert cards.named(conn, ["mitra", "sari"], 8) == []
    assert len(cards.named(conn, ["mitra"], 1)) == 1


@in_transaction
def test_a_member_is_suspended_once_and_a_suspended_admin_does_not_count(
    conn: Connection,
) -> None:
    first, _ = join(conn, [None, 1])
    roles.grant(conn, ACCOUNT + 1, "admin", by=None, at=START)
    roles.grant(conn, ACCOUNT + 2, "admin", by=None, at=START)
    assert roles.other_admins(conn, ACCOUNT + 2) == 1
    assert cards.set_active(conn, first, active=False)
    assert not cards.set_active(conn, first, active=False)
    assert roles.other_admins(conn, ACCOUNT + 2) == 0
    assert not people.meet(conn, ACCOUNT + 1, "id", START).active
    seen = command_menus.person(conn, ACCOUNT + 1)
    assert seen is not None
    of_one_kind(seen)
    assert (seen.member, seen.suspended, seen.trainer, seen.admin) == (1, 1, 0, 1)
    assert cards.set_active(conn, first, active=True)


@in_transaction
def test_command_menus_are_for_members_and_holders_of_roles(conn: Connection) -> None:
    join(conn, [None, 1])
    for account in (ACCOUNT, ACCOUNT + 9):
        people.meet(conn, account, "en", START)
    roles.grant(conn, ACCOUNT, "admin", by=None, at=START)
    assert command_menus.reachable_after(conn, 0, 9) == [ACCOUNT, ACCOUNT + 1, ACCOUNT + 2]
    assert command_menus.reachable_after(conn, ACCOUNT, 1) == [ACCOUNT + 1]
    people.set_reach(conn, ACCOUNT + 1, "blocked")
    assert command_menus.reachable_after(conn, ACCOUNT, 9) == [ACCOUNT + 2]
    assert command_menus.person(conn, 8) is None


@in_transaction
def test_a_command_menu_is_due_until_the_chat_has_it(conn: Connection) -> None:
    assert command_menus.due(conn, 9) == []
    command_menus.ask(conn, ACCOUNT, START)
    command_menus.ask(conn, ACCOUNT + 1, START + DAY)
    first, _ = command_menus.due(conn, 9)
    command_menus.put_last(conn, first)
    other, last = command_menus.due(conn, 9)
    assert (first.user_id, other.user_id, last.user_id) == (ACCOUNT + 1, ACCOUNT, ACCOUNT + 1)
    command_menus.settle(conn, other, "")
    command_menus.settle(conn, last, "")
    command_menus.ask(conn, ACCOUNT, START)
    command_menus.ask(conn, ACCOUNT + 1, START + DAY)
    newest, oldest = command_menus.due(conn, 9)
    of_one_kind(newest)
    assert (newest.user_id, oldest) == (ACCOUNT + 1, command_menus.DueMenu(ACCOUNT, "", START))
    command_menus.ask(conn, ACCOUNT, START + 2 * DAY)
    command_menus.settle(conn, oldest, "one")
    command_menus.settle(conn, newest, "two")
    assert command_menus.due(conn, 9) == [
        command_menus.DueMenu(ACCOUNT, "one", START + 2 * DAY)
    ], "asked for again"


@in_transaction
def test_a_code_moves_a_membership_once_and_a_newer_one_takes_its_place(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    until = START + timedelta(hours=24)
    relinks.make(conn, mine, "AAAA", expires_at=until, by=7)
    relinks.make(conn, mine, "BBBB", expires_at=until, by=7)
    assert relinks.owner_of(conn, "AAAA", START) is None
    found = relinks.owner_of(conn, "BBBB", START)
    assert found is not None
    assert (found.id, found.phone) == (mine, "+6281100000001")
    assert relinks.owner_of(conn, "BBBB", until) is None
    assert not relinks.spend(conn, "BBBB", until)
    assert relinks.spend(conn, "BBBB", START)
    assert not relinks.spend(conn, "BBBB", START)
    assert relinks.owner_of(conn, "BBBB", START) is None
    relinks.make(conn, mine, "CCCC", expires_at=until, by=7)
    people.meet(conn, ACCOUNT + 50, "id", START)
    relinks.move(conn, mine, ACCOUNT + 50)
    moved = members.by_user(conn, ACCOUNT + 50)
    assert moved is not None
    assert (moved.id, moved.phone_verified) == (mine, 1)
    assert members.by_user(conn, ACCOUNT + 1) is None


def _message(conn: Connection, key: str, chat_id: int, kind: str = "answer") -> None:
    outbox.put(
        conn,
        key=key,
        chat_id=chat_id,
        kind=kind,  # type: ignore[arg-type]
        method="sendMessage",
        payload={"text": "🧾 Tercatat, struk S-1001."},
        at=START,
    )


@in_transaction
def test_messages_to_an_account_that_lost_its_membership_are_not_sent(conn: Connection) -> None:
    _message(conn, "old", ACCOUNT)
    _message(conn, "other", ACCOUNT + 1)
    relinks.withdraw_outgoing(conn, ACCOUNT)
    left = claiming.claim(conn, START, 1, answers=5, bulk=0, excluded=[]).outbox_messages
    assert [message.chat_id for message in left] == [ACCOUNT + 1]


@in_transaction
def test_an_uncertain_message_is_sent_again_once_or_left(conn: Connection) -> None:
    join(conn, [None])
    for place in (1, 2):
        _message(conn, f"letter{place}", ACCOUNT + place)
    for _ in range(DOUBTS_MAX):
        later = START + DAY
        outbox_messages = claiming.claim(
            conn, later, 1, answers=9, bulk=0, excluded=[]
        ).outbox_messages
        record_results(
            conn,
            [SendResult(message, "doubt", error="TimedOut") for message in outbox_messages],
            START,
        )
    assert uncertain.count(conn) == 2
    newest, oldest = uncertain.page(conn, 5, 0)
    of_one_kind(newest, oldest)
    assert uncertain.page(conn, 1, 1) == [oldest] == [uncertain.one(conn, oldest.id)]
    assert (oldest.name, newest.name, oldest.at) == ("Mitra Ke-1", "", START)
    assert (oldest.chat_id, oldest.kind) == (ACCOUNT + 1, "answer")
    assert uncertain.send_again(conn, oldest.id, START + DAY)
    assert not uncertain.send_again(conn, oldest.id, START + DAY)
    assert uncertain.leave(conn, newest.id)
    assert not uncertain.leave(conn, newest.id)
    assert uncertain.one(conn, newest.id) is None
    assert uncertain.count(conn) == 0
    (again,) = claiming.claim(
        conn, START + 2 * DAY, 1, answers=9, bulk=0, excluded=[]
    ).outbox_messages
    assert (again.chat_id, again.payload) == (ACCOUNT + 1, oldest.payload)


@in_transaction
def test_a_dead_letter_is_retried_behind_all_others_or_settled(conn: Connection) -> None:
    updates = [(number, "lane", f'{{"update_id": {number}}}') for number in (10, 11, 12)]
    inbox.store(conn, 1, updates, 13, START)
    first, second, third = inbox.waiting(conn, 0, 9)
    for _ in range(5):
        inbox.mark_failed(conn, first.id, "KeyError")
    assert inbox.mark_dead(conn, first.id, "gave up")
    assert inbox.mark_dead(conn, second.id, "gave up")
    newest, oldest = dead_letters.page(conn, 5, 0)
    of_one_kind(newest, oldest)
    assert (oldest.number, oldest.error, oldest.at) == (10, "KeyError", START)
    assert newest.error == "gave up"
    assert dead_letters.page(conn, 5, 1) == [oldest] == [dead_letters.one(conn, first.id)]
    assert dead_letters.put_back(conn, first.id)
    assert not dead_letters.put_back(conn, first.id)
    back = inbox.waiting(conn, third.id, 9)
    assert [(row.update_id, row.body) for row in back] == [(10, first.body)]
    assert inbox.mark_failed(conn, back[0].id, "KeyError") == 6
    assert dead_letters.settle(conn, second.id)
    assert not dead_letters.settle(conn, second.id)
    assert dead_letters.one(conn, second.id) is None
    assert inbox.dead_letters(conn) == 0
