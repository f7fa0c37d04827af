"""What the office undoes is reversed and kept, and any sale is found, on both engines."""

from collections.abc import Sequence
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.company.model import NO_PLAN
from bot.core.customers.customer_keys import name_key
from bot.services.sales import decision
from bot.store.customers import customers
from bot.store.db import schema
from bot.store.db.database import Database
from bot.store.ledger import ledger
from bot.store.proof import integrity
from bot.store.receipts import found_sales, sale_decisions, sale_traces, sale_versions
from bot.store.receipts.found_sales import FoundSale, Page
from bot.store.receipts.sale_decisions import Decision
from bot.store.returns import returns
from bot.store.sales import sales
from tests.store.both import (
    ACCOUNT,
    DAY,
    MONTH,
    START,
    in_transaction,
    join,
    of_one_kind,
    sell,
    stock,
)

ZONE = "Asia/Jakarta"
LATER = START + 2 * DAY
STATUSES = ("waiting", "approved", "rejected", "void")
SALES = 5
ALL = Page("0001-01-01", "9999-12-31", 2**62, 10)


def _counted(conn: Connection) -> list[tuple[object, ...]]:
    return [
        tuple(row)
        for row in conn.execute(
            text("""SELECT member_id, own_sales, own_points, own_count, group_points, team_active
                    FROM volumes WHERE own_count + group_points + team_active > 0
                    ORDER BY member_id""")
        )
    ]


def _returned(conn: Connection, sale: int, state: str) -> None:
    facts = {"reference": f"return{sale}{state}", "sale_id": sale, "state": state}
    facts |= {"came_on": "2026-11-05", "saleable": True, "reason": "", "asked_by": ACCOUNT}
    facts |= {"amount": 1, "goods": 1, "points": 0, "bonus_value": 0, "refund": 0}
    facts |= {"asked_at": START, "period": MONTH if state == "confirmed" else None}
    conn.execute(schema.returns.insert(), facts)


@in_transaction
def test_what_was_approved_is_reversed_and_can_be_approved_again(conn: Connection) -> None:
    _, seller = join(conn, [None, 1])
    soap, _ = stock(conn)
    sale = sell(conn, seller, soap)
    before = counted = _counted(conn)
    for times in range(3):
        assert decision.decide(conn, sale, "waiting", "approved", 7, START, plan=NO_PLAN)
        counted = _counted(conn)
        assert decision.decide(
            conn, sale, "approved", "waiting", 8, LATER, 1, reason=f"again {times}", plan=NO_PLAN
        )
        assert _counted(conn) == before
        assert ledger.balance(conn, f"member:{seller}:trade") == 0
        row = sales.by_id(conn, sale)
        assert row is not None
        assert (row.status, row.period) == ("waiting", MONTH)
    assert decision.decide(conn, sale, "waiting", "approved", 7, LATER, plan=NO_PLAN)
    assert _counted(conn) == counted
    assert decision.decide(
        conn, sale, "approved", "rejected", 8, LATER, reason="twice", plan=NO_PLAN
    )
    assert decision.decide(
        conn, sale, "rejected", "waiting", 8, LATER, reason="not at all", plan=NO_PLAN
    )
    made = Decision("rejected", "waiting", MONTH, "as it was", LATER, None)
    sale_decisions.add(conn, sale, 1, made)
    assert sale_decisions.of_sale(conn, sale)[-1] == made
    kept = sale_decisions.of_sale(conn, sale)[:-1]
    assert sale_decisions.count(conn, sale) == len(kept) + 1 == 10
    assert kept[1] == Decision("approved", "waiting", MONTH, "again 0", LATER, 8)
    assert kept[-2].reason == "twice"
    assert integrity.prove(conn, ZONE) == []
    of_one_kind(kept)


@in_transaction
def test_a_sale_that_waits_again_was_decided_by_nobody(conn: Connection) -> None:
    (seller,) = join(conn, [None])
    soap, _ = stock(conn)
    sale = sell(conn, seller, soap)
    assert sale_decisions.on_record(conn, sale) is None
    decision.decide(conn, sale, "waiting", "rejected", 7, START, plan=NO_PLAN)
    found = sale_decisions.on_record(conn, sale)
    assert found == Decision("waiting", "rejected", MONTH, "", START, 7)
    decision.decide(conn, sale, "rejected", "waiting", 8, LATER, plan=NO_PLAN)
    assert sale_decisions.on_record(conn, sale) is None


@in_transaction
def test_a_correction_is_asked_for_until_the_sale_is_changed_or_decided(conn: Connection) -> None:
    _, seller = join(conn, [None, 1])
    soap, _ = stock(conn)
    first, second = (sell(conn, seller, soap, reference=str(each)) for each in (1, 2))
    asked = partial(sale_decisions.asked_of_seller, conn)
    assert asked([]) == asked([first, second]) == {}
    assert sales.waiting_for(conn, ACCOUNT) == 2
    for sale in (first, second):
        assert decision.decide(conn, sale, "waiting", "rejected", 7, START, plan=NO_PLAN)
        assert decision.decide(
            conn, sale, "rejected", "waiting", 7, START,
            reason=f"fix {sale}", plan=NO_PLAN, correction=True,
        )  # fmt: skip
    assert sale_decisions.of_sale(conn, first)[-1].correction
    assert asked([first, second]) == {first: f"fix {first}", second: f"fix {second}"}
    assert sales.waiting_for(conn, ACCOUNT) == 0
    assert sale_versions.begin(conn, first, 1, "changed", ACCOUNT + 1, LATER)
    assert asked([first, second]) == {second: f"fix {second}"}
    assert sales.waiting_for(conn, ACCOUNT) == 1
    assert decision.decide(conn, second, "waiting", "rejected", 7, LATER, plan=NO_PLAN)
    assert decision.decide(
        conn, second, "rejected", "waiting", 7, LATER, reason="once more", plan=NO_PLAN
    )
    assert asked([first, second]) == {}
    assert sales.waiting_for(conn, ACCOUNT) == 2


@in_transaction
def test_a_void_sale_and_a_closed_month_stay(conn: Connection) -> None:
    (seller,) = join(conn, [None])
    soap, _ = stock(conn)
    void, counted, rejected = (
        sell(conn, seller, soap, reference=name) for name in ("void", "counted", "rejected")
    )
    decision.decide(conn, void, "waiting", "void", 7, START, plan=NO_PLAN)
    decision.decide(conn, counted, "waiting", "approved", 7, START, plan=NO_PLAN)
    decision.decide(conn, rejected, "waiting", "rejected", 7, START, plan=NO_PLAN)
    for status in STATUSES[:3]:
        assert not decision.decide(conn, void, "void", status, 7, LATER, plan=NO_PLAN)
    facts = {"period": MONTH, "state": "closing", "plan": "", "plan_digest": "", "ready_on": ""}
    conn.execute(schema.periods.insert(), facts | {"began_at": LATER})
    assert not decision.decide(conn, counted, "approved", "waiting", 7, LATER, plan=NO_PLAN)
    assert not decision.decide(conn, counted, "approved", "rejected", 7, LATER, plan=NO_PLAN)
    assert decision.decide(conn, rejected, "rejected", "waiting", 7, LATER, plan=NO_PLAN)
    assert decision.decide(conn, rejected, "waiting", "approved", 7, LATER, plan=NO_PLAN)
    row = sales.by_id(conn, rejected)
    assert row is not None
    assert row.period == "2026-12"


@in_transaction
def test_a_sale_of_which_goods_came_back_stays(conn: Connection) -> None:
    (seller,) = join(conn, [None])
    soap, _ = stock(conn)
    for state, stays in (("waiting", True), ("confirmed", True), ("rejected", False)):
        sale = sell(conn, seller, soap, reference=state)
        decision.decide(conn, sale, "waiting", "approved", 7, START, plan=NO_PLAN)
        _returned(conn, sale, state)
        sales.lock(conn, sale)
        assert returns.any_of(conn, sale) is stays
        for status in ("void", "rejected", "waiting"):
            if stays:
                assert not decision.decide(conn, sale, "approved", status, 7, LATER, plan=NO_PLAN)
        if not stays:
            assert decision.decide(conn, sale, "approved", "waiting", 7, LATER, plan=NO_PLAN)
        assert [one.state for one in sale_traces.returns(conn, sale, 5)] == [state]


async def test_a_decision_stays(database: Database) -> None:
    def decided(conn: Connection) -> None:
        (seller,) = join(conn, [None])
        soap, _ = stock(conn)
        decision.decide(
            conn, sell(conn, seller, soap), "waiting", "approved", 7, START, plan=NO_PLAN
        )

    await database.write(decided)
    for act in (
        text("UPDATE sale_decisions SET reason = 'x'"),
        text("DELETE FROM sale_decisions"),
    ):
        with pytest.raises(DBAPIError, match="a decision about a sale stays"):
            await database.write(lambda conn, act=act: conn.execute(act))  # type: ignore[misc]


moves = st.lists(
    st.tuples(
        st.integers(0, SALES - 1), st.sampled_from(STATUSES), st.sampled_from(STATUSES)
    ).filter(lambda move: move[1] != move[2]),
    max_size=40,
)


@in_transaction
def test_after_any_deciding_and_undoing_ledger_and_counters_agree(conn: Connection) -> None:
    people = join(conn, [None, 1, 2])
    soap, tea = stock(conn)
    made = [
        sell(conn, people[number % 3], (soap, tea)[number % 2], reference=f"sale{number}")
        for number in range(SALES)
    ]

    @given(moves)
    @settings(deadline=None, max_examples=25)
    def live(acts: Sequence[tuple[int, str, str]]) -> None:
        point = conn.begin_nested()
        status = dict.fromkeys(made, "waiting")
        done = 0
        for place, before, after in acts:
            sale = made[place]
            moved = decision.decide(
                conn, sale, before, after, 7, LATER, reason="why", plan=NO_PLAN
            )
            assert not moved or status[sale] == before
            if moved:
                status[sale], done = after, done + 1
        for sale, expected in status.items():
            row = sales.by_id(conn, sale)
            assert row is not None
            assert row.status == expected
        assert sum(sale_decisions.count(conn, sale) for sale in made) == done
        assert integrity.prove(conn, ZONE) == []
        point.rollback()

    live()


@in_transaction
def test_sales_are_found_by_day_seller_and_buyer_the_latest_day_first(conn: Connection) -> None:
    one, two = join(conn, [None, None])
    soap, _ = stock(conn)
    ani, anni, other = (
        customers.add(conn, one, name, name_key(name), START)
        for name in ("Bu Ani", "Bu Anni", "Pak Budi")
    )
    hers = customers.add(conn, two, "Ibu ANI", name_key("Ibu ANI"), START)
    for number, (seller, buyer, day) in enumerate(
        ((one, ani, 1), (one, other, 3), (two, hers, 2), (one, anni, 2), (two, None, 3)), 1
    ):
        at = f"2026-11-0{day}"
        reference = f"sale{number}"
        sell(conn, seller, soap, reference=reference, customer_id=buyer, sold_on=at)
    first = conn.execute(text("SELECT min(id) FROM sales")).scalar_one() - 1

    def places(found: Sequence[FoundSale]) -> list[int]:
        return [each.id - first for each in found]

    assert places(found_sales.on_days(conn, ALL)) == [5, 2, 4, 3, 1]
    assert places(found_sales.on_days(conn, Page("2026-11-02", "2026-11-02", 2**62, 9))) == [4, 3]
    after = Page("0001-01-01", "2026-11-02", first + 4, 9)
    assert places(found_sales.on_days(conn, after)) == [3, 1]
    assert places(found_sales.of_seller(conn, one, ALL)) == [2, 4, 1]
    assert places(found_sales.of_buyers(conn, [name_key("bu ani")], ALL)) == [3, 1]
    assert found_sales.of_buyers(conn, [name_key("bu an")], ALL) == []
    customers.merge(conn, one, ani, anni, LATER)
    assert places(found_sales.of_buyers(conn, [name_key("bu anni")], ALL)) == [4, 1]
    codes = ["C0000002", "C0000009"]
    assert found_sales.members_coded(conn, codes) == [two]


@in_transaction
def test_what_hangs_on_a_sale_is_found(conn: Connection) -> None:
    top, seller = join(conn, [None, 1])
    soap, _ = stock(conn)
    sale = sell(conn, seller, soap)
    decision.decide(conn, sale, "waiting", "approved", 7, START, plan=NO_PLAN)
    decision.decide(conn, sale, "approved", "waiting", 7, LATER, plan=NO_PLAN)
    posted = sale_traces.postings(conn, sale, 9)
    assert [(one.what, one.amount, one.is_reversal) for one in posted] == [
        ("price", 100_000, False),
        ("goods", 80_000, False),
        ("price", 100_000, True),
        ("goods", 80_000, True),
    ]
    assert len(sale_traces.postings(conn, sale, 3)) == 3
    facts = {"period": "2026-10", "state": "closed", "plan": "", "plan_digest": "", "ready_on": ""}
    conn.execute(schema.periods.insert(), {**facts, "began_at": START, "closed_at": START})
    credit = {"period": "2026-10", "rule": "tim", "base": 10, "rate_bp": 100}
    for member, source, level, amount in (
        (top, seller, 1, 500),
        (seller, seller, 0, 70),
        (top, top, 0, 9),
    ):
        row = {"member_id": member, "source_id": source, "level": level, "amount": amount}
        conn.execute(schema.credits_.insert(), credit | row)
    found = sale_traces.credits_from(conn, seller, "2026-10", ["tim", "other"])
    assert (found.number, found.amount) == (2, 570)
    assert sale_traces.credits_from(conn, seller, "2026-10", []).number == 0
    of_one_kind(posted, found)
