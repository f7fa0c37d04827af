"""The messages said in the chats of a run, and those said in none."""

from pathlib import Path

import pytest

from bot.content import LANGUAGES
from tests.architecture.examples import MESSAGES

__all__ = ["PLAYED", "SAID", "SAID_ELSEWHERE", "all_played", "unsaid"]

SAID = pytest.StashKey[set[str]]()
"""The templates that were filled."""

PLAYED = pytest.StashKey[set[str]]()
"""The names of the files that were played."""


SAID_ELSEWHERE = {
    "contact_file/picked_enough": ("tests/flows/test_contact_picking.py", "PickedEnough"),
    "correction/correction_stopped": (
        "tests/services/broadcasts/test_correcting.py",
        "dihentikan, karena beliau",
    ),
    "customer_edit/numbers_locked": (
        "tests/services/customers/test_customers_kept.py",
        "Nomor HP belum bisa disimpan",
    ),
    "stock/stock_too_much": ("tests/flows/test_stock_note.py", "StockTooMuch"),
    "failed_work/work_not_done": ("tests/runtime/test_failed_work.py", "tidak jadi dibuat"),
}
"""Messages that need a fault of the machine or many lines, each with the test that brings it about
and words of it."""


def all_played(played: set[str]) -> bool:
    """Whether every chat file was played: before that no message counts as unsaid."""
    return played == {file.name for file in Path(__file__).parent.glob("*.chat")}


def unsaid(said: set[str]) -> list[str]:
    """Returns what the chats do not cover, in words.

    Every message is in some chat, and every topic is spoken of in each language.
    """
    found = [
        f"{name} is said in no chat"
        for name in sorted(MESSAGES.keys() - SAID_ELSEWHERE.keys())
        if not said & {f"{name}.{each}.j2" for each in LANGUAGES}
    ]
    topics = {name.partition("/")[0] for name in MESSAGES}
    for language in LANGUAGES:
        spoken = {path.partition("/")[0] for path in said if path.endswith(f".{language}.j2")}
        found += [f"{topic} is never spoken of in {language}" for topic in sorted(topics - spoken)]
    return found
