"""The control socket: takes requests from the command line to the running bot.

Only one process writes to the database, so a command that has to write asks the bot if it runs.
The socket is beside the database file, and only the user who runs the bot can open it. A request
is one JSON object, ended by the end of the stream; so is the response.
"""

import asyncio
import contextlib
import json
import logging
import os
import socket
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Self

from bot.core.errors import ControlSocketError
from bot.core.input.checked_json import mapping, string
from bot.services.office.operator_tasks import NEED_RIGHT_TIME, TASKS
from bot.store.db.database import Database, StoreUnavailableError, sqlite_file
from bot.system.clock import Clock

__all__ = [
    "ControlSocket",
    "NotListeningError",
    "TaskFailedError",
    "UncertainResultError",
    "ask",
    "is_open",
    "socket_of",
]

log = logging.getLogger(__name__)

REQUEST_BYTES_MAX = 16 * 1024 * 1024
PIECE_BYTES = 65_536
READ_SECONDS_MAX = 10
ANSWER_SECONDS_MAX = 60
TASK_SECONDS_MAX = 1800.0
"""A long list of members is one task, and so is a step of closing a large month."""
PATH_BYTES_MAX = 100
CLOCK_WRONG = (
    "the clock of its machine is wrong. Set it right; python -m bot doctor says by how much"
)
SERVER_SOCKET = Path("data/postgresql.sock")


class NotListeningError(ControlSocketError):
    """No bot listens."""


class TaskFailedError(ControlSocketError):
    """The running bot refused or failed the task; nothing was written."""


class UncertainResultError(ControlSocketError):
    """The result is unknown: the running bot did not respond, and may have written."""


def socket_of(database_url: str) -> Path:
    """Returns the path of the socket of the bot that uses this database."""
    file = sqlite_file(database_url)
    return SERVER_SOCKET if file is None else file.with_name(f"{file.name}.sock")


class ControlSocket:
    """Answers requests for as long as the context lasts; opened only under the write lease."""

    def __init__(
        self,
        path: Path,
        database: Database,
        clock: Clock,
        believed: Callable[[], bool] = lambda: True,
        after_task: Callable[[], None] = lambda: None,
    ) -> None:
        """Answer for `database` at `path`.

        While `believed` returns False for the clock, no month is closed. `after_task` is called
        after each task, which may have added a job.
        """
        self._after_task = after_task
        self._believed = believed
        self._path = path
        self._database = database
        self._clock = clock
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.unlink(missing_ok=True)  # left by a killed bot; this process holds the lease
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            with _address(self._path) as address:
                listening.bind(address)
            self._path.chmod(0o600)
            # No connection is possible before this: the bound socket does not listen yet.
            self._server = await asyncio.start_unix_server(self._serve, sock=listening)
        except BaseException:
            listening.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        self._path.unlink(missing_ok=True)
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if body := await _read_request(reader):
                writer.write(json.dumps(await self._answer(body)).encode())
                await writer.drain()
        except (OSError, ValueError) as error:  # a TimeoutError is an OSError
            log.warning("A request at the control socket was broken off: %s", type(error).__name__)
        finally:
            writer.close()

    async def _answer(self, body: bytes) -> dict[str, object]:
        try:
            request = json.loads(body)
            name, task = request["task"], TASKS[request["task"]]
        except (ValueError, KeyError, TypeError):
            return {
                "error": "the running bot does not know this request; is it of the same "
                "version as this command?"
            }
        now = self._clock.now()
        if name in NEED_RIGHT_TIME and not self._believed():
            return {"error": CLOCK_WRONG}
        try:
            unit = partial(task, wish=request, now=now)
            done = await self._database.write(unit, seconds_max=TASK_SECONDS_MAX)
        except StoreUnavailableError:
            log.exception("The task %s failed.", name)
            return {"doubt": "the running bot lost its database while it wrote; see its log"}
        except Exception as error:
            log.exception("The task %s failed.", name)
            return {"error": f"the running bot failed ({type(error).__name__}); see its log"}
        level = logging.DEBUG if name == "job look" else logging.INFO
        log.log(level, "Did the task %s for the command line.", name)
        self._after_task()
        return {"done": done}


def ask(
    path: Path, task: str, wish: Mapping[str, object], seconds: float = ANSWER_SECONDS_MAX
) -> Mapping[str, object]:
    """Let the running bot do a task, within `seconds`; returns the result.

    Raises:
        NotListeningError: no bot listens, so nothing was done.
        TaskFailedError: the bot refused or failed; nothing was written.
        UncertainResultError: it did not answer, or not in time.
    """
    request = json.dumps({**wish, "task": task}).encode()
    if len(request) > REQUEST_BYTES_MAX:
        raise TaskFailedError("it is too much for one request; divide the file")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(seconds)
        try:
            with _address(path) as address:
                connection.connect(address)
        except (FileNotFoundError, ConnectionRefusedError):
            raise NotListeningError from None
        except (TimeoutError, BlockingIOError):
            raise TaskFailedError("the running bot takes no requests just now") from None
        answer = _answer_to(request, connection)
    if "done" in answer:
        return mapping(answer, "done")
    if "doubt" in answer:
        raise UncertainResultError(string(answer, "doubt"))
    raise TaskFailedError(answer.get("error", "the bot gave no reason"))


def _answer_to(request: bytes, connection: socket.socket) -> dict[str, object]:
    try:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        received = b"".join(iter(partial(connection.recv, PIECE_BYTES), b""))
    except TimeoutError:
        raise UncertainResultError(
            f"the running bot did not answer within {connection.gettimeout():g} s"
        ) from None
    except OSError:
        raise UncertainResultError("the running bot broke off") from None
    try:
        answer: dict[str, object] = json.loads(received)
    except ValueError:
        raise UncertainResultError("the running bot stopped before it had answered") from None
    return answer


def is_open(path: Path) -> bool:
    """Returns whether a bot listens on the socket."""
    with (
        socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection,
        contextlib.ExitStack() as stack,
    ):
        connection.settimeout(ANSWER_SECONDS_MAX)
        try:
            connection.connect(stack.enter_context(_address(path)))
        except OSError:
            return False
    return True


async def _read_request(reader: asyncio.StreamReader) -> bytes:
    """Returns the whole request; empty if the client only checked whether a bot listens."""
    body = bytearray()
    async with asyncio.timeout(READ_SECONDS_MAX):
        while piece := await reader.read(PIECE_BYTES):
            body += piece
            if len(body) > REQUEST_BYTES_MAX:
                raise ValueError("the request is too long")
    return bytes(body)


@contextlib.contextmanager
def _address(path: Path) -> Iterator[str]:
    """Yield the socket's address: its path, or a short alias if the path is too long.

    The system allows about a hundred bytes. Linux shows an open folder under a short path.
    """
    if len(os.fsencode(path)) <= PATH_BYTES_MAX:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
