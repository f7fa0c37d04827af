"""A search finds every matching member of the team and no member outside it."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, text

from bot.core.calendar.periods import period_of
from bot.store.ledger.volumes import add_sale
from bot.store.members import name_words
from bot.store.team import legs, lists, search, sizes, walk
from tests.store.seeding import (
    DAY,
    START,
    TABLES,
    Sold,
    add_members,
    add_sales,
    code_of,
    forgotten,
    new_database,
)

MONTH = "2026-11"
ZONE = "Asia/Jakarta"
LINE = 5_000
ROWS_MAX = 10_000
RENAME = text("UPDATE members SET name = :name WHERE id = :id")

trees = st.lists(st.integers(0, 15), min_size=1, max_size=14)
names = st.lists(st.sampled_from(["rina", "rinawati", "siti", "sari"]), min_size=1, max_size=3)
queries = st.lists(
    st.sampled_from(["r", "rina", "rinaw", "s", "si", "sari", "z"]),
    min_size=1,
    max_size=2,
    unique=True,
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return new_database(tmp_path_factory.mktemp("lists"))


@pytest.fixture
def conn(engine: Engine) -> Iterator[Connection]:
    with forgotten(engine) as connection:
        yield connection


def _found(conn: Connection, sponsors: Sequence[int | None], day: timedelta = DAY) -> None:
    """Enter and count members with these sponsors, one joining each day."""
    add_members(conn, sponsors, day)
    for member_id, sponsor_id in enumerate(sponsors, 1):
        month = period_of(START + member_id * day, ZONE)
        sizes.joined(conn, member_id, sponsor_id, month)


def _rename(conn: Connection, called: dict[int, str]) -> None:
    conn.execute(RENAME, [{"id": key, "name": name} for key, name in called.items()])
    name_words.write(conn, called)


def _sponsors(drawn: list[int]) -> list[int | None]:
    return [(each % place) or None if place else None for place, each in enumerate(drawn)]


def _depths(sponsors: list[int | None], head: int) -> dict[int, int]:
    """Returns the members below, counted the long way."""
    found = {}
    for member_id in range(1, len(sponsors) + 1):
        depth, here = 0, member_id
        while here != head and (above := sponsors[here - 1]) is not None:
            depth, here = depth + 1, above
        if here == head and depth:
            found[member_id] = depth
    return found


@given(trees, st.lists(names, min_size=14, max_size=14), queries)
@settings(deadline=None, max_examples=60)
def test_a_search_finds_exactly_the_team_members_of_that_name(
    engine: Engine, drawn: list[int], drawn_names: list[list[str]], query: list[str]
) -> None:
    sponsors = _sponsors(drawn)
    called = {place: drawn_names[place - 1] for place in range(1, len(sponsors) + 1)}
    with forgotten(engine) as conn:
        _found(conn, sponsors)
        _rename(conn, {key: " ".join(words).title() for key, words in called.items()})
        for head in called:
            found = search.named(conn, head, query, rows=ROWS_MAX, skip=0)
            fits = {
                member_id
                for member_id in _depths(sponsors, head)
                if all(any(own.startswith(word) for own in called[member_id]) for word in query)
            }
            assert set(found.ids) == fits
            assert len(found.ids) == len(fits)
            assert found.whole


@given(trees, st.integers(0, 15))
@settings(deadline=None, max_examples=60)
def test_the_new_and_the_silent_are_those_of_the_team_nearest_first(
    engine: Engine, drawn: list[int], days: int
) -> None:
    sponsors = _sponsors(drawn)
    since = START + days * DAY
    sellers = {each for each in range(1, len(sponsors) + 1) if each % 3 == 0}
    with forgotten(engine) as conn:
        _found(conn, sponsors)
        add_sales(conn, [Sold(each, MONTH) for each in sorted(sellers)])
        for head in range(1, len(sponsors) + 1):
            depths = _depths(sponsors, head)
            new = {each for each in depths if each >= days}
            first = period_of(since, ZONE)
            newcomers = lists.newcomers(conn, head, since=since, first=first)
            assert newcomers == lists.Listed(
                tuple(sorted(new, key=lambda each: (depths[each], -each))), 0
            )
            silent = lists.silent(conn, head, since=since, day=f"{MONTH}-15")
            quiet = depths.keys() - new - sellers
            assert silent == lists.Listed(
                tuple(sorted(quiet, key=lambda each: (depths[each], each))), 0
            )
            later = lists.silent(conn, head, since=since, day=f"{MONTH}-16")
            assert set(later.ids) == depths.keys() - new


def test_pages_of_a_search_follow_each_other_without_gap_or_repetition(conn: Connection) -> None:
    _found(conn, [None, *[1] * 40])
    _rename(conn, {each: f"Rina Rinawati {each}" for each in range(2, 42)})
    whole = search.named(conn, 1, ["rina"], rows=ROWS_MAX, skip=0).ids
    pages = [search.named(conn, 1, ["rina"], rows=6, skip=skip).ids for skip in range(0, 48, 6)]
    assert [each for page in pages for each in page] == list(whole)
    assert sorted(whole) == list(range(2, 42))


def test_a_new_name_is_found_and_the_old_one_no_longer(conn: Connection) -> None:
    _found(conn, [None, 1])
    _rename(conn, {2: "Siti Rahma"})
    _rename(conn, {2: "Dewi Rahma"})
    assert search.named(conn, 1, ["siti"], rows=6, skip=0).ids == ()
    assert search.named(conn, 1, ["dewi", "rah"], rows=6, skip=0).ids == (2,)


def test_a_member_in_an_inactive_seat_is_neither_new_nor_silent(conn: Connection) -> None:
    _found(conn, [None, 1, 1])
    conn.execute(text("UPDATE members SET active = 0 WHERE id = 2"))
    since, late = START, START + 9 * DAY
    assert lists.newcomers(conn, 1, since=since, first=MONTH).ids == (3,)
    assert lists.silent(conn, 1, since=late, day=f"{MONTH}-01").ids == (3,)


@pytest.mark.parametrize("status", ["waiting", "approved", "rejected", "void"])
def test_a_waiting_sale_counts_and_a_rejected_one_does_not(conn: Connection, status: str) -> None:
    _found(conn, [None, 1])
    add_sales(conn, [Sold(2, MONTH, status=status)])
    silent = lists.silent(conn, 1, since=START + 9 * DAY, day=f"{MONTH}-01")
    counted = status in {"waiting", "approved"}
    assert silent.ids == (() if counted else (2,))
    assert lists.last_sold(conn, [2]) == ({2: f"{MONTH}-15"} if counted else {})


def test_a_large_team_is_searched_only_among_the_nearest_and_says_so(conn: Connection) -> None:
    near = lists.NEAREST_MAX
    still = START - START
    _found(conn, [None, *[1] * near, near + 1], still)
    late = START + DAY
    silent = lists.silent(conn, 1, since=late, day=f"{MONTH}-01")
    assert silent == lists.Listed(tuple(range(2, near + 2)), near)
    newcomers = lists.newcomers(conn, 1, since=START, first=MONTH)
    assert newcomers.looked_at == lists.BRANCHES_MAX
    assert set(newcomers.ids) == set(range(2, near + 2))
    assert lists.newcomers(conn, near + 1, since=START, first=MONTH).ids == (near + 2,)


def test_the_search_for_newcomers_skips_quiet_branches(conn: Connection) -> None:
    many = lists.BRANCHES_MAX * 2
    _found(conn, [None, *[1] * many], START - START)
    conn.execute(TABLES["volumes"].delete())
    conn.execute(text("UPDATE members SET joined_at = 0"))
    add = text("UPDATE members SET joined_at = 9, sponsor_id = :above WHERE id = :id")
    conn.execute(add, {"above": many, "id": many + 1})
    for above in (many, 1):
        row = {"member_id": above, "period": MONTH, "team_joined": 1}
        conn.execute(TABLES["volumes"].insert(), row)
    moment = START.fromtimestamp(0, START.tzinfo) + timedelta(microseconds=9)
    found = lists.newcomers(conn, 1, since=moment, first=MONTH)
    assert found == lists.Listed((many + 1,), 0)


def test_a_name_too_common_in_a_company_too_large_is_followed_only_so_far(
    conn: Connection,
) -> None:
    many = search.CANDIDATES_MAX + 50
    _found(conn, [None, *[1] * many, None, *[many + 2] * many], START - START)
    first, last = many + 2, 2 * many + 2
    _rename(conn, dict.fromkeys([*range(2, many + 2), last], "Siti"))
    assert search.named(conn, first, ["siti"], rows=6, skip=0) == search.SearchResult((), False)
    found = search.named(conn, 1, ["siti"], rows=6, skip=0)
    assert found.ids == (2, 3, 4, 5, 6, 7)
    _rename(conn, {last: "Siti Zubaidah"})
    both = search.named(conn, first, ["siti", "zub"], rows=6, skip=0)
    assert both == search.SearchResult((last,), True)


def test_a_line_of_five_thousand_is_walked_and_climbed(conn: Connection) -> None:
    add_members(conn, [None, *range(1, LINE)], START - START)
    conn.execute(TABLES["teams"].insert(), [{"member_id": 1, "size": LINE - 1}])
    _rename(conn, {1: "Rina", LINE: "Rina"})
    assert search.named(conn, 1, ["rina"], rows=6, skip=0).ids == (LINE,)
    assert walk.nearest(conn, 1, 10) == {each: each - 1 for each in range(2, 12)}
    assert walk.Climb(conn, 1).below([LINE, 1, 2]) == {LINE: LINE - 1, 2: 1}


def test_a_circle_is_no_members_team_and_the_walk_ends(conn: Connection) -> None:
    _found(conn, [None, 1, 2, 3])
    conn.execute(text("UPDATE members SET sponsor_id = 4 WHERE id = 2"))
    _rename(conn, {2: "Rina", 3: "Rina", 4: "Rina"})
    assert walk.Climb(conn, 1).below([2, 3, 4]) == {}
    assert search.named(conn, 1, ["rina"], rows=6, skip=0).ids == ()
    assert set(walk.nearest(conn, 2, 50)) == {3, 4}
    assert lists.newcomers(conn, 2, since=START, first=MONTH).looked_at > 0


def test_legs_are_put_in_order_by_points_size_name_and_age(conn: Connection) -> None:
    sponsors = [None, 1, 1, 1, 1, 3]
    _found(conn, sponsors)
    _rename(conn, {2: "Zaki", 3: "élis", 4: "Dewi", 5: "Eka"})
    add_sale(
        conn,
        4,
        MONTH,
        sales=1,
        points=7,
        profit=0,
        bonus=0,
        to_customer=True,
        point_value=0,
        sign=1,
    )
    add_sale(
        conn,
        6,
        MONTH,
        sales=1,
        points=9,
        profit=0,
        bonus=0,
        to_customer=True,
        point_value=0,
        sign=1,
    )
    orders = {
        by: [leg.code for leg in legs.ranked(conn, 1, MONTH, by, rows=9, skip=0)]
        for by in ("points", "size", "name")
    }
    assert orders == {
        "points": [code_of(each) for each in (3, 4, 2, 5)],
        "size": [code_of(each) for each in (3, 2, 4, 5)],
        "name": [code_of(each) for each in (4, 5, 3, 2)],
    }
    latest = legs.latest(conn, 1, MONTH, rows=2, skip=1)
    assert [leg.code for leg in latest] == [code_of(4), code_of(3)]
    assert [leg.code for leg in legs.ranked(conn, 1, MONTH, "size", rows=1, skip=1)] == [
        code_of(2)
    ]
