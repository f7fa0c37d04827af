"""Reads dates as spreadsheets write them; the order of day and month is never guessed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.core.input.dates import month_number
from bot.core.input.typed import shown
from bot.core.sheets.sheet_faults import BadCellError

__all__ = ["DayOrder", "find_order", "read_sheet_day"]

YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
NUMBERS: Final = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4})", re.ASCII)
DAY_MONTH: Final = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s\-/]*([a-z]+)\.?,?[\s\-/]*(\d{4})", re.ASCII | re.IGNORECASE
)
MONTH_DAY: Final = re.compile(
    r"([a-z]+)\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.ASCII | re.IGNORECASE
)
SHORT_YEAR: Final = re.compile(r"\d{1,2}[\s\-/.]*(?:\d{1,2}|[a-z]+)[\s\-/.]+\d{2}", re.IGNORECASE)
SERIAL: Final = re.compile(r"\d{5}(?:[.,]\d+)?", re.ASCII)
HOUR: Final = re.compile(
    r"(?:T|,\s+|(?<![\s,])\s+)\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d+)?\s?(?:[AP]M)?Z?$",
    re.IGNORECASE,
)
MONTHS_MAX: Final = 12
CELL_CHARACTERS_MAX: Final = 64


@dataclass(frozen=True, slots=True)
class DayOrder:
    """How to read `03/04/2024` in a column: the first line that shows each order."""

    day_first: int | None = None
    month_first: int | None = None

    @property
    def settled(self) -> bool:
        """Whether the column shows exactly one order."""
        return (self.day_first is None) != (self.month_first is None)


def find_order(cells: Iterable[tuple[int, str]]) -> DayOrder:
    """Returns the order of day and month in a column, by its unambiguous dates."""
    day_first = month_first = None
    for line, cell in cells:
        found = NUMBERS.fullmatch(_day_alone(cell))
        if found is None:
            continue
        one, other = int(found[1]), int(found[3])
        if one > MONTHS_MAX >= other and day_first is None:
            day_first = line
        if other > MONTHS_MAX >= one and month_first is None:
            month_first = line
    return DayOrder(day_first, month_first)


def read_sheet_day(cell: str, order: DayOrder) -> date:
    """Returns the date in a cell.

    Args:
        cell: the text; an hour after the date is ignored.
        order: the order of day and month in the whole column.

    Raises:
        BadCellError: says what is wrong.
    """
    if len(cell) > CELL_CHARACTERS_MAX:
        raise BadCellError("no day", cell=shown(cell))
    text = _day_alone(cell)
    if not text:
        raise BadCellError("empty")
    if found := YEAR_FIRST.fullmatch(text):
        return _date(cell, int(found[1]), int(found[2]), int(found[3]))
    if found := NUMBERS.fullmatch(text):
        return _by_numbers(cell, int(found[1]), int(found[3]), int(found[4]), order)
    if found := DAY_MONTH.fullmatch(text):
        return _date(cell, int(found[3]), month_number(found[2]), int(found[1]))
    if found := MONTH_DAY.fullmatch(text):
        return _date(cell, int(found[3]), month_number(found[1]), int(found[2]))
    if SERIAL.fullmatch(text):
        raise BadCellError("serial day", cell=cell)
    if SHORT_YEAR.fullmatch(text):
        raise BadCellError("short year", cell=cell)
    raise BadCellError("no day", cell=cell)


def _by_numbers(cell: str, one: int, other: int, year: int, order: DayOrder) -> date:
    """Returns the date of `03/04/2024`, if the cell or its column shows which is the day."""
    if one > MONTHS_MAX or one == other:
        return _date(cell, year, other, one)
    if other > MONTHS_MAX:
        return _date(cell, year, one, other)
    if order.settled:
        day, month = (one, other) if order.day_first is not None else (other, one)
        return _date(cell, year, month, day)
    facts = {"cell": cell, "one": date(year, other, one), "other": date(year, one, other)}
    if order.day_first is not None:
        lines = {"day_line": order.day_first, "month_line": order.month_first}
        raise BadCellError("day or month by line", **facts, **lines)
    raise BadCellError("day or month", **facts)


def _day_alone(cell: str) -> str:
    """Returns the cell without an hour at its end."""
    return HOUR.sub("", cell).strip()


def _date(cell: str, year: int, month: int | None, day: int) -> date:
    if month is None:
        raise BadCellError("no day", cell=cell)
    try:
        return date(year, month, day)
    except ValueError:
        raise BadCellError("no calendar day", cell=cell) from None
