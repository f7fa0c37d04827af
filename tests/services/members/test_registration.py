"""Joining: the questions, the refusals, and all that begins with a new member."""

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
from bot.core.members.codes import make_code
from bot.core.members.provinces import province
from bot.flows.members.details import Phone
from bot.flows.members.register_messages import Details, Register, Welcome
from bot.store.members import people
from bot.store.proof.recount import audit_volumes
from bot.turn.incoming import Incoming
from bot.turn.turn import Turn
from tests.services.harness import Harness, buttons, open_harness

SARI, RINA, TINI = 11, 22, 33
SARIS_PHONE, RINAS_PHONE = "6281234567890", "6281398765432"


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    opened, database = await open_harness(f"sqlite+aiosqlite:///{tmp_path}/books.db")
    yield opened
    await database.close()


async def read_cards(harness: Harness, user: int) -> None:
    for _ in harness.runtime.company.cards:
        await harness.tap(user, "Sudah saya baca")


async def up_to_phone(harness: Harness, user: int, code: str, name: str) -> None:
    await harness.say(user, f"/start {code}")
    await harness.tap(user, "Ya, benar")
    await harness.tap(user, "Ibu")
    await read_cards(harness, user)
    await harness.say(user, name)


async def up_to_summary(harness: Harness, user: int, code: str, name: str, phone: str) -> None:
    await up_to_phone(harness, user, code, name)
    await harness.share(user, phone)
    await harness.say(user, "1978")
    await harness.say(user, "makassar")


async def join(harness: Harness, user: int, code: str, name: str, phone: str) -> str:
    """Join from link to welcome; returns the new code."""
    await up_to_summary(harness, user, code, name, phone)
    await harness.tap(user, "Simpan")
    ((own,),) = await harness.rows("SELECT code FROM members WHERE user_id = :user", user=user)
    return str(own)


async def texts(harness: Harness, user: int) -> list[str]:
    return [payload.get("text") or payload["caption"] for _, payload in await harness.read(user)]


async def test_the_code_is_found_at_the_end_of_the_longest_invitation(harness: Harness) -> None:
    saris = await join(harness, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    for user, code in ((RINA, saris), (TINI, "PUSAT")):
        await harness.say(user, "/start")
        link = f"https://t.me/jualdulu_bot?start={code}"
        await harness.say(user, "Yuk gabung bersama kami! " * 160 + link)
        assert "belum ketemu" not in await harness.last(user)
        assert "Sari D." in await harness.last(user) or code == "PUSAT"


async def test_a_link_leads_to_a_complete_membership(harness: Harness) -> None:
    saris = await join(harness, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    await join(harness, RINA, saris, "Rina Marlina", RINAS_PHONE)
    ((sponsor_id, phone, verified, province, zone, year),) = await harness.rows(
        "SELECT sponsor_id, phone, phone_verified, province, zone, birth_year FROM members"
        " WHERE user_id = :user",
        user=RINA,
    )
    assert (sponsor_id, phone, verified) == (1, f"+{RINAS_PHONE}", 1)
    assert (province, zone, year) == ("sulawesi-selatan", "Asia/Makassar", 1978)
    cards = await harness.rows(
        "SELECT card, version FROM consents WHERE member_id = 2 ORDER BY at"
    )
    assert cards == [(card.slug, str(card.version)) for card in harness.runtime.company.cards]
    ((hour, due),) = await harness.rows("SELECT hour, due_at FROM tip_clocks WHERE member_id = 2")
    assert hour == "09:00"
    nine_in_makassar = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
    assert due == int(nine_in_makassar.timestamp()) * 1_000_000
    assert (
        await harness.runtime.database.read(lambda conn: audit_volumes(conn, "Asia/Jakarta")) == []
    )
    assert await harness.rows("SELECT count(*) FROM postings") == [(0,)]


async def test_the_welcome_carries_code_link_and_menu_and_the_invitation_a_qr_to_share(
    harness: Harness,
) -> None:
    code = await join(harness, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    (_, welcome), (_, first_sale) = (await harness.read(SARI))[-2:]
    link = f"https://t.me/jualdulu_bot?start={code}"
    assert code in welcome["text"]
    assert link in welcome["text"]
    assert "Bu Sari" in welcome["text"]
    assert json.loads(welcome["reply_markup"])["is_persistent"]
    assert "/jual" in {each["callback_data"] for each in buttons(first_sale)}
    await harness.say(SARI, "/undang")
    method, picture = (await harness.read(SARI))[-1]
    assert method == "sendPhoto"
    share, copy = buttons(picture)
    assert share["url"].startswith("https://t.me/share/url?url=https%3A//t.me/jualdulu_bot")
    assert copy["copy_text"] == {"text": link}
    ((body,),) = await harness.rows("SELECT body FROM attachments")
    assert bytes(body).startswith(b"\x89PNG")


async def test_the_sponsor_learns_only_the_name_of_the_newcomer(
    harness: Harness,
) -> None:
    saris = await join(harness, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    await join(harness, RINA, saris, "Rina Marlina", RINAS_PHONE)
    notice = (await texts(harness, SARI))[-1]
    assert "Rina M." in notice
    assert "penjualan pertama" in notice
    assert "Marlina" not in notice
    assert RINAS_PHONE[-4:] not in notice


async def test_the_companys_own_code_names_no_sponsor_and_notifies_no_member(
    harness: Harness,
) -> None:
    await harness.say(SARI, "/daftar pusat")
    assert "kantor" in await harness.last(SARI)
    await join(harness, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    assert await harness.rows("SELECT sponsor_id FROM members") == [(None,)]
    assert await harness.rows(
        "SELECT count(*) FROM outbox WHERE kind = 'notice' AND method = 'sendMessage'"
    ) == [(0,)]


async def test_pressing_save_twice_makes_one_member(harness: Harness) -> None:
    await up_to_summary(harness, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    await harness.tap(SARI, "Simpan")
    await harness.tap(SARI, "Simpan")
    assert await harness.rows("SELECT count(*) FROM members") == [(1,)]


async def test_the_same_command_carried_out_again_shows_the_same_welcome(harness: Harness) -> None:
    code = await join(harness, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    phone = Phone(f"+{SARIS_PHONE}", verified=True)
    details = Details("Ibu", "Sari Dewi", phone, 1978, province("bali"))
    incoming = Incoming(1, "text", SARI, SARI, private=True, text="ya", at=harness.at)

    def again(conn: Connection) -> object:
        runtime = harness.runtime
        caller, reader = recognise(conn, runtime.company, incoming)
        turn = Turn(
            conn, runtime.content, runtime.company, incoming, caller, reader, runtime.username, 1
        )
        return perform(turn, Register(None, details, ()))[0]

    welcome = Welcome(code, f"https://t.me/jualdulu_bot?start={code}")
    assert await harness.runtime.database.write(again) == welcome
    assert await harness.rows("SELECT count(*) FROM members") == [(1,)]


async def test_a_code_that_is_in_use_is_not_assigned_again(harness: Harness) -> None:
    saris = await join(harness, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    chance = next(n for n in count(7, 10**6) if make_code(n) == saris)
    await up_to_summary(harness, RINA, saris, "Rina", RINAS_PHONE)
    harness.chances = iter([chance])
    await harness.tap(RINA, "Simpan")
    assert len(await harness.rows("SELECT DISTINCT code FROM members")) == 2


async def test_an_unknown_code_and_the_code_of_a_former_member_get_the_same_answer(
    harness: Harness,
) -> None:
    saris = await join(harness, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    await _write(harness, "UPDATE members SET active = 0")
    await harness.say(RINA, "/start")
    await harness.say(RINA, saris)
    left = await harness.last(RINA)
    await harness.say(RINA, "SALAH123")
    assert await harness.last(RINA) == left
    assert "belum ketemu" in left
    await harness.say(TINI, f"/start {saris}")
    assert "tautan tadi" in await harness.last(TINI)


async def test_after_five_wrong_codes_nothing_is_looked_up_for_an_hour(harness: Harness) -> None:
    saris = await join(harness, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    await harness.say(RINA, "/daftar")
    for number in range(4):
        await harness.say(RINA, f"SALAH{number}")
        assert "Coba lagi pukul" not in await harness.last(RINA)
    await harness.say(RINA, "SALAH5")
    assert "Coba lagi pukul" in await harness.last(RINA)
    await harness.say(RINA, saris)
    assert "Coba lagi pukul" in await harness.last(RINA)
    await harness.say(RINA, f"/start {saris}")
    assert any("Coba lagi pukul" in text for text in (await texts(harness, RINA))[-2:])
    harness.at += timedelta(hours=1)
    await harness.say(RINA, saris)
    assert "Sari D." in await harness.last(RINA)
    await harness.tap(RINA, "Ya, benar")
    assert "panggil" in await harness.last(RINA)


async def test_a_wrong_link_counts_once_however_often_the_chat_goes_on(harness: Harness) -> None:
    await harness.say(RINA, "/start SALAH123")
    await harness.tap(RINA, "Belum punya kode")
    await harness.say(RINA, "Rina")
    await harness.say(RINA, "bukan nomor")
    assert await harness.rows("SELECT count(*) FROM strikes") == [(1,)]


async def test_wrong_codes_after_the_right_one_do_not_undo_it(harness: Harness) -> None:
    saris = await join(harness, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    await harness.say(RINA, f"/start {saris}")
    await harness.tap(RINA, "Bukan")
    for number in range(6):
        await harness.say(RINA, f"SALAH{number}")
    await harness.say(RINA, "/kembali")
    assert "Sari D." in await harness.last(RINA)
    await harness.tap(RINA, "Ya, benar")
    assert "panggil" in await harness.last(RINA)


async def test_a_typed_number_that_a_member_has_is_refused_at_its_question(
    harness: Harness,
) -> None:
    saris = await join(harness, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    await up_to_phone(harness, RINA, saris, "Rina Marlina")
    await harness.say(RINA, "0812-3456-7890")
    refused = await harness.last(RINA)
    assert "sudah terdaftar" in refused
    assert harness.runtime.company.office_contact in refused
    await harness.say(RINA, "0813 9876 5432")
    assert "Tahun lahir" in await harness.last(RINA)


async def test_another_persons_contact_verifies_nothing(harness: Harness) -> None:
    await up_to_phone(harness, SARI, "PUSAT", "Sari Dewi")
    await harness.share(SARI, SARIS_PHONE, own=False)
    assert "daftar kontak" in await harness.last(SARI)


async def test_a_typed_number_yields_to_its_owner_and_its_holder_is_notified(
    harness: Harness,
) -> None:
    await up_to_phone(harness, SARI, "PUSAT", "Sari Dewi")
    await harness.say(SARI, f"+{RINAS_PHONE}")
    await harness.say(SARI, "1980")
    await harness.tap(SARI, "Jawa Barat")
    await harness.tap(SARI, "Simpan")
    await join(harness, RINA, "PUSAT", "Rina Marlina", RINAS_PHONE)
    held = await harness.rows("SELECT user_id, phone, phone_verified FROM members ORDER BY id")
    assert held == [(SARI, "yielded:1", 0), (RINA, f"+{RINAS_PHONE}", 1)]
    notice = (await texts(harness, SARI))[-1]
    assert "milik mitra lain" in notice
    assert RINAS_PHONE[-4:] not in notice


async def test_a_verified_number_yields_to_no_one(harness: Harness) -> None:
    await join(harness, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    await up_to_phone(harness, RINA, "PUSAT", "Rina Marlina")
    await harness.share(RINA, SARIS_PHONE)
    assert "sudah terdaftar" in await harness.last(RINA)


async def test_a_number_taken_before_the_last_tap_is_asked_again_with_the_rest_kept(
    harness: Harness,
) -> None:
    await up_to_phone(harness, SARI, "PUSAT", "Sari Dewi")
    await harness.say(SARI, f"+{RINAS_PHONE}")
    await harness.say(SARI, "1980")
    await harness.tap(SARI, "Jawa Barat")
    await join(harness, RINA, "PUSAT", "Rina Marlina", RINAS_PHONE)
    await harness.tap(SARI, "Simpan")
    assert "sudah terdaftar" in await harness.last(SARI)
    await harness.share(SARI, SARIS_PHONE)
    summary = await harness.last(SARI)
    assert "Jawa Barat" in summary
    assert f"+{SARIS_PHONE}" in summary.replace(" ", "").replace("-", "")


@pytest.mark.parametrize(
    ("part", "given", "shown"),
    [
        ("Nama", "Sari Ayu Lestari", "Nama: Sari Ayu Lestari"),
        ("Nomor HP", "0813 9876 5432", "Nomor HP: +62 813-9876-5432 (diketik)"),
        ("Tahun lahir", "1990", "Tahun lahir: 1990"),
        ("Provinsi", "ambon", "Provinsi: Maluku (WIT)"),
        ("Panggilan", "kak", "Panggilan: Kak"),
        ("Tidak jadi", None, "Nama: Sari Dewi"),
    ],
)
async def test_every_part_of_the_summary_can_be_changed(
    harness: Harness, part: str, given: str | None, shown: str
) -> None:
    await up_to_summary(harness, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    await harness.tap(SARI, "Ubah")
    await harness.tap(SARI, part)
    if given is not None:
        await harness.say(SARI, given)
    assert shown in await harness.last(SARI)


async def test_the_sponsor_can_be_changed_at_the_end(harness: Harness) -> None:
    saris = await join(harness, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    await up_to_summary(harness, RINA, "PUSAT", "Rina Marlina", RINAS_PHONE)
    await harness.tap(RINA, "Ubah")
    await harness.tap(RINA, "Sponsor")
    await harness.say(RINA, saris.lower())
    await harness.tap(RINA, "Ya, benar")
    assert "Sponsor: Sari D." in await harness.last(RINA)
    await harness.tap(RINA, "Simpan")
    assert await harness.rows("SELECT sponsor_id FROM members ORDER BY id") == [(None,), (1,)]


async def test_a_province_of_several_is_chosen_from_them(harness: Harness) -> None:
    await up_to_phone(harness, SARI, "PUSAT", "Sari Dewi")
    await harness.share(SARI, SARIS_PHONE)
    await harness.say(SARI, "1978")
    await harness.say(SARI, "sulawesi")
    assert "[Gorontalo]" not in await harness.last(SARI)
    await harness.tap(SARI, "Sulawesi Utara")
    assert "Provinsi: Sulawesi Utara (WITA)" in await harness.last(SARI)


async def test_an_unknown_province_and_a_child_are_refused(harness: Harness) -> None:
    await up_to_phone(harness, SARI, "PUSAT", "Sari Dewi")
    await harness.share(SARI, SARIS_PHONE)
    await harness.say(SARI, "2012")
    assert "18 tahun" in await harness.last(SARI)
    await harness.say(SARI, "1978")
    await harness.say(SARI, "Atlantis Timur Laut")
    assert "belum ketemu" in await harness.last(SARI)


async def test_a_card_renewed_while_a_newcomer_reads_on_is_shown_once_more(
    harness: Harness,
) -> None:
    await up_to_phone(harness, SARI, "PUSAT", "Sari Dewi")
    company = harness.runtime.company
    first, *others = company.cards
    cards = (replace(first, version=first.version + 1), *others)
    harness.runtime = replace(harness.runtime, company=replace(company, cards=cards))
    await harness.share(SARI, SARIS_PHONE)
    assert "baru diperbarui" in await harness.last(SARI)
    await harness.tap(SARI, "Sudah saya baca")
    await harness.share(SARI, SARIS_PHONE)
    await harness.say(SARI, "1978")
    await harness.say(SARI, "makassar")
    await harness.tap(SARI, "Simpan")
    versions = await harness.rows("SELECT version FROM consents WHERE card = 'company'")
    assert versions == [(str(first.version + 1),)]


async def test_a_card_is_read_by_its_button_or_its_label_and_by_nothing_else(
    harness: Harness,
) -> None:
    await harness.say(SARI, "/start PUSAT")
    await harness.tap(SARI, "Ya, benar")
    await harness.say(SARI, "bu")
    await harness.say(SARI, "skip")
    assert "1/5" in await harness.last(SARI)
    await harness.say(SARI, "sudah saya baca")
    assert "2/5" in await harness.last(SARI)


async def test_the_language_is_changed_by_the_press_and_not_by_its_replay(
    harness: Harness,
) -> None:
    await harness.say(SARI, "/start PUSAT")
    await harness.tap(SARI, "🇬🇧 English")
    assert "Hello" in await harness.last(SARI)
    await harness.runtime.database.write(lambda conn: people.set_language(conn, SARI, "id"))
    await harness.say(SARI, "mungkin")
    assert "ya</b> atau" in await harness.last(SARI)


async def test_a_person_without_a_code_can_leave_a_number_for_the_office(harness: Harness) -> None:
    for _ in range(2):
        await harness.say(RINA, "/daftar")
        await harness.tap(RINA, "Belum punya kode")
        assert harness.runtime.company.office_contact in await harness.last(RINA)
        await harness.say(RINA, "Rina")
        await harness.share(RINA, RINAS_PHONE)
        assert "Tercatat" in await harness.last(RINA)
    assert await harness.rows("SELECT name, phone FROM leads") == [("Rina", f"+{RINAS_PHONE}")]


async def test_a_code_is_read_whatever_its_case_and_gaps(harness: Harness) -> None:
    saris = await join(harness, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    await harness.say(RINA, f"/daftar {saris[:4]}-{saris[4:].lower()}")
    assert "Sari D." in await harness.last(RINA)


async def test_a_photo_of_a_qr_code_gets_an_answer_that_helps(harness: Harness) -> None:
    await harness.say(RINA, "/start")
    await harness.photo(RINA)
    assert "kamera HP" in await harness.last(RINA)


async def test_a_member_who_opens_their_own_link_learns_that_it_is_for_others(
    harness: Harness,
) -> None:
    saris = await join(harness, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    await harness.say(SARI, f"/start {saris}")
    assert "tautan Ibu sendiri" in await harness.last(SARI)


async def test_an_invitation_is_one_picture_with_the_members_own_link(harness: Harness) -> None:
    saris = await join(harness, SARI, "PUSAT", "Sari Dewi", SARIS_PHONE)
    before = len(await harness.read(SARI))
    await harness.say(SARI, "/undang")
    ((method, payload),) = (await harness.read(SARI))[before:]
    assert method == "sendPhoto"
    assert f"start={saris}" in payload["caption"]
    assert "produknya" in payload["caption"]


async def _write(harness: Harness, query: str) -> None:
    def unit(conn: Any) -> None:
        conn.exec_driver_sql(query)

    await harness.runtime.database.write(unit)
