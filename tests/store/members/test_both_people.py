"""Members, accounts, roles and conversations, on SQLite and on PostgreSQL."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.core.conversation.replay import Answer, Given
from bot.store.conversation import attempts, sessions
from bot.store.conversation.sessions import Session
from bot.store.db import audit_log
from bot.store.members import leads, members, office, people, profiles, roles
from bot.store.members.members import Reachable
from bot.store.members.office import Lead
from bot.store.members.roles import RoleHolder
from bot.store.tips import consents
from tests.store.both import ACCOUNT, DAY, START, ZONE, in_transaction, join, of_one_kind


@in_transaction
def test_a_person_is_met_once_and_comes_back_after_blocking(conn: Connection) -> None:
    first = people.meet(conn, ACCOUNT, "id", START)
    assert (first.language, first.reach, first.id, first.roles) == ("id", "open", None, None)
    people.set_language(conn, ACCOUNT, "en")
    people.set_title(conn, ACCOUNT, "Ibu")
    assert people.find(conn, ACCOUNT) == ("en", "Ibu")
    assert people.find(conn, ACCOUNT + 1) is None
    people.set_reach(conn, ACCOUNT, "blocked")
    assert people.meet(conn, ACCOUNT, "id", START + DAY).reach == "blocked"
    again = people.meet(conn, ACCOUNT, "id", START + DAY)
    assert (again.language, again.title, again.reach) == ("en", "Ibu", "open")


@in_transaction
def test_a_person_brings_membership_and_roles_along(conn: Connection) -> None:
    join(conn, [None])
    for role in ("trainer", "admin"):
        roles.grant(conn, ACCOUNT + 1, role, by=None, at=START)
    met = people.meet(conn, ACCOUNT + 1, "id", START)
    assert sorted((met.roles or "").split(",")) == ["admin", "trainer"]
    assert (met.code, met.member_title, met.zone) == ("C0000001", "Ibu", ZONE)


@in_transaction
def test_a_member_is_found_by_code_by_account_and_by_phone(conn: Connection) -> None:
    first, second = join(conn, [None, 1])
    found = members.by_code(conn, "C0000002")
    assert found == members.by_id(conn, second) == members.by_user(conn, ACCOUNT + 2)
    assert found is not None
    of_one_kind(found)
    assert (found.sponsor_id, found.joined_at, found.active) == (first, START, 1)
    assert (found.phone_verified, found.phone_shown) == (1, 0)
    holder = members.phone_holder(conn, "+6281100000001")
    assert holder is not None
    assert (holder.id, holder.phone_verified) == (first, 0)
    assert members.by_code(conn, "NOBODY00") is None
    assert members.is_code_taken(conn, "C0000001")
    assert not members.is_code_taken(conn, "NOBODY00")


@in_transaction
def test_a_typed_number_yields_and_one_that_telegram_vouches_for_does_not(
    conn: Connection,
) -> None:
    first, second = join(conn, [None, 1])
    members.give_up_phone(conn, first)
    assert members.by_id(conn, first).phone == f"yielded:{first}"
    with pytest.raises(AssertionError):
        members.give_up_phone(conn, second)


@in_transaction
def test_reachable_people_are_found_with_their_language_and_address(conn: Connection) -> None:
    first, second = join(conn, [None, 1])
    people.meet(conn, ACCOUNT, "en", START)
    roles.grant(conn, ACCOUNT + 1, "admin", by=None, at=START)
    roles.grant(conn, ACCOUNT, "admin", by=ACCOUNT + 1, at=START)
    here = Reachable(ACCOUNT + 1, "id", "Ibu", "Mitra", ZONE)
    abroad = Reachable(ACCOUNT, "en", "", "", "Asia/Jakarta")
    assert (
        members.reachable(conn, first)
        == here
        == roles.reachable(conn, ACCOUNT + 1, "Asia/Jakarta")
    )
    found = members.reachable_admins(conn, "Asia/Jakarta")
    assert sorted(found, key=lambda each: each.user_id) == [abroad, here]
    assert roles.reachable(conn, ACCOUNT, "Asia/Jakarta") == abroad
    people.set_reach(conn, ACCOUNT + 2, "gone")
    assert members.reachable(conn, second) is None


@in_transaction
def test_members_change_their_own_data(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    profiles.rename(conn, mine, "Sari Dewi")
    profiles.retitle(conn, mine, "Kak")
    profiles.set_phone(conn, mine, "+62899", verified=True)
    profiles.show_phone(conn, mine, shown=True)
    profiles.move_to(conn, mine, "papua", "Asia/Jayapura")
    row = members.by_id(conn, mine)
    assert (row.name, row.title, row.phone, row.zone) == (
        "Sari Dewi", "Kak", "+62899", "Asia/Jayapura"
    )  # fmt: skip
    assert (row.phone_verified, row.phone_shown) == (1, 1)


@in_transaction
def test_a_tip_clock_is_set_once_at_joining_and_wound_by_its_owner(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    assert profiles.tip_hour(conn, mine) is None
    members.start_tips(conn, mine, "09:00", START)
    members.start_tips(conn, mine, "10:00", START)
    assert profiles.tip_hour(conn, mine) == "09:00"
    profiles.set_tip_hour(conn, mine, "19:30", START + DAY)
    assert profiles.tip_hour(conn, mine) == "19:30"


@in_transaction
def test_the_latest_consent_for_a_purpose_counts(conn: Connection) -> None:
    first, second = join(conn, [None, 1])
    assert consents.allows(conn, first, "tips")
    consents.note(conn, first, "tips", given=False, at=START)
    assert not consents.allows(conn, first, "tips")
    assert consents.allows(conn, first, "broadcasts")
    assert consents.allows(conn, second, "tips")
    consents.note(conn, first, "tips", given=True, at=START - DAY)
    of_one_kind(consents.allows(conn, first, "tips"))
    assert consents.allows(conn, first, "tips")


@in_transaction
def test_roles_are_given_once_counted_and_taken_away(conn: Connection) -> None:
    join(conn, [None, 1])
    people.meet(conn, ACCOUNT, "id", START)
    assert roles.grant(conn, ACCOUNT + 2, "trainer", by=None, at=START)
    assert roles.grant(conn, ACCOUNT, "admin", by=ACCOUNT + 2, at=START)
    assert not roles.grant(conn, ACCOUNT, "admin", by=ACCOUNT + 2, at=START)
    assert roles.counts(conn) == (1, 1)
    assert roles.lock_admins(conn) == 1
    trainer = RoleHolder(ACCOUNT + 2, "Mitra Ke-2", "C0000002", trainer=True, admin=False)
    admin = RoleHolder(ACCOUNT, "", "", trainer=False, admin=True)
    assert roles.holders(conn) == [admin, trainer]
    assert roles.by_code(conn, "C0000002") == trainer == roles.by_account(conn, ACCOUNT + 2)
    assert roles.by_account(conn, ACCOUNT) == admin
    assert roles.by_code(conn, "NOBODY00") is None
    assert roles.by_account(conn, 8) is None
    assert roles.revoke(conn, ACCOUNT, "admin")
    assert not roles.revoke(conn, ACCOUNT, "admin")
    of_one_kind(roles.counts(conn), roles.holders(conn))


@in_transaction
def test_a_code_for_the_first_admin_is_good_once_and_for_a_while(conn: Connection) -> None:
    until = roles.make_admin_code(conn, "abc", START)
    roles.make_admin_code(conn, "late", START)
    assert not roles.spend_admin_code(conn, "wrong", START)
    assert not roles.spend_admin_code(conn, "late", until)
    assert roles.spend_admin_code(conn, "abc", until - timedelta(seconds=1))
    assert not roles.spend_admin_code(conn, "abc", START)


@in_transaction
def test_two_requests_from_one_number_are_one_lead(conn: Connection) -> None:
    for reference, phone in (("a", "+621"), ("a", "+621"), ("b", "+621"), ("c", "+622")):
        leads.keep(conn, reference=reference, user_id=ACCOUNT, name="Rina", phone=phone, at=START)
    assert office.count_leads(conn) == 2
    newest, oldest = office.leads(conn, 5, 0)
    assert office.leads(conn, 1, 1) == [oldest]
    assert office.lead(conn, newest.id) == newest == Lead(newest.id, "Rina", "+622", START)
    assert office.lead(conn, newest.id + 1) is None


@in_transaction
def test_failed_attempts_are_remembered_with_their_times(conn: Connection) -> None:
    assert not attempts.any_of(conn, ACCOUNT, "code")
    for hours in (1, 3, 2):
        attempts.add(conn, ACCOUNT, "code", START + timedelta(hours=hours))
    assert attempts.any_of(conn, ACCOUNT, "code")
    found = attempts.since(conn, ACCOUNT, "code", START + timedelta(hours=1))
    assert found == [START + timedelta(hours=2), START + timedelta(hours=3)]
    assert attempts.since(conn, 8, "code", START) == []
    attempts.forget(conn, START + timedelta(hours=2))
    assert len(attempts.since(conn, ACCOUNT, "code", START)) == 2


@in_transaction
def test_an_act_is_noted_with_its_actor_or_without(conn: Connection) -> None:
    audit_log.note(conn, ACCOUNT, "grant admin", "C0000001", START)
    audit_log.note(conn, None, "import products", "added 2", START)
    rows = conn.exec_driver_sql("SELECT actor, action FROM audit ORDER BY id").all()
    assert [tuple(row) for row in rows] == [(ACCOUNT, "grant admin"), (None, "import products")]


@in_transaction
def test_a_conversation_of_the_previous_version_is_read_with_current_names(
    conn: Connection,
) -> None:
    said = Answer("tap", "Ibu", START)
    session = Session(
        ACCOUNT, "profile", 1, "r1", "", (Given("AskTitle", said),),
        (Given("AskPhone", said, "AskPhone:f00d"),), "AskTitle:cafe", None, START,
    )  # fmt: skip
    sessions.save(conn, session, START)
    found = sessions.load(conn, ACCOUNT)
    assert found is not None
    assert [each.question for each in found.answers] == ["profile.title@1"]
    assert [(each.question, each.asked) for each in found.kept] == [
        ("person.phone@1", "person.phone@1:repr:f00d")
    ]
    assert found.asked == "profile.title@1:repr:cafe"
    sessions.save(conn, found, START)
    assert sessions.load(conn, ACCOUNT) == found


@in_transaction
def test_a_conversation_is_stored_in_its_current_state_and_replaced(conn: Connection) -> None:
    answer = Given("person.name@1", Answer("contact", "Dewi 😊", START, own=True, note="Dewi"))
    session = Session(
        ACCOUNT, "register", 2, "r1", "C0000001", (answer,), (), "person.phone@1:1", None, START
    )
    assert sessions.load(conn, ACCOUNT) is None
    sessions.save(conn, session, START)
    assert sessions.load(conn, ACCOUNT) == session
    waiting = session.with_waiting("/jual 2 sabun")
    sessions.save(conn, waiting, START)
    assert sessions.load(conn, ACCOUNT) == waiting
    sessions.close(conn, ACCOUNT)
    assert sessions.load(conn, ACCOUNT) is None
