"""Adding a customer without a sale: from a contact card, or a line with name and number."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from bot.core.conversation.messages import Message, Question, Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.core.customers.new_customer import NewCustomer, read_new_customer
from bot.core.input.yesno import yes_or_no
from bot.flows.answers import typed
from bot.flows.caller import Caller
from bot.flows.customers.customer_edit_messages import CustomerWithPhone
from bot.flows.customers.customers_messages import ShowCustomer
from bot.flows.sales.sale_parts import Buyer
from bot.flows.sales.sell_buyer import buyer_named
from bot.flows.spec import Action, FlowSpec, Outcome
from bot.flows.talk import JustType

__all__ = [
    "SPEC",
    "AddCustomer",
    "AskNewCustomer",
    "AskToAdd",
    "CustomerAdded",
    "CustomerKnown",
    "NobodyAdded",
    "NotACustomerName",
]

Known = Literal["new", "known", "other_number"]


@dataclass(frozen=True, slots=True)
class AskNewCustomer(Question):
    """Asks for the name of a new customer; `phone` is a number that is already given."""

    asked_as: ClassVar[str] = "customers.new@1"

    phone: str


@dataclass(frozen=True, slots=True)
class AskToAdd(Question):
    """Shows what will be kept, and asks whether to.

    Attributes:
        customer: the name.
        phone: the number; empty for a name alone.
        known: whether the customer is a `new` one, `known` without this number, or has an
            `other_number`, which this one replaces.
    """

    asked_as: ClassVar[str] = "customers.add@1"

    customer: str
    phone: str
    known: Known


@dataclass(frozen=True, slots=True)
class NotACustomerName(Message):
    """The text has no letter, or is too long for a name."""


@dataclass(frozen=True, slots=True)
class CustomerKnown(Message):
    """The customer is on the list already, with this number if one was given."""

    id: int
    customer: str


@dataclass(frozen=True, slots=True)
class CustomerAdded(Message):
    """The customer is on the list, or has the number now."""

    id: int
    customer: str
    phone: str


@dataclass(frozen=True, slots=True)
class NobodyAdded(Message):
    """Nothing is kept of the contact."""


@dataclass(frozen=True, slots=True)
class AddCustomer(Action):
    """Enter a customer of the caller, or note the number of a known one."""

    buyer: Buyer
    phone: str


def add_customer(_caller: Caller, args: str) -> Flow[Outcome]:
    """Add a customer: `/tambahpelanggan Bu Ani 0812 3456 7890`, or share a contact."""
    told = read_new_customer(args)
    while True:
        if told.phone:
            known = yield from find(CustomerWithPhone(told.phone))
            if known is not None:
                return CustomerKnown(known.id or 0, known.name)
        if not told.name:
            more: NewCustomer = yield from ask(AskNewCustomer(told.phone), _named)
            told = NewCustomer(more.name or told.name, more.phone or told.phone)
            continue
        buyer = yield from buyer_named(told.name)
        standing = yield from _standing(buyer, told.phone)
        if standing == "known" and not told.phone:
            return CustomerKnown(buyer.id or 0, buyer.name)
        answer = yield from ask(AskToAdd(buyer.name, told.phone, standing), _decided)
        if isinstance(answer, bool):
            return AddCustomer(buyer, told.phone) if answer else NobodyAdded()
        told = NewCustomer(answer.name or told.name, answer.phone or told.phone)


def _standing(buyer: Buyer, phone: str) -> Flow[Known]:
    if buyer.id is None:
        return "new"
    card = yield from find(ShowCustomer(buyer.id))
    other = card is not None and (card.sealed or card.phone not in {"", phone})
    return "other_number" if other and phone else "known"


def _named(answer: Answer) -> NewCustomer:
    """Returns a name, a number or both; a contact card has at least the number."""
    if answer.own:
        raise Refusal(JustType())
    if answer.kind == "contact":
        return read_new_customer(f"{answer.value} {answer.note}")
    told = read_new_customer(typed(answer))
    if not told.name and not told.phone:
        raise Refusal(NotACustomerName())
    return told


def _decided(answer: Answer) -> bool | NewCustomer:
    """Returns yes or no, or another name or number that was typed instead."""
    if answer.kind == "tap":
        return answer.value == "ya"
    said = yes_or_no(answer.value) if answer.kind == "text" else None
    return _named(answer) if said is None else said


SPEC = FlowSpec(
    "customer_add",
    add_customer,
    ("tambahpelanggan", "addcustomer"),
    words=("tambah pelanggan", "pelanggan baru", "add customer", "new customer"),
    acts=True,
)
