"""A list of members imported at once, compared with the same people joining one by one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, text

from bot.core.members.codes import is_code
from bot.store.imports.roster import Entry
from bot.store.members import members
from bot.store.proof.recount import audit_volumes
from bot.store.team import sizes
from tests.store.imports import plain_import
from tests.store.seeding import forgotten, new_database

ZONE = "Asia/Jakarta"
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
DAYS = ("2026-09-30", "2026-10-01", "2026-10-31", "2026-11-20")

companies = st.lists(st.tuples(st.integers(0, 40), st.sampled_from(DAYS)), min_size=1, max_size=40)
"""For each newcomer the sponsor among those before them, if any, and the day."""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = new_database(Path(tmp_path_factory.mktemp("roster")))
    yield engine
    engine.dispose()


def listed(picks: list[tuple[int, str]]) -> list[Entry]:
    return [
        Entry(
            line=place + 2,
            number=f"M{place}",
            name=f"Siti Ke {place}",
            phone=f"+62812{place:08d}",
            sponsor=f"M{pick}" if pick < place else "",
            joined=day,
        )
        for place, (pick, day) in enumerate(picks)
    ]


def join_one_by_one(conn: Connection, entries: list[Entry]) -> None:
    ids: dict[str, int] = {}
    for entry in entries:
        ids[entry.number] = members.add(
            conn,
            consents=(),
            reference=entry.number,
            user_id=None,
            code=entry.number,
            sponsor_id=ids.get(entry.sponsor),
            name=entry.name,
            title="",
            phone=entry.phone,
            phone_verified=False,
            province="",
            zone=ZONE,
            birth_year=0,
            joined_at=datetime.combine(date.fromisoformat(entry.joined), time(2), UTC),
        )
        sizes.joined(conn, ids[entry.number], ids.get(entry.sponsor), entry.joined[:7])


def state(conn: Connection) -> tuple[Any, ...]:
    """Returns counters and search words, with people by their phone numbers."""
    return tuple(
        conn.execute(text(query)).all()
        for query in (
            """SELECT m.phone, s.phone, m.name FROM members AS m
               LEFT JOIN members AS s ON s.id = m.sponsor_id ORDER BY m.phone""",
            """SELECT m.phone, t.size, t.legs FROM teams AS t
               JOIN members AS m ON m.id = t.member_id ORDER BY m.phone""",
            """SELECT m.phone, v.period, v.team_joined FROM volumes AS v
               JOIN members AS m ON m.id = v.member_id ORDER BY m.phone, v.period""",
            """SELECT m.phone, w.word FROM member_words AS w
               JOIN members AS m ON m.id = w.member_id ORDER BY m.phone, w.word""",
        )
    )


@given(picks=companies, parts=st.integers(1, 3), chance=st.integers(0, 1_000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_list_in_any_order_and_any_parts_gives_the_same_as_joining_one_by_one(
    database: Engine, picks: list[tuple[int, str]], parts: int, chance: int
) -> None:
    entries = listed(picks)
    with forgotten(database) as conn:
        join_one_by_one(conn, entries)
        wanted = state(conn)
        assert audit_volumes(conn, ZONE) == []
    with forgotten(database) as conn:
        size = -(-len(entries) // parts)
        for start in range(0, len(entries), size):
            part = entries[start : start + size]
            Random(chance).shuffle(part)
            found = plain_import.take_over(conn, part, ZONE, seed=str(chance), now=NOW)
            assert (len(found.added), found.clashes) == (len(part), [])
        assert state(conn) == wanted
        assert audit_volumes(conn, ZONE) == []
        codes = [row.code for row in conn.execute(text("SELECT code FROM members"))]
        assert all(map(is_code, codes))
        again = plain_import.take_over(conn, entries, ZONE, seed="other", now=NOW)
        assert (again.added, again.changed, again.same) == ([], {}, len(entries))
        assert state(conn) == wanted


def test_a_chain_of_five_thousand_is_legal(database: Engine) -> None:
    entries = listed([(place - 1 if place else 9, DAYS[place % 4]) for place in range(5_000)])
    with forgotten(database) as conn:
        plain_import.take_over(conn, entries[::-1], ZONE, seed="s", now=NOW)
        top = conn.execute(text("SELECT max(size), max(legs) FROM teams")).one()
        assert tuple(top) == (4_999, 1)
        assert audit_volumes(conn, ZONE) == []


def test_no_code_is_assigned_twice(database: Engine) -> None:
    with forgotten(database) as conn:
        first, second = listed([(9, DAYS[0]), (9, DAYS[0])])
        plain_import.take_over(conn, [first], ZONE, seed="s", now=NOW)
        plain_import.take_over(conn, [second], ZONE, seed="s", now=NOW)
        assert conn.execute(text("SELECT count(DISTINCT code) FROM members")).scalar_one() == 2
