"""Customers, repeat orders and new customers, counted a second time one by one."""

import asyncio
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from sqlalchemy import Connection, text

from bot.core.mirror.mirror_figures import CustomerFigures, month_days
from bot.store.customers import customers
from bot.store.db.database import Database
from bot.store.mirror import customer_figures, mirror_file
from tests.store.both import START, in_transaction, join, of_one_kind, sell, stock

FIRST: Final = date(2026, 9, 1)
MONTHS: Final = ((date(2026, 9, 1), date(2026, 10, 1)), (date(2026, 10, 1), date(2026, 11, 1)))
PEOPLE: Final = 4

SET_STATUS = text("UPDATE sales SET status = :status WHERE id = :id")
GIVE_BACK = text("""
    INSERT INTO returns (reference, sale_id, state, came_on, saleable, reason, amount, goods,
                         points, bonus_value, refund, asked_at, asked_by, period)
    VALUES (:reference, :sale_id, :state, '2026-11-01', 1, '', :amount, 0, 0, 0, 0, 0, 1, :period)
""")


@dataclass(frozen=True)
class Sold:
    """One sale: `customer` is a place among the seller's own, None for own use."""

    seller: int
    customer: int | None
    day: int
    status: str
    back: tuple[tuple[str, int], ...]

    @property
    def on(self) -> date:
        return FIRST + timedelta(days=self.day)

    @property
    def counts(self) -> bool:
        came_back = sum(half for state, half in self.back if state == "confirmed")
        return self.status == "approved" and self.customer is not None and came_back < 2


BACK = st.lists(
    st.tuples(st.sampled_from(("confirmed", "waiting", "rejected", "void")), st.just(1)),
    max_size=2,
).map(tuple)
SOLD = st.builds(
    Sold,
    st.integers(0, 1),
    st.none() | st.integers(0, PEOPLE - 1),
    st.integers(0, 60),
    st.sampled_from(("approved", "approved", "approved", "waiting", "rejected", "void")),
    BACK,
)
MERGES = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1)),
    max_size=3,
)


def reckoned(
    history: Sequence[Sold],
    same: dict[tuple[int, int], int],
    seller: int,
    first: date,
    after: date,
) -> CustomerFigures:
    """Counts a seller's days with lists and sets."""
    mine = sorted(
        (one.on, at, same.get((seller, one.customer), one.customer))
        for at, one in enumerate(history)
        if one.seller == seller and one.counts and one.customer is not None
    )
    seen: set[int] = set()
    served, again, new, sales, repeats = set(), set(), set(), 0, 0
    for day, _, who in mine:
        if first <= day < after:
            served.add(who)
            sales += 1
            if who in seen:
                again.add(who)
                repeats += 1
            else:
                new.add(who)
        seen.add(who)
    return CustomerFigures(len(served), sales, len(again), repeats, len(new))


def merged(
    conn: Connection, ids: list[list[int]], merges: list[tuple[int, int, int]]
) -> dict[tuple[int, int], int]:
    """Puts customers together; returns for each place the place that is kept."""
    same: dict[tuple[int, int], int] = {}
    for seller, one, other in merges:
        kept, gone = same.get((seller, one), one), same.get((seller, other), other)
        if kept == gone:
            continue
        customers.merge(conn, seller + 1, ids[seller][kept], ids[seller][gone], START)
        for place in range(PEOPLE):
            if same.get((seller, place), place) == gone:
                same[seller, place] = kept
    return same


async def test_the_figures_are_those_of_a_plain_reckoning(database: Database) -> None:
    def unit(conn: Connection) -> None:
        join(conn, [None, 1])
        soap, _ = stock(conn)
        ids = [
            [customers.add(conn, seller, f"P{at}", f"p{at}", START) for at in range(PEOPLE)]
            for seller in (1, 2)
        ]

        @settings(max_examples=60, suppress_health_check=list(HealthCheck))
        @given(st.lists(SOLD, max_size=14), MERGES)
        def compare(history: list[Sold], merges: list[tuple[int, int, int]]) -> None:
            point = conn.begin_nested()
            for at, one in enumerate(history):
                customer = None if one.customer is None else ids[one.seller][one.customer]
                sale = sell(
                    conn,
                    one.seller + 1,
                    soap,
                    reference=f"s{at}",
                    customer_id=customer,
                    sold_on=one.on.isoformat(),
                )
                conn.execute(SET_STATUS, {"status": one.status, "id": sale})
                for place, (state, half) in enumerate(one.back):
                    facts = {
                        "reference": f"r{at}.{place}",
                        "sale_id": sale,
                        "state": state,
                        "amount": half * soap.retail_price,
                        "period": "2026-11" if state == "confirmed" else None,
                    }
                    conn.execute(GIVE_BACK, facts)
            same = merged(conn, ids, merges)
            for first, after in (*MONTHS, (date(2026, 10, 1), date(2026, 10, 12))):
                expected = [reckoned(history, same, seller, first, after) for seller in (0, 1)]
                for seller in (0, 1):
                    found = customer_figures.figures_of_seller(conn, seller + 1, first, after)
                    assert found == expected[seller]
                    assert found.sales == found.new + found.repeat_orders
                    of_one_kind(found)
                everyone = customer_figures.of_all_sellers(conn, first, after)
                by_code = {row.code: row.figures for row in everyone}
                for seller in (0, 1):
                    assert by_code.get(f"C{seller + 1:07d}", CustomerFigures()) == expected[seller]
                waiting = sum(
                    one.seller == 0
                    and one.status == "waiting"
                    and one.customer is not None
                    and first <= one.on < after
                    for one in history
                )
                assert customer_figures.waiting_between(conn, 1, first, after) == waiting
            point.rollback()

        compare()

    await database.write(unit)


@in_transaction
def test_the_first_sale_says_how_far_back_there_is_anything(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, _ = stock(conn)
    assert customer_figures.first_sale_on(conn, mine) is None
    sell(conn, mine, soap, reference="a", sold_on="2026-10-05")
    sell(conn, mine, soap, reference="b", sold_on="2026-09-30")
    assert customer_figures.first_sale_on(conn, mine) == date(2026, 9, 30)


@in_transaction
def test_who_joined_is_counted_of_a_team_and_of_the_company(conn: Connection) -> None:
    mine, below, _ = join(conn, [None, 1, 2])
    assert customer_figures.team_joined(conn, mine, "2026-11") == 2
    assert customer_figures.team_joined(conn, below, "2026-11") == 1
    assert customer_figures.team_joined(conn, mine, "2026-10") == 0
    november = datetime(2026, 11, 1, tzinfo=UTC)
    assert customer_figures.joined_between(conn, november, november + timedelta(days=30)) == 3
    assert customer_figures.joined_between(conn, november + timedelta(days=1), START) == 0


@in_transaction
def test_the_workbook_has_sums_and_no_customer(conn: Connection) -> None:
    mine, other = join(conn, [None, 1])
    soap, _ = stock(conn)
    for seller, name in ((mine, "Bu Rahasia"), (other, "Pak Rahasia")):
        bought = customers.add(conn, seller, name, name.lower(), START)
        for at in range(2):
            sale = sell(conn, seller, soap, reference=f"{name}{at}", customer_id=bought)
            conn.execute(SET_STATUS, {"status": "approved", "id": sale})
    days = (date(2026, 11, 1), date(2026, 12, 1))
    moments = (datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))
    report = mirror_file.report_of(conn, *days, *moments)
    assert report.company == CustomerFigures(2, 4, 2, 2, 2)
    for language in ("id", "en"):
        body = mirror_file.workbook_of(report, language)
        cells = CalamineWorkbook.from_filelike(BytesIO(body)).get_sheet_by_index(0).to_python()
        assert "Rahasia" not in str(cells)
        sums = [[int(float(str(figure))) for figure in row[2:7]] for row in cells[1:4]]
        assert sums[2] == [a + b for a, b in zip(*sums[:2], strict=True)]
        assert sums[2] == list(astuple(report.company))
        assert cells[5][2] == report.new_members == 2


async def test_the_child_process_makes_the_same_file(database: Database) -> None:
    async def progress(*_: object) -> None:
        await asyncio.sleep(0)

    moments = (datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))
    days = month_days("2026-11", date(2026, 12, 9))
    made = await mirror_file.make_in_child(database.url, days, moments, "id", progress)
    assert (made.sellers, made.figures, made.new_members) == (0, CustomerFigures(), 0)
    assert made.body[:2] == b"PK"
