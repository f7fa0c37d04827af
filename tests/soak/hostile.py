"""`python -m tests.soak.hostile --minutes 10`: fifty people chat while one types what hurts most.

The stand-in for Telegram misbehaves on at most three calls in a hundred. What the others wait for
is measured from the moment they say something to the moment the answer is in their chat.
"""

import argparse
import asyncio
import contextlib
import itertools
import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from sandbox.refusals import NotPossible
from sandbox.server import Sandbox
from tests.hostile.shapes import MESSAGE_CHARACTERS_MAX, SHAPES
from tests.soak.books import Books
from tests.soak.bots import Bots
from tests.soak.checker import check_sales, check_sums, check_updates
from tests.soak.company import BEGIN, prepare_database, settings_of
from tests.soak.crowd.memory import Memory
from tests.soak.crowd.office import admin
from tests.soak.crowd.phone import Json, Phone
from tests.soak.crowd.sellers import seller
from tests.soak.drive import Soak, drained
from tests.soak.findings import Findings
from tests.stage import Given, Stage

PEOPLE = 50
THINK_SECONDS = (1.0, 4.0)
HOSTILE_SECONDS = 0.25
P95_SECONDS_MAX = 0.5
LINE: tuple[dict[str, Any], ...] = (
    {"kind": "hold", "probability": 0.005},
    {"kind": "cut_after", "probability": 0.005},
    {"kind": "cut_before", "probability": 0.005},
    {"kind": "http_500", "probability": 0.005},
    {"kind": "truncated", "probability": 0.002},
    {"kind": "null_result", "probability": 0.002},
    {"kind": "http_502_html", "method": "getUpdates", "probability": 0.01},
    {"kind": "truncated", "method": "getUpdates", "probability": 0.01},
)
DOORS = ("", "/jual", "/profil nama", "/klaim", "/tim", "/batal", "/daftar", "/siaran", "/bonus")
"""In the middle of what the hostile text arrives."""


class Timed(Phone):
    """A phone that notes how long its owner waits."""

    def __init__(self, telegram: Sandbox, person: int, chance: random.Random) -> None:
        super().__init__(telegram, person, chance)
        self.waits: list[float] = []

    async def _do(self, act: Any, expect: str, pressed: Any = None) -> Json:
        await asyncio.sleep(self.chance.uniform(*THINK_SECONDS))
        began = time.monotonic()
        said = await super()._do(act, expect, pressed)
        self.waits.append(time.monotonic() - began)
        return said


async def crowd(
    folder: Path, minutes: float, seed: int, *, people: int = PEOPLE, timed: bool = True
) -> Findings:
    """Returns what held and what did not after some minutes.

    Args:
        folder: for the database and the log.
        minutes: for how long they chat.
        seed: decides faults and what people do.
        people: how many there are beside the hostile one.
        timed: whether the time they wait is judged, or only reported.
    """
    chance = random.Random(seed)
    names = [f"{first}{last} Uji" for first, last in itertools.product("BCDFGHJKLM", "aeiou")]
    given = [Given("Budi Wijaya", "Bapak", "PUSAT", roles=("admin",))]
    given += [Given(name, sponsor="Budi") for name in names[:people]]
    given += [Given("Usil Sekali", sponsor="Budi")]
    stage = Stage(folder, given)
    accounts = [stage._introduction(name, number) for name, number in stage.users.items()]
    async with Sandbox(accounts, flood=False) as telegram:
        telegram.world.clock.change(to=BEGIN, freeze=False)
        await prepare_database(stage)
        done = Soak(telegram, Books(stage.url), folder / "bot.log")
        for number, fault in enumerate(LINE):
            telegram.disturb(**fault | ({"seed": seed} if number == 0 else {}))
        async with Bots(settings_of(stage, telegram, folder), done.log) as bots:
            await bots.start()
            phones = [
                Timed(telegram, stage.user(name.split()[0]), random.Random(chance.random()))
                for name in names[:people]
            ]
            hostile = Phone(telegram, stage.user("Usil"), chance)
            office = Phone(telegram, stage.user("Budi"), chance)
            done.phones += [*phones, hostile, office]
            first = bots.pid
            async with asyncio.TaskGroup() as together:
                for phone in phones:
                    together.create_task(seller(phone, done.memory))
                together.create_task(admin(office, done.memory))
                together.create_task(_attack(hostile, done.memory))
                await _tick(minutes, phones)
                telegram.world.faults.clear()
                done.memory.closing = True
            await drained(done)
            lived = bots.pid == first
            code = await bots.stop()
        return _judged(done, phones, hostile, lived=lived and code == 0, timed=timed)


async def _attack(phone: Phone, memory: Memory) -> None:
    """Type each hostile text in the middle of everything, again and again."""
    for door, text in itertools.cycle(_texts()):
        if memory.closing:
            return
        for said in filter(None, (door, text)):
            with contextlib.suppress(NotPossible):  # Telegram itself takes no blank text
                done = phone.telegram.phones.say(phone.person, said)
                phone.update_ids.append(done["update_id"])
            await asyncio.sleep(HOSTILE_SECONDS)


def _texts() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for shape, door in zip(SHAPES.values(), itertools.cycle(DOORS), strict=False):
        for length in (243, 1_000, MESSAGE_CHARACTERS_MAX):
            text = shape(length)
            if text.strip():
                found.append((door, text.encode("utf-8", "ignore").decode()))
    return [one for one in found if one[1].strip()]


async def _tick(minutes: float, phones: list[Timed]) -> None:
    until = time.monotonic() + minutes * 60
    while (left := until - time.monotonic()) > 0:
        answers = sum(len(phone.waits) for phone in phones)
        print(f"\r{left:5.0f} s left, {answers} answers", end="", file=sys.stderr, flush=True)
        await asyncio.sleep(min(left, 2))
    print(file=sys.stderr)


def _judged(
    done: Soak, phones: list[Timed], hostile: Phone, *, lived: bool, timed: bool
) -> Findings:
    found = Findings()
    waits = sorted(wait for phone in phones for wait in phone.waits)
    p95 = quantiles(waits, n=20)[-1]
    check_updates(done, found)
    check_sales(done, done.books, found)
    kept = done.books.count("SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'expired')")
    check_sums(done, found)
    found.claim(lived, "the bot ended, or was started again")
    found.claim(p95 < P95_SECONDS_MAX or not timed, f"p95 of the others' answers is {p95:.2f} s")
    calls = done.telegram.world.log
    bad = sum(not str(entry["outcome"]).endswith("ok") for entry in calls)
    found.figures |= {
        "people beside the hostile one": len(phones),
        "hostile messages": len(hostile.update_ids),
        "their answers": len(waits),
        "they wait (median, p95, slowest s)": f"{median(waits):.3f}, {p95:.3f}, {waits[-1]:.2f}",
        "waits given up": len(done.memory.unanswered),
        "calls that went wrong": f"{bad} of {len(calls)} ({100 * bad / len(calls):.1f} %)",
        "letters that ended otherwise than sent": kept,
    }
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak.hostile", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="keep books and log in this folder")
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hostile-") as temporary:
        folder = wish.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        found = asyncio.run(crowd(folder, wish.minutes, wish.seed))
    for name, figure in found.figures.items():
        print(f"{name:<46} {figure}")
    for words in found.wrong:
        print(f"BROKEN: {words}")
    print("Every promise held." if not found.wrong else f"{len(found.wrong)} promises broken.")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
