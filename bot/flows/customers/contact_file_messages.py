"""The messages about the address book of a phone, from which a seller picks customers."""

from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from bot.core.conversation.messages import Message, Question
from bot.core.conversation.replay import Lookup
from bot.flows.sales.sale_parts import Buyer
from bot.flows.spec import Action

__all__ = [
    "AddContacts",
    "AskContacts",
    "ContactChoice",
    "ContactFileGone",
    "ContactFileRead",
    "ContactFileReceived",
    "ContactFileUnread",
    "ContactPage",
    "ContactsAdded",
    "FileContacts",
    "NoContactLike",
    "NobodyPicked",
    "PickedContact",
    "PickedEnough",
    "ReadContactFile",
    "WhyNoContacts",
]

WhyNoContacts: TypeAlias = Literal["large", "gone", "nobody", "locked"]


@dataclass(frozen=True, slots=True)
class ReadContactFile(Action):
    """Read an address book that the caller has sent; `large` where it is too large."""

    file_id: str
    large: bool


@dataclass(frozen=True, slots=True)
class ContactFileReceived(Message):
    """An address book came; it is being read."""


@dataclass(frozen=True, slots=True)
class ContactFileUnread(Message):
    """Nobody can be picked from the file, and why; of the file nothing is kept."""

    why_unread: WhyNoContacts


@dataclass(frozen=True, slots=True)
class ContactFileRead(Message):
    """How many persons can be picked.

    Attributes:
        job: the number of the job that read the file.
        count: persons with a name and a mobile number.
        more: whether the file has more than are read.
    """

    job: int
    count: int
    more: bool


@dataclass(frozen=True, slots=True)
class ContactFileGone(Message):
    """The contacts of this file are not kept any more; it may be another member's."""


@dataclass(frozen=True, slots=True)
class PickedContact:
    """A person of the file.

    Attributes:
        number: the place in the file, from 0.
        person: the name as it will be kept.
        phone: as E.164.
        known: the name of the customer who has this number; empty if there is none.
    """

    number: int
    person: str
    phone: str
    known: str


@dataclass(frozen=True, slots=True)
class ContactPage:
    """A page of the file, and how many persons match in all."""

    rows: tuple[PickedContact, ...]
    total: int


@dataclass(frozen=True, slots=True)
class FileContacts(Lookup[ContactPage | None]):
    """A page of the caller's own file, of those whose name matches; None if it is not kept."""

    job: int
    query: str
    skip: int


@dataclass(frozen=True, slots=True)
class ContactChoice:
    """A person as the page shows it: the end of the number, and whether it is picked."""

    number: int
    person: str
    phone_end: str
    known: str
    picked: bool


@dataclass(frozen=True, slots=True)
class AskContacts(Question):
    """Asks whom to keep as customers: on pages, one by one, never all at once.

    Attributes:
        choices: the persons of this page.
        query: the name that was searched for, or empty.
        total: how many persons match.
        count: how many are picked so far.
        before: the page before this one, or 0.
        after: the page after this one, or 0.
    """

    asked_as: ClassVar[str] = "customers.contacts@1"

    choices: tuple[ContactChoice, ...]
    query: str
    total: int
    count: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class NobodyPicked(Message):
    """Nobody is picked yet."""


@dataclass(frozen=True, slots=True)
class PickedEnough(Message):
    """So many are picked that they have to be kept before more are."""

    most: int


@dataclass(frozen=True, slots=True)
class NoContactLike(Message):
    """Nobody in the file has such a name."""

    query: str


@dataclass(frozen=True, slots=True)
class AddContacts(Action):
    """Keep the picked persons as customers, with their numbers."""

    job: int
    picked: tuple[tuple[Buyer, str], ...]


@dataclass(frozen=True, slots=True)
class ContactsAdded(Message):
    """What became of the picked persons.

    Attributes:
        job: to pick more.
        added: names of new customers.
        noted: names of known customers whose number is noted now.
        kept: how many were known with a number, which stays.
    """

    job: int
    added: tuple[str, ...]
    noted: tuple[str, ...]
    kept: int
