"""Joining: what is asked, what is refused, and all that begins with a new member."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.conversation.identify import recognise
from bot.conversation.registry import perform
from bot.core.conversation.messages import Message
from bot.core.members.codes import make_code
from bot.core.members.provinces import province
from bot.flows.members.details import Phone
from bot.flows.members.register_messages import Details, Register, Welcome
from bot.store.members import people
from bot.store.proof.recount import audit_volumes
from bot.turn.incoming import Incoming
from bot.turn.reply import Picture, SentFile
from bot.turn.turn import Turn
from tests.services.desk import Desk, buttons, open_desk

SARI, RINA, TINI = 11, 22, 33
SARIS_PHONE, RINAS_PHONE = "6281234567890", "6281398765432"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    opened, database = await open_desk(f"sqlite+aiosqlite:///{tmp_path}/books.db")
    yield opened
    await database.close()


async def read_cards(desk: Desk, user: int) -> None:
    for _ in desk.runtime.company.cards:
        await desk.tap(user, "Sudah saya baca")


async def up_to_phone(desk: Desk, user: int, code: str, name: str) -> None:
    await desk.say(user, f"/start {code}")
    await desk.tap(user, "Ya, benar")
    await desk.tap(user, "Ibu")
    await read_cards(desk, user)
    await desk.say(user, name)


async def up_to_summary(desk: Desk, user: int, code: str, name: str, phone: str) -> None:
    await up_to_phone(desk, user, code, name)
    await desk.share(user, phone)
    await desk.say(user, "1978")
    await desk.say(user, "makassar")


async def join(desk: Desk, user: int, code: str, name: str, phone: str) -> str:
    """Join from link to welcome; gives the new code."""
    await up_to_summary(desk, user, code, name, phone)
    await desk.tap(user, "Simpan")
    ((own,),) = await desk.rows("SELECT code FROM members WHERE user_id = :user", user=user)
    return str(own)


async def texts(desk: Desk, user: int) -> list[str]:
    return [payload.get("text") or payload["caption"] for _, payload in await desk.read(user)]


async def test_the_code_is_found_at_the_end_of_the_longest_invitation(desk: Desk) -> None:
    saris = await join(desk, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    for user, code in ((RINA, saris), (TINI, "PUSAT")):
        await desk.say(user, "/start")
        link = f"https://t.me/jualdulu_bot?start={code}"
        await desk.say(user, "Yuk gabung bersama kami! " * 160 + link)
        assert "belum ketemu" not in await desk.last(user)
        assert "Sari D." in await desk.last(user) or code == "PUSAT"


async def test_a_link_leads_to_membership_with_all_that_belongs_to_it(desk: Desk) -> None:
    saris = await join(desk, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    await join(desk, RINA, saris, "Rina Marlina", RINAS_PHONE)
    ((sponsor_id, phone, verified, province, zone, year),) = await desk.rows(
        "SELECT sponsor_id, phone, phone_verified, province, zone, birth_year FROM members"
        " WHERE user_id = :user",
        user=RINA,
    )
    assert (sponsor_id, phone, verified) == (1, f"+{RINAS_PHONE}", 1)
    assert (province, zone, year) == ("sulawesi-selatan", "Asia/Makassar", 1978)
    cards = await desk.rows("SELECT card, version FROM consents WHERE member_id = 2 ORDER BY at")
    assert cards == [(card.slug, str(card.version)) for card in desk.runtime.company.cards]
    ((hour, due),) = await desk.rows("SELECT hour, due_at FROM tip_clocks WHERE member_id = 2")
    assert hour == "09:00"
    nine_in_makassar = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
    assert due == int(nine_in_makassar.timestamp()) * 1_000_000
    assert await desk.runtime.database.read(lambda conn: audit_volumes(conn, "Asia/Jakarta")) == []
    assert await desk.rows("SELECT count(*) FROM postings") == [(0,)]


async def test_the_welcome_carries_code_link_menu_and_a_qr_to_share(desk: Desk) -> None:
    code = await join(desk, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    (_, welcome), (method, picture) = (await desk.read(SARI))[-2:]
    link = f"https://t.me/jualdulu_bot?start={code}"
    assert code in welcome["text"]
    assert link in welcome["text"]
    assert "Ibu Sari" in welcome["text"]
    assert json.loads(welcome["reply_markup"])["is_persistent"]
    assert method == "sendPhoto"
    share, copy = buttons(picture)
    assert share["url"].startswith("https://t.me/share/url?url=https%3A//t.me/jualdulu_bot")
    assert copy["copy_text"] == {"text": link}
    ((body,),) = await desk.rows("SELECT body FROM attachments")
    assert bytes(body).startswith(b"\x89PNG")


async def test_the_sponsor_hears_the_name_and_nothing_else_of_the_newcomer(desk: Desk) -> None:
    saris = await join(desk, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    await join(desk, RINA, saris, "Rina Marlina", RINAS_PHONE)
    told = (await texts(desk, SARI))[-1]
    assert "Rina M." in told
    assert "penjualan pertama" in told
    assert "Marlina" not in told
    assert RINAS_PHONE[-4:] not in told


async def test_under_the_companys_own_code_nobody_is_sponsor_and_nobody_is_told(
    desk: Desk,
) -> None:
    await desk.say(SARI, "/daftar pusat")
    assert "kantor" in await desk.last(SARI)
    await join(desk, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    assert await desk.rows("SELECT sponsor_id FROM members") == [(None,)]
    assert await desk.rows(
        "SELECT count(*) FROM outbox WHERE kind = 'notice' AND method = 'sendMessage'"
    ) == [(0,)]


async def test_pressing_save_twice_makes_one_member(desk: Desk) -> None:
    await up_to_summary(desk, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    await desk.tap(SARI, "Simpan")
    await desk.tap(SARI, "Simpan")
    assert await desk.rows("SELECT count(*) FROM members") == [(1,)]


async def test_the_same_command_carried_out_again_shows_the_same_welcome(desk: Desk) -> None:
    code = await join(desk, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    phone = Phone(f"+{SARIS_PHONE}", verified=True)
    details = Details("Ibu", "Sari Dewi", phone, 1978, province("bali"))
    incoming = Incoming(1, "text", SARI, SARI, private=True, text="ya", at=desk.at)

    def again(conn: Connection) -> Message | Picture | SentFile:
        runtime = desk.runtime
        caller, reader = recognise(conn, runtime.company, incoming)
        turn = Turn(
            conn, runtime.content, runtime.company, incoming, caller, reader, runtime.username, 1
        )
        return perform(turn, Register(None, details, ()))[0]

    welcome = Welcome(code, f"https://t.me/jualdulu_bot?start={code}")
    assert await desk.runtime.database.write(again) == welcome
    assert await desk.rows("SELECT count(*) FROM members") == [(1,)]


async def test_a_code_that_somebody_has_already_is_not_given_out_again(desk: Desk) -> None:
    saris = await join(desk, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    chance = next(n for n in count(7, 10**6) if make_code(n) == saris)
    await up_to_summary(desk, RINA, saris, "Rina", RINAS_PHONE)
    desk.chances = iter([chance])
    await desk.tap(RINA, "Simpan")
    assert len(await desk.rows("SELECT DISTINCT code FROM members")) == 2


async def test_an_unknown_code_and_that_of_a_member_who_left_get_the_same_answer(
    desk: Desk,
) -> None:
    saris = await join(desk, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    await _write(desk, "UPDATE members SET active = 0")
    await desk.say(RINA, "/start")
    await desk.say(RINA, saris)
    left = await desk.last(RINA)
    await desk.say(RINA, "SALAH123")
    assert await desk.last(RINA) == left
    assert "belum ketemu" in left
    await desk.say(TINI, f"/start {saris}")
    assert "Tautan tadi" in await desk.last(TINI)


async def test_after_five_wrong_codes_nothing_is_looked_up_for_an_hour(desk: Desk) -> None:
    saris = await join(desk, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    await desk.say(RINA, "/daftar")
    for number in range(4):
        await desk.say(RINA, f"SALAH{number}")
        assert "jeda" not in await desk.last(RINA)
    await desk.say(RINA, "SALAH5")
    assert "jeda" in await desk.last(RINA)
    await desk.say(RINA, saris)
    assert "jeda" in await desk.last(RINA)
    await desk.say(RINA, f"/start {saris}")
    assert any("jeda" in text for text in (await texts(desk, RINA))[-2:])
    desk.at += timedelta(hours=1)
    await desk.say(RINA, saris)
    assert "Sari D." in await desk.last(RINA)
    await desk.tap(RINA, "Ya, benar")
    assert "panggil" in await desk.last(RINA)


async def test_a_wrong_link_counts_once_however_often_the_chat_goes_on(desk: Desk) -> None:
    await desk.say(RINA, "/start SALAH123")
    await desk.tap(RINA, "Belum punya kode")
    await desk.say(RINA, "Rina")
    await desk.say(RINA, "bukan nomor")
    assert await desk.rows("SELECT count(*) FROM strikes") == [(1,)]


async def test_wrong_codes_after_the_right_one_do_not_undo_it(desk: Desk) -> None:
    saris = await join(desk, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    await desk.say(RINA, f"/start {saris}")
    await desk.tap(RINA, "Bukan")
    for number in range(6):
        await desk.say(RINA, f"SALAH{number}")
    await desk.say(RINA, "/kembali")
    assert "Sari D." in await desk.last(RINA)
    await desk.tap(RINA, "Ya, benar")
    assert "panggil" in await desk.last(RINA)


async def test_a_typed_number_that_a_member_has_is_refused_at_its_question(desk: Desk) -> None:
    saris = await join(desk, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    await up_to_phone(desk, RINA, saris, "Rina Marlina")
    await desk.say(RINA, "0812-3456-7890")
    refused = await desk.last(RINA)
    assert "sudah dipakai" in refused
    assert desk.runtime.company.office_contact in refused
    await desk.say(RINA, "0813 9876 5432")
    assert "Tahun lahir" in await desk.last(RINA)


async def test_somebody_elses_contact_proves_nothing(desk: Desk) -> None:
    await up_to_phone(desk, SARI, "PUSAT", "Sari Dewi")
    await desk.share(SARI, SARIS_PHONE, own=False)
    assert "buku telepon" in await desk.last(SARI)


async def test_a_typed_number_yields_to_its_owner_and_its_holder_is_told(desk: Desk) -> None:
    await up_to_phone(desk, SARI, "PUSAT", "Sari Dewi")
    await desk.say(SARI, f"+{RINAS_PHONE}")
    await desk.say(SARI, "1980")
    await desk.tap(SARI, "Jawa Barat")
    await desk.tap(SARI, "Simpan")
    await join(desk, RINA, "PUSAT", "Rina Marlina", RINAS_PHONE)
    held = await desk.rows("SELECT user_id, phone, phone_verified FROM members ORDER BY id")
    assert held == [(SARI, "yielded:1", 0), (RINA, f"+{RINAS_PHONE}", 1)]
    told = (await texts(desk, SARI))[-1]
    assert "pemiliknya" in told
    assert RINAS_PHONE[-4:] not in told


async def test_a_proven_number_yields_to_nobody(desk: Desk) -> None:
    await join(desk, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    await up_to_phone(desk, RINA, "PUSAT", "Rina Marlina")
    await desk.share(RINA, SARIS_PHONE)
    assert "sudah dipakai" in await desk.last(RINA)


async def test_a_number_taken_before_the_last_tap_is_asked_again_with_the_rest_kept(
    desk: Desk,
) -> None:
    await up_to_phone(desk, SARI, "PUSAT", "Sari Dewi")
    await desk.say(SARI, f"+{RINAS_PHONE}")
    await desk.say(SARI, "1980")
    await desk.tap(SARI, "Jawa Barat")
    await join(desk, RINA, "PUSAT", "Rina Marlina", RINAS_PHONE)
    await desk.tap(SARI, "Simpan")
    assert "sudah dipakai" in await desk.last(SARI)
    await desk.share(SARI, SARIS_PHONE)
    summary = await desk.last(SARI)
    assert "Jawa Barat" in summary
    assert f"+{SARIS_PHONE}" in summary.replace(" ", "").replace("-", "")


@pytest.mark.parametrize(
    ("part", "given", "shown"),
    [
        ("Nama", "Sari Ayu Lestari", "Nama: Sari Ayu Lestari"),
        ("Nomor HP", "0813 9876 5432", "Nomor HP: +62 813-9876-5432 (diketik)"),
        ("Tahun lahir", "1990", "Tahun lahir: 1990"),
        ("Provinsi", "ambon", "Provinsi: Maluku, jam WIT"),
        ("Panggilan", "kak", "Panggilan: Kak"),
        ("Tidak jadi", None, "Nama: Sari Dewi"),
    ],
)
async def test_every_part_of_the_summary_can_be_changed(
    desk: Desk, part: str, given: str | None, shown: str
) -> None:
    await up_to_summary(desk, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    await desk.tap(SARI, "Ubah")
    await desk.tap(SARI, part)
    if given is not None:
        await desk.say(SARI, given)
    assert shown in await desk.last(SARI)


async def test_the_sponsor_can_be_changed_at_the_end(desk: Desk) -> None:
    saris = await join(desk, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    await up_to_summary(desk, RINA, "PUSAT", "Rina Marlina", RINAS_PHONE)
    await desk.tap(RINA, "Ubah")
    await desk.tap(RINA, "Sponsor")
    await desk.say(RINA, saris.lower())
    await desk.tap(RINA, "Ya, benar")
    assert "Sponsor: Sari D." in await desk.last(RINA)
    await desk.tap(RINA, "Simpan")
    assert await desk.rows("SELECT sponsor_id FROM members ORDER BY id") == [(None,), (1,)]


async def test_a_province_of_several_is_chosen_from_them(desk: Desk) -> None:
    await up_to_phone(desk, SARI, "PUSAT", "Sari Dewi")
    await desk.share(SARI, SARIS_PHONE)
    await desk.say(SARI, "1978")
    await desk.say(SARI, "sulawesi")
    assert "[Gorontalo]" not in await desk.last(SARI)
    await desk.tap(SARI, "Sulawesi Utara")
    assert "Provinsi: Sulawesi Utara, jam WITA" in await desk.last(SARI)


async def test_an_unknown_province_and_a_child_are_refused(desk: Desk) -> None:
    await up_to_phone(desk, SARI, "PUSAT", "Sari Dewi")
    await desk.share(SARI, SARIS_PHONE)
    await desk.say(SARI, "2012")
    assert "18 tahun" in await desk.last(SARI)
    await desk.say(SARI, "1978")
    await desk.say(SARI, "Atlantis Timur Laut")
    assert "belum ketemu" in await desk.last(SARI)


async def test_a_card_renewed_while_somebody_reads_on_is_shown_once_more(desk: Desk) -> None:
    await up_to_phone(desk, SARI, "PUSAT", "Sari Dewi")
    company = desk.runtime.company
    first, *others = company.cards
    cards = (replace(first, version=first.version + 1), *others)
    desk.runtime = replace(desk.runtime, company=replace(company, cards=cards))
    await desk.share(SARI, SARIS_PHONE)
    assert "baru diperbarui" in await desk.last(SARI)
    await desk.tap(SARI, "Sudah saya baca")
    await desk.share(SARI, SARIS_PHONE)
    await desk.say(SARI, "1978")
    await desk.say(SARI, "makassar")
    await desk.tap(SARI, "Simpan")
    versions = await desk.rows("SELECT version FROM consents WHERE card = 'company'")
    assert versions == [(str(first.version + 1),)]


async def test_a_card_is_read_by_its_button_or_its_label_and_by_nothing_else(desk: Desk) -> None:
    await desk.say(SARI, "/start PUSAT")
    await desk.tap(SARI, "Ya, benar")
    await desk.say(SARI, "bu")
    await desk.say(SARI, "skip")
    assert "1/5" in await desk.last(SARI)
    await desk.say(SARI, "sudah saya baca")
    assert "2/5" in await desk.last(SARI)


async def test_the_language_is_changed_by_the_press_and_not_by_its_replay(desk: Desk) -> None:
    await desk.say(SARI, "/start PUSAT")
    await desk.tap(SARI, "🇬🇧 English")
    assert "Hello" in await desk.last(SARI)
    await desk.runtime.database.write(lambda conn: people.set_language(conn, SARI, "id"))
    await desk.say(SARI, "mungkin")
    assert "ya</b> atau" in await desk.last(SARI)


async def test_somebody_without_a_code_can_leave_a_number_for_the_office(desk: Desk) -> None:
    for _ in range(2):
        await desk.say(RINA, "/daftar")
        await desk.tap(RINA, "Belum punya kode")
        assert desk.runtime.company.office_contact in await desk.last(RINA)
        await desk.say(RINA, "Rina")
        await desk.share(RINA, RINAS_PHONE)
        assert "Tercatat" in await desk.last(RINA)
    assert await desk.rows("SELECT name, phone FROM leads") == [("Rina", f"+{RINAS_PHONE}")]


async def test_a_code_is_read_whatever_its_case_and_gaps(desk: Desk) -> None:
    saris = await join(desk, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    await desk.say(RINA, f"/daftar {saris[:4]}-{saris[4:].lower()}")
    assert "Sari D." in await desk.last(RINA)


async def test_a_photo_of_a_qr_gets_a_way_on(desk: Desk) -> None:
    await desk.say(RINA, "/start")
    await desk.photo(RINA)
    assert "kamera HP" in await desk.last(RINA)


async def test_a_member_who_opens_the_own_link_is_told_that_it_is_for_others(desk: Desk) -> None:
    saris = await join(desk, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    await desk.say(SARI, f"/start {saris}")
    assert "tautan Ibu sendiri" in await desk.last(SARI)


async def test_an_invitation_is_one_picture_with_the_members_own_link(desk: Desk) -> None:
    saris = await join(desk, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    before = len(await desk.read(SARI))
    await desk.say(SARI, "/undang")
    ((method, payload),) = (await desk.read(SARI))[before:]
    assert method == "sendPhoto"
    assert f"start={saris}" in payload["caption"]
    assert "produknya" in payload["caption"]


async def _write(desk: Desk, query: str) -> None:
    def unit(conn: Any) -> None:
        conn.exec_driver_sql(query)

    await desk.runtime.database.write(unit)
