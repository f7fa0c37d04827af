"""A place entered by the company is claimed by its owner, once and completely."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.conversation.identify import recognise
from bot.conversation.registry import answer_lookup, perform
from bot.core.members.provinces import province
from bot.flows.members.claim import Claim, ClaimWelcome, PlaceOf
from bot.flows.members.details import Phone
from bot.flows.members.register_messages import Details
from bot.store.imports.roster import Entry
from bot.store.proof.recount import audit_volumes
from bot.turn.incoming import Incoming
from bot.turn.turn import Turn
from tests.services.harness import MORNING, Harness, open_harness
from tests.store.imports import plain_import

SITI, RINA = 11, 22
SITIS_PHONE = "6281234567890"
LIST = [
    Entry(2, "M-1", "Budi Wijaya", "+628121111111", "", "2019-03-01"),
    Entry(3, "M-2", "Siti Aminah", f"+{SITIS_PHONE}", "M-1", "2024-03-01"),
    Entry(4, "M-3", "Joko Susilo", "+628122222222", "M-2", "2025-03-01"),
]


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    opened, database = await open_harness(f"sqlite+aiosqlite:///{tmp_path}/books.db")
    zone = opened.runtime.company.time_zone
    await database.write(
        lambda conn: plain_import.take_over(conn, LIST, zone, seed="s", now=MORNING)
    )
    yield opened
    await database.close()


async def claim(harness: Harness, user: int, phone: str) -> None:
    await harness.say(user, "/start")
    await harness.tap(user, "Saya sudah mitra")
    await harness.share(user, phone)
    await harness.tap(user, "Ya, itu saya")
    await harness.tap(user, "Ibu")
    for _ in harness.runtime.company.cards:
        await harness.tap(user, "Sudah saya baca")
    await harness.say(user, "1978")
    await harness.say(user, "makassar")
    await harness.tap(user, "Simpan")


def turn_of(harness: Harness, conn: Connection, user: int) -> Turn:
    incoming = Incoming(1, "text", user, user, private=True, text="ya", at=harness.at)
    caller, reader = recognise(conn, harness.runtime.company, incoming)
    runtime = harness.runtime
    return Turn(
        conn, runtime.content, runtime.company, incoming, caller, reader, runtime.username, 1
    )


async def test_the_account_is_linked_and_keeps_code_sponsor_team_and_day(harness: Harness) -> None:
    kept = "SELECT code, sponsor_id, name, phone, joined_at, number FROM members WHERE id = 2"
    teams = "SELECT * FROM teams ORDER BY member_id"
    before, counted = await harness.rows(kept), await harness.rows(teams)
    await claim(harness, SITI, SITIS_PHONE)
    assert await harness.rows(kept) == before
    assert await harness.rows(teams) == counted == [(1, 2, 1), (2, 1, 1), (3, 0, 0)]
    facts = await harness.rows(
        "SELECT user_id, title, province, zone, birth_year, phone_verified FROM members"
        " WHERE user_id IS NOT NULL"
    )
    assert facts == [(SITI, "Ibu", "sulawesi-selatan", "Asia/Makassar", 1978, 1)]
    cards = await harness.rows("SELECT card FROM consents WHERE member_id = 2 ORDER BY at")
    assert cards == [(card.slug,) for card in harness.runtime.company.cards]
    ((member_id, due),) = await harness.rows("SELECT member_id, due_at FROM tip_clocks")
    nine_in_makassar = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
    assert (member_id, due) == (2, int(nine_in_makassar.timestamp()) * 1_000_000)
    zone = harness.runtime.company.time_zone
    assert await harness.runtime.database.read(lambda conn: audit_volumes(conn, zone)) == []


async def test_the_same_command_carried_out_again_shows_the_same_welcome(harness: Harness) -> None:
    await claim(harness, SITI, SITIS_PHONE)
    ((code,),) = await harness.rows("SELECT code FROM members WHERE id = 2")
    phone = Phone(f"+{SITIS_PHONE}", verified=True)

    def again(conn: Connection) -> object:
        command = Claim(2, Details("Ibu", "Siti", phone, 1978, province("bali")), ())
        return perform(turn_of(harness, conn, SITI), command)[0]

    welcome = ClaimWelcome(code, f"https://t.me/jualdulu_bot?start={code}")
    assert await harness.runtime.database.write(again) == welcome
    assert await harness.rows("SELECT province FROM members WHERE id = 2") == [
        ("sulawesi-selatan",)
    ]


@pytest.mark.parametrize("number", [f"+{SITIS_PHONE}", "+628999999999"])
async def test_a_typed_number_finds_nothing_whether_it_is_known_or_not(
    harness: Harness, number: str
) -> None:
    await harness.say(RINA, "/klaim")
    await harness.say(RINA, number)
    said = await harness.last(RINA)
    assert "tekan tombolnya" in said
    assert "Siti" not in said

    def look(conn: Connection) -> object:
        return answer_lookup(turn_of(harness, conn, RINA), PlaceOf(Phone(number, verified=False)))

    assert await harness.runtime.database.write(look) is None
    phone = Phone(f"+{SITIS_PHONE}", verified=False)
    claim = Claim(2, Details("Ibu", "Siti", phone, 1978, province("bali")), ())
    with pytest.raises(AssertionError):
        await harness.runtime.database.write(
            lambda conn: perform(turn_of(harness, conn, RINA), claim)
        )


async def test_a_claimed_place_is_not_shown_to_anyone_else(harness: Harness) -> None:
    await claim(harness, SITI, SITIS_PHONE)
    await harness.say(RINA, "/klaim")
    await harness.share(RINA, SITIS_PHONE)
    said = await harness.last(RINA)
    assert "sudah terdaftar" in said
    assert "Siti" not in said


async def test_a_person_can_join_with_the_code_of_a_member_who_has_not_come_yet(
    harness: Harness,
) -> None:
    ((code,),) = await harness.rows("SELECT code FROM members WHERE id = 2")
    await harness.say(RINA, f"/start {code}")
    assert "Siti A." in await harness.last(RINA)
    await harness.tap(RINA, "Ya, benar")
    await harness.tap(RINA, "Ibu")
    for _ in harness.runtime.company.cards:
        await harness.tap(RINA, "Sudah saya baca")
    await harness.say(RINA, "Rina Marlina")
    await harness.share(RINA, "6281398765432")
    await harness.say(RINA, "1980")
    await harness.tap(RINA, "Banten")
    await harness.tap(RINA, "Simpan")
    assert await harness.rows("SELECT sponsor_id FROM members WHERE user_id = 22") == [(2,)]
    count = "SELECT count(*) FROM outbox WHERE method = 'sendMessage' AND chat_id <> :user"
    assert await harness.rows(count, user=RINA) == [(0,)]


async def test_a_member_who_verifies_a_number_on_the_list_is_sent_to_the_office(
    harness: Harness,
) -> None:
    await claim(harness, SITI, SITIS_PHONE)
    await harness.say(SITI, "/profil hp")
    await harness.share(SITI, "628122222222")
    said = await harness.last(SITI)
    assert "sudah terdaftar" in said
    assert harness.runtime.company.office_contact in said
    assert await harness.rows("SELECT phone FROM members WHERE id = 3") == [("+628122222222",)]
