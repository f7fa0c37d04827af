"""The messages of the flow with which a person joins, and the action it ends with."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.core.calendar.hours import ZoneLabel
from bot.core.conversation.messages import Message, Question
from bot.core.conversation.replay import Lookup
from bot.core.members.provinces import Province
from bot.flows.members.details import Phone
from bot.flows.spec import Action

__all__ = [
    "AddressAs",
    "AskPart",
    "AskTitle",
    "CardRenewed",
    "CheckDetails",
    "Consent",
    "Details",
    "FirstSale",
    "NotReadYet",
    "OwnLink",
    "PartUnclear",
    "PhoneYielded",
    "ReadCard",
    "Register",
    "TeamGrew",
    "TitleUnclear",
    "Welcome",
]


@dataclass(frozen=True, slots=True)
class Details:
    """The details of a new member."""

    title: str
    name: str
    phone: Phone
    birth_year: int
    province: Province


@dataclass(frozen=True, slots=True)
class AskTitle(Question):
    """Asks for Bapak, Ibu or Kak."""

    asked_as: ClassVar[str] = "joining.title@1"


@dataclass(frozen=True, slots=True)
class TitleUnclear(Message):
    """The answer is none of the three."""


@dataclass(frozen=True, slots=True)
class ReadCard(Question):
    """One of the cards to read before joining; `joining` is False when a place is claimed."""

    asked_as: ClassVar[str] = "joining.card@1"

    slug: str
    version: int
    number: int
    total: int
    heading: str
    body: str
    joining: bool


@dataclass(frozen=True, slots=True)
class NotReadYet(Message):
    """The answer is not the button that confirms the card was read."""


@dataclass(frozen=True, slots=True)
class CardRenewed(Message):
    """The company changed this card after it was read."""


@dataclass(frozen=True, slots=True)
class CheckDetails(Question):
    """Asks whether all is correct; `sponsor` is empty for those who join under the company."""

    asked_as: ClassVar[str] = "joining.check@2"

    details: Details
    zone: ZoneLabel
    sponsor: str


@dataclass(frozen=True, slots=True)
class AskPart(Question):
    """Asks which part to change."""

    asked_as: ClassVar[str] = "joining.part@1"


@dataclass(frozen=True, slots=True)
class PartUnclear(Message):
    """The answer is none of the parts that can be changed."""


@dataclass(frozen=True, slots=True)
class Welcome(Message):
    """Welcomes a new member, with their code and link."""

    lasting: ClassVar[bool] = True

    code: str
    link: str


@dataclass(frozen=True, slots=True)
class FirstSale(Message):
    """Leads a new member to the first sale; the link and its QR come when they are asked for."""


@dataclass(frozen=True, slots=True)
class TeamGrew(Message):
    """For the sponsor: a person joined, and what helps the new member most now."""

    newcomer: str
    first: str


@dataclass(frozen=True, slots=True)
class PhoneYielded(Message):
    """For a member whose typed number turned out to be another person's."""


@dataclass(frozen=True, slots=True)
class OwnLink(Message):
    """A member opened their own invitation link."""


@dataclass(frozen=True, slots=True)
class AddressAs(Lookup[None]):
    """Use this title for the caller from now on."""

    title: str


@dataclass(frozen=True, slots=True)
class Consent:
    """A card that was read: which one, in which version, and when."""

    card: str
    version: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Register(Action):
    """Make the caller a member."""

    sponsor_id: int | None
    details: Details
    consents: tuple[Consent, ...]
