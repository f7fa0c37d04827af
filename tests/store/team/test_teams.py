"""Counters of teams as people join, compared with a full count."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from bot.core.calendar.periods import period_of
from bot.store.members import members
from bot.store.proof.recount import audit_volumes
from bot.store.team import sizes
from tests.store.seeding import add_members, forgotten, new_database

ZONE = "Asia/Jakarta"

companies = st.lists(st.integers(0, 40), min_size=1, max_size=40).map(
    lambda picks: [None if pick >= place else pick + 1 for place, pick in enumerate(picks)]
)
"""For each newcomer a member who joined earlier, or None."""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = new_database(Path(tmp_path_factory.mktemp("teams")))
    yield engine
    engine.dispose()


@given(sponsors=companies)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_counting_each_newcomer_gives_the_same_as_a_recount(
    database: Engine, sponsors: list[int | None]
) -> None:
    with forgotten(database) as conn:
        add_members(conn, sponsors)
        for member_id, sponsor_id in enumerate(sponsors, start=1):
            joined_at = members.by_id(conn, member_id).joined_at
            sizes.joined(conn, member_id, sponsor_id, period_of(joined_at, ZONE))
        assert audit_volumes(conn, ZONE) == []


def test_a_newcomer_counts_for_all_uplines_and_is_one_leg_of_the_sponsor(
    database: Engine,
) -> None:
    with forgotten(database) as conn:
        add_members(conn, [None, 1, 2])
        sizes.joined(conn, 1, None, "2026-11")
        sizes.joined(conn, 2, 1, "2026-11")
        sizes.joined(conn, 3, 2, "2026-11")
        counted = conn.execute(text("SELECT member_id, size, legs FROM teams ORDER BY 1")).all()
        assert counted == [(1, 2, 1), (2, 1, 1), (3, 0, 0)]
