"""What a restore leaves alone: a clock that is wrong, files that are no copies, a full disk."""

import asyncio
import contextlib
import json
import os
import resource
import shutil
import signal
import sqlite3
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.store.backup import exchange
from bot.store.backup.after_restore import ClockBehindError
from bot.store.backup.backup import UnsoundCopyError, back_up
from bot.store.backup.restore import NotADatabaseError, Restored, restore
from tests.cli.forks import ForkedOffice
from tests.cli.office import SECONDS_MAX, Office, fill, sandbox

pytestmark = pytest.mark.long

NOW = datetime(2026, 11, 22, 1, 5, tzinfo=UTC)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
PAGE_BYTES = 4096
BROADCAST = """
    INSERT INTO broadcasts (reference, author_id, body, audience, state, starts_at, created_at)
    VALUES (:reference, 1, 'x', 'all', 'running', :at, 1)
"""


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


def asked(file: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as books:
        return books.execute(question).fetchall()


def micros(moment: datetime) -> int:
    return round(moment.timestamp() * 1_000_000)


def begin_broadcast(file: Path, reference: str, at: datetime) -> None:
    with closing(sqlite3.connect(file)) as books:
        books.execute(BROADCAST, {"reference": reference, "at": micros(at)})
        books.commit()


def write_message(file: Path, at: datetime) -> None:
    with closing(sqlite3.connect(file)) as books:
        books.execute(
            "INSERT INTO outbox (key, chat_id, kind, method, payload, created_at) "
            "VALUES ('late', 1, 'tip', 'tip', '{}', ?)",
            (micros(at),),
        )
        books.commit()


def state_of(file: Path, reference: str) -> object:
    [(state,)] = asked(file, f"SELECT state FROM broadcasts WHERE reference = '{reference}'")
    return state


def copy_of(office: Office) -> Path:
    return back_up(office.books, office.books.parent / "backups", NOW)


def restored(office: Office, copy: Path, now: datetime = NOW, **how: bool) -> Restored:
    folder = office.books.parent / "backups"
    return asyncio.run(restore(office.books, copy, folder, now, **how))


def move(telegram: str, days: float) -> None:
    wish = json.dumps({"advance": days * 86_400}).encode()
    question = urllib.request.Request(
        f"{telegram}/control/clock", wish, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(question, timeout=SECONDS_MAX):
        pass


@pytest.mark.parametrize(("days", "expected"), [(5, "behind"), (-365, "ahead of")])
def test_nothing_is_restored_while_the_clock_disagrees_with_telegrams(
    office: Office, days: int, expected: str
) -> None:
    copy, before = copy_of(office), office.books.read_bytes()
    with sandbox() as telegram:
        office.settings["BOT_API_URL"] = telegram
        move(telegram, days)
        refused = office.run("restore", str(copy))
        in_place = office.run("restore", "--in-place", "--other-company")
    for each in (refused, in_place):
        assert each.returncode == 1
        assert f"{expected} Telegram's. Nothing was written." in each.stderr
    assert office.books.read_bytes() == before


@pytest.mark.postgres
def test_a_server_is_not_settled_by_a_wrong_clock(office: Office) -> None:
    from tests import postgres  # noqa: PLC0415 - starts a server only where there is one

    server = postgres.shared()
    if server is None:
        pytest.skip(postgres.MISSING)
    with server.fresh() as url, sandbox() as telegram:
        office.settings |= {"DATABASE_URL": url, "BOT_API_URL": telegram}
        move(telegram, days=5)
        refused = office.run("restore", "--in-place")
        assert refused.returncode == 1
        assert "behind Telegram's" in refused.stderr
        move(telegram, days=-5)
        done = office.run("restore", "--in-place")
        assert done.returncode == 0, done.stderr


def test_without_telegram_the_copy_proves_a_clock_that_is_behind(office: Office) -> None:
    begin_broadcast(office.books, "running", NOW + 4 * DAY)
    write_message(office.books, NOW + 5 * DAY)
    copy, before = copy_of(office), office.books.read_bytes()
    with pytest.raises(ClockBehindError):
        restored(office, copy)
    assert office.books.read_bytes() == before
    assert not list(office.books.parent.glob("*.restor*"))
    ahead = office.books.parent / "ahead.db"
    shutil.copy(copy, ahead)
    with closing(sqlite3.connect(ahead)) as books:
        books.execute("UPDATE outbox SET created_at = ?", (micros(datetime.now(UTC) + 2 * DAY),))
        books.commit()
    refused = office.run("restore", str(ahead))
    assert refused.returncode == 1
    assert "clock is behind the database" in refused.stderr
    in_place = restored(office, copy, NOW + 6 * DAY)
    assert in_place.settled.stopped >= 1
    assert state_of(office.books, "running") == "stopped"


def test_a_clock_that_telegram_vouches_for_leaves_what_is_planned(office: Office) -> None:
    """A database that was once written by a clock that was ahead does not outweigh Telegram."""
    write_message(office.books, NOW + 365 * DAY)
    begin_broadcast(office.books, "planned", NOW + DAY)
    clocks = "SELECT max(due_at) FROM tip_clocks"
    copy = copy_of(office)
    restored(office, copy, confirmed=True)
    assert state_of(office.books, "planned") == "running"
    [(latest,)] = asked(office.books, clocks)
    assert latest is None or int(str(latest)) <= micros(NOW + 2 * DAY)


def test_a_clock_that_is_a_little_behind_the_copy_settles_by_the_copy(office: Office) -> None:
    write_message(office.books, NOW + MINUTE)
    begin_broadcast(office.books, "begun", NOW + MINUTE / 2)
    restored(office, copy_of(office))
    assert state_of(office.books, "begun") == "stopped"


@contextlib.contextmanager
def full_disk(bytes_max: int) -> Iterator[None]:
    """Files that this process writes cannot grow beyond a limit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_max, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def test_a_decided_restore_is_finished_although_the_old_log_cannot_be_folded(
    office: Office,
) -> None:
    log, decided = (
        office.books.with_name(f"jualdulu.db{end}")
        for end in ("-wal", ".restored-20261122-010500")
    )
    shutil.copy(office.books, decided)
    with closing(sqlite3.connect(office.books)) as books:
        books.execute("PRAGMA journal_mode=WAL")
        books.execute("CREATE TABLE later (words)")
        books.executemany("INSERT INTO later VALUES (?)", [("x" * 3000,)] * 100)
        books.commit()
        for file in (office.books, log):
            shutil.copy(file, file.with_name(f"{file.name}.kept"))
    for file in (office.books, log):
        file.with_name(f"{file.name}.kept").replace(file)
    with full_disk(office.books.stat().st_size):
        aside = exchange.put_in_place(decided, office.books, office.books.parent / "backups")
    assert not decided.exists()
    assert asked(office.books, "SELECT count(*) FROM sqlite_schema WHERE name = 'later'") == [(0,)]
    assert aside is not None
    assert asked(aside, "SELECT count(*) FROM later") == [(100,)]


@pytest.mark.parametrize("end", [".restoring", ".restored-20261122-010500"])
def test_what_a_killed_restore_left_is_no_copy(office: Office, end: str) -> None:
    left = office.books.with_name(f"jualdulu.db{end}")
    shutil.copy(office.books, left)
    before = left.read_bytes()
    for name in (f"data/{left.name}", "data/link.db"):
        if name == "data/link.db":
            (office.folder / name).symlink_to(left)
        refused = office.run("restore", name)
        assert refused.returncode == 1
        assert "is not a copy" in refused.stderr
        assert left.read_bytes() == before
    assert not list(office.books.parent.glob("backups/*"))


def spoil(file: Path) -> None:
    """A bad page in the middle, as a bad disk leaves it."""
    pages = file.stat().st_size // PAGE_BYTES
    with file.open("r+b") as opened:
        for page in range(pages // 3, pages // 3 * 2):
            opened.seek(page * PAGE_BYTES)
            opened.write(b"\xa5" * PAGE_BYTES)


def test_a_damaged_copy_is_reported_as_damaged(office: Office) -> None:
    copy, before = copy_of(office), office.books.read_bytes()
    spoil(copy)
    with pytest.raises(UnsoundCopyError):
        restored(office, copy)
    refused = office.run("restore", str(copy))
    assert "is damaged, nothing was changed. Take an older copy" in refused.stderr
    copy.write_bytes(b"Dear diary, " * 10_000)
    with pytest.raises(NotADatabaseError, match="not a database"):
        restored(office, copy)
    assert office.books.read_bytes() == before
    assert not list(office.books.parent.glob("*.restor*"))


@pytest.mark.parametrize("whole", [True, False])
def test_a_damaged_database_is_not_copied_and_is_named_as_the_cause(
    office: Office, *, whole: bool
) -> None:
    if whole:
        office.books.write_bytes(b"Dear diary, " * 10_000)
    else:
        spoil(office.books)
    with pytest.raises(UnsoundCopyError, match="damaged"):
        copy_of(office)
    assert list((office.books.parent / "backups").iterdir()) == []


def test_a_decided_file_that_was_damaged_since_is_not_put_in_place(office: Office) -> None:
    decided = office.books.with_name("jualdulu.db.restored-20261122-010500")
    copy = copy_of(office)
    shutil.copy(copy, decided)
    spoil(decided)
    before = office.books.read_bytes()
    for words in (("migrate",), ("restore", str(copy))):
        refused = office.run(*words)
        assert refused.returncode == 1
        assert "left a damaged file" in refused.stderr
        assert str(decided.relative_to(office.folder)) in refused.stderr
        assert office.books.read_bytes() == before
    os.rename(decided, office.folder / "elsewhere")  # noqa: PTH104 - as the words say
    assert office.run("restore", str(copy)).returncode == 0
    assert office.run("migrate").returncode == 0
