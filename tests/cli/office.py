"""An operator's machine: a folder of its own, with settings, and the command line in it."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO

import pytest

from bot.cli.demo.cast import LEADING
from bot.cli.demo.seed import seed_demo
from bot.company import load_company
from bot.store.db.database import open_database
from bot.store.db.migrations import migrate

PROJECT = Path(__file__).parents[2]
TOKEN = "1000001:SANDBOX_TOKEN_FOR_LOCAL_USE_ONLY_0001"
UNREACHABLE = "http://127.0.0.1:9"
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
SECONDS_MAX = 30
WORDS_SECONDS_MAX = 120
"""Longer than anything takes that a test waits for, also on a busy machine."""


class Office:
    """One folder, in which commands are run as an operator would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.books = folder / "data" / "jualdulu.db"
        sample = (PROJECT / "company.sample.toml").read_text("utf-8")
        in_english = sample.replace('languages = ["id", "en"]', 'languages = ["en", "id"]')
        (folder / "company.toml").write_text(in_english, "utf-8")
        self.settings = {"BOT_TOKEN": TOKEN, "BOT_API_URL": UNREACHABLE}

    @property
    def url(self) -> str:
        return f"sqlite+aiosqlite:///{self.books}"

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command from its start to its end."""
        return subprocess.run(
            [sys.executable, "-m", "bot", *words],
            cwd=self.folder,
            env=self._environment(),
            capture_output=True,
            text=True,
            timeout=SECONDS_MAX,
            check=False,
        )

    @contextmanager
    def running(self, *words: str) -> Iterator["Running"]:
        """A command that runs until it is stopped; killed at the end if it still runs."""
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", *words],
            cwd=self.folder,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert process.stdout is not None
        running = Running(process, process.stdout)
        try:
            yield running
        finally:
            process.kill()
            process.wait()
            running.close()
            process.stdout.close()

    def _environment(self) -> dict[str, str]:
        kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT), "LANG": "C.UTF-8"}
        return kept | self.settings


class Running:
    """A command that is still running."""

    def __init__(self, process: subprocess.Popen[str], output: IO[str]) -> None:
        self.process = process
        self.said = ""
        self._lines: SimpleQueue[str] = SimpleQueue()
        self._reader = Thread(target=self._pump, args=(output,))
        self._reader.start()

    def until(self, words: str) -> None:
        """Wait until the command has printed these words; fails if it does not in time."""
        end = time.monotonic() + WORDS_SECONDS_MAX
        while words not in self.said:
            try:
                line = self._lines.get(timeout=max(0, end - time.monotonic()))
            except Empty:
                pytest.fail(f"it has not printed {words!r}:\n{self.said}")
            assert line, f"it ended without saying {words!r}:\n{self.said}"
            self.said += line

    def stop(self, number: int) -> int:
        """Send a signal; returns the exit code."""
        self.process.send_signal(number)
        code = self.process.wait(SECONDS_MAX)
        self.close()
        while line := self._lines.get():
            self.said += line
        return code

    def close(self) -> None:
        """Wait until all that an ended command printed is read."""
        self._reader.join(SECONDS_MAX)

    def _pump(self, output: IO[str]) -> None:
        for line in output:
            self._lines.put(line)
        self._lines.put("")  # the end


def fill(url: str) -> None:
    """A database in which a small company has worked for some weeks."""
    asyncio.run(_fill(url))


async def _fill(url: str) -> None:
    await migrate(url)  # and not a copy: each company has a seal of its own
    company = load_company(PROJECT / "company.sample.toml")
    database = open_database(url)
    await database.write(partial(seed_demo, company=company, now=NOW, cast=LEADING))
    await database.close()


@contextmanager
def sandbox(*, token: str = TOKEN) -> Iterator[str]:
    """A local Telegram as a process of its own; returns its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "sandbox", "--port", "0", "--steady", "--token", token],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().split()[-1]
    finally:
        process.terminate()
        process.wait(SECONDS_MAX)
        process.stdout.close()
