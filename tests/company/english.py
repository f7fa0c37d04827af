"""The words of faults, as an English company reads them."""

from collections.abc import Iterable

from bot.content.file_words import file_fault_words, said_words
from bot.core.file_faults import FileFault, Said

__all__ = ["english", "in_english"]


def english(faults: Iterable[FileFault]) -> list[str]:
    """Returns the words of faults in English."""
    return [file_fault_words(fault, "en") for fault in faults]


def in_english(said: Said | None) -> str:
    """Returns the words of a sentence in English; empty where there is none."""
    return "" if said is None else said_words(said, "en")
