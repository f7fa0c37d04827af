"""Lets people chat with a bot that is killed again and again over a bad line to Telegram."""

import asyncio
import contextlib
import itertools
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sandbox.server import Sandbox
from tests.soak.books import Books, Row
from tests.soak.bots import Bots
from tests.soak.company import (
    BAD_LINE,
    BEGIN,
    PLAN,
    TREASURER,
    members,
    prepare_database,
    settings_of,
)
from tests.soak.crowd.everybody import PEOPLE, Crowd
from tests.soak.crowd.memory import ACTS, Memory
from tests.soak.crowd.phone import Phone
from tests.soak.crowd.treasury import close_all
from tests.stage import Stage

__all__ = ["Soak", "drained", "soak"]

LIFE_SECONDS = (0.0, 1.2)
CLOSING_LIFE_SECONDS = (0.0, 5.0)
"""While a month is being closed: the process that closes it takes a second to start."""
KILLS_OF_MONTH = 4
"""After so many kills a month gets the time that it takes to be closed."""
AT_ONCE_SHARE = 0.1
AIMED_SHARE = 0.5
AIMED_WAIT_SECONDS = 4.0
AIMED_SECONDS = (0.0, 0.12)
"""After somebody has taken the last step of an act; its answer takes about as long."""
PATIENCE_SECONDS = 60.0
MET_ALONE_MAX = 3
REST_SECONDS = 200.0
"""Longer than anybody waits for an answer."""
STOP_SECONDS_MAX = 10.0
VISITED_DAYS = (2, 3, 9, 30)
"""The days of each month that pass: sales at its end, its closing on the 2nd, payments on the 9th;
once the clock moves by a single day, in the middle of what people do."""


@dataclass
class Soak:
    """What happened, for the checker and for the table of figures.

    Attributes:
        on_their_way: messages that were being sent, at each kill.
        open_at_kills: how many kills found each act begun and not ended.
        in_hand_at_kills: how many of them found a step of it that was not answered.
        aimed: how many kills came just after the last step of an act.
        kills_of_month: how many kills came while a month was counted or closed.
        inbox: rows by id, with those that were deleted since; and so `outbox`.
        shut_at_kills: how many kills found a month shut and not closed.
    """

    telegram: Sandbox
    books: Books
    log: Path
    memory: Memory = field(default_factory=Memory)
    phones: list[Phone] = field(default_factory=list)
    kills: int = 0
    stops: int = 0
    ended_by_itself: list[int] = field(default_factory=list)
    on_their_way: list[int] = field(default_factory=list)
    open_at_kills: Counter[str] = field(default_factory=Counter)
    in_hand_at_kills: Counter[str] = field(default_factory=Counter)
    aimed: int = 0
    shut_at_kills: int = 0
    kills_of_month: int = 0
    ready_seconds: list[float] = field(default_factory=list)
    stop_seconds: list[float] = field(default_factory=list)
    mornings: int = 0
    seconds: float = 0.0
    drain_seconds: float = 0.0
    inbox: dict[int, Row] = field(default_factory=dict)
    outbox: dict[int, Row] = field(default_factory=dict)

    def keep_rows(self) -> None:
        """Keep what was heard and said; the bot deletes it after some weeks."""
        for row in self.books.execute("SELECT * FROM inbox"):
            self.inbox[row["id"]] = row
        for row in self.books.execute("SELECT * FROM outbox"):
            self.outbox[row["id"]] = row


async def soak(
    folder: Path,
    *,
    kills: int,
    seed: int,
    stops: int = 0,
    kills_a_day: int = 10,
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
        kills_a_day: after this number of ends the clock moves to the next of the days that pass,
            and tips leave.
        line: the faults of the connection to Telegram.
        url: of an empty database on a server; without it, a new file in the folder.
        progress: called after each end with how many there were.
    """
    began = time.monotonic()
    chance = random.Random(seed)
    stage = Stage(folder, members(), url=url)
    people = [stage._introduction(name, number) for name, number in stage.users.items()]
    async with Sandbox(people, flood=False) as telegram:
        telegram.world.clock.change(to=BEGIN, freeze=False)
        await prepare_database(stage)
        done = Soak(telegram, Books(stage.url), folder / "bot.log")
        for number, fault in enumerate(line):
            telegram.disturb(**fault | ({"seed": seed} if number == 0 else {}))
        async with Bots(settings_of(stage, telegram, folder, plan=PLAN), done.log) as bots:
            await bots.start()
            crowd = Crowd(stage, telegram, done.memory, done.phones, chance)
            life = asyncio.create_task(crowd.live())
            try:
                for number in range(kills + stops):
                    await _one_life(done, bots, chance, clean=number >= kills)
                    progress(number + 1)
                    if (number + 1) % kills_a_day == 0:
                        await _next_morning(done)
                quiet_from = time.monotonic()
                telegram.world.faults.clear()
                done.memory.closing = True
                await life
            finally:
                life.cancel()
            await close_all(crowd.phone(TREASURER), done.memory)
            await drained(done)
            done.drain_seconds = time.monotonic() - quiet_from
            await _stopped(done, bots)
        done.seconds = time.monotonic() - began
    return done


async def _one_life(done: Soak, bots: Bots, chance: random.Random, *, clean: bool) -> None:
    """Wait for a random instant of the bot's life, end it there, and start the next."""
    updates = done.telegram.world.updates
    if chance.random() >= AT_ONCE_SHARE:
        began, turn = time.monotonic(), updates._turn
        while updates._turn == turn and time.monotonic() - began < PATIENCE_SECONDS:
            await asyncio.sleep(0.005)
        done.ready_seconds.append(time.monotonic() - began)
    await _instant(done, chance)
    await _spare_the_innocent(done)
    _note_acts(done)
    if clean:
        await _stopped(done, bots)
    else:
        code = await bots.kill()
        done.kills += 1
        if code != -9:
            done.ended_by_itself.append(code)
    done.on_their_way.append(_sending(done.books))
    shut = "SELECT count(*) FROM periods WHERE state = 'closing'"
    done.shut_at_kills += bool(done.books.count(shut))
    await bots.start()


async def _spare_the_innocent(done: Soak) -> None:
    """Wait while an update is alone that three kills have met alone.

    The bot cannot tell such kills from an update that ends it: a fourth would set it aside. That
    is a known limit, met only where the machine is so busy that an update takes seconds.
    """
    met = f"SELECT count(*) FROM inbox WHERE state = 'new' AND ended_alone >= {MET_ALONE_MAX}"
    began = time.monotonic()
    while done.books.count(met) and time.monotonic() - began < PATIENCE_SECONDS:
        await asyncio.sleep(0.05)


async def _instant(done: Soak, chance: random.Random) -> None:
    """Wait for the instant of the next end: any, or just after the last step of an act."""
    memory = done.memory
    if memory.month_underway:
        await _instant_of_month(done, chance)
        return
    if chance.random() < AIMED_SHARE:
        memory.deciding.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(AIMED_WAIT_SECONDS):
                await memory.deciding.wait()
                done.aimed += 1
        await asyncio.sleep(chance.uniform(*AIMED_SECONDS))
    else:
        await asyncio.sleep(chance.uniform(*LIFE_SECONDS))


async def _instant_of_month(done: Soak, chance: random.Random) -> None:
    """Wait for an instant of a closing; after some kills, until it is done."""
    await asyncio.sleep(chance.uniform(*CLOSING_LIFE_SECONDS))
    done.kills_of_month += 1
    if done.kills_of_month % KILLS_OF_MONTH == 0:
        began = time.monotonic()
        while done.memory.month_underway and time.monotonic() - began < PATIENCE_SECONDS:
            await asyncio.sleep(0.05)


def _note_acts(done: Soak) -> None:
    """Count which acts this end finds."""
    for name in ACTS:
        begun = [phone for phone in done.phones if phone.act == name]
        done.open_at_kills[name] += bool(begun)
        done.in_hand_at_kills[name] += any(phone.waiting for phone in begun)


async def _stopped(done: Soak, bots: Bots) -> None:
    began = time.monotonic()
    code = await bots.stop()
    done.stop_seconds.append(time.monotonic() - began)
    done.stops += 1
    if code != 0:
        done.ended_by_itself.append(code)


async def _next_morning(done: Soak) -> None:
    """Move the clock to the morning of the next day that passes.

    Not while something waits to be fetched: Telegram would forget a tap on the way. Before several
    days pass at once, people finish what they are doing.
    """
    now = done.telegram.world.clock.now()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    days = next(days for days in itertools.count(1) if _visited(midnight, days))
    if days > 1:
        done.memory.go_on.clear()
    began = time.monotonic()
    while done.telegram.world.updates.queue or (days > 1 and not _all_rest(done)):
        if time.monotonic() - began > REST_SECONDS:
            busy = [(each.person, each.act, each.expects) for each in done.phones if each.waiting]
            raise TimeoutError(f"people do not come to rest: {busy}")
        await asyncio.sleep(0.005)
    done.keep_rows()
    if days > 1:
        for phone in done.phones:
            phone.kept.clear()
    # 02:30 UTC is 09:30 in the west and 10:30 in the middle: both have passed nine o'clock.
    await done.telegram.move_clock(midnight + timedelta(days=days, hours=2, minutes=30))
    done.memory.go_on.set()
    done.mornings += 1


def _visited(midnight: datetime, days: int) -> bool:
    return (midnight + timedelta(days=days)).day in VISITED_DAYS


def _all_rest(done: Soak) -> bool:
    return done.memory.at_rest == PEOPLE and not _open(done.books)


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
