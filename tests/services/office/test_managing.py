"""Who becomes admin, who stays one, and who is notified."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.store.members import leads, roles
from tests.services.harness import Harness, open_harness

WATI, SARI, RINA = 11, 22, 33
CODE = "k7Qd2mXw9LrT4vBn8sYc1hJf6pGz3eAu"


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    opened, database = await open_harness(f"sqlite+aiosqlite:///{tmp_path}/books.db")
    yield opened
    await database.close()


async def make_code(harness: Harness, code: str = CODE) -> None:
    def unit(conn: Connection) -> None:
        roles.make_admin_code(conn, code, harness.at)

    await harness.runtime.database.write(unit)


async def roles_of(harness: Harness, user: int) -> set[str]:
    rows = await harness.rows("SELECT role FROM roles WHERE user_id = :user", user=user)
    return {row.role for row in rows}


async def test_the_code_from_the_command_line_makes_an_admin_once(harness: Harness) -> None:
    await make_code(harness)
    await harness.say(WATI, f"/kelola {CODE}")
    assert "sekarang <b>admin kantor</b>" in await harness.last(WATI)
    assert await roles_of(harness, WATI) == {"admin"}
    await harness.say(SARI, f"/kelola {CODE}")
    assert "tidak cocok" in await harness.last(SARI)
    assert await roles_of(harness, SARI) == set()


async def test_the_code_is_kept_as_a_digest_only(harness: Harness) -> None:
    await make_code(harness)
    ((digest,),) = await harness.rows("SELECT digest FROM admin_codes")
    assert len(digest) == 64
    assert CODE not in digest


async def test_the_code_is_valid_for_a_quarter_of_an_hour(harness: Harness) -> None:
    await make_code(harness)
    harness.at += timedelta(minutes=15)
    await harness.say(WATI, f"/kelola {CODE}")
    assert "sudah tidak berlaku" in await harness.last(WATI)
    assert await roles_of(harness, WATI) == set()


async def test_after_five_wrong_codes_even_the_right_one_is_refused_for_an_hour(
    harness: Harness,
) -> None:
    await make_code(harness)
    for wrong in "abcde":
        await harness.say(SARI, f"/kelola {wrong * 32}")
    await harness.say(SARI, f"/kelola {CODE}")
    assert "60 menit" in await harness.last(SARI)
    assert await roles_of(harness, SARI) == set()
    await harness.say(WATI, f"/kelola {CODE}")
    assert await roles_of(harness, WATI) == {"admin"}


async def test_a_short_code_is_an_attempt_too(harness: Harness) -> None:
    await harness.say(SARI, "/kelola 1234")
    assert "tidak cocok" in await harness.last(SARI)
    assert len(await harness.rows("SELECT 1 FROM strikes WHERE user_id = :user", user=SARI)) == 1


async def test_the_other_admins_are_notified_of_a_new_one_and_it_is_noted(
    harness: Harness,
) -> None:
    await make_code(harness)
    await harness.say(WATI, f"/kelola {CODE}")
    await make_code(harness, CODE[::-1])
    await harness.say(SARI, f"/kelola {CODE[::-1]}")
    assert "lewat kode" in await harness.last(WATI)
    noted = await harness.rows("SELECT actor, action, object FROM audit ORDER BY id")
    assert [tuple(row) for row in noted] == [
        (WATI, "grant admin by code", f"user {WATI}"),
        (SARI, "grant admin by code", f"user {SARI}"),
    ]


async def test_an_admin_who_is_no_member_can_be_removed_by_another(harness: Harness) -> None:
    for user, code in ((WATI, CODE), (SARI, CODE[::-1])):
        await make_code(harness, code)
        await harness.say(user, f"/kelola {code}")
    await harness.say(WATI, "/kelola peran")
    await harness.tap(WATI, f"Telegram …{SARI}")
    await harness.tap(WATI, "Berhentikan admin kantor")
    await harness.tap(WATI, "Ya")
    assert await roles_of(harness, SARI) == set()
    assert await roles_of(harness, WATI) == {"admin"}
    assert "tidak lagi menjadi" in await harness.last(SARI)
    await harness.say(SARI, "/kelola")
    assert "untuk admin kantor" in await harness.last(SARI)


async def test_the_last_admin_stays_even_if_another_left_while_the_question_was_open(
    harness: Harness,
) -> None:
    for user, code in ((WATI, CODE), (SARI, CODE[::-1])):
        await make_code(harness, code)
        await harness.say(user, f"/kelola {code}")
    await harness.say(WATI, "/kelola peran")
    await harness.tap(WATI, f"Telegram …{WATI}")
    await harness.tap(WATI, "Berhentikan admin kantor")

    def leave(conn: Connection) -> None:
        assert roles.revoke(conn, SARI, "admin")

    await harness.runtime.database.write(leave)
    await harness.tap(WATI, "Ya")
    assert "satu-satunya" in await harness.last(WATI)
    assert await roles_of(harness, WATI) == {"admin"}


async def test_leads_are_shown_masked_and_opening_one_is_noted(harness: Harness) -> None:
    def unit(conn: Connection) -> None:
        for number in range(7):
            leads.keep(
                conn,
                reference=f"lead-{number}",
                user_id=100 + number,
                name=f"Rina Sari {chr(65 + number)}",
                phone=f"+62812000090{number:02}",
                at=harness.at,
            )

    await harness.runtime.database.write(unit)
    await make_code(harness)
    await harness.say(WATI, f"/kelola {CODE}")
    await harness.say(WATI, "/kelola peminat")
    page = await harness.last(WATI)
    assert "7 peminat" in page
    assert "Rina S. 9006" in page
    assert "+62812" not in page
    await harness.tap(WATI, "Lebih lama »")
    assert "Rina S. 9000" in await harness.last(WATI)
    await harness.tap(WATI, "Rina S. 9000")
    assert "+62 812-0000-9000" in await harness.last(WATI)
    ((actor, subject),) = await harness.rows(
        "SELECT actor, object FROM audit WHERE action = 'open lead'"
    )
    assert (actor, subject) == (WATI, "lead 1")


@pytest.mark.parametrize("line", ["/kelola nomor 1", "/kelola peminat", "/kelola peran"])
async def test_only_admins_see_the_pages_of_the_panel(harness: Harness, line: str) -> None:
    await harness.say(RINA, line)
    assert "untuk admin kantor" in await harness.last(RINA)


@pytest.mark.parametrize("number", ["0", "-1", "9" * 30, "x", "²"])
async def test_a_made_up_number_finds_no_lead(harness: Harness, number: str) -> None:
    await make_code(harness)
    await harness.say(WATI, f"/kelola {CODE}")
    await harness.say(WATI, f"/kelola nomor {number[:20]}")
    assert "sudah tidak ada" in await harness.last(WATI)
