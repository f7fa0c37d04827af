"""Every credit has lines of sales behind it, the same on both engines."""

from datetime import date

import pytest
from sqlalchemy import Connection, text

from bot.company.model import NO_PLAN
from bot.core.plans import Unilevel, Version, credits_of
from bot.services.sales import decision
from bot.store.bonus import closing, credit_sales, line_audit
from bot.store.customers import customers
from bot.store.db.database import Database
from bot.store.ledger import snapshots
from tests.store.both import DAY, MONTH, START, in_transaction, join, of_one_kind, sell, stock
from tests.store.seeding import unguard

PLAN = Version("2026-01", (Unilevel("tim", (), (1_000, 500), "none"),), point_value=3)
LATER = START + 32 * DAY


def company(conn: Connection) -> list[int]:
    """Ayu > Bayu > Citra, of whom Citra sold twice and Bayu once."""
    ids = join(conn, [None, 1, 2])
    soap, tea = stock(conn)
    buyer = customers.add(conn, ids[2], "Bu Ani", "ani", START)
    for number, (seller, article) in enumerate(((1, soap), (2, soap), (2, tea))):
        sale_id = sell(
            conn,
            ids[seller],
            article,
            reference=f"sale{number}",
            customer_id=buyer if article is tea else None,
            sold_on=f"2026-11-0{number + 2}",
        )
        assert decision.decide(
            conn, sale_id, "waiting", "approved", None, START + DAY, plan=NO_PLAN
        )
    return ids


def close(conn: Connection) -> None:
    closing.begin(
        conn,
        MONTH,
        plan=PLAN.since,
        digest=PLAN.digest,
        ready_on=date(2026, 12, 8),
        at=LATER,
        point_value=PLAN.point_value,
    )
    closing.add_credits(conn, MONTH, credits_of(PLAN, snapshots.of_company(conn, MONTH, PLAN)))
    closing.post_bonuses(conn, MONTH, closing.payees_of(conn, MONTH), LATER)
    assert closing.finish(conn, MONTH, closing.sums(conn, MONTH), LATER, cut=0) is None


@in_transaction
def test_the_lines_behind_a_credit_are_those_that_counted(conn: Connection) -> None:
    ayu, bayu, citra = company(conn)
    weights = credit_sales.weights(conn, citra, MONTH, 1)
    assert [bonus for _, bonus in weights] == [80_000, 40_000]
    rows = credit_sales.lines(conn, [line for line, _ in weights])
    assert [(row.article, row.quantity, row.amount, row.points, row.buyer) for row in rows] == [
        ("Sabun Sereh", 2, 100_000, 10, None),
        ("Teh Hijau", 2, 50_000, 6, "Bu Ani"),
    ]
    assert credit_sales.lines(conn, []) == []
    assert credit_sales.weights(conn, ayu, MONTH, 1) == []
    assert credit_sales.weights(conn, citra, "2026-10", 1) == []
    of_one_kind(weights, rows)
    close(conn)
    found = credit_sales.credits_from(conn, ayu, MONTH, citra)
    assert [(row.rule, row.level, row.base, row.amount, row.cut) for row in found] == [
        ("tim", 2, 360_000, 18_000, "")
    ]
    assert credit_sales.credits_from(conn, bayu, MONTH, ayu) == []
    whole = credit_sales.credits_of_month(conn, MONTH)
    of_one_kind(whole)
    assert ("tim", 2, 360_000, 18_000) in [
        (row.rule, row.level, row.base, row.amount) for row in whole
    ]
    assert credit_sales.credits_of_month(conn, "2026-10") == []


@in_transaction
def test_the_leg_is_the_member_that_its_head_brought_in(conn: Connection) -> None:
    ayu, bayu, citra = join(conn, [None, 1, 2])
    names = {bayu: (bayu, "Mitra Ke-2"), citra: (bayu, "Mitra Ke-2")}
    assert credit_sales.legs(conn, ayu, [ayu, bayu, citra]) == names
    assert credit_sales.legs(conn, bayu, [ayu, bayu]) == {}
    assert credit_sales.legs(conn, ayu, [ayu]) == {}


@in_transaction
def test_the_conditions_behind_a_rate_come_from_counters_and_ranks(conn: Connection) -> None:
    ayu, _, _ = company(conn)
    then = credit_sales.rate_grounds(conn, ayu, MONTH)
    assert (then.group_points, then.paid_as, then.accumulated) == (26, "", 0)
    of_one_kind(then)


@pytest.mark.parametrize("less", [0, 1])
async def test_a_line_that_no_longer_fits_its_credits_is_detected(
    database: Database, less: int
) -> None:
    def unit(conn: Connection) -> None:
        *_, citra = company(conn)
        assert line_audit.audit(conn) == []
        close(conn)
        change = text("UPDATE sale_lines SET bonus_value = bonus_value - :less WHERE id = 3")
        unguard(conn, "sale_lines")
        conn.execute(change, {"less": less})
        faults = line_audit.audit_lines(conn, MONTH)
        assert line_audit.audit(conn) == faults
        assert [f"from member {citra} " in fault for fault in faults] == [True] * less

    await database.write(unit)
