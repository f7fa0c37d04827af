"""A database that is gone, emptied or exchanged is never replaced or used silently."""

import asyncio
import json
import os
import re
import shlex
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.store.backup import seal_file
from bot.store.backup.backup import back_up
from bot.store.backup.seals import Seal
from bot.store.db import write_lease
from bot.store.db.database import open_database
from tests.cli.forks import ForkedOffice
from tests.cli.office import Office, fill, sandbox
from tests.store.bare_database import at, downgrade

pytestmark = pytest.mark.long

NOW = datetime(2026, 11, 22, 1, 5, tzinfo=UTC)
OTHER_TOKEN = "1000002:" + "x" * 35
COUNTS = "SELECT count(*) FROM sales UNION ALL SELECT count(*) FROM members"
EMPTY = [(0,), (0,)]
BEFORE_SEALS = "0009"
"""The last step of the schema without seals."""


@pytest.fixture(scope="module")
def telegram() -> Iterator[str]:
    with sandbox() as url:
        yield url


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory, telegram: str) -> Path:
    """The folder of a company whose bot has run, been copied and been stopped."""
    office = ForkedOffice(tmp_path_factory.mktemp("lived"))
    fill(office.url)
    _live(office, telegram)
    return office.folder


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory, telegram: str) -> Path:
    """Another company with the same bot and a database of its own."""
    office = ForkedOffice(tmp_path_factory.mktemp("others"))
    fill(office.url)
    _live(office, telegram)
    return office.folder


def _live(office: Office, telegram: str) -> None:
    office.settings["BOT_API_URL"] = telegram
    with office.running("run") as bot:
        bot.until("ready as")
        assert bot.stop(signal.SIGTERM) == 0, bot.said
    folder = office.books.parent / "backups"
    back_up(office.books, folder, NOW - timedelta(days=1), label="-auto")
    back_up(office.books, folder, NOW, label="-auto")


@pytest.fixture
def office(tmp_path: Path, lived: Path, telegram: str) -> Office:
    folder = tmp_path / "office"
    folder.mkdir()
    office = ForkedOffice(folder)
    shutil.copytree(lived / "data", folder / "data")
    office.settings["BOT_API_URL"] = telegram
    return office


def asked(file: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as books:
        return books.execute(question).fetchall()


def way_out(refused: subprocess.CompletedProcess[str]) -> list[str]:
    """The command that a refusal names, as words behind `python -m bot`."""
    [found, *_] = re.findall(r"^ *python -m bot (restore .+)$", refused.stderr, re.MULTILINE)
    return shlex.split(found)


def refused(office: Office, *words: str) -> subprocess.CompletedProcess[str]:
    result = office.run(*words)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    return result


def starts(office: Office, *more: str) -> str:
    with office.running("run", *more) as bot:
        bot.until("ready as")
        assert bot.stop(signal.SIGTERM) == 0, bot.said
    return bot.said


def _delete(office: Office) -> None:
    office.books.unlink()


def _delete_all_but_copies(office: Office) -> None:
    for file in office.books.parent.glob("jualdulu.db*"):
        file.unlink()


def _empty(office: Office) -> None:
    office.books.write_bytes(b"")


def _empty_and_forget(office: Office) -> None:
    _delete_all_but_copies(office)
    office.books.write_bytes(b"")


def _leave_without_tables(office: Office) -> None:
    office.books.unlink()
    with closing(sqlite3.connect(office.books)) as books:
        books.execute("CREATE TABLE t (a)")
        books.execute("DROP TABLE t")


def _leave_half_a_restore(office: Office) -> None:
    _delete(office)
    office.books.with_name("jualdulu.db.restoring").write_bytes(b"half")


LOSSES = [
    _delete, _delete_all_but_copies, _empty, _empty_and_forget, _leave_without_tables,
    _leave_half_a_restore,
]  # fmt: skip


@pytest.mark.parametrize("lose", LOSSES, ids=lambda each: each.__name__)
def test_books_that_are_gone_are_not_replaced_and_the_words_lead_back(
    office: Office, lose: "type[object]"
) -> None:
    held = asked(office.books, COUNTS)
    assert held != EMPTY
    lose(office)  # type: ignore[call-arg]
    newest = "data/backups/jualdulu-20261122-010500-auto.db"
    assert "is missing" in refused(office, "migrate").stderr
    result = refused(office, "run")
    assert "is missing" in result.stderr
    assert "2 copies" in result.stderr
    assert "--new" in result.stderr
    command = way_out(result)
    assert command == ["restore", newest]
    report = refused(office, "doctor", "--no-network")
    assert f"python -m bot restore {newest}" in report.stdout
    assert f"python -m bot restore {newest}" in refused(office, "backup").stderr
    assert f"python -m bot restore {newest}" in refused(office, "admin-code").stderr
    back = office.run(*command)
    assert back.returncode == 0, back.stderr
    assert asked(office.books, COUNTS) == held
    assert "Created the database" not in starts(office)
    assert office.run("doctor", "--no-network").returncode == 0


@pytest.mark.parametrize("trace", ["jualdulu.db.seal", "jualdulu.db.lock"])
def test_each_trace_alone_is_enough(office: Office, trace: str) -> None:
    for file in office.books.parent.iterdir():
        if file.name == "backups":
            shutil.rmtree(file)
        elif file.name != trace:
            file.unlink()
    result = refused(office, "run")
    assert trace in result.stderr
    assert not office.books.exists()
    assert "python -m bot restore" in result.stderr, "where a copy lies elsewhere"


def test_a_first_start_that_failed_or_was_only_looked_for_is_no_trace(
    tmp_path: Path, telegram: str
) -> None:
    office = ForkedOffice(tmp_path)
    assert "not set up yet" in refused(office, "admin-code").stderr
    office.books.write_bytes(b"")  # as a kill at the first step leaves it
    office.settings["BOT_API_URL"] = telegram
    assert "Created the database" in starts(office)


def test_a_new_database_is_made_beside_traces_only_on_request(office: Office) -> None:
    copies = sorted(office.books.parent.glob("backups/*"))
    assert "there is a database" in refused(office, "run", "--new").stderr.lower()
    office.books.unlink()
    assert "Created the database" in starts(office, "--new")
    assert asked(office.books, COUNTS) == EMPTY
    assert set(copies) <= set(office.books.parent.glob("backups/*"))
    assert "Created the database" not in starts(office)


def test_the_seal_is_inside_beside_and_in_every_copy(office: Office) -> None:
    beside = office.books.with_name("jualdulu.db.seal")
    written = json.loads(beside.read_text("utf-8"))
    assert beside.stat().st_mode & 0o777 == 0o600
    [(token, bot)] = asked(office.books, "SELECT token, bot_id FROM seal")
    assert (written["seal"], written["bot"]) == (token, bot) == (written["seal"], 1_000_001)
    for copy in office.books.parent.glob("backups/*.db"):
        assert asked(copy, "SELECT token FROM seal") == [(token,)]


def test_books_of_another_company_are_refused(office: Office, others: Path) -> None:
    held = asked(office.books, COUNTS)
    for file in office.books.parent.glob("jualdulu.db-*"):
        file.unlink()
    with closing(sqlite3.connect(others / "data/jualdulu.db")) as theirs:
        theirs.execute("PRAGMA user_version = 77")
    shutil.copy(others / "data/jualdulu.db", office.books)
    before = office.books.read_bytes()
    result = refused(office, "run")
    assert "another seal" in result.stderr
    assert office.books.read_bytes() == before
    assert "another seal" in refused(office, "admin-code").stderr
    assert "another seal" in refused(office, "doctor", "--no-network").stdout
    back = office.run(*way_out(result))
    assert back.returncode == 0, back.stderr
    assert asked(office.books, COUNTS) == held
    assert asked(office.books, "PRAGMA user_version") == [(0,)]
    starts(office)


def test_without_a_seal_beside_it_the_copies_say_whose_database_it_is(
    office: Office, others: Path
) -> None:
    for file in office.books.parent.glob("jualdulu.db*"):
        file.unlink()
    shutil.copy(others / "data/jualdulu.db", office.books)
    result = refused(office, "run")
    assert "another seal" in result.stderr
    assert office.run(*way_out(result)).returncode == 0
    starts(office)


def test_a_database_that_was_put_there_on_purpose_can_be_taken_over(
    office: Office, others: Path
) -> None:
    for file in office.books.parent.glob("jualdulu.db-*"):
        file.unlink()
    shutil.copy(others / "data/jualdulu.db", office.books)
    assert "--in-place --other-company" in refused(office, "run").stderr
    done = office.run("restore", "--in-place", "--other-company")
    assert done.returncode == 0, done.stderr
    starts(office)


def test_a_copy_of_another_company_is_not_restored_unless_told(
    office: Office, others: Path
) -> None:
    copy = str(others / "data/backups/jualdulu-20261122-010500-auto.db")
    before = office.books.read_bytes()
    result = refused(office, "restore", copy)
    assert "another company" in result.stderr
    assert "--other-company" in result.stderr
    assert office.books.read_bytes() == before
    done = office.run("restore", copy, "--other-company")
    assert done.returncode == 0, done.stderr
    starts(office)


def test_without_a_seal_the_copies_show_that_a_copy_is_of_another_company(
    office: Office, others: Path
) -> None:
    _delete_all_but_copies(office)
    copy = str(others / "data/backups/jualdulu-20261122-010500-auto.db")
    assert "another company" in refused(office, "restore", copy).stderr


def test_another_bot_is_refused_until_it_is_meant(office: Office) -> None:
    office.settings["BOT_TOKEN"] = OTHER_TOKEN
    result = refused(office, "run")
    assert "bot 1000001" in result.stderr
    assert "bot 1000002" in result.stderr
    assert "--other-bot" in result.stderr
    assert "another bot" in office.run("doctor", "--no-network").stdout
    copy = "data/backups/jualdulu-20261122-010500-auto.db"
    assert "--other-company" in refused(office, "restore", copy).stderr
    unknown = office.run("run", "--other-bot")
    assert unknown.returncode == 2, "it went on to Telegram, which does not know this token"
    beside = json.loads(office.books.with_name("jualdulu.db.seal").read_text("utf-8"))
    assert beside["bot"] == 1_000_001, "a bot is noted once Telegram knows it"
    with sandbox(token=OTHER_TOKEN) as url:
        office.settings["BOT_API_URL"] = url
        starts(office, "--other-bot")
        starts(office)
    beside = json.loads(office.books.with_name("jualdulu.db.seal").read_text("utf-8"))
    assert beside["bot"] == 1_000_002
    assert asked(office.books, "SELECT bot_id FROM seal") == [(1_000_002,)]


def test_a_bare_machine_needs_only_a_copy_and_settings(
    office: Office, tmp_path: Path, telegram: str
) -> None:
    bare = ForkedOffice(tmp_path)
    bare.settings["BOT_API_URL"] = telegram
    copy = office.books.parent / "backups" / "jualdulu-20261122-010500-auto.db"
    assert not bare.books.parent.exists()
    done = bare.run("restore", str(copy))
    assert done.returncode == 0, done.stderr
    assert asked(bare.books, COUNTS) == asked(office.books, COUNTS)
    assert bare.books.with_name("jualdulu.db.seal").exists()
    starts(bare)
    bare.books.unlink()
    assert "is missing" in refused(bare, "run").stderr


@pytest.mark.postgres
def test_an_empty_server_is_used_only_on_request(tmp_path: Path, telegram: str) -> None:
    from tests import postgres  # noqa: PLC0415 - starts a server only where there is one

    server = postgres.shared()
    if server is None:
        pytest.skip(postgres.MISSING)
    office = ForkedOffice(tmp_path)
    office.settings["BOT_API_URL"] = telegram
    with server.fresh(empty=True) as url, server.fresh() as other:
        office.settings["DATABASE_URL"] = url
        for word in ("run", "migrate"):
            result = refused(office, word)
            assert "is empty" in result.stderr
            assert "--new" in result.stderr
            assert "pg_restore" in result.stderr
        assert "Created the database" in starts(office, "--new")
        assert "there is a database" in refused(office, "run", "--new").stderr.lower()
        starts(office)
        [seal] = office.books.parent.glob("*.seal")
        kept = seal.read_text("utf-8")
        assert json.loads(kept)["bot"] == 1_000_001
        seal.write_text(kept.replace(json.loads(kept)["seal"], "0" * 32))
        result = refused(office, "run")
        assert "another seal" in result.stderr
        assert "another seal" in refused(office, "restore", "--in-place").stderr
        done = office.run("restore", "--in-place", "--other-company")
        assert done.returncode == 0, done.stderr
        starts(office)
        office.settings["DATABASE_URL"] = other
        starts(office)


def test_a_bad_page_is_found_before_the_bot_is_ready(office: Office) -> None:
    held = asked(office.books, COUNTS)
    size = 4096
    pages = office.books.stat().st_size // size
    with office.books.open("r+b") as file:
        file.seek(pages // 2 * size)
        file.write(b"\xa5" * size)
    result = refused(office, "run")
    assert "damaged" in result.stderr
    assert way_out(result) == ["restore", "data/backups/jualdulu-20261122-010500-auto.db"]
    assert office.run(*way_out(result)).returncode == 0
    assert asked(office.books, COUNTS) == held
    starts(office)


def test_what_is_no_database_leads_to_the_newest_copy(office: Office) -> None:
    office.books.write_bytes(b"Dear diary, " * 10_000)
    result = refused(office, "run")
    assert "not a database" in result.stderr
    assert office.run(*way_out(result)).returncode == 0
    starts(office)


def test_the_copy_that_is_named_is_one_of_the_same_database(office: Office, others: Path) -> None:
    later = office.books.parent / "backups" / "jualdulu-20301122-010500-auto.db"
    shutil.copy(others / "data/backups/jualdulu-20261122-010500-auto.db", later)
    office.books.unlink()
    result = refused(office, "run")
    assert way_out(result) == ["restore", "data/backups/jualdulu-20261122-010500-auto.db"]


def test_copies_of_the_version_before_restore_the_database_under_its_seal(
    office: Office,
) -> None:
    held = asked(office.books, COUNTS)
    for file in (office.books, *office.books.parent.glob("backups/*.db")):
        _as_older(file)
    office.books.with_name("jualdulu.db.seal").unlink()
    assert "Upgraded the database" in office.run("migrate").stdout
    [(token,)] = asked(office.books, "SELECT token FROM seal")
    office.books.unlink()
    result = refused(office, "run")
    assert office.run(*way_out(result)).returncode == 0
    assert asked(office.books, COUNTS) == held
    assert asked(office.books, "SELECT token FROM seal") == [(token,)]
    starts(office)


@pytest.mark.parametrize("by", ["deleted", "exchanged", "emptied"])
def test_books_that_are_taken_from_a_running_bot_stop_it(office: Office, by: str) -> None:
    copy = office.books.parent / "backups" / "jualdulu-20261122-010500-auto.db"
    with office.running("run") as bot:
        bot.until("ready as")
        time.sleep(1.1 * write_lease.CHECK_SECONDS)
        if by == "deleted":
            office.books.unlink()
        elif by == "emptied":
            os.truncate(office.books, 0)
        else:
            shutil.copy(copy, office.books.with_name("other"))
            office.books.with_name("other").replace(office.books)
        bot.until("was deleted, emptied or replaced while the bot used it")
        assert by == "emptied" or "Traceback" not in bot.said
    if by == "deleted":
        assert way_out(refused(office, "run"))[1] == str(copy.relative_to(office.folder))
    # The log of the lost file lies beside the one that was put there: only a restore is safe.
    assert office.run("restore", str(copy)).returncode == 0
    starts(office)


@pytest.mark.parametrize("which", ["-wal", "-shm", ".lock"])
def test_a_file_that_the_running_bot_needs_and_lost_makes_it_start_again(
    office: Office, which: str
) -> None:
    """What was written to a log without a name is saved by stopping in order."""
    with office.running("run") as bot:
        bot.until("ready as")
        time.sleep(1.1 * write_lease.CHECK_SECONDS)
        office.books.with_name(f"{office.books.name}{which}").unlink()
        bot.until(f"{which} was deleted, emptied or replaced while the bot used it")
        bot.until("started again")
        bot.until("ready as")
        assert office.run("admin-code").returncode == 0
        assert bot.stop(signal.SIGKILL) < 0
    time.sleep(0.5)
    assert asked(office.books, "SELECT count(*) FROM admin_codes") == [(1,)]


def test_wide_rights_are_narrowed_at_the_start(office: Office) -> None:
    folder = office.books.parent / "backups"
    wide = [office.books, *office.books.parent.glob("jualdulu.db.*"), *folder.iterdir()]
    for file in wide:
        file.chmod(0o644)
    folder.chmod(0o755)
    report = office.run("doctor", "--no-network")
    assert "can be read by other users" in report.stdout
    starts(office)
    assert [file for file in wide if file.exists() and file.stat().st_mode & 0o077] == []
    assert folder.stat().st_mode & 0o077 == 0


def test_what_a_killed_backup_left_goes_at_the_next_start(office: Office) -> None:
    folder = office.books.parent / "backups"
    left = [
        folder / "jualdulu-20261122-010500.db.part",
        folder / "jualdulu-20261122-010501-before-step-after-0009.db.part",
        folder / "jualdulu-20261122-010502-auto.db.part",
        folder / "jualdulu-20261122-010502-auto.db.part-journal",
    ]
    other = folder / "other-20261122-010500.db.part"
    for file in (*left, other):
        file.write_text("half")
    assert "left by" in office.run("doctor", "--no-network").stdout
    starts(office)
    assert [file for file in left if file.exists()] == []
    assert other.exists()


@pytest.mark.parametrize("said", [b"", b"\xff" * 300, b"[" * 4000, b"[]", b'{"seal": 5}', b"7"])
def test_a_seal_that_cannot_be_read_counts_as_a_trace_and_names_no_company(
    tmp_path: Path, said: bytes
) -> None:
    file = tmp_path / "jualdulu.db.seal"
    file.write_bytes(said)
    beside = seal_file.read(file)
    assert beside is not None
    assert beside.seals == ()


def _as_older(file: Path, *, bot: int | None = None) -> None:
    """A database or a copy as the version before seals left it."""
    asyncio.run(at(f"sqlite+aiosqlite:///{file}", partial(downgrade, to=BEFORE_SEALS)))
    with closing(sqlite3.connect(file)) as older:
        if bot is not None:
            older.execute("DELETE FROM cursors")
            older.execute("INSERT INTO cursors (bot_id, next_offset) VALUES (?, 1)", (bot,))
        older.commit()


def test_an_older_database_of_another_company_can_be_taken_over(
    office: Office, others: Path
) -> None:
    for file in office.books.parent.glob("jualdulu.db-*"):
        file.unlink()
    shutil.copy(others / "data/jualdulu.db", office.books)
    _as_older(office.books, bot=1_000_009)
    for word in ("run", "migrate"):
        assert "--in-place --other-company" in refused(office, word).stderr
    done = office.run("restore", "--in-place", "--other-company")
    assert done.returncode == 0, done.stderr
    assert list(office.books.parent.glob("backups/*-before-step-after-0009.db"))
    starts(office)


def test_where_there_is_no_database_none_is_taken_over(tmp_path: Path) -> None:
    office = ForkedOffice(tmp_path)
    result = refused(office, "restore", "--in-place", "--other-company")
    assert "There is no database" in result.stderr
    assert not office.books.exists()


@pytest.mark.postgres
def test_an_older_server_of_another_company_can_be_taken_over_after_a_dump(
    tmp_path: Path, telegram: str
) -> None:
    from tests import postgres  # noqa: PLC0415 - starts a server only where there is one

    server = postgres.shared()
    if server is None:
        pytest.skip(postgres.MISSING)
    office = ForkedOffice(tmp_path)
    with server.fresh() as url:
        office.settings |= {"DATABASE_URL": url, "BOT_API_URL": telegram}
        asyncio.run(_server_as_older(url))
        seal_file.write(_seal_of_server(office, url), Seal("0" * 32, 1_000_001, NOW))
        result = refused(office, "migrate")
        assert "--in-place --other-company" in result.stderr
        assert "--backed-up" in result.stderr
        words = ["restore", "--in-place", "--other-company"]
        dump = refused(office, *words)
        assert "pg_dump" in dump.stderr
        assert f"python -m bot {' '.join(words)} --backed-up" in dump.stderr
        done = office.run(*words, "--backed-up")
        assert done.returncode == 0, done.stderr
        starts(office)


def _seal_of_server(office: Office, url: str) -> Path:
    return office.folder / seal_file.path_for(url)


async def _server_as_older(url: str) -> None:
    def older(conn: Connection) -> None:
        downgrade(conn, to=BEFORE_SEALS)
        conn.execute(text("INSERT INTO cursors (bot_id, next_offset) VALUES (1000009, 1)"))

    database = open_database(url)
    try:
        await database.write(older)
    finally:
        await database.close()


def test_a_new_database_is_made_in_the_end_whatever_step_was_killed(
    office: Office, tmp_path: Path
) -> None:
    """Beside the seal of a database that is given up, and beside its copies."""
    template = tmp_path / "template"
    shutil.copytree(office.books.parent, template)
    for left in template.glob("jualdulu.db*"):
        if left.suffix != ".seal":
            left.unlink()
    for copies in (True, False):
        if not copies:
            shutil.rmtree(template / "backups")
        whole = _like(template, tmp_path / f"whole-{copies}")
        steps = whole.steps("migrate", "--new")
        for step in range(0, steps, 1 if copies else 3):
            again = _like(template, tmp_path / f"at-{copies}-{step}")
            assert again.run("migrate", "--new", stop_at=step).returncode == -signal.SIGKILL
            result = again.run("migrate")
            if result.returncode:
                assert "--new" in result.stderr
                result = again.run("migrate", "--new")
            assert result.returncode == 0, (step, result.stderr)
            assert asked(again.books, COUNTS) == EMPTY
            shutil.rmtree(again.folder)


def test_the_first_database_is_made_by_the_next_start_whatever_step_was_killed(
    tmp_path: Path,
) -> None:
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    steps = _like(nothing, tmp_path / "whole").steps("migrate")
    for step in range(steps):
        again = _like(nothing, tmp_path / f"at-{step}")
        assert again.run("migrate", stop_at=step).returncode == -signal.SIGKILL
        result = again.run("migrate")
        assert result.returncode == 0, (step, result.stderr)
        assert not list(again.books.parent.glob("*.part"))
        shutil.rmtree(again.folder)


def _like(template: Path, folder: Path) -> ForkedOffice:
    folder.mkdir()
    shutil.copytree(template, folder / "data")
    return ForkedOffice(folder)


def test_the_old_seal_is_kept_when_a_new_database_is_made(office: Office) -> None:
    seal = office.books.with_name("jualdulu.db.seal")
    old = seal.read_text("utf-8")
    office.books.unlink()
    assert office.run("migrate", "--new").returncode == 0
    [kept] = office.books.parent.glob("jualdulu.db.seal-*-replaced")
    assert kept.read_text("utf-8") == old
    assert seal.read_text("utf-8") != old


def test_another_bot_is_refused_on_a_database_that_has_no_seal_yet(office: Office) -> None:
    for file in (office.books, *office.books.parent.glob("backups/*.db")):
        _as_older(file, bot=1_000_001)
    office.books.with_name("jualdulu.db.seal").unlink()
    office.settings["BOT_TOKEN"] = OTHER_TOKEN
    result = refused(office, "run")
    assert "bot 1000001" in result.stderr
    assert "--other-bot" in result.stderr
    copy = "data/backups/jualdulu-20261122-010500-auto.db"
    assert "--other-company" in refused(office, "restore", copy).stderr
    assert asked(office.books, "SELECT version_num FROM alembic_version") == [("0009",)]
