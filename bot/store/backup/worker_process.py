"""Runs backups and integrity checks in a child process, so that the bot goes on meanwhile.

That process only reads the database. It may be killed at any instant, and its failures do not
affect the bot.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.core.input.checked_json import array, integer, string
from bot.system.child_process import Facts, Limits, Parent, run_child, serve

__all__ = ["check_in_child", "check_pages_in_child", "copy_in_child"]

COPY: Final = Limits(3600, memory_mib=1024)
CHECK: Final = Limits(3600, memory_mib=4096)
FAULTS_REPORTED_MAX: Final = 20


async def copy_in_child(
    database: Path, folder: Path, now: datetime, *, prune: bool = True
) -> Path:
    """Make a verified copy in the folder and delete old ones; see `bot.store.backup.copies`.

    Without `prune` all old ones stay.

    Raises:
        JobError: there is no new copy.
    """
    facts = {
        "database": str(database),
        "folder": str(folder),
        "now": now.isoformat(),
        "prune": "yes" if prune else "",
    }
    return Path(string(await _in_child("copy", facts, COPY), "file"))


async def check_in_child(url: str, time_zone: str) -> tuple[int, list[str]]:
    """Check the database on a snapshot; returns the number of faults, and the first in words.

    Raises:
        JobError: the check did not end, so its outcome is not known.
    """
    found = await _in_child("check", {"url": url, "time_zone": time_zone}, CHECK)
    return integer(found, "number"), [str(each) for each in array(found, "first")]


async def check_pages_in_child(database: Path, seconds: float) -> list[str]:
    """Read every page of the database; returns what is damaged, a sentence each.

    Raises:
        JobError: the check did not end; for instance, the file is too large for that many seconds.
    """
    limits = Limits(seconds, COPY.memory_mib)
    found = await _in_child("pages", {"database": str(database)}, limits)
    return [str(each) for each in array(found, "damages")]


async def _in_child(task: str, facts: Mapping[str, str], limits: Limits) -> Facts:
    return await run_child("bot.store.backup.worker_process", {"task": task, **facts}, limits)


def _copied(wish: Facts, _: Parent) -> Facts:
    from bot.store.backup.copies import copy_by_schedule  # noqa: PLC0415 - for the child alone

    now = datetime.fromisoformat(str(wish["now"]))
    database, folder = Path(str(wish["database"])), Path(str(wish["folder"]))
    copy = copy_by_schedule(database, folder, now, prune=bool(wish["prune"]))
    return {"file": str(copy)}


def _read(wish: Facts, _: Parent) -> Facts:
    from bot.store.db import file_pages  # noqa: PLC0415 - for the child alone

    return {"damages": file_pages.faults(Path(str(wish["database"])))}


def _checked(wish: Facts, _: Parent) -> Facts:
    from bot.store.db import read_only  # noqa: PLC0415 - for the child alone
    from bot.store.proof import integrity  # noqa: PLC0415 - for the child alone

    faults = asyncio.run(
        read_only.look(
            str(wish["url"]), lambda conn: integrity.prove(conn, str(wish["time_zone"]))
        )
    )
    return {"number": len(faults), "first": faults[:FAULTS_REPORTED_MAX]}


if __name__ == "__main__":
    serve({"copy": _copied, "pages": _read, "check": _checked})
