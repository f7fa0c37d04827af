"""Reads days as people type them: `kemarin`, `tgl 5`, `5/11`, `Senin`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NoReturn

from bot.core.conversation.messages import Message, Refusal
from bot.core.input.number_words import DIGITS
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
    "td": 0,
    "td pagi": 0,
    "td siang": 0,
    "td sore": 0,
    "tadi subuh": 0,
    "barusan aja": 0,
    "hari iki": 0,
    "kemarin": 1,
    "kemaren": 1,
    "kemarn": 1,
    "kmrn": 1,
    "kmren": 1,
    "kmrin": 1,
    "kmarin": 1,
    "kmaren": 1,
    "kemarinnya": 1,
    "wingi": 1,
    "mangkukna": 2,
    "wingi enane": 2,
    "tadi isuk": 0,
    "tadi enjing": 0,
    "wau enjing": 0,
    "td mlm": 1,
    "tadi mlm": 1,
    "kamari": 1,
    "td malam": 1,
    "td malem": 1,
    "tadi malem": 1,
    "semalem": 1,
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
    "kmrn dulu": 2,
    "kmrn lusa": 2,
    "dua hari kemarin": 2,
    "besok": -1,
    "besuk": -1,
    "tomorrow": -1,
    "lusa": -2,
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "senin senen snin monday",
            "selasa slasa slsa tuesday",
            "rabu rebo wednesday",
            "kamis kemis kms thursday",
            "jumat jum'at jumaat jumaah jmat jmt friday",
            "sabtu sbtu saturday",
            "minggu mggu ahad sunday",
        )
    )
    for name in names.split()
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
            "agustus august agt agst ags agu aug agus",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
_SMALL = DIGITS | {"dua": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "sepuluh": 10}
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
_LAST = r"(?:(?:yang|yg)\s+)?(?:lalu|lewat|ago|kemarin|kemaren|kmrn|kmren|wingi|kamari|kepungkur)"
_AGO = (
    rf"(?:(?:[0-9]{{1,2}}|{_either(_SMALL)})\s*(?:hari|hr|days?|minggu|mgg|weeks?)"
    rf"|se(?:minggu|pekan|hari)|a\s+week)\s+{_LAST}"
)
# A week or a month is no day; the bot asks which day is meant.
_NO_DAY = (
    rf"(?:(?:beberapa|bbrp|brp)\s+(?:hari|hr|minggu)|(?:(?:[0-9]{{1,2}}|{_either(_SMALL)}|se)\s*)?(?:bulan|bln)"
    rf"|minggu|mgg|pekan)\s+{_LAST}|last\s+(?:week|month)|(?:the\s+)?other\s+day"
    r"|(?:a\s+few|some)\s+days\s+ago|tempo\s+hari|awal\s+bulan|akhir\s+bulan"
)
_RELATIVE = rf"(?:{_either(_DAYS_AGO)})(?:\s+(?:pagi|siang|sore|malam))?"
_BEFORE = rf"\s+(?:(?:minggu|mgg)\s+)?{_LAST}"
_WEEKDAY = (
    rf"(?:(?:kemarin|kemaren|kmrn)\s+(?=(?:hari\s+)?(?:{_either(_WEEKDAYS)})))?"
    rf"(?:(?:hari|last|on)\s+)?(?:{_either(_WEEKDAYS)})(?:{_BEFORE})?"
)
_LAST_MONTH_FIRST = rf"(?:bulan|bln)\s+{_LAST}\s+(?:tgl|tanggal)\s+{_DAY}"
_OF_LAST_MONTH = rf"{_DAY}\s+(?:(?:bulan|bln)\s+{_LAST}|(?:of\s+)?last\s+month)"

DAY_IN_LINE = rf"""(?:
    20[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}
    | {_ON}(?:{_OF_LAST_MONTH}|{_NAMED.format(day=_DAY, months=_either(_MONTHS))}|{_NUMERIC}
        |{_DAY})
    | (?!1/2(?![0-9/])){_DAY}/(?:0?[1-9]|1[0-2])(?:/(?:20)?[0-9]{{2}})?
    | {_DAY}-(?:0?[1-9]|1[0-2])-(?:20)?[0-9]{{2}}
    | {_NAMED.format(day=_DAY, months=_either(set(_MONTHS) - _ALSO_NAMES))}
    | {_LAST_MONTH_FIRST} | {_AGO} | {_NO_DAY} | {_WEEKDAY} | {_RELATIVE}
    )(?![\w/])"""
"""A verbose pattern for a day inside a line about a sale.

A bare number there is a quantity and `5.500` a price, so a day of the month needs the word `tgl`,
a slash, or the name of the month. `some_day` reads each match.
"""


_APOSTROPHES = str.maketrans("\u2018\u2019\u02bc`\u00b4", "'''''")
_PARTS = frozenset({"pagi", "siang", "sore", "malam"})
_FRONT = re.compile(rf"^{_ON}")
_ONE_WEEKDAY = re.compile(
    rf"(?:(?:kemarin|kemaren|kmrn)\s+)?(hari\s+|last\s+|on\s+)?([a-z']+)({_BEFORE})?"
)
_A_WEEK_BEFORE = re.compile(r"\b(?:minggu|mgg)\b")
_SOME_AGO = re.compile(_AGO)
_COUNTED_AGO = re.compile(r"([0-9]+|[a-z]+?)\s*(hari|hr|days?|minggu|mgg|pekan|weeks?)\b")
_MONTH_FIRST = re.compile(_LAST_MONTH_FIRST)
_DAY_OF_LAST_MONTH = re.compile(_OF_LAST_MONTH)
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
    typed = one_line(text).lower().rstrip(".!,").translate(_APOSTROPHES)
    words = _FRONT.sub("", typed)
    if _MONTH_FIRST.fullmatch(typed):
        words = typed.rpartition(" ")[2]
        return _of_last_month(f"{words} bulan lalu", today) or _no_day(text)
    if words != typed and (day := _of_last_month(words, today)) is not None:
        return day
    for reading in (_relative, _weekday, _ago, _by_number, _by_month):
        day = reading(words, today)
        if day is not None:
            return day
    return _no_day(text)


def _no_day(text: str) -> NoReturn:
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
    elif _A_WEEK_BEFORE.search(found[3] or ""):
        ago = today.weekday() + _WEEK_DAYS - _WEEKDAYS[found[2]]
    return today - timedelta(days=ago)


def _ago(words: str, today: date) -> date | None:
    """Read `3 hari lalu`, `dua minggu yang lalu`, `seminggu lalu`."""
    if not _SOME_AGO.fullmatch(words):
        return None
    found = _COUNTED_AGO.match(words)
    assert found is not None, "each form has its count"
    count = found[1]
    days = int(count) if count.isdigit() else _SMALL.get(count, 1)
    return today - timedelta(days=days * (1 if found[2][0] in "hd" else _WEEK_DAYS))


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
