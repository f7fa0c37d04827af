"""Every chat has its menu of commands, and gets it again when it changes."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.services.home import command_menu
from bot.services.home.command_menu import next_menu, record_menu, request_changed_menus
from bot.store.db import counters
from bot.store.members import members, people, roles
from tests.services.harness import Harness, open_harness

WATI, SARI, DINA = 11, 22, 33


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    opened, database = await open_harness(f"sqlite+aiosqlite:///{tmp_path}/books.db")

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


async def hung(harness: Harness) -> list[tuple[int, set[str]]]:
    """Set every menu that is due, as the bot does; returns who got which commands, in order."""
    given: list[tuple[int, set[str]]] = []
    while True:
        look = partial(
            next_menu, content=harness.runtime.content, username=harness.runtime.username
        )
        menu = await harness.runtime.database.write(look)
        if menu is None:
            return given
        given.append((menu.due.user_id, {name for name, _ in menu.listed}))
        await harness.runtime.database.write(partial(record_menu, menu=menu, given=True))


async def renew_all(harness: Harness, username: str = "jualdulu_bot") -> int:
    runtime = harness.runtime
    return await request_changed_menus(
        runtime.database, runtime.content, runtime.company.languages, username, harness.at
    )


async def test_after_an_upgrade_every_chat_with_its_own_menu_gets_it_once(
    harness: Harness,
) -> None:
    assert await renew_all(harness) == 2
    assert await renew_all(harness) == 0
    lists = dict(await hung(harness))
    assert set(lists) == {WATI, SARI}
    assert "kelola" in lists[WATI]
    assert "jual" not in lists[WATI]
    assert "jual" in lists[SARI]
    assert "kelola" not in lists[SARI]


async def test_a_menu_that_a_chat_already_has_is_not_set_again(harness: Harness) -> None:
    await renew_all(harness)
    await hung(harness)
    assert await renew_all(harness, "pilot_bot") == 2, "another bot has to ask for all of them"
    assert await hung(harness) == [], "but these were set by this one"


async def test_a_kill_in_the_middle_leaves_no_chat_out_and_sets_no_menu_twice(
    harness: Harness,
) -> None:
    await renew_all(harness)
    assert len(await hung(harness)) == 2

    def killed(conn: Connection) -> None:
        counters.put(conn, "menus shown", 0)
        counters.put(conn, "menus reached", WATI)

    await harness.runtime.database.write(killed)
    assert await renew_all(harness) == 1
    assert await hung(harness) == []


async def test_a_new_language_and_a_new_role_bring_a_new_menu(harness: Harness) -> None:
    await harness.say(SARI, "/bahasa en")
    [(_, english)] = await hung(harness)
    await harness.say(SARI, "/bahasa id")
    await harness.say(SARI, "/bahasa en")
    assert "sell" in english
    assert await hung(harness) == [], "in the end it is as it was"
    await harness.say(WATI, "/kelola peran 015S265G")
    await harness.tap(WATI, "Jadikan pelatih")
    await harness.tap(WATI, "Ya")
    [(user, names)] = await hung(harness)
    assert user == SARI
    assert "broadcast" in names
    await harness.say(WATI, "/kelola peran 015S265G")
    await harness.tap(WATI, "Berhentikan pelatih")
    await harness.tap(WATI, "Ya")
    [(_, names)] = await hung(harness)
    assert "broadcast" not in names


async def test_a_person_without_membership_or_role_keeps_the_default_menu(
    harness: Harness,
) -> None:
    await harness.say(DINA, "/bahasa en")
    assert await hung(harness) == [(DINA, set())]


async def test_a_menu_that_may_not_have_arrived_stays_due_and_a_refused_one_does_not(
    harness: Harness,
) -> None:
    await harness.say(SARI, "/bahasa en")
    look = partial(next_menu, content=harness.runtime.content, username=harness.runtime.username)
    first = await harness.runtime.database.write(look)
    assert first is not None
    assert await harness.runtime.database.write(look) == first
    await harness.runtime.database.write(partial(record_menu, menu=first, given=False))
    assert await harness.runtime.database.write(look) is None
    await harness.say(SARI, "/bahasa en")
    assert len(await hung(harness)) == 1, "it was never set"


async def test_an_unreachable_person_needs_no_menu(harness: Harness) -> None:
    await harness.say(SARI, "/bahasa en")
    await harness.runtime.database.write(partial(people.set_reach, user_id=SARI, reach="blocked"))
    assert await hung(harness) == []


async def test_many_chats_get_their_menus_a_few_per_tick_and_each_once(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command_menu, "PEOPLE_PER_TICK_MAX", 1)
    counts = [await renew_all(harness) for _ in range(4)]
    assert counts == [1, 1, 0, 0]
    assert sorted(user for user, _ in await hung(harness)) == [WATI, SARI]
