"""Reads amounts and days as a spreadsheet gives them back, and refuses what has two meanings."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from bot.core.conversation.messages import Refusal
from bot.core.input.dates import some_day

__all__ = ["has_month_first", "read_amount", "read_paid_on"]

CELL_CHARACTERS_MAX: Final = 64
YEAR_MIN: Final = 2000
MONTHS_MAX: Final = 12
SERIAL_ZERO: Final = date(1899, 12, 30)
"""The day from which spreadsheets count days."""

AMOUNT: Final = re.compile(
    r"(?:rp\.?|idr)?\s*([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})"
    r"(?:[.,](?:00?|-))?",
    re.ASCII | re.IGNORECASE,
)
SERIAL: Final = re.compile(r"([0-9]{5})(?:\.[0-9]+)?", re.ASCII)
HOUR: Final = re.compile(
    r"[T ]\s?[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:\.[0-9]+)?)?\Z", re.ASCII
)
NUMBERS: Final = re.compile(r"([0-9]{1,2})\s?[-/.]\s?([0-9]{1,2})\s?[-/.]\s?[0-9]{2,4}", re.ASCII)
WITH_YEAR: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}.*[0-9]{2}", re.ASCII)


def read_amount(cell: str) -> int | None:
    """Returns the rupiah in a cell: `1250000`, `1.250.000`, `Rp1.250.000,00`; None for others."""
    bare = cell.strip()
    found = AMOUNT.fullmatch(bare) if len(bare) <= CELL_CHARACTERS_MAX else None
    if found is None:
        return None
    amount = int(found[1].replace(".", "").replace(",", ""))
    return amount or None


def has_month_first(cells: Iterable[str]) -> bool:
    """Returns whether a column has a day with the month first, such as `12/25/2026`."""
    for cell in cells:
        found = NUMBERS.fullmatch(_day_alone(cell))
        if found is not None and int(found[1]) <= MONTHS_MAX < int(found[2]):
            return True
    return False


def read_paid_on(cell: str, today: date, *, month_first: bool = False) -> date | None:
    """Returns the day in a cell: `2026-12-10`, `10/12/2026`, `10 Des 2026`; None for others.

    Args:
        cell: the text; an hour after the day is ignored, and so is how spreadsheets count days.
        today: the day on which it is read.
        month_first: whether the column has the month first somewhere; then `10/12/2026` may mean
            two days, and is refused.
    """
    bare = _day_alone(cell)
    if (serial := SERIAL.fullmatch(bare)) is not None:
        return SERIAL_ZERO + timedelta(days=int(serial[1]))
    if len(bare) > CELL_CHARACTERS_MAX or WITH_YEAR.fullmatch(bare) is None:
        return None
    if month_first and NUMBERS.fullmatch(bare) is not None:
        return None
    try:
        day = some_day(bare, today)
    except Refusal:
        return None
    return day if day.year >= YEAR_MIN else None


def _day_alone(cell: str) -> str:
    """Returns the cell without an hour at its end."""
    return HOUR.sub("", cell[: 2 * CELL_CHARACTERS_MAX].strip()).strip()
