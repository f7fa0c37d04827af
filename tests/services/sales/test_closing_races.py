"""A closing does not overtake what is being counted in its month, nor is it overtaken itself.

Only a server lets two transactions write at once: the first is held open, and the second has to
wait for its commit.
"""

import asyncio
from collections.abc import Callable
from typing import TypeVar

import pytest
from sqlalchemy import Connection, NullPool, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.company.model import NO_PLAN
from bot.services.bonus import close_month
from bot.services.office.operator_tasks import TASKS
from bot.services.sales import decision
from bot.store.customers import customers
from bot.store.db.database import Database
from bot.store.ledger import periods
from bot.store.members import cards, members
from bot.store.products import products
from bot.store.sales import sales
from tests.services.sales.company import ON_A_SERVER
from tests.store.both import DAY, MONTH, START, ZONE, sell
from tests.store.months.test_both_closing_requests import BEGUN, LATER, company, confirm, wish
from tests.store.returns.history import give_back
from tests.store.seeding import code_of

T = TypeVar("T")
WAITS = 4
"""The sale of the company that waits for the office; the others are approved."""


def _approve(conn: Connection) -> None:
    assert decision.decide(conn, WAITS, "waiting", "approved", None, LATER, plan=NO_PLAN)


def _return(conn: Connection) -> None:
    counted = give_back(conn, 1, [(0, 1)], "2026-12", "back")
    assert counted is not None
    assert counted.period == MONTH


def _give(conn: Connection) -> None:
    given = {"code": code_of(1), "period": MONTH, "rank": "emas", "reason": "why"}
    assert "code" in TASKS["give rank"](conn, given, LATER)


def _suspend(conn: Connection) -> None:
    assert cards.set_active(conn, 2, active=False)


def _join(conn: Connection) -> None:
    members.add(
        conn, consents=(), reference="new", user_id=None, code="NEW00001", sponsor_id=1,
        name="Lia Baru", title="Ibu", phone="+62811999", phone_verified=True,
        province="bali", zone=ZONE, birth_year=1990, joined_at=LATER,
    )  # fmt: skip


def _merge(conn: Connection) -> None:
    ani, yani = (customers.named(conn, 1, key) for key in ("ani", "yani"))
    assert ani is not None
    assert yani is not None
    assert customers.merge(conn, 1, ani.id, yani.id, LATER)


def _bought(conn: Connection) -> None:
    """Two customers, with a sale of the second one that is approved."""
    customers.add(conn, 1, "Bu Ani", "ani", LATER)
    yani = customers.add(conn, 1, "Bu Yani", "yani", LATER)
    soap = products.catalogue(conn)[0]
    sale_id = sell(conn, 1, soap, reference="yani", customer_id=yani)
    assert decision.decide(conn, sale_id, "waiting", "approved", None, START + DAY, plan=NO_PLAN)


def _share(conn: Connection) -> None:
    periods.hold_open(conn)


@ON_A_SERVER
@pytest.mark.parametrize("count", [_approve, _return, _give, _suspend, _join, _merge])
async def test_a_closing_waits_for_what_is_being_counted_and_sees_it(
    database_url: str, database: Database, count: Callable[[Connection], None]
) -> None:
    await database.write(company)
    await database.write(_bought)
    facts = await database.write(_confirmed)
    done = await _while_open(database_url, database, count, lambda conn: _begin(conn, facts))
    assert done == {"stale": True}
    assert await database.read(lambda conn: periods.is_open(conn, MONTH))


@ON_A_SERVER
async def test_a_sale_approved_while_its_month_is_shut_counts_in_the_next(
    database_url: str, database: Database
) -> None:
    await database.write(company)
    facts = await database.write(_confirmed)

    def shut(conn: Connection) -> None:
        assert _begin(conn, facts) == BEGUN

    await _while_open(database_url, database, shut, _approve)
    sale = await database.read(lambda conn: sales.by_id(conn, WAITS))
    assert sale is not None
    assert (sale.status, sale.period) == ("approved", "2026-12")


@ON_A_SERVER
async def test_those_who_count_do_not_wait_for_each_other(
    database_url: str, database: Database
) -> None:
    await database.write(company)
    await _while_open(database_url, database, _share, _approve, to_wait=False)


def _confirmed(conn: Connection) -> dict[str, object]:
    """Returns the step that shuts the month as it is now, with the request for it."""
    facts = wish(conn, None)
    return {**facts, "request": confirm(conn, facts["figures"])}


def _begin(conn: Connection, facts: dict[str, object]) -> dict[str, object]:
    return close_month.TASKS["closing begin"](conn, facts, LATER)


async def _while_open(
    url: str,
    database: Database,
    first: Callable[[Connection], object],
    second: Callable[[Connection], T],
    *,
    to_wait: bool = True,
) -> T:
    """Start `second` while the transaction of `first` is open; returns what `second` returns."""
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with engine.begin() as slow:
            await slow.run_sync(first)
            running = asyncio.create_task(database.write(second))
            async with asyncio.timeout(20):
                while not (running.done() or await database.read(_one_waits)):
                    await asyncio.sleep(0.01)
            assert running.done() != to_wait
        return await running
    finally:
        await engine.dispose()


def _one_waits(conn: Connection) -> bool:
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'")
    count: int = conn.execute(waiting).scalar_one()
    return count > 0
