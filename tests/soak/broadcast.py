"""`python -m tests.soak.broadcast --people 2000 --kills 30`: a broadcast while the bot is killed.

A trainer writes to all from a phone, then the connection fails and the bot is killed at random
instants until all is settled. The database is compared with what the sandbox saw.
"""

import argparse
import asyncio
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from bot.core.members.codes import make_code
from bot.runtime.sender import BULK_IN_FLIGHT_MAX
from bot.store.db.database import open_database
from bot.store.db.migrations import migrate
from bot.store.db.schema import metadata
from sandbox.server import Sandbox
from tests.soak.bots import Bots
from tests.soak.crowd.phone import Phone
from tests.stage import SAMPLE, Given, Stage

__all__ = ["Broadcasted", "Figures", "broadcast_soak", "check"]

FIRST_READER = 100_000
BLOCKED_SHARE = 0.005
MARK = "Latihan Sabtu jam 9"
BEGIN = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
BAD_LINE: tuple[dict[str, Any], ...] = (
    {"kind": "refuse", "probability": 0.004},
    {"kind": "cut_before", "probability": 0.003},
    {"kind": "cut_after", "probability": 0.005},
    {"kind": "http_500", "probability": 0.002},
    {"kind": "retry_after", "probability": 0.004, "seconds": 1},
    {"kind": "delay", "probability": 0.02, "seconds": 0.15},
    {"kind": "hold", "probability": 0.01},
)
LIFE_SECONDS = (0.2, 3.0)
PATIENCE_SECONDS = 240.0
DELIVERED = ("ok", "cut_after: ok")
UNCLEAR = ("refuse", "cut_before", "cut_after", "http_500")
"""Faults after which nobody can know whether the message arrived."""
STOPPED = "stopped while sending"
BAR = 40


@dataclass
class Broadcasted:
    """What happened."""

    telegram: Sandbox
    books: Path
    log: Path
    author: int
    people: int
    kills: int = 0
    in_flight: list[int] = field(default_factory=list)
    ended_by_itself: list[int] = field(default_factory=list)
    seconds: float = 0.0


@dataclass
class Figures:
    """What is wrong, and the figures."""

    wrong: list[str] = field(default_factory=list)
    figures: dict[str, object] = field(default_factory=dict)

    def claim(self, holds: object, words: str) -> None:
        if not holds:
            self.wrong.append(words)


async def broadcast_soak(
    folder: Path,
    *,
    people: int,
    kills: int,
    seed: int,
    life: tuple[float, float] = LIFE_SECONDS,
    progress: Callable[[int], None] = lambda _: None,
) -> Broadcasted:
    """Send to a number of people, with a number of kills, until the result is reported."""
    chance = random.Random(seed)
    stage = Stage(folder, [Given("Budi Wijaya", "Bapak", "PUSAT", roles=("trainer",))])
    author = stage.user("Budi")
    readers = range(FIRST_READER, FIRST_READER + people)
    known = [stage._introduction("Budi", author)]
    known += [{"id": each, "first_name": f"Mitra{each}", "started": True} for each in readers]
    async with Sandbox(known, flood=False) as telegram:
        telegram.world.clock.change(to=BEGIN, freeze=False)
        await _found(stage)
        for each in readers:
            if chance.random() < BLOCKED_SHARE:
                telegram.world.person(each).blocked = True
        done = Broadcasted(telegram, folder / "books.db", folder / "bot.log", author, people)
        async with Bots(_settings(stage, telegram, folder), done.log) as bots:
            await bots.start()
            # The first start sets the command menu of every chat; here that is Budi's alone.
            await Phone(telegram, author, chance).say("/menu", "Budi")
            await bots.stop()
            await _join(stage, readers)
            await bots.start()
            began = time.monotonic()
            await _write(Phone(telegram, author, chance), people)
            for number, fault in enumerate(BAD_LINE):
                telegram.disturb(**fault | ({"seed": seed} if number == 0 else {}))
            while not _reported(done) and time.monotonic() - began < PATIENCE_SECONDS:
                await asyncio.sleep(chance.uniform(*life))
                if done.kills < kills:
                    code = await bots.kill()
                    done.kills += 1
                    done.in_flight.append(_count(done, "state = 'sending'"))
                    if code != -9:
                        done.ended_by_itself.append(code)
                    await bots.start()
                    progress(done.kills)
                else:
                    telegram.world.faults.clear()
                    await telegram.move_clock(advance=1)  # which makes the bot look what is due
            done.seconds = time.monotonic() - began
            code = await bots.stop()
            if code:
                done.ended_by_itself.append(code)
        return done


async def _found(stage: Stage) -> None:
    """The company with Budi alone."""
    await migrate(stage.url)
    database = open_database(stage.url)
    await database.write(stage._found)
    await database.close()


async def _join(stage: Stage, readers: range) -> None:
    """Many members below Budi, all of whom can be written to."""
    tables = metadata.tables
    facts = {
        "sponsor_id": 1, "title": "Ibu", "phone_verified": True, "birth_year": 1978,
        "province": "dki-jakarta", "zone": "Asia/Jakarta", "joined_at": BEGIN,
    }  # fmt: skip

    def unit(conn: Connection) -> None:
        seen = [{"user_id": each, "language": "id", "first_seen": BEGIN} for each in readers]
        conn.execute(tables["people"].insert(), seen)
        conn.execute(
            tables["members"].insert(),
            [
                facts
                | {"reference": f"r{each}", "user_id": each, "code": make_code(each)}
                | {"name": f"Sari {each} <b>&", "phone": f"+62811{each}"}
                for each in readers
            ],
        )

    database = open_database(stage.url)
    await database.write(unit)
    await database.close()


def _settings(stage: Stage, telegram: Sandbox, folder: Path) -> dict[str, str]:
    fast = "[sending]\nbulk_per_second = 30\n"
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


async def _write(phone: Phone, people: int) -> None:
    """What a trainer does on the phone."""
    await phone.say("/siaran baru", "Tulis pesannya")
    card = await phone.say(f"Halo {{sapaan}} {{nama}}! {MARK}.", "foto atau dokumennya")
    card = await phone.tap(card, "Tanpa lampiran", "Dikirim ke siapa")
    card = await phone.tap(card, "Semua mitra", "Mau mulai kapan")
    card = await phone.tap(card, "Sekarang", "ketik jumlah")
    await phone.say(str(people), "Sedang disiapkan")


def _reported(done: Broadcasted) -> bool:
    return bool(
        _ask(done, "SELECT count(*) FROM outbox WHERE key LIKE '%:result' AND state = 'sent'")
    )


def _count(done: Broadcasted, condition: str) -> int:
    return _ask(done, f"SELECT count(*) FROM outbox WHERE kind = 'broadcast' AND {condition}")


def _ask(done: Broadcasted, question: str) -> int:
    with closing(sqlite3.connect(f"file:{done.books}?mode=ro", uri=True)) as books:
        found: int = books.execute(question).fetchone()[0]
        return found


def _written(done: Broadcasted) -> tuple[dict[str, Any], list[sqlite3.Row], int]:
    """The broadcast, its letters, and how often its result was told."""
    with closing(sqlite3.connect(f"file:{done.books}?mode=ro", uri=True)) as books:
        books.row_factory = sqlite3.Row
        row = dict(books.execute("SELECT * FROM broadcasts").fetchone())
        letters = books.execute("SELECT * FROM outbox WHERE kind = 'broadcast'").fetchall()
    return row, letters, _ask(done, "SELECT count(*) FROM outbox WHERE key LIKE '%:result'")


def check(done: Broadcasted) -> Figures:
    """No member got it twice, and who missed it did so for a kill or a fault, and is counted."""
    found = Figures()
    seen: Counter[int] = Counter()
    faults: Counter[str] = Counter()
    for entry in done.telegram.world.log:
        outcome = str(entry["outcome"])
        kind = outcome.partition(":")[0].partition(" ")[0]
        if kind in {"refuse", "cut_before", "cut_after", "http_500", "retry_after"}:
            faults[kind] += 1
        if entry["person"] == done.author or not outcome.endswith(DELIVERED):
            continue
        if MARK in str(entry["params"].get("text", "")):
            seen[entry["person"]] += 1
    row, letters, results = _written(done)
    twice = [person for person, times in seen.items() if times > 1]
    sent = {each["chat_id"] for each in letters if each["state"] == "sent"}
    doubts = {each["chat_id"]: each["error"] for each in letters if each["state"] == "uncertain"}
    doubtful = set(doubts)
    stopped = sum(error == STOPPED for error in doubts.values())
    unclear = sum(faults[kind] for kind in UNCLEAR)
    parts = ("sent", "blocked", "failed", "uncertain", "unsent")
    missed = done.people - len(seen) - row["blocked"]
    found.claim(not twice, f"got it twice: {twice[:5]}")
    found.claim(missed == len(doubtful - seen.keys()), f"{missed} missed it, {len(doubts)} doubts")
    found.claim(stopped <= sum(done.in_flight), f"{stopped} doubts from kills: {done.in_flight}")
    found.claim(len(doubts) - stopped <= unclear, f"{doubts} from {unclear} faults")
    found.claim(sent <= seen.keys(), "a letter marked as sent was never seen")
    found.claim(seen.keys() <= sent | doubtful, "a letter that was not sent was seen")
    found.claim(sum(row[each] for each in parts) == row["total"], f"the counts: {row}")
    found.claim(row["total"] == done.people == len(letters), f"{len(letters)} letters")
    found.claim((row["state"], results) == ("done", 1), f"{row['state']}, told {results} times")
    found.claim(max(done.in_flight, default=0) <= BULK_IN_FLIGHT_MAX, "too many on their way")
    found.claim(not done.ended_by_itself, f"ended by itself: {done.ended_by_itself}")
    said = done.log.read_text("utf-8") if done.log.exists() else ""
    found.claim("Traceback" not in said, f"a traceback in {done.log}")
    found.figures = {
        "people; kills; seconds in all": f"{done.people}; {done.kills}; {round(done.seconds)}",
        "faults on the line": ", ".join(f"{n} {kind}" for kind, n in sorted(faults.items())),
        "seen by the people; seen twice": f"{len(seen)}; {len(twice)}",
        "counted as sent": row["sent"],
        "blocked; failed; never sent": f"{row['blocked']}; {row['failed']}; {row['unsent']}",
        "uncertain (of them seen)": f"{row['uncertain']} ({len(doubtful & seen.keys())})",
        "on their way at a kill (mean, most)": (
            f"{sum(done.in_flight) / max(len(done.in_flight), 1):.1f}, "
            f"{max(done.in_flight, default=0)}"
        ),
    }
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak.broadcast", description=__doc__)
    for name, default in (("--people", 2_000), ("--kills", 30), ("--seed", 1)):
        parser.add_argument(name, type=int, default=default)
    wish = parser.parse_args()

    def progress(number: int) -> None:
        filled = BAR * number // wish.kills
        bar = "#" * filled + "." * (BAR - filled)
        print(f"\r{bar} {number}/{wish.kills} kills", end="", file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        done = asyncio.run(broadcast_soak(Path(folder), **vars(wish), progress=progress))
        print(file=sys.stderr)
        found = check(done)
    for name, figure in found.figures.items():
        print(f"{name:<40} {figure}")
    for words in found.wrong:
        print(f"BROKEN: {words}")
    print("Every promise held." if not found.wrong else f"{len(found.wrong)} promises broken.")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
