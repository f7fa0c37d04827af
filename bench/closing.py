"""Closes the month of companies of several sizes while people write to the bot.

The time of a company ten times as large is compared with ten times the time of the small one. A
second company of the smallest size has a long chain of members, one below the other, which slows
down a rule that climbs from each seller.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.company import sold_last_month, url_of, user_of
from bench.processes import Bot, Outcome, Said, bot_on
from bench.server import TOKEN

__all__ = ["Closed", "asked_until", "close_beside_bot", "closings", "command_on", "settle"]

PROJECT = Path(__file__).parents[1]
LINES_PER_MEMBER = 10
PACE_SECONDS = 0.1
WAVE = 20
WAVES_MAX = 100
SETTLED_MS = 100
CHANCE = Random(7)
PATIENCE_SECONDS = 3_600


@dataclass(frozen=True, slots=True)
class Closed:
    """One closing.

    Attributes:
        members: the number of members.
        chain: how many of them form one line of sponsors.
        credits: the number of credits written.
        seconds: of reading, computing, writing and checking.
        cpu: seconds of processor time that the command took.
        mib: the peak memory of the command.
        answers: how long people who wrote meanwhile waited.
    """

    members: int
    chain: int
    credits: int
    seconds: tuple[float, float, float, float]
    cpu: float
    mib: float
    answers: Outcome


def closings(folder: Path, sizes: Sequence[int], chain: int, plan: Path) -> list[Closed]:
    """Returns the closings of companies of these sizes, the first size also with a chain."""
    companies = [(sizes[0], chain), *((size, 0) for size in sizes)]
    return [_closed(folder / f"of{size}-{line}", size, line, plan) for size, line in companies]


def _closed(folder: Path, members: int, chain: int, plan: Path) -> Closed:
    folder.mkdir()
    database = folder / "database.db"
    period = sold_last_month(database, members, members * LINES_PER_MEMBER, chain)
    done = close_beside_bot(database, members, chain, plan, period)
    shutil.rmtree(folder)
    return done


def close_beside_bot(database: Path, members: int, chain: int, plan: Path, period: str) -> Closed:
    """Close a month of a company while its bot answers."""
    shutil.copy(plan, database.with_name("plan.toml"))
    with bot_on(database, hurried=False, plan="plan.toml") as bot:
        settle(bot, members)
        command = command_on(database, "bench.closing_steps", period)
        answers = asked_until(bot, command, members)
        output, errors = command.communicate()
    if command.returncode:
        raise RuntimeError(errors)
    facts = json.loads(output)
    seconds = (facts["read"], facts["compute"], facts["write"], facts["prove"])
    return Closed(members, chain, facts["credits"], seconds, facts["cpu"], facts["MiB"], answers)


def command_on(database: Path, *words: str) -> "subprocess.Popen[str]":
    """Returns a process that runs a module as the operator of this database would."""
    settings = {
        "BOT_TOKEN": TOKEN,
        "DATABASE_URL": url_of(database),
        "COMPANY_FILE": str(database.with_suffix(".toml")),
        "PYTHONPATH": str(PROJECT),
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
    }
    return subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=database.parent,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def asked_until(bot: Bot, command: "subprocess.Popen[str]", members: int) -> Outcome:
    """Send ten questions a second until the command ends; returns the waits for the answers."""
    waves: list[Outcome] = []
    while command.poll() is None:
        waves.append(_ask(bot, members))
    latencies = tuple(each for wave in waves for each in wave.latencies)
    missing, extra = sum(wave.missing for wave in waves), sum(wave.extra for wave in waves)
    seconds, cpu = sum(wave.seconds for wave in waves), sum(wave.cpu for wave in waves)
    return Outcome(seconds, latencies, cpu, missing, extra)


def settle(bot: Bot, members: int) -> None:
    """Wait until the bot has finished the work of its start."""
    for _ in range(WAVES_MAX):
        if _ask(bot, members).quantile(95) < SETTLED_MS:
            return


def _ask(bot: Bot, members: int) -> Outcome:
    asked = CHANCE.sample(range(members), min(WAVE, members))
    lines: Said = [(user_of(1 + member), "/saldo") for member in asked]
    return bot.handle(lines, gap=PACE_SECONDS, patience=PATIENCE_SECONDS)
