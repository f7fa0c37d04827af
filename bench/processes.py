"""Starts the processes that are measured, each bot with a server of its own.

Where there are two cores the servers run on the first and the bots on the last, so that nothing
but the bot pays for the bot's work.
"""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.company import SAMPLE, url_of
from bench.server import TOKEN

__all__ = ["Bot", "Outcome", "Said", "bot_on", "echo"]

PROJECT = Path(__file__).parents[1]
CORES = sorted(os.sched_getaffinity(0))
QUIET_SECONDS = 0.2
CHANGES = (("approve_sales = true", "approve_sales = false"),)
UNHURRIED = (
    ("# answers_burst = 5", "answers_burst = 30"),
    ("# answers_per_second = 1", "answers_per_second = 30"),
)

Said = Sequence[tuple[int, str]]
"""Who writes what, in this order."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to.

    Attributes:
        seconds: from the first update to the last answer.
        latencies: seconds from an update to its answer, for each answer.
        cpu: seconds of processor time that the bot took.
        missing: updates without an answer.
        extra: messages without an update.
    """

    seconds: float
    latencies: tuple[float, ...]
    cpu: float
    missing: int
    extra: int

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds

    @property
    def cost(self) -> float:
        """Processor time for an answer, in milliseconds."""
        return 1000 * self.cpu / max(len(self.latencies), 1)

    def quantile(self, percent: int) -> float:
        """The latency that so many percent stay below, in milliseconds."""
        ordered = sorted(self.latencies)
        return (
            1000 * ordered[min(len(ordered) * percent // 100, len(ordered) - 1)]
            if ordered
            else 0.0
        )


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot that runs, and the server it speaks to."""

    url: str
    pid: int
    log: Path

    def handle(
        self, said: Said, *, delay: float = 0.0, gap: float = 0.0, patience: float = 60.0
    ) -> Outcome:
        """Let people write to the bot and take the time.

        Args:
            said: what they write.
            delay: seconds that Telegram takes to answer each message of the bot.
            gap: seconds between two updates; without, all are there at once.
            patience: seconds to wait for the last answer.
        """
        order = {
            "said": said,
            "delay": delay,
            "gap": gap,
            "patience": patience + gap * len(said),
            "quiet": QUIET_SECONDS,
        }
        request = urllib.request.Request(f"{self.url}/run", json.dumps(order).encode())
        before = self._cpu()
        with urllib.request.urlopen(request) as answer:
            told = json.load(answer)
        latencies = tuple(told["latencies"])
        missing = len(said) - len(latencies)
        if missing and self._status()[0] == "Z":
            raise RuntimeError(f"the bot died:\n{self.log.read_text('utf-8')[-2000:]}")
        return Outcome(told["seconds"], latencies, self._cpu() - before, missing, told["extra"])

    def _cpu(self) -> float:
        """Seconds that the process has computed so far."""
        told = self._status()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    def _status(self) -> list[str]:
        """What Linux says of the process behind its name: the state, and in ticks its time."""
        return Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(")")[2].split()


@contextmanager
def echo() -> Iterator[Bot]:
    """The yardstick, running."""
    with _server() as url, _process(["-m", "bench.echo"], {"BOT_API_URL": url}) as pid:
        yield Bot(url, pid, Path(os.devnull))


@contextmanager
def bot_on(books: Path, *, hurried: bool = True, plan: str = "") -> Iterator[Bot]:
    """The real bot on these books, running, in a company where every sale counts at once.

    Args:
        books: a SQLite file.
        hurried: whether a person gets no more answers at once than usual.
        plan: the file of the plan, beside the books; without one no bonus is paid.
    """
    rules = SAMPLE.read_text("utf-8")
    for usual, wanted in CHANGES if hurried else (*CHANGES, *UNHURRIED):
        assert usual in rules, f"the sample company has no line {usual!r} any more"
        rules = rules.replace(usual, wanted)
    if plan:
        rules = rules.replace("[company]", f'[company]\nplan_file = "{plan}"', 1)
    company = books.with_suffix(".toml")
    company.write_text(rules, "utf-8")
    with _server() as url:
        settings = {
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": url,
            "DATABASE_URL": url_of(books),
            "COMPANY_FILE": str(company),
            # A copy of a large file beside the measuring would be measured with it.
            "BACKUP_MINUTES": "0",
        }
        log = books.with_suffix(".log")
        with _process(["-m", "bot", "run", "--once"], settings, log) as pid:
            yield Bot(url, pid, log)


@contextmanager
def _server() -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.server"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=PROJECT,
        text=True,
    )
    try:
        os.sched_setaffinity(process.pid, {CORES[0]})
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.kill()
        process.communicate()


@contextmanager
def _process(
    command: list[str], settings: dict[str, str], log: Path | None = None
) -> Iterator[int]:
    kept = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": str(PROJECT)}
    with (log or Path(os.devnull)).open("wb") as told:
        process = subprocess.Popen(
            [sys.executable, *command],
            env=kept | settings,
            cwd=log.parent if log else PROJECT,
            stdout=told,
            stderr=told,
        )
        try:
            os.sched_setaffinity(process.pid, {CORES[-1]})
            yield process.pid
        finally:
            process.terminate()
            process.wait()
