"""Bots that freeze on purpose: a process whose code is poisoned, on a Telegram of this process.

The poison is laid by `sitecustomize`, which Python imports by itself before anything else.
"""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self

from sandbox.server import Sandbox
from tests.cli.office import PROJECT, Office

__all__ = ["POISON", "FrozenBot"]

POISON = "bom"
SECONDS_MAX = 60.0
SITE = """
import os, sys

if "run" in sys.orig_argv and ("--once" in sys.orig_argv or "--below" in str(sys.orig_argv)):
    import re
    import bot.telemetry.health
    bot.telemetry.health.STANDSTILL_SECONDS_MAX = {standstill}
    from bot.handlers import edge
    from bot.conversation import router

    def freeze():
        os.write(2, b"standing now\\n")
        {freeze}

    if {where!r} == "loop":
        handle = edge._handle

        async def _handle(context, incoming):
            if incoming.text == {poison!r}:
                freeze()
            await handle(context, incoming)

        edge._handle = _handle
    else:
        respond = router._respond

        def _respond(turn):
            if turn.incoming.text == {poison!r}:
                freeze()
            respond(turn)

        router._respond = _respond
"""
FREEZES = {
    "C": 're.match("(a+)+$", "a" * 64 + "b")',
    "Python": "while True: pass",
    "crash": "os.abort()",
    "late": "import atexit; atexit.register(os._exit, 1)",
    "nap": "import asyncio, time; from bot.runtime.sender import Sender;"
    " Sender.stop = lambda self: asyncio.sleep(60); time.sleep(4.5)",
}


class FrozenBot:
    """A bot that freezes at one word.

    Args:
        folder: for its files.
        telegram: whom it meets.
        words: of the command line.
        where: it freezes: in the "loop" or in the thread that writes, the "writer".
        how: in "C", which holds the interpreter, or in "Python"; or it crashes; or it takes a
            nap, and then a long time to stop; or it goes on, and is ended "late" in its stop,
            when its work is done.
        standstill: how long it may; the real figure unless a test has no time.
    """

    def __init__(
        self,
        folder: Path,
        telegram: Sandbox,
        *words: str,
        where: str,
        how: str,
        standstill: float,
        settings: dict[str, str] | None = None,
    ) -> None:
        folder.mkdir(exist_ok=True)
        office = Office(folder)
        self.books = office.books
        site = SITE.format(standstill=standstill, freeze=FREEZES[how], where=where, poison=POISON)
        (folder / "sitecustomize.py").write_text(site, "utf-8")
        self._log = folder / "bot.log"
        environment = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "PYTHONPATH": f"{folder}{os.pathsep}{PROJECT}",
            "BOT_TOKEN": telegram.token,
            "BOT_API_URL": telegram.url,
            "BACKUP_MINUTES": "0",
            **(settings or {}),
        }
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", *words],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()

    @property
    def said(self) -> str:
        return self._log.read_text("utf-8")

    async def until(self, words: str, times: int = 1) -> None:
        """Wait until its output holds this a number of times."""
        began = time.monotonic()
        while self.said.count(words) < times:
            assert self.process.poll() is None, self.said
            assert time.monotonic() - began < SECONDS_MAX, self.said
            await asyncio.sleep(0.02)

    async def ended(self, number: int = signal.SIGTERM) -> tuple[int, float]:
        """Stop it; returns its exit code and the seconds it took."""
        began = time.monotonic()
        self.process.send_signal(number)
        code = await asyncio.to_thread(self.process.wait, SECONDS_MAX)
        return code, time.monotonic() - began


def people(*names: str) -> list[dict[str, Any]]:
    return [
        {"id": 5_001 + place, "first_name": name, "started": True}
        for place, name in enumerate(names)
    ]
