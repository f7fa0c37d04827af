"""Everybody has the list of commands that is theirs, and gets it anew when it changes."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.services.home import command_menu
from bot.services.home.command_menu import hang_new, next_menu, record_menu
from bot.store.db import counters
from bot.store.members import members, people, roles
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
    """Set every list that is due, as the bot does; who got which commands, in their order."""
    given: list[tuple[int, set[str]]] = []
    while True:
        look = partial(next_menu, content=desk.runtime.content, username=desk.runtime.username)
        menu = await desk.runtime.database.write(look)
        if menu is None:
            return given
        given.append((menu.due.user_id, {name for name, _ in menu.listed}))
        await desk.runtime.database.write(partial(record_menu, menu=menu, given=True))


async def all_anew(desk: Desk, username: str = "jualdulu_bot") -> int:
    runtime = desk.runtime
    return await hang_new(
        runtime.database, runtime.content, runtime.company.languages, username, desk.at
    )


async def test_after_an_upgrade_everybody_with_a_list_of_their_own_gets_it_once(
    desk: Desk,
) -> None:
    assert await all_anew(desk) == 2
    assert await all_anew(desk) == 0
    lists = dict(await hung(desk))
    assert set(lists) == {WATI, SARI}
    assert "kelola" in lists[WATI]
    assert "jual" not in lists[WATI]
    assert "jual" in lists[SARI]
    assert "kelola" not in lists[SARI]


async def test_a_list_that_a_chat_has_already_is_not_set_again(desk: Desk) -> None:
    await all_anew(desk)
    await hung(desk)
    assert await all_anew(desk, "pilot_bot") == 2, "another bot has to ask for all of them"
    assert await hung(desk) == [], "but these were set by this one"


async def test_a_kill_in_the_middle_of_it_leaves_nobody_out_and_nobody_with_two(
    desk: Desk,
) -> None:
    await all_anew(desk)
    assert len(await hung(desk)) == 2

    def killed(conn: Connection) -> None:
        counters.put(conn, "menus shown", 0)
        counters.put(conn, "menus reached", WATI)

    await desk.runtime.database.write(killed)
    assert await all_anew(desk) == 1
    assert await hung(desk) == []


async def test_a_new_language_and_a_new_role_bring_a_new_list(desk: Desk) -> None:
    await desk.say(SARI, "/bahasa en")
    [(_, english)] = await hung(desk)
    await desk.say(SARI, "/bahasa id")
    await desk.say(SARI, "/bahasa en")
    assert "sell" in english
    assert await hung(desk) == [], "in the end it is as it was"
    await desk.say(WATI, "/kelola peran 015S265G")
    await desk.tap(WATI, "Jadikan pelatih")
    await desk.tap(WATI, "Ya")
    [(user, names)] = await hung(desk)
    assert user == SARI
    assert "broadcast" in names
    await desk.say(WATI, "/kelola peran 015S265G")
    await desk.tap(WATI, "Cabut pelatih")
    await desk.tap(WATI, "Ya")
    [(_, names)] = await hung(desk)
    assert "broadcast" not in names


async def test_somebody_who_is_nothing_keeps_the_list_that_the_bot_shows_to_all(
    desk: Desk,
) -> None:
    await desk.say(DINA, "/bahasa en")
    assert await hung(desk) == [(DINA, set())]


async def test_a_list_that_may_not_have_arrived_stays_due_and_a_refused_one_does_not(
    desk: Desk,
) -> None:
    await desk.say(SARI, "/bahasa en")
    look = partial(next_menu, content=desk.runtime.content, username=desk.runtime.username)
    first = await desk.runtime.database.write(look)
    assert first is not None
    assert await desk.runtime.database.write(look) == first
    await desk.runtime.database.write(partial(record_menu, menu=first, given=False))
    assert await desk.runtime.database.write(look) is None
    await desk.say(SARI, "/bahasa en")
    assert len(await hung(desk)) == 1, "it was never set"


async def test_who_cannot_be_reached_needs_no_list(desk: Desk) -> None:
    await desk.say(SARI, "/bahasa en")
    await desk.runtime.database.write(partial(people.reached, user_id=SARI, reach="blocked"))
    assert await hung(desk) == []


async def test_many_get_theirs_a_few_at_a_tick_and_each_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command_menu, "PEOPLE_PER_TICK_MAX", 1)
    counts = [await all_anew(desk) for _ in range(4)]
    assert counts == [1, 1, 0, 0]
    assert sorted(user for user, _ in await hung(desk)) == [WATI, SARI]
