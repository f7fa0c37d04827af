"""A child process for long work: limits of time and memory, and lines of JSON in both directions.

The parent writes the wish as one line and answers what the child asks; the child writes lines with
its progress, with what it wants written, and last with its result. What breaks in the child breaks
nothing in the parent, and a child whose parent has died ends at once.
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
from typing import Any, Final, TypeAlias

import bot

__all__ = ["Crashed", "Failed", "Limits", "Parent", "run_child", "serve"]

LINE_BYTES_MAX: Final = 64 * 1024 * 1024
NICENESS: Final = 10
FIRST_TO_DIE: Final = "500"
"""Where memory runs out, Linux is to end the child and not the bot."""
PROGRESS_SECONDS: Final = 1.0
TOLD_MAX: Final = 500

Answer: TypeAlias = Callable[[str, Mapping[str, Any]], Awaitable[dict[str, Any]]]
Progress: TypeAlias = Callable[[str, int, int], Awaitable[None]]


class Failed(Exception):  # noqa: N818 - says what is the case
    """It could not be done; the words are fit for a log."""


class Crashed(Failed):
    """The process ended without a word, so another try may go well."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may take.

    Attributes:
        seconds: then it is killed.
        memory_mib: of data of its own; None for no limit.
    """

    seconds: float
    memory_mib: int | None = None


async def _unheard(_step: str, _done: int, _total: int) -> None:
    """Nobody wants to know."""


async def _refuse(task: str, _wish: Mapping[str, Any]) -> dict[str, Any]:
    raise RuntimeError(f"nothing of this work is written: {task}")


async def run_child(
    module: str,
    wish: Mapping[str, Any],
    limits: Limits,
    progress: Progress = _unheard,
    answer: Answer = _refuse,
) -> Any:
    """Run `module` as a process of its own; returns its result.

    Args:
        module: calls `serve`.
        wish: what it is to do, plain JSON; `task` names it. No list of processes shows it.
        limits: of time and memory.
        progress: told how far it is.
        answer: does what the child wants written, and gives what comes of it.

    Raises:
        Failed: it could not be done, or not within its limits.
        Crashed: the process ended before it had a result.
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
        start_new_session=True,  # Ctrl-C at the terminal is for the bot, which ends us
    )
    try:
        async with asyncio.timeout(limits.seconds):
            return await _talk(
                process, {**wish, "memory_mib": limits.memory_mib}, progress, answer
            )
    except TimeoutError:
        raise Failed(f"it took more than {limits.seconds:.0f} s") from None
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
    wish: Mapping[str, Any],
    progress: Progress,
    answer: Answer,
) -> Any:
    assert process.stdin is not None
    assert process.stdout is not None

    async def say(facts: Mapping[str, Any]) -> None:
        assert process.stdin is not None
        with contextlib.suppress(ConnectionError):  # it has ended, as reading will show
            process.stdin.write(json.dumps(facts).encode() + b"\n")
            await process.stdin.drain()

    await say(wish)
    while (line := await _line(process.stdout)) is not None:
        match line:
            case {"step": step, "done": done, "total": total}:
                await progress(step, done, total)
            case {"ask": task, "wish": asked}:
                await say(await answer(task, asked))
            case {"error": words}:
                raise Failed(words)
            case {"result": result}:
                return result
            case _:
                break
    if not process.stdout.at_eof():
        # What it says makes no sense. One that has ended is not killed: asking after it would
        # take its exit code away from who waits for it.
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    raise Crashed(f"its process ended with {await process.wait()}")


async def _line(stream: asyncio.StreamReader) -> Any:
    """Returns what stands in the next line; None at the end, and where it is broken or endless."""
    try:
        said = await stream.readline()
        return json.loads(said) if said else None
    except ValueError:
        return None


class Parent:
    """The bot, as its child sees it."""

    def __init__(self, answers: "queue.SimpleQueue[dict[str, Any]]", line: Any) -> None:
        self._answers = answers
        self._line = line
        self._told: tuple[str, float] = ("", 0.0)

    def progress(self, step: str, done: int, total: int) -> None:
        """Say how far it is: at most once a second, and at each new step."""
        now = time.monotonic()
        if step == self._told[0] and now < self._told[1] + PROGRESS_SECONDS:
            return
        self._told = (step, now)
        self.say({"step": step, "done": done, "total": total})

    def ask(self, task: str, wish: Mapping[str, Any]) -> dict[str, Any]:
        """Have something written; returns what came of it."""
        self.say({"ask": task, "wish": wish})
        return self._answers.get()

    def say(self, facts: Mapping[str, Any]) -> None:
        """Write one line."""
        self._line.write(json.dumps(facts) + "\n")
        self._line.flush()


Task: TypeAlias = Callable[[Mapping[str, Any], Parent], Any]


def serve(tasks: Mapping[str, Task]) -> None:
    """The child's whole life: one wish, one result."""
    os.umask(0o077)
    os.nice(NICENESS)
    # Whatever else is printed does not get between the lines.
    line = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    wish: dict[str, Any] = json.loads(sys.stdin.readline())
    _limit(wish.pop("memory_mib"))
    answers: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    parent = Parent(answers, line)
    threading.Thread(target=_receive, args=(answers,), daemon=True).start()
    try:
        said = {"result": tasks[wish["task"]](wish, parent)}
    except MemoryError:
        said = {"error": "it needs more memory than it may take"}
    except Exception as error:  # noqa: BLE001 - whatever it is, the bot has to be told
        said = {"error": _words(error)}
    parent.say(said)
    os._exit(0)  # the thread that hears is in the middle of a read


def _words(error: Exception) -> str:
    told = getattr(error, "message", None) or str(error)
    return f"{type(error).__name__}: {(str(told).splitlines() or [''])[0]}"[:TOLD_MAX]


def _receive(answers: "queue.SimpleQueue[dict[str, Any]]") -> None:
    """Take in what the parent answers; its silence is its death."""
    for said in sys.stdin:
        answers.put(json.loads(said))
    os._exit(1)


def _limit(memory_mib: int | None) -> None:
    with contextlib.suppress(OSError):  # only Linux has it
        Path("/proc/self/oom_score_adj").write_text(FIRST_TO_DIE, "ascii")
    if memory_mib is None:
        return
    most = memory_mib * 1024 * 1024
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
