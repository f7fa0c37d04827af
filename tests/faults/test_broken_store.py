"""What happens when the database itself cannot be written."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.store.db.database import Database, StoreUnavailableError, open_database
from bot.store.queue import in_progress, inbox
from tests.blank import blank_file
from tests.faults.looking import messages_to, said, sell, until
from tests.stage import START, Stage

MARK = text("INSERT INTO marks (name, value) VALUES (:name, 1)")
NAMES = text("SELECT name FROM marks ORDER BY name")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database on SQLite, whose one writer these tests are about."""
    database = open_database(f"sqlite+aiosqlite:///{blank_file(tmp_path)}")
    yield database
    await database.close()


def marked(name: str) -> Any:
    def unit(conn: Connection) -> None:
        conn.execute(MARK, {"name": name})

    return unit


def _fill_up(database: Database, *, full: bool) -> Any:
    """Let the file grow no more, as a full disk does, or let it grow again."""

    def unit(conn: Connection) -> None:
        raw = conn.connection.driver_connection
        assert raw is not None
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        limit = pages if full else 1_073_741_823
        raw.execute(f"PRAGMA max_page_count = {limit}")

    return database.write(unit)


async def test_a_full_disk_holds_everything_back_and_loses_nothing(stage: Stage) -> None:
    sari = stage.user("Sari")
    await sell(stage, "Sari", "Ani")
    await _fill_up(stage.app.database, full=True)
    numbers = []
    for number in range(40):
        long = f"J 1 TEH Bu {'Panjang' * 20}"
        numbers.append(stage.telegram.phones.say(sari, f"/saldo {number} {long}")["update_id"])
    await asyncio.sleep(3)
    await _fill_up(stage.app.database, full=False)
    await stage.settle()
    question = text("SELECT update_id, state FROM inbox")
    found = dict(await stage.read(lambda conn: [tuple(x) for x in conn.execute(question)]))
    assert {found[number] for number in numbers} == {"done"}
    # Each has its answer; of screens that waited together only the newest went out.
    answers = [row for row in await messages_to(stage, "Sari") if row.passing]
    assert len(answers) == 40
    assert {(row.state, row.error) for row in answers} <= {("sent", None), ("expired", "replaced")}
    assert answers[-1].state == "sent"
    assert "Saldo" in said(stage, "Sari")[-1]


async def test_an_update_is_not_given_up_because_the_books_were_locked(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = stage.app.database.write
    refused: list[object] = []

    async def broken(work: Any, **how: Any) -> Any:
        if "handle." in repr(work) and len(refused) < 7:
            refused.append(work)
            raise StoreUnavailableError("database is locked")
        return await write(work, **how)

    monkeypatch.setattr(stage.app.database, "write", broken)
    monkeypatch.setattr("bot.runtime.update_worker.BROKEN_STORE_SECONDS", 0.02)
    stage.telegram.phones.say(stage.user("Sari"), "/saldo")
    await until(lambda: len(refused) == 7)
    await stage.settle()
    assert [words[:5] for words in said(stage, "Sari")] == ["Saldo"]


async def test_a_commit_whose_outcome_was_never_learned_is_not_done_twice(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server commits, and the connection breaks before it can say so."""
    write, broken = stage.app.database.write, []

    async def breaks_after(work: Any, **how: Any) -> Any:
        done = await write(work, **how)
        if "handle." in repr(work):
            broken.append(work)
            if len(broken) % 2:
                raise StoreUnavailableError("connection lost")
        return done

    monkeypatch.setattr(stage.app.database, "write", breaks_after)
    monkeypatch.setattr("bot.runtime.update_worker.BROKEN_STORE_SECONDS", 0.02)
    assert await sell(stage, "Sari", "Ani") == "S-1001"
    await until(lambda: len(broken) == 4)
    assert sum("S-1001" in words for words in said(stage, "Sari")) == 1
    counted = text("SELECT count(*) FROM sales")
    assert await stage.read(lambda conn: conn.execute(counted).scalar_one()) == 1


async def test_the_inbox_that_cannot_be_read_is_read_later(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = stage.app.database.write
    failures: list[object] = []

    async def fails_once(work: Any, **how: Any) -> Any:
        if getattr(work, "func", None) is in_progress.take and not failures:
            failures.append(work)
            raise OSError("disk")
        return await write(work, **how)

    monkeypatch.setattr(stage.app.database, "write", fails_once)
    monkeypatch.setattr("bot.runtime.update_worker.BROKEN_STORE_SECONDS", 0.02)
    await sell(stage, "Sari", "Ani")
    assert failures


async def test_a_unit_that_fails_leaves_no_trace_and_hurts_no_neighbour(
    database: Database,
) -> None:
    def fails(conn: Connection) -> None:
        conn.execute(MARK, {"name": "half"})
        raise ZeroDivisionError

    entered = threading.Event()

    def slow(conn: Connection) -> None:
        entered.set()
        threading.Event().wait(0.2)
        conn.execute(MARK, {"name": "first"})

    first = asyncio.create_task(database.write(slow))
    await asyncio.to_thread(entered.wait)
    # These three wait together, so that they share one transaction.
    units = [database.write(marked("a")), database.write(fails), database.write(marked("b"))]
    results = await asyncio.gather(first, *units, return_exceptions=True)
    assert [type(result) for result in results] == [
        type(None),
        type(None),
        ZeroDivisionError,
        type(None),
    ]
    names = await database.read(lambda conn: conn.execute(NAMES).scalars().all())
    assert names == ["a", "b", "first"]


async def test_a_transaction_that_sqlite_gave_up_is_reported_as_that_to_all_in_it(
    database: Database,
) -> None:
    def gives_up(conn: Connection) -> None:
        raw = conn.connection.driver_connection
        assert raw is not None
        conn.execute(MARK, {"name": "half"})
        raw.execute("ROLLBACK")
        raise sqlite3.OperationalError("disk I/O error")

    with pytest.raises(StoreUnavailableError, match="disk I/O error"):
        await database.write(gives_up)
    await database.write(marked("next"))
    assert await database.read(lambda conn: conn.execute(NAMES).scalars().all()) == ["next"]


async def test_a_database_that_cannot_be_opened_says_so_and_can_be_opened_later(
    tmp_path: Path,
) -> None:
    file = tmp_path / "missing" / "books.db"
    database = open_database(f"sqlite+aiosqlite:///{file}")
    async with asyncio.timeout(30):
        with pytest.raises(StoreUnavailableError):
            await database.write(marked("a"))
    file.parent.mkdir()
    blank_file(tmp_path).rename(file)
    await database.write(marked("a"))
    await database.close()
    async with asyncio.timeout(30):
        with pytest.raises(RuntimeError, match="closed"):
            await database.write(marked("b"))


async def test_cancelled_callers_leave_whole_transactions_or_none(database: Database) -> None:
    def two(conn: Connection, number: int) -> None:
        conn.execute(MARK, {"name": f"{number}a"})
        conn.execute(MARK, {"name": f"{number}b"})

    tasks = [asyncio.create_task(database.write(partial(two, number=n))) for n in range(200)]
    await asyncio.sleep(0.005)
    for task in tasks[::2]:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await database.write(marked("z"))
    names = set(await database.read(lambda conn: conn.execute(NAMES).scalars().all()))
    assert all((f"{n}a" in names) == (f"{n}b" in names) for n in range(200))
    assert all(f"{n}a" in names for n in range(1, 200, 2))


async def test_pruning_keeps_the_newest_row_so_that_no_number_is_given_twice(
    database: Database,
) -> None:
    def store(conn: Connection, number: int, at: datetime) -> None:
        inbox.store(conn, 1, [(number, "chat 1", "{}")], number + 1, at)
        conn.execute(text("UPDATE inbox SET state = 'done'"))

    for number in range(3):
        await database.write(partial(store, number=number, at=START))
    much_later = START + timedelta(days=60)
    await database.write(partial(inbox.prune, now=much_later))
    await database.write(partial(store, number=10, at=much_later))
    ids = await database.read(
        lambda conn: conn.execute(text("SELECT id FROM inbox")).scalars().all()
    )
    assert ids == [3, 4]
