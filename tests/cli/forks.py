"""An office whose commands are forked from a process that has everything imported.

What runs in the child is what `python -m bot` runs; only the seconds of the imports are saved.
That a command starts as a process of its own is shown where `Office` itself is used.
"""

import atexit
import importlib
import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from bot.cli.command_line import command_line
from tests.cli.office import PROJECT, SECONDS_MAX, WORDS_SECONDS_MAX, Office, Running

LOOK_SECONDS = 0.02
STEPS_MAX = 1_000_000


class Forks:
    """The process that forks."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.cli.forks"],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def end(self) -> None:
        """Let the process end, with nothing more to fork."""
        self._process.communicate(timeout=SECONDS_MAX)

    def ask(self, **wish: Any) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(wish) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@cache
def shared_forks() -> Forks:
    """Returns the process that forks for all tests of this one; it ends with it."""
    forks = Forks()
    atexit.register(forks.end)
    return forks


class ForkedOffice(Office):
    """The same machine, quicker."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.forks = shared_forks()
        self._number = 0

    def run(self, *words: str, stop_at: int | None = None) -> subprocess.CompletedProcess[str]:
        """A command from its start to its end, or killed before its step `stop_at` on the disk."""
        pid, log_path = self._begun(words, stop_at)
        code = self.forks.ask(wait=pid, seconds=SECONDS_MAX)
        said = [log_path.with_suffix(end).read_text("utf-8") for end in (".out", ".err")]
        return subprocess.CompletedProcess(words, code, *said)

    @contextmanager
    def running(self, *words: str) -> Iterator["ForkedRunning"]:
        pid, log_path = self._begun(words, None)
        bot = ForkedRunning(self.forks, pid, log_path)
        try:
            yield bot
        finally:
            if not bot.ended:
                bot.stop(signal.SIGKILL)

    def steps(self, *words: str) -> int:
        """How many steps on the disk a command takes."""
        pid, log_path = self._begun(words, STEPS_MAX)
        assert self.forks.ask(wait=pid, seconds=SECONDS_MAX) == 0
        return len(log_path.with_suffix(".steps").read_bytes())

    def _begun(self, words: tuple[str, ...], stop_at: int | None) -> tuple[int, Path]:
        self._number += 1
        log_path = self.folder / f"said-{self._number}"
        wish = {"cwd": str(self.folder), "env": self._environment(), "log_path": str(log_path)}
        return self.forks.ask(words=words, stop_at=stop_at, **wish), log_path


class ForkedRunning(Running):
    """A forked command that is still going on."""

    def __init__(self, forks: Forks, pid: int, log_path: Path) -> None:
        self._forks = forks
        self._pid = pid
        self._log_path = log_path
        self.said = ""
        self.ended = False

    def until(self, words: str) -> None:
        until = time.monotonic() + WORDS_SECONDS_MAX
        while words not in self._read():
            ended = self._forks.ask(peek=self._pid)
            assert not ended, f"it ended without saying {words!r}:\n{self._read()}"
            assert time.monotonic() < until, f"it never said {words!r}:\n{self._read()}"
            time.sleep(LOOK_SECONDS)

    def stop(self, number: int) -> int:
        os.kill(self._pid, number)
        code = self._forks.ask(wait=self._pid, seconds=SECONDS_MAX)
        self.ended = True
        self._read()
        return code

    def _read(self) -> str:
        files = (self._log_path.with_suffix(end) for end in (".out", ".err"))
        self.said = "".join(file.read_text("utf-8") for file in files if file.exists())
        return self.said


WARMED = (
    "bot.cli.service.serving",
    "bot.cli.doctor.checks",
    "bot.cli.database.restore",
    "bot.services.office.operator_tasks",
    "bot.store.backup.restore",
)
"""Imported by the commands when they need them; here beforehand."""

DISK = {
    "os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.truncate",
    "shutil.copyfile", "sqlite3.connect", "fcntl.flock",
}  # fmt: skip


def _serve() -> None:
    for name in WARMED:
        importlib.import_module(name)
    for line in sys.stdin:
        wish = json.loads(line)
        if "wait" in wish:
            print(_waited(wish["wait"], wish["seconds"]), flush=True)
        elif "peek" in wish:
            ended = os.waitid(os.P_PID, wish["peek"], os.WEXITED | os.WNOHANG | os.WNOWAIT)
            print(int(ended is not None), flush=True)
        else:
            pid = os.fork()
            if pid == 0:
                _child(wish)
            print(pid, flush=True)


def _waited(pid: int, seconds: float) -> int:
    until = time.monotonic() + seconds
    while True:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > until:
            os.kill(pid, signal.SIGKILL)
        time.sleep(LOOK_SECONDS)


def _child(wish: dict[str, Any]) -> None:
    code = 1
    try:
        os.chdir(wish["cwd"])
        os.environ.clear()
        os.environ.update(wish["env"])
        for end, number in ((".out", 1), (".err", 2)):
            os.dup2(os.open(f"{wish['log_path']}{end}", os.O_CREAT | os.O_WRONLY, 0o600), number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        if wish["stop_at"] is not None:
            _stop_at(wish["stop_at"], f"{wish['log_path']}.steps")
        command_line.main(wish["words"], prog_name="python -m bot", standalone_mode=True)
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 - whatever ends the child is logged
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _stop_at(step: int, count: str) -> None:
    """Die before this step of those that change something on the disk, counted from 0."""
    left = step
    counter = os.open(count, os.O_CREAT | os.O_WRONLY, 0o600)

    def look(event: str, args: tuple[Any, ...]) -> None:
        nonlocal left
        writes = (
            event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
        )
        if event in DISK or writes:
            left -= 1
            os.write(counter, b".")
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(look)


if __name__ == "__main__":
    _serve()
