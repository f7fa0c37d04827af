"""What a newcomer tells us: name, phone, year of birth, province."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from bot.core.calendar.hours import local_day
from bot.core.conversation.messages import Message, Question, Refusal
from bot.core.conversation.replay import Answer, Flow, Lookup, ask, find
from bot.core.input.typed import shown
from bot.core.members.people import birth_year, full_name, phone_number
from bot.core.members.provinces import Province, find_provinces, province
from bot.flows.caller import Caller

__all__ = [
    "AskBirthYear",
    "AskName",
    "AskPhone",
    "AskProvince",
    "ChooseProvince",
    "NotYourContact",
    "Phone",
    "PhoneTaken",
    "PhonesPaused",
    "UnknownProvince",
    "WhyNotPhone",
    "ask_birth_year",
    "ask_name",
    "ask_phone",
    "ask_province",
    "name_read_for",
    "read_phone",
]

# Where most people live; everybody else types a few letters.
COMMON: Final = (
    "jawa-barat",
    "jawa-timur",
    "jawa-tengah",
    "dki-jakarta",
    "banten",
    "sumatera-utara",
    "sulawesi-selatan",
    "lampung",
)


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone number, and whether Telegram vouches that it is the sender's own."""

    number: str
    verified: bool


@dataclass(frozen=True, slots=True)
class AskName(Question):
    """The whole name?"""

    asked_as: ClassVar[str] = "person.name@1"


@dataclass(frozen=True, slots=True)
class AskPhone(Question):
    """The phone number, shared by a button or typed?"""

    asked_as: ClassVar[str] = "person.phone@1"


@dataclass(frozen=True, slots=True)
class NotYourContact(Message):
    """A contact out of the address book; it says nothing about the sender."""


@dataclass(frozen=True, slots=True)
class PhoneTaken(Message):
    """A member has this number already; its owner may still prove that it is the own one."""

    provable: bool


@dataclass(frozen=True, slots=True)
class PhonesPaused(Message):
    """So many numbers of other people were typed that only the button helps before this moment."""

    until: datetime


@dataclass(frozen=True, slots=True)
class AskBirthYear(Question):
    """Born in which year?"""

    asked_as: ClassVar[str] = "person.birth_year@1"

    minimum_age: int


@dataclass(frozen=True, slots=True)
class AskProvince(Question):
    """Living in which province?"""

    asked_as: ClassVar[str] = "person.province@1"

    choices: tuple[Province, ...]


@dataclass(frozen=True, slots=True)
class ChooseProvince(Question):
    """Which of these was meant?"""

    asked_as: ClassVar[str] = "person.which_province@1"

    choices: tuple[Province, ...]


@dataclass(frozen=True, slots=True)
class UnknownProvince(Message):
    """No province and no large city is called so."""

    typed: str


@dataclass(frozen=True, slots=True)
class WhyNotPhone(Lookup[PhoneTaken | PhonesPaused | None]):
    """Why a newcomer cannot have this number; None where nothing is in the way."""

    phone: Phone


def ask_name(caller: Caller) -> Flow[str]:
    """The whole name, as its owner writes it."""
    name: str = yield from ask(AskName(), name_read_for(caller))
    return name


def ask_phone() -> Flow[Phone]:
    """A number that nobody else has."""
    phone: Phone = yield from ask(AskPhone(), read_phone)
    refused = yield from find(WhyNotPhone(phone))
    if refused is not None:
        raise Refusal(refused, AskPhone)
    return phone


def ask_birth_year(caller: Caller) -> Flow[int]:
    """The year of birth of somebody who is old enough."""
    company = caller.company
    youngest = company.policy.minimum_age

    def read(answer: Answer) -> int:
        this_year = local_day(answer.at, company.time_zone).year
        return birth_year(_text(answer), this_year, youngest)

    year: int = yield from ask(AskBirthYear(youngest), read)
    return year


def ask_province() -> Flow[Province]:
    """The province, chosen or found by a few letters."""
    found = yield from ask(AskProvince(_all(COMMON)), _provinces)
    while len(found) > 1:
        found = yield from ask(ChooseProvince(found), _provinces)
    return found[0]


def name_read_for(caller: Caller) -> Callable[[Answer], str]:
    """Reads a name as typed, unless it poses as the company; what else was sent makes none."""
    return lambda answer: full_name(_text(answer), caller.company.name)


def read_phone(answer: Answer) -> Phone:
    """A number that was typed, or the sender's own contact."""
    if answer.kind != "contact":
        return Phone(phone_number(_text(answer)), verified=False)
    if not answer.own:
        raise Refusal(NotYourContact())
    # Telegram writes the country code, but not always the plus sign before it.
    number = answer.value if answer.value.startswith(("+", "0")) else f"+{answer.value}"
    return Phone(phone_number(number), verified=True)


def _provinces(answer: Answer) -> tuple[Province, ...]:
    if answer.kind == "tap":
        return (province(answer.value),)
    text = _text(answer)
    found = tuple(find_provinces(text))
    if not found:
        raise Refusal(UnknownProvince(shown(text)))
    return found


def _all(slugs: Iterable[str]) -> tuple[Province, ...]:
    return tuple(province(slug) for slug in slugs)


def _text(answer: Answer) -> str:
    return answer.value if answer.kind == "text" else ""
