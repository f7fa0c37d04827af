"""Reads single cells of an operator's tables: a code, a whole number, a word of a list."""

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from bot.core.input.typed import one_line, shown
from bot.core.sheets.sheet_cells import refuse_shortened, without_decimals
from bot.core.sheets.sheet_faults import BadCellError

__all__ = [
    "NO_MEMBER_CELLS",
    "code",
    "one_of",
    "remembering",
    "signed_whole",
    "whole_from_zero",
    "words",
]

T = TypeVar("T")

DIGITS_MAX: Final = 12
CODE: Final = re.compile(r"[A-Z0-9](?:[A-Z0-9 ._/-]{0,30}[A-Z0-9])?", re.ASCII | re.IGNORECASE)
NUMBER: Final = re.compile(
    r"(?:rp\.?\s*)?(?P<digits>[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,0{1,2})?(?:,-)?",
    re.ASCII | re.IGNORECASE,
)
BELOW_ZERO: Final = re.compile(
    r"(?P<rp>rp\.?\s*)?[-−–]\s*(?P<rest>\S.*)|\((?P<inner>[^()]+)\)", re.IGNORECASE
)
NO_MEMBER_CELLS: Final = frozenset({"", "-", "–", "—"})


def signed_whole(cell: str) -> int:
    """Read a whole number, with or without dots for thousands; negative with a minus or in ().

    Raises:
        BadCellError: says what is wrong.
    """
    if cell.isdecimal() and cell.isascii() and len(cell) <= DIGITS_MAX:
        return int(cell)
    if not cell:
        raise BadCellError("empty figure")
    below = BELOW_ZERO.fullmatch(cell)
    bare = cell if below is None else (below["rest"] or below["inner"]).strip()
    refuse_shortened(bare, "shortened figure")
    bare = without_decimals(bare)
    found = NUMBER.fullmatch(bare)
    digits = "" if found is None else found["digits"].replace(".", "")
    if not digits or len(digits) > DIGITS_MAX:
        raise BadCellError("no whole", cell=shown(cell), most=DIGITS_MAX)
    return int(digits) if below is None else -int(digits)


def whole_from_zero(cell: str) -> int:
    """Read a whole number that is not negative; an empty cell is 0.

    Raises:
        BadCellError: says what is wrong.
    """
    number = signed_whole(cell) if cell else 0
    if number < 0:
        raise BadCellError("below zero", cell=shown(cell))
    return number


def code(cell: str) -> str:
    """Read a code and keep its case, which makes no difference when codes are compared.

    Raises:
        BadCellError: says what is wrong.
    """
    line = cell if cell.isascii() and cell.isprintable() else one_line(cell)
    if not line:
        raise BadCellError("empty")
    refuse_shortened(line)
    line = without_decimals(line)
    if CODE.fullmatch(line) is None:
        raise BadCellError("no number", cell=shown(cell))
    return line


def words(cell: str) -> str:
    """Read words in any case; returns them casefolded."""
    plain = cell.isascii() and cell.isprintable() and "  " not in cell
    return (cell if plain else one_line(cell)).casefold()


def remembering(parse: Callable[[str], T]) -> Callable[[str], T]:
    """Returns the parser with a cache, for a column in which few values repeat often."""
    known: dict[str, T] = {}

    def read(cell: str) -> T:
        if cell not in known:
            known[cell] = parse(cell)
        return known[cell]

    return read


def one_of(words: Mapping[str, str]) -> Callable[[str], str]:
    """Returns a parser of cells that have one of these words; it returns the word's value."""
    known = ", ".join(dict.fromkeys(words.values()))

    def read(cell: str) -> str:
        found = words.get(cell.casefold())
        if found is None:
            raise (
                BadCellError("none of", cell=shown(cell), known=known)
                if cell
                else BadCellError("empty")
            )
        return found

    return read
