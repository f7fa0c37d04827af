"""A place that the company entered is taken by its owner, once, with all that belongs to it."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.conversation.identify import recognise
from bot.conversation.registry import answer_lookup, perform
from bot.core.conversation.messages import Message
from bot.core.members.provinces import province
from bot.flows.members.claim import Claim, ClaimWelcome, PlaceOf
from bot.flows.members.details import Phone
from bot.store.imports.roster import Entry
from bot.store.proof.recount import audit_volumes
from bot.turn.incoming import Incoming
from bot.turn.reply import Picture, SentFile
from bot.turn.turn import Turn
from tests.services.desk import MORNING, Desk, open_desk
from tests.store.imports import plain_import

SITI, RINA = 11, 22
SITIS_PHONE = "6281234567890"
LIST = [
    Entry(2, "M-1", "Budi Wijaya", "+628121111111", "", "2019-03-01"),
    Entry(3, "M-2", "Siti Aminah", f"+{SITIS_PHONE}", "M-1", "2024-03-01"),
    Entry(4, "M-3", "Joko Susilo", "+628122222222", "M-2", "2025-03-01"),
]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    opened, database = await open_desk(f"sqlite+aiosqlite:///{tmp_path}/books.db")
    zone = opened.runtime.company.time_zone
    await database.write(
        lambda conn: plain_import.take_over(conn, LIST, zone, seed="s", now=MORNING)
    )
    yield opened
    await database.close()


async def claim(desk: Desk, user: int, phone: str) -> None:
    await desk.say(user, "/start")
    await desk.tap(user, "Saya sudah mitra")
    await desk.share(user, phone)
    await desk.tap(user, "Ya, itu saya")
    await desk.tap(user, "Ibu")
    for _ in desk.runtime.company.cards:
        await desk.tap(user, "Sudah saya baca")
    await desk.say(user, "1978")
    await desk.say(user, "makassar")
    await desk.tap(user, "Simpan")


def turn_of(desk: Desk, conn: Connection, user: int) -> Turn:
    incoming = Incoming(1, "text", user, user, private=True, text="ya", at=desk.at)
    caller, reader = recognise(conn, desk.runtime.company, incoming)
    runtime = desk.runtime
    return Turn(
        conn, runtime.content, runtime.company, incoming, caller, reader, runtime.username, 1
    )


async def test_the_account_is_linked_and_code_sponsor_team_and_day_stay(desk: Desk) -> None:
    kept = "SELECT code, sponsor_id, name, phone, joined_at, number FROM members WHERE id = 2"
    teams = "SELECT * FROM teams ORDER BY member_id"
    before, counted = await desk.rows(kept), await desk.rows(teams)
    await claim(desk, SITI, SITIS_PHONE)
    assert await desk.rows(kept) == before
    assert await desk.rows(teams) == counted == [(1, 2, 1), (2, 1, 1), (3, 0, 0)]
    facts = await desk.rows(
        "SELECT user_id, title, province, zone, birth_year, phone_verified FROM members"
        " WHERE user_id IS NOT NULL"
    )
    assert facts == [(SITI, "Ibu", "sulawesi-selatan", "Asia/Makassar", 1978, 1)]
    cards = await desk.rows("SELECT card FROM consents WHERE member_id = 2 ORDER BY at")
    assert cards == [(card.slug,) for card in desk.runtime.company.cards]
    ((member_id, due),) = await desk.rows("SELECT member_id, due_at FROM tip_clocks")
    nine_in_makassar = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
    assert (member_id, due) == (2, int(nine_in_makassar.timestamp()) * 1_000_000)
    zone = desk.runtime.company.time_zone
    assert await desk.runtime.database.read(lambda conn: audit_volumes(conn, zone)) == []


async def test_the_same_command_carried_out_again_shows_the_same_welcome(desk: Desk) -> None:
    await claim(desk, SITI, SITIS_PHONE)
    ((code,),) = await desk.rows("SELECT code FROM members WHERE id = 2")
    phone = Phone(f"+{SITIS_PHONE}", verified=True)

    def again(conn: Connection) -> Message | Picture | SentFile:
        command = Claim(2, phone, "Ibu", 1978, province("bali"), ())
        return perform(turn_of(desk, conn, SITI), command)[0]

    welcome = ClaimWelcome(code, f"https://t.me/jualdulu_bot?start={code}")
    assert await desk.runtime.database.write(again) == welcome
    assert await desk.rows("SELECT province FROM members WHERE id = 2") == [("sulawesi-selatan",)]


@pytest.mark.parametrize("number", [f"+{SITIS_PHONE}", "+628999999999"])
async def test_a_typed_number_finds_nothing_whether_it_is_known_or_not(
    desk: Desk, number: str
) -> None:
    await desk.say(RINA, "/klaim")
    await desk.say(RINA, number)
    said = await desk.last(RINA)
    assert "tekan tombolnya" in said
    assert "Siti" not in said

    def look(conn: Connection) -> object:
        return answer_lookup(turn_of(desk, conn, RINA), PlaceOf(Phone(number, verified=False)))

    assert await desk.runtime.database.write(look) is None
    with pytest.raises(AssertionError):
        await desk.runtime.database.write(lambda conn: perform(turn_of(desk, conn, RINA), Claim(
            2, Phone(f"+{SITIS_PHONE}", verified=False), "Ibu", 1978, province("bali"), ()
        )))  # fmt: skip


async def test_a_place_that_was_taken_is_not_shown_to_anybody_else(desk: Desk) -> None:
    await claim(desk, SITI, SITIS_PHONE)
    await desk.say(RINA, "/klaim")
    await desk.share(RINA, SITIS_PHONE)
    said = await desk.last(RINA)
    assert "sudah dipakai" in said
    assert "Siti" not in said


async def test_one_joins_with_the_code_of_somebody_who_has_not_come_yet(desk: Desk) -> None:
    ((code,),) = await desk.rows("SELECT code FROM members WHERE id = 2")
    await desk.say(RINA, f"/start {code}")
    assert "Siti A." in await desk.last(RINA)
    await desk.tap(RINA, "Ya, benar")
    await desk.tap(RINA, "Ibu")
    for _ in desk.runtime.company.cards:
        await desk.tap(RINA, "Sudah saya baca")
    await desk.say(RINA, "Rina Marlina")
    await desk.share(RINA, "6281398765432")
    await desk.say(RINA, "1980")
    await desk.tap(RINA, "Banten")
    await desk.tap(RINA, "Simpan")
    assert await desk.rows("SELECT sponsor_id FROM members WHERE user_id = 22") == [(2,)]
    told = "SELECT count(*) FROM outbox WHERE method = 'sendMessage' AND chat_id <> :user"
    assert await desk.rows(told, user=RINA) == [(0,)]


async def test_a_member_who_proves_a_number_that_waits_is_sent_to_the_office(desk: Desk) -> None:
    await claim(desk, SITI, SITIS_PHONE)
    await desk.say(SITI, "/profil hp")
    await desk.share(SITI, "628122222222")
    said = await desk.last(SITI)
    assert "sudah dipakai" in said
    assert desk.runtime.company.office_contact in said
    assert await desk.rows("SELECT phone FROM members WHERE id = 3") == [("+628122222222",)]
