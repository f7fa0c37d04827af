"""The guards of a closing on the command line: the limit, more than was sold, other figures."""

import asyncio
import os
import subprocess
import sys

import pytest
from sqlalchemy import Connection, text

from bot.store.db import read_only
from bot.store.db.database import open_database
from tests.cli.months.test_cli_close import LAST_MONTH, office, paid, state
from tests.cli.office import PROJECT, SECONDS_MAX, Office
from tests.store.seeding import unguard

pytestmark = pytest.mark.long

__all__ = ["office"]

REASON = "birthday promotion, approved by the board"

SUSPENDS = """
import sqlite3, sys
from bot.cli.command_line import command_line
from bot.cli.service import remote

books = sys.argv.pop(1)
do = remote.TaskClient.do

def suspending(client, task, wish, *seconds):
    done = do(client, task, wish, *seconds)
    if task == "confirm closing":
        with sqlite3.connect(books) as conn:
            conn.execute("UPDATE members SET active = 0")
    return done

remote.TaskClient.do = suspending
command_line()
"""


def limited(office: Office, percent: int) -> None:
    """Let the company's limit be this many percent of net sales."""
    company = office.folder / "company.toml"
    words = company.read_text("utf-8")
    company.write_text(
        words.replace("bonus_share_max_percent = 40", f"bonus_share_max_percent = {percent}"),
        "utf-8",
    )


def requests(office: Office) -> list[tuple[str, str, int | None]]:
    """State, reason and asker of each request."""
    rows = text("SELECT state, reason, asked_by FROM closing_requests ORDER BY id")

    def look(conn: Connection) -> list[tuple[str, str, int | None]]:
        return [(row.state, row.reason, row.asked_by) for row in conn.execute(rows)]

    return asyncio.run(read_only.look(office.url, look))


def test_above_the_limit_a_reason_is_needed_and_kept(office: Office) -> None:
    limited(office, 1)
    preview = office.run("close", LAST_MONTH, "--preview")
    assert preview.returncode == 0, preview.stderr
    assert "needs a reason" in preview.stdout
    refused = office.run("close", LAST_MONTH)
    assert refused.returncode == 1
    assert "Give one with --reason TEXT" in refused.stderr
    assert (state(office), requests(office)) == (None, [])
    done = office.run("close", LAST_MONTH, "--reason", REASON)
    assert done.returncode == 0, done.stderr
    assert state(office) == "closed"
    assert requests(office) == [("closed", REASON, None)]
    assert paid(office)


def test_a_month_that_pays_more_than_it_sold_is_refused_whatever_is_said(office: Office) -> None:
    plan = office.folder / "plan.toml"
    words = plan.read_text("utf-8").replace(
        'since = "2026-01"', 'since = "2026-01"\npoint_value = 1000', 1
    )
    plan.write_text(words, "utf-8")
    preview = office.run("close", LAST_MONTH, "--preview")
    assert "cannot be closed" in preview.stdout
    for more in ((), ("--reason", REASON), ("--yes", "--reason", REASON)):
        refused = office.run("close", LAST_MONTH, *more)
        assert refused.returncode == 1
        assert "more than its net sales" in refused.stderr
    assert (state(office), requests(office), paid(office)) == (None, [], [])


def test_other_figures_than_those_that_were_confirmed_close_nothing(office: Office) -> None:
    done = suspending(office)
    assert done.returncode == 1
    assert "its figures differ from those that were confirmed" in done.stderr
    assert (state(office), paid(office)) == (None, [])
    again = office.run("close", LAST_MONTH)
    assert again.returncode == 0, again.stderr
    assert [each[0] for each in requests(office)] == ["dropped", "closed"]


def suspending(office: Office) -> subprocess.CompletedProcess[str]:
    """Close, while everybody is suspended once the figures are confirmed."""
    return subprocess.run(
        [sys.executable, "-c", SUSPENDS, str(office.books), "close", LAST_MONTH],
        cwd=office.folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT)} | office.settings,
        capture_output=True,
        text=True,
        timeout=SECONDS_MAX,
        check=False,
    )


def test_doctor_names_a_month_that_was_closed_with_more_than_it_sold(office: Office) -> None:
    assert office.run("close", LAST_MONTH).returncode == 0
    asyncio.run(_overpay(office.url))
    report = office.run("doctor", "--no-network")
    assert f"An absurd month: {LAST_MONTH} paid Rp" in report.stdout


async def _overpay(url: str) -> None:
    def unit(conn: Connection) -> None:
        unguard(conn, "periods")
        conn.execute(text("UPDATE periods SET paid = 999999999999"))

    database = open_database(url)
    await database.write(unit)
    await database.close()
