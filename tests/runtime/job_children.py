"""Work for the tests of long work: what goes well, and each way to go wrong.

As a program it is the child; with a file of books behind it, a bot that does nothing but jobs.
"""

import asyncio
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.runtime.job_runner import JobRunner
from bot.store.db.database import open_database
from bot.store.jobs.jobs import Job
from bot.system.child_process import Limits, Parent, Progress, run_child, serve
from bot.system.clock import clock_for

MODULE = "tests.runtime.job_children"
LIMITS = Limits(60, memory_mib=2048)


def _add_up(wish: Mapping[str, Any], parent: Parent) -> dict[str, Any]:
    for number in range(wish["upto"]):
        parent.progress(f"step {number // 2}", number, wish["upto"])
    print("something that belongs into no line")
    return {"sum": sum(range(wish["upto"])), "pid": os.getpid()}


def _say(wish: Mapping[str, Any], parent: Parent) -> dict[str, Any]:
    return {"heard": parent.ask("echo", {"word": wish["word"]})}


def _eat(_wish: Mapping[str, Any], _parent: Parent) -> dict[str, Any]:
    eaten = []
    while True:
        eaten.append(bytearray(16 * 1024 * 1024))


def _sleep(wish: Mapping[str, Any], parent: Parent) -> dict[str, Any]:
    """Until a file is there, or once and for all."""
    Path(wish["begun"]).write_text(str(os.getpid()), "ascii")
    parent.progress("sleeping", 1, 2)
    while not Path(wish.get("until", "/nowhere")).exists():
        time.sleep(0.01)
    return {"pid": os.getpid()}


def _die(wish: Mapping[str, Any], _parent: Parent) -> dict[str, Any]:
    """Dies on its first tries, which it counts in a file."""
    file = Path(wish["tries"])
    tries = len(file.read_text("ascii")) if file.exists() else 0
    file.write_text("x" * (tries + 1), "ascii")
    if tries < wish["times"]:
        os._exit(9)
    return {"tries": tries + 1}


def _refuse(_wish: Mapping[str, Any], _parent: Parent) -> dict[str, Any]:
    raise ValueError("there is nothing to add up\nand a second line")


def _babble(_wish: Mapping[str, Any], parent: Parent) -> dict[str, Any]:
    parent._line.write("no JSON\n")
    parent._line.flush()
    time.sleep(600)
    return {}


async def work(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Does the work of the kind of job that the tests ask for."""
    found: Mapping[str, Any] = await run_child(MODULE, job.wish, LIMITS, progress)
    return found


async def _bot(url: str, epoch: int) -> None:
    clock = clock_for(None)
    await clock.start()
    await JobRunner(open_database(url), clock, epoch, {"test": work}).run()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(_bot(sys.argv[1], int(sys.argv[2])))
    serve(
        {
            "add up": _add_up,
            "say": _say,
            "eat": _eat,
            "sleep": _sleep,
            "die": _die,
            "refuse": _refuse,
            "babble": _babble,
        }
    )
