"""What people type: how words are spelled, and by which words and examples an intent is known.

`spelling/spelling.txt` has the spellings. Each intent has a file `<topic>/<intent>.heard`: lines
with `=` are patterns, all others are sentences as they were typed. `learned.txt` holds what was
learned from these and from the labelled sentences of the tests; `make learn` writes it.
"""

from base64 import b85decode
from functools import lru_cache
from pathlib import Path

from bot.core.understanding.intents import Intent
from bot.core.understanding.learned import Learned
from bot.core.understanding.spelling import Spelling

__all__ = ["LEARNED", "intents", "learned", "spelling"]

FOLDER = Path(__file__).parent
SPELLING = FOLDER / "spelling" / "spelling.txt"
LEARNED = FOLDER / "learned.txt"
COMMENT, FILLER, OWN, PATTERN = "#", "- ", "= ", "= "


@lru_cache(maxsize=1)
def intents() -> tuple[Intent, ...]:
    """Returns all intents, sorted by name."""
    files = sorted(FOLDER.glob("*/*.heard"), key=lambda file: file.stem)
    return tuple(_intent(file) for file in files)


@lru_cache(maxsize=1)
def spelling() -> Spelling:
    """Returns the spellings of `spelling/spelling.txt`."""
    usual: dict[str, str] = {}
    fillers: set[str] = set()
    for line in SPELLING.read_text("utf-8").splitlines():
        if line.startswith(FILLER):
            fillers.update(line.removeprefix(FILLER).split())
        elif line.startswith(OWN):
            usual |= {word: word for word in line.removeprefix(OWN).split()}
        elif not line.startswith(COMMENT):
            word, _, others = line.partition(":")
            usual |= dict.fromkeys(others.split(), word)
    return Spelling(usual, frozenset(fillers))


@lru_cache(maxsize=1)
def learned() -> Learned:
    """Returns the weights of `learned.txt`: a line with intents, biases and unit, then features.

    Each feature has a tab and a byte for each intent behind it, in base 85.
    """
    made_from, intents_, biases, unit, *rows = LEARNED.read_text("utf-8").splitlines()
    assert made_from.startswith(COMMENT)
    pairs = (row.split("\t") for row in rows)
    weights = {feature: b85decode(coded) for feature, coded in pairs}
    return Learned(
        tuple(intents_.split(",")), tuple(map(int, biases.split(","))), int(unit), weights
    )


def _intent(file: Path) -> Intent:
    lines = [line for line in file.read_text("utf-8").splitlines() if line.strip()]
    return Intent(
        file.stem,
        tuple(line.removeprefix(PATTERN) for line in lines if line.startswith(PATTERN)),
        tuple(line for line in lines if not line.startswith((PATTERN, COMMENT))),
    )
