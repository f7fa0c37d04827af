"""A member's month, read without the team, is the same on both engines."""

from datetime import date

from sqlalchemy import Connection

from bot.company.model import NO_PLAN
from bot.core.plans import Credit, Rank, Unilevel, Version
from bot.services.sales import decision
from bot.store.bonus import bonus_credits, closing, own_month, ranks
from tests.store.both import DAY, MONTH, START, in_transaction, join, sell, stock

RANKS = (Rank("perunggu", own_points=1), Rank("perak", group_points=20))
PLAN = Version("2026-01", (Unilevel("tim", (), (1_000,)),), RANKS)
NEXT = "2026-12"
READY = date(2026, 12, 8)


def company(conn: Connection) -> list[int]:
    """Ayu > Bayu, who sold one piece of soap each."""
    ids = join(conn, [None, 1])
    soap, _ = stock(conn)
    for number, seller in enumerate(ids):
        sale_id = sell(conn, seller, soap, reference=f"sale{number}")
        assert decision.decide(
            conn, sale_id, "waiting", "approved", None, START + DAY, plan=NO_PLAN
        )
    return ids


def begin(conn: Connection) -> None:
    closing.begin(
        conn, MONTH, plan=PLAN.since, digest=PLAN.digest, ready_on=READY, at=START, point_value=1
    )


@in_transaction
def test_a_member_alone_is_seen_with_the_points_of_the_group(conn: Connection) -> None:
    ayu, bayu = company(conn)
    above, below = (own_month.own_month(conn, each, MONTH, PLAN) for each in (ayu, bayu))
    assert list(above.snapshot.ids) == [ayu]
    assert above.snapshot.points[0] == below.snapshot.points[0] > 0
    assert above.group_points == 2 * below.group_points == 2 * below.snapshot.points[0]
    assert (above.snapshot.accumulated[0], above.snapshot.titles[0]) == (0, 0)


@in_transaction
def test_points_carried_over_from_a_closed_month_count_in_the_next(conn: Connection) -> None:
    ayu, _ = company(conn)
    begin(conn)
    closing.add_ranks(conn, MONTH, [ranks.Held(ayu, "perunggu", "perak", 70)])
    assert own_month.own_month(conn, ayu, NEXT, PLAN).snapshot.titles == [0]
    assert closing.finish(conn, MONTH, closing.Sums(0, 0, 0), START, cut=0) is None
    then = own_month.own_month(conn, ayu, NEXT, PLAN).snapshot
    assert (then.titles, then.accumulated, then.points) == ([2], [70], [0])


@in_transaction
def test_only_reduced_credits_are_marked_as_cut(conn: Connection) -> None:
    ayu, bayu = company(conn)
    begin(conn)
    rows = [
        Credit(ayu, "tim", bayu, 1, 1_000, 1_000, 60, "member"),
        Credit(ayu, "tim", ayu, 1, 10, 1_000, 1, ""),
    ]
    closing.add_credits(conn, MONTH, rows)
    found = bonus_credits.cut_credits(conn, ayu, MONTH)
    assert [(row.cut, row.base, row.rate_bp, row.amount) for row in found] == [
        ("member", 1_000, 1_000, 60)
    ]
    assert not bonus_credits.cut_credits(conn, bayu, MONTH)
