"""Who may move a membership to a new account, and what the old account keeps."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.core.members.one_time_codes import RELINK_BITS, make_relink_code, read_relink_code
from bot.store.members import members, people, roles
from bot.store.queue import outbox
from tests.services.harness import Harness, open_harness

WATI, SARI, RINA, DINA = 11, 22, 33, 44
SARIS_PHONE = "+6281234567890"


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    opened, database = await open_harness(f"sqlite+aiosqlite:///{tmp_path}/books.db")
    chances = iter((each * 0x9E3779B97F4A7C15F39CC0605CEDC835) % 2**128 for each in range(1, 999))
    opened.runtime = replace(opened.runtime, chance=lambda: next(chances))

    def unit(conn: Connection) -> None:
        for user in (WATI, SARI):
            people.meet(conn, user, "id", opened.at)
        roles.grant(conn, WATI, "admin", None, opened.at)
        roles.grant(conn, SARI, "trainer", None, opened.at)
        members.add(
            conn,
            consents=(),
            reference="sari",
            user_id=SARI,
            code="015S265G",
            sponsor_id=None,
            name="Sari Dewi",
            title="Ibu",
            phone=SARIS_PHONE,
            phone_verified=False,
            province="bali",
            zone="Asia/Makassar",
            birth_year=1978,
            joined_at=opened.at,
        )

    await database.write(unit)
    yield opened
    await database.close()


async def make_code(harness: Harness) -> str:
    await harness.say(WATI, "/kelola pindah 015S265G")
    await harness.tap(WATI, "Ya, buat kode")
    found = re.search(r"<code>(\w{4}-\w{4}-\w{4})</code>", await harness.last(WATI))
    assert found is not None
    return found[1]


async def owner(harness: Harness) -> int:
    ((user_id,),) = await harness.rows("SELECT user_id FROM members")
    return int(user_id)


async def test_the_code_is_kept_as_a_digest_and_is_not_in_the_name_of_the_conversation(
    harness: Harness,
) -> None:
    code = await make_code(harness)
    ((digest,),) = await harness.rows("SELECT digest FROM relink_codes")
    assert len(digest) == 64
    assert code not in digest
    other = await make_code(harness)
    assert code != other
    assert len(await harness.rows("SELECT 1 FROM relink_codes")) == 1


async def test_the_right_number_moves_the_membership_and_the_old_account_keeps_nothing(
    harness: Harness,
) -> None:
    code = await make_code(harness)
    await harness.say(SARI, "/jual")
    await harness.runtime.database.write(
        lambda conn: outbox.put(
            conn,
            key="late",
            chat_id=SARI,
            kind="notice",
            method="sendMessage",
            payload={"text": "rahasia"},
            at=harness.at,
        )
    )
    await harness.say(RINA, f"/pindah {code.lower().replace('-', ' ')}")
    await harness.share(RINA, SARIS_PHONE)
    assert await owner(harness) == RINA
    assert "Selamat datang kembali" in await harness.last(RINA)
    assert await harness.rows("SELECT 1 FROM sessions") == []
    assert await harness.rows("SELECT 1 FROM roles WHERE user_id <> :wati", wati=WATI) == []
    ((state,),) = await harness.rows("SELECT state FROM outbox WHERE key = 'late'")
    assert state == "failed"
    assert "dipindahkan" in await harness.last(SARI)
    assert "sudah pindah" in await harness.last(WATI)
    actions = [row.action for row in await harness.rows("SELECT action FROM audit ORDER BY id")]
    assert actions == ["relink code made", "relink", "revoke trainer by relink"]
    menus = await harness.rows("SELECT user_id FROM menus WHERE asked_at IS NOT NULL")
    assert {row.user_id for row in menus} == {RINA, SARI}


async def test_another_number_and_another_persons_contact_move_nothing(harness: Harness) -> None:
    code = await make_code(harness)
    await harness.say(RINA, f"/pindah {code}")
    await harness.share(RINA, SARIS_PHONE, own=False)
    assert "daftar kontak" in await harness.last(RINA)
    await harness.share(RINA, "+6281298765432")
    assert "berbeda dengan" in await harness.last(RINA)
    assert await owner(harness) == SARI
    assert len(await harness.rows("SELECT 1 FROM strikes WHERE kind = 'relink'")) == 1


async def test_a_used_or_day_old_code_is_no_longer_valid(harness: Harness) -> None:
    code = await make_code(harness)
    harness.at += timedelta(hours=24)
    await harness.say(RINA, f"/pindah {code}")
    assert "tidak cocok" in await harness.last(RINA)
    code = await make_code(harness)
    await harness.say(RINA, f"/pindah {code}")
    await harness.share(RINA, SARIS_PHONE)
    await harness.say(DINA, f"/pindah {code}")
    assert "tidak cocok" in await harness.last(DINA)
    assert await owner(harness) == RINA


async def test_a_code_that_expired_while_the_number_was_asked_for_moves_nothing(
    harness: Harness,
) -> None:
    code = await make_code(harness)
    await harness.say(RINA, f"/pindah {code}")
    await make_code(harness)
    await harness.share(RINA, SARIS_PHONE)
    assert "tidak cocok" in await harness.last(RINA)
    assert await owner(harness) == SARI


async def test_after_five_failed_attempts_even_the_right_code_is_refused_for_an_hour(
    harness: Harness,
) -> None:
    code = await make_code(harness)
    for wrong in "abcde":
        await harness.say(RINA, f"/pindah {wrong}")
    await harness.say(RINA, f"/pindah {code}")
    assert "Coba lagi setelah" in await harness.last(RINA)
    await harness.say(RINA, "/batal")
    harness.at += timedelta(hours=1, minutes=1)
    await harness.say(RINA, f"/pindah {code}")
    await harness.share(RINA, SARIS_PHONE)
    assert await owner(harness) == RINA


@pytest.mark.parametrize("entropy", [0, 1, 2**RELINK_BITS - 1, 0x5DEECE66D1234])
def test_a_code_is_read_however_it_is_typed(entropy: int) -> None:
    code = make_relink_code(entropy)
    assert len(code) == 14
    for typed in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        assert read_relink_code(typed) == code
    assert read_relink_code(code.replace("0", "o").replace("1", "l")) == code
