"""Members from a list, and how they take their places, on SQLite and on PostgreSQL."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection

from bot.store.imports.roster import Clash, Comparison, Entry
from bot.store.members import members, people, relinks, unclaimed
from bot.store.members.unclaimed import UnclaimedMembership
from bot.store.proof.recount import audit_volumes
from tests.store.both import ACCOUNT, DAY, MONTH, START, ZONE, in_transaction, join, of_one_kind
from tests.store.imports import plain_import

SITI = Entry(2, "A1", "Siti Aminah", "+628121", "C0000001", "2026-10-31")
BUDI = Entry(3, "A2", "Budi", "+628122", "A3", "2026-10-30")
RINA = Entry(4, "A3", "Rina", "+628123", "A1", "2026-11-01")
LIST = [SITI, BUDI, RINA]


def take_over(conn: Connection, *entries: Entry) -> Comparison:
    return plain_import.take_over(conn, entries, ZONE, seed="s", now=START)


@in_transaction
def test_a_list_finds_its_places_below_existing_members(conn: Connection) -> None:
    join(conn, [None])
    conn.exec_driver_sql("UPDATE members SET number = 'C0000001'")
    assert [entry.number for entry in plain_import.compare(conn, LIST, ZONE).added] == [
        "A1",
        "A2",
        "A3",
    ]
    assert len(take_over(conn, *LIST).added) == 3
    assert audit_volumes(conn, ZONE) == []
    rows = conn.exec_driver_sql("SELECT size, legs FROM teams ORDER BY member_id").all()
    assert [tuple(row) for row in rows] == [(3, 1), (2, 1), (1, 1), (0, 0)]
    siti = members.by_id(conn, 2)
    assert (siti.user_id, siti.title, siti.province, siti.birth_year) == (None, "", "", 0)
    of_one_kind(siti)
    again = take_over(conn, *LIST)
    assert (again.added, again.changed, again.same, again.kept) == ([], {}, 3, 0)
    words = conn.exec_driver_sql("SELECT word FROM member_words WHERE member_id = 2 ORDER BY 1")
    assert [row.word for row in words] == ["aminah", "siti"]


@in_transaction
def test_names_and_numbers_are_corrected_and_a_clash_stops_the_whole_import(
    conn: Connection,
) -> None:
    join(conn, [None])
    conn.exec_driver_sql("UPDATE members SET number = 'C0000001'")
    take_over(conn, *LIST)
    swapped = [replace(SITI, phone=RINA.phone), replace(RINA, phone=SITI.phone, name="Rina M")]
    assert sorted(take_over(conn, *swapped).changed) == [2, 3]
    assert members.by_id(conn, 3).name == "Rina M"
    held = members.phone_holder(conn, SITI.phone)
    assert held is not None
    assert held.id == 3
    clashing = [
        replace(BUDI, sponsor="A1", joined="2026-10-29", name="Nobody hears of it"),
        replace(SITI, phone="+6281100000001"),
        Entry(9, "A9", "Tuti", BUDI.phone, "A8", "2026-11-01"),
    ]
    found = take_over(conn, *clashing)
    assert found.clashes == [
        Clash(3, "sponsor", "A1", "A3"),
        Clash(3, "joined", "2026-10-29", "2026-10-30"),
        Clash(9, "unknown sponsor", "A8"),
        Clash(9, "phone", BUDI.phone, "A2"),
        Clash(2, "phone", "+6281100000001", "C0000001"),
    ]
    assert members.by_id(conn, 4).name == "Budi"
    assert members.by_code(conn, "A9") is None


@in_transaction
def test_a_place_is_found_by_its_number_and_taken_once(conn: Connection) -> None:
    join(conn, [None])
    conn.exec_driver_sql("UPDATE members SET number = 'C0000001'")
    take_over(conn, *LIST)
    people.meet(conn, ACCOUNT, "id", START)
    assert unclaimed.waiting(conn, SITI.phone) == UnclaimedMembership(
        2, "Siti Aminah", "A1", "Mitra Ke-1"
    )
    assert unclaimed.waiting(conn, "+6281100000001") is None

    def take(user_id: int) -> None:
        unclaimed.claim(
            conn, 2, user_id=user_id, phone=SITI.phone, title="Ibu", province="bali",
            zone=ZONE, birth_year=1978,
        )  # fmt: skip

    before = members.by_id(conn, 2)
    take(ACCOUNT)
    members.agree(conn, 2, (("earnings", "1", START),))
    after = members.by_id(conn, 2)
    assert (after.user_id, after.title, after.birth_year) == (ACCOUNT, "Ibu", 1978)
    for kept in ("code", "sponsor_id", "name", "joined_at"):
        assert getattr(after, kept) == getattr(before, kept)
    assert after.phone_verified is True
    assert unclaimed.waiting(conn, SITI.phone) is None
    with pytest.raises(AssertionError):
        take(ACCOUNT + 9)
    mended = take_over(conn, replace(SITI, name="Siti Other"))
    assert (mended.changed, mended.kept) == ({}, 1)


@in_transaction
def test_a_relink_code_opens_no_unclaimed_place(conn: Connection) -> None:
    join(conn, [None])
    conn.exec_driver_sql("UPDATE members SET number = 'C0000001'")
    take_over(conn, *LIST)
    for member_id, exists in ((1, True), (2, False)):
        relinks.make(conn, member_id, f"code{member_id}", expires_at=START + DAY, by=ACCOUNT)
        found = relinks.owner_of(conn, f"code{member_id}", START)
        assert (found is not None) == exists


@in_transaction
def test_many_newcomers_are_counted_as_if_they_had_joined_one_by_one(conn: Connection) -> None:
    join(conn, [None, 1])
    for place, sponsor in ((3, 2), (4, 3), (5, 1)):
        people.meet(conn, ACCOUNT + place, "id", START)
        members.add(
            conn, consents=(), reference=f"r{place}", user_id=ACCOUNT + place,
            code=f"C{place:07d}", sponsor_id=sponsor, name="Mitra", title="Ibu",
            phone=f"+62899{place}", phone_verified=False, province="bali", zone=ZONE,
            birth_year=1978, joined_at=START,
        )  # fmt: skip
    plain_import.joined_together(conn, {3: MONTH, 4: MONTH, 5: MONTH})
    assert audit_volumes(conn, ZONE) == []
