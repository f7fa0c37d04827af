"""What a plan would pay, and how two of them differ, from tables and from the database."""

import asyncio
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Connection

from bot.cli.command_line import command_line
from bot.cli.plan.words import part
from bot.core.calendar.periods import period_of, previous_period
from bot.store.db import read_only
from tests.cli.office import NOW, PROJECT, Office, fill

MONTH = f"{NOW:%Y-%m}"
EXAMPLES = PROJECT / "examples"
TABLES = (
    "--tree", str(EXAMPLES / "plan-run" / "tree.csv"),
    "--sales", str(EXAMPLES / "plan-run" / "sales.csv"),
)  # fmt: skip
GROUPS = str(EXAMPLES / "plans" / "differential.toml")


def ask(*words: str) -> Result:
    return CliRunner().invoke(command_line, ["plan", *words])


def lines_under(heading: str, told: str) -> list[list[str]]:
    """Returns the cells of the lines below a heading."""
    found = []
    for line in told.partition(f"{heading}\n")[2].splitlines():
        if not line.startswith("  "):
            break
        found.append(line.split())
    return found


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office whose company has sold this month."""
    place = Office(tmp_path)
    fill(place.url)
    shutil.copy(PROJECT / "plan.sample.toml", tmp_path / "plan.toml")
    richer = (tmp_path / "plan.toml").read_text("utf-8").replace('"10%"', '"20%"')
    (tmp_path / "richer.toml").write_text(richer, "utf-8")
    return place


@pytest.mark.long
def test_plan_check_compares_with_the_prices_of_the_database(office: Office) -> None:
    done = office.run("plan", "check", "plan.toml")
    assert done.returncode == 0, done.stderr
    assert "prices compared: 24 articles of the database" in done.stdout
    dear = (
        (office.folder / "plan.toml")
        .read_text("utf-8")
        .replace("[[version.rule]]", "point_value = 20\n\n[[version.rule]]", 1)
    )
    (office.folder / "dear.toml").write_text(dear, "utf-8")
    assert "what the company gets for" in office.run("plan", "check", "dear.toml").stdout


def test_members_are_counted_by_what_they_would_get() -> None:
    output = ask("simulate", GROUPS, *TABLES, "--period", "2026-10").stdout
    assert "bonuses         Rp49.200 to 2 members" in output
    assert lines_under("What members get", output) == [
        ["members"],
        ["nothing", "3", "60,00", "%"],
        ["up", "to", "Rp100.000", "2", "40,00", "%"],
        ["up", "to", "Rp1.000.000", "0", "0,00", "%"],
        ["more", "0", "0,00", "%"],
        ["median", "of", "all", "Rp0"],
        ["median", "of", "the", "paid", "Rp14.700"],
    ]
    assert lines_under("By rule", output)[1:] == [["selisih", "2", "Rp49.200", "100,00", "%"]]
    assert lines_under("Best paid", output) == [["M-0001", "Rp34.500"], ["M-0002", "Rp14.700"]]


def test_as_many_are_named_as_are_asked_for() -> None:
    output = ask("simulate", GROUPS, *TABLES, "--period", "2026-10", "--top", "1").stdout
    assert lines_under("Best paid", output) == [["M-0001", "Rp34.500"]]
    assert (
        "Best paid"
        not in ask("simulate", GROUPS, *TABLES, "--period", "2026-10", "--top", "0").stdout
    )


def test_what_the_caps_take_away_is_shown(tmp_path: Path) -> None:
    capped = tmp_path / "capped.toml"
    words = Path(GROUPS).read_text("utf-8")
    capped.write_text(words.replace('"2026-01"', '"2026-01"\ncaps = { member = 10000 }'), "utf-8")
    output = ask("simulate", str(capped), *TABLES, "--period", "2026-10").stdout
    assert "bonuses         Rp20.000 to 2 members" in output
    assert "cut by caps     Rp29.200" in output


def test_two_plans_are_compared(tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    words = Path(GROUPS).read_text("utf-8")
    other.write_text(words.replace('600 = "6%"', '600 = "5%"').replace('"3%"', '"4%"'), "utf-8")
    done = ask("compare", GROUPS, str(other), *TABLES, "--period", "2026-10")
    assert done.exit_code == 0
    # M-0002: 4 % of 490.000. M-0001: 5 % of 330.000 and 1 % of 490.000.
    assert lines_under("From A to B", done.stdout) == [
        ["members", "bonuses"],
        ["win", "1", "+Rp4.900"],
        ["lose", "1", "-Rp13.100"],
        ["stay", "3"],
    ]
    assert lines_under("Win most", done.stdout) == [
        ["M-0002", "Rp14.700", "→", "Rp19.600", "+Rp4.900"]
    ]
    assert lines_under("Lose most", done.stdout) == [
        ["M-0001", "Rp34.500", "→", "Rp21.400", "-Rp13.100"]
    ]
    rule = ["selisih", "Rp49.200", "Rp41.000", "-Rp8.200"]
    assert lines_under("By rule", done.stdout)[1:] == [rule]


def test_rules_and_ranks_of_one_plan_alone_are_compared_with_nothing(tmp_path: Path) -> None:
    tree = tmp_path / "tree.csv"
    tree.write_text("code,sponsor,joined,rank\nA,,2026-01-01,p9\nB,A,2026-01-01,\n", "utf-8")
    sales = tmp_path / "sales.csv"
    headings = "id,date,seller,points,bonus_value,amount,kind,customer"
    rows = (f"{each},2026-10-05,{each},100,100,350000,retail,{each}" for each in "AB")
    sales.write_text("\n".join([headings, *rows]), "utf-8")
    plans = [str(EXAMPLES / "plans" / f"{name}.toml") for name in ("k-link", "unilevel")]
    tables = ("--tree", str(tree), "--sales", str(sales), "--period", "2026-10")
    output = ask("compare", *plans, *tables).stdout
    assert lines_under("By rule", output)[1:] == [
        ["pengembangan", "Rp46.800", "-", "-Rp46.800"],
        ["tim", "-", "Rp0", "Rp0"],
    ]
    assert "plan B has no rank p9; its holders begin without a rank" in output
    same = ask("compare", plans[0], plans[0], *tables).stdout
    assert lines_under("From A to B", same)[1:] == [
        ["win", "0", "Rp0"],
        ["lose", "0", "Rp0"],
        ["stay", "2"],
    ]


def test_a_month_of_the_database_is_computed_and_nothing_is_written(office: Office) -> None:
    before = office.books.read_bytes()
    done = office.run("plan", "simulate", "plan.toml", "--period", MONTH, "--top", "3")
    assert done.returncode == 0, done.stderr
    best = lines_under("Best paid", done.stdout)
    assert 1 <= len(best) <= 3
    assert {code for code, _ in best} <= asyncio.run(read_only.look(office.url, codes))
    assert office.books.read_bytes() == before


def codes(conn: Connection) -> set[str]:
    return set(conn.exec_driver_sql("SELECT code FROM members").scalars())


def test_two_plans_are_compared_over_the_database(office: Office) -> None:
    done = office.run("plan", "compare", "plan.toml", "richer.toml", "--period", MONTH)
    assert done.returncode == 0, done.stderr
    win, lose, _ = lines_under("From A to B", done.stdout)[1:]
    assert int(win[1]) > 0
    assert lose == ["lose", "0", "Rp0"]


def test_without_a_month_it_is_the_last_one_that_is_over(office: Office) -> None:
    done = office.run("plan", "simulate", "plan.toml")
    assert done.returncode == 0, done.stderr
    last = previous_period(period_of(datetime.now(UTC), "Asia/Jakarta"))
    assert done.stdout.startswith(f"{last} under plan.toml")


def test_half_of_what_is_needed_is_wrong_usage() -> None:
    half = ask("simulate", GROUPS, *TABLES[:2], "--period", "2026-10")
    assert half.exit_code == 2
    assert "--tree and --sales go together" in half.stderr
    assert ask("compare", GROUPS, GROUPS, *TABLES).exit_code == 2
    assert ask("compare", GROUPS, *TABLES, "--period", "2026-10").exit_code == 2


@pytest.mark.parametrize(
    ("amount", "whole", "expected"),
    [(0, 0, "0,00 %"), (1, 3, "33,33 %"), (2, 3, "66,66 %"), (7, 7, "100,00 %")],
)
def test_a_part_is_rounded_down_to_a_hundredth(amount: int, whole: int, expected: str) -> None:
    assert part(amount, whole) == expected
