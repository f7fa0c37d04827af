"""Who may see whom, and what a page of legs shows."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from bot.store.ledger.volumes import add_sale
from bot.store.team import legs
from bot.store.team.sizes import joined
from tests.store.seeding import START, add_members, code_of, forgotten, new_database

MONTH = "2026-11"
LINE = 5_000

trees = st.lists(st.integers(0, 15), min_size=1, max_size=16)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return new_database(tmp_path_factory.mktemp("legs"))


@pytest.fixture
def conn(engine: Engine) -> Iterator[Connection]:
    with forgotten(engine) as connection:
        yield connection


def _line_above(sponsors: list[int | None], member_id: int) -> set[int]:
    found = {member_id}
    above = sponsors[member_id - 1]
    while above is not None:
        found.add(above)
        above = sponsors[above - 1]
    return found


@given(trees)
@settings(deadline=None, max_examples=50)
def test_a_member_is_in_the_teams_of_the_uplines_and_in_no_other(
    engine: Engine, drawn: list[int]
) -> None:
    sponsors = [(each % place) or None if place else None for place, each in enumerate(drawn)]
    all_ids = range(1, len(sponsors) + 1)
    with forgotten(engine) as conn:
        add_members(conn, sponsors)
        for member_id in all_ids:
            seen_by = {each for each in all_ids if legs.in_team(conn, member_id, each)}
            assert seen_by == _line_above(sponsors, member_id)


def test_the_first_of_a_line_of_five_thousand_sees_the_last_but_not_vice_versa(
    conn: Connection,
) -> None:
    add_members(conn, [None, *range(1, LINE)], day=START - START)
    assert legs.in_team(conn, LINE, 1)
    assert not legs.in_team(conn, 1, LINE)


def test_legs_come_in_the_order_of_joining_page_after_page(conn: Connection) -> None:
    add_members(conn, [None, 1, 1, 2, 1, 1])
    first = legs.direct(conn, 1, MONTH, rows=2, skip=0)
    second = legs.direct(conn, 1, MONTH, rows=2, skip=2)
    assert [leg.code for leg in [*first, *second]] == [code_of(each) for each in (2, 3, 5, 6)]
    assert legs.direct(conn, 1, MONTH, rows=2, skip=4) == []


def test_a_leg_shows_its_group_and_a_leg_without_any_sale_shows_nothing(conn: Connection) -> None:
    sponsors = [None, 1, 2, 1]
    add_members(conn, sponsors)
    for member_id, sponsor_id in enumerate(sponsors, 1):
        joined(conn, member_id, sponsor_id, MONTH)
    add_sale(
        conn,
        3,
        MONTH,
        sales=100_000,
        points=10,
        profit=20_000,
        bonus=80_000,
        to_customer=True,
        point_value=0,
        sign=1,
    )
    add_sale(
        conn,
        2,
        "2026-10",
        sales=100_000,
        points=10,
        profit=20_000,
        bonus=80_000,
        to_customer=True,
        point_value=0,
        sign=1,
    )
    sold, quiet = legs.direct(conn, 1, MONTH, rows=6, skip=0)
    assert (sold.size, sold.own_count, sold.group_points) == (1, 0, 10)
    assert (quiet.size, quiet.own_count, quiet.group_points) == (0, 0, 0)


def test_a_seat_names_the_sponsor_by_code_and_counts_only_the_month(conn: Connection) -> None:
    sponsors = [None, 1, 2]
    add_members(conn, sponsors)
    for member_id, sponsor_id in enumerate(sponsors, 1):
        joined(conn, member_id, sponsor_id, "2026-10")
    add_sale(
        conn,
        2,
        MONTH,
        sales=100_000,
        points=10,
        profit=20_000,
        bonus=80_000,
        to_customer=True,
        point_value=0,
        sign=1,
    )
    add_sale(
        conn,
        3,
        MONTH,
        sales=50_000,
        points=5,
        profit=9_000,
        bonus=40_000,
        to_customer=True,
        point_value=0,
        sign=1,
    )
    seat = legs.figures_of(conn, code_of(2), MONTH)
    assert seat is not None
    assert seat.sponsor_code == code_of(1)
    assert (seat.size, seat.team_active, seat.team_joined) == (1, 1, 0)
    assert (seat.own_points, seat.group_points, seat.group_sales) == (10, 15, 150_000)


def test_an_unknown_code_has_no_seat(conn: Connection) -> None:
    add_members(conn, [None])
    assert legs.figures_of(conn, "NOBODY00", MONTH) is None
