"""One program writes, on either engine, and takes what others have written from its desk."""

import asyncio
import json
import os
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot import desk
from bot.cli.errands import have_done
from bot.cli.faults import Fault
from bot.clock import SystemClock
from bot.desk import Desk, NobodyThere, NotDone, Unanswered
from bot.lease import LeaseHeld
from bot.settings import Settings
from bot.store import lease
from bot.store.database import Database
from bot.store.lease import HeldElsewhere, LeaseLost, right_to_write
from tests.blank import blank_books

CUT_OFF = text("""
    SELECT pg_terminate_backend(pid) FROM pg_locks
    WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database
                                                WHERE datname = current_database())
""")


@pytest.fixture
def server_url(tmp_path: Path) -> Iterator[str]:
    with blank_books("postgresql", tmp_path) as url:
        yield url


async def test_nobody_else_may_write_until_it_is_let_go(books_url: str) -> None:
    for _ in range(2):
        async with right_to_write(books_url):
            with pytest.raises((LeaseHeld, HeldElsewhere)) as refused:
                async with right_to_write(books_url):
                    pass
            holder = "127.0.0.1" if "postgresql" in books_url else f"process {os.getpid()}"
            assert holder in str(refused.value)


@pytest.mark.postgres
async def test_a_server_that_drops_the_holder_ends_its_right(
    server_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "ASK_SECONDS", 0.05)
    async with right_to_write(server_url) as right:
        watch = asyncio.create_task(right.watch())
        await asyncio.sleep(0.2)
        assert not watch.done()
        engine = create_async_engine(server_url)
        async with engine.connect() as other:
            await other.execute(CUT_OFF)
        await engine.dispose()
        with pytest.raises(LeaseLost):
            await asyncio.wait_for(watch, 5)


async def test_the_desk_does_a_task_in_the_books(books: Database, tmp_path: Path) -> None:
    path = tmp_path / "books.db.sock"
    async with Desk(path, books, SystemClock()):
        assert path.stat().st_mode & 0o777 == 0o600
        assert desk.is_open(path)
        done = await asyncio.to_thread(desk.ask, path, "admin code", {"code": "x" * 32})
    assert "expires_at" in done
    kept = await books.read(lambda conn: conn.execute(text("SELECT 1 FROM admin_codes")).all())
    assert len(kept) == 1
    assert not path.exists()
    assert not desk.is_open(path)
    with pytest.raises(NobodyThere):
        desk.ask(path, "admin code", {})


@pytest.mark.parametrize(
    ("task", "wish"),
    [
        ("unheard of", {}),
        ("admin code", {}),
        ("import products", {"articles": [{"sku": "A"}]}),
        ("import products", {"articles": [{"sku": 1, "name": "x" * 9}]}),
    ],
)
async def test_what_the_desk_cannot_do_leaves_no_trace_and_the_desk_open(
    books: Database, tmp_path: Path, task: str, wish: dict[str, object]
) -> None:
    path = tmp_path / "books.db.sock"
    async with Desk(path, books, SystemClock()):
        with pytest.raises(NotDone):
            await asyncio.to_thread(desk.ask, path, task, wish)
        assert desk.is_open(path)
    counts = "SELECT (SELECT COUNT(*) FROM products) + (SELECT COUNT(*) FROM admin_codes)"
    assert await books.read(lambda conn: conn.execute(text(counts)).scalar_one()) == 0


async def test_a_desk_in_a_deep_folder_and_one_left_by_a_killed_bot_open_too(
    books: Database, tmp_path: Path
) -> None:
    path = tmp_path / ("deep" * 30) / "books.db.sock"
    path.parent.mkdir()
    path.write_text("left behind")
    async with Desk(path, books, SystemClock()):
        assert desk.is_open(path)


@pytest.mark.parametrize("half", [b"", b'{"done": {"exp'])
def test_a_bot_that_stops_before_its_answer_may_have_done_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, half: bytes
) -> None:
    path = tmp_path / "books.db.sock"
    monkeypatch.setattr(desk, "socket_of", lambda _url: path)
    settings = Settings(database_url=SecretStr("sqlite+aiosqlite:///nowhere.db"))
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door, ThreadPoolExecutor(1) as bot:
        door.bind(str(path))
        door.listen()

        def stop() -> None:
            line, _ = door.accept()
            with line:
                while line.recv(4096):
                    pass
                line.sendall(half)

        stopping = bot.submit(stop)
        with pytest.raises(Fault) as told:
            have_done(settings, "import members finish", {})
        stopping.result(30)
    assert "not known whether this was done: the bot stopped meanwhile" in told.value.message
    assert "Run the same command again: that is safe" in told.value.message
    assert "Nothing was written" not in told.value.message


def test_a_bot_that_takes_too_long_may_still_do_it(tmp_path: Path) -> None:
    path = tmp_path / "books.db.sock"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(str(path))
        door.listen()
        with pytest.raises(Unanswered, match="no answer within"):
            desk.ask(path, "import members finish", {}, seconds=0.1)


async def test_nonsense_at_the_desk_is_answered_with_a_sentence(
    books: Database, tmp_path: Path
) -> None:
    path = tmp_path / "books.db.sock"

    def say(nonsense: bytes) -> bytes:
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(path))
            line.sendall(nonsense)
            line.shutdown(socket.SHUT_WR)
            return line.recv(65_536)

    async with Desk(path, books, SystemClock()):
        for nonsense in (b"{", b"[]", b'"task"', b"\xff", b'{"task": ["admin code"]}'):
            answer = await asyncio.to_thread(say, nonsense)
            assert "does not understand" in json.loads(answer)["error"]
