"""The running bot: alone on its database, open to the command line, stopped on request."""

import hashlib
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.runtime import control_socket
from tests.cli.office import SECONDS_MAX, TOKEN, UNREACHABLE, Office, sandbox

pytestmark = pytest.mark.long

STOP_SECONDS_MAX = 10
PRICES = (
    "sku,name,member_price,retail_price,points,bonus_value,category\nA,Sabun,18000,25000,2,0,S\n"
)


@pytest.fixture(scope="module")
def telegram() -> Iterator[str]:
    with sandbox() as url:
        yield url


@pytest.fixture
def office(tmp_path: Path, telegram: str) -> Office:
    office = Office(tmp_path)
    office.settings["BOT_API_URL"] = telegram
    return office


def asked(office: Office, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{office.books}?mode=ro", uri=True)) as books:
        return books.execute(question).fetchall()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_sets_up_its_database_and_stops_cleanly_on_request(office: Office, number: int) -> None:
    with office.running("run") as bot:
        bot.until("ready as @jualdulu_bot")
        began = time.monotonic()
        assert bot.stop(number) == 0, bot.said
        assert time.monotonic() - began < STOP_SECONDS_MAX
    assert "Created the database" in bot.said
    assert "Traceback" not in bot.said
    assert TOKEN not in bot.said
    assert not list(office.books.parent.glob("*.sock"))
    assert office.run("doctor").returncode == 0


def test_it_stops_on_request_while_telegram_is_out_of_reach(tmp_path: Path) -> None:
    office = Office(tmp_path)
    with office.running("run") as bot:
        bot.until("Telegram is out of reach")
        assert bot.stop(signal.SIGTERM) == 0, bot.said
    assert "Traceback" not in bot.said


def test_a_second_bot_on_the_same_database_is_refused_and_names_the_first(office: Office) -> None:
    with office.running("run") as bot:
        bot.until("ready as")
        second = office.run("run")
        assert second.returncode == 1
        holder = office.books.with_name(f"{office.books.name}.lock").read_text().strip()
        assert f"already in use by process {holder}" in second.stderr
        assert "Traceback" not in second.stderr
        assert office.run("migrate").returncode == 1
        assert bot.stop(signal.SIGTERM) == 0


def test_a_killed_bot_does_not_hinder_the_next(office: Office) -> None:
    for number, code in ((signal.SIGKILL, -signal.SIGKILL), (signal.SIGTERM, 0)):
        with office.running("run") as bot:
            bot.until("ready as")
            assert bot.stop(number) == code, bot.said


def test_the_command_line_works_through_the_running_bot(office: Office) -> None:
    (office.folder / "list.csv").write_text(PRICES, "utf-8")
    with office.running("run") as bot:
        bot.until("ready as")
        imported = office.run("import", "products", "list.csv")
        assert (imported.returncode, imported.stdout.splitlines()[0]) == (0, "1 added: A")
        code = office.run("admin-code")
        assert code.returncode == 0, code.stderr
        report = office.run("doctor")
        assert (report.returncode, "A bot runs on this database" in report.stdout) == (0, True)
        assert office.run("backup").returncode == 0
        bot.until("Did the task admin code")
        assert bot.stop(signal.SIGTERM) == 0
    assert asked(office, "SELECT sku, active FROM products") == [("A", 1)]
    assert asked(office, "SELECT action FROM audit") == [("import products",)]
    assert len(asked(office, "SELECT digest FROM admin_codes")) == 1
    assert code.stdout.split()[0] not in bot.said


def test_an_admin_code_is_long_short_lived_and_kept_as_a_digest(tmp_path: Path) -> None:
    office = Office(tmp_path)
    assert office.run("migrate").returncode == 0
    codes = [office.run("admin-code") for _ in range(2)]
    printed = [result.stdout.split()[0] for result in codes]
    assert len(set(printed)) == 2
    for code, result in zip(printed, codes, strict=True):
        assert len(bytes.fromhex(code)) == 16
        assert f"/kelola {code}" in result.stdout
        assert code.encode() not in office.books.read_bytes()
    kept = asked(office, "SELECT digest, expires_at, used_at FROM admin_codes")
    assert {row[0] for row in kept} == {hashlib.sha256(c.encode()).hexdigest() for c in printed}
    left = {int(str(row[1])) / 1e6 - time.time() for row in kept}
    assert all(14 * 60 < seconds <= 15 * 60 for seconds in left)


@pytest.mark.parametrize(
    ("change", "code", "expected"),
    [
        ({"BOT_TOKEN": ""}, 2, "BOT_TOKEN is not set"),
        ({"BOT_TOKEN": "nonsense"}, 2, "BOT_TOKEN does not look like"),
        ({"LOG_LEVEL": "LOUD", "BOT_API_URL": "x"}, 2, "LOG_LEVEL must be one of"),
        ({"COMPANY_FILE": "none.toml"}, 2, "cp company.sample.toml none.toml"),
        ({"DATABASE_URL": "sqlite+aiosqlite:////proc/none/x.db"}, 1, "/proc/none"),
        ({"DATABASE_URL": "postgresql+asyncpg://u:s3cr3tWord@127.0.0.1:9/x"}, 1, "Connect"),
    ],
)
def test_what_keeps_it_from_starting_is_said_in_words(
    tmp_path: Path, change: dict[str, str], code: int, expected: str
) -> None:
    office = Office(tmp_path)
    office.settings |= change
    refused = office.run("run")
    assert refused.returncode == code, refused.stderr
    assert expected in refused.stderr
    assert "Traceback" not in refused.stderr
    assert "s3cr3tWord" not in refused.stderr


def test_a_token_that_telegram_does_not_know_is_a_wrong_setting(office: Office) -> None:
    office.settings["BOT_TOKEN"] = "1000002:" + "x" * 35
    refused = office.run("run")
    assert refused.returncode == 2
    assert "does not know this BOT_TOKEN" in refused.stderr
    assert "x" * 35 not in refused.stderr
    assert office.settings["BOT_API_URL"] != UNREACHABLE


@pytest.mark.parametrize("more", ["", "--once"])
def test_it_runs_where_all_three_standard_streams_are_closed(office: Office, more: str) -> None:
    words = f"exec {sys.executable} -m bot run {more} <&- >&- 2>&-"
    path = control_socket.socket_of(office.url)
    with subprocess.Popen(
        ["/bin/sh", "-c", words], cwd=office.folder, env=office._environment()
    ) as bot:
        until = time.monotonic() + SECONDS_MAX
        while not control_socket.is_open(path):
            assert bot.poll() is None, "it ended without a word"
            assert time.monotonic() < until, "it never began"
            time.sleep(0.05)
        bot.send_signal(signal.SIGTERM)
        assert bot.wait(SECONDS_MAX) == 0
