"""Takes a list of members over while people write to the bot: how long does anybody wait?"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import perf_counter

from bench.closing import asked_until, command_on, settle
from bench.company import founded
from bench.processes import Outcome, bot_on

__all__ = ["Taken", "importing"]

MEMBERS = 1_000
DAYS = 28
MONTHS = 24
TOPS = 100
FIRST = ("Siti", "Budi", "Rina", "Joko", "Wayan", "Dewi", "Agus", "Putri")
LAST = ("Aminah", "Santoso", "Marlina", "Susilo", "Sari", "Wijaya", "Lestari", "Hidayat")


@dataclass(frozen=True, slots=True)
class Taken:
    """One list.

    Attributes:
        members: how many it has.
        seconds: from the start of the command to its end.
        answers: what people who wrote meanwhile waited.
    """

    members: int
    seconds: float
    answers: Outcome


def importing(folder: Path, members: int) -> Taken:
    """A list of so many, taken over by the running bot of a company of a thousand.

    Raises:
        RuntimeError: the list was refused.
    """
    folder.mkdir()
    books = founded(folder / "books.db", MEMBERS)
    (folder / "list.csv").write_text("\n".join(_lines(members)), "utf-8")
    with bot_on(books, hurried=False) as bot:
        settle(bot, MEMBERS)
        began = perf_counter()
        command = command_on(books, "bot", "import", "members", "list.csv")
        answers = asked_until(bot, command, MEMBERS)
        seconds = perf_counter() - began
        told, failed = command.communicate()
    if f"{members} added" not in told:
        raise RuntimeError(failed)
    return Taken(members, seconds, answers)


def _lines(members: int) -> Iterator[str]:
    """The list: a hundred right under the company, each other below one who came before."""
    chance = Random(members)
    yield "number,name,phone,sponsor,joined"
    for place in range(members):
        sponsor = f"L{chance.randrange(place)}" if place >= TOPS else ""
        month = chance.randrange(MONTHS)
        day = f"20{20 + month // 12}-{1 + month % 12:02d}-{1 + chance.randrange(DAYS):02d}"
        name = f"{chance.choice(FIRST)} {chance.choice(FIRST)} {chance.choice(LAST)}"
        yield f"L{place},{name},0812{chance.randrange(9)}{place:07d},{sponsor},{day}"
