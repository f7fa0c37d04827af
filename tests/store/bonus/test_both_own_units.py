"""Goods for own use, and late sales that keep the unit of their day, on both engines."""

from datetime import date

from sqlalchemy import Connection

from bot.company.model import NO_PLAN
from bot.core.plans import (
    Conditions,
    Plan,
    Pool,
    Rank,
    Snapshot,
    Unilevel,
    Version,
    month_under,
    work_out,
)
from bot.services.sales import decision
from bot.store.bonus import closing, credit_sales, line_audit, own_month, pools, ranks
from bot.store.customers import customers
from bot.store.ledger import ledger_audit, periods, snapshots, volumes
from bot.store.proof import recount
from bot.store.sales import sales
from tests.store.both import (
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

LATER = START + 32 * DAY
READY = date(2026, 12, 8)
NEXT = "2026-12"
RULES = (
    Unilevel("tim", (), (1_000,)),
    Pool("kolam", (), 100, Conditions(rank_min=1)),
)
RANKS = (Rank("satu", group_points=10),)
PLAN = Plan((
    Version("2026-01", RULES, RANKS, point_value=2),
    Version(NEXT, RULES, RANKS, point_value=3, qualify_by="sold"),
))  # fmt: skip


def close(conn: Connection, period: str) -> Snapshot:
    """Close a month; returns what it was computed from."""
    version = PLAN.version_for(period)
    assert version is not None
    facts = {"plan": version.since, "digest": version.digest, "ready_on": READY, "at": LATER}
    closing.begin(conn, period, **facts, point_value=version.point_value)  # type: ignore[arg-type]
    month = snapshots.of_company(conn, period, version)
    outcome = work_out(version, month)
    closing.add_credits(conn, period, outcome.credits)
    closing.add_ranks(conn, period, ranks.held_after(version, month, outcome))
    closing.post_bonuses(conn, period, closing.payees_of(conn, period), LATER)
    assert closing.finish(conn, period, closing.sums(conn, period), LATER, cut=0) is None
    return month


def sound(conn: Connection) -> None:
    """Assert that no audit finds a fault."""
    assert ledger_audit.audit(conn) == []
    assert line_audit.audit(conn) == []
    assert pools.audit_closed(conn) == []
    assert recount.audit_volumes(conn, ZONE) == []


@in_transaction
def test_a_late_sale_counts_in_the_next_month_at_the_unit_of_its_own(conn: Connection) -> None:
    ayu, bayu = join(conn, [None, 1])
    assert volumes.most_points(conn) is None
    soap, _ = stock(conn)
    first, late, own = (
        sell(conn, bayu, soap, reference=f"sale{number}", period=period, sold_on=f"{period}-02")
        for number, period in enumerate((MONTH, MONTH, NEXT))
    )
    assert decision.decide(conn, first, "waiting", "approved", None, START + DAY, plan=PLAN)
    close(conn, MONTH)
    for sale in (late, own):
        assert decision.decide(conn, sale, "waiting", "approved", None, LATER, plan=PLAN)
    assert [_unit(conn, sale) for sale in (first, late, own)] == [(MONTH, 0), (NEXT, 2), (NEXT, 0)]
    month = close(conn, NEXT)
    # 80.000 of bonus value each: one at 3 rupiah of its month, one at the 2 of the month before.
    assert (list(month.bonus), list(month.fixed)) == ([0, 80_000], [0, 160_000])
    (credit,) = credit_sales.credits_from(conn, ayu, NEXT, bayu)
    assert (credit.base, credit.amount) == (240_000 + 160_000, 40_000)
    lines = credit_sales.weights(conn, bayu, NEXT, 3)
    assert sorted(worth for _, worth in lines) == [160_000, 240_000]
    assert [pool.base for pool in pools.of_month(conn, NEXT)] == [400_000]
    assert sorted(sale.bonus for sale in pools.sold_in(conn, NEXT)) == [160_000, 240_000]
    assert periods.sales_of(conn, NEXT).fixed == 160_000
    # Ten points in November, and the late sale with the other one in December.
    assert volumes.most_points(conn) == 20
    of_one_kind(volumes.most_points(conn), *lines, *month.fixed, *periods.sales_of(conn, NEXT))
    sound(conn)


@in_transaction
def test_a_late_sale_taken_back_leaves_nothing_and_may_be_approved_again(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, _ = stock(conn)
    first, late = (sell(conn, mine, soap, reference=f"sale{number}") for number in range(2))
    decision.decide(conn, first, "waiting", "approved", None, START + DAY, plan=PLAN)
    close(conn, MONTH)
    for _ in range(2):
        assert decision.decide(conn, late, "waiting", "approved", None, LATER, plan=PLAN)
        assert periods.sales_of(conn, NEXT).fixed == 160_000
        sound(conn)
        assert decision.decide(conn, late, "approved", "void", None, LATER, plan=NO_PLAN)
        assert periods.sales_of(conn, NEXT)[:4] == (0, 0, 0, 0)
        assert periods.sales_of(conn, NEXT).fixed == 0
        sound(conn)
        sales.set_status(conn, late, "void", "waiting", NEXT, None, LATER, point_value=None)


def _unit(conn: Connection, sale_id: int) -> tuple[str, int]:
    sale = sales.by_id(conn, sale_id)
    assert sale is not None
    return sale.period, sale.point_value


def test_a_sale_keeps_no_unit_where_there_is_no_other() -> None:
    assert PLAN.kept_unit(MONTH, NEXT) == 2
    assert PLAN.kept_unit(MONTH, MONTH) == PLAN.kept_unit(NEXT, "2027-01") == 0
    assert PLAN.kept_unit("2025-12", NEXT) == Plan().kept_unit(MONTH, NEXT) == 0


@in_transaction
def test_points_sold_to_customers_are_told_from_own_use(conn: Connection) -> None:
    ayu, bayu = join(conn, [None, 1])
    soap, _ = stock(conn)
    ani = customers.add(conn, bayu, "bu ani", "bu ani", START)
    for number, customer in enumerate((ani, None, None)):
        sale = sell(conn, bayu, soap, reference=f"sale{number}", customer_id=customer)
        assert decision.decide(conn, sale, "waiting", "approved", None, START + DAY, plan=PLAN)
    version = PLAN.versions[-1]
    month = snapshots.of_company(conn, MONTH, version)
    assert (list(month.points), list(month.sold)) == ([0, 30], [0, 10])
    team = snapshots.of_team(conn, ayu, MONTH, version)
    assert (list(team.points), list(team.sold)) == ([0, 30], [0, 10])
    alone = own_month.own_month(conn, bayu, MONTH, version).snapshot
    assert (list(alone.points), list(alone.sold)) == ([30], [10])
    least = Conditions(own_points_min=20)
    (_, by_sold), (_, by_bought) = (
        least.qualified(month_under(each, month)) for each in reversed(PLAN.versions)
    )
    assert (by_sold, by_bought) == (False, True)
    of_one_kind(*month.sold, *team.sold, *alone.sold)
    sound(conn)
