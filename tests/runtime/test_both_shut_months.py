"""A month that was shut is closed as it was shown, whatever changes before the closing goes on."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.company import load_company
from bot.core.plans import Plan
from bot.runtime import job_runner
from bot.store.customers import customers
from bot.store.db.database import open_database
from bot.store.members import cards, members, roles
from bot.store.proof import integrity
from bot.store.team import sizes
from bot.system.child_process import JobCrashedError
from tests.runtime.test_closing_jobs import failing, rows, say, told, until
from tests.stage import SAMPLE, Given, Stage, moment, with_plan

GIVEN = [
    Given("Budi Wijaya", "Bapak", "PUSAT", roles=("admin",)),
    Given("Wati Anggraini", "Ibu", "PUSAT", roles=("admin",)),
    Given("Sari Dewi", sponsor="Budi"),
    Given("Rina Safitri", sponsor="Sari"),
    Given("Agus Salim", sponsor="Budi"),
]
SARI, RINA, AGUS = 3, 4, 5
PLAN_WORDS = """
[[version]]
since = "2026-01"
qualify_by = "sold"
[[version.rank]]
slug = "perak"
id = "Perak"
en = "Silver"
own_points = 20
customers = 1
[[version.rule]]
kind = "unilevel"
slug = "tim"
id = "Bonus tim"
en = "Team bonus"
rates = ["10%", "5%", "3%"]
customers_min = 1
[[version.rule]]
kind = "pool"
slug = "bersama"
id = "Bonus bersama"
en = "Pool"
rate = "3%"
rank_min = "perak"
"""
CREDITS = "SELECT member_id, rule, source_id, amount FROM credits ORDER BY id"
SHARES = "SELECT member_id, rule, amount FROM pool_shares ORDER BY id"
ZONE = "Asia/Jakarta"

Change = Callable[[Stage], Awaitable[None]]


@pytest.fixture
async def stage(tmp_path: Path, database_url: str) -> AsyncIterator[Stage]:
    """November is over: Rina's and Sari's sales bring bonuses to those above them."""
    (tmp_path / "plan.toml").write_text(PLAN_WORDS, "utf-8")
    company = with_plan(load_company(SAMPLE), tmp_path / "plan.toml")
    policy = replace(company.policy, approve_sales=False)
    async with Stage(tmp_path, GIVEN, replace(company, policy=policy), database_url) as stage:
        await stage.app.scheduler.settled()
        for who, line in (
            ("Rina", "J 3 MADU500 Bu Ani"),
            ("Rina", "J 1 MADU500 Bu Yani"),
            ("Sari", "J 10 SABUN Bu Tini"),
            ("Agus", "J 10 SABUN Bu Wiwik"),
        ):
            await say(stage, who, line)
            await say(stage, who, "ya")
        await stage.write(lambda conn: cards.set_active(conn, AGUS, active=False))
        await stage.move_clock(moment("2026-12-01 20:30 WIB"))
        await say(stage, "Budi", "/kelola tutup")
        await say(stage, "Budi", "/kelola tutupya 1")
        yield stage


async def suspended(stage: Stage) -> None:
    await stage.write(lambda conn: cards.set_active(conn, SARI, active=False))


async def reinstated(stage: Stage) -> None:
    """Agus was suspended when the month was shut."""
    await stage.write(lambda conn: cards.set_active(conn, AGUS, active=True))


async def role_lost(stage: Stage) -> None:
    await stage.write(lambda conn: roles.revoke(conn, stage.user("Budi"), "admin"))


async def plan_changed(stage: Stage) -> None:
    words = PLAN_WORDS.replace('"10%", "5%"', '"20%", "6%"')
    (stage.folder / "plan.toml").write_text(words, "utf-8")
    stage.company = with_plan(stage.company, stage.folder / "plan.toml")


async def plan_of_a_later_month(stage: Stage) -> None:
    words = PLAN_WORDS.replace('"2026-01"', '"2026-12"')
    (stage.folder / "plan.toml").write_text(words, "utf-8")
    stage.company = with_plan(stage.company, stage.folder / "plan.toml")


async def plan_gone(stage: Stage) -> None:
    stage.company = replace(stage.company, plan=Plan())


async def limit_lowered(stage: Stage) -> None:
    policy = replace(stage.company.policy, bonus_share_max_percent=1)
    stage.company = replace(stage.company, policy=policy)


async def prices_changed(stage: Stage) -> None:
    prices = text("UPDATE products SET member_price = 1, bonus_value = 1, points = 0")
    await stage.write(lambda conn: conn.execute(prices))


async def joined(stage: Stage) -> None:
    """A newcomer, who would share the pool if the company gave a rank at once."""

    def unit(conn: Connection) -> None:
        at = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)
        new = members.add(
            conn, consents=(), reference="new", user_id=None, code="NEW00001", sponsor_id=RINA,
            name="Lia Baru", title="Ibu", phone="+62811999", phone_verified=True,
            province="bali", zone=ZONE, birth_year=1990, joined_at=at,
        )  # fmt: skip
        sizes.joined(conn, new, RINA, "2026-12")

    await stage.write(unit)


async def customers_merged(stage: Stage) -> None:
    at = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)
    await stage.write(lambda conn: customers.merge(conn, RINA, 1, 2, at))


async def members_changed(stage: Stage) -> None:
    for change in (suspended, reinstated, joined, customers_merged, prices_changed):
        await change(stage)


async def rules_changed(stage: Stage) -> None:
    for change in (plan_changed, limit_lowered, role_lost):
        await change(stage)


CHANGES = (members_changed, rules_changed, plan_of_a_later_month, plan_gone)
STEPS = [("closing credits", members_changed)] + [("closing post", each) for each in CHANGES]


@pytest.mark.parametrize(("step", "change"), STEPS)
async def test_a_closing_that_was_broken_off_goes_on_whatever_has_changed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, step: str, change: Change
) -> None:
    [request] = await rows(stage, "SELECT paid, payees FROM closing_requests")
    await _broken_off(stage, monkeypatch, step, str(request.paid))
    await stage.stop()
    await _changed(stage, change)
    await stage.start()
    await stage.settle()
    closed = "SELECT state, paid, payees FROM periods"
    assert [tuple(row) for row in await rows(stage, closed)] == [("closed", *request)]
    credits_, shares = await rows(stage, CREDITS), await rows(stage, SHARES)
    assert sum(row.amount for row in (*credits_, *shares)) == request.paid
    assert await stage.read(lambda conn: integrity.prove(conn, ZONE)) == []
    jobs = await rows(stage, "SELECT state FROM jobs WHERE kind = 'close'")
    assert [row.state for row in jobs] == ["done"]
    assert await told(stage, "sudah tutup buku: ") == (change is not rules_changed)
    # Nothing of what the month was shut with is left.
    assert await rows(stage, "SELECT 1 FROM job_inputs") == []


async def _changed(stage: Stage, change: Change) -> None:
    database = open_database(stage.url)
    stopped = stage.write
    stage.write = database.write  # type: ignore[method-assign]
    try:
        await change(stage)
    finally:
        stage.write = stopped  # type: ignore[method-assign]
        await database.close()


async def _broken_off(stage: Stage, monkeypatch: pytest.MonkeyPatch, step: str, paid: str) -> None:
    """Confirm the month, and let its process end at this step, as a kill does."""
    monkeypatch.setattr(job_runner, "RETRY_SECONDS", 60)
    with monkeypatch.context() as patch:
        tried = failing(patch, JobCrashedError("its process ended with -9"), times=9, step=step)
        stage.telegram.phones.say(stage.user("Budi"), paid)
        await until(
            stage, "SELECT 1 FROM jobs WHERE kind = 'close' AND tries = 1 AND state = 'new'"
        )
        assert tried() == 1
    assert [row.state for row in await rows(stage, "SELECT state FROM periods")] == ["closing"]
