"""Closing a month from the command line: shown first, done once, continued after a kill."""

import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.runtime.control_socket import ControlSocket, socket_of
from bot.store.db import read_only
from bot.store.db.database import open_database
from bot.store.jobs import jobs
from bot.store.ledger import ledger_audit, shut_months
from bot.store.proof.recount import recount
from bot.store.queue import outbox
from bot.system.clock import SystemClock
from tests.cli.office import NOW, PROJECT, SECONDS_MAX, Office, fill, sandbox
from tests.store.seeding import unguard

pytestmark = pytest.mark.long

LAST_MONTH = "2026-10"
THIS_MONTH = f"{NOW:%Y-%m}"

STOPS = """
import os, sys
from bot.cli.service import remote
from bot.cli.command_line import command_line
from tests.store.seeding import unguard

left = int(sys.argv.pop(1))
do = remote.TaskClient.do

def stopping(client, task, wish, *seconds):
    global left
    left -= task.startswith("closing ")
    if left < 0:
        os._exit(9)
    return do(client, task, wish, *seconds)

remote.TaskClient.do = stopping
command_line()
"""


RANKS = """
[[version]]
since = "2026-01"
[[version.rank]]
slug = "perak"
id = "Perak"
en = "Silver"
group_points = 1
[[version.rule]]
kind = "differential"
slug = "tim"
id = "Bonus tim"
en = "Team bonus"
by_rank = { perak = "10%" }
"""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office whose company sold last month, with the plan of the sample."""
    place = Office(tmp_path)
    shutil.copy(PROJECT / "plan.sample.toml", tmp_path / "plan.toml")
    company = tmp_path / "company.toml"
    words = company.read_text("utf-8").replace(
        'root_code = "PUSAT"', 'root_code = "PUSAT"\nplan_file = "plan.toml"'
    )
    company.write_text(words, "utf-8")
    fill(place.url)
    asyncio.run(_move_sales(place.url))
    return place


async def _move_sales(url: str) -> None:
    """Move every sale from before this month into the last one."""
    database = open_database(url)
    moved = text("UPDATE sales SET period = :month, sold_on = :day WHERE period < :month")

    def unit(conn: Connection) -> None:
        unguard(conn, "sales")
        conn.execute(moved, {"month": LAST_MONTH, "day": f"{LAST_MONTH}-28"})
        _count_afresh(conn)

    await database.write(unit)
    await database.close()


def _count_afresh(conn: Connection) -> None:
    conn.execute(text("DELETE FROM volumes"))
    for member, months in recount(conn, "Asia/Jakarta").volumes.items():
        for month, volume in months.items():
            facts = {"member_id": member, "period": month, **asdict(volume)}
            columns = ", ".join(facts)
            values = ", ".join(f":{name}" for name in facts)
            conn.execute(text(f"INSERT INTO volumes ({columns}) VALUES ({values})"), facts)


def paid(office: Office) -> list[tuple[str, int]]:
    """Reference and sum of each bonus that is posted."""

    def look(conn: Connection) -> list[tuple[str, int]]:
        assert ledger_audit.audit(conn) == []
        rows = conn.execute(
            text("SELECT reference, amount FROM postings WHERE closing IS NOT NULL ORDER BY id")
        )
        return [(row.reference, row.amount) for row in rows]

    return asyncio.run(read_only.look(office.url, look))


def state(office: Office) -> str | None:
    def look(conn: Connection) -> str | None:
        found: str | None = conn.execute(text("SELECT state FROM periods")).scalar()
        return found

    return asyncio.run(read_only.look(office.url, look))


def held(office: Office) -> list[tuple[int, str, int]]:
    """Whom a closed month left with which rank and how many points."""
    rows = text("SELECT member_id, paid_as, accumulated FROM ranks ORDER BY period, member_id")

    def look(conn: Connection) -> list[tuple[int, str, int]]:
        return [(row.member_id, row.paid_as, row.accumulated) for row in conn.execute(rows)]

    return asyncio.run(read_only.look(office.url, look))


def test_a_preview_shows_and_writes_nothing(office: Office) -> None:
    done = office.run("close", LAST_MONTH, "--preview")
    assert done.returncode == 0, done.stderr
    assert f"{LAST_MONTH}, plan of 2026-01" in done.stdout
    assert "bonuses" in done.stdout
    assert state(office) is None
    running = office.run("close", THIS_MONTH, "--preview")
    assert running.returncode == 0
    assert paid(office) == []


def test_a_month_is_closed_once(office: Office) -> None:
    done = office.run("close", LAST_MONTH)
    assert done.returncode == 0, done.stderr
    assert f"{LAST_MONTH} is closed." in done.stdout
    first = paid(office)
    assert first
    again = office.run("close", LAST_MONTH)
    assert again.returncode == 0
    assert "Nothing was changed." in again.stdout
    assert paid(office) == first


def killed_after(office: Office, steps: int) -> None:
    """Begins to close, and is killed after this number of steps."""
    killed = subprocess.run(
        [sys.executable, "-c", STOPS, str(steps), "close", LAST_MONTH],
        cwd=office.folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT)} | office.settings,
        capture_output=True,
        timeout=SECONDS_MAX,
        check=False,
    )
    assert killed.returncode == 9, killed.stderr
    assert state(office) == "closing"


def test_a_closing_that_was_killed_goes_on_where_it_stopped(office: Office) -> None:
    """At each step once: begun, credits written, paid, about to be finished."""
    for steps in range(1, 4):
        killed_after(office, steps)
    done = office.run("close", LAST_MONTH)
    assert done.returncode == 0, done.stderr
    assert state(office) == "closed"
    references = [reference for reference, _ in paid(office)]
    assert references
    assert len(set(references)) == len(references)
    assert f"{sum(amount for _, amount in paid(office)):,}".replace(",", ".") in done.stdout


def test_ranks_are_the_same_however_often_the_closing_was_killed(office: Office) -> None:
    """Ranks written, paid, about to be finished; beside it a closing that was not interrupted."""
    (office.folder / "plan.toml").write_text(RANKS, "utf-8")
    undisturbed = Office(Path(shutil.copytree(office.folder, f"{office.folder}-undisturbed")))
    shutil.copy(office.folder / "company.toml", undisturbed.folder)
    for steps in range(2, 5):
        killed_after(office, steps)
    for each in (office, undisturbed):
        done = each.run("close", LAST_MONTH)
        assert done.returncode == 0, done.stderr
        assert "recruiting   Rp0 (0.00 %)" in done.stdout
    assert paid(office) == paid(undisturbed)
    assert held(office) == held(undisturbed)
    assert {paid_as for _, paid_as, _ in held(office)} == {"perak"}
    assert (
        "0.00 % of the bonuses come from recruiting (closed months: 1)"
        in office.run("doctor").stdout
    )


def test_it_is_closed_while_the_bot_runs(office: Office) -> None:
    with sandbox() as telegram:
        office.settings["BOT_API_URL"] = telegram
        with office.running("run") as bot:
            bot.until("ready as")
            done = office.run("close", LAST_MONTH)
            assert done.returncode == 0, done.stderr
            assert paid(office)
            assert bot.stop(signal.SIGTERM) == 0
    assert state(office) == "closed"


def rows(office: Office) -> list[tuple[str, str, str | None]]:
    """Kind, state and error of each job that was asked for."""

    def look(conn: Connection) -> list[tuple[str, str, str | None]]:
        found = [each for each in jobs.latest(conn, 99) if each.kind in {"close", "month file"}]
        return [(each.kind, each.state, each.error) for each in reversed(found)]

    return asyncio.run(read_only.look(office.url, look))


def test_the_running_bot_closes_it_and_the_command_shows_it(office: Office) -> None:
    with sandbox() as telegram:
        office.settings["BOT_API_URL"] = telegram
        with office.running("run") as bot:
            bot.until("ready as")
            done = office.run("close", LAST_MONTH)
            assert bot.stop(signal.SIGTERM) == 0
    assert done.returncode == 0, done.stderr
    listed = office.run("jobs")
    assert listed.returncode == 0, listed.stderr
    assert re.search(rf"close +{LAST_MONTH} +done", listed.stdout)
    first, second = rows(office)
    assert first == ("close", "done", None)
    assert second[0] == "month file"


@pytest.mark.parametrize("after", ["jobs", "periods", "credits", "postings WHERE closing <> ''"])
def test_a_bot_that_is_killed_while_it_closes_loses_and_doubles_nothing(
    office: Office, after: str
) -> None:
    """The command goes on by itself; where it was killed too, the next bot does."""
    with sandbox() as telegram:
        office.settings["BOT_API_URL"] = telegram
        with office.running("run") as bot:
            bot.until("ready as")
            with office.running("close", LAST_MONTH) as command:
                until(lambda: written(office, after))
                bot.stop(signal.SIGKILL)
                command.stop(signal.SIGKILL)
        with office.running("run") as bot:
            bot.until("ready as")
            until(lambda: rows(office)[0][:2] == ("close", "done"))
            assert bot.stop(signal.SIGTERM) == 0
    references = [reference for reference, _ in paid(office)]
    assert references
    assert len(set(references)) == len(references)
    assert state(office) == "closed"


async def test_ctrl_c_ends_the_command_and_not_the_job(office: Office) -> None:
    """The bot here takes requests and begins nothing."""
    database, looks = open_database(office.url), asyncio.Event()
    asked = []

    def count() -> None:
        asked.append(1)
        if len(asked) > 2:
            looks.set()

    async with ControlSocket(socket_of(office.url), database, SystemClock(), after_task=count):
        with office.running("close", LAST_MONTH) as command:
            async with asyncio.timeout(SECONDS_MAX):
                await looks.wait()
            code = await asyncio.to_thread(command.stop, signal.SIGINT)
        [job] = await database.read(lambda conn: jobs.latest(conn, 9))
    await database.close()
    assert code == 1
    assert "python -m bot jobs" in command.said
    assert (job.kind, job.state, job.wish["period"]) == ("close", "new", LAST_MONTH)


def test_a_closing_that_is_refused_is_listed_with_the_reason_and_can_be_asked_for_again(
    office: Office,
) -> None:
    killed_after(office, 1)
    asyncio.run(_shut_by_an_earlier_version(office.url))
    plan = office.folder / "plan.toml"
    words = plan.read_text("utf-8")
    plan.write_text(words.replace('"10%"', '"20%"'), "utf-8")
    with sandbox() as telegram:
        office.settings["BOT_API_URL"] = telegram
        with office.running("run") as bot:
            bot.until("ready as")
            until(lambda: rows(office)[0][1] == "failed")
            refused = office.run("close", LAST_MONTH)
            assert refused.returncode == 1
            assert "another plan" in refused.stderr
            assert "another plan" in str(rows(office)[0][2])
            assert "another plan" in office.run("jobs").stdout
            plan.write_text(words, "utf-8")
            done = office.run("close", LAST_MONTH)
            assert done.returncode == 0, done.stderr
            assert bot.stop(signal.SIGTERM) == 0
    assert state(office) == "closed"


def written(office: Office, table: str) -> bool:
    if table == "jobs":
        return any(kind == "close" for kind, _, _ in rows(office))

    def look(conn: Connection) -> bool:
        return bool(conn.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())

    return asyncio.run(read_only.look(office.url, look))


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS_MAX
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_nothing_is_closed_while_the_clock_disagrees_with_telegrams(office: Office) -> None:
    """By the running bot's, and by this command's where there is no bot."""
    with sandbox() as telegram:
        office.settings["BOT_API_URL"] = telegram
        move(telegram, days=-1)
        with office.running("run") as bot:
            bot.until("ready as")
            bot.until("the clock is not believed")
            refused = office.run("close", LAST_MONTH)
            assert bot.stop(signal.SIGTERM) == 0
        alone = office.run("close", LAST_MONTH)
        report = office.run("doctor")
    for done in (refused, alone):
        assert done.returncode == 1
        assert "ahead of Telegram's. Nothing was written." in done.stderr
    assert state(office) != "closed"
    # A date of HTTP has whole seconds.
    assert re.search(r"fail  This machine's clock and Telegram's differ by 86[34]\d\d s\.",
                     report.stdout)  # fmt: skip


def test_without_telegram_the_database_proves_that_the_clock_is_behind(office: Office) -> None:
    asyncio.run(_write_ahead(office.url))
    done = office.run("close", LAST_MONTH)
    assert done.returncode == 1
    assert "behind the newest row of the database" in done.stderr
    assert "later than now" in office.run("doctor", "--no-network").stdout


async def _write_ahead(url: str) -> None:
    at = datetime.now(UTC) + timedelta(hours=2)

    def unit(conn: Connection) -> None:
        outbox.put(conn, key="k", chat_id=1, kind="tip", method="m", payload={}, at=at)

    database = open_database(url)
    await database.write(unit)
    await database.close()


def move(telegram: str, *, days: float) -> None:
    wish = json.dumps({"advance": days * 86_400}).encode()
    question = urllib.request.Request(
        f"{telegram}/control/clock", wish, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(question, timeout=SECONDS_MAX):
        pass


def test_what_cannot_be_closed_is_refused_with_the_reason(office: Office) -> None:
    early = office.run("close", THIS_MONTH)
    assert early.returncode == 1
    assert "is not over yet" in early.stderr
    assert office.run("close", "oktober").returncode == 2
    before = office.run("close", "2025-12")
    assert before.returncode == 2
    assert "begins with 2026-01" in before.stderr


def test_without_a_plan_there_is_nothing_to_close(office: Office) -> None:
    shutil.copy(PROJECT / "company.sample.toml", office.folder / "company.toml")
    done = office.run("close", LAST_MONTH)
    assert done.returncode == 2
    assert "plan.sample.toml" in done.stderr


def test_a_closing_goes_on_under_the_plan_that_it_was_begun_under(office: Office) -> None:
    undisturbed = Office(Path(shutil.copytree(office.folder, f"{office.folder}-undisturbed")))
    shutil.copy(office.folder / "company.toml", undisturbed.folder)
    killed_after(office, 1)
    plan = office.folder / "plan.toml"
    for changed in (
        plan.read_text("utf-8").replace('"10%"', '"20%"'),
        plan.read_text("utf-8").replace('"2026-01"', '"2026-11"'),
    ):
        plan.write_text(changed, "utf-8")
        shown = office.run("close", LAST_MONTH, "--preview")
        assert f"{LAST_MONTH}, plan of 2026-01" in shown.stdout
    for each in (office, undisturbed):
        done = each.run("close", LAST_MONTH)
        assert done.returncode == 0, done.stderr
    assert paid(office) == paid(undisturbed)


def test_a_closing_is_not_gone_on_with_under_another_plan(office: Office) -> None:
    killed_after(office, 1)
    asyncio.run(_shut_by_an_earlier_version(office.url))
    plan = office.folder / "plan.toml"
    plan.write_text(plan.read_text("utf-8").replace('"10%"', '"20%"'), "utf-8")
    done = office.run("close", LAST_MONTH)
    assert done.returncode == 1
    assert "another plan" in done.stderr
    assert paid(office) == []


async def _shut_by_an_earlier_version(url: str) -> None:
    """Delete what the month was shut with, which earlier versions did not keep."""
    database = open_database(url)
    await database.write(lambda conn: shut_months.forget(conn, LAST_MONTH))
    await database.close()
