"""How somebody becomes a member: a sponsor, the cards to read, a few details, and a last look."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Final

from bot.core.codes import read_code
from bot.core.dialogue import Answer, Flow, Lookup, ask, find
from bot.core.hours import ZoneLabel, zone_label
from bot.core.messages import Message, Refusal
from bot.core.provinces import Province
from bot.flows.caller import Caller
from bot.flows.details import Phone, ask_birth_year, ask_name, ask_phone, ask_province
from bot.flows.home import home
from bot.flows.spec import Command, FlowSpec, Outcome
from bot.flows.sponsor import Sponsor, find_sponsor, yes_or_no

__all__ = [
    "SPEC",
    "AddressAs",
    "AskPart",
    "AskTitle",
    "CardRenewed",
    "CheckDetails",
    "Consent",
    "Details",
    "NotReadYet",
    "OwnLink",
    "PartUnclear",
    "PhoneYielded",
    "ReadCard",
    "Register",
    "TeamGrew",
    "TitleUnclear",
    "Welcome",
    "register",
]

TITLES: Final = {
    "bapak": "Bapak",
    "pak": "Bapak",
    "bpk": "Bapak",
    "ibu": "Ibu",
    "bu": "Ibu",
    "kak": "Kak",
    "kakak": "Kak",
}

PARTS: Final = frozenset({"name", "phone", "birth_year", "province", "title", "sponsor", "none"})


@dataclass(frozen=True, slots=True)
class AskTitle(Message):
    """Bapak, Ibu or Kak?"""


@dataclass(frozen=True, slots=True)
class TitleUnclear(Message):
    """None of the three."""


@dataclass(frozen=True, slots=True)
class ReadCard(Message):
    """One of the cards that everybody reads before joining."""

    slug: str
    version: int
    number: int
    total: int
    heading: str
    body: str


@dataclass(frozen=True, slots=True)
class NotReadYet(Message):
    """Something else than the button that says the card was read."""


@dataclass(frozen=True, slots=True)
class CardRenewed(Message):
    """The company changed this card after it was read."""


@dataclass(frozen=True, slots=True)
class CheckDetails(Message):
    """Is everything right? `sponsor` is empty for those who join under the company."""

    full_name: str
    title: str
    phone: str
    phone_verified: bool
    birth_year: int
    province: Province
    zone: ZoneLabel
    sponsor: str


@dataclass(frozen=True, slots=True)
class AskPart(Message):
    """Which part is to be changed?"""


@dataclass(frozen=True, slots=True)
class PartUnclear(Message):
    """None of the parts that can be changed."""


@dataclass(frozen=True, slots=True)
class Welcome(Message):
    """A new member, with the code and the link that are now theirs."""

    lasting: ClassVar[bool] = True

    code: str
    link: str


@dataclass(frozen=True, slots=True)
class TeamGrew(Message):
    """Told to the sponsor: somebody joined, and what helps most now."""

    newcomer: str
    first: str


@dataclass(frozen=True, slots=True)
class PhoneYielded(Message):
    """Told to a member whose typed number turned out to be somebody else's."""


@dataclass(frozen=True, slots=True)
class OwnLink(Message):
    """A member opened the very link that is there to be shared."""


@dataclass(frozen=True, slots=True)
class AddressAs(Lookup[None]):
    """Speak to the caller with this title from now on."""

    title: str


@dataclass(frozen=True, slots=True)
class Details:
    """What a newcomer told us."""

    title: str
    name: str
    phone: Phone
    birth_year: int
    province: Province


@dataclass(frozen=True, slots=True)
class Consent:
    """A card that was read: which, in which version, and when."""

    card: str
    version: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Register(Command):
    """Make the caller a member."""

    sponsor_id: int | None
    details: Details
    consents: tuple[Consent, ...]


def register(caller: Caller, args: str) -> Flow[Outcome]:
    """Join the company. Members come home, also when they open a link, and so does the office."""
    if caller.me is not None:
        if args and read_code(args) == caller.me.code:
            return OwnLink()
        return (yield from home(caller, ""))
    if caller.roles and not args:
        return (yield from home(caller, ""))
    sponsor = yield from find_sponsor(caller, args)
    if not isinstance(sponsor, Sponsor):
        return sponsor
    title = yield from _ask_title()
    consents = yield from _read_cards(caller)
    details = Details(
        title=title,
        name=(yield from ask_name()),
        phone=(yield from ask_phone()),
        birth_year=(yield from ask_birth_year(caller)),
        province=(yield from ask_province()),
    )
    while True:
        right: bool = yield from ask(_check(sponsor, details), yes_or_no)
        if right:
            return Register(sponsor.id, details, consents)
        part: str = yield from ask(AskPart(), _part)
        if part == "sponsor":
            other = yield from find_sponsor(caller, "", "other")
            if not isinstance(other, Sponsor):
                return other
            sponsor = other
        details = yield from _change(caller, details, part)


def _check(sponsor: Sponsor, details: Details) -> CheckDetails:
    return CheckDetails(
        full_name=details.name,
        title=details.title,
        phone=details.phone.number,
        phone_verified=details.phone.verified,
        birth_year=details.birth_year,
        province=details.province,
        zone=zone_label(details.province.zone),
        sponsor=sponsor.name,
    )


def _change(caller: Caller, details: Details, part: str) -> Flow[Details]:
    """Ask one of the details again."""
    match part:
        case "name":
            details = replace(details, name=(yield from ask_name()))
        case "phone":
            details = replace(details, phone=(yield from ask_phone()))
        case "birth_year":
            details = replace(details, birth_year=(yield from ask_birth_year(caller)))
        case "province":
            details = replace(details, province=(yield from ask_province()))
        case "title":
            details = replace(details, title=(yield from _ask_title()))
        case _:
            pass
    return details


def _ask_title() -> Flow[str]:
    title: str = yield from ask(AskTitle(), _title)
    yield from find(AddressAs(title))
    return title


def _read_cards(caller: Caller) -> Flow[tuple[Consent, ...]]:
    """Show the cards one after the other; each has a button that says it was read."""
    consents: list[Consent] = []
    cards = caller.company.cards
    for number, card in enumerate(cards, start=1):
        mark = f"{card.slug}.{card.version}"

        def read(answer: Answer, mark: str = mark) -> datetime:
            if answer.kind != "tap":
                raise Refusal(NotReadYet())
            if answer.value != mark:
                raise Refusal(CardRenewed())
            return answer.at

        shown = ReadCard(
            slug=card.slug,
            version=card.version,
            number=number,
            total=len(cards),
            heading=card.title(caller.language),
            body=card.body(caller.language),
        )
        at: datetime = yield from ask(shown, read)
        consents.append(Consent(card.slug, card.version, at))
    return tuple(consents)


def _title(answer: Answer) -> str:
    title = TITLES.get(answer.value.casefold().strip(" .!"))
    if title is None or answer.kind not in {"tap", "text"}:
        raise Refusal(TitleUnclear())
    return title


def _part(answer: Answer) -> str:
    if answer.kind != "tap" or answer.value not in PARTS:
        raise Refusal(PartUnclear())
    return answer.value


SPEC = FlowSpec(
    "register", register, ("daftar", "start", "register"), who="anyone", words=("daftar",)
)
