"""The data of a new member: name, phone, year of birth, province."""

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

# The provinces with most people; others are found by typing a few letters.
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
    """A phone number, and whether Telegram verified that it is the sender's own."""

    number: str
    verified: bool


@dataclass(frozen=True, slots=True)
class AskName(Question):
    """Asks for the full name."""

    asked_as: ClassVar[str] = "person.name@1"


@dataclass(frozen=True, slots=True)
class AskPhone(Question):
    """Asks for the phone number, shared by button or typed."""

    asked_as: ClassVar[str] = "person.phone@1"


@dataclass(frozen=True, slots=True)
class NotYourContact(Message):
    """The contact is from the address book, so it does not belong to the sender."""


@dataclass(frozen=True, slots=True)
class PhoneTaken(Message):
    """A member has this number; `provable`: its owner may still prove it with the button."""

    provable: bool


@dataclass(frozen=True, slots=True)
class PhonesPaused(Message):
    """Too many numbers of other people were typed; until then only the button is accepted."""

    until: datetime


@dataclass(frozen=True, slots=True)
class AskBirthYear(Question):
    """Asks for the year of birth."""

    asked_as: ClassVar[str] = "person.birth_year@1"

    minimum_age: int


@dataclass(frozen=True, slots=True)
class AskProvince(Question):
    """Asks for the province."""

    asked_as: ClassVar[str] = "person.province@1"

    choices: tuple[Province, ...]


@dataclass(frozen=True, slots=True)
class ChooseProvince(Question):
    """Asks which of these provinces is meant."""

    asked_as: ClassVar[str] = "person.which_province@1"

    choices: tuple[Province, ...]


@dataclass(frozen=True, slots=True)
class UnknownProvince(Message):
    """No province and no large city has this name."""

    typed: str


@dataclass(frozen=True, slots=True)
class WhyNotPhone(Lookup[PhoneTaken | PhonesPaused | None]):
    """The reason why a new member cannot have this number; None if they can."""

    phone: Phone


def ask_name(caller: Caller) -> Flow[str]:
    """Ask for the full name, as its owner writes it."""
    name: str = yield from ask(AskName(), name_read_for(caller))
    return name


def ask_phone() -> Flow[Phone]:
    """Ask for a number that no other member has."""
    phone: Phone = yield from ask(AskPhone(), read_phone)
    refused = yield from find(WhyNotPhone(phone))
    if refused is not None:
        raise Refusal(refused, AskPhone)
    return phone


def ask_birth_year(caller: Caller) -> Flow[int]:
    """Ask for the year of birth; refuses a person who is too young."""
    company = caller.company
    youngest = company.policy.minimum_age

    def read(answer: Answer) -> int:
        this_year = local_day(answer.at, company.time_zone).year
        return birth_year(_text(answer), this_year, youngest)

    year: int = yield from ask(AskBirthYear(youngest), read)
    return year


def ask_province() -> Flow[Province]:
    """Ask for the province, chosen from a list or found by a few letters."""
    found = yield from ask(AskProvince(_all(COMMON)), _provinces)
    while len(found) > 1:
        found = yield from ask(ChooseProvince(found), _provinces)
    return found[0]


def name_read_for(caller: Caller) -> Callable[[Answer], str]:
    """Returns a reader for a typed name; it refuses other answers and the company's own name."""
    return lambda answer: full_name(_text(answer), caller.company.name)


def read_phone(answer: Answer) -> Phone:
    """Returns a typed number, unverified, or the sender's own contact, verified."""
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
