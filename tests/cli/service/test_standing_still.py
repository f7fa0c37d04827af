"""A bot that hangs ends, whatever holds it up, and is started again."""

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from bot.telemetry.health import STANDSTILL_SECONDS_MAX
from sandbox.server import Sandbox
from tests.cli.service.frozen import POISON, FrozenBot, people

pytestmark = pytest.mark.long

EXIT_SECONDS_MAX = 10.0
IMPATIENT_SECONDS = 1.5
SARI, TUTI = 5_001, 5_002


def said(telegram: Sandbox, person: int) -> list[str]:
    messages = telegram.views.chat(person)["messages"]
    return [each.get("text", "") for each in messages if each["from"]["id"] != person]


def inbox(books: Path) -> list[tuple[str, int, str]]:
    with closing(sqlite3.connect(f"file:{books}?mode=ro", uri=True)) as opened:
        return opened.execute("SELECT state, ended, error FROM inbox ORDER BY id").fetchall()


@pytest.mark.parametrize(
    ("where", "how"),
    [("loop", "C"), ("loop", "Python"), ("writer", "C"), ("writer", "Python"), ("loop", "nap")],
)
async def test_a_frozen_bot_is_gone_within_ten_seconds_of_sigterm(
    tmp_path: Path, where: str, how: str
) -> None:
    async with Sandbox(people("Sari"), flood=False) as telegram:
        standstill = STANDSTILL_SECONDS_MAX
        frozen = FrozenBot(
            tmp_path, telegram, "run", "--once", where=where, how=how, standstill=standstill
        )
        with frozen as bot:
            await bot.until("ready as")
            telegram.phones.say(SARI, POISON)
            await bot.until("standing now")
            code, seconds = await bot.ended()
    assert code == 1
    assert seconds < EXIT_SECONDS_MAX, bot.said
    # It logs where it hung, and no words of people.
    assert "freeze" in bot.said or how == "nap"
    assert POISON not in bot.said.replace("sitecustomize", "")


@pytest.mark.parametrize(("where", "how"), [("loop", "C"), ("writer", "Python")])
async def test_a_frozen_bot_comes_back_and_only_what_froze_it_becomes_a_dead_letter(
    tmp_path: Path, where: str, how: str
) -> None:
    async with Sandbox(people("Sari", "Tuti"), flood=False) as telegram:
        frozen = FrozenBot(
            tmp_path, telegram, "run", where=where, how=how, standstill=IMPATIENT_SECONDS
        )
        with frozen as bot:
            await bot.until("ready as")
            telegram.phones.say(SARI, POISON)
            for times in range(1, 7):
                telegram.phones.say(TUTI, "/start")
                await bot.until("standing now", times)
            await bot.until("it becomes a dead letter")
            telegram.phones.say(SARI, "/start")
            began = time.monotonic()
            while len(said(telegram, SARI)) < 2 or len(said(telegram, TUTI)) < 6:
                assert time.monotonic() - began < 15, bot.said
                await asyncio.sleep(0.05)
            code, _ = await bot.ended()
    assert code == 0, bot.said
    assert bot.said.count("standing now") == 6
    # On a busy machine a start may take longer than it is given here, and is made again.
    assert bot.said.count("was started again") >= 6
    assert "The office knows" in said(telegram, SARI)[0]
    assert sorted(state for state, _, _ in inbox(bot.books)) == ["dead"] + ["done"] * 7


async def test_a_bot_that_has_stopped_ends_well_though_its_process_is_ended(
    tmp_path: Path,
) -> None:
    """On a machine without memory to spare Python takes longer to end than a stop may."""
    async with Sandbox(people("Sari"), flood=False) as telegram:
        frozen = FrozenBot(
            tmp_path, telegram, "run", where="loop", how="late", standstill=STANDSTILL_SECONDS_MAX
        )
        with frozen as bot:
            await bot.until("ready as")
            telegram.phones.say(SARI, POISON)
            await bot.until("standing now")
            code, _ = await bot.ended()
    assert (code, bot.said.count("was started again")) == (0, 0), bot.said


async def test_a_bot_whose_settings_are_wrong_is_not_started_again(tmp_path: Path) -> None:
    async with Sandbox(people("Sari"), flood=False) as telegram:
        wrong = {"BOT_TOKEN": "1000001:NOT_THE_TOKEN_THAT_WAS_GIVEN_TO_THIS_BOT"}
        frozen = FrozenBot(
            tmp_path, telegram, "run", where="loop", how="C", standstill=6.0, settings=wrong
        )
        with frozen as bot:
            assert await asyncio.to_thread(bot.process.wait, 30) == 2
    assert "started again" not in bot.said


async def test_the_bot_goes_with_the_process_above_it(tmp_path: Path) -> None:
    async with Sandbox(people("Sari"), flood=False) as telegram:
        frozen = FrozenBot(tmp_path, telegram, "run", where="loop", how="C", standstill=6.0)
        with frozen as bot:
            await bot.until("ready as")
            lock = bot.books.with_name(f"{bot.books.name}.lock")
            below = int(lock.read_text())
            assert below != bot.process.pid
            await bot.ended(9)
            began = time.monotonic()
            while Path(f"/proc/{below}").exists():
                assert time.monotonic() - began < 5
                await asyncio.sleep(0.05)
