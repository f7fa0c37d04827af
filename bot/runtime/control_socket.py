"""A local socket beside the database, on which the running bot takes requests of the command line.

One process writes, so a command that has something to write hands it to the bot while there is
one. Only the user who runs the bot can open the socket. A request is one JSON object, its end is
the end of what is sent; so is the answer.
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
CLOCK_IN_DOUBT = (
    "the clock of its machine is wrong. Set it right; python -m bot doctor says by how much"
)
SERVER_SOCKET = Path("data/postgresql.sock")


class NotListeningError(ControlSocketError):
    """No bot listens."""


class TaskFailedError(ControlSocketError):
    """The running bot could not do what it was asked; nothing was written."""


class UncertainResultError(ControlSocketError):
    """The running bot was asked and did not say what came of it: it may have been written."""


def socket_of(database_url: str) -> Path:
    """Returns the path on which the bot of this database listens."""
    file = sqlite_file(database_url)
    return SERVER_SOCKET if file is None else file.with_name(f"{file.name}.sock")


class ControlSocket:
    """Answers requests for as long as the context lasts; to be opened under the lease."""

    def __init__(
        self,
        path: Path,
        database: Database,
        clock: Clock,
        believed: Callable[[], bool] = lambda: True,
        asked: Callable[[], None] = lambda: None,
    ) -> None:
        """`believed` says whether the clock is; while it is not, no month is closed.

        `asked` is called after each task, which may have asked for long work.
        """
        self._asked = asked
        self._believed = believed
        self._path = path
        self._database = database
        self._clock = clock
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.unlink(missing_ok=True)  # left by a bot that was killed; we hold the lease
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            with _address(self._path) as address:
                listening.bind(address)
            self._path.chmod(0o600)
            # No one could connect before: a socket that is bound does not listen yet.
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
            if said := await _whole(reader):
                writer.write(json.dumps(await self._answer(said)).encode())
                await writer.drain()
        except (OSError, ValueError) as error:  # a TimeoutError is an OSError
            log.warning("A request at the control socket was broken off: %s", type(error).__name__)
        finally:
            writer.close()

    async def _answer(self, said: bytes) -> dict[str, object]:
        try:
            wish = json.loads(said)
            name, task = wish["task"], TASKS[wish["task"]]
        except (ValueError, KeyError, TypeError):
            return {
                "error": "the running bot does not understand the request; is it of the same "
                "version as this command?"
            }
        now = self._clock.now()
        if name in NEED_RIGHT_TIME and not self._believed():
            return {"error": CLOCK_IN_DOUBT}
        try:
            unit = partial(task, wish=wish, now=now)
            done = await self._database.write(unit, seconds_max=TASK_SECONDS_MAX)
        except StoreUnavailableError:
            log.exception("The task %s failed.", name)
            return {"doubt": "the running bot could not reach its books to the end; see its log"}
        except Exception as error:
            log.exception("The task %s failed.", name)
            return {"error": f"the running bot failed at it ({type(error).__name__}); see its log"}
        level = logging.DEBUG if name == "job look" else logging.INFO
        log.log(level, "Did the task %s for the command line.", name)
        self._asked()
        return {"done": done}


def ask(
    path: Path, task: str, wish: Mapping[str, object], seconds: float = ANSWER_SECONDS_MAX
) -> Mapping[str, object]:
    """Ask the running bot to do a task, and wait for it; returns its answer.

    Raises:
        NobodyThere: no bot listens, so nothing was done.
        TaskFailedError: the bot refused or failed; nothing was written.
        UncertainResultError: it did not answer, or not in time.
    """
    request = json.dumps({**wish, "task": task}).encode()
    if len(request) > REQUEST_BYTES_MAX:
        raise TaskFailedError("it is too much for one request; divide the file")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(seconds)
        try:
            with _address(path) as address:
                line.connect(address)
        except (FileNotFoundError, ConnectionRefusedError):
            raise NotListeningError from None
        except (TimeoutError, BlockingIOError):
            raise TaskFailedError("the running bot takes no requests just now") from None
        answer = _answer_to(request, line)
    if "done" in answer:
        return mapping(answer, "done")
    if "doubt" in answer:
        raise UncertainResultError(string(answer, "doubt"))
    raise TaskFailedError(answer.get("error", "the bot gave no reason"))


def _answer_to(request: bytes, line: socket.socket) -> dict[str, object]:
    try:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        said = b"".join(iter(partial(line.recv, PIECE_BYTES), b""))
    except TimeoutError:
        raise UncertainResultError(
            f"the running bot did not answer within {line.gettimeout():g} s"
        ) from None
    except OSError:
        raise UncertainResultError("the running bot broke off") from None
    try:
        answer: dict[str, object] = json.loads(said)
    except ValueError:
        raise UncertainResultError("the running bot stopped before it had answered") from None
    return answer


def is_open(path: Path) -> bool:
    """Whether a bot listens."""
    with (
        socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line,
        contextlib.ExitStack() as stack,
    ):
        line.settimeout(ANSWER_SECONDS_MAX)
        try:
            line.connect(stack.enter_context(_address(path)))
        except OSError:
            return False
    return True


async def _whole(reader: asyncio.StreamReader) -> bytes:
    """Returns the whole request; empty from a client that only looked whether a bot listens."""
    said = bytearray()
    async with asyncio.timeout(READ_SECONDS_MAX):
        while piece := await reader.read(PIECE_BYTES):
            said += piece
            if len(said) > REQUEST_BYTES_MAX:
                raise ValueError("too long a request")
    return bytes(said)


@contextlib.contextmanager
def _address(path: Path) -> Iterator[str]:
    """The path as the system takes it: it allows some hundred bytes.

    A longer one is reached through its folder, which Linux shows under a short name.
    """
    if len(os.fsencode(path)) <= PATH_BYTES_MAX:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
