"""One program writes, on either engine, and takes requests to write on its control socket."""

import asyncio
import json
import os
import select
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.cli.faults import CommandError
from bot.cli.service.remote import run_task
from bot.runtime import control_socket
from bot.runtime.control_socket import (
    ControlSocket,
    NotListeningError,
    TaskFailedError,
    UncertainResultError,
)
from bot.services.office.operator_tasks import TASKS
from bot.store.db import write_lease
from bot.store.db.database import Database, StoreUnavailableError
from bot.store.db.write_lease import LeaseLostError, ServerLeaseHeldError, hold_write_lease
from bot.system.clock import SystemClock
from bot.system.process_lock import FileLeaseHeldError
from bot.system.settings import Settings
from tests.blank import blank_database

CUT_OFF = text("""
    SELECT pg_terminate_backend(pid) FROM pg_locks
    WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database
                                                WHERE datname = current_database())
""")


@pytest.fixture
def server_url(tmp_path: Path) -> Iterator[str]:
    with blank_database("postgresql", tmp_path) as url:
        yield url


async def test_no_other_process_may_write_until_the_lease_is_released(database_url: str) -> None:
    for _ in range(2):
        async with hold_write_lease(database_url):
            with pytest.raises((FileLeaseHeldError, ServerLeaseHeldError)) as refused:
                async with hold_write_lease(database_url):
                    pass
            holder = "127.0.0.1" if "postgresql" in database_url else f"process {os.getpid()}"
            assert holder in str(refused.value)


@pytest.mark.postgres
async def test_a_server_that_drops_the_holder_ends_its_right(
    server_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_lease, "CHECK_SECONDS", 0.05)
    async with hold_write_lease(server_url) as right:
        watch = asyncio.create_task(right.watch())
        await asyncio.sleep(0.2)
        assert not watch.done()
        engine = create_async_engine(server_url)
        async with engine.connect() as other:
            await other.execute(CUT_OFF)
        await engine.dispose()
        with pytest.raises(LeaseLostError):
            await asyncio.wait_for(watch, 5)


async def test_the_control_socket_runs_a_task_in_the_database(
    database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "books.db.sock"
    async with ControlSocket(path, database, SystemClock()):
        assert path.stat().st_mode & 0o777 == 0o600
        assert control_socket.is_open(path)
        done = await asyncio.to_thread(control_socket.ask, path, "admin code", {"code": "x" * 32})
    assert "expires_at" in done
    kept = await database.read(lambda conn: conn.execute(text("SELECT 1 FROM admin_codes")).all())
    assert len(kept) == 1
    assert not path.exists()
    assert not control_socket.is_open(path)
    with pytest.raises(NotListeningError):
        control_socket.ask(path, "admin code", {})


@pytest.mark.parametrize(
    ("task", "wish"),
    [
        ("unheard of", {}),
        ("admin code", {}),
        ("import products", {"articles": [{"sku": "A"}]}),
        ("import products", {"articles": [{"sku": 1, "name": "x" * 9}]}),
    ],
)
async def test_a_task_that_fails_leaves_no_trace_and_the_control_socket_open(
    database: Database, tmp_path: Path, task: str, wish: dict[str, object]
) -> None:
    path = tmp_path / "books.db.sock"
    async with ControlSocket(path, database, SystemClock()):
        with pytest.raises(TaskFailedError):
            await asyncio.to_thread(control_socket.ask, path, task, wish)
        assert control_socket.is_open(path)
    counts = "SELECT (SELECT COUNT(*) FROM products) + (SELECT COUNT(*) FROM admin_codes)"
    assert await database.read(lambda conn: conn.execute(text(counts)).scalar_one()) == 0


async def test_a_control_socket_opens_in_a_deep_folder_and_after_a_killed_bot(
    database: Database, tmp_path: Path
) -> None:
    path = tmp_path / ("deep" * 30) / "books.db.sock"
    path.parent.mkdir()
    path.write_text("left behind")
    async with ControlSocket(path, database, SystemClock()):
        assert control_socket.is_open(path)


async def test_nonsense_on_the_control_socket_is_answered_with_a_sentence(
    database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "books.db.sock"

    def say(nonsense: bytes) -> bytes:
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(path))
            line.sendall(nonsense)
            line.shutdown(socket.SHUT_WR)
            return line.recv(65_536)

    async with ControlSocket(path, database, SystemClock()):
        for nonsense in (b"{", b"[]", b'"task"', b"\xff", b'{"task": ["admin code"]}'):
            answer = await asyncio.to_thread(say, nonsense)
            assert "does not know this request" in json.loads(answer)["error"]


def _say_nothing(line: socket.socket) -> None:
    line.recv(65_536)


def _say_half(line: socket.socket) -> None:
    line.recv(65_536)
    line.sendall(b'{"done": {')


def _fail_in_the_database(line: socket.socket) -> None:
    line.recv(65_536)
    line.sendall(b'{"doubt": "the running bot could not reach its books to the end"}')


def _reset(line: socket.socket) -> None:
    """Closed with something unread, as by a kill."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _wait_longer(line: socket.socket) -> None:
    """Wait until the caller has hung up."""
    hung_up = select.poll()
    hung_up.register(line, 0)
    assert hung_up.poll(10_000)


@contextmanager
def bot_that(answers: Callable[[socket.socket], None], path: Path) -> Iterator[None]:
    """A bot that takes one request and behaves so."""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()

        def serve() -> None:
            line, _ = listening.accept()
            with line:
                answers(line)

        serving = threading.Thread(target=serve)
        serving.start()
        yield
        serving.join()


@pytest.mark.parametrize(
    "answers", [_say_nothing, _say_half, _reset, _wait_longer, _fail_in_the_database]
)
def test_a_bot_that_reports_no_outcome_is_not_said_to_have_written_nothing(
    tmp_path: Path, answers: Callable[[socket.socket], None]
) -> None:
    file = tmp_path / "books.db"
    url = f"sqlite+aiosqlite:///{file}"
    with bot_that(answers, control_socket.socket_of(url)), pytest.raises(UncertainResultError):
        control_socket.ask(control_socket.socket_of(url), "admin code", {"code": "x" * 32}, 0.5)
    control_socket.socket_of(url).unlink()
    settings = Settings.model_validate({"database_url": url})
    with bot_that(answers, control_socket.socket_of(url)), pytest.raises(CommandError) as caught:
        run_task(settings, "admin code", {"code": "x" * 32}, 0.5)
    assert caught.value.message.startswith("It is unknown whether it was written: ")


async def test_a_database_that_fails_during_a_task_leaves_its_outcome_uncertain(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> dict[str, object]:
        raise StoreUnavailableError("the server went away")

    monkeypatch.setitem(TASKS, "admin code", broken)
    path = tmp_path / "books.db.sock"
    async with ControlSocket(path, database, SystemClock()):
        with pytest.raises(UncertainResultError):
            await asyncio.to_thread(control_socket.ask, path, "admin code", {})
