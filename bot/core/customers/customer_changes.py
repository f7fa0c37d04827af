"""Reads what a seller notes of a customer in one line: a number, a birthday, a note, a wish.

`0812 3456 7890`, `ultah 3 mei`, `catatan: suka yang wangi`, `mau coba madu, hubungi tgl 3`,
`bahasa inggris`, `sudah dihubungi`, each also in English.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

from bot.core.conversation.messages import Message, Refusal
from bot.core.input.dates import month_number
from bot.core.input.due_days import DUE_DAY, read_due
from bot.core.input.typed import one_line, shown
from bot.core.members.people import phone_number

__all__ = [
    "NOTES_CHARACTERS_MAX",
    "WISH_CHARACTERS_MAX",
    "CustomerChange",
    "NotABirthday",
    "NotACustomerChange",
    "TooLongToNote",
    "Topic",
    "read_birthday",
    "read_change",
    "read_language",
    "read_notes",
    "read_wish",
]

TEXT_CHARACTERS_MAX: Final = 1_000
NOTES_CHARACTERS_MAX: Final = 300
WISH_CHARACTERS_MAX: Final = 120
BIRTHDAY_CHARACTERS_MAX: Final = 64
LEAP_YEAR: Final = 2000

Topic: TypeAlias = Literal["phone", "birthday", "notes", "wish", "language", "contacted"]

_BIRTHDAY = re.compile(
    r"(?:(?:tgl|tanggal)\s++)?+(?:ultah(?:nya)?+|ulang\s*+tahun(?:nya)?+|lahir(?:nya)?+|birthday"
    r"|bday|b-day|born(?:\s++on)?+)(?!\w)[\s:=,]*+",
    re.IGNORECASE,
)
_NOTES = re.compile(r"(?:catatan|catat|notes?+|ket(?:erangan)?+)(?!\w)[\s:=]*+", re.IGNORECASE)
_PHONE_LABELS = re.compile(
    r"(?:(?:no(?:mor)?+|hp|wa|whatsapp|telp?+|telepon|phone|number|mobile)(?!\w)[\s.:=]*+)*+",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\+?[0-9][0-9() .\-]{6,28}", re.ASCII)
_WISH = re.compile(
    r"(?:(?:dia|beliau|orangnya|katanya|she|he)\s++)?+"
    r"(?:mau|ingin|pengen|pengin|pingin|kepengen|minta|titip|wants?+|would\s++like|asked\s++for)"
    r"(?!\w)",
    re.IGNORECASE,
)
_ASK_AGAIN = re.compile(
    r"(?<!\w)(?:(?:tolong|nanti|and|dan|lalu|terus)\s++)?+"
    r"(?:di)?+(?:hubungi|kontak|kabari|sapa|ingatkan|tanya(?:kan|in)?+|telp(?:on)?+|telepon|wa|chat"
    r"|contact|call|remind(?:\s++me)?+|ask|text)(?:\s++(?:lagi|again))?+(?:\s++(?:pada|on))?+\s++",
    re.IGNORECASE,
)
_CONTACTED = re.compile(
    r"(?:(?:sudah|sdh|udah|barusan|baru|td|tadi)\s++(?:saja\s++)?+(?:saya\s++)?+(?:di)?+"
    r"(?:hubungi|kontak|sapa|telp(?:on)?+|telepon|chat|wa)(?:\s++(?:tadi|hari\s++ini|barusan))?+"
    r"|(?:already\s++)?+(?:contacted|called|texted)(?:\s++today)?+)[.!]*+",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(
    r"(?:pesan(?:nya)?+\s++)?+(?:(?:pakai|pake|dalam|in)\s++)?+"
    r"(?:(?:bahasa|bhs|language)(?!\w)[\s:]*+)?+"
    r"(inggris|english|en|indonesian|indonesia|indo|id)",
    re.IGNORECASE,
)
_ENGLISH: Final = frozenset({"inggris", "english", "en"})
_LANGUAGE_SAID = re.compile(r"bahasa|bhs|english|inggris|language|indonesian?", re.IGNORECASE)
_DAY_FIRST = re.compile(
    r"([0-9]{1,2})(?:\s*+[/.\-]\s*+|\s++)([0-9]{1,2})(?:(?:\s*+[/.\-]\s*+|\s++)[0-9]{2,4})?+"
)
_NAMED = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th)?+[\s\-]*+(?:of\s++)?+([a-z]++)\.?+(?:[\s\-,]*+[0-9]{2,4})?+"
)
_MONTH_FIRST = re.compile(r"([a-z]++)\.?+\s*+([0-9]{1,2})(?:st|nd|rd|th)?+(?:[\s,]++[0-9]{4})?+")
_DAY = re.compile(DUE_DAY, re.IGNORECASE | re.VERBOSE)
_ON = re.compile(r"(?:tgl|tanggal|on)\s++")
_STORED = re.compile(r"[0-9]{4}-([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True, slots=True)
class NotACustomerChange(Message):
    """The text is nothing that can be noted of a customer."""

    text: str


@dataclass(frozen=True, slots=True)
class NotABirthday(Message):
    """The text has no day and month."""

    text: str


@dataclass(frozen=True, slots=True)
class TooLongToNote(Message):
    """The note or the wish is longer than a card shows."""

    longest: int


@dataclass(frozen=True, slots=True)
class CustomerChange:
    """One thing to be noted of a customer; an empty `value` takes it away.

    Attributes:
        topic: what it is about.
        value: a number as E.164, a birthday as MM-DD, a language as `id` or `en`, or words.
        day: of a wish, when to ask again.
    """

    topic: Topic
    value: str = ""
    day: date | None = None


def read_change(text: str, today: date) -> CustomerChange:
    """Returns what a line notes of a customer.

    Raises:
        Refusal: with `NotACustomerChange`; or with `NotABirthday`, `NotAPhone` or `TooLongToNote`
            where it is clear what was meant.
    """
    line = one_line(text[:TEXT_CHARACTERS_MAX])
    if (found := _BIRTHDAY.match(line)) is not None:
        return CustomerChange("birthday", read_birthday(line[found.end() :]))
    if (found := _NOTES.match(line)) is not None and line[found.end() :]:
        return CustomerChange("notes", read_notes(line[found.end() :]))
    number = _PHONE_LABELS.sub("", line, count=1)
    if _PHONE.fullmatch(number):
        return CustomerChange("phone", phone_number(number))
    if _CONTACTED.fullmatch(line):
        return CustomerChange("contacted")
    if _LANGUAGE_SAID.search(line) and (language := read_language(line)):
        return CustomerChange("language", language)
    if _WISH.match(line) or _ASK_AGAIN.match(line):
        wished = read_wish(line, today)
        if _WISH.match(line) or wished.day is not None:
            return wished
    raise Refusal(NotACustomerChange(shown(line)))


def read_birthday(text: str) -> str:
    """Returns day and month as MM-DD, of which a year that was typed is no part.

    Raises:
        Refusal: with `NotABirthday`.
    """
    line = one_line(text[:BIRTHDAY_CHARACTERS_MAX]).casefold().strip(" .,!")
    for before in (_BIRTHDAY, _ON):
        found = before.match(line)
        line = line if found is None else line[found.end() :]
    for month, day in _days(line):
        try:
            return f"{date(LEAP_YEAR, month, day):%m-%d}"
        except ValueError:
            continue
    raise Refusal(NotABirthday(shown(text)))


def _days(line: str) -> list[tuple[int, int]]:
    """Returns the month and the day of each reading."""
    if (found := _STORED.fullmatch(line)) is not None:
        return [(int(found[1]), int(found[2]))]
    if (found := _DAY_FIRST.fullmatch(line)) is not None:
        return [(int(found[2]), int(found[1]))]
    if (found := _NAMED.fullmatch(line)) is not None:
        return [(month_number(found[2]) or 0, int(found[1]))]
    if (found := _MONTH_FIRST.fullmatch(line)) is not None:
        return [(month_number(found[1]) or 0, int(found[2]))]
    return []


def read_notes(text: str) -> str:
    """Returns the note.

    Raises:
        Refusal: with `TooLongToNote`.
    """
    return _short(one_line(text), NOTES_CHARACTERS_MAX)


def read_wish(text: str, today: date) -> CustomerChange:
    """Returns a wish, and the day to ask again if one is named: `mau madu, hubungi tgl 3`.

    Raises:
        Refusal: with `TooLongToNote`.
    """
    line = one_line(text[:TEXT_CHARACTERS_MAX])
    for found in _ASK_AGAIN.finditer(line):
        # "mau wa tante" is no day to ask again, "wa tgl 3" is one.
        if _DAY.match(line, found.end()):
            day = read_due(line[found.end() :], today).day
            wish = line[: found.start()] if day is not None else line
            return CustomerChange("wish", _short(wish.strip(" ,;."), WISH_CHARACTERS_MAX), day)
    return CustomerChange("wish", _short(line, WISH_CHARACTERS_MAX), None)


def read_language(text: str) -> Literal["", "id", "en"]:
    """Returns the language that a text names; empty if it names none."""
    found = _LANGUAGE.fullmatch(one_line(text[:BIRTHDAY_CHARACTERS_MAX]).strip(" .,!"))
    if found is None:
        return ""
    return "en" if found[1].casefold() in _ENGLISH else "id"


def _short(line: str, longest: int) -> str:
    if len(line) > longest:
        raise Refusal(TooLongToNote(longest))
    return line
