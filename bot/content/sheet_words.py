"""The words for what is wrong with a table, in the language of the people who keep it.

They are plain text for a chat and for the command line: `sheet_words/<language>.txt`.
"""

from functools import lru_cache
from pathlib import Path
from typing import Final

from bot.core.sheets.sheet_faults import SheetFault

__all__ = ["fault_words", "line_words", "sheet_words"]

FOLDER: Final = Path(__file__).parent / "sheet_words"
COMMENT: Final = "#"
LINE_MARK: Final = "(@"
"""Where a fact names a line of the file."""
MORE_MARK: Final = "@more"


@lru_cache(maxsize=4)
def sheet_words(language: str) -> dict[str, str]:
    """Returns all words of a language, by their key."""
    lines = (FOLDER / f"{language}.txt").read_text("utf-8").splitlines()
    pairs = (line.partition(": ") for line in lines if line and not line.startswith(COMMENT))
    return {key: words for key, _, words in pairs}


def fault_words(fault: SheetFault, language: str) -> str:
    """Returns what is wrong, as words that follow the name of the file and the line."""
    words = sheet_words(language)
    facts = {name: _fact(name, each, words) for name, each in fault.facts}
    said = words[fault.what].format_map(facts)
    if not fault.column:
        return said
    return f"{words.get(f'column {fault.column}', fault.column)} {said}"


def line_words(fault: SheetFault, language: str) -> str:
    """Returns what is wrong as a sentence of a message, with its line."""
    words = sheet_words(language)
    place = f"{words['line'].capitalize()} {fault.line}:" if fault.line else words["the file"]
    return f"{place} {fault_words(fault, language)}"


def _fact(name: str, each: str, words: dict[str, str]) -> str:
    """Returns a fact as a reader of this language knows it."""
    match name:
        case "things":
            return words.get(f"things {each}", each)
        case "path":
            return each.replace(LINE_MARK, f"({words['line']} ").replace(MORE_MARK, words["more"])
        case "name":
            return words.get(f"column {each}", each)
        case "value" | "other" if not each:
            return words["the company"]
        case _:
            return each
