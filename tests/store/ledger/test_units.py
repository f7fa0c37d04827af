"""Whatever is approved early or late, for a customer or for own use, counters equal a recount."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from bot.company.model import NO_PLAN
from bot.core.plans import Plan, Unilevel, Version, month_under
from bot.core.sales.products import Product
from bot.core.sales.sales import SaleLine, totals
from bot.services.sales import decision
from bot.store.bonus import closing
from bot.store.customers import customers
from bot.store.ledger import ledger_audit, snapshots
from bot.store.proof.recount import audit_volumes
from bot.store.sales import sales
from tests.store.seeding import DAY, START, TABLES, add_members, forgotten, new_database

SELLERS = 3
SOAP = Product(1, "SABUN", "Sabun Sereh", 40_000, 50_000, 5, 40, "perawatan")
FIRST, SECOND = "2026-11", "2026-12"
RULES = (Unilevel("tim", (), (1_000,)),)
PLAN = Plan((
    Version("2026-01", RULES, point_value=1_000, qualify_by="sold"),
    Version(SECOND, RULES, point_value=1_300, qualify_by="sold"),
))  # fmt: skip

sold = st.tuples(
    st.integers(1, SELLERS),
    st.integers(1, 9),
    st.booleans(),
    st.sampled_from((FIRST, SECOND)),
    st.sampled_from(("early", "late", "late and void", "never")),
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder: Path = tmp_path_factory.mktemp("units")
    engine = new_database(folder)
    with engine.begin() as conn:
        add_members(conn, [None, 1, 2])
        facts = {"id": 1, "sku": "SABUN", "name": "Sabun", "member_price": 40_000}
        facts |= {"retail_price": 50_000, "points": 5, "bonus_value": 40}
        conn.execute(TABLES["products"].insert(), facts)
    return engine


def _enter(
    conn: Connection, number: int, seller: int, pieces: int, period: str, *, own: bool
) -> int:
    lines = (SaleLine(SOAP, pieces, 50_000 * pieces),)
    buyer = None if own else customers.add(conn, seller, f"bu {number}", f"bu {number}", START)
    return sales.add(
        conn,
        lines,
        totals(lines),
        reference=f"sale{number}",
        seller_id=seller,
        customer_id=buyer,
        sold_on=f"{period}-15",
        period=period,
        invoice="",
        photo_id="",
        photo_key="",
        photo_kind="",
        logged_at=START,
    )


@given(acts=st.lists(sold, max_size=12))
@settings(deadline=None, max_examples=60)
def test_counters_equal_a_recount_and_each_sale_has_the_unit_of_its_month(
    engine: Engine, acts: Sequence[tuple[int, int, bool, str, str]]
) -> None:
    with forgotten(engine) as conn:
        # The counters of teams are not what is looked at here.
        before = audit_volumes(conn, "Asia/Jakarta")
        ids = [
            _enter(conn, number, seller, pieces, period, own=own)
            for number, (seller, pieces, own, period, _) in enumerate(acts)
        ]

        def approve(wanted: str) -> None:
            for sale, (*_, when) in zip(ids, acts, strict=True):
                if when.startswith(wanted):
                    assert decision.decide(
                        conn, sale, "waiting", "approved", None, START, plan=PLAN
                    )

        approve("early")
        closing.begin(
            conn,
            FIRST,
            plan="2026-01",
            digest="x",
            ready_on=date(2027, 1, 1),
            at=START + 31 * DAY,
            point_value=1,
        )
        approve("late")
        for sale, (*_, when) in zip(ids, acts, strict=True):
            if when == "late and void":
                assert decision.decide(conn, sale, "approved", "void", None, START, plan=NO_PLAN)
        assert audit_volumes(conn, "Asia/Jakarta") == before
        assert ledger_audit.audit(conn) == []
        worth = dict.fromkeys(range(1, SELLERS + 1), 0)
        points = dict(worth)
        for seller, pieces, own, period, when in acts:
            if when in {"early", "late"} and (period == SECOND or when == "late"):
                worth[seller] += 40 * pieces * (1_000 if period == FIRST else 1_300)
                points[seller] += 0 if own else 5 * pieces
        month = snapshots.of_company(conn, SECOND, PLAN.versions[1])
        assert (
            dict(zip(month.ids, month_under(PLAN.versions[1], month).bases, strict=True)) == worth
        )
        assert dict(zip(month.ids, month.sold, strict=True)) == points
