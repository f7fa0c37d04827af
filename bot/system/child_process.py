"""Runs long work in a child process, with limits of time and memory.

Both sides write lines of JSON. The parent writes the request and the answers to the child's
questions; the child writes its progress, its questions, and last its result. A failure in the
child leaves the parent as it is, and a child whose parent has died ends at once.
"""

import asyncio
import contextlib
import json
import os
import queue
import resource
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO, TypeAlias

import bot
from bot.core.errors import JobError
from bot.core.input.checked_json import string

__all__ = [
    "AskHandler",
    "Facts",
    "JobCrashedError",
    "Limits",
    "Parent",
    "Progress",
    "run_child",
    "serve",
]

LINE_BYTES_MAX: Final = 64 * 1024 * 1024
NICENESS: Final = 10
OOM_SCORE: Final = "500"
"""Makes Linux end the child, not the bot, when memory runs out."""
PROGRESS_SECONDS: Final = 1.0
ERROR_CHARACTERS_MAX: Final = 500

Facts: TypeAlias = Mapping[str, object]
"""A JSON object; `bot.core.input.checked_json` reads its values."""

AskHandler: TypeAlias = Callable[[str, Facts], Awaitable[Facts]]
Progress: TypeAlias = Callable[[str, int, int], Awaitable[None]]


class JobCrashedError(JobError):
    """The process ended without a result, so another attempt may succeed."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a child process.

    Attributes:
        seconds: after which it is killed.
        memory_mib: of its own data; None for no limit.
    """

    seconds: float
    memory_mib: int | None = None


async def _ignored(_step: str, _done: int, _total: int) -> None:
    """Ignore progress."""


async def _refuse(task: str, _request: Facts) -> Facts:
    raise RuntimeError(f"this work may not ask for anything: {task}")


async def run_child(
    module: str,
    request: Facts,
    limits: Limits,
    progress: Progress = _ignored,
    answer: AskHandler = _refuse,
) -> Facts:
    """Run `module` as a child process; returns its result.

    Args:
        module: calls `serve`.
        request: plain JSON with the name of a task in `task`; not visible in process lists.
        limits: of time and memory.
        progress: called with the step, what is done of it and the total.
        answer: does what the child asks for, such as writing rows; returns the reply.

    Raises:
        JobError: the work failed or reached a limit.
        JobCrashedError: the process ended before it had a result.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=_environment(),
        limit=LINE_BYTES_MAX,
        start_new_session=True,  # Ctrl-C at the terminal is for the bot, which ends the child
    )
    try:
        async with asyncio.timeout(limits.seconds):
            return await _talk(
                process, {**request, "memory_mib": limits.memory_mib}, progress, answer
            )
    except TimeoutError:
        raise JobError(f"it took more than {limits.seconds:.0f} s") from None
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def _environment() -> dict[str, str]:
    home = str(Path(bot.__path__[0]).parent)
    known = os.environ.get("PYTHONPATH", "")
    return {**os.environ, "PYTHONPATH": f"{home}{os.pathsep}{known}" if known else home}


async def _talk(
    process: asyncio.subprocess.Process,
    request: Facts,
    progress: Progress,
    answer: AskHandler,
) -> Facts:
    assert process.stdin is not None
    assert process.stdout is not None

    async def say(facts: Facts) -> None:
        assert process.stdin is not None
        with contextlib.suppress(ConnectionError):  # it has ended, as reading will show
            process.stdin.write(json.dumps(facts).encode() + b"\n")
            await process.stdin.drain()

    await say(request)
    while (line := await _line(process.stdout)) is not None:
        match line:
            case {"step": step, "done": done, "total": total}:
                await progress(step, done, total)
            case {"ask": task, "request": asked}:
                await say(await answer(task, asked))
            case {"error": words}:
                raise JobError(words)
            case {"result": dict() as result}:
                return result
            case _:
                break
    if not process.stdout.at_eof():
        # The line is invalid. A process that has ended must not be killed: that would reap it, and
        # `wait` would not get its exit code.
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    raise JobCrashedError(f"its process ended with {await process.wait()}")


async def _line(stream: asyncio.StreamReader) -> object:
    """Returns the value of the next line; None at the end, or for a broken or endless line."""
    try:
        said = await stream.readline()
        return json.loads(said) if said else None
    except ValueError:
        return None


class Parent:
    """The parent process, as its child sees it."""

    def __init__(self, answers: "queue.SimpleQueue[Facts]", line: TextIO) -> None:
        self._answers = answers
        self._line = line
        self._reported: tuple[str, float] = ("", 0.0)

    def progress(self, step: str, done: int, total: int) -> None:
        """Report progress: at most once a second, and at each new step."""
        now = time.monotonic()
        if step == self._reported[0] and now < self._reported[1] + PROGRESS_SECONDS:
            return
        self._reported = (step, now)
        self.say({"step": step, "done": done, "total": total})

    def ask(self, task: str, request: Facts) -> Facts:
        """Ask the parent to do a task; returns its answer."""
        self.say({"ask": task, "request": request})
        return self._answers.get()

    def say(self, facts: Facts) -> None:
        """Write one line."""
        self._line.write(json.dumps(facts) + "\n")
        self._line.flush()


ChildTask: TypeAlias = Callable[[Facts, Parent], Facts]


def serve(tasks: Mapping[str, ChildTask]) -> None:
    """Run the child: read one request, write one result, and end the process."""
    os.umask(0o077)
    os.nice(NICENESS)
    # Other output goes to the standard error, so that it does not get between the lines.
    line = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    request: dict[str, object] = json.loads(sys.stdin.readline())
    memory_mib = request.pop("memory_mib")
    _limit(memory_mib if isinstance(memory_mib, int) else None)
    answers: queue.SimpleQueue[Facts] = queue.SimpleQueue()
    parent = Parent(answers, line)
    threading.Thread(target=_receive, args=(answers,), daemon=True).start()
    try:
        said: Facts = {"result": tasks[string(request, "task")](request, parent)}
    except MemoryError:
        said = {"error": "it needs more memory than its limit"}
    except Exception as error:  # noqa: BLE001 - the parent has to learn of any error
        said = {"error": _message(error)}
    parent.say(said)
    os._exit(0)  # the reading thread is in the middle of a read


def _message(error: Exception) -> str:
    text = getattr(error, "message", None) or str(error)
    return f"{type(error).__name__}: {(str(text).splitlines() or [''])[0]}"[:ERROR_CHARACTERS_MAX]


def _receive(answers: "queue.SimpleQueue[Facts]") -> None:
    """Queue the parent's answers; end the process when the parent has ended."""
    for said in sys.stdin:
        answers.put(json.loads(said))
    os._exit(1)


def _limit(memory_mib: int | None) -> None:
    with contextlib.suppress(OSError):  # only on Linux
        Path("/proc/self/oom_score_adj").write_text(OOM_SCORE, "ascii")
    if memory_mib is None:
        return
    most = memory_mib * 1024 * 1024
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
