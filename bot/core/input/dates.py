"""Reads days as people type them: `kemarin`, `tgl 5`, `5/11`, `Senin`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.conversation.messages import Message, Refusal
from bot.core.input.typed import one_line, shown

__all__ = [
    "DAY_IN_LINE",
    "DayInFuture",
    "DayTooOld",
    "NotADay",
    "checked_day",
    "month_number",
    "read_day",
    "some_day",
]

_DAYS_AGO = {
    "hari ini": 0,
    "hr ini": 0,
    "today": 0,
    "tadi": 0,
    "tadi pagi": 0,
    "tadi siang": 0,
    "tadi sore": 0,
    "barusan": 0,
    "sekarang": 0,
    "this morning": 0,
    "kemarin": 1,
    "kemaren": 1,
    "kmrn": 1,
    "kmarin": 1,
    "yesterday": 1,
    "semalam": 1,
    "tadi malam": 1,
    "last night": 1,
    "kemarin dulu": 2,
    "kemaren dulu": 2,
    "kemarin lusa": 2,
    "kemaren lusa": 2,
    "day before yesterday": 2,
    "the day before yesterday": 2,
    "besok": -1,
    "besuk": -1,
    "tomorrow": -1,
    "lusa": -2,
}
_WEEKDAYS = {
    "senin": 0,
    "monday": 0,
    "selasa": 1,
    "tuesday": 1,
    "rabu": 2,
    "wednesday": 2,
    "kamis": 3,
    "thursday": 3,
    "jumat": 4,
    "jum'at": 4,
    "friday": 4,
    "sabtu": 5,
    "saturday": 5,
    "minggu": 6,
    "ahad": 6,
    "sunday": 6,
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari pebruari february feb",
            "maret march mar mrt",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agt agst ags aug agus",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
_SMALL = {"dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "two": 2, "three": 3}
# Months that are also names of people or beginnings of words: in a line about a sale they mean the
# customer or the product, unless `tgl` comes before the number.
_ALSO_NAMES = frozenset({"agus", "juli", "juni", "april", "mei", "mar", "may", "march"})
TEXT_CHARACTERS_MAX = 64
_CENTURY = 2000
_WEEK_DAYS = 7
_HALF_YEAR_DAYS = 180


def _either(words: Iterable[str]) -> str:
    """Returns a pattern for one of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: -len(word)))


_ON = r"(?:(?:pada\s+)?(?:tgl|tanggal|tg)\b\.?\s*|on\s+|the\s+)"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_NUMERIC = rf"{_DAY}(?:[/.-](?:0?[1-9]|1[0-2]))(?:[/.-](?:20)?[0-9]{{2}})?"
_NAMED = r"{day}(?:st|nd|rd|th)?[\s-]*(?:{months})\b\.?(?:[\s-]*20[0-9]{{2}})?"
_AGO = rf"(?:[0-9]{{1,2}}|{_either(_SMALL)})\s+(?:hari|days?)\s+(?:(?:yang|yg)\s+)?(?:lalu|ago)"
_RELATIVE = rf"(?:{_either(_DAYS_AGO)})(?:\s+(?:pagi|siang|sore|malam))?"
_BEFORE = r"\s+(?:(?:yang|yg)\s+)?(?:lalu|kemarin|kemaren|kmrn)"
_WEEKDAY = rf"(?:(?:hari|last|on)\s+)?(?:{_either(_WEEKDAYS)})(?:{_BEFORE})?"

DAY_IN_LINE = rf"""(?:
    20[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}
    | {_ON}(?:{_NAMED.format(day=_DAY, months=_either(_MONTHS))}|{_NUMERIC}|{_DAY})
    | {_DAY}/(?:0?[1-9]|1[0-2])(?:/(?:20)?[0-9]{{2}})?
    | {_DAY}-(?:0?[1-9]|1[0-2])-(?:20)?[0-9]{{2}}
    | {_NAMED.format(day=_DAY, months=_either(set(_MONTHS) - _ALSO_NAMES))}
    | {_AGO} | {_RELATIVE} | {_WEEKDAY}
    )(?![\w/])"""
"""A verbose pattern for a day inside a line about a sale.

A bare number there is a quantity and `5.500` a price, so a day of the month needs the word `tgl`,
a slash, or the name of the month. `some_day` reads each match.
"""


_PARTS = frozenset({"pagi", "siang", "sore", "malam"})
_FRONT = re.compile(rf"^{_ON}")
_ONE_WEEKDAY = re.compile(rf"(hari\s+|last\s+|on\s+)?([a-z']+)({_BEFORE})?")
_SOME_AGO = re.compile(_AGO)
_YEAR_FIRST = re.compile(r"(20[0-9]{2})-([0-9]{2})-([0-9]{2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})(?:\s*([/.-])\s*([0-9]{1,2})(?:\s*\2\s*([0-9]+))?)?")
_WITH_MONTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[\s-]*([a-z]+)\.?(?:[\s-]*([0-9]+))?")
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
    words = _FRONT.sub("", one_line(text).lower().rstrip(".!,"))
    for reading in (_relative, _weekday, _ago, _by_number, _by_month):
        day = reading(words, today)
        if day is not None:
            return day
    raise Refusal(NotADay(shown(text)))


def month_number(word: str) -> int | None:
    """Returns the number of the month that a word names, in either language, also abbreviated."""
    return _MONTHS.get(word.lower())


def _relative(words: str, today: date) -> date | None:
    ago = _DAYS_AGO.get(words)
    if ago is None:
        day, _, part = words.rpartition(" ")
        ago = _DAYS_AGO.get(day) if part in _PARTS else None
    return None if ago is None else today - timedelta(days=ago)


def _weekday(words: str, today: date) -> date | None:
    """Returns the last such weekday; `minggu lalu` is refused, it may mean a week or a Sunday."""
    found = _ONE_WEEKDAY.fullmatch(words)
    if found is None or found[2] not in _WEEKDAYS or words == "minggu lalu":
        return None
    ago = (today.weekday() - _WEEKDAYS[found[2]]) % _WEEK_DAYS
    if ago == 0 and (found[3] or (found[1] or "").startswith("last")):
        ago = _WEEK_DAYS
    return today - timedelta(days=ago)


def _ago(words: str, today: date) -> date | None:
    if not _SOME_AGO.fullmatch(words):
        return None
    number = words.split(maxsplit=1)[0]
    return today - timedelta(days=_SMALL.get(number) or int(number))


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
    if found is None or found[2] not in _MONTHS:
        return None
    return _of_year(found[1], _MONTHS[found[2]], found[3], today)


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
