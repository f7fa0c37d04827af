"""Reads a single cell as spreadsheets hand it over: guarded, shortened, or with decimals."""

import re
from typing import Final

from bot.core.input.typed import shown
from bot.core.sheets.sheet_faults import BadCellError

__all__ = ["refuse_shortened", "unguarded", "without_decimals"]

CELL_CHARACTERS_MAX: Final = 2_000
FORMULA: Final = re.compile(r'="([^"]*)"')
RISKY: Final = frozenset("=+-@0123456789")
SHORTENED: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)?E\+[0-9]+", re.ASCII | re.IGNORECASE)
DECIMALS: Final = re.compile(r"([0-9]+)[.,]([0-9]{1,2})", re.ASCII)


def unguarded(cell: str) -> str:
    """Returns a cell without what keeps a spreadsheet from changing it: `="08…"` or `'08…`.

    An apostrophe before a letter stays, because it belongs to the word.
    """
    bare = cell.strip()
    if bare.startswith("'") and bare[1:2] in RISKY:
        bare = bare[1:].strip()
    if bare.startswith('="') and len(bare) <= CELL_CHARACTERS_MAX:
        found = FORMULA.fullmatch(bare)
        bare = found[1].strip() if found is not None else bare
    return bare


def without_decimals(cell: str, digits_min: int = 1) -> str:
    """Returns a number without decimals that are all zero: `81355501234.0`, `20000,00`.

    Other cells are returned as they are.

    Args:
        cell: the cell.
        digits_min: the fewest digits before the point; with fewer, thousands could be meant.
    """
    found = DECIMALS.fullmatch(cell) if len(cell) <= CELL_CHARACTERS_MAX else None
    zero = found is not None and not found[2].strip("0") and len(found[1]) >= digits_min
    return found[1] if found is not None and zero else cell


def refuse_shortened(cell: str, what: str = "shortened") -> None:
    """Refuse a number such as `6,28E+12`, whose last digits are lost.

    Raises:
        BadCellError: it is one.
    """
    if len(cell) <= CELL_CHARACTERS_MAX and SHORTENED.fullmatch(cell) is not None:
        raise BadCellError(what, cell=shown(cell))
