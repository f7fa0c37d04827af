"""Everybody has the list of commands that is theirs, and gets it anew when it changes."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.services import menus
from bot.services.menus import hang_new
from bot.store import marks, members, outbox, people, roles
from bot.store.letters import Mark
from bot.store.outcomes import DOUBTS_MAX, mark, recover
from tests.services.desk import Desk, open_desk

WATI, SARI, DINA = 11, 22, 33


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    opened, database = await open_desk(f"sqlite+aiosqlite:///{tmp_path}/books.db")

    def unit(conn: Connection) -> None:
        for user in (WATI, SARI, DINA):
            people.meet(conn, user, "id", opened.at)
        roles.grant(conn, WATI, "admin", None, opened.at)
        members.add(
            conn,
            consents=(),
            reference="sari",
            user_id=SARI,
            code="015S265G",
            sponsor_id=None,
            name="Sari Dewi",
            title="Ibu",
            phone="+6281234567890",
            phone_verified=True,
            province="bali",
            zone="Asia/Makassar",
            birth_year=1978,
            joined_at=opened.at,
        )

    await database.write(unit)
    yield opened
    await database.close()


async def hung(desk: Desk) -> list[tuple[int, set[str]]]:
    """Who got which commands, in their order."""
    rows = await desk.rows(
        "SELECT chat_id, payload FROM outbox WHERE method = 'setMyCommands' ORDER BY id"
    )
    return [
        (row.chat_id, {name for name, _ in json.loads(row.payload)["commands"]}) for row in rows
    ]


async def all_anew(desk: Desk) -> int:
    ear = desk.ear
    return await hang_new(ear.database, ear.content, ear.company.languages, desk.at)


async def test_after_an_upgrade_everybody_with_a_list_of_their_own_gets_it_once(
    desk: Desk,
) -> None:
    assert await all_anew(desk) == 2
    assert await all_anew(desk) == 0
    (wati, office), (sari, member) = await hung(desk)
    assert (wati, sari) == (WATI, SARI)
    assert "kelola" in office
    assert "jual" not in office
    assert "jual" in member
    assert "kelola" not in member


async def test_a_kill_in_the_middle_of_it_leaves_nobody_out_and_nobody_with_two(
    desk: Desk,
) -> None:
    await all_anew(desk)

    def killed(conn: Connection) -> None:
        marks.put(conn, "menus shown", 0)
        marks.put(conn, "menus reached", WATI)

    await desk.ear.database.write(killed)
    assert await all_anew(desk) == 1
    assert len(await hung(desk)) == 2


async def test_a_new_language_and_a_new_role_bring_a_new_list(desk: Desk) -> None:
    await desk.say(SARI, "/bahasa en")
    await desk.say(SARI, "/bahasa id")
    await desk.say(SARI, "/bahasa en")
    lists = await hung(desk)
    assert ["sell" in names for _, names in lists] == [True, False, True]
    await desk.say(WATI, "/kelola peran 015S265G")
    await desk.tap(WATI, "Jadikan pelatih")
    await desk.tap(WATI, "Ya")
    user, names = (await hung(desk))[-1]
    assert user == SARI
    assert "broadcast" in names
    await desk.say(WATI, "/kelola peran 015S265G")
    await desk.tap(WATI, "Cabut pelatih")
    await desk.tap(WATI, "Ya")
    assert "broadcast" not in (await hung(desk))[-1][1]


async def test_somebody_who_is_nothing_keeps_the_list_that_the_bot_shows_to_all(
    desk: Desk,
) -> None:
    await desk.say(DINA, "/bahasa en")
    assert await hung(desk) == [(DINA, set())]


async def test_a_list_that_may_not_have_arrived_is_set_again(desk: Desk) -> None:
    await all_anew(desk)

    def unit(conn: Connection) -> None:
        for epoch in range(1, DOUBTS_MAX):
            letters = outbox.claim(conn, desk.at, epoch, answers=9, bulk=9, paced=[])
            assert len(letters) == 2
            if epoch == 1:
                assert recover(conn, 2, desk.at) == 2
            else:
                mark(conn, [Mark(each, "doubt", error="TimedOut") for each in letters], desk.at)
                desk.at = desk.at.replace(minute=desk.at.minute + 1)

    await desk.ear.database.write(unit)
    states = await desk.rows("SELECT state FROM outbox WHERE method = 'setMyCommands'")
    assert [row.state for row in states] == ["new", "new"]


async def test_many_get_theirs_a_few_at_a_tick_and_each_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(menus, "PEOPLE_PER_TICK_MAX", 1)
    counts = [await all_anew(desk) for _ in range(4)]
    assert counts == [1, 1, 0, 0]
    assert [user for user, _ in await hung(desk)] == [WATI, SARI]
