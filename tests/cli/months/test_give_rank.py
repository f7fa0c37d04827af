"""`give-rank` gives a rank by hand; no month is closed while a dropped rank has no answer."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.months.test_cli_close import LAST_MONTH, RANKS, THIS_MONTH, office
from tests.cli.office import Office

__all__ = ["office"]

pytestmark = pytest.mark.long

DROPPED = RANKS.replace("perak", "dasar").replace('"2026-01"', f'"{LAST_MONTH}"')


def codes(office: Office) -> list[str]:
    with closing(sqlite3.connect(office.books)) as books:
        return [code for (code,) in books.execute("SELECT code FROM members ORDER BY id LIMIT 2")]


def test_a_rank_is_given_and_taken_back_in_open_months(office: Office, tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(RANKS, "utf-8")
    first, _ = codes(office)
    why = ("--from", THIS_MONTH, "--reason", "Rank from the old system")
    unknown = office.run("give-rank", first, "emas", *why)
    assert (unknown.returncode, "its ranks: perak" in unknown.stderr) == (2, True)
    assert office.run("give-rank", first, *why).returncode == 2
    nobody = office.run("give-rank", "015ZZZZZ", "perak", *why)
    assert (nobody.returncode, "no member has the code" in nobody.stderr) == (1, True)
    done = office.run("give-rank", first.lower(), "perak", *why)
    assert done.returncode == 0, done.stderr
    assert f"{first} has the rank perak from {THIS_MONTH} on" in done.stdout
    back = office.run("give-rank", first, "--take-back", *why)
    assert f"{first} loses it from {THIS_MONTH} on" in back.stdout
    assert office.run("close", LAST_MONTH).returncode == 0
    late = office.run("give-rank", first, "perak", "--from", LAST_MONTH, "--reason", "x")
    assert (late.returncode, "closed or being closed, and stays" in late.stderr) == (1, True)


def test_a_month_is_not_closed_before_the_plan_says_what_becomes_of_a_rank(
    office: Office, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(RANKS + DROPPED, "utf-8")
    checked = office.run("plan", "check", "plan.toml")
    assert (checked.returncode, 'ranks_dropped = ["perak"]' in checked.stderr) == (2, True)
    shown = office.run("close", LAST_MONTH, "--preview")
    assert (shown.returncode, 'has no rank "perak"' in shown.stdout) == (0, True)
    refused = office.run("close", LAST_MONTH)
    assert (refused.returncode, 'was = "perak"' in refused.stderr) == (2, True)
    plan.write_text(RANKS + DROPPED.replace('slug = "dasar"', 'slug = "dasar"\nwas = "perak"'))
    assert office.run("plan", "check", "plan.toml").returncode == 0
    assert office.run("close", LAST_MONTH).returncode == 0
