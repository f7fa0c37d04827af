"""Closes the month of companies of several sizes while people write to the bot.

What a company ten times as large takes is compared with ten times what the small one takes. A
second company of the least size has a line of members one below the other, which a rule that
climbs from each seller would feel.
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

__all__ = ["Closed", "asked_until", "closings", "command_on", "settle"]

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
        members: how many the company has.
        chain: how many of them stand in one line.
        credits: how many were written.
        seconds: of reading, computing, writing and proving.
        cpu: seconds of processor time that the command took.
        mib: the most memory the command held.
        answers: what people who wrote meanwhile waited.
    """

    members: int
    chain: int
    credits: int
    seconds: tuple[float, float, float, float]
    cpu: float
    mib: float
    answers: Outcome


def closings(folder: Path, sizes: Sequence[int], chain: int, plan: Path) -> list[Closed]:
    """Companies of these sizes, and the first once more with a chain."""
    companies = [(sizes[0], chain), *((size, 0) for size in sizes)]
    return [_closed(folder / f"of{size}-{line}", size, line, plan) for size, line in companies]


def _closed(folder: Path, members: int, chain: int, plan: Path) -> Closed:
    folder.mkdir()
    books = folder / "books.db"
    period = sold_last_month(books, members, members * LINES_PER_MEMBER, chain)
    shutil.copy(plan, folder / "plan.toml")
    with bot_on(books, hurried=False, plan="plan.toml") as bot:
        settle(bot, members)
        command = command_on(books, "bench.closing_steps", period)
        answers = asked_until(bot, command, members)
        told, failed = command.communicate()
    if command.returncode:
        raise RuntimeError(failed)
    facts = json.loads(told)
    shutil.rmtree(folder)
    seconds = (facts["read"], facts["compute"], facts["write"], facts["prove"])
    return Closed(members, chain, facts["credits"], seconds, facts["cpu"], facts["MiB"], answers)


def command_on(books: Path, *words: str) -> "subprocess.Popen[str]":
    """A module that is run as the operator of these books would."""
    settings = {
        "BOT_TOKEN": TOKEN,
        "DATABASE_URL": url_of(books),
        "COMPANY_FILE": str(books.with_suffix(".toml")),
        "PYTHONPATH": str(PROJECT),
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
    }
    return subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=books.parent,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def asked_until(bot: Bot, command: "subprocess.Popen[str]", members: int) -> Outcome:
    """Ten questions a second from one and another, for as long as the command goes on."""
    waves: list[Outcome] = []
    while command.poll() is None:
        waves.append(_ask(bot, members))
    latencies = tuple(each for wave in waves for each in wave.latencies)
    missing, extra = sum(wave.missing for wave in waves), sum(wave.extra for wave in waves)
    seconds, cpu = sum(wave.seconds for wave in waves), sum(wave.cpu for wave in waves)
    return Outcome(seconds, latencies, cpu, missing, extra)


def settle(bot: Bot, members: int) -> None:
    """Wait until the bot has caught up with what it does when it starts."""
    for _ in range(WAVES_MAX):
        if _ask(bot, members).quantile(95) < SETTLED_MS:
            return


def _ask(bot: Bot, members: int) -> Outcome:
    asked = CHANCE.sample(range(members), min(WAVE, members))
    said: Said = [(user_of(1 + member), "/saldo") for member in asked]
    return bot.handle(said, gap=PACE_SECONDS, patience=PATIENCE_SECONDS)
