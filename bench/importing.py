"""Imports a list of members while people write to the bot, and measures how long they wait."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import perf_counter

from bench.closing import asked_until, command_on, settle
from bench.company import seeded
from bench.processes import Outcome, bot_on

__all__ = ["Import", "importing"]

MEMBERS = 1_000
DAYS = 28
MONTHS = 24
TOPS = 100
FIRST = ("Siti", "Budi", "Rina", "Joko", "Wayan", "Dewi", "Agus", "Putri")
LAST = ("Aminah", "Santoso", "Marlina", "Susilo", "Sari", "Wijaya", "Lestari", "Hidayat")


@dataclass(frozen=True, slots=True)
class Import:
    """The import of one list.

    Attributes:
        members: the number of members in it.
        seconds: from the start of the command to its end.
        answers: how long people who wrote meanwhile waited.
    """

    members: int
    seconds: float
    answers: Outcome


def importing(folder: Path, members: int) -> Import:
    """Import a list of this many members through the running bot of a company of a thousand.

    Raises:
        RuntimeError: the list was refused.
    """
    folder.mkdir()
    database = seeded(folder / "database.db", MEMBERS)
    (folder / "list.csv").write_text("\n".join(_lines(members)), "utf-8")
    with bot_on(database, hurried=False) as bot:
        settle(bot, MEMBERS)
        began = perf_counter()
        command = command_on(database, "bot", "import", "members", "list.csv")
        answers = asked_until(bot, command, MEMBERS)
        seconds = perf_counter() - began
        output, errors = command.communicate()
    if command.returncode or str(members) not in output:
        raise RuntimeError(errors)
    return Import(members, seconds, answers)


def _lines(members: int) -> Iterator[str]:
    """Yield the list: a hundred directly below the company, the others below an earlier member."""
    chance = Random(members)
    yield "number,name,phone,sponsor,joined"
    for place in range(members):
        sponsor = f"L{chance.randrange(place)}" if place >= TOPS else ""
        month = chance.randrange(MONTHS)
        day = f"20{20 + month // 12}-{1 + month % 12:02d}-{1 + chance.randrange(DAYS):02d}"
        name = f"{chance.choice(FIRST)} {chance.choice(FIRST)} {chance.choice(LAST)}"
        yield f"L{place},{name},0812{chance.randrange(9)}{place:07d},{sponsor},{day}"
