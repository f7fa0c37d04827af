"""`pools` shows what a closed month shared, and the sales that it comes from."""

import csv
import re
from pathlib import Path

import pytest

from tests.cli.months.test_cli_close import LAST_MONTH, THIS_MONTH, office
from tests.cli.office import Office

__all__ = ["office"]

pytestmark = pytest.mark.long

POOL = """
[[version]]
since = "2026-01"
[[version.rank]]
slug = "perak"
id = "Perak"
en = "Silver"
own_points = 1
[[version.rule]]
kind = "pool"
slug = "bersama"
id = "Bonus bersama"
en = "Shared bonus"
rate = "2%"
rank_min = "perak"
"""


def whole(words: str) -> int:
    return int(words.replace(".", ""))


def test_a_closed_month_is_shown_with_the_sales_that_come_to_its_pools(
    office: Office, tmp_path: Path
) -> None:
    (tmp_path / "plan.toml").write_text(POOL, "utf-8")
    early = office.run("pools", LAST_MONTH)
    assert (early.returncode, "is not closed" in early.stderr) == (1, True)
    done = office.run("close", LAST_MONTH)
    assert done.returncode == 0, done.stderr
    sales = tmp_path / "sales.csv"
    shown = office.run("pools", LAST_MONTH, "--sales", str(sales))
    assert shown.returncode == 0, shown.stderr
    found = re.search(
        r"bersama\n  2 % of Rp([\d.]+) bonus value = Rp([\d.]+), each the same\n"
        r"  Rp([\d.]+) to (\d+) members; the company keeps Rp(\d+)\n",
        shown.stdout,
    )
    assert found is not None, shown.stdout
    base, pool, paid, members, kept = map(whole, found.groups())
    with sales.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert sum(int(row["bonus_value"]) for row in rows) == base > 0
    assert (pool, paid) == (base * 2 // 100, pool - kept)
    assert kept < members > 1
    listed = re.findall(r"^  (\w+) +Rp([\d.]+) +1/(\d+)$", shown.stdout, re.MULTILINE)
    assert [(whole(amount), int(of)) for _, amount, of in listed] == [
        (pool // members, members)
    ] * min(members, 20)
    assert {code for code, *_ in listed} <= {row["seller"] for row in rows}
    piped = office.run("pools", LAST_MONTH, "--sales", "-", "--top", "0")
    assert piped.stdout == sales.read_text("utf-8")
    assert "bersama" in piped.stderr
    assert office.run("doctor").stdout.count("bersama") == 0


def test_a_month_without_a_pool_says_so(office: Office) -> None:
    assert office.run("pools", THIS_MONTH).returncode == 1
    assert office.run("close", LAST_MONTH).returncode == 0
    assert office.run("pools", LAST_MONTH).stdout == f"{LAST_MONTH}: no pool was shared.\n"
    assert office.run("pools", "October").returncode == 2
