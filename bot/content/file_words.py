"""The words for the company file and for plans, in the company's language.

They say what is wrong, what a plan pays and warns of, and what a list that is imported changes.

They are plain text for the command line: `file_words/<language>.txt`.
"""

from functools import lru_cache
from pathlib import Path
from typing import Final

from bot.core.file_faults import FileFault, Said

__all__ = ["file_fault_words", "file_words", "said_words"]

FOLDER: Final = Path(__file__).parent / "file_words"


@lru_cache(maxsize=4)
def file_words(language: str) -> dict[str, str]:
    """Returns all words of a language, by their key."""
    lines = (FOLDER / f"{language}.txt").read_text("utf-8").splitlines()
    pairs = (line.partition(": ") for line in lines if line and not line.startswith("#"))
    return {key: words for key, _, words in pairs}


def said_words(said: Said, language: str) -> str:
    """Returns a sentence, or a part of one, with the words of its facts in it."""
    facts = {
        name: ", ".join(_words(one, language) for one in each)
        if isinstance(each, tuple)
        else _words(each, language)
        for name, each in said.facts
    }
    return file_words(language)[said.what].format_map(facts)


def _words(fact: str | Said, language: str) -> str:
    return said_words(fact, language) if isinstance(fact, Said) else fact


def file_fault_words(fault: FileFault, language: str) -> str:
    """Returns what is wrong, with the file, the line and the key in front."""
    place = f"{fault.file}:{fault.line}" if fault.line else fault.file
    words = said_words(fault.said, language)
    if fault.key:
        return f"{place}: {fault.key} {words}"
    return f"{place}: {words}" if fault.line else f"{place} {words}"
