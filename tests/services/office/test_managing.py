"""Who becomes admin, who stays one, and who hears of it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.store.members import leads, roles
from tests.services.desk import Desk, open_desk

WATI, SARI, RINA = 11, 22, 33
CODE = "k7Qd2mXw9LrT4vBn8sYc1hJf6pGz3eAu"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    opened, database = await open_desk(f"sqlite+aiosqlite:///{tmp_path}/books.db")
    yield opened
    await database.close()


async def make_code(desk: Desk, code: str = CODE) -> None:
    def unit(conn: Connection) -> None:
        roles.make_admin_code(conn, code, desk.at)

    await desk.runtime.database.write(unit)


async def roles_of(desk: Desk, user: int) -> set[str]:
    rows = await desk.rows("SELECT role FROM roles WHERE user_id = :user", user=user)
    return {row.role for row in rows}


async def test_the_code_from_the_command_line_makes_an_admin_once(desk: Desk) -> None:
    await make_code(desk)
    await desk.say(WATI, f"/kelola {CODE}")
    assert "sekarang <b>admin</b>" in await desk.last(WATI)
    assert await roles_of(desk, WATI) == {"admin"}
    await desk.say(SARI, f"/kelola {CODE}")
    assert "belum cocok" in await desk.last(SARI)
    assert await roles_of(desk, SARI) == set()


async def test_the_code_is_kept_as_a_digest_only(desk: Desk) -> None:
    await make_code(desk)
    ((digest,),) = await desk.rows("SELECT digest FROM admin_codes")
    assert len(digest) == 64
    assert CODE not in digest


async def test_the_code_is_good_for_a_quarter_of_an_hour(desk: Desk) -> None:
    await make_code(desk)
    desk.at += timedelta(minutes=15)
    await desk.say(WATI, f"/kelola {CODE}")
    assert "waktunya sudah lewat" in await desk.last(WATI)
    assert await roles_of(desk, WATI) == set()


async def test_after_five_wrong_codes_not_even_the_right_one_is_taken_for_an_hour(
    desk: Desk,
) -> None:
    await make_code(desk)
    for wrong in "abcde":
        await desk.say(SARI, f"/kelola {wrong * 32}")
    await desk.say(SARI, f"/kelola {CODE}")
    assert "60 menit" in await desk.last(SARI)
    assert await roles_of(desk, SARI) == set()
    await desk.say(WATI, f"/kelola {CODE}")
    assert await roles_of(desk, WATI) == {"admin"}


async def test_a_short_code_is_a_try_too(desk: Desk) -> None:
    await desk.say(SARI, "/kelola 1234")
    assert "belum cocok" in await desk.last(SARI)
    assert len(await desk.rows("SELECT 1 FROM strikes WHERE user_id = :user", user=SARI)) == 1


async def test_the_other_admins_hear_of_a_new_one_and_it_is_noted(desk: Desk) -> None:
    await make_code(desk)
    await desk.say(WATI, f"/kelola {CODE}")
    await make_code(desk, CODE[::-1])
    await desk.say(SARI, f"/kelola {CODE[::-1]}")
    assert "lewat kode" in await desk.last(WATI)
    noted = await desk.rows("SELECT actor, action, object FROM audit ORDER BY id")
    assert [tuple(row) for row in noted] == [
        (WATI, "grant admin by code", f"user {WATI}"),
        (SARI, "grant admin by code", f"user {SARI}"),
    ]


async def test_an_admin_who_is_no_member_can_be_removed_by_another(desk: Desk) -> None:
    for user, code in ((WATI, CODE), (SARI, CODE[::-1])):
        await make_code(desk, code)
        await desk.say(user, f"/kelola {code}")
    await desk.say(WATI, "/kelola peran")
    await desk.tap(WATI, f"Telegram …{SARI}")
    await desk.tap(WATI, "Cabut admin")
    await desk.tap(WATI, "Ya")
    assert await roles_of(desk, SARI) == set()
    assert await roles_of(desk, WATI) == {"admin"}
    assert "sudah selesai" in await desk.last(SARI)
    await desk.say(SARI, "/kelola")
    assert "untuk admin kantor" in await desk.last(SARI)


async def test_the_last_admin_stays_even_if_another_left_while_the_question_stood(
    desk: Desk,
) -> None:
    for user, code in ((WATI, CODE), (SARI, CODE[::-1])):
        await make_code(desk, code)
        await desk.say(user, f"/kelola {code}")
    await desk.say(WATI, "/kelola peran")
    await desk.tap(WATI, f"Telegram …{WATI}")
    await desk.tap(WATI, "Cabut admin")

    def leave(conn: Connection) -> None:
        assert roles.revoke(conn, SARI, "admin")

    await desk.runtime.database.write(leave)
    await desk.tap(WATI, "Ya")
    assert "satu-satunya" in await desk.last(WATI)
    assert await roles_of(desk, WATI) == {"admin"}


async def test_leads_are_shown_masked_and_opening_one_is_noted(desk: Desk) -> None:
    def unit(conn: Connection) -> None:
        for number in range(7):
            leads.keep(
                conn,
                reference=f"lead-{number}",
                user_id=100 + number,
                name=f"Rina Sari {chr(65 + number)}",
                phone=f"+62812000090{number:02}",
                at=desk.at,
            )

    await desk.runtime.database.write(unit)
    await make_code(desk)
    await desk.say(WATI, f"/kelola {CODE}")
    await desk.say(WATI, "/kelola peminat")
    page = await desk.last(WATI)
    assert "7 peminat" in page
    assert "Rina S. 9006" in page
    assert "+62812" not in page
    await desk.tap(WATI, "Lebih lama »")
    assert "Rina S. 9000" in await desk.last(WATI)
    await desk.tap(WATI, "Rina S. 9000")
    assert "+62 812-0000-9000" in await desk.last(WATI)
    ((actor, subject),) = await desk.rows(
        "SELECT actor, object FROM audit WHERE action = 'open lead'"
    )
    assert (actor, subject) == (WATI, "lead 1")


@pytest.mark.parametrize("line", ["/kelola nomor 1", "/kelola peminat", "/kelola peran"])
async def test_nobody_else_sees_the_pages_of_the_panel(desk: Desk, line: str) -> None:
    await desk.say(RINA, line)
    assert "untuk admin kantor" in await desk.last(RINA)


@pytest.mark.parametrize("number", ["0", "-1", "9" * 30, "x", "²"])
async def test_a_made_up_number_finds_no_lead(desk: Desk, number: str) -> None:
    await make_code(desk)
    await desk.say(WATI, f"/kelola {CODE}")
    await desk.say(WATI, f"/kelola nomor {number[:20]}")
    assert "sudah tidak ada" in await desk.last(WATI)
