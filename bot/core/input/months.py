"""Reads months as people type them: `2026-10`, `okt`, `oktober 2026`, `bulan lalu`."""

import re
from typing import Final

from bot.core.calendar.periods import next_period, previous_period
from bot.core.input.dates import month_number
from bot.core.input.typed import one_line

__all__ = ["some_month"]

MONTHS_AGO: Final = {
    "ini": 0,
    "bulan ini": 0,
    "sekarang": 0,
    "berjalan": 0,
    "bulan berjalan": 0,
    "this month": 0,
    "current month": 0,
    "now": 0,
    "lalu": 1,
    "kemarin": 1,
    "bulan lalu": 1,
    "bulan kemarin": 1,
    "bulan kemaren": 1,
    "bulan kmrn": 1,
    "bulan sebelumnya": 1,
    "last month": 1,
    "previous month": 1,
    "the month before": 1,
    "bulan depan": -1,
    "next month": -1,
}
SMALL: Final = {"dua": 2, "tiga": 3, "empat": 4, "two": 2, "three": 3, "four": 4}
TEXT_CHARACTERS_MAX: Final = 64
CENTURY: Final = 2000
MONTHS: Final = 12

FRONT: Final = re.compile(r"^(?:bulan|month(?: of)?|for) ")
SHORT: Final = re.compile(r"\b(?:bln|bl)\b\.?")
AGO: Final = re.compile(
    rf"([0-9]{{1,2}}|{'|'.join(SMALL)}) (?:bulan|months?) (?:(?:yang|yg) )?(?:lalu|ago)"
)
YEAR_FIRST: Final = re.compile(r"(20[0-9]{2})[-/. ]?([0-9]{1,2})")
MONTH_FIRST: Final = re.compile(r"([0-9]{1,2})(?:[-/. ](20[0-9]{2}))?")
NAMED: Final = re.compile(r"([a-z]+)\.?(?:[ -]*(?:20|')?([0-9]{2}))?")


def some_month(text: str, running: str) -> str | None:
    """Returns the month that the words mean, past or future; None if they mean none.

    Args:
        text: as it was typed.
        running: the current month; a month named without a year is the last one up to it.
    """
    if len(text) > TEXT_CHARACTERS_MAX:
        return None
    words = SHORT.sub("bulan", one_line(text).casefold().strip(" .!?,"))
    ago = MONTHS_AGO.get(words)
    if ago is not None:
        return _before(running, ago)
    found = AGO.fullmatch(words)
    if found is not None:
        return _before(running, SMALL.get(found[1]) or int(found[1]))
    words = FRONT.sub("", words)
    found = YEAR_FIRST.fullmatch(words)
    if found is not None:
        return _period(found[1], int(found[2]), running)
    found = MONTH_FIRST.fullmatch(words)
    if found is not None:
        return _period(found[2], int(found[1]), running)
    found = NAMED.fullmatch(words)
    number = month_number(found[1]) if found is not None else None
    return _period(found[2], number, running) if found is not None and number else None


def _before(running: str, months: int) -> str:
    period = running
    for _ in range(abs(months)):
        period = previous_period(period) if months > 0 else next_period(period)
    return period


def _period(year: str | None, month: int, running: str) -> str | None:
    """Returns the period of a month in a year of two or four digits, else in the latest year."""
    if not 1 <= month <= MONTHS:
        return None
    if year is not None:
        return f"{CENTURY + int(year) % 100:04d}-{month:02d}"
    this_year = int(running[:4])
    latest = f"{this_year:04d}-{month:02d}"
    return latest if latest <= running else f"{this_year - 1:04d}-{month:02d}"
