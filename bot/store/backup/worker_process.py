"""Has the books copied or proved in a process of its own, so that the bot goes on meanwhile.

That process only reads the books. It may be killed at any instant, and what breaks in it breaks
nothing here. It is told what to do on its standard input, where no list of processes shows it.
"""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import bot

__all__ = ["Failed", "copy_apart", "pages_apart", "prove_apart"]

SECONDS_MAX: Final = 3600.0
NICENESS: Final = 10
FAULTS_TOLD_MAX: Final = 20


class Failed(Exception):  # noqa: N818 - says what is the case
    """It could not be done; the words are fit for a log."""


async def copy_apart(books: Path, folder: Path, now: datetime, *, prune: bool = True) -> Path:
    """Make a proved copy in the folder and let go of old ones; see `bot.store.backup.copies`.

    Without `prune` all old ones stay.

    Raises:
        Failed: there is no new copy.
    """
    facts = {
        "books": str(books),
        "folder": str(folder),
        "now": now.isoformat(),
        "prune": "yes" if prune else "",
    }
    return Path(str(await _apart("copy", facts)))


async def prove_apart(url: str, time_zone: str) -> tuple[int, list[str]]:
    """Prove the books on a snapshot; gives the number of faults, and the first of them in words.

    Raises:
        Failed: nobody knows whether the books are sound.
    """
    found = await _apart("prove", {"url": url, "time_zone": time_zone})
    return int(found["number"]), [str(each) for each in found["first"]]


async def pages_apart(books: Path, seconds: float) -> list[str]:
    """Read every page of the books; returns what is broken, a sentence each.

    Raises:
        Failed: nobody knows; for instance, the books are too large for so many seconds.
    """
    found = await _apart("pages", {"books": str(books)}, seconds)
    return [str(each) for each in found]


async def _apart(task: str, facts: dict[str, str], seconds: float = SECONDS_MAX) -> Any:
    home = str(Path(bot.__path__[0]).parent)
    known = os.environ.get("PYTHONPATH", "")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.store.backup.worker_process",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": f"{home}{os.pathsep}{known}" if known else home},
        start_new_session=True,  # Ctrl-C at the terminal is for the bot, which ends us
    )
    try:
        async with asyncio.timeout(seconds):
            said, _ = await process.communicate(json.dumps({"task": task, **facts}).encode())
    except TimeoutError:
        raise Failed(f"it took more than {seconds:.0f} s") from None
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    try:
        answer: dict[str, Any] = json.loads(said)
    except ValueError:
        raise Failed(f"its process ended with {process.returncode}") from None
    if "error" in answer:
        raise Failed(answer["error"])
    return answer["done"]


def _main() -> None:
    """The other process: one task, one answer."""
    os.umask(0o077)
    os.nice(NICENESS)
    wish: dict[str, str] = json.load(sys.stdin)
    tasks: dict[str, Callable[[dict[str, str]], Any]] = {
        "copy": _copied,
        "pages": _read,
        "prove": _proved,
    }
    try:
        answer = {"done": tasks[wish["task"]](wish)}
    except Exception as error:  # noqa: BLE001 - whatever it is, the bot has to be told
        words = (str(error).splitlines() or [""])[0]
        answer = {"error": f"{type(error).__name__}: {words}"}
    json.dump(answer, sys.stdout)


def _copied(wish: dict[str, str]) -> str:
    from bot.store.backup.copies import copy_by_schedule  # noqa: PLC0415 - for the other process alone

    now = datetime.fromisoformat(wish["now"])
    books, folder = Path(wish["books"]), Path(wish["folder"])
    return str(copy_by_schedule(books, folder, now, prune=bool(wish["prune"])))


def _read(wish: dict[str, str]) -> list[str]:
    from bot.store.db import file_pages  # noqa: PLC0415 - for the other process alone

    return file_pages.faults(Path(wish["books"]))


def _proved(wish: dict[str, str]) -> dict[str, Any]:
    from bot.store.db import read_only  # noqa: PLC0415 - for the other process alone
    from bot.store.proof import integrity  # noqa: PLC0415 - for the other process alone

    faults = asyncio.run(
        read_only.look(wish["url"], lambda conn: integrity.prove(conn, wish["time_zone"]))
    )
    return {"number": len(faults), "first": faults[:FAULTS_TOLD_MAX]}


if __name__ == "__main__":
    _main()
