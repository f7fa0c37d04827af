"""How a member whom the company entered before the bot claims their place by phone number."""

from dataclasses import dataclass
from typing import ClassVar, Final

from bot.core.conversation.messages import Message, Question, Refusal
from bot.core.conversation.replay import Answer, Flow, Lookup, ask, find
from bot.core.members.provinces import Province
from bot.flows.caller import Caller
from bot.flows.home.home import home
from bot.flows.members.details import Phone, WhyNotPhone, ask_birth_year, ask_province, read_phone
from bot.flows.members.newcomer import ask_title, change_detail, check_details, read_cards
from bot.flows.members.register_messages import Consent, Details, PartUnclear
from bot.flows.members.sponsor import read_yes_or_no
from bot.flows.spec import Action, FlowSpec, HelpPlace, Outcome

__all__ = [
    "SPEC",
    "AskClaimPart",
    "AskOwnNumber",
    "Claim",
    "ClaimWelcome",
    "ConfirmPlace",
    "EarlierAnswers",
    "NotThisPlace",
    "NumberUnknown",
    "Place",
    "PlaceOf",
    "PressTheButton",
    "TeammateArrived",
    "claim",
    "find_place",
    "take_place",
]

PARTS: Final = frozenset({"birth_year", "province", "title", "none"})


@dataclass(frozen=True, slots=True)
class AskOwnNumber(Question):
    """Asks for one's own number, shared by button; `joining` offers the way back to joining."""

    asked_as: ClassVar[str] = "claim.own_number@1"

    joining: bool


@dataclass(frozen=True, slots=True)
class PressTheButton(Message):
    """A typed number does not prove whose it is, so only the button is accepted."""


@dataclass(frozen=True, slots=True)
class NumberUnknown(Message):
    """No place waits under the number that was shared."""


@dataclass(frozen=True, slots=True)
class ConfirmPlace(Question):
    """Asks whether the place is the caller's; `sponsor` is empty directly under the company."""

    asked_as: ClassVar[str] = "claim.place@1"

    full_name: str
    member_number: str
    sponsor: str


@dataclass(frozen=True, slots=True)
class NotThisPlace(Message):
    """The number is stored under another person's name; the office has to check."""


@dataclass(frozen=True, slots=True)
class AskClaimPart(Question):
    """Asks which part to change."""

    asked_as: ClassVar[str] = "claim.part@1"


@dataclass(frozen=True, slots=True)
class ClaimWelcome(Message):
    """The place now belongs to the caller; shows the code and the link."""

    lasting: ClassVar[bool] = True

    code: str
    link: str


@dataclass(frozen=True, slots=True)
class TeammateArrived(Message):
    """For the sponsor: a member of their team has started to use the bot."""

    teammate: str
    first: str


@dataclass(frozen=True, slots=True)
class Place:
    """A member whom the company entered before the bot, and who has no account here yet.

    Attributes:
        member_id: the member.
        name: the full name.
        number: the company's own member number.
        sponsor: first name and initial; empty for a member directly under the company.
    """

    member_id: int
    name: str
    number: str
    sponsor: str


@dataclass(frozen=True, slots=True)
class PlaceOf(Lookup[Place | None]):
    """The place that waits under this phone number; None if Telegram did not verify the number."""

    phone: Phone


@dataclass(frozen=True, slots=True)
class EarlierAnswers:
    """The answers given before the place was found; empty where they are still to be asked."""

    title: str = ""
    consents: tuple[Consent, ...] = ()
    birth_year: int | None = None
    province: Province | None = None


@dataclass(frozen=True, slots=True)
class Claim(Action):
    """Give the place to the caller."""

    member_id: int
    details: Details
    consents: tuple[Consent, ...]


def claim(caller: Caller, _args: str) -> Flow[Outcome]:
    """Claim the membership that the company has imported.

    The caller shares their own number with the button. A member sees the menu.
    """
    if caller.me is not None:
        return (yield from home(caller, ""))
    return (yield from find_place(caller, None, joining=False))


def find_place(caller: Caller, shared: Phone | None, *, joining: bool) -> Flow[Outcome]:
    """Find the place by phone number, shared already or asked for, and claim it."""
    phone = shared
    if phone is None:
        phone = yield from ask(AskOwnNumber(joining), _proven_phone)
    place = yield from find(PlaceOf(phone))
    if place is None:
        refused = yield from find(WhyNotPhone(phone))
        raise Refusal(refused or NumberUnknown())
    return (yield from take_place(caller, place, phone, EarlierAnswers()))


def take_place(
    caller: Caller, place: Place, phone: Phone, earlier: EarlierAnswers
) -> Flow[Outcome]:
    """Show the place, ask for the data that only its owner knows, and confirm all of it."""
    shown = ConfirmPlace(place.name, place.number, place.sponsor)
    right: bool = yield from ask(shown, read_yes_or_no)
    if not right:
        return NotThisPlace()
    title = earlier.title or (yield from ask_title())
    consents = earlier.consents or (yield from read_cards(caller, joining=False))
    year = earlier.birth_year or (yield from ask_birth_year(caller))
    province = earlier.province or (yield from ask_province())
    details = Details(title, place.name, phone, year, province)
    while True:
        right = yield from ask(check_details(details, place.sponsor), read_yes_or_no)
        if right:
            return Claim(place.member_id, details, consents)
        part: str = yield from ask(AskClaimPart(), _part)
        details = yield from change_detail(caller, details, part)


def _proven_phone(answer: Answer) -> Phone:
    if answer.kind != "contact":
        raise Refusal(PressTheButton())
    return read_phone(answer)


def _part(answer: Answer) -> str:
    if answer.kind != "tap" or answer.value not in PARTS:
        raise Refusal(PartUnclear())
    return answer.value


SPEC = FlowSpec(
    "claim",
    claim,
    ("klaim", "claim"),
    who="anyone",
    in_help=(HelpPlace("joining", row=3),),
)
