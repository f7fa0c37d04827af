"""What people type: how words are spelled, and by which words and examples an intent is known.

`spelling/spelling.txt` has the spellings. Each intent has a file `<topic>/<intent>.heard`: lines
with `=` are patterns, all others are sentences as they were typed. `learned.txt` holds what was
learned from these and from the labelled sentences of the tests, `learned_buyers.txt` which words
of a sale are the buyer, `learned_payments.txt` what they say of the payment; `make learn` writes
them.
"""

import sys
from array import array
from base64 import b64decode
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from bot.core.learned.weights import Learned
from bot.core.sales.line.tags.line_tags import LineTags
from bot.core.understanding.intents import Intent, IntentPatterns
from bot.core.understanding.meanings import Meanings
from bot.core.understanding.spelling import Spelling

__all__ = [
    "LEARNED",
    "LEARNED_BUYERS",
    "LEARNED_PAYMENTS",
    "intent_patterns",
    "intents",
    "learned",
    "line_tags",
    "meanings",
    "spelling",
]

FOLDER = Path(__file__).parent
MEANINGS = FOLDER / "meanings"
SPELLING = FOLDER / "spelling" / "spelling.txt"
LEARNED = FOLDER / "learned.txt"
LEARNED_BUYERS = FOLDER / "learned_buyers.txt"
LEARNED_PAYMENTS = FOLDER / "learned_payments.txt"
BYTE_ZERO = 128
"""No weight, in a file with a byte for each."""

COMMENT, FILLER, OWN, PATTERN = "#", "- ", "= ", "= "


@lru_cache(maxsize=1)
def intents() -> tuple[Intent, ...]:
    """Returns all intents, sorted by name."""
    files = sorted(FOLDER.glob("*/*.heard"), key=lambda file: file.stem)
    return tuple(_intent(file) for file in files)


@lru_cache(maxsize=1)
def intent_patterns() -> IntentPatterns:
    """Returns the patterns of all intents."""
    return IntentPatterns(intents())


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
    """Returns the weights of the intents."""
    return _weights(LEARNED)


@lru_cache(maxsize=1)
def line_tags() -> LineTags:
    """Returns what was learned of the words of a line about a sale."""
    words = spelling()
    return LineTags(
        _weights(LEARNED_BUYERS),
        _weights(LEARNED_PAYMENTS),
        words.is_known,
        words.canonical,
        meanings().in_words,
    )


@lru_cache(maxsize=1)
def meanings() -> Meanings:
    """Returns the meanings of words that the files of `meanings/` list, a file for each region.

    A line is a meaning, a colon, and the words for it; `_` joins a pair of words.
    """
    known: dict[str, set[str]] = {}
    for file in sorted(MEANINGS.glob("*.txt")):
        for line in file.read_text("utf-8").splitlines():
            meaning, _, words = line.partition(":")
            for word in words.split():
                known.setdefault(word.replace("_", " "), set()).add(meaning)
    return Meanings({word: frozenset(each) for word, each in known.items()})


def _weights(file: Path) -> Learned:
    """Returns the weights of a file: lines with labels, biases, unit and zero, then features.

    Each feature has a tab and its weights behind it, in base 64: a byte for each label, or two.
    """
    made_from, labels, biases, scale, *rows = file.read_text("utf-8").splitlines()
    assert made_from.startswith(COMMENT)
    unit, zero = map(int, scale.split())
    pairs = (row.split("\t") for row in rows)
    weights = {feature: _numbers(b64decode(coded), zero) for feature, coded in pairs}
    return Learned(
        tuple(labels.split(",")), tuple(map(int, biases.split(","))), unit, zero, weights
    )


def _numbers(coded: bytes, zero: int) -> Sequence[int]:
    if zero == BYTE_ZERO:
        return coded
    found = array("H", coded)
    if sys.byteorder == "little":
        found.byteswap()  # the high byte comes first
    return found


def _intent(file: Path) -> Intent:
    lines = [line for line in file.read_text("utf-8").splitlines() if line.strip()]
    return Intent(
        file.stem,
        tuple(line.removeprefix(PATTERN) for line in lines if line.startswith(PATTERN)),
        tuple(line for line in lines if not line.startswith((PATTERN, COMMENT))),
    )
