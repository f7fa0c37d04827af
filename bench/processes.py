"""Starts the processes that are measured, each bot with its own server.

On a machine with two cores the servers run on the first and the bots on the last, so that the
server takes no time from the bot.
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
"""Who writes what: accounts and texts, in order."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a run.

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
        """Answers per second."""
        return len(self.latencies) / self.seconds

    @property
    def cost(self) -> float:
        """Processor time per answer, in milliseconds."""
        return 1000 * self.cpu / max(len(self.latencies), 1)

    def quantile(self, percent: int) -> float:
        """Returns the latency, in milliseconds, that this percentage of answers stays below."""
        ordered = sorted(self.latencies)
        return (
            1000 * ordered[min(len(ordered) * percent // 100, len(ordered) - 1)]
            if ordered
            else 0.0
        )


@dataclass(frozen=True, slots=True)
class Bot:
    """A running bot, and its server."""

    url: str
    pid: int
    log: Path

    def handle(
        self, said: Said, *, delay: float = 0.0, gap: float = 0.0, patience: float = 60.0
    ) -> Outcome:
        """Let people write to the bot; returns the measured times.

        Args:
            said: what they write.
            delay: seconds that Telegram takes to answer each message of the bot.
            gap: seconds between two updates; 0 sends all at once.
            patience: seconds to wait for the last answer.
        """
        request_body = {
            "said": said,
            "delay": delay,
            "gap": gap,
            "patience": patience + gap * len(said),
            "quiet": QUIET_SECONDS,
        }
        request = urllib.request.Request(f"{self.url}/run", json.dumps(request_body).encode())
        before = self._cpu()
        with urllib.request.urlopen(request) as answer:
            outcome = json.load(answer)
        latencies = tuple(outcome["latencies"])
        missing = len(said) - len(latencies)
        if missing and self._status()[0] == "Z":
            raise RuntimeError(f"the bot died:\n{self.log.read_text('utf-8')[-2000:]}")
        return Outcome(
            outcome["seconds"], latencies, self._cpu() - before, missing, outcome["extra"]
        )

    def _cpu(self) -> float:
        """Returns the processor time of the process so far, in seconds."""
        fields = self._status()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _status(self) -> list[str]:
        """Returns the fields of `/proc/<pid>/stat` after the name: the state, times in ticks."""
        return Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(")")[2].split()


@contextmanager
def echo() -> Iterator[Bot]:
    """Run the echo bot."""
    with _server() as url, _process(["-m", "bench.echo"], {"BOT_API_URL": url}) as pid:
        yield Bot(url, pid, Path(os.devnull))


@contextmanager
def bot_on(database: Path, *, hurried: bool = True, plan: str = "") -> Iterator[Bot]:
    """Run the real bot on a database, in a company where every sale counts at once.

    Args:
        database: the SQLite file.
        hurried: whether the usual limits of answers per chat hold.
        plan: the name of the plan file beside the database; empty for no bonuses.
    """
    rules = SAMPLE.read_text("utf-8")
    for usual, wanted in CHANGES if hurried else (*CHANGES, *UNHURRIED):
        assert usual in rules, f"the sample company has no line {usual!r} any more"
        rules = rules.replace(usual, wanted)
    if plan:
        rules = rules.replace("[company]", f'[company]\nplan_file = "{plan}"', 1)
    company = database.with_suffix(".toml")
    company.write_text(rules, "utf-8")
    with _server() as url:
        settings = {
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": url,
            "DATABASE_URL": url_of(database),
            "COMPANY_FILE": str(company),
            # A backup during the run would be measured as well.
            "BACKUP_MINUTES": "0",
        }
        log = database.with_suffix(".log")
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
    with (log or Path(os.devnull)).open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *command],
            env=kept | settings,
            cwd=log.parent if log else PROJECT,
            stdout=output,
            stderr=output,
        )
        try:
            os.sched_setaffinity(process.pid, {CORES[-1]})
            yield process.pid
        finally:
            process.terminate()
            process.wait()
