"""`payouts list` writes a list, and `payouts record` has the running bot record it, once."""

import csv
import re
import signal
from datetime import date
from pathlib import Path

import pytest

from bot.core.calendar.hours import local_day
from bot.system.clock import SystemClock
from tests.cli.months.test_cli_close import LAST_MONTH, office
from tests.cli.office import Office, sandbox

__all__ = ["office"]

pytestmark = pytest.mark.long


def _today() -> date:
    """Returns the day that it is where the company is."""
    return local_day(SystemClock().now(), "Asia/Jakarta")


def _filled(written: Path, to: Path, reference: str) -> int:
    """Fill in today for all but the last row; returns how many that are."""
    text = written.read_text("utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    today = f"{_today():%Y-%m-%d}"
    for row in rows[1:-1]:
        row[4:6] = [today, reference]
    with to.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return len(rows) - 2


def test_a_list_is_written_filled_in_and_recorded_once(office: Office, tmp_path: Path) -> None:
    early = office.run("payouts", "list")
    assert (early.returncode, "No member has" in early.stderr) == (1, True), early.stderr
    assert office.run("close", LAST_MONTH).returncode == 0
    listed = office.run("payouts", "list", "--out", str(tmp_path))
    assert listed.returncode == 0, listed.stderr
    assert (tmp_path / "payouts-1.xlsx").read_bytes().startswith(b"PK")
    found = re.match(r"List 1: (\d+) members, Rp[\d,]+\n", listed.stdout)
    assert found is not None, listed.stdout
    filled = tmp_path / "back.csv"
    paid = _filled(tmp_path / "payouts-1.csv", filled, "TRX")
    assert paid == int(found[1]) - 1 > 0
    looked = office.run("payouts", "record", str(filled), "--dry-run")
    assert looked.stdout.startswith(f"{paid} to record, Rp"), looked.stderr
    assert "\npaid from 2" in looked.stdout
    assert "1 not paid yet (no day)\n0 already recorded\n" in looked.stdout
    waits = office.run("payouts", "record", str(filled))
    assert "No bot is running" in waits.stdout, waits.stderr
    with sandbox() as url:
        office.settings["BOT_API_URL"] = url
        with office.running("run") as bot:
            bot.until("a job is done")
            again = office.run("payouts", "record", str(filled))
            assert (
                f"0 to record, Rp0\n1 not paid yet (no day)\n{paid} already recorded"
                in again.stdout
            )
            second = office.run("payouts", "list", "--out", str(tmp_path))
            assert second.stdout.startswith("List 2: 1 members"), second.stderr
            rest = tmp_path / "payouts-2.csv"
            words = rest.read_text("utf-8-sig").replace(",,", f",{_today():%d/%m/%Y},")
            rest.write_text(words, "utf-8")
            last = office.run("payouts", "record", str(rest), "--yes")
            assert re.search(r"^1 recorded, Rp[\d,]+$", last.stdout, re.MULTILINE), last.stderr
            assert bot.stop(signal.SIGTERM) == 0, bot.said
    assert "TRX" not in bot.said
    assert "postings, balances and sales agree" in office.run("doctor").stdout


def test_a_file_that_is_no_list_says_why(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text("a;b\n1;2\n", "utf-8")
    result = office.run("payouts", "record", str(file))
    assert (result.returncode, "is not a list of payments" in result.stderr) == (1, True)
    file.write_bytes(b"PK\x03\x04")
    result = office.run("payouts", "record", str(file))
    assert (result.returncode, "cannot be read as CSV or XLSX" in result.stderr) == (1, True)
