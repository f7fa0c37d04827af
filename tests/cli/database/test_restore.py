"""The disk is lost; the operator follows the page, and the database is restored."""

import asyncio
import re
import shutil
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store.backup import exchange
from bot.store.backup import restore as restoring
from bot.store.backup.backup import UnsoundCopyError, back_up
from bot.store.backup.restore import NotADatabaseError, Restored, restore
from bot.store.db.migrations import NewerSchemaError
from bot.store.db.read_only import look
from bot.store.proof.integrity import prove
from tests.cli.forks import ForkedOffice
from tests.cli.office import Office, fill, sandbox

pytestmark = pytest.mark.long

PAGE = (Path(__file__).parents[3] / "docs" / "operations.md").read_text("utf-8")
RESTORE_SECONDS_MAX = 60
CLOSE_STEPS = 24
"""This many of the last steps of a restore are tried one by one, every fourth of those before."""
NOW = datetime(2026, 11, 22, 1, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("filled") / "jualdulu.db"
    fill(f"sqlite+aiosqlite:///{file}")
    return file


@pytest.fixture(scope="module")
def telegram() -> Iterator[str]:
    with sandbox() as url:
        yield url


@pytest.fixture
def office(tmp_path: Path, filled: Path) -> Office:
    office = Office(tmp_path)
    office.books.parent.mkdir()
    shutil.copy(filled, office.books)
    return office


def commands() -> list[list[str]]:
    """What the section on restoring says to type, as words behind `python -m bot`."""
    section = PAGE.partition("\n## Restore\n")[2].partition("\n## ")[0]
    typed = re.findall(r"^ *\.venv/bin/python -m bot (.+)$", section, re.MULTILINE)
    assert [each.split()[0] for each in typed] == ["restore", "doctor"]
    return [each.split() for each in typed]


def asked(file: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as books:
        return books.execute(question).fetchall()


def copy_of(office: Office) -> Path:
    """A copy as the bot makes it."""
    return back_up(office.books, office.books.parent / "backups", NOW)


def restored(office: Office, copy: Path) -> Restored:
    """Puts the copy in the place of the database, without the output of the command."""
    return asyncio.run(restore(office.books, copy, office.books.parent / "backups", NOW))


def faults(office: Office) -> list[str]:
    return asyncio.run(look(office.url, lambda conn: prove(conn, "Asia/Jakarta")))


def test_what_the_page_says_restores_the_database(office: Office, telegram: str) -> None:
    office.settings["BOT_API_URL"] = telegram
    office.settings["BACKUP_MINUTES"] = "0"  # the only copy is the one that is asked for
    stop = threading.Event()
    written = 0

    def write_on() -> None:
        nonlocal written
        while not stop.is_set():
            result = office.run("admin-code")
            assert result.returncode == 0, result.stderr
            written += 1

    with office.running("run") as bot:
        bot.until("ready as")
        load = threading.Thread(target=write_on)
        load.start()
        while written < 2:
            time.sleep(0.05)
        assert office.run("backup").returncode == 0
        [copy] = (office.books.parent / "backups").glob("*.db")
        stop.set()
        load.join()
        assert bot.stop(signal.SIGKILL) < 0
    held = asked(copy, "SELECT count(*) FROM sales UNION ALL SELECT count(*) FROM members")
    codes = asked(copy, "SELECT digest FROM admin_codes ORDER BY digest")
    assert len(codes) >= 2
    for file in office.books.parent.glob("jualdulu.db*"):
        file.unlink()

    began = time.monotonic()
    for words in commands():
        exact = [str(copy) if word.startswith("data/backups/") else word for word in words]
        result = office.run(*exact)
        assert result.returncode == 0, result.stdout + result.stderr
    with office.running("run") as bot:
        bot.until("ready as")
        took = time.monotonic() - began
        counted = "SELECT count(*) FROM sales UNION ALL SELECT count(*) FROM members"
        assert asked(office.books, counted) == held
        assert asked(office.books, "SELECT digest FROM admin_codes ORDER BY digest") == codes
        assert bot.stop(signal.SIGTERM) == 0, bot.said
    assert office.run("doctor", "--no-network").returncode == 0
    assert took < RESTORE_SECONDS_MAX
    print(f"restored, examined and started in {took:.1f} s")


def test_an_existing_database_is_put_aside_with_its_log(office: Office) -> None:
    copy = copy_of(office)
    with closing(sqlite3.connect(office.books)) as books:
        books.execute("PRAGMA journal_mode=WAL")
        books.execute("UPDATE marks SET value = 41 WHERE name = 'epoch'")
        books.execute("INSERT OR IGNORE INTO marks VALUES ('epoch', 41)")
        books.commit()
        assert office.books.with_name("jualdulu.db-wal").stat().st_size > 0, "as after a kill"
        done = restored(office, copy)
    [aside] = (office.books.parent / "backups").glob("*-replaced.db")
    assert done.replaced == aside
    assert asked(aside, "SELECT value FROM marks WHERE name = 'epoch'") == [(41,)]
    assert asked(office.books, "SELECT value FROM marks WHERE name = 'epoch'") == [(42,)]
    assert office.books.stat().st_mode & 0o077 == 0
    assert not list(office.books.parent.glob("*restoring*"))


def test_a_log_that_cannot_be_folded_goes_with_its_file_and_never_meets_the_new_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, log = copy_of(office), office.books.with_name("jualdulu.db-wal")
    kept = [(each, each.with_name(f"{each.name}.kept")) for each in (office.books, log)]
    with closing(sqlite3.connect(office.books)) as books:
        books.execute("PRAGMA journal_mode=WAL")
        books.execute("INSERT INTO marks VALUES ('later', 1)")
        books.commit()
        for file, other in kept:
            shutil.copy(file, other)
    for file, other in kept:
        other.replace(file)
    monkeypatch.setattr(exchange, "_checkpoint_log", lambda _books: None)  # as with a full disk
    monkeypatch.setattr(restoring, "_epoch", lambda _books: 0)  # which would fold it by looking
    aside = restored(office, copy).replaced
    later = "SELECT count(*) FROM marks WHERE name = 'later'"
    assert asked(office.books, later) == [(0,)]
    assert faults(office) == []
    assert aside is not None
    assert asked(aside, later) == [(1,)]


def test_a_damaged_database_is_replaced_as_well(office: Office) -> None:
    copy = copy_of(office)
    office.books.write_bytes(b"Dear diary, " * 10_000)
    restored(office, copy)
    assert faults(office) == []
    [aside] = (office.books.parent / "backups").glob("*-replaced.db")
    assert aside.read_bytes().startswith(b"Dear diary")


def test_messages_that_may_have_been_sent_wait_for_the_office(office: Office) -> None:
    with closing(sqlite3.connect(office.books)) as books:
        books.executescript("""
            INSERT INTO outbox (key, chat_id, kind, method, payload, created_at) VALUES
              ('tip:x', 1, 'tip', 'tip', '{}', 1), ('u1:1', 1, 'answer', 'sendMessage', '{}', 1)
        """)
    settled = restored(office, copy_of(office)).settled
    assert (settled.uncertain, settled.resent) == (1, 1)
    states = "SELECT state FROM outbox WHERE key IN ('tip:x', 'u1:1') ORDER BY key"
    assert asked(office.books, states) == [("uncertain",), ("new",)]


def test_a_restore_is_refused_while_the_bot_runs(office: Office, telegram: str) -> None:
    office.settings["BOT_API_URL"] = telegram
    copy = copy_of(office)
    with office.running("run") as bot:
        bot.until("ready as")
        result = office.run("restore", str(copy))
        assert result.returncode == 1
        assert "already in use" in result.stderr
        assert bot.stop(signal.SIGTERM) == 0


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        ("UPDATE accounts SET balance = balance + 1 WHERE kind = 'trade'", UnsoundCopyError),
        ("UPDATE alembic_version SET version_num = '9999'", NewerSchemaError),
        ("DROP TABLE alembic_version", NotADatabaseError),
    ],
)
def test_a_copy_that_is_no_good_is_refused_and_nothing_changes(
    office: Office, damage: str, expected: type[Exception]
) -> None:
    copy = copy_of(office)
    with closing(sqlite3.connect(copy)) as books:
        books.executescript(damage)
    before = office.books.read_bytes()
    with pytest.raises(expected):
        restored(office, copy)
    assert office.books.read_bytes() == before
    assert not list(office.books.parent.glob("*restoring*"))


def test_what_cannot_be_restored_is_refused_in_words(office: Office) -> None:
    (office.books.parent / "notes.db").write_text("Dear diary")
    for words, output in (
        (("restore", "data/notes.db"), "not a database"),
        (("restore",), "Name a copy"),
        (("restore", "data/none.db"), "There is no file"),
        (("restore", "data/jualdulu.db"), "is the database itself"),
        (("restore", "--in-place"), "is for PostgreSQL"),
    ):
        refused = office.run(*words)
        assert (refused.returncode, output in refused.stderr) == (1, True), refused.stderr
    office.settings["DATABASE_URL"] = "postgresql+asyncpg://sari:s3cr3tWord@127.0.0.1:1/jual"
    refused = office.run("restore", "x.dump")
    assert "pg_restore" in refused.stderr
    assert "s3cr3tWord" not in refused.stderr


@pytest.mark.postgres
def test_a_restored_server_is_settled_in_place(office: Office) -> None:
    from tests import postgres  # noqa: PLC0415 - starts a server only where there is one

    server = postgres.shared()
    if server is None:
        pytest.skip(postgres.MISSING)
    with server.fresh() as url:
        office.settings["DATABASE_URL"] = url
        result = office.run("restore", "--in-place")
        assert result.returncode == 0, result.stderr
        assert "Settled postgresql+asyncpg://" in result.stdout
        report = office.run("doctor", "--no-network")
        assert "is backed up by its server" in report.stdout


@pytest.mark.parametrize("state", ["log left", "damaged", "gone", "other company"])
def test_a_restore_that_is_killed_at_any_step_leaves_the_old_books_or_the_new(
    tmp_path: Path, filled: Path, state: str
) -> None:
    """Killed before each step on disk; the next start, or what it says, restores the database."""
    template, words = _to_be_restored(tmp_path, filled, state)
    office = _office_like(template, tmp_path / "whole")
    steps = office.steps("restore", *words)
    assert steps > CLOSE_STEPS
    for step in [*range(0, steps - CLOSE_STEPS, 4), *range(steps - CLOSE_STEPS, steps)]:
        office = _office_like(template, tmp_path / f"at-{step}")
        result = office.run("restore", *words, stop_at=step)
        assert result.returncode == -signal.SIGKILL, result.stderr
        _is_whole(office, state)
        _comes_back(office, words, state)
        shutil.rmtree(office.folder)


def _office_like(template: Path, folder: Path) -> ForkedOffice:
    folder.mkdir()
    shutil.copytree(template, folder / "data")
    return ForkedOffice(folder)


def _to_be_restored(tmp_path: Path, filled: Path, state: str) -> tuple[Path, list[str]]:
    """The data of an office just before a restore, and the words of that command."""
    (tmp_path / "template").mkdir()
    office = ForkedOffice(tmp_path / "template")
    office.books.parent.mkdir()
    shutil.copy(filled, office.books)
    assert office.run("migrate").returncode == 0
    copy = tmp_path / "copy.db"
    copy_of(office).replace(copy)
    words = [str(copy)]
    with closing(sqlite3.connect(office.books)) as books:
        books.execute("PRAGMA journal_mode=WAL")
        books.execute("INSERT INTO marks VALUES ('later', 1)")
        books.commit()
        if state in {"log left", "damaged"}:
            for end in ("", "-wal"):
                shutil.copy(f"{office.books}{end}", f"{office.books}{end}.kept")
    if state in {"log left", "damaged"}:
        for end in ("", "-wal"):
            Path(f"{office.books}{end}.kept").replace(f"{office.books}{end}")
        assert office.books.with_name("jualdulu.db-wal").stat().st_size
    if state == "damaged":
        with office.books.open("r+b") as file:
            file.write(b"Dear diary, " * 10)
    if state == "gone":
        office.books.unlink()
    elif state == "other company":
        with closing(sqlite3.connect(copy)) as books:
            books.execute("UPDATE seal SET token = 'theirs'")
            books.commit()
        words.append("--other-company")
    return office.books.parent, words


def _is_whole(office: ForkedOffice, state: str) -> None:
    """A whole file is at the place of the database, whatever was done so far."""
    if state == "gone" and not office.books.exists():
        return
    first = office.books.read_bytes()[:16]
    if state == "damaged" and first.startswith(b"Dear diary"):
        return
    assert first == b"SQLite format 3\0"


def _comes_back(office: ForkedOffice, words: list[str], state: str) -> None:
    """The next start continues, or names the command that restores the database."""
    later = "SELECT count(*) FROM marks WHERE name = 'later'"
    decided = list(office.books.parent.glob("*.restored-*"))
    started = office.run("migrate")
    if started.returncode:
        assert state in {"damaged", "gone"}, started.stderr
        assert not decided, "the start ends what was decided"
        assert "python -m bot restore" in started.stderr, started.stderr
        again = office.run("restore", *words)
        assert again.returncode == 0, again.stderr
        started = office.run("migrate")
    assert started.returncode == 0, started.stderr
    assert faults(office) == []
    assert asked(office.books, "SELECT count(*) > 0 FROM sales") == [(1,)]
    replaced = list(office.books.parent.glob("backups/*-replaced*.db"))
    restored_now = asked(
        office.books, "SELECT count(*) FROM audit WHERE action = 'books restored'"
    )
    if asked(office.books, later) == [(0,)]:
        assert restored_now == [(1,)], "these are the new books, settled"
    else:
        assert restored_now == [(0,)], "these are the old ones, whole"
        assert replaced == []
    assert not list(office.books.parent.glob("*.restor*"))
