"""For members with a large team the open months are estimated now and then."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.core.errors import JobError
from bot.core.plans import Conditions, Plan, Pool, Rank
from bot.services.bonus import estimates
from bot.services.bonus.estimates import Estimator, Work, estimate, refresh
from bot.store.bonus import bonus_credits, estimate_process
from bot.store.bonus.bonus_credits import Level
from bot.store.customers import customers
from bot.store.db import counters
from bot.store.db.database import Database
from bot.store.ledger import ledger
from bot.system.child_process import Limits
from bot.turn.runtime import BotRuntime
from tests.services.bonus.test_announcing import (
    COMPANY,
    MONTH,
    NOON,
    VERSION,
    close,
    enter,
    runtime,
)
from tests.store.seeding import unguard

__all__ = ["runtime"]

NEXT = "2026-12"
LATER = datetime(2026, 12, 20, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def every_team_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(estimates, "TEAM_WALK_MAX", 0)


def company(conn: Connection) -> None:
    """Ayu sold enough herself; Bayu below her sold for a bonus value of Rp40.000."""
    enter(conn, 1, None, 10, 10_000)
    enter(conn, 2, 1, 4, 40_000)


async def kept(database: Database, period: str) -> tuple[Level, ...]:
    return await database.read(lambda conn: bonus_credits.estimated(conn, 1, period))


def _posting(conn: Connection) -> None:
    """Post something: any posting makes an estimate outdated."""
    insert = text("""
        INSERT INTO sales (id, reference, seller_id, sold_on, period, status, total, goods, points,
          bonus_value, logged_at)
        VALUES (1, 'a', 2, '2026-12-01', '2026-12', 'approved', 2, 1, 0, 0, 0)
    """)
    conn.execute(insert)
    customers = ledger.house_account(conn, ledger.CUSTOMERS)
    trade = ledger.trade_account(conn, 2)
    ledger.post(conn, ledger.Posting("p", customers, trade, 1, 1, NEXT), NOON)


async def test_the_month_that_waits_to_be_closed_is_estimated_like_the_running_one(
    runtime: BotRuntime,
) -> None:
    await runtime.database.write(company)
    assert await refresh(runtime, NOON) == 1
    assert await kept(runtime.database, MONTH) == (Level("tim", 1, 1_000, 1, 40_000, 4_000),)
    assert await kept(runtime.database, NEXT) == ()
    found = await runtime.database.read(lambda conn: estimate(conn, COMPANY, 1, NOON))
    assert found is not None
    assert (found.levels, found.credits, found.minutes) == ((), (), 1)


async def test_an_estimate_is_computed_again_only_when_something_has_changed(
    runtime: BotRuntime,
) -> None:
    await runtime.database.write(company)
    assert await refresh(runtime, NOON) == 1
    assert await refresh(runtime, NOON + timedelta(minutes=20)) == 0
    later = NOON + timedelta(minutes=40)
    fresh = await runtime.database.read(lambda conn: estimate(conn, COMPANY, 1, later))
    await runtime.database.write(_posting)
    stale = await runtime.database.read(lambda conn: estimate(conn, COMPANY, 1, later))
    assert fresh is not None
    assert stale is not None
    assert (fresh.minutes, stale.minutes) == (1, 40)
    assert await refresh(runtime, NOON) == 1
    other = replace(COMPANY, plan=replace(COMPANY.plan, versions=(VERSION, VERSION)))
    assert await refresh(replace(runtime, company=other), NOON) == 1


async def test_an_estimate_is_computed_again_where_customers_were_put_together(
    runtime: BotRuntime,
) -> None:
    """That changes how many customers a seller has, without a sale."""

    def two_of_one(conn: Connection) -> None:
        for number, name in ((1, "Bu Ani"), (2, "Bu Anni")):
            assert customers.add(conn, 2, name, name.lower(), NOON) == number
        _posting(conn)
        unguard(conn, "sales")
        conn.execute(text("UPDATE sales SET customer_id = 2 WHERE id = 1"))

    await runtime.database.write(company)
    await runtime.database.write(two_of_one)
    assert await refresh(runtime, NOON) == 1
    assert await refresh(runtime, NOON) == 0
    await runtime.database.write(lambda conn: customers.merge(conn, 2, 1, 2, NOON))
    assert await refresh(runtime, NOON) == 1


async def test_a_closed_month_is_no_longer_estimated_and_an_old_one_is_deleted(
    runtime: BotRuntime,
) -> None:
    await runtime.database.write(company)
    await refresh(runtime, NOON)
    await runtime.database.write(close)
    before = await kept(runtime.database, MONTH)
    assert before
    await runtime.database.write(
        lambda conn: conn.execute(text("UPDATE volumes SET own_bonus = 7"))
    )
    assert await refresh(runtime, LATER) == 1
    assert await kept(runtime.database, MONTH) == before
    await refresh(runtime, LATER + timedelta(days=31))
    assert await kept(runtime.database, MONTH) == ()


async def test_an_estimate_is_computed_in_a_process_that_may_be_killed_and_is_reported(
    runtime: BotRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    await runtime.database.write(company)
    calls = []

    async def through(kind: str, wish: Mapping[str, Any], work: Work) -> Mapping[str, Any]:
        calls.append((kind, wish, await work()))
        return {"members": calls[-1][2]["members"]}

    assert await refresh(runtime, NOON, through) == 1
    assert calls == [("estimates", {"period": NEXT}, {"members": 1})]
    before = await kept(runtime.database, MONTH)
    await runtime.database.write(_posting)
    monkeypatch.setattr(estimate_process, "LIMITS", Limits(0.01))
    with pytest.raises(JobError):
        await refresh(runtime, NOON, through)
    assert await kept(runtime.database, MONTH) == before != ()
    monkeypatch.undo()
    monkeypatch.setattr(estimates, "TEAM_WALK_MAX", 0)
    assert await refresh(runtime, NOON) == 1, "it is tried again"


async def test_the_tick_asks_every_ten_minutes_at_most(runtime: BotRuntime) -> None:
    await runtime.database.write(company)
    estimator = Estimator()
    await estimator.refresh(runtime, NOON)
    await runtime.database.write(_posting)
    await estimator.refresh(runtime, NOON + timedelta(minutes=9))

    async def age() -> int:
        return await runtime.database.read(
            lambda conn: counters.read(conn, estimates.COMPUTED_AT_COUNTER)
        )

    assert await age() == int(NOON.timestamp())
    await estimator.refresh(runtime, NOON + timedelta(minutes=10))
    assert await age() == int((NOON + timedelta(minutes=10)).timestamp())
    back = NOON - timedelta(hours=1)
    await runtime.database.write(lambda conn: counters.put(conn, estimates.STAMP_COUNTER, 0))
    await estimator.refresh(runtime, back)
    assert await age() == int(back.timestamp())


async def test_a_large_team_is_shown_that_it_shares_in_a_pool_but_not_how_much(
    runtime: BotRuntime,
) -> None:
    pool = Pool("bersama", (), 500, Conditions(rank_min=1))
    version = replace(VERSION, rules=(*VERSION.rules, pool), ranks=(Rank("emas", own_points=10),))
    company_ = replace(COMPANY, plan=Plan((version,)))
    await runtime.database.write(company)
    assert await refresh(replace(runtime, company=company_), NOON) == 1
    before = datetime(2026, 11, 20, 5, tzinfo=UTC)
    found = await runtime.database.read(lambda conn: estimate(conn, company_, 1, before))
    assert found is not None
    assert found.levels == (Level("tim", 1, 1_000, 1, 40_000, 4_000),)
    assert found.later == ("bersama",)
    assert found.amount == 4_000
