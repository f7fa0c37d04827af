"""What is said while somebody joins, and what the flow wants to have done."""

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
class AskTitle(Question):
    """Bapak, Ibu or Kak?"""

    asked_as: ClassVar[str] = "joining.title@1"


@dataclass(frozen=True, slots=True)
class TitleUnclear(Message):
    """None of the three."""


@dataclass(frozen=True, slots=True)
class ReadCard(Question):
    """One of the cards that everybody reads before joining, or on coming over from paper."""

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
    """Something else than the button that says the card was read."""


@dataclass(frozen=True, slots=True)
class CardRenewed(Message):
    """The company changed this card after it was read."""


@dataclass(frozen=True, slots=True)
class CheckDetails(Question):
    """Is everything right? `sponsor` is empty for those who join under the company."""

    asked_as: ClassVar[str] = "joining.check@1"

    full_name: str
    title: str
    phone: str
    phone_verified: bool
    birth_year: int
    province: Province
    zone: ZoneLabel
    sponsor: str


@dataclass(frozen=True, slots=True)
class AskPart(Question):
    """Which part is to be changed?"""

    asked_as: ClassVar[str] = "joining.part@1"


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
class Register(Action):
    """Make the caller a member."""

    sponsor_id: int | None
    details: Details
    consents: tuple[Consent, ...]
