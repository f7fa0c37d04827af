"""Reads the labelled sentences: what people typed, and what it means.

`tuning.txt` is for work on the bot's understanding. `untouched.txt` is read by the measure alone;
when it has to be looked into, a new one is written. `HASH` fixes it.

Each sentence takes two lines: `> ` is what was typed, with `\\n` for a new line, `= ` its meaning.
A sale names items, buyer, day, total, payment and discount; all other meanings are an intent with
what it is about. `trap` marks what has a product and a number and is no sale.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

__all__ = ["HASH", "Entry", "entries", "hash_of"]

FOLDER = Path(__file__).parent
HASH = "9905eddb2bc1565354164db0a520f4cb12bedf3d4e4816cf845f0eb7ffcecd50"
ABOUT_PEOPLE = frozenset({"member", "relay", "ask_number"})
"""Intents whose label names the person of the sender's team."""

TYPED, MEANS, TRAP, OR = "> ", "= ", "trap ", " / "


@dataclass(frozen=True, slots=True)
class Entry:
    """One sentence; several meanings are given where two careful people would differ."""

    text: str
    meanings: tuple[str, ...]
    trap: bool

    @property
    def intents(self) -> tuple[str, ...]:
        """The intents that are right, as the files in `bot/content` are called."""
        return tuple(_intent(meaning).replace(" ", "_") for meaning in self.meanings)

    @property
    def people(self) -> frozenset[str]:
        """The words, in lower case, of names in the sender's team that the labels give."""
        about = (meaning.split() for meaning in self.meanings)
        return frozenset(
            word.strip(",").casefold()
            for intent, *words in about
            if intent in ABOUT_PEOPLE
            for word in words
        )

    @property
    def intent(self) -> str:
        """The intent of the first meaning, such as `balance` or `help sell`."""
        return _intent(self.meanings[0])


def entries(half: str) -> list[Entry]:
    """Returns the sentences of `tuning` or `untouched`."""
    lines = (FOLDER / f"{half}.txt").read_text("utf-8").splitlines()
    pairs = zip(lines[::2], lines[1::2], strict=True)
    return [_entry(typed, meaning) for typed, meaning in pairs]


def hash_of(half: str) -> str:
    """Returns the SHA-256 of a half."""
    return hashlib.sha256((FOLDER / f"{half}.txt").read_bytes()).hexdigest()


def _intent(meaning: str) -> str:
    first, *rest = meaning.split()
    return f"{first} {rest[0]}" if first in {"help", "language"} and rest else first


def _entry(typed: str, meaning: str) -> Entry:
    assert typed.startswith(TYPED), typed
    assert meaning.startswith(MEANS), typed
    bare = meaning.removeprefix(MEANS).removeprefix(TRAP)
    return Entry(
        typed.removeprefix(TYPED).replace("\\n", "\n"),
        tuple(each.strip() for each in bare.split(OR)),
        trap=meaning.startswith(MEANS + TRAP),
    )
