"""Reads the labelled sentences: what people typed, and what it means.

`tuning.txt` may be read by whoever improves the matcher. `untouched.txt` is read by the measure
alone; when it has to be looked into, a new one is written. Its hash is fixed in `HASH`.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

__all__ = ["HASH", "Entry", "entries", "hash_of"]

FOLDER = Path(__file__).parent
HASH = "1405851d7953602f877d51ededdc3b498ea0b47666657d4782b39ee516b30fd7"


@dataclass(frozen=True, slots=True)
class Entry:
    """One sentence. Several meanings are given where two careful people would differ."""

    text: str
    meanings: tuple[str, ...]
    trap: bool

    @property
    def intents(self) -> tuple[str, ...]:
        """The intents that are right, as the files in `bot/content` are called."""
        return tuple(_intent(meaning) for meaning in self.meanings)


def entries(half: str) -> list[Entry]:
    """Returns the sentences of `tuning` or `untouched`."""
    lines = (FOLDER / f"{half}.txt").read_text("utf-8").splitlines()
    pairs = zip(lines[::2], lines[1::2], strict=True)
    return [_entry(typed.removeprefix("> "), label.removeprefix("= ")) for typed, label in pairs]


def hash_of(half: str) -> str:
    """Returns the SHA-256 of a half."""
    return hashlib.sha256((FOLDER / f"{half}.txt").read_bytes()).hexdigest()


def _entry(typed: str, label: str) -> Entry:
    bare = label.removeprefix("trap ")
    meanings = tuple(part.strip() for part in bare.split(" / "))
    return Entry(typed.replace("\\n", "\n"), meanings, trap=bare != label)


def _intent(meaning: str) -> str:
    first, *rest = meaning.split()
    if first in {"help", "language"} and rest:
        return f"{first}_{rest[0]}"
    return first
