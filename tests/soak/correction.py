"""`python -m tests.soak.correction --people 500 --kills 20`: corrections while the bot is killed.

A trainer writes to all from a phone and corrects the text twice while it goes out; the connection
fails, and the bot is killed at random instants. At the end every phone that has the broadcast must
show the newest text, once.
"""

import argparse
import asyncio
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sandbox.server import Sandbox
from tests.soak import broadcast
from tests.soak.bots import Bots
from tests.soak.crowd.phone import Phone
from tests.stage import Given, Stage

__all__ = ["Corrected", "check", "correction_soak"]

BLOCKED_SHARE = 0.01
TEXTS = ("Latihan Sabtu jam 10", "Latihan Sabtu jam 11")
PATIENCE_SECONDS = 240.0
OPEN = """
    SELECT (SELECT count(*) FROM broadcast_corrections WHERE finished_at IS NULL)
      + (SELECT count(*) FROM broadcasts WHERE finished_at IS NULL)
"""


@dataclass
class Corrected:
    """What happened."""

    telegram: Sandbox
    books: Path
    log: Path
    author: int
    kills: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)
    figures: dict[str, object] = field(default_factory=dict)

    def claim(self, holds: object, words: str) -> None:
        if not holds:
            self.wrong.append(words)

    def rows(self, question: str) -> list[sqlite3.Row]:
        with closing(sqlite3.connect(f"file:{self.books}?mode=ro", uri=True)) as books:
            books.row_factory = sqlite3.Row
            return books.execute(question).fetchall()


async def correction_soak(
    folder: Path, *, people: int, kills: int, seed: int, life: tuple[float, float] = (0.2, 2.0)
) -> Corrected:
    """Send to a number of people and correct it twice, with a number of kills, until all ends."""
    chance = random.Random(seed)
    stage = Stage(folder, [Given("Budi Wijaya", "Bapak", "PUSAT", roles=("trainer",))])
    author = stage.user("Budi")
    readers = range(broadcast.FIRST_READER, broadcast.FIRST_READER + people)
    known = [stage._introduction("Budi", author)]
    known += [{"id": each, "first_name": f"Mitra{each}", "started": True} for each in readers]
    async with Sandbox(known, flood=False) as telegram:
        telegram.world.clock.change(to=broadcast.BEGIN, freeze=False)
        await broadcast._found(stage)
        for each in readers:
            if chance.random() < BLOCKED_SHARE:
                telegram.world.person(each).blocked = True
        done = Corrected(telegram, folder / "books.db", folder / "bot.log", author)
        async with Bots(broadcast._settings(stage, telegram, folder), done.log) as bots:
            await bots.start()
            phone = Phone(telegram, author, chance)
            await phone.say("/menu", "Budi")
            await bots.stop()
            await broadcast._join(stage, readers)
            await bots.start()
            began = time.monotonic()
            await broadcast._write(phone, people)
            await _live(done, bots, phone, kills, life, seed)
            done.seconds = time.monotonic() - began
            await bots.stop()
        return done


async def _live(
    done: Corrected, bots: Bots, phone: Phone, kills: int, life: tuple[float, float], seed: int
) -> None:
    """Correct it once after a quarter of the kills and once after half of them."""
    chance, telegram = random.Random(seed), done.telegram
    for number, fault in enumerate(broadcast.BAD_LINE):
        telegram.disturb(**fault | ({"seed": seed} if number == 0 else {}))
    due = dict(zip((kills // 4, kills // 2), TEXTS, strict=True))
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        await asyncio.sleep(chance.uniform(*life))
        if done.kills in due:
            await _correct(phone, due.pop(done.kills))
            await telegram.move_clock(advance=1)
            await asyncio.sleep(chance.uniform(*life))
        if done.kills < kills:
            await bots.kill()
            done.kills += 1
            await bots.start()
            await telegram.move_clock(advance=16)
        else:
            telegram.world.faults.clear()
            await telegram.move_clock(advance=16)  # which makes the bot look what is due
            if not done.rows(OPEN)[0][0]:
                return


async def _correct(phone: Phone, words: str) -> None:
    """What a trainer does on the phone."""
    await phone.say("/betulkan 1", "Teks siaran nomor 1 sekarang")
    await phone.say(f"Halo {{sapaan}} {{nama}}! {words}.", "Ganti teksnya jadi seperti ini")
    await phone.say("ya", "edang dibetulkan")


def check(done: Corrected) -> Corrected:
    """Every phone whose message has a known number shows the newest text; nobody has two."""
    twice, old, shown = [], [], 0
    letters = done.rows("SELECT * FROM outbox WHERE broadcast_id = 1")
    known = {each["chat_id"]: each["message_id"] for each in letters if each["state"] == "sent"}
    for person in (each["chat_id"] for each in letters):
        chat = done.telegram.views.chat(person)["messages"]
        mine = [each for each in chat if "Latihan Sabtu" in each.get("text", "")]
        shown += bool(mine)
        if len(mine) > 1:
            twice.append(person)
        if person in known and TEXTS[-1] not in mine[0]["text"]:
            old.append(person)
    done.claim(not twice, f"got it twice: {twice[:5]}")
    done.claim(not old, f"{len(old)} have an old text: {old[:5]}")
    rows: list[dict[str, Any]] = [
        dict(each) for each in done.rows("SELECT * FROM broadcast_corrections ORDER BY id")
    ]
    done.claim(len(rows) == len(TEXTS), f"{len(rows)} corrections")
    parts = ("corrected", "blocked", "deleted", "failed", "unsent")
    for each in rows:
        done.claim(each["finished_at"], f"correction {each['id']} never ended")
        done.claim(sum(each[part] for part in parts) == each["total"], f"the counts: {each}")
    newest = rows[-1]
    done.claim(newest["state"] == "done", f"it ended as {newest['state']}")
    done.claim(newest["failed"] == newest["deleted"] == newest["unsent"] == 0, f"{newest}")
    told = Counter(each["key"] for each in done.rows("SELECT key FROM outbox"))
    done.claim(told[f"correction:{newest['id']}:result"] == 1, "its result was told once")
    said = done.log.read_text("utf-8") if done.log.exists() else ""
    done.claim("Traceback" not in said, f"a traceback in {done.log}")
    edits = [
        str(each["outcome"])
        for each in done.telegram.world.log
        if each["method"] == "editMessageText" and each["person"] != done.author
    ]
    done.figures = {
        "people; kills; seconds in all": f"{len(letters)}; {done.kills}; {round(done.seconds)}",
        "have the broadcast; number known": f"{shown}; {len(known)}",
        "have an old text; have it twice": f"{len(old)}; {len(twice)}",
        "edits; of them changed nothing": (
            f"{len(edits)}; {sum('not modified' in each for each in edits)}"
        ),
        "corrections": ", ".join(
            f"{each['state']}: {each['corrected']} of {each['total']}, {each['blocked']} blocked,"
            f" {each['unknown']} unknown"
            for each in rows
        ),
    }
    return done


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak.correction", description=__doc__)
    for name, default in (("--people", 500), ("--kills", 20), ("--seed", 1)):
        parser.add_argument(name, type=int, default=default)
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        done = check(asyncio.run(correction_soak(Path(folder), **vars(wish))))
    for name, figure in done.figures.items():
        print(f"{name:<40} {figure}")
    for words in done.wrong:
        print(f"BROKEN: {words}")
    print("Every promise held." if not done.wrong else f"{len(done.wrong)} promises broken.")
    return 1 if done.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
