"""Ways through a team, on SQLite and on PostgreSQL."""

from datetime import date, timedelta

from sqlalchemy import Connection, text

from bot.company.model import NO_PLAN
from bot.services.sales import decision
from bot.store.ledger import volumes
from bot.store.members import name_words, profiles
from bot.store.queue import outbox
from bot.store.team import legs, lists, progress, search, walk
from bot.store.team.lists import Listed
from bot.store.tips import tips
from tests.store.both import (
    ACCOUNT,
    DAY,
    MONTH,
    START,
    ZONE,
    in_transaction,
    join,
    of_one_kind,
    sell,
    stock,
)

TREE = [None, 1, 1, 2, 2, 4, None]
"""1 > 2, 3; 2 > 4, 5; 4 > 6; and 7 is alone."""


@in_transaction
def test_a_team_is_walked_from_the_top_nearest_first(conn: Connection) -> None:
    ids = join(conn, TREE)
    assert walk.size(conn, ids[0]) == 5
    assert walk.size(conn, 99) == 0
    assert walk.nearest(conn, ids[0], 9) == {2: 1, 3: 1, 4: 2, 5: 2, 6: 3}
    assert walk.nearest(conn, ids[0], 2) == {2: 1, 3: 1}
    assert walk.nearest(conn, ids[2], 9) == {}
    climb = walk.Climb(conn, ids[1])
    assert climb.below([6, 1, 7, 2, 4]) == {6: 2, 4: 1}
    assert climb.below([5, 6, 3]) == {5: 1, 6: 2}
    last, first = walk.people(conn, [6, 1])
    of_one_kind(last, first)
    assert (last.code, last.sponsor_name, last.joined_at) == ("C0000006", "Mitra Ke-4", START)
    assert (first.sponsor_id, first.sponsor_name) == (None, None)
    assert walk.people(conn, []) == []


@in_transaction
def test_names_are_searched_by_the_beginnings_of_their_words(conn: Connection) -> None:
    join(conn, TREE)
    for member_id, name in ((3, "Siti Zahra"), (5, "Zahra Étoile"), (6, "zz ÅSA"), (7, "Zahra")):
        profiles.rename(conn, member_id, name)
    assert search.named(conn, 1, ["zahra"], rows=9, skip=0).ids == (3, 5)
    assert search.named(conn, 1, ["z"], rows=2, skip=1).ids == (5, 6)
    assert search.named(conn, 1, ["e", "z"], rows=9, skip=0).ids == (5,)
    assert search.named(conn, 2, ["zz"], rows=9, skip=0).ids == (6,)
    assert search.named(conn, 2, ["asa"], rows=9, skip=0).ids == (6,)
    assert search.named(conn, 1, ["mitra", "4"], rows=9, skip=0).ids == (4,)
    assert search.named(conn, 7, ["zahra"], rows=9, skip=0).ids == ()
    name_words.write(conn, {3: "Siti"})
    name_words.write(conn, {})
    assert search.named(conn, 1, ["zahra"], rows=9, skip=0).ids == (5,)


@in_transaction
def test_the_new_and_the_silent_of_a_team(conn: Connection) -> None:
    join(conn, TREE)
    soap, _ = stock(conn)
    sell(conn, 4, soap)
    before, after = START - DAY, START + DAY
    assert lists.newcomers(conn, 1, since=before, first=MONTH) == Listed((3, 2, 5, 4, 6), 0)
    assert lists.newcomers(conn, 1, since=after, first=MONTH) == Listed((), 0)
    silent = lists.silent(conn, 1, since=after, day="2026-11-02")
    of_one_kind(silent)
    assert silent == Listed((2, 3, 5, 6), 0)
    assert lists.silent(conn, 1, since=before, day="2026-11-02") == Listed((), 0)
    assert lists.last_sold(conn, [4, 5]) == {4: "2026-11-02"}
    assert lists.last_sold(conn, []) == {}


@in_transaction
def test_legs_are_ranked_and_the_latest_come_first(conn: Connection) -> None:
    join(conn, TREE)
    volumes.add_sale(
        conn,
        3,
        MONTH,
        sales=1,
        points=5,
        profit=0,
        bonus=0,
        to_customer=True,
        point_value=0,
        sign=1,
    )
    points = legs.ranked(conn, 1, MONTH, "points", rows=2, skip=0)
    of_one_kind(points)
    assert [leg.code for leg in points] == ["C0000003", "C0000002"]
    sizes = legs.ranked(conn, 1, MONTH, "size", rows=1, skip=0)
    assert [(leg.code, leg.size) for leg in sizes] == [("C0000002", 3)]
    names = legs.ranked(conn, 2, MONTH, "name", rows=9, skip=0)
    assert [leg.code for leg in names] == ["C0000004", "C0000005"]
    assert [leg.code for leg in legs.latest(conn, 1, MONTH, rows=1, skip=0)] == ["C0000003"]
    seat = legs.figures_of(conn, "C0000001", MONTH)
    assert seat is not None
    of_one_kind(seat)
    assert (seat.legs, seat.joined_at) == (2, START)


@in_transaction
def test_group_points_and_first_sales_show_the_progress_of_a_member(conn: Connection) -> None:
    upline, mine = join(conn, [None, 1])
    volumes.add_sale(
        conn,
        mine,
        "2026-09",
        sales=1,
        points=3,
        profit=0,
        bonus=0,
        to_customer=True,
        point_value=0,
        sign=1,
    )
    volumes.add_sale(
        conn,
        mine,
        MONTH,
        sales=1,
        points=5,
        profit=0,
        bonus=0,
        to_customer=True,
        point_value=0,
        sign=1,
    )
    points = progress.group_points(conn, upline, "2026-10", MONTH)
    of_one_kind(points)
    assert points == {MONTH: 5}
    soap, _ = stock(conn)
    assert progress.progress(conn, mine) == progress.TeamProgress(False, False, 0)
    for number in range(4):
        sale = sell(conn, mine, soap, reference=f"sale{number}")
        assert progress.progress(conn, mine).approved == min(number, 3)
        decision.decide(conn, sale, "waiting", "approved", 7, START, plan=NO_PLAN)
    assert progress.progress(conn, mine) == progress.TeamProgress(False, True, 3)


@in_transaction
def test_a_tip_is_received_once_it_has_left(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    day = date(2026, 11, 2)
    clock = tips.DueTip(mine, "09:00", START, ZONE, START, ACCOUNT + 1)
    tips.record(conn, clock, "greeting", day, queued=True, at=START)
    outbox.put(
        conn,
        key=tips.key("greeting", day, mine),
        chat_id=ACCOUNT + 1,
        kind="tip",
        method="sendMessage",
        payload={},
        at=START,
        expires_at=START + timedelta(hours=2),
    )
    for state, received in (("new", False), ("expired", False), ("failed", False), ("sent", True)):
        conn.execute(text("UPDATE outbox SET state = :state"), {"state": state})
        assert progress.progress(conn, mine).tip is received
    conn.execute(text("DELETE FROM outbox"))
    assert progress.progress(conn, mine).tip
