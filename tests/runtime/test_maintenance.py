"""The database is copied and checked while the bot works, and no person waits for it."""

import asyncio
import fcntl
import logging
import os
import shutil
import sqlite3
import threading
import time
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import text

from bot.runtime import maintenance
from bot.runtime.maintenance import Maintenance, MaintenancePlan, check_is_due
from bot.store.backup import backup
from bot.store.backup.copies import ChangeDetector, copies, copy_by_schedule
from bot.store.jobs import jobs
from bot.store.proof import integrity
from tests.blank import blank_file
from tests.stage import Given, Stage

pytestmark = pytest.mark.long

GIVEN = [
    Given("Budi Wijaya", "Bapak", "PUSAT", roles=("admin",)),
    Given("Sari Dewi", sponsor="Budi"),
]
NOW = datetime(2026, 11, 22, 1, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
BEATS_MIN = 20


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with Stage(tmp_path, GIVEN) as stage:
        yield stage


@pytest.fixture
async def books(stage: Stage) -> Path:
    await stage.app.scheduler.settled()  # what is due at the start writes too
    return stage.folder / "books.db"


def keeper(
    stage: Stage, *, folder: str = "backups", every: timedelta = 15 * MINUTE
) -> Maintenance:
    books = stage.folder / "books.db"
    upkeep = MaintenancePlan(stage.url, books, stage.folder / folder, every)
    return Maintenance(stage.app.runtime, upkeep, stage.clock)


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


async def notices(stage: Stage) -> list[str]:
    rows = await stage.read(
        lambda conn: conn.exec_driver_sql(
            "SELECT key FROM outbox WHERE kind = 'notice' ORDER BY id"
        ).all()
    )
    return [row.key.partition(":")[0] for row in rows]


async def _until_each_has_a_menu(stage: Stage) -> None:
    """Lists of commands are set one a second, and each is written down."""
    wished = text("SELECT count(*) FROM menus WHERE asked_at IS NOT NULL")
    async with asyncio.timeout(20):
        while await stage.read(lambda conn: conn.execute(wished).scalar_one()):
            await asyncio.sleep(0.1)


async def test_a_copy_is_made_when_something_was_written_and_the_last_one_is_old(
    stage: Stage, books: Path
) -> None:
    keeping, folder = keeper(stage), stage.folder / "backups"
    with closing(ChangeDetector(books)) as changes:
        await keeping.copy_if_due(books, changes)
        [first] = names(folder)
        assert first == "books-20261123-020000-auto.db"
        stage.telegram.phones.say(stage.user("Sari"), "/saldo")
        await stage.settle()
        await keeping.copy_if_due(books, changes)
        assert names(folder) == [first], "the copy is young"
        await stage.move_clock(stage.clock.now() + 16 * MINUTE)
        await _until_each_has_a_menu(stage)
        await keeping.copy_if_due(books, changes)
        [_, second] = names(folder)
        assert second == "books-20261123-021600-auto.db"
        assert keeping.backups.copied_at == stage.clock.now()
        await stage.telegram.move_clock(stage.clock.now() + HOUR)
        await asyncio.sleep(6)  # the sender has looked for messages meanwhile, and written nothing
        await keeping.copy_if_due(books, changes)
        assert names(folder) == [first, second], "nothing was written since"
    with closing(sqlite3.connect(folder / second)) as copy:
        [(answers,)] = copy.execute("SELECT count(*) FROM outbox WHERE kind = 'answer'")
        assert answers == 1
    rows = await stage.read(lambda conn: jobs.latest(conn, 9))
    assert [(row.state, row.result) for row in rows if row.kind == "copy"] == [
        ("done", {"file": str(folder / second)}),
        ("done", {"file": str(folder / first)}),
    ]


async def test_a_copy_with_a_date_in_the_future_is_not_the_newest(
    stage: Stage, books: Path
) -> None:
    folder = stage.folder / "backups"
    folder.mkdir()
    for name in ("books-20200101-000000-auto.db", "books-20991231-000000-auto.db"):
        shutil.copy(books, folder / name)
    care = keeper(stage)
    looking = asyncio.create_task(care.run())
    while care.backups.copied_at is None:
        await asyncio.sleep(0.01)
    looking.cancel()
    assert care.backups.copied_at.year == 2020


async def test_what_is_written_while_a_copy_is_made_counts_as_new(
    stage: Stage, books: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping = keeper(stage)
    made = []

    async def slowly(*_args: object, prune: bool) -> Path:
        assert prune
        made.append(1)
        await stage.write(lambda conn: conn.exec_driver_sql("INSERT INTO marks VALUES ('m', 1)"))
        return Path("copy")

    monkeypatch.setattr(maintenance, "copy_in_child", slowly)
    with closing(ChangeDetector(books)) as changes:
        await keeping.copy_if_due(books, changes)
        monkeypatch.setattr(maintenance, "copy_in_child", _at_once(made))
        await stage.telegram.move_clock(stage.clock.now() + HOUR)
        await keeping.copy_if_due(books, changes)
        await stage.telegram.move_clock(stage.clock.now() + HOUR)
        await keeping.copy_if_due(books, changes)
    assert len(made) == 2


def _at_once(made: list[int]) -> Any:
    async def copy(*_args: object, prune: bool) -> Path:
        assert prune
        made.append(1)
        return Path("copy")

    return copy


async def test_people_are_answered_during_a_backup_and_an_integrity_check(
    stage: Stage, books: Path
) -> None:
    keeping = keeper(stage)
    beats = 0
    going = True

    async def beat() -> None:
        nonlocal beats
        while going:
            await asyncio.sleep(0.01)
            beats += 1

    async def chat() -> None:
        while going:
            stage.telegram.phones.say(stage.user("Sari"), "/saldo")
            await stage.settle()

    others = asyncio.gather(beat(), chat())
    assert await keeping.copy(books)
    await keeping.check()
    # Not cancelled: in the middle of a read that would leak a connection.
    going = False
    await others
    # A loop that had copied or proved by itself would have come by a handful of times.
    assert beats > BEATS_MIN, f"the loop went round {beats} times"
    assert (keeping.backups.checked_at, keeping.backups.faults) == (stage.clock.now(), 0)
    assert keeping.backups.copy_took is not None


async def test_admins_are_notified_once_when_copies_have_failed_for_an_hour(
    stage: Stage, books: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (stage.folder / "backups").write_text("a file where a folder belongs")
    keeping = keeper(stage)
    passed = 0.0
    real = stage.clock
    clock = SimpleNamespace(now=real.now, monotonic=lambda: real.monotonic() + passed)
    keeping._clock = clock
    with (
        caplog.at_level(logging.INFO, "bot.runtime.maintenance"),
        closing(ChangeDetector(books)) as changes,
    ):
        for passed in (0.0, 60.0, 3500.0, 3700.0, 3900.0, 4300.0):
            await keeping.copy_if_due(books, changes)
            assert await notices(stage) == (["backups"] if passed > 3600 + 200 else [])
        assert keeping.backups.failing_since
        assert len(caplog.records) == 4, "tried again after five minutes, not at every look"
        (stage.folder / "backups").unlink()
        passed = 4700.0
        await keeping.copy_if_due(books, changes)
    assert not keeping.backups.failing_since
    assert len(names(stage.folder / "backups")) == 1


async def test_a_database_that_does_not_add_up_is_reported_once_and_logged_as_critical(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    keeping = keeper(stage)
    await stage.write(lambda conn: conn.exec_driver_sql("UPDATE teams SET size = size + 1"))
    with caplog.at_level(logging.INFO, "bot.runtime.maintenance"):
        await keeping.check()
        await keeping.check()
    assert [record.levelname for record in caplog.records] == ["CRITICAL", "CRITICAL"]
    assert caplog.records[0].__dict__["faults"] >= 1
    assert "teams of member" in caplog.records[0].__dict__["first"]
    assert await notices(stage) == ["proof"]
    last = await stage.read(integrity.last)
    assert last is not None
    assert (last.at, last.faults) == (keeping.backups.checked_at, keeping.backups.faults)
    assert last.faults >= 1
    await stage.write(lambda conn: conn.exec_driver_sql("UPDATE teams SET size = size - 1"))
    await keeping.check()
    assert keeping.backups.checked_at is not None
    assert keeping.backups.faults == 0
    assert await notices(stage) == ["proof"]


async def test_a_copy_under_way_does_not_hold_up_a_stop(stage: Stage, books: Path) -> None:
    copying = asyncio.create_task(keeper(stage).copy(books))
    await asyncio.sleep(0.2)
    began = time.monotonic()
    copying.cancel()
    await asyncio.gather(copying, return_exceptions=True)
    assert time.monotonic() - began < 1
    assert not list((stage.folder / "backups").glob("*.db"))


def test_only_scheduled_copies_are_ever_deleted(tmp_path: Path) -> None:
    books, folder = blank_file(tmp_path), tmp_path / "backups"
    folder.mkdir()
    old = {
        "books-20200101-000000-auto.db": False,
        "books-20200101-000001-auto.db.part": False,
        "books-20200101-000004.db.part": False,
        "books-20200101-000005-before-step-after-0001.db.part-journal": False,
        "books-20200101-000000.db": True,
        "books-20200101-000002-before-step-after-0001.db": True,
        "books-20200101-000003-replaced.db": True,
        "books-20209901-000000-auto.db": True,
        "books-20200101-000000-auto.db.bak": True,
        "other-20200101-000000-auto.db": True,
        "notes.txt": True,
    }
    for name in old:
        shutil.copy(books, folder / name)
    for hour in range(2):  # two of its day and of a younger month, or the oldest would be a last
        shutil.copy(books, folder / f"books-20200101-0{hour + 1}0000-auto.db")
    copy = copy_by_schedule(books, folder, NOW)
    kept = {name for name, stays in old.items() if stays}
    assert set(names(folder)) == {copy.name, "books-20200101-020000-auto.db"} | kept
    assert [each.scheduled for each in copies(books, folder)] == [False, False, True, True]


def test_half_a_copy_that_is_being_made_is_left_alone(tmp_path: Path) -> None:
    books, folder = blank_file(tmp_path), tmp_path / "backups"
    folder.mkdir()
    part = folder / "books-20200101-000000.db.part"
    with part.open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        copy_by_schedule(books, folder, NOW)
        assert part.exists()
    copy_by_schedule(books, folder, NOW + MINUTE)
    assert not part.exists()


def test_looking_at_a_copy_that_has_just_begun_does_not_make_it_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The doctor holds the file for an instant, to see whether it is abandoned."""
    books, folder = blank_file(tmp_path), tmp_path / "backups"
    begun = backup._create_private
    looks: list[int] = []

    def looked_at(new: Path) -> int:
        descriptor = begun(new)
        looks.append(os.open(new, os.O_RDONLY))
        fcntl.flock(looks[0], fcntl.LOCK_EX)
        threading.Timer(0.2, os.close, looks).start()
        return descriptor

    monkeypatch.setattr(backup, "_create_private", looked_at)
    assert backup.back_up(books, folder, NOW).exists()
    assert len(looks) == 1


def test_a_folder_of_copies_comes_down_to_the_rule_three_at_a_time(tmp_path: Path) -> None:
    books, folder = blank_file(tmp_path), tmp_path / "backups"
    folder.mkdir()
    for hours in range(1, 24 * 60, 7):
        shutil.copy(books, folder / f"books-{NOW - hours * HOUR:%Y%m%d-%H%M%S}-auto.db")
    there = len(names(folder))
    copy_by_schedule(books, folder, NOW)
    assert len(names(folder)) == there + 1 - 3
    copy_by_schedule(books, folder, NOW + MINUTE, prune=False)
    assert len(names(folder)) == there + 2 - 3, "nothing goes while the clock is in doubt"
    for run in range(2, 70):
        copy_by_schedule(books, folder, NOW + run * MINUTE)
    left = [each for each in copies(books, folder) if each.at < NOW]
    assert len([each for each in left if NOW - each.at < 23 * HOUR]) == 4
    assert 30 <= len(left) <= 5 + 30 + 3


def test_copies_of_other_books_push_none_out_and_stay(tmp_path: Path) -> None:
    """The empty database of a wrong start, a copy of another company, an unreadable file."""
    books, folder = blank_file(tmp_path), tmp_path / "backups"
    folder.mkdir()
    mine, theirs, older = [], [], []
    for number in range(50):
        mine.append(f"books-{NOW - number * HOUR - HOUR:%Y%m%d-%H%M%S}-auto.db")
        theirs.append(f"books-{NOW - number * HOUR - 2 * MINUTE:%Y%m%d-%H%M%S}-auto.db")
        older.append(f"books-{NOW - number * HOUR - 3 * MINUTE:%Y%m%d-%H%M%S}-auto.db")
    for name in mine:
        shutil.copy(books, folder / name)
    for name in older:
        (folder / name).write_text("damaged")
    with closing(sqlite3.connect(books, isolation_level=None)) as empty:
        empty.execute("UPDATE seal SET token = 'of the empty books'")
    for name in theirs:
        shutil.copy(books, folder / name)
    for run in range(20):
        copy_by_schedule(books, folder, NOW + run * MINUTE)
    left = set(names(folder))
    assert {*mine, *older} <= left
    assert len(left & {*theirs}) < len(theirs), "among themselves they come down to the rule"


async def test_no_copy_is_deleted_while_the_clock_is_not_trusted(
    stage: Stage, books: Path
) -> None:
    keeping, folder = keeper(stage), stage.folder / "backups"
    keeping._believed = lambda: False
    folder.mkdir()
    for hours in range(30, 40):
        shutil.copy(books, folder / f"books-{NOW - hours * HOUR:%Y%m%d-%H%M%S}-auto.db")
    assert await keeping.copy(books)
    assert len(names(folder)) == 11


def test_a_transaction_that_changes_nothing_is_no_change(tmp_path: Path) -> None:
    books = blank_file(tmp_path)
    with (
        closing(sqlite3.connect(books, isolation_level=None)) as writer,
        closing(ChangeDetector(books)) as changes,
    ):
        writer.execute("PRAGMA journal_mode=WAL")
        before = changes.version()
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE outbox SET state = 'expired' WHERE id < 0")
        writer.execute("COMMIT")
        assert changes.version() == before
        writer.execute("INSERT INTO marks (name, value) VALUES ('m', 1)")
        assert changes.version() != before


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, "2026-11-22 12:00", True),
        ("2026-11-22 03:05", "2026-11-22 04:00", False),
        ("2026-11-21 03:05", "2026-11-22 02:59", False),
        ("2026-11-21 03:05", "2026-11-22 03:00", True),
        ("2026-11-21 03:05", "2026-11-22 06:00", False),
        ("2026-11-21 03:05", "2026-11-22 15:05", True),
        ("2026-11-21 13:00", "2026-11-22 03:30", True),
        ("2026-11-23 03:05", "2026-11-22 12:00", True),
    ],
)
def test_the_integrity_check_is_due_at_night_or_when_it_was_missed(
    last: str | None, now: str, due: bool
) -> None:
    def here(text: str) -> datetime:
        return datetime.fromisoformat(f"{text}+07:00")

    moment = None if last is None else here(last)
    assert check_is_due(moment, here(now), "Asia/Jakarta") is due
