"""The supervisor: when it starts the bot again, and when it gives up.

Each life is a small program in the bot's place, which prints and ends as a list says.
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.cli.service import supervisor
from bot.cli.service.supervisor import supervise
from bot.system.process_lock import FileLeaseHeldError, ProcessLock
from sandbox.server import Sandbox
from tests.cli.service.frozen import FrozenBot, people

pytestmark = pytest.mark.long

BOT = """#!/bin/sh
echo "$@" >> {folder}/lives
said=$(sed -n "$(wc -l < {folder}/lives)p" {folder}/script)
case "$said" in *r*) printf r >&0;; esac
case "$said" in *d*) printf d >&0;; esac
case "$said" in *K*) kill -KILL $$;; esac
exit "$(echo "$said" | tr -d rdK)"
"""


class Lives:
    """What the bot does, life by life: `r` is ready, `d` was asked to stop, `K` is killed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.bot = folder / "python"
        self.bot.write_text(BOT.format(folder=folder), "utf-8")
        self.bot.chmod(0o700)

    def play(self, *lives: str, first: tuple[str, ...] = ()) -> int:
        """Supervise these lives; returns the exit code."""
        (self._folder / "script").write_text("\n".join(lives) + "\n", "utf-8")
        return supervise("run", first=first)

    @property
    def calls(self) -> list[str]:
        """Returns the command line of each life."""
        return (self._folder / "lives").read_text("utf-8").splitlines()


@pytest.fixture
def lives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lives]:
    lives = Lives(tmp_path)
    monkeypatch.setattr(sys, "executable", str(lives.bot))
    monkeypatch.setattr(supervisor, "PAUSES", (0.01,))
    numbers = (*supervisor.SIGNALS, signal.SIGALRM)
    before = [signal.getsignal(number) for number in numbers]
    yield lives
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


@pytest.mark.parametrize(
    ("script", "code", "count"),
    [
        (["rd0"], 0, 1),
        (["2"], 2, 1),
        (["1"], 1, 1),
        (["K", "rd0"], 0, 2),
        (["K", "2"], 2, 2),  # no life was ready yet: its settings are wrong
        (["r1", "rd0"], 0, 2),
        (["r1", "1", "2", "1", "rd0"], 0, 5),
        (["rK", "1", "K", "2", "r1", "1", "rd0"], 0, 7),
        (["r1", "1", "d0"], 0, 3),  # asked to stop before it was ready
        (["rd1"], 0, 1),  # after its last word nothing is left to do
    ],
)
def test_once_a_bot_was_ready_it_is_started_again_until_it_is_told_to_stop(
    lives: Lives, script: list[str], code: int, count: int
) -> None:
    # Where it goes on too long, it ends with another code.
    assert lives.play(*script, "d99") == code
    assert len(lives.calls) == count


@pytest.mark.parametrize("after", [0, 1])
def test_a_bot_for_which_there_is_no_memory_is_started_when_there_is(
    lives: Lives, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], after: int
) -> None:
    popen, tries = subprocess.Popen, list[int]()

    def forked(*words: Any, **how: Any) -> Any:
        tries.append(1)
        if after < len(tries) <= after + 3:
            raise BlockingIOError(11, os.strerror(11))
        return popen(*words, **how)

    monkeypatch.setattr(subprocess, "Popen", forked)
    assert lives.play(*["r1"] * after, "rd0", first=("--new",)) == 0
    assert len(tries) == 4 + after
    assert "--new" in lives.calls[0]
    assert capfd.readouterr().err.count("cannot be started just now") == 3


async def test_a_bot_whose_database_is_held_by_another_after_a_crash_comes_back(
    tmp_path: Path,
) -> None:
    """As it is on a server that still sees the connection of the life before."""
    async with Sandbox(people("Sari"), flood=False) as telegram:
        frozen = FrozenBot(tmp_path, telegram, "run", where="loop", how="crash", standstill=6.0)
        with frozen as bot:
            await bot.until("ready as")
            lease = ProcessLock(bot.books)
            os.kill(int(lease.lock.read_text("utf-8")), signal.SIGKILL)
            while not lease.held:
                try:
                    lease.take()
                except FileLeaseHeldError:
                    await asyncio.sleep(0.01)
            await bot.until("already in use")
            lease.release()
            await bot.until("ready as", 2)
            code, _ = await bot.ended()
    assert code == 0, bot.said
