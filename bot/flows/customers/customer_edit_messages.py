"""The questions about what a seller notes of a customer, and what is said when it is noted."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.core.conversation.messages import Message, Question
from bot.core.conversation.replay import Lookup
from bot.core.customers.customer_changes import CustomerChange, Topic
from bot.flows.sales.sale_parts import Buyer
from bot.flows.spec import Action

__all__ = [
    "AskCustomerBirthday",
    "AskCustomerChange",
    "AskCustomerLanguage",
    "AskCustomerNotes",
    "AskCustomerPhone",
    "AskCustomerWish",
    "ChangeCustomer",
    "CustomerNoted",
    "CustomerWithPhone",
    "NoLanguageNamed",
    "NumberOfAnother",
    "NumbersLocked",
]


@dataclass(frozen=True, slots=True)
class CustomerWithPhone(Lookup[Buyer | None]):
    """The caller's customer, other than `besides`, with this number; None if there is none."""

    phone: str
    besides: int = 0


@dataclass(frozen=True, slots=True)
class AskCustomerChange(Question):
    """Asks what to note of a customer; one line says it all, a button asks for one thing."""

    asked_as: ClassVar[str] = "customers.change@1"

    customer: str


@dataclass(frozen=True, slots=True)
class AskCustomerPhone(Question):
    """Asks for the customer's number; `known` is whether there is one that can be taken away."""

    asked_as: ClassVar[str] = "customers.phone@1"

    customer: str
    known: bool


@dataclass(frozen=True, slots=True)
class AskCustomerBirthday(Question):
    """Asks for day and month, never for the year."""

    asked_as: ClassVar[str] = "customers.birthday@1"

    customer: str
    known: bool


@dataclass(frozen=True, slots=True)
class AskCustomerNotes(Question):
    """Asks for a note, says who sees it, and what does not belong into it."""

    asked_as: ClassVar[str] = "customers.notes@1"

    customer: str
    notes: str


@dataclass(frozen=True, slots=True)
class AskCustomerWish(Question):
    """Asks what the customer would like next, and when to ask again."""

    asked_as: ClassVar[str] = "customers.wish@1"

    customer: str
    known: bool


@dataclass(frozen=True, slots=True)
class AskCustomerLanguage(Question):
    """Asks for the language of messages to the customer."""

    asked_as: ClassVar[str] = "customers.language@1"

    customer: str


@dataclass(frozen=True, slots=True)
class NoLanguageNamed(Message):
    """The text names neither language."""


@dataclass(frozen=True, slots=True)
class NumberOfAnother(Message):
    """The number is noted for another customer of the caller."""

    known: str


@dataclass(frozen=True, slots=True)
class NumbersLocked(Message):
    """Numbers cannot be sealed now: their key is missing or damaged."""


@dataclass(frozen=True, slots=True)
class CustomerNoted(Message):
    """It is noted, or taken away where `gone`."""

    customer: str
    about: Topic
    gone: bool
    day: date | None


@dataclass(frozen=True, slots=True)
class ChangeCustomer(Action):
    """Note one thing of one of the caller's customers."""

    id: int
    change: CustomerChange
    following: str = ""
