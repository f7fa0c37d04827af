"""Monitoring shows how the bot is, and nothing about any person."""

import asyncio
import re
import threading
import time
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import Connection

from bot.monitoring import snapshot
from bot.store.queue.queue_stats import DatabaseFigures
from bot.store.queue.queue_stats import figures as figures_of
from bot.telemetry.health import LAG_SECONDS_MAX, STANDSTILL_SECONDS_MAX, HealthState
from tests.faults.looking import until
from tests.stage import Given, Stage

PAGE = (Path(__file__).parents[2] / "docs" / "operations.md").read_text("utf-8")
LATER = 'jualdulu_sends_total{kind="answer",outcome="later"}'
SOUND = HealthState(
    lag=0.0, committed=1.0, broken=None, polled=2.0, leased=True, free_mib=9_000, stopping=False
)
GIVEN = [
    Given("Budi Wijaya", "Bapak", "PUSAT", roles=("admin",)),
    Given("Sari Dewi", sponsor="Budi"),
]


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    stage = Stage(tmp_path, GIVEN)
    stage.more = {"probe_port": 0}
    async with stage:
        yield stage


async def asked(stage: Stage, page: str) -> tuple[int, Any]:
    watch = stage.app.probes
    assert watch is not None
    address = f"http://127.0.0.1:{watch.port}/{page}"
    async with aiohttp.ClientSession() as http, http.get(address) as answer:
        json = answer.content_type == "application/json"
        return answer.status, await (answer.json() if json else answer.text())


def figures(page: str) -> dict[str, float]:
    rows = [line.rsplit(" ", 1) for line in page.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in rows}


async def test_a_bot_at_work_is_alive_and_ready(stage: Stage) -> None:
    stage.telegram.phones.say(stage.user("Sari"), "/saldo")
    await stage.settle()
    assert await asked(stage, "live") == (200, {"ok": True, "reasons": []})
    assert await asked(stage, "ready") == (200, {"ok": True, "reasons": []})
    assert (await asked(stage, "other"))[0] == 404


async def test_the_figures_show_what_happened_and_name_no_person(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "READ_EVERY_SECONDS", 0.0)
    stage.telegram.phones.say(stage.user("Sari"), "/saldo")
    await stage.settle()
    stage.telegram.phones.say(stage.user("Sari"), "/kirim Rahasiawati")
    await stage.settle()
    stage.telegram.disturb("retry_after", seconds=3, method="sendMessage", times=1)
    stage.telegram.phones.say(stage.user("Sari"), "/tim")
    async with asyncio.timeout(10):
        while figures((await asked(stage, "metrics"))[1]).get(LATER, 0) < 1:
            await asyncio.sleep(0.05)
    held = figures((await asked(stage, "metrics"))[1])
    assert held['jualdulu_floods_total{scope="chat"}'] == 1
    assert held['jualdulu_gate_seconds_total{scope="chat"}'] == 3
    assert held['jualdulu_gates_closed{scope="chat"}'] == 1
    assert held['jualdulu_outbox_open{kind="answer",state="new"}'] >= 1
    await stage.move_clock(stage.clock.now() + timedelta(seconds=4))
    status, page = await asked(stage, "metrics")
    found = figures(page)
    assert status == 200
    assert found['jualdulu_sends_total{kind="answer",outcome="sent"}'] >= 2
    assert found["jualdulu_answer_seconds_count"] == 3
    assert found['jualdulu_unclear_texts_total{why="not-understood"}'] == 1
    assert found['jualdulu_unclear_texts_total{why="asked-which"}'] == 0
    assert "rahasiawati" not in page.casefold()
    assert found["jualdulu_transaction_seconds_count"] > 3
    assert found["jualdulu_transaction_units_sum"] >= found["jualdulu_transaction_units_count"]
    assert found["jualdulu_inbox_open"] == found["jualdulu_inbox_dead"] == 0
    assert found["jualdulu_books_readable"] == 1
    assert found["jualdulu_start_epoch"] == 1
    assert found["jualdulu_database_bytes"] > 100_000
    assert 0 <= found["jualdulu_poll_gap_seconds"] < 30
    for name, number in stage.users.items():
        assert name not in page
        assert not re.search(rf"\b{number}\b", page.replace(f"e+{number}", ""))
    assert stage.telegram.token not in page


async def test_a_bot_whose_writer_hangs_is_not_alive(stage: Stage) -> None:
    entered, go_on = threading.Event(), threading.Event()

    def stands(_conn: Connection) -> None:
        entered.set()
        go_on.wait(10)

    for seconds, status in ((60.0, 200), (STANDSTILL_SECONDS_MAX - LAG_SECONDS_MAX, 503)):
        entered.clear()
        go_on.clear()
        standing = asyncio.create_task(stage.app.database.write(stands, seconds_max=seconds))
        await asyncio.to_thread(entered.wait, 5)
        found, answer = await asked(stage, "live")
        go_on.set()
        await standing
        assert (found, "the writer hangs" in str(answer)) == (status, status == 503)
    assert (await asked(stage, "live"))[0] == 200


async def test_every_figure_is_on_the_page_for_the_operator(stage: Stage) -> None:
    _, page = await asked(stage, "metrics")
    shown = set(re.findall(r"^# TYPE (jualdulu_\w+?)(?:_total)? \w+$", page, re.MULTILINE))
    shown -= {name for name in shown if name.endswith("_created")}
    output = set(re.findall(r"^\| `(jualdulu_\w+?)(?:_total)?`", PAGE, re.MULTILINE))
    assert shown <= output
    assert len(shown) > 15


async def test_the_database_is_queried_once_however_many_requests_arrive(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []

    def counted(conn: Connection, now: datetime) -> DatabaseFigures:
        read.append(now)
        return figures_of(conn, now)

    monkeypatch.setattr("bot.monitoring.snapshot.figures", counted)
    for _ in range(5):
        assert "jualdulu_books_readable 1.0" in (await asked(stage, "metrics"))[1]
    assert len(read) == 1


async def test_the_other_figures_are_returned_while_the_database_cannot_be_read(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_conn: Connection, now: datetime) -> DatabaseFigures:
        raise OSError(f"no disk at {now}")

    monkeypatch.setattr("bot.monitoring.snapshot.figures", broken)
    found = figures((await asked(stage, "metrics"))[1])
    assert found["jualdulu_books_readable"] == 0
    assert "jualdulu_inbox_open" not in found
    assert 0 <= found["jualdulu_poll_gap_seconds"] < 60, "counted from the start at first"


async def test_a_loop_that_hangs_is_noticed(stage: Stage) -> None:
    await asyncio.sleep(0.1)
    time.sleep(6.2)  # noqa: ASYNC251 - so that nothing else can go on
    status, output = await asked(stage, "live")
    assert status == 503
    assert re.fullmatch(r"the event loop is \d s late, the limit is 5 s", output["reasons"][0])
    await asyncio.sleep(1.3)
    assert (await asked(stage, "live"))[0] == 200


async def test_a_clock_that_is_set_is_counted(stage: Stage) -> None:
    await stage.move_clock(stage.clock.now() + timedelta(hours=2))
    async with asyncio.timeout(5):
        while figures((await asked(stage, "metrics"))[1])["jualdulu_clock_jumps_total"] < 1:
            await asyncio.sleep(0.1)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"lag": 7.4}, "the event loop is 7 s late, the limit is 5 s"),
        ({"committed": None}, "the database was last written never since the start"),
        ({"committed": 61.0}, "the database was last written 0:01:01 ago"),
        ({"broken": 3.0}, "the database could not be written 0:00:03 ago"),
        ({"polled": None}, "Telegram last answered never since the start"),
        ({"polled": 91.0}, "Telegram last answered 0:01:31 ago"),
        ({"leased": False}, "the right to write to the database is lost"),
        ({"free_mib": 99}, "only 99 MiB are free, 100 are needed"),
        ({"stopping": True}, "the bot is stopping"),
    ],
)
def test_each_fault_is_described_in_words(change: dict[str, Any], expected: str) -> None:
    facts = {name: getattr(SOUND, name) for name in SOUND.__dataclass_fields__}
    assert SOUND.why_not_ready() == []
    assert HealthState(**{**facts, **change}).why_not_ready() == [expected]


def test_the_disk_of_a_server_and_an_old_fault_do_not_count() -> None:
    facts = {name: getattr(SOUND, name) for name in SOUND.__dataclass_fields__}
    assert HealthState(**{**facts, "free_mib": None, "broken": 16.0}).why_not_ready() == []


async def test_the_bot_is_not_ready_while_telegram_is_silent(stage: Stage) -> None:
    await until(lambda: not stage.app.gaps.catching_up)
    stage.app.pulse.answered_at = stage.clock.monotonic() - 200
    status, output = await asked(stage, "ready")
    assert status == 503
    assert output == {"ok": False, "reasons": ["Telegram last answered 0:03:20 ago"]}
