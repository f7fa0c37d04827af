"""The doctor finds what is wrong and says what to do; a sound database passes."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.forks import ForkedOffice
from tests.cli.office import Office, fill, sandbox


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("filled") / "jualdulu.db"
    fill(f"sqlite+aiosqlite:///{file}")
    return file


@pytest.fixture
def office(tmp_path: Path, filled: Path) -> Office:
    office = ForkedOffice(tmp_path)
    office.books.parent.mkdir()
    shutil.copy(filled, office.books)
    return office


@pytest.fixture(scope="module")
def telegram() -> Iterator[str]:
    with sandbox() as url:
        yield url


def test_on_a_sound_machine_nothing_fails_and_nothing_is_changed(
    office: Office, telegram: str
) -> None:
    office.settings["BOT_API_URL"] = telegram
    before = office.books.read_bytes()
    result = office.run("doctor")
    assert result.returncode == 0, result.stdout
    assert "fail" not in result.stdout
    for words in (
        "ok    The settings can be used.",
        "ok    The ledger balances",
        "ok    Team sizes and volumes agree",
        "ok    Telegram knows the bot as @jualdulu_bot.",
        "ok    This machine's clock agrees with Telegram's.",
        "ok    No webhook is set.",
        "ok    No bot runs at the moment.",
    ):
        assert words in result.stdout
    assert office.books.read_bytes() == before


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        ("UPDATE accounts SET balance = balance + 1 WHERE id = 3", "The ledger does not balance"),
        (
            "DROP TRIGGER sales_stay; UPDATE sales SET total = total + 1 WHERE id = 1",
            "The ledger does not balance: sale 1",
        ),
        ("UPDATE volumes SET own_sales = own_sales + 1", "A counter is wrong: volumes"),
        ("UPDATE teams SET size = size + 1 WHERE member_id = 1", "A counter is wrong: teams"),
        ("PRAGMA foreign_keys=OFF; DELETE FROM products WHERE id = 1", "points to a row of"),
        ("UPDATE alembic_version SET version_num = '9999'", "written by a newer version"),
        ("CREATE TABLE loose (amount INTEGER)", "The table loose is not STRICT"),
    ],
)
def test_a_damaged_database_fails_with_the_fault_and_a_remedy(
    office: Office, damage: str, expected: str
) -> None:
    with closing(sqlite3.connect(office.books)) as books:
        books.executescript(damage)
    report = office.run("doctor", "--no-network")
    assert report.returncode == 1
    [line, remedy, *_] = report.stdout.partition(expected)[2].splitlines()
    assert line
    assert remedy.strip()
    assert "Traceback" not in report.stderr


def test_a_file_that_is_no_database_is_reported_without_a_traceback(tmp_path: Path) -> None:
    office = ForkedOffice(tmp_path)
    office.books.parent.mkdir()
    office.books.write_text("Dear diary, " * 1_000)
    report = office.run("doctor", "--no-network")
    assert report.returncode == 1
    assert "fail  The database" in report.stdout
    assert "not a database" in report.stdout
    assert report.stderr == ""


def test_before_the_first_start_a_missing_database_is_no_fault(tmp_path: Path) -> None:
    report = ForkedOffice(tmp_path).run("doctor", "--no-network")
    assert report.returncode == 0
    assert "warn  There is no database" in report.stdout


def test_all_faults_are_reported_at_once(tmp_path: Path) -> None:
    office = ForkedOffice(tmp_path)
    del office.settings["BOT_TOKEN"]
    (tmp_path / "company.toml").write_text("[company]\nnam = 'X'\n")
    report = office.run("doctor")
    assert report.returncode == 1
    assert "fail  BOT_TOKEN is not set" in report.stdout
    assert "fail  company.toml:2: [company] nam tidak dikenal di sini" in report.stdout
    assert "There is no database" in report.stdout


def test_a_token_that_telegram_does_not_know_fails(tmp_path: Path, telegram: str) -> None:
    office = ForkedOffice(tmp_path)
    office.settings |= {"BOT_API_URL": telegram, "BOT_TOKEN": "1000002:" + "x" * 35}
    report = office.run("doctor")
    assert report.returncode == 1
    assert "does not accept BOT_TOKEN (401)" in report.stdout


def test_without_network_telegram_fails_and_the_rest_is_checked(office: Office) -> None:
    report = office.run("doctor")
    assert report.returncode == 1
    assert "cannot be reached" in report.stdout
    assert "ok    The ledger balances" in report.stdout
    assert office.settings["BOT_TOKEN"] not in report.stdout + report.stderr


def test_a_copy_named_after_a_time_to_come_hides_no_missing_copies(office: Office) -> None:
    folder = office.books.parent / "backups"
    folder.mkdir()
    shutil.copy(office.books, folder / "jualdulu-20991231-000000-auto.db")
    output = office.run("doctor", "--no-network").stdout
    assert "1 copies have a date in the future" in output
    assert "There is no copy of the database yet." in output
    old = folder / "jualdulu-20200101-000000-auto.db"
    shutil.copy(office.books, old)
    os.utime(old, (0, 0))
    output = office.run("doctor", "--no-network").stdout
    assert "The newest copy is of 2020-01-01 00:00 UTC, and the database was written" in output


def test_a_folder_in_the_place_of_the_lock_is_named(office: Office) -> None:
    office.books.with_name("jualdulu.db.lock").mkdir()
    result = office.run("doctor", "--no-network")
    assert "data/jualdulu.db.lock: Is a directory" in result.stdout + result.stderr
