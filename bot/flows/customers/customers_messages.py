"""The messages about a seller's own customers: the list, a search, and the card of one."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from bot.core.conversation.messages import Message, Question
from bot.core.conversation.replay import Lookup
from bot.core.customers.usual_order import UsualOrder

__all__ = [
    "AskWhichCustomer",
    "BoughtSale",
    "CustomerCard",
    "CustomerList",
    "CustomerPage",
    "CustomerRow",
    "CustomersFound",
    "FindCustomers",
    "HowToAdd",
    "NoCustomerLike",
    "NoCustomersYet",
    "NotYourCustomer",
    "ShowCustomer",
    "ShowCustomers",
]


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer in a list; `bought_on` is the day of the last purchase."""

    id: int
    name: str
    bought_on: date | None


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """A page of customers, with one more than it shows, and how many there are in all."""

    rows: tuple[CustomerRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ShowCustomers(Lookup[CustomerPage]):
    """The caller's customers, the last buyer first."""

    skip: int


@dataclass(frozen=True, slots=True)
class FindCustomers(Lookup[CustomerPage]):
    """The caller's customers whom a name or a number may mean, the last buyer first."""

    query: str
    skip: int


@dataclass(frozen=True, slots=True)
class BoughtSale:
    """A sale on the card of a customer.

    Attributes:
        number: the receipt's number without its letter.
        goods: the articles and their pieces, as one line.
        back: whether all of the goods came back, or a part.
    """

    receipt: str
    number: int
    day: date
    total: int
    pieces: tuple[tuple[int, str], ...]
    back: Literal["", "part", "all"]


@dataclass(frozen=True, slots=True)
class CustomerCard(Message):
    """All that the caller noted of a customer; nobody else is shown any of it.

    Attributes:
        id: of the customer.
        customer: the name, as it is shown.
        phone: as E.164; empty if there is none, or none that can be read.
        sealed: whether there is a number that cannot be read, as the key of numbers is missing.
        digits: of the number, for a link that opens WhatsApp; empty for a name with none.
        birthday: in a leap year, of which only day and month count.
        notes: the caller's own.
        wish: what the customer would like next.
        wish_on: when to ask again.
        contacted_on: when the caller last wrote.
        writes_in: the language of messages to the customer; empty for the caller's own.
        times: how often the customer has bought.
        bought: the last purchases, the newest first.
        usual: what the customer takes most.
        owed: what is left to pay, in rupiah.
    """

    passing: ClassVar[bool] = True

    id: int
    customer: str
    phone: str
    sealed: bool
    digits: str
    birthday: date | None
    notes: str
    wish: str
    wish_on: date | None
    contacted_on: date | None
    writes_in: Literal["", "id", "en"]
    times: int
    bought: tuple[BoughtSale, ...]
    usual: UsualOrder | None
    owed: int


@dataclass(frozen=True, slots=True)
class ShowCustomer(Lookup[CustomerCard | None]):
    """The card of one of the caller's customers."""

    id: int


@dataclass(frozen=True, slots=True)
class CustomerList(Message):
    """A page of the caller's customers; `before` and `after` are the pages around it, or 0."""

    passing: ClassVar[bool] = True

    rows: tuple[CustomerRow, ...]
    total: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class CustomersFound(Message):
    """The customers that a search has found; `before` and `after` as in the list."""

    passing: ClassVar[bool] = True

    query: str
    rows: tuple[CustomerRow, ...]
    total: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class NoCustomersYet(Message):
    """The caller has no customer yet."""


@dataclass(frozen=True, slots=True)
class NoCustomerLike(Message):
    """No customer of the caller has such a name or number."""

    query: str


@dataclass(frozen=True, slots=True)
class NotYourCustomer(Message):
    """The caller has no such customer: another seller's counts as none."""


@dataclass(frozen=True, slots=True)
class HowToAdd(Message):
    """How customers are added besides by selling."""


@dataclass(frozen=True, slots=True)
class AskWhichCustomer(Question):
    """Asks for a customer by name or number."""

    asked_as: ClassVar[str] = "customers.which@1"
