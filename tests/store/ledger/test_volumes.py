"""The counters match a count of members and sales."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, text

from bot.store.ledger.volumes import add_sale
from bot.store.proof.recount import DIFFERENCES_MAX, Volume, audit_volumes, recount
from bot.store.team.sizes import joined
from tests.store.seeding import (
    START,
    TABLES,
    Sold,
    add_members,
    add_sales,
    forgotten,
    new_database,
)

ZONE = "Asia/Jakarta"
PERIODS = ("2026-10", "2026-11")


@dataclass(frozen=True)
class Void:
    """Takes back one of the sales made so far, if there is one left."""

    which: int


Act = Sold | Void

trees = st.integers(1, 12).flatmap(
    lambda size: st.tuples(*(_sponsor_among(place) for place in range(size)))
)
sales = st.builds(
    Sold,
    seller_id=st.integers(1, 12),
    period=st.sampled_from(PERIODS),
    total=st.integers(1, 10**9),
    goods=st.integers(1, 10**9),
    points=st.integers(0, 1000),
)
acts = st.lists(st.one_of(sales, st.builds(Void, st.integers(0, 30))), max_size=25)


def _sponsor_among(place: int) -> st.SearchStrategy[int | None]:
    return st.sampled_from([None, *range(1, place + 1)])


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return new_database(tmp_path_factory.mktemp("volumes"))


@pytest.fixture
def conn(engine: Engine) -> Iterator[Connection]:
    with forgotten(engine) as connection:
        yield connection


def _count(conn: Connection, sold: Sold, sign: int) -> None:
    add_sale(
        conn,
        sold.seller_id,
        sold.period,
        sales=sold.total,
        points=sold.points,
        profit=sold.total - sold.goods,
        bonus=sold.goods,
        to_customer=False,
        sign=1 if sign == 1 else -1,
        point_value=0,
    )


def _live_through(conn: Connection, sponsors: Sequence[int | None], acts: Sequence[Act]) -> None:
    add_members(conn, sponsors)
    for member_id, sponsor_id in enumerate(sponsors, 1):
        joined(conn, member_id, sponsor_id, "2026-11")
    sold: list[Sold] = []
    for act in acts:
        if isinstance(act, Sold):
            sold.append(replace(act, seller_id=1 + act.seller_id % len(sponsors)))
            _count(conn, sold[-1], 1)
            continue
        standing = [place for place, sale in enumerate(sold) if sale.status == "approved"]
        if standing:
            place = standing[act.which % len(standing)]
            _count(conn, sold[place], -1)
            sold[place] = replace(sold[place], status="void")
    add_sales(conn, sold)


def _stored(conn: Connection, member_id: int, period: str = "2026-11") -> Volume:
    """What the counters say; zeros where nothing was ever counted."""
    query = text("SELECT * FROM volumes WHERE member_id = :member_id AND period = :period")
    row = conn.execute(query, {"member_id": member_id, "period": period}).one_or_none()
    return Volume(*row[2:]) if row is not None else Volume()


@given(sponsors=trees, acts=acts)
@settings(deadline=None)
def test_after_any_joining_selling_and_voiding_the_counters_match_a_recount(
    engine: Engine, sponsors: Sequence[int | None], acts: Sequence[Act]
) -> None:
    with forgotten(engine) as conn:
        _live_through(conn, sponsors, acts)
        assert audit_volumes(conn, ZONE) == []


@given(sponsors=trees, acts=acts)
@settings(deadline=None)
def test_a_recount_agrees_with_asking_for_every_pair_of_members(
    engine: Engine, sponsors: Sequence[int | None], acts: Sequence[Act]
) -> None:
    with forgotten(engine) as conn:
        _live_through(conn, sponsors, acts)
        fresh = recount(conn, ZONE)
        sold = conn.execute(
            text("SELECT seller_id, total FROM sales WHERE status = 'approved' AND period = :now"),
            {"now": "2026-11"},
        ).all()
        all_ids = range(1, len(sponsors) + 1)
        for member_id in all_ids:
            team = {each for each in all_ids if member_id in _uplines(sponsors, each)}
            volume = fresh.volumes[member_id]["2026-11"]
            assert fresh.teams[member_id].size == len(team)
            assert fresh.teams[member_id].legs == list(sponsors).count(member_id)
            assert volume.team_joined == len(team)
            assert volume.team_active == len(team & {sale.seller_id for sale in sold})
            assert volume.group_sales == sum(
                sale.total for sale in sold if sale.seller_id in team | {member_id}
            )


def _uplines(sponsors: Sequence[int | None], member_id: int) -> set[int]:
    found: set[int] = set()
    above = sponsors[member_id - 1]
    while above is not None:
        found.add(above)
        above = sponsors[above - 1]
    return found


def test_a_seller_counts_as_active_for_the_uplines_but_not_for_their_own_team(
    conn: Connection,
) -> None:
    add_members(conn, [None, 1, 2])
    _count(conn, Sold(2), 1)
    assert [_stored(conn, member_id).team_active for member_id in (1, 2, 3)] == [1, 0, 0]


def test_a_second_sale_makes_no_seller_active_twice_and_a_void_leaves_the_other(
    conn: Connection,
) -> None:
    add_members(conn, [None, 1])
    _count(conn, Sold(2), 1)
    _count(conn, Sold(2, total=50_000), 1)
    assert _stored(conn, 1).team_active == 1
    _count(conn, Sold(2), -1)
    assert _stored(conn, 1) == Volume(group_sales=50_000, group_points=10, team_active=1)
    _count(conn, Sold(2, total=50_000), -1)
    assert _stored(conn, 1) == Volume()


def test_a_month_knows_nothing_of_the_one_before(conn: Connection) -> None:
    add_members(conn, [None, 1])
    _count(conn, Sold(2, period="2026-10"), 1)
    assert _stored(conn, 1, "2026-11") == Volume()
    assert _stored(conn, 1, "2026-10").team_active == 1


def test_a_sale_below_the_member_price_is_a_loss_and_not_hidden(conn: Connection) -> None:
    add_members(conn, [None])
    _count(conn, Sold(1, total=70_000), 1)
    assert _stored(conn, 1).own_profit == -10_000


def test_a_sale_that_was_never_counted_cannot_be_taken_out(conn: Connection) -> None:
    add_members(conn, [None])
    with pytest.raises(AssertionError):
        _count(conn, Sold(1), -1)


def test_a_line_of_three_thousand_sponsors_is_climbed_to_its_top(conn: Connection) -> None:
    length = 3_000
    add_members(conn, [None, *range(1, length)], day=START - START)
    sold = [Sold(length), Sold(length // 2)]
    for each in sold:
        _count(conn, each, 1)
    add_sales(conn, sold)
    joined(conn, length, length - 1, "2026-11")
    assert _stored(conn, 1) == Volume(
        group_sales=200_000, group_points=20, team_active=2, team_joined=1
    )
    assert _stored(conn, length // 2).team_active == 1
    assert recount(conn, ZONE).teams[1].size == length - 1


def test_members_in_a_circle_end_the_climb_and_are_named(conn: Connection) -> None:
    add_members(conn, [None, 1, 2])
    conn.execute(text("UPDATE members SET sponsor_id = 3 WHERE id = 2"))
    _count(conn, Sold(3), 1)
    assert audit_volumes(conn, ZONE)[:2] == [
        "member 2 is above itself",
        "member 3 is above itself",
    ]


def test_an_audit_names_each_counter_that_is_wrong(conn: Connection) -> None:
    add_members(conn, [None])
    _count(conn, Sold(1), 1)
    add_sales(conn, [Sold(1)])
    assert audit_volumes(conn, ZONE) == []
    conn.execute(text("UPDATE volumes SET group_points = 11, team_active = 1"))
    conn.execute(text("INSERT INTO teams (member_id, size) VALUES (1, 4)"))
    assert audit_volumes(conn, ZONE) == [
        "teams of member 1: size is 4, should be 0",
        "volumes of member 1 in 2026-11: group_points is 11, should be 10",
        "volumes of member 1 in 2026-11: team_active is 1, should be 0",
    ]


def test_an_audit_of_ruined_counters_does_not_run_to_pages(conn: Connection) -> None:
    add_members(conn, [None] * 150)
    conn.execute(text("INSERT INTO teams (member_id, size) SELECT id, 1 FROM members"))
    found = audit_volumes(conn, ZONE)
    assert len(found) == DIFFERENCES_MAX + 1
    assert found[-1] == "and 50 more"


def test_a_member_who_joins_around_midnight_is_new_by_the_clock_of_the_company(
    conn: Connection,
) -> None:
    add_members(conn, [None, 1], day=START - START)
    late = START.replace(month=10, day=31, hour=17, minute=30)  # 00.30 on 1 November in Jakarta
    members = TABLES["members"]
    conn.execute(members.update().where(members.c.id == 2).values(joined_at=late))
    assert recount(conn, "Asia/Jakarta").volumes[1]["2026-11"].team_joined == 1
    assert recount(conn, "UTC").volumes[1]["2026-11"].team_joined == 0
