"""Reads names, years of birth and phone numbers as people enter them."""

import re
import unicodedata
from dataclasses import dataclass

import phonenumbers

from bot.core.conversation.messages import Message, Refusal
from bot.core.input.typed import clean_text, composed, has_stacked_marks, one_line, shown
from bot.core.messaging.impostors import poses_as_office

__all__ = [
    "NAME_CHARACTERS_MAX",
    "NAME_CHARACTERS_MIN",
    "LikeTheOffice",
    "NameTooLong",
    "NameTooShort",
    "NotAName",
    "NotAPhone",
    "NotAYear",
    "TooYoung",
    "YearUnlikely",
    "birth_year",
    "clean_text",
    "first_name",
    "full_name",
    "masked_name",
    "masked_phone",
    "name_words",
    "phone_number",
    "short_phone",
]

NAME_CHARACTERS_MIN = 2
NAME_CHARACTERS_MAX = 64
TEXT_CHARACTERS_MAX = 256
AGE_YEARS_MAX = 100
HOME_REGION = "ID"

_NAME_SIGNS = frozenset(" '’‘ʼ`´.,-‐0123456789")
# Pictures and ornaments are dropped from a name; any other foreign character is refused.
_ORNAMENTS = frozenset({"So", "Sk", "Mn", "Me"})
_LINK = re.compile(r"://|www\.|\bt\.me\b|\.(?:com|net|org|id|co|me|io|ly)\b(?:/|$)", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"[0-9]{4}")
_YEAR = re.compile(r"(?:[^0-9]|^)(?:[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ])?([12][0-9]{3})$", re.ASCII)
_YEAR_WORDS = re.compile(r"(?:(?:saya|lahir|tahun|thn|th|born|in|year)\.?\s+)*", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼ`´](?=\w)")
_PHONE = re.compile(r"\+?[0-9() .\-\u2010-\u2015\u00a0]{6,30}", re.ASCII)
_TITLE_WORDS = (
    "h hj dr dra drs drg ir prof kh ust ustadz ustadzah bu ibu pak bapak bpk kak kakak mas mbak"
    " mba i ni mr mrs ms ny nyonya tn tuan sdr sdri bp buk alm almh"
)
_SHORT_NAME_WORDS = "moh mohd muh muhd mhd abd abdl st r rd rr rng a m"
_TITLES = frozenset(_TITLE_WORDS.split()) | frozenset(_SHORT_NAME_WORDS.split())
"""Words that nobody is called by, among them the short forms of long first names: `Moh Rizal`."""


@dataclass(frozen=True, slots=True)
class NameTooShort(Message):
    """The name has fewer than two characters."""

    shortest: int


@dataclass(frozen=True, slots=True)
class NameTooLong(Message):
    """The name is longer than the database and a small screen can hold."""

    longest: int


@dataclass(frozen=True, slots=True)
class NotAName(Message):
    """The text has digits, a link or characters that no name has."""


@dataclass(frozen=True, slots=True)
class LikeTheOffice(Message):
    """People would take the name for the office's or the company's own."""


@dataclass(frozen=True, slots=True)
class NotAYear(Message):
    """The text has no year of four digits."""

    text: str


@dataclass(frozen=True, slots=True)
class TooYoung(Message):
    """The person has not reached the minimum age."""

    minimum_age: int


@dataclass(frozen=True, slots=True)
class YearUnlikely(Message):
    """The year is in the future, or more than a hundred years ago."""

    year: int


@dataclass(frozen=True, slots=True)
class NotAPhone(Message):
    """The text is no number that a mobile phone could have."""

    text: str


def full_name(text: str, company: str = "") -> str:
    """Returns the name as its owner writes it; many Indonesians have a name of one word.

    Args:
        text: as typed.
        company: the company that no name may imitate; empty where the office itself enters it.

    Raises:
        Refusal: with `NotAName`, `LikeTheOffice`, `NameTooShort` or `NameTooLong`.
    """
    if len(text) > TEXT_CHARACTERS_MAX:
        raise Refusal(NameTooLong(NAME_CHARACTERS_MAX))
    if has_stacked_marks(text):
        raise Refusal(NotAName())
    line = one_line(text)
    if _LINK.search(line) or _LONG_NUMBER.search(line):
        raise Refusal(NotAName())
    name = " ".join("".join(sign for sign in line if not _is_ornament(sign)).split())
    name = name.strip(" ,-‐`´")
    if not all(_belongs_to_names(sign) for sign in name):
        raise Refusal(NotAName())
    if name and not any(sign.isalpha() for sign in name):
        raise Refusal(NotAName())
    if len(name) < NAME_CHARACTERS_MIN:
        raise Refusal(NameTooShort(NAME_CHARACTERS_MIN))
    if len(name) > NAME_CHARACTERS_MAX:
        raise Refusal(NameTooLong(NAME_CHARACTERS_MAX))
    if company and poses_as_office(name, company):
        raise Refusal(LikeTheOffice())
    return name


def first_name(name: str) -> str:
    """Returns the word to address a person by: the first that is no title or abbreviation."""
    return _spoken(name)[0]


def masked_name(name: str) -> str:
    """Returns first name and one initial, enough to recognise a person, such as `Budi W.`."""
    words = _spoken(name)
    if len(words) == 1:
        return words[0]
    return f"{words[0]} {words[1][0].upper()}."


def name_words(name: str) -> tuple[str, ...]:
    """Returns the words of a name, each once, in lower case without accents, for searching.

    An apostrophe is no end of a word: `Ma'ruf` and `Maruf` are the same.
    """
    joined = _APOSTROPHE.sub("", name[:TEXT_CHARACTERS_MAX])
    plain = composed("NFKD", joined).casefold()
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(dict.fromkeys(_WORD.findall(bare)))


def birth_year(text: str, this_year: int, minimum_age: int) -> int:
    """Returns the year of birth of a person who reaches the minimum age by the end of this year.

    A whole date is accepted too, for its year.

    Raises:
        Refusal: with `NotAYear`, `YearUnlikely` or `TooYoung`.
    """
    if len(text) > TEXT_CHARACTERS_MAX:
        raise Refusal(NotAYear(shown(text)))
    bare = _YEAR_WORDS.sub("", one_line(text), count=1)
    found = _YEAR.match(bare)
    if found is None:
        raise Refusal(NotAYear(shown(text)))
    year = int(found[1])
    age = this_year - year
    if not 0 <= age <= AGE_YEARS_MAX:
        raise Refusal(YearUnlikely(year))
    if age < minimum_age:
        raise Refusal(TooYoung(minimum_age))
    return year


def phone_number(text: str) -> str:
    """Returns the mobile number in international form; a foreign one needs its plus sign.

    Raises:
        Refusal: with `NotAPhone`.
    """
    bare = one_line(text) if len(text) <= TEXT_CHARACTERS_MAX else ""
    # The library would accept letters, as on the keys of a telephone, and digits of any script.
    if not _PHONE.fullmatch(bare):
        raise Refusal(NotAPhone(shown(text)))
    try:
        number = phonenumbers.parse(bare, HOME_REGION)
    except phonenumbers.NumberParseException:
        raise Refusal(NotAPhone(shown(text))) from None
    mobile = phonenumbers.number_type(number) in {
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    }
    if not mobile:
        raise Refusal(NotAPhone(shown(text)))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def masked_phone(e164: str) -> str:
    """Returns the number with its middle hidden, as Indonesians write it: `0812-••••-0001`."""
    if e164.startswith("+62"):
        return f"0{e164[3:6]}-••••-{e164[-4:]}"
    return f"{e164[:3]}-••••-{e164[-4:]}" if e164.startswith("+") else ""


def short_phone(e164: str) -> str:
    """Returns the last four digits, which distinguish numbers without showing them."""
    return e164[-4:]


def _is_ornament(sign: str) -> bool:
    """Returns whether a sign is a picture or a modifier of one; accents belong to a letter."""
    category = unicodedata.category(sign)
    if category in {"Mn", "Me"}:
        return unicodedata.name(sign, "").startswith(("VARIATION SELECTOR", "COMBINING ENCLOSING"))
    return category in _ORNAMENTS and sign not in _NAME_SIGNS


def _belongs_to_names(sign: str) -> bool:
    return sign in _NAME_SIGNS or unicodedata.category(sign)[0] in "LM"


def _spoken(name: str) -> list[str]:
    """Returns the words of a name without titles; never empty for a name."""
    before_degrees = name.partition(",")[0].split()
    words = [
        word
        for word in before_degrees
        if word[0].isalpha() and not word.endswith(".") and word.lower() not in _TITLES
    ]
    return [_capitalised(word) for word in words or before_degrees or [name]]


def _capitalised(word: str) -> str:
    return word.capitalize() if word.islower() or (word.isupper() and len(word) > 1) else word
