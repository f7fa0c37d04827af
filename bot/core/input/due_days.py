"""Reads a coming day until which something is owed: `tgl 5`, `jumat`, `2 minggu lagi`, `5 Des`.

A day that could be several, such as `jumat depan`, or that only the buyer knows, such as
`gajian`, is no day: then a person is asked.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.core.input.day_words import MONTHS, TOMORROW, WEEKDAYS

__all__ = ["DUE_DAY", "UNTIL", "DueDay", "read_due"]

_YEAR_DAYS: Final = 366
_HALF_YEAR_DAYS: Final = 183
_WEEK_DAYS: Final = 7
_MONTHS_IN_YEAR: Final = 12
_CENTURY: Final = 2000
_NUMBERS: Final = {
    "se": 1, "satu": 1, "dua": 2, "rong": 2, "kalih": 2, "tiga": 3, "telung": 3, "empat": 4,
    "lima": 5, "enam": 6, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4,
}  # fmt: skip
_IN_DAYS: Final = {
    "hari ini": 0, "today": 0, "tonight": 0,
    **dict.fromkeys(TOMORROW, 1),
    "lusa": 2,
}  # fmt: skip


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


_MONTH = _either(MONTHS)
_WEEKDAY = rf"{_either(WEEKDAYS)}|rebo"
_ON = r"(?:(?:tgl|tggl|tanggal|tg)\.?\s*+|(?:on\s++)?the\s++)"
_COUNT = rf"(?:[0-9]{{1,3}}|{_either(_NUMBERS)})"
_UNIT = r"(?:hari|hr|minggu|mgg|pekan|bulan|bln|days?|weeks?|months?)"
_VAGUE = (
    r"(?:pas\s++|tunggu\s++|nunggu\s++|habis\s++|abis\s++|setelah\s++|on\s++|next\s++)?"
    r"(?:gajian|payday|panen|lebaran|arisan)|(?:tanggal|tgl)\s++(?:muda|tua)"
    r"|(?:awal|habis)\s++(?:bulan|bln|wulan|sasih)(?:\s++depan)?"
)
_AHEAD_WORDS: Final = frozenset({"depan", "dpn", "ngarep", "payun", "hareup"})
_WEEK_WORDS: Final = frozenset({"minggu", "mgg", "pekan"})
_MONTH_WORDS: Final = frozenset({"bulan", "bln", "sasih", "wulan"})
_AHEAD = rf"(?:{_either(_AHEAD_WORDS)})"

DUE_DAY: Final = rf"""(?:
    {_VAGUE}
    | (?:minggu|mgg|pekan|bulan|bln|sasih|wulan)\s++{_AHEAD}(?:\s++lagi)? | next\s++(?:week|month)
    | (?:akhir|ahir|end\s++of\s++the|end\s++of)\s++(?:bulan|bln|wulan|sasih|month)
      (?:\s++(?:ini|{_AHEAD}))?
    | (?:{_COUNT}\s*+{_UNIT})(?:\s++(?:lagi|lg))? | in\s++{_COUNT}\s++{_UNIT}
    | 20[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}
    | {_ON}?[0-9]{{1,2}}\s?[/.-]\s?[0-9]{{1,2}}(?:\s?[/.-]\s?(?:20)?[0-9]{{2}})?(?![0-9])
    | {_ON}?[0-9]{{1,2}}(?:st|nd|rd|th)?\s*+(?:of\s++)?(?:{_MONTH})(?!\w)(?:\s++20[0-9]{{2}})?
    | (?:{_MONTH})\s++[0-9]{{1,2}}(?:st|nd|rd|th)?
    | {_ON}[0-9]{{1,2}}(?:st|nd|rd|th)? | [0-9]{{1,2}}(?:st|nd|rd|th)
    | (?:hari\s++|on\s++|next\s++|this\s++)?(?:{_WEEKDAY})(?:\s++(?:ini|{_AHEAD}|besok))?
    | {_either(_IN_DAYS)}
    )(?!\w)"""
"""A verbose pattern for words that name a coming day, or a time that is no day."""

UNTIL: Final = r"""(?:(?:dulu|dlu|dl|ya|yah|katanya|ktnya|tapi|tp|but)\s++)*+
    (?:(?:janji(?:nya|ne)?|promised)(?:\s++(?:mau|akan|to\s++pay|bayar|dibayar|lunas))*
    |paling\s++(?:lambat|lama|telat)|(?:jatuh\s++)?tempo(?:nya)?|sampai(?:\s++dengan)?|sampe|smpai|smpe|smp
    |sampek|ampe|nyampe|hingga|s\s?[/.]\s?d\.?|sd|until|till|til|due(?:\s++on)?|by|deadline(?:nya)?)"""
"""A verbose pattern for words between a debt and its day."""

_DUE = re.compile(rf"(?<!\w){DUE_DAY}", re.VERBOSE | re.IGNORECASE)
_IS_VAGUE = re.compile(rf"(?:{_VAGUE})", re.IGNORECASE)
_RELATIVE = re.compile(rf"(?:in\s+)?({_COUNT})\s*({_UNIT})(?:\s+(?:lagi|lg))?", re.IGNORECASE)
_ISO = re.compile(r"(20[0-9]{2})-([0-9]{2})-([0-9]{2})")
_NUMERIC = re.compile(r"([0-9]{1,2})\s?[/.-]\s?([0-9]{1,2})(?:\s?[/.-]\s?((?:20)?[0-9]{2}))?")
_NAMED = re.compile(
    r"(?:([0-9]{1,2})(?:st|nd|rd|th)?\s*(?:of\s+)?([a-z]+)|([a-z]+)\s+([0-9]{1,2})(?:st|nd|rd|th)?)"
    r"(?:\s+(20[0-9]{2}))?"
)
_OF_MONTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?")


@dataclass(frozen=True, slots=True)
class DueDay:
    """When something is to be paid: a day, or words that name no certain one."""

    day: date | None = None
    is_vague: bool = False


def read_due(text: str, today: date, since: date | None = None) -> DueDay:
    """Returns the one coming day that a text names.

    Args:
        text: words about a payment.
        today: the day on which they were typed.
        since: the day of the sale, if it is another one. A day of the month that is another one
            counted from there, is not certain.
    """
    found = [each.group() for each in _DUE.finditer(text)]
    days = {_day(words, today) for words in found}
    if since is not None and since < today:
        days |= {_day(words, since) for words in found if _is_of_a_month(words)}
    if len(days) == 1 and (day := days.pop()) is not None:
        return DueDay(day)
    return DueDay(is_vague=bool(found))


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def _bare(words: str) -> str:
    return re.sub(rf"^{_ON}", "", _plain(words))


def _is_of_a_month(words: str) -> bool:
    return _OF_MONTH.fullmatch(_bare(words)) is not None


def _day(words: str, today: date) -> date | None:
    """Returns the day; None if it is vague, does not exist, is over or is too far ahead."""
    plain = _plain(words)
    if _IS_VAGUE.fullmatch(plain):
        return None
    readings = (_by_word, _ahead, _end_of_month, _weekday, _counted, _written)
    days = (reading(plain, today) for reading in readings)
    day = next((day for day in days if day is not None), None)
    in_time = day is not None and today <= day <= today + timedelta(days=_YEAR_DAYS)
    return day if in_time else None


def _by_word(plain: str, today: date) -> date | None:
    ahead = _IN_DAYS.get(plain)
    return None if ahead is None else today + timedelta(days=ahead)


def _ahead(plain: str, today: date) -> date | None:
    """Read `minggu depan` and `bulan depan`: the same day of the next one."""
    first, _, rest = plain.partition(" ")
    if rest not in _AHEAD_WORDS and first != "next":
        return None
    if first in _WEEK_WORDS or plain == "next week":
        return today + timedelta(days=_WEEK_DAYS)
    return _months_on(today, 1) if first in _MONTH_WORDS or plain == "next month" else None


def _end_of_month(plain: str, today: date) -> date | None:
    if not plain.startswith(("akhir", "ahir", "end of")):
        return None
    next_one = plain.rpartition(" ")[2] in _AHEAD_WORDS
    day = _months_on(today.replace(day=1), 1 if next_one else 0)
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _weekday(plain: str, today: date) -> date | None:
    """Read a weekday, today's in a week; `jumat depan` may be the one after, and is no day."""
    words = plain.removeprefix("hari ").removeprefix("on ").removeprefix("this ")
    first, _, rest = words.partition(" ")
    number = WEEKDAYS.get("rabu" if first == "rebo" else first)
    if number is None or rest in _AHEAD_WORDS:
        return None
    return today + timedelta(days=(number - today.weekday() - 1) % _WEEK_DAYS + 1)


def _counted(plain: str, today: date) -> date | None:
    found = _RELATIVE.fullmatch(plain)
    if found is None:
        return None
    count = int(found[1]) if found[1].isdigit() else _NUMBERS[found[1]]
    if found[2].startswith(("bul", "bln", "mon")):
        return _months_on(today, count)
    return today + timedelta(days=count * (1 if found[2][0] in "hd" else _WEEK_DAYS))


def _written(plain: str, today: date) -> date | None:
    if (found := _ISO.fullmatch(plain)) is not None:
        return _date(int(found[1]), int(found[2]), int(found[3]))
    bare = _bare(plain)
    if (found := _OF_MONTH.fullmatch(bare)) is not None:
        first = today if int(found[1]) >= today.day else _months_on(today.replace(day=1), 1)
        return _date(first.year, first.month, int(found[1]))
    if (found := _NUMERIC.fullmatch(bare)) is not None:
        return _of_year(int(found[1]), int(found[2]), found[3], today)
    if (found := _NAMED.fullmatch(bare)) is not None:
        month = MONTHS.get(found[2] or found[3], 0)
        return _of_year(int(found[1] or found[4]), month, found[5], today)
    return None


def _of_year(day: int, month: int, year: str | None, today: date) -> date | None:
    """Returns the day in the year that was named, else the next time it comes, if that is near."""
    if year is not None:
        return _date(_CENTURY + int(year) % 100, month, day)
    this = _date(today.year, month, day)
    if this is not None and this < today:
        this = _date(today.year + 1, month, day)
    soon = this is not None and this <= today + timedelta(days=_HALF_YEAR_DAYS)
    return this if soon else None


def _months_on(day: date, months: int) -> date:
    """Returns the same day some months later, or the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, _MONTHS_IN_YEAR)
    year = min(day.year + years, date.max.year)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
