"""An operator's machine: a folder of its own, with settings, and the command line in it."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO

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


class Office:
    """One folder, in which commands are run as an operator would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.books = folder / "data" / "jualdulu.db"
        shutil.copy(PROJECT / "company.sample.toml", folder / "company.toml")
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
        try:
            yield Running(process, process.stdout)
        finally:
            process.kill()
            process.wait()
            process.stdout.close()

    def _environment(self) -> dict[str, str]:
        kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT), "LANG": "C.UTF-8"}
        return kept | self.settings


class Running:
    """A command that is still running."""

    def __init__(self, process: subprocess.Popen[str], output: IO[str]) -> None:
        self.process = process
        self._output = output
        self.said = ""

    def until(self, words: str) -> None:
        """Read the output until these words appear."""
        while words not in self.said:
            line = self._output.readline()
            assert line, f"it ended without saying {words!r}:\n{self.said}"
            self.said += line

    def stop(self, number: int) -> int:
        """Send a signal; returns the exit code."""
        self.process.send_signal(number)
        self.said += self._output.read()
        return self.process.wait(SECONDS_MAX)


def fill(url: str) -> None:
    """A database in which a small company has worked for some weeks."""
    asyncio.run(_fill(url))


async def _fill(url: str) -> None:
    await migrate(url)
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
