"""A list of members is a job: whatever is killed meanwhile, no member or all are imported."""

import random
import re
import signal
import sqlite3
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli.faults import CommandError
from bot.cli.imports.member_job import run_import, store_list
from bot.cli.imports.member_plan import plan_now
from bot.cli.service.remote import TaskClient
from bot.store.imports.roster import Entry
from bot.system.settings import Settings
from tests.cli.imports.lists import HEADINGS, member_rows, put
from tests.cli.imports.messy import MEMBERS, mended, text_of
from tests.cli.office import SECONDS_MAX, Office, sandbox

pytestmark = pytest.mark.long

INPUTS = "SELECT count(*) FROM job_inputs"
JOB = "SELECT wish || result || reference || step FROM jobs WHERE kind = 'import members'"
JOB_STATES = "SELECT state FROM jobs WHERE kind = 'import members'"


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS_MAX
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    assert office.run("migrate").returncode == 0
    return office


def test_the_running_bot_imports_the_list(office: Office) -> None:
    put(office, text_of(mended()))
    with sandbox() as url:
        office.settings["BOT_API_URL"] = url
        with office.running("run") as bot:
            bot.until("ready as")
            result = office.run("import", "members", "list.csv")
            assert f"{MEMBERS} added" in result.stdout, result.stderr
            assert bot.stop(signal.SIGTERM) == 0
    assert "a job is done" in bot.said
    ((row,),) = member_rows(office, JOB)
    assert '"added": ' + str(MEMBERS) in row
    assert member_rows(office, INPUTS) == [(0,)]
    for name in ("Siti", "Budi", "+628", "081"):
        assert name not in row
        assert name not in bot.said
    assert re.search(r"import members +done", office.run("jobs").stdout)


def long_list() -> str:
    """Two chains of two thousand, from the bottom up."""
    rows = [
        f"{side}{place},Siti,0812{1 + (side == 'B')}{place:07d},"
        f"{f'{side}{place - 1}' if place else ''},2024-03-01"
        for side in "AB"
        for place in reversed(range(2_000))
    ]
    return "\n".join([HEADINGS, *rows])


@pytest.mark.parametrize("who", ["command", "bot", "both"])
def test_whoever_is_killed_it_is_nobody_and_then_all_of_them(office: Office, who: str) -> None:
    """A list that was handed over is imported in the end, once."""
    put(office, long_list())
    chance = random.Random(who)
    with sandbox() as url:
        office.settings["BOT_API_URL"] = url
        with office.running("run") as bot:
            bot.until("ready as")
            with office.running("import", "members", "list.csv") as command:
                until(lambda: member_rows(office, JOB_STATES) != [])
                time.sleep(chance.random())
                if who != "command":
                    bot.stop(signal.SIGKILL)
                if who != "bot":
                    command.stop(signal.SIGKILL)
                assert member_rows(office) in ([(0,)], [(4_000,)])
                if who == "bot":
                    assert command.process.wait(SECONDS_MAX) == 0
                    assert member_rows(office) == [(4_000,)]
            if who == "command":
                until(lambda: member_rows(office, JOB_STATES) == [("done",)])
        if who == "both":
            with office.running("run") as bot:
                bot.until("ready as")
                until(lambda: member_rows(office, JOB_STATES) == [("done",)])
    assert member_rows(office) == [(4_000,)]
    assert member_rows(office, INPUTS) == [(0,)]
    result = office.run("import", "members", "list.csv")
    assert result.stdout == "0 added\n0 changed\n4000 unchanged\n"
    assert "ok    Team sizes and volumes" in office.run("doctor").stdout


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_an_import_that_was_interrupted_without_a_bot_is_continued(
    office: Office, end: signal.Signals
) -> None:
    put(office, long_list())
    with office.running("import", "members", "list.csv") as command:
        command.until("Counting teams")
        command.stop(end)
    assert ("run again" in command.said) == (end == signal.SIGINT)
    assert member_rows(office) == [(0,)]
    assert member_rows(office, JOB_STATES) == [("running",)]
    result = office.run("import", "members", "list.csv")
    assert "4000 added" in result.stdout, result.stderr
    assert member_rows(office, JOB_STATES) == [("done",)]
    assert member_rows(office, "SELECT count(*) FROM members") == [(4_000,)]
    assert "ok    Team sizes" in office.run("doctor").stdout


def test_the_bot_deletes_all_that_an_abandoned_list_leaves(
    office: Office,
) -> None:
    put(office, long_list())
    with office.running("import", "members", "list.csv") as command:
        command.until("Counting teams")
    everybody = "SELECT count(*) FROM members WHERE name <> ''"
    assert member_rows(office) == [(0,)]
    assert member_rows(office, everybody) == [(4_000,)]
    books = sqlite3.connect(office.books)
    books.execute("UPDATE imports SET touched_at = 0")  # long ago
    books.execute("UPDATE jobs SET tries = 3")
    books.commit()
    books.close()
    with sandbox() as url:
        office.settings["BOT_API_URL"] = url
        with office.running("run") as bot:
            bot.until("members of an old import are cleared")
            assert member_rows(office, everybody) == [(0,)]
            until(lambda: member_rows(office, JOB_STATES) == [("given_up",)])
            bot.stop(signal.SIGTERM)
    assert member_rows(office, INPUTS) == [(0,)]
    assert "4000 added" in office.run("import", "members", "list.csv").stdout
    assert member_rows(office, "SELECT count(*) FROM members") == [(4_000,)]
    assert "ok    Team sizes" in office.run("doctor").stdout


def test_a_member_who_joins_while_the_list_waits_is_reported_by_line(office: Office) -> None:
    """The row of the job says only that something does not fit; the command says what."""
    put(office, f"{HEADINGS}\nA1,Siti,08121111111,,2024-03-01\n")
    settings, zone = Settings(database_url=SecretStr(office.url)), "Asia/Jakarta"
    with TaskClient(settings) as runner:
        entry = Entry(2, "A1", "Siti", "+628121111111", "", "2024-03-01")
        other = Entry(2, "B1", "Budi", "+628121111111", "", "2024-03-01")
        make = partial(plan_now, settings, zone, [other])
        run_import(runner, make, zone, 0, language="en")
        reference = store_list(runner, 0, [entry], language="en")
        make = partial(plan_now, settings, zone, [entry])
        with pytest.raises(CommandError) as caught:
            run_import(runner, make, zone, 0, language="en")
    assert "(lines: 1)" in caught.value.message
    assert "0812" not in caught.value.message
    assert reference.startswith("import members:0:")
    said = office.run("import", "members", "list.csv").stderr
    assert "list.csv:2: phone +628121111111 belongs to the member B1" in said


@pytest.mark.parametrize("lost", ["part = 0", "1 = 1"])
def test_a_list_of_which_a_part_is_lost_is_not_imported(office: Office, lost: str) -> None:
    """Nothing shows what is missing, so it must not be reported as done."""
    put(office, long_list())
    with office.running("import", "members", "list.csv") as command:
        command.until("Counting teams")
    books = sqlite3.connect(office.books)
    books.execute(f"DELETE FROM job_inputs WHERE {lost}")
    books.commit()
    books.close()
    with sandbox() as url:
        office.settings["BOT_API_URL"] = url
        with office.running("run") as bot:
            until(lambda: member_rows(office, JOB_STATES) == [("failed",)])
            bot.stop(signal.SIGTERM)
    assert "the stored list is no longer complete" in office.run("jobs").stdout
    assert member_rows(office) == [(0,)]
    assert "4000 added" in office.run("import", "members", "list.csv").stdout
