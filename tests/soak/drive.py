"""Lets people chat with a bot that is killed again and again over a bad line to Telegram."""

import asyncio
import itertools
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.store.db.database import open_database, sqlite_file
from bot.store.db.migrations import migrate
from sandbox.server import Sandbox
from tests.soak.books import Books
from tests.soak.bots import Bots
from tests.soak.people import Memory, admin, join, seller
from tests.soak.phone import Phone
from tests.stage import SAMPLE, Given, Stage

__all__ = [
    "BAD_LINE",
    "BEGIN",
    "FINE_LINE",
    "Soak",
    "drained",
    "prepare_database",
    "settings_of",
    "soak",
]

SELLERS = ("Sari Dewi", "Tuti Rahayu", "Rudi Hartono", "Maya Lestari", "Agus Salim")
FINE_LINE: tuple[dict[str, Any], ...] = ()
BAD_LINE: tuple[dict[str, Any], ...] = (
    {"kind": "refuse", "probability": 0.005},
    {"kind": "cut_before", "probability": 0.01},
    {"kind": "cut_after", "probability": 0.02},
    {"kind": "http_500", "probability": 0.01},
    {"kind": "retry_after", "probability": 0.005, "seconds": 1},
    {"kind": "delay", "probability": 0.03, "seconds": 0.2},
    {"kind": "hold", "probability": 0.01},
    {"kind": "cut_before", "method": "getUpdates", "probability": 0.02},
    {"kind": "cut_after", "method": "getUpdates", "probability": 0.02},
    {"kind": "http_502_html", "method": "getUpdates", "probability": 0.01},
    {"kind": "cut_after", "method": "answerCallbackQuery", "probability": 0.02},
)
LIFE_SECONDS = (0.0, 1.2)
AT_ONCE_SHARE = 0.1
DOORS = 2
PATIENCE_SECONDS = 60.0
STOP_SECONDS_MAX = 10.0
BEGIN = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@dataclass
class Soak:
    """What happened, for the checker and for the table of figures."""

    telegram: Sandbox
    books: Books
    log: Path
    memory: Memory = field(default_factory=Memory)
    phones: list[Phone] = field(default_factory=list)
    kills: int = 0
    stops: int = 0
    ended_by_itself: list[int] = field(default_factory=list)
    on_their_way: list[int] = field(default_factory=list)
    ready_seconds: list[float] = field(default_factory=list)
    stop_seconds: list[float] = field(default_factory=list)
    mornings: int = 0
    seconds: float = 0.0
    drain_seconds: float = 0.0


async def soak(
    folder: Path,
    *,
    kills: int,
    seed: int,
    stops: int = 0,
    kills_a_day: int = 20,
    line: tuple[dict[str, Any], ...] = BAD_LINE,
    url: str | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Soak:
    """Run until all kills (and clean stops) are done and everything is answered.

    Args:
        folder: for the database and the bot's log.
        kills: how often the bot is killed.
        seed: decides instants, faults and what people do, as far as timing lets it.
        stops: how often it is asked to stop instead, after the kills.
        kills_a_day: after this number of ends the clock moves to the next morning, and tips leave.
        line: the faults of the connection to Telegram.
        url: of an empty database on a server; without it, a new file in the folder.
        progress: called after each end with how many there were.
    """
    began = time.monotonic()
    chance = random.Random(seed)
    given = [Given("Budi Wijaya", "Bapak", "PUSAT", roles=("admin",))]
    given += [Given(name, sponsor="Budi") for name in SELLERS]
    stage = Stage(folder, given, url=url)
    people = [stage._introduction(name, number) for name, number in stage.users.items()]
    async with Sandbox(people, flood=False) as telegram:
        telegram.world.clock.change(to=BEGIN, freeze=False)
        await prepare_database(stage)
        done = Soak(telegram, Books(stage.url), folder / "bot.log")
        for number, fault in enumerate(line):
            telegram.disturb(**fault | ({"seed": seed} if number == 0 else {}))
        async with Bots(settings_of(stage, telegram, folder), done.log) as bots:
            await bots.start()
            life = asyncio.create_task(_live(stage, done, chance))
            for number in range(kills + stops):
                await _one_life(done, bots, chance, clean=number >= kills)
                progress(number + 1)
                if (number + 1) % kills_a_day == 0:
                    await _next_morning(done)
            quiet_from = time.monotonic()
            telegram.world.faults.clear()
            done.memory.closing = True
            await life
            await drained(done)
            done.drain_seconds = time.monotonic() - quiet_from
            await _stopped(done, bots)
        done.seconds = time.monotonic() - began
    return done


async def prepare_database(stage: Stage) -> None:
    """Open the database of the stage, and let the tip of every member be due."""
    if sqlite_file(stage.url) is not None:
        await migrate(stage.url)
    due = int((BEGIN - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1))
    database = open_database(stage.url)
    await database.write(stage._found)
    await database.write(
        lambda conn: conn.exec_driver_sql(f"UPDATE tip_clocks SET due_at = {due}").rowcount
    )
    await database.close()


def settings_of(stage: Stage, telegram: Sandbox, folder: Path) -> dict[str, str]:
    fast = "[sending]\nanswers_burst = 30\nanswers_per_second = 30\n"
    company = folder / "company.toml"
    company.write_text(SAMPLE.read_text("utf-8").replace("[sending]\n", fast), "utf-8")
    return {
        "BOT_TOKEN": telegram.token,
        "BOT_API_URL": telegram.url,
        "DATABASE_URL": stage.url,
        "CLOCK_URL": f"{telegram.url}/clock",
        "COMPANY_FILE": str(company),
        "LOG_LEVEL": "WARNING",
    }


async def _live(stage: Stage, done: Soak, chance: random.Random) -> None:
    """All people at once, until the soak closes."""
    numbers = itertools.count(1)

    def phone(person: int) -> Phone:
        made = Phone(done.telegram, person, random.Random(chance.random()))
        done.phones.append(made)
        return made

    async def door() -> None:
        while not done.memory.closing:
            person = stage.newcomer(f"Tamu{next(numbers)}")
            done.telegram.world.add_people(
                [{"id": person, "first_name": "Tamu", "phone": f"+62813{person:08d}"}]
            )
            sponsor = chance.choice(SELLERS).split()[0]
            code, above = stage.code(sponsor), stage.user(sponsor)
            await join(phone(person), done.memory, code, above)

    stage.telegram = done.telegram
    async with asyncio.TaskGroup() as together:
        together.create_task(admin(phone(stage.user("Budi")), done.memory))
        for name in SELLERS:
            together.create_task(seller(phone(stage.user(name.split()[0])), done.memory))
        for _ in range(DOORS):
            together.create_task(door())


async def _one_life(done: Soak, bots: Bots, chance: random.Random, *, clean: bool) -> None:
    """Wait for a random instant of the bot's life, end it there, and start the next."""
    updates = done.telegram.world.updates
    if chance.random() >= AT_ONCE_SHARE:
        began, turn = time.monotonic(), updates._turn
        while updates._turn == turn and time.monotonic() - began < PATIENCE_SECONDS:
            await asyncio.sleep(0.005)
        done.ready_seconds.append(time.monotonic() - began)
    await asyncio.sleep(chance.uniform(*LIFE_SECONDS))
    if clean:
        await _stopped(done, bots)
    else:
        code = await bots.kill()
        done.kills += 1
        if code != -9:
            done.ended_by_itself.append(code)
    done.on_their_way.append(_sending(done.books))
    await bots.start()


async def _stopped(done: Soak, bots: Bots) -> None:
    began = time.monotonic()
    code = await bots.stop()
    done.stop_seconds.append(time.monotonic() - began)
    done.stops += 1
    if code != 0:
        done.ended_by_itself.append(code)


async def _next_morning(done: Soak) -> None:
    """Move the clock to when the tips of the next day leave.

    Not while something waits to be fetched: Telegram would forget a tap on the way.
    """
    began = time.monotonic()
    while done.telegram.world.updates.queue and time.monotonic() - began < PATIENCE_SECONDS:
        await asyncio.sleep(0.005)
    now = done.telegram.world.clock.now()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    # 02:30 UTC is 09:30 in the west and 10:30 in the middle: both have passed nine o'clock.
    await done.telegram.move_clock(midnight + timedelta(days=1, hours=2, minutes=30))
    done.mornings += 1


async def drained(done: Soak) -> None:
    """Wait until nothing is left to hear and nothing to say."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while done.telegram.world.updates.queue or _open(done.books):
            await asyncio.sleep(0.05)


def _sending(books: Books) -> int:
    return books.count("SELECT count(*) FROM outbox WHERE state = 'sending'")


def _open(books: Books) -> int:
    return books.count(
        """SELECT (SELECT count(*) FROM inbox WHERE state = 'new')
             + (SELECT count(*) FROM outbox WHERE state IN ('new', 'sending')) AS number"""
    )
