"""Reads moments to come as people type them: `besok jam 7 malam`, `28 Nov 19.00`, `14.15`."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.conversation.messages import Message, Refusal
from bot.core.input.clock_times import NotATime, next_time, read_clock_time
from bot.core.input.dates import month_number
from bot.core.input.day_words import TOMORROW, WEEKDAYS
from bot.core.input.typed import one_line, shown

__all__ = ["TimeHasPassed", "TooFarAhead", "read_moment"]

TEXT_CHARACTERS_MAX: Final = 64
WORDS_MAX: Final = 8
WEEK_DAYS: Final = 7

_DAYS_AHEAD: Final = {
    "hari ini": 0, "hr ini": 0, "nanti": 0, "ntar": 0, "ini": 0, "today": 0, "later": 0, "this": 0,
    **dict.fromkeys(TOMORROW, 1),
    "lusa": 2, "besok lusa": 2, "day after tomorrow": 2,
    "the day after tomorrow": 2,
}  # fmt: skip
_PARTS: Final = {
    "pagi": "pagi", "pg": "pagi", "morning": "am", "siang": "siang", "sore": "sore",
    "petang": "petang", "malam": "malam", "mlm": "malam", "afternoon": "pm", "evening": "pm",
    "tonight": "pm",
}  # fmt: skip
_AROUND: Final = frozenset({"hari", "hr", "tgl", "tanggal", "on", "at", "depan", "next", "nanti"})
_NEXT: Final = frozenset({"depan", "next"})
_NUMBERED = re.compile(r"([0-9]{1,2})(?:[/-]([0-9]{1,2}))?(?:[/-](?:20)?([0-9]{2}))?")
_YEAR_FIRST = re.compile(r"20([0-9]{2})-([0-9]{2})-([0-9]{2})")
_NAMED = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)? ?([a-z]+)\.?(?: (?:20)?([0-9]{2}))?")
_CENTURY: Final = 2000


@dataclass(frozen=True, slots=True)
class TimeHasPassed(Message):
    """The time of today, or the day, is over; `next` is the same time on the next day."""

    next: datetime


@dataclass(frozen=True, slots=True)
class TooFarAhead(Message):
    """The moment is more than so many days ahead."""

    days: int


def read_moment(text: str, now: datetime, zone: str, days_max: int) -> datetime:
    """Returns the moment that a text means in this zone; a time without a day is today's.

    Args:
        text: what a person typed.
        now: the present moment.
        zone: the person's time zone.
        days_max: how many days ahead the moment may be.

    Raises:
        Refusal: with `NotATime`, with `TimeHasPassed` (a time of today that is over is never
            taken for tomorrow's), or with `TooFarAhead`.
    """
    words = one_line(text).casefold().replace(",", " ").split()
    if len(text) > TEXT_CHARACTERS_MAX or not 0 < len(words) <= WORDS_MAX:
        raise Refusal(NotATime(shown(text)))
    today = now.astimezone(ZoneInfo(zone)).date()
    for day_words, time_words in _splits(words):
        day = _day(day_words, today) if day_words else today
        wall = _time(time_words, _part_of(day_words))
        if day is not None and wall is not None:
            return _checked(datetime.combine(day, wall, ZoneInfo(zone)), now, zone, days_max)
    raise Refusal(NotATime(shown(text)))


def _checked(moment: datetime, now: datetime, zone: str, days_max: int) -> datetime:
    if moment <= now:
        raise Refusal(TimeHasPassed(next_time(now, moment.time(), zone)))
    if moment - now > timedelta(days=days_max):
        raise Refusal(TooFarAhead(days_max))
    return moment.astimezone(UTC)


def _splits(words: list[str]) -> list[tuple[list[str], list[str]]]:
    """Returns the ways to take a day and a time apart: none, the day first, the day last."""
    ways: list[tuple[list[str], list[str]]] = [([], words)]
    for at in range(1, len(words)):
        ways.append((words[:at], words[at:]))
        ways.append((words[at:], words[:at]))
    return ways


def _part_of(words: list[str]) -> str:
    """Returns the part of the day that is said with the day: `besok malam`."""
    return next((_PARTS[word] for word in words if word in _PARTS), "")


def _time(words: list[str], part: str) -> time | None:
    """Returns the time of day; a part of the day said elsewhere belongs to it."""
    said = [_PARTS.get(word, word) for word in words]
    if part and not any(word in _PARTS for word in words):
        said.append(part)
    try:
        return read_clock_time(" ".join(said))
    except Refusal:
        return None


def _day(words: list[str], today: date) -> date | None:
    """Returns the coming day that words mean, without the part of the day."""
    said = [word for word in words if word not in _PARTS]
    if not said and any(word in _PARTS for word in words):
        return today  # "malam jam 7"
    ahead = _DAYS_AHEAD.get(" ".join(said))
    if ahead is not None:
        return today + timedelta(days=ahead)
    later = any(word in _NEXT for word in said)
    core = [word for word in said if word not in _AROUND]
    if len(core) == 1 and core[0] in WEEKDAYS:
        ahead = (WEEKDAYS[core[0]] - today.weekday()) % WEEK_DAYS
        return today + timedelta(days=ahead or (WEEK_DAYS if later else 0))
    return None if later else _by_date(" ".join(core), today)


def _by_date(words: str, today: date) -> date | None:
    """Returns the first such date from today on: `28/11`, `28 nov`, `2026-11-28`."""
    year_first = _YEAR_FIRST.fullmatch(words)
    if year_first is not None:
        year, month, day = map(int, year_first.groups())
        return _date(_CENTURY + year, month, day)
    return _day_first(words, today)


def _day_first(words: str, today: date) -> date | None:
    numbered = _NUMBERED.fullmatch(words)
    named = _NAMED.fullmatch(words)
    if numbered is not None:
        day, month, year = numbered[1], numbered[2] and int(numbered[2]), numbered[3]
    elif named is not None and (month := month_number(named[2])) is not None:
        day, year = named[1], named[3]
    else:
        return None
    if year:
        return _date(_CENTURY + int(year), month or 0, int(day))
    months = [month] if month else [today.month, today.month % 12 + 1]
    found = (_date(today.year + extra, each, int(day)) for extra in (0, 1) for each in months)
    return min((each for each in found if each is not None and each >= today), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
