"""Reads days as people type them: `kemarin`, `tgl 5`, `5/11`, `Senin`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NoReturn

from bot.core.conversation.messages import Message, Refusal
from bot.core.input.day_words import (
    A_WEEK_OR_SUNDAY,
    AGO,
    BEFORE,
    DAY_UNITS,
    DAYS_AGO,
    LAST_MONTH_FIRST,
    MONTHS,
    OF_LAST_MONTH,
    ON,
    SMALL,
    WEEK_UNITS,
    WEEKDAYS,
)
from bot.core.input.number_words import spelled_out
from bot.core.input.typed import one_line, shown

__all__ = [
    "DayInFuture",
    "DayTooOld",
    "NotADay",
    "checked_day",
    "month_number",
    "read_day",
    "some_day",
]

_CENTURY = 2000
_WEEK_DAYS = 7
_HALF_YEAR_DAYS = 180
TEXT_CHARACTERS_MAX = 64

_APOSTROPHES = str.maketrans("\u2018\u2019\u02bc`\u00b4", "'''''")
_PARTS = frozenset({"pagi", "siang", "sore", "malam"})
_WEEK_OR_SUNDAY = re.compile(A_WEEK_OR_SUNDAY)
_FRONT = re.compile(rf"^{ON}")
_ONE_WEEKDAY = re.compile(
    rf"(?:(?:kemarin|kemaren|kmrn)\s+)?(hari\s+|dina\s+|dinten\s+|poe\s+|last\s+|on\s+|malam\s+|malem\s+|mlm\s+)?([a-z']+)({BEFORE})?"
)
_EVENINGS = ("malam", "malem", "mlm")
_A_WEEK_BEFORE = re.compile(r"\b(?:minggu|mgg|pekan)\b")
_SOME_AGO = re.compile(AGO)
_COUNTED_AGO = re.compile(rf"([0-9]+|[a-z]+?)\s*(?:({DAY_UNITS})|{WEEK_UNITS})\b")
_MONTH_FIRST = re.compile(LAST_MONTH_FIRST)
_DAY_OF_LAST_MONTH = re.compile(OF_LAST_MONTH)
_YEAR_FIRST = re.compile(r"(20[0-9]{2})-([0-9]{2})-([0-9]{2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})(?:\s*([/.-])\s*([0-9]{1,2})(?:\s*\2\s*([0-9]+))?)?")
_WITH_MONTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[\s-]*([a-z]+)\.?(?:[\s-]*([0-9]+))?")
_ORDINAL = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)")
_SOME_YEAR = re.compile(r"(?:20)?[0-9]{2}")


@dataclass(frozen=True, slots=True)
class NotADay(Message):
    """The text is no day."""

    text: str


@dataclass(frozen=True, slots=True)
class DayInFuture(Message):
    """The day is in the future."""

    day: date


@dataclass(frozen=True, slots=True)
class DayTooOld(Message):
    """The day is before the oldest one that a sale may have."""

    day: date
    oldest: date


def read_day(text: str, today: date, oldest_days: int) -> date:
    """Returns the day that a person typed when asked for it, at most `oldest_days` ago.

    Raises:
        Refusal: with `NotADay`, `DayInFuture` or `DayTooOld`.
    """
    return checked_day(some_day(text, today), today, oldest_days)


def checked_day(day: date, today: date, oldest_days: int) -> date:
    """Returns the day, if it is neither in the future nor too long ago.

    Raises:
        Refusal: with `DayInFuture` or `DayTooOld`.
    """
    oldest = today - timedelta(days=oldest_days)
    if day > today:
        raise Refusal(DayInFuture(day))
    if day < oldest:
        raise Refusal(DayTooOld(day, oldest))
    return day


def some_day(text: str, today: date) -> date:
    """Returns the day that the words mean, in the future or long ago included.

    Raises:
        Refusal: with `NotADay`.
    """
    if len(text) > TEXT_CHARACTERS_MAX:
        raise Refusal(NotADay(shown(text)))
    typed = one_line(text).lower().rstrip(".!,").translate(_APOSTROPHES)
    words = _FRONT.sub("", typed)
    if _MONTH_FIRST.fullmatch(typed):
        words = typed.rpartition(" ")[2]
        return _of_last_month(f"{words} bulan lalu", today) or _no_day(text)
    words = _digits(words)
    if words != typed and (day := _of_last_month(words, today)) is not None:
        return day
    for reading in (_relative, _weekday, _ago, _by_number, _by_month):
        day = reading(words, today)
        if day is not None:
            return day
    return _no_day(text)


def _digits(words: str) -> str:
    """Returns `12 november` for `dua belas november`, and `5` for `5th`."""
    if (ordinal := _ORDINAL.fullmatch(words)) is not None:
        return ordinal[1]
    each = words.split()
    found = spelled_out(each)
    if found is None or words in DAYS_AGO or _SOME_AGO.fullmatch(words):
        return words
    return " ".join([str(found[0]), *each[found[1] :]])


def _no_day(text: str) -> NoReturn:
    raise Refusal(NotADay(shown(text)))


def month_number(word: str) -> int | None:
    """Returns the number of the month that a word names, in either language, also abbreviated."""
    return MONTHS.get(word.lower())


def _relative(words: str, today: date) -> date | None:
    ago = DAYS_AGO.get(words)
    if ago is None:
        day, _, part = words.rpartition(" ")
        ago = DAYS_AGO.get(day) if part in _PARTS else None
    return None if ago is None else today - timedelta(days=ago)


def _weekday(words: str, today: date) -> date | None:
    """Returns the last such weekday; `minggu kemarin` may be a week or a Sunday, and is refused.

    `malam minggu` is the evening before it.
    """
    found = _ONE_WEEKDAY.fullmatch(words)
    if found is None or found[2] not in WEEKDAYS or _WEEK_OR_SUNDAY.fullmatch(words):
        return None
    evening_before = (found[1] or "").startswith(_EVENINGS)
    ago = (today.weekday() - WEEKDAYS[found[2]] + evening_before) % _WEEK_DAYS
    if ago == 0 and (found[3] or (found[1] or "").startswith("last")):
        ago = _WEEK_DAYS
    elif _A_WEEK_BEFORE.search(found[3] or ""):
        ago = today.weekday() + _WEEK_DAYS - WEEKDAYS[found[2]]
    return today - timedelta(days=ago)


def _ago(words: str, today: date) -> date | None:
    """Read `3 hari lalu`, `dua minggu yang lalu`, `seminggu lalu`."""
    if not _SOME_AGO.fullmatch(words):
        return None
    found = _COUNTED_AGO.match(words)
    assert found is not None, "each form has its count"
    count = found[1]
    days = int(count) if count.isdigit() else SMALL.get(count, 1)
    return today - timedelta(days=days * (1 if found[2] else _WEEK_DAYS))


def _of_last_month(words: str, today: date) -> date | None:
    """Read `9 bulan lalu` where `tgl` came before it: the 9th of last month."""
    if not _DAY_OF_LAST_MONTH.fullmatch(words):
        return None
    last = today.replace(day=1) - timedelta(days=1)
    return _date(last.year, last.month, int(words.split(maxsplit=1)[0]))


def _by_number(words: str, today: date) -> date | None:
    """Returns the day of `5`, `5/11`, `5-11-2026` or `2026-11-05`; a day is before its month."""
    found = _YEAR_FIRST.fullmatch(words)
    if found:
        return _date(int(found[1]), int(found[2]), int(found[3]))
    found = _DAY_FIRST.fullmatch(words)
    if found is None:
        return None
    day, month, year = found[1], found[3], found[4]
    return _of_month(int(day), today) if month is None else _of_year(day, int(month), year, today)


def _by_month(words: str, today: date) -> date | None:
    """Returns the day of `5 Nov` or `5 november 2026`."""
    found = _WITH_MONTH.fullmatch(words)
    if found is None or found[2] not in MONTHS:
        return None
    return _of_year(found[1], MONTHS[found[2]], found[3], today)


def _of_month(day: int, today: date) -> date | None:
    """Returns the last such day up to a week ahead: one this near is a slip, not last month's."""
    first = today.replace(day=1)
    months = [first]
    for _ in range(2):
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    days = [_date(month.year, month.month, day) for month in months]
    return _likely(days, today, _WEEK_DAYS)


def _of_year(day: str, month: int, year: str | None, today: date) -> date | None:
    if year is not None:
        if not _SOME_YEAR.fullmatch(year):
            return None
        return _date(_CENTURY + int(year) % 100, month, int(day))
    days = [_date(this, month, int(day)) for this in (today.year + 1, today.year, today.year - 1)]
    return _likely(days, today, _HALF_YEAR_DAYS)


def _likely(days: Iterable[date | None], today: date, future_days: int) -> date | None:
    """Returns the first of these days, newest first, that is not too far in the future."""
    last = today + timedelta(days=future_days)
    return next((day for day in days if day is not None and day <= last), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
