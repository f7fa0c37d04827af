"""The tick: at once, after every move of the clock, in spite of failures and of jumping clocks."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

import bot.runtime.scheduler
from bot.company import load_company
from bot.content import Content
from bot.conversation.registry import FLOWS
from bot.runtime.scheduler import SILENCE_SECONDS_MAX, Scheduler
from bot.services.bonus import estimates
from bot.store.conversation import unclear_texts
from bot.store.db.database import open_database
from bot.store.db.schema import metadata
from bot.turn.runtime import BotRuntime
from tests.blank import lay_out

INBOX = metadata.tables["inbox"]
SAMPLE = Path(__file__).parents[2] / "company.sample.toml"
START = datetime(2026, 11, 23, 2, tzinfo=UTC)


@dataclass
class HandClock:
    """A clock that is set by hand."""

    at: datetime = START
    seconds: float = 0.0
    callbacks: list[Callable[[], None]] = field(default_factory=list)

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.seconds

    def on_change(self, callback: Callable[[], None]) -> None:
        self.callbacks.append(callback)

    def move(self, moment: datetime) -> None:
        self.at = moment
        for callback in self.callbacks:
            callback()


@pytest.fixture
async def runtime(tmp_path: Path) -> AsyncIterator[BotRuntime]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'books.db'}"
    await lay_out(url)
    database = open_database(url)
    company = load_company(SAMPLE)
    content = Content(FLOWS, company=company.name, office=company.office_contact)
    yield BotRuntime(database, content, company, "jualdulu_bot", lambda: 1)
    await database.close()


@dataclass
class Ticks:
    """Counts the ticks that came to an end."""

    count: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def __call__(self) -> None:
        self.count += 1
        self.news.set()

    async def reach(self, count: int) -> None:
        """Wait for this number of ticks in all."""
        async with asyncio.timeout(5):
            while self.count < count:
                self.news.clear()
                await self.news.wait()


async def test_it_ticks_when_it_starts_and_whenever_the_clock_was_moved(
    runtime: BotRuntime,
) -> None:
    clock, ticks = HandClock(), Ticks()
    schedule = Scheduler(runtime, clock, ticks)
    schedule.start()
    await schedule.settled()
    assert ticks.count == 1
    clock.move(START + timedelta(days=1))
    clock.move(START)
    await schedule.settled()
    assert ticks.count == 3
    schedule.stop()


async def test_a_schedule_that_does_not_run_lets_the_clock_be_moved(runtime: BotRuntime) -> None:
    clock, ticks = HandClock(), Ticks()
    schedule = Scheduler(runtime, clock, ticks)
    clock.move(START + timedelta(days=1))
    await schedule.settled()
    schedule.start()
    schedule.stop()
    schedule.stop()
    clock.move(START)
    await asyncio.sleep(0)
    await schedule.settled()
    assert ticks.count == 0


async def test_it_keeps_ticking_when_the_wall_clock_jumps(
    runtime: BotRuntime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(bot.runtime.scheduler, "LOOK_SECONDS", 0.01)
    clock, ticks = HandClock(), Ticks()
    schedule = Scheduler(runtime, clock, ticks)
    schedule.start()
    await schedule.settled()
    clock.seconds += SILENCE_SECONDS_MAX
    await asyncio.sleep(0.05)
    assert ticks.count == 1
    clock.seconds += 1
    await ticks.reach(2)
    schedule.stop()
    assert "the wall clock jumped" in caplog.text


async def test_the_scheduler_ticks_again_and_again(
    runtime: BotRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.runtime.scheduler, "TICK_SECONDS", 0.05)
    clock, ticks = HandClock(), Ticks()
    schedule = Scheduler(runtime, clock, ticks)
    schedule.start()
    await ticks.reach(4)
    schedule.stop()


async def test_a_failing_task_affects_neither_the_others_nor_the_next_tick(
    runtime: BotRuntime, caplog: pytest.LogCaptureFixture
) -> None:
    await runtime.database.write(lambda conn: old_update(conn, 1, 2))
    broken = replace(runtime.company, sending=None)  # type: ignore[arg-type]
    await runtime.database.write(lambda conn: clock_that_ran_out(conn, START))
    schedule = Scheduler(replace(runtime, company=broken), HandClock(), Ticks())
    with caplog.at_level(logging.ERROR):
        await schedule.tick()
    assert "_send_tips" in caplog.text
    assert await updates(runtime) == 1


async def test_old_updates_are_deleted_once_a_day(runtime: BotRuntime) -> None:
    clock = HandClock()
    schedule = Scheduler(runtime, clock, Ticks())
    await runtime.database.write(lambda conn: old_update(conn, 1, 2))
    await schedule.tick()
    assert await updates(runtime) == 1, (
        "the newest stays, so that its row number is not given again"
    )
    await runtime.database.write(lambda conn: old_update(conn, 3))
    await schedule.tick()
    assert await updates(runtime) == 2
    clock.at += timedelta(days=1)
    await schedule.tick()
    assert await updates(runtime) == 1


async def test_shapes_of_texts_not_seen_for_ninety_days_are_deleted(
    runtime: BotRuntime,
) -> None:
    def count(conn: Connection) -> None:
        unclear_texts.count(conn, "gone", "not-understood", "2026-08-24")
        unclear_texts.count(conn, "kept", "not-understood", "2026-08-25")

    await runtime.database.write(count)
    await Scheduler(runtime, HandClock(), Ticks()).tick()
    left = await runtime.database.read(lambda conn: unclear_texts.most_frequent(conn, "", 9))
    assert [each.shape for each in left] == ["kept"]


async def test_a_large_number_of_old_updates_is_deleted_completely(runtime: BotRuntime) -> None:
    await runtime.database.write(lambda conn: old_update(conn, *range(1_201)))
    await Scheduler(runtime, HandClock(), Ticks()).tick()
    assert await updates(runtime) == 1


def old_update(conn: Connection, *numbers: int) -> None:
    entry = {
        "bot_id": 1,
        "lane": "c1",
        "body": "words",
        "received_at": START - timedelta(days=31),
        "state": "done",
    }
    conn.execute(INBOX.insert(), [entry | {"update_id": number} for number in numbers])


def clock_that_ran_out(conn: Connection, at: datetime) -> None:
    member = {
        "id": 1,
        "reference": "r1",
        "code": "C1",
        "name": "Sari",
        "title": "Ibu",
        "phone": "+1",
        "phone_verified": True,
        "province": "bali",
        "zone": "Asia/Makassar",
        "birth_year": 1978,
        "joined_at": at,
    }
    conn.execute(metadata.tables["members"].insert(), member)
    clock = {"member_id": 1, "hour": "09:00", "due_at": at}
    conn.execute(metadata.tables["tip_clocks"].insert(), clock)


async def updates(runtime: BotRuntime) -> int:
    return len(await runtime.database.read(lambda conn: conn.execute(INBOX.select()).all()))


async def test_no_other_task_waits_for_the_estimates(
    runtime: BotRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go = asyncio.Event(), asyncio.Event()

    async def slowly(*_: object) -> int:
        begun.set()
        await go.wait()
        return 0

    monkeypatch.setattr(estimates, "refresh", slowly)
    ticks = Ticks()
    schedule = Scheduler(runtime, HandClock(), ticks)
    for count in (1, 2):
        await schedule.tick()
        assert ticks.count == count
    await begun.wait()
    settled = asyncio.create_task(schedule.settled())
    await asyncio.sleep(0)
    assert not settled.done()
    go.set()
    await settled
