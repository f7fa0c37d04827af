"""Has the books copied or proved in a process of its own, so that the bot goes on meanwhile.

That process only reads the books. It may be killed at any instant, and what breaks in it breaks
nothing here.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from bot.system.child_process import Failed, Limits, Parent, run_child, serve

__all__ = ["Failed", "copy_apart", "pages_apart", "prove_apart"]

COPY: Final = Limits(3600, memory_mib=1024)
PROOF: Final = Limits(3600, memory_mib=4096)
FAULTS_TOLD_MAX: Final = 20


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
    return Path(str(await _apart("copy", facts, COPY)))


async def prove_apart(url: str, time_zone: str) -> tuple[int, list[str]]:
    """Prove the books on a snapshot; gives the number of faults, and the first of them in words.

    Raises:
        Failed: nobody knows whether the books are sound.
    """
    found = await _apart("prove", {"url": url, "time_zone": time_zone}, PROOF)
    return int(found["number"]), [str(each) for each in found["first"]]


async def pages_apart(books: Path, seconds: float) -> list[str]:
    """Read every page of the books; returns what is broken, a sentence each.

    Raises:
        Failed: nobody knows; for instance, the books are too large for so many seconds.
    """
    limits = Limits(seconds, COPY.memory_mib)
    return [str(each) for each in await _apart("pages", {"books": str(books)}, limits)]


async def _apart(task: str, facts: Mapping[str, str], limits: Limits) -> Any:
    return await run_child("bot.store.backup.worker_process", {"task": task, **facts}, limits)


def _copied(wish: Mapping[str, Any], _: Parent) -> str:
    from bot.store.backup.copies import copy_by_schedule  # noqa: PLC0415 - for the other process alone

    now = datetime.fromisoformat(wish["now"])
    books, folder = Path(wish["books"]), Path(wish["folder"])
    return str(copy_by_schedule(books, folder, now, prune=bool(wish["prune"])))


def _read(wish: Mapping[str, Any], _: Parent) -> list[str]:
    from bot.store.db import file_pages  # noqa: PLC0415 - for the other process alone

    return file_pages.faults(Path(wish["books"]))


def _proved(wish: Mapping[str, Any], _: Parent) -> dict[str, Any]:
    from bot.store.db import read_only  # noqa: PLC0415 - for the other process alone
    from bot.store.proof import integrity  # noqa: PLC0415 - for the other process alone

    faults = asyncio.run(
        read_only.look(wish["url"], lambda conn: integrity.prove(conn, wish["time_zone"]))
    )
    return {"number": len(faults), "first": faults[:FAULTS_TOLD_MAX]}


if __name__ == "__main__":
    serve({"copy": _copied, "pages": _read, "prove": _proved})
