"""The job of a closing that was asked for in the panel: begun again, failing, and shown."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.company import load_company
from bot.core.errors import JobError
from bot.runtime import job_runner, operator_jobs
from bot.services.bonus import close_month
from bot.services.months import closing_reports
from bot.store.ledger import ledger_audit
from bot.system.child_process import JobCrashedError
from tests.stage import PATIENCE_SECONDS, SAMPLE, Given, Stage, moment, with_plan

GIVEN = [
    Given("Budi Wijaya", "Bapak", "PUSAT", roles=("admin",)),
    Given("Maya Lestari", "Ibu", "Budi", roles=("admin",)),
    Given("Wati Anggraini", "Ibu", "Budi", roles=("admin",)),
    Given("Sari Dewi", sponsor="Budi"),
    Given("Rina Safitri", sponsor="Sari"),
]
POST = "closing post"


@pytest.fixture
async def december(tmp_path: Path) -> AsyncIterator[Stage]:
    """Rina's sales of November bring Sari Rp37.500, and December has begun."""
    company = with_plan(load_company(SAMPLE))
    policy = replace(company.policy, approve_sales=False)
    async with Stage(tmp_path, GIVEN, replace(company, policy=policy)) as stage:
        await stage.app.scheduler.settled()
        for who, line in (("Rina", "J 3 MADU500 Bu Ani"), ("Sari", "J 10 SABUN Bu Tini")):
            await say(stage, who, line)
            await say(stage, who, "ya")
        await stage.move_clock(moment("2026-12-01 20:30 WIB"))
        yield stage


@pytest.fixture
async def stage(december: Stage) -> Stage:
    """November is over, and the bot is told to close it."""
    await say(december, "Budi", "/kelola tutup")
    await say(december, "Budi", "/kelola tutupya 1")
    return december


async def say(stage: Stage, who: str, words: str) -> None:
    stage.telegram.phones.say(stage.user(who), words)
    await stage.settle()


async def rows(stage: Stage, query: str) -> list[Any]:
    found: list[Any] = await stage.read(lambda conn: list(conn.execute(text(query))))
    return found


async def told(stage: Stage, words: str) -> int:
    """How many messages to Budi have these words."""
    query = f"SELECT payload FROM outbox WHERE chat_id = {stage.user('Budi')}"
    payloads = [json.loads(row.payload) for row in await rows(stage, query)]
    return sum(words in str(each.get("text")) for each in payloads)


def failing(
    patch: pytest.MonkeyPatch, error: Exception, times: int, step: str = POST
) -> Callable[[], int]:
    """Let a step, the one that pays, fail this often; returns how often it was tried."""
    tried = 0
    post = close_month.TASKS[step]

    def broken(conn: Connection, wish: Any, now: datetime) -> dict[str, object]:
        nonlocal tried
        tried += 1
        if tried <= times:
            raise error
        return post(conn, wish, now)

    patch.setitem(close_month.TASKS, step, broken)
    return lambda: tried


async def test_a_closing_whose_process_dies_goes_on_and_is_told_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_runner, "RETRY_SECONDS", 0.01)
    tried = failing(monkeypatch, JobCrashedError("its process ended with -9"), times=2)
    await say(stage, "Budi", "37.500")
    assert tried() == 3
    assert [row.state for row in await rows(stage, "SELECT state FROM periods")] == ["closed"]
    assert [row.state for row in await rows(stage, "SELECT state FROM closing_requests")] == [
        "closed"
    ]
    paid = await rows(stage, "SELECT amount FROM postings WHERE closing IS NOT NULL")
    assert [row.amount for row in paid] == [37_500]
    assert await told(stage, "sudah tutup buku") == 1
    assert await told(stage, "tidak jadi ditutup") == 0
    assert await stage.read(ledger_audit.audit) == []


async def test_a_bot_that_is_started_again_goes_on(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bot of the first start takes the request and never carries it out."""
    with monkeypatch.context() as patch:
        patch.setattr(stage.app.jobs, "wake", lambda: None)
        stage.telegram.phones.say(stage.user("Budi"), "Rp 37.500")
        await until(stage, "SELECT 1 FROM jobs WHERE kind = 'close'")
        await stage.stop()
    await stage.start()
    await stage.settle()
    assert [row.state for row in await rows(stage, "SELECT state FROM periods")] == ["closed"]
    assert await told(stage, "sudah tutup buku") == 1


async def test_a_closing_that_fails_is_told_and_can_be_asked_for_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        failing(patch, JobError("it broke"), times=1)
        await say(stage, "Budi", "37500")
        assert await told(stage, "tidak jadi ditutup") == 1
        assert await told(stage, "sudah tutup buku") == 0
    await say(stage, "Budi", "/kelola tutup")
    await say(stage, "Budi", "/kelola tutupya 2")
    await say(stage, "Budi", "Rp37.500,-")
    assert await told(stage, "sudah tutup buku") == 1
    states = [row.state for row in await rows(stage, "SELECT state FROM closing_requests")]
    assert states == ["dropped", "closed"]


async def test_a_closing_that_is_given_up_is_told_and_can_be_asked_for_again(
    stage: Stage,
) -> None:
    """The bot was killed each time it had begun, as its next start finds out."""
    await begun_too_often(stage, "close", "37.500")
    assert await told(stage, "tidak jadi ditutup") == 1
    states = [row.state for row in await rows(stage, "SELECT state FROM closing_requests")]
    assert states == ["dropped"]
    await say(stage, "Budi", "/kelola tutup")
    await say(stage, "Budi", "/kelola tutupya 2")
    await say(stage, "Budi", "37.500")
    assert await told(stage, "sudah tutup buku") == 1
    assert await told(stage, "tidak jadi ditutup") == 1


async def test_a_count_that_is_given_up_is_told(stage: Stage) -> None:
    await begun_too_often(stage, "count month", "/kelola tutup")
    assert await told(stage, "tidak jadi ditutup") == 1
    await say(stage, "Budi", "/kelola tutup")
    assert await told(stage, "sebelum ditutup") == 2


@pytest.mark.parametrize("times", [1, 3])
async def test_a_closing_that_was_killed_before_it_was_told_is_told(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    """The month is closed in one commit, and who asked is told in the next."""
    monkeypatch.setattr(job_runner, "RETRY_SECONDS", 0.01)
    tell, left = closing_reports.tell_closed, times

    def killed(*args: Any, **facts: Any) -> None:
        nonlocal left
        left -= 1
        if left >= 0:
            raise JobCrashedError("its process ended with -9")
        tell(*args, **facts)

    monkeypatch.setattr(closing_reports, "tell_closed", killed)
    stage.telegram.phones.say(stage.user("Budi"), "37500")
    ended = "SELECT 1 FROM jobs WHERE kind = 'close' AND state IN ('done', 'failed')"
    await until(stage, ended, PATIENCE_SECONDS)  # each attempt is a process of its own
    await stage.settle()
    assert [row.state for row in await rows(stage, "SELECT state FROM periods")] == ["closed"]
    assert await told(stage, "sudah tutup buku") == 1
    assert await told(stage, "tidak jadi ditutup") == 0


async def test_a_month_that_another_has_closed_meanwhile_is_told_as_closed(stage: Stage) -> None:
    """The count for the second admin finds the month closed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stage.app.jobs, "wake", lambda: None)
        stage.telegram.phones.say(stage.user("Maya"), "/kelola tutup")
        await until(stage, "SELECT 1 FROM jobs WHERE kind = 'count month' AND state = 'new'")
        stage.telegram.phones.say(stage.user("Budi"), "37500")
        await until(stage, "SELECT 1 FROM jobs WHERE kind = 'close' AND state = 'new'")
        assert await stage.app.jobs.next("close")
    stage.app.jobs.wake()
    await until(stage, "SELECT 1 FROM jobs WHERE kind = 'count month' AND state = 'failed'")
    await stage.settle()
    query = f"SELECT payload FROM outbox WHERE chat_id = {stage.user('Maya')}"
    said = [str(row.payload) for row in await rows(stage, query)]
    assert any("sudah tutup buku" in each for each in said)
    assert not any("tidak jadi ditutup" in each for each in said)


async def begun_too_often(stage: Stage, kind: str, words: str) -> None:
    """Let a job that these words ask for have been begun as often as a job may be."""
    waits = f"SELECT 1 FROM jobs WHERE kind = '{kind}' AND state = 'new'"
    begun = text(f"UPDATE jobs SET tries = 3 WHERE kind = '{kind}' AND state = 'new'")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stage.app.jobs, "wake", lambda: None)
        stage.telegram.phones.say(stage.user("Budi"), words)
        await until(stage, waits)
        await stage.write(lambda conn: conn.execute(begun))
    stage.app.jobs.wake()
    await stage.settle()


async def test_a_closing_waits_for_a_clock_that_is_believed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, JobError(operator_jobs.CLOCK_WRONG), times=1)
    await say(stage, "Budi", "37500")
    assert await told(stage, "Jam di komputer bot salah") == 1


async def test_a_closing_that_takes_long_shows_how_far_it_is(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operator_jobs, "SHOWN_SECONDS", 0.0)
    await say(stage, "Budi", "37500")
    assert await told(stage, "⏳ November 2026: mencatat bonus") == 1
    assert await told(stage, "sudah tutup buku") == 1


async def test_two_admins_at_once_close_it_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each was shown the month; the second one confirms while the job of the first waits."""
    for who in ("Maya", "Wati"):
        await say(stage, who, "/kelola tutup")
    await say(stage, "Wati", "/kelola tutupya 3")
    with monkeypatch.context() as patch:
        patch.setattr(stage.app.jobs, "wake", lambda: None)
        stage.telegram.phones.say(stage.user("Budi"), "37500")
        await until(stage, "SELECT 1 FROM jobs WHERE kind = 'close'")
        stage.telegram.phones.say(stage.user("Wati"), "37500")
        stage.telegram.phones.say(stage.user("Maya"), "/kelola tutup")
        for who in ("Wati", "Maya"):
            theirs = f"SELECT 1 FROM outbox WHERE chat_id = {stage.user(who)}"
            busy = "sedang tutup buku atas permintaan Budi Wijaya"
            await until(stage, f"{theirs} AND payload LIKE '%{busy}%'")
    stage.app.jobs.wake()
    await stage.settle()
    jobs = await rows(stage, "SELECT state FROM jobs WHERE kind = 'close'")
    assert [row.state for row in jobs] == ["done"]
    # What was shown before is of no use any more.
    await say(stage, "Maya", "/kelola tutupya 2")
    gone = f"SELECT 1 FROM outbox WHERE chat_id = {stage.user('Maya')}"
    assert await rows(stage, f"{gone} AND payload LIKE '%sudah diputuskan%'")
    assert len(await rows(stage, "SELECT 1 FROM periods")) == 1
    assert await told(stage, "sudah tutup buku") == 1


async def until(stage: Stage, query: str, seconds: float = PATIENCE_SECONDS) -> None:
    async with asyncio.timeout(seconds):
        while not await rows(stage, query):
            await asyncio.sleep(0.01)
