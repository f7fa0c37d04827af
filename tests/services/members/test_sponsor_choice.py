"""The office moves a returning member only while nothing can count in the former place."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.store.db import schema
from bot.store.ledger import given_ranks
from bot.store.members import cards, members, people, roles
from bot.store.privacy import departures
from bot.store.proof import recount
from bot.store.team import sizes
from tests.services.harness import Harness, open_harness

WATI, BUDI = 11, 12
SARI, CITRA, DEWI = 21, 22, 23
CODES = {SARI: "015S265G", CITRA: "015RJQ7Y", DEWI: "015RTEPR"}
ZONE = "Asia/Jakarta"
MONTH = "2026-11"


def _join(conn: Connection, user: int, code: str, sponsor: int | None, at: object) -> int:
    people.meet(conn, user, "id", at)  # type: ignore[arg-type]
    number = members.add(
        conn,
        consents=(),
        reference=f"m{user}",
        user_id=user,
        code=code,
        sponsor_id=sponsor,
        name=f"Nama {code}",
        title="Ibu",
        phone=f"+62812000000{user}",
        phone_verified=False,
        province="bali",
        zone=ZONE,
        birth_year=1978,
        joined_at=at,  # type: ignore[arg-type]
    )
    assert number is not None
    sizes.joined(conn, number, sponsor, MONTH)
    return number


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    opened, database = await open_harness(f"sqlite+aiosqlite:///{tmp_path}/books.db")

    def unit(conn: Connection) -> None:
        for user in (WATI, BUDI):
            people.meet(conn, user, "id", opened.at)
            roles.grant(conn, user, "admin", None, opened.at)
        sari = _join(conn, SARI, CODES[SARI], None, opened.at)
        _join(conn, CITRA, CODES[CITRA], None, opened.at)
        dewi = _join(conn, DEWI, CODES[DEWI], sari, opened.at)
        departures.leave(conn, dewi, MONTH, opened.at)
        cards.set_active(conn, dewi, active=False)

    await database.write(unit)
    yield opened
    await database.close()


async def at_the_last_question(harness: Harness, admin: int = WATI) -> None:
    await harness.say(admin, f"/kelola sponsor {CODES[DEWI]} > {CODES[CITRA]}")
    await harness.say(admin, "Diajak Citra.")
    assert "Angka bulan mana pun tidak berubah" in await harness.last(admin)


async def sponsor_of_dewi(harness: Harness) -> object:
    ((code,),) = await harness.rows(
        "SELECT s.code FROM members AS m JOIN members AS s ON s.id = m.sponsor_id"
        " WHERE m.code = :code",
        code=CODES[DEWI],
    )
    return code


async def test_the_choice_is_kept_with_its_reason_and_told_to_both_sponsors(
    harness: Harness,
) -> None:
    await at_the_last_question(harness)
    await harness.say(WATI, "ya")
    assert await sponsor_of_dewi(harness) == CODES[CITRA]
    assert await harness.rows("SELECT reason, chosen_by, came_at FROM comebacks") == [
        ("Diajak Citra.", WATI, None)
    ]
    noted = await harness.rows("SELECT actor, object FROM audit WHERE action = 'sponsor chosen'")
    assert noted == [(WATI, "member 3: 1 to 2")]
    assert "di bawah sponsor lain" in await harness.last(SARI)
    assert "sekarang di tim" in await harness.last(CITRA)
    audit = await harness.runtime.database.read(lambda conn: recount.audit_volumes(conn, ZONE))
    assert audit == []


def _rank(conn: Connection, harness: Harness) -> None:
    given_ranks.add(conn, 3, MONTH, "emas", "so", at=harness.at, by=BUDI)


def _team(conn: Connection, harness: Harness) -> None:
    _join(conn, 31, "015S9XM6", 3, harness.at)


def _closing(conn: Connection, harness: Harness) -> None:
    month = {"period": "2026-10", "state": "closing", "plan": "2026-01", "plan_digest": "x"}
    month |= {"ready_on": "2026-11-08"}
    conn.execute(schema.periods.insert(), [{**month, "began_at": harness.at}])


def _sponsor_left(conn: Connection, _harness: Harness) -> None:
    cards.set_active(conn, 2, active=False)


@pytest.mark.parametrize(
    ("meanwhile", "said"),
    [
        (_rank, "sudah punya penjualan atau peringkat"),
        (_team, "punya tim"),
        (_closing, "sedang tutup buku"),
        (_sponsor_left, "tidak aktif"),
    ],
)
async def test_what_happens_before_the_last_word_holds_the_place(
    harness: Harness, meanwhile: Callable[[Connection, Harness], None], said: str
) -> None:
    await at_the_last_question(harness)
    await harness.runtime.database.write(lambda conn: meanwhile(conn, harness))
    await harness.say(WATI, "ya")
    assert said in await harness.last(WATI)
    assert await sponsor_of_dewi(harness) == CODES[SARI]
    assert await harness.rows("SELECT count(*) FROM comebacks") == [(0,)]


async def test_two_admins_who_choose_the_same_count_once(harness: Harness) -> None:
    await at_the_last_question(harness)
    await at_the_last_question(harness, BUDI)
    await harness.say(WATI, "ya")
    await harness.say(BUDI, "ya")
    assert await sponsor_of_dewi(harness) == CODES[CITRA]
    noted = await harness.rows("SELECT count(*) FROM audit WHERE action = 'sponsor chosen'")
    assert noted == [(1,)]
    audit = await harness.runtime.database.read(lambda conn: recount.audit_volumes(conn, ZONE))
    assert audit == []
