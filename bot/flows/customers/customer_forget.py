"""Forgetting a customer: the name and all that was noted go, the sales stay without a name."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.conversation.messages import Message, Question
from bot.core.conversation.replay import Flow, ask, find
from bot.flows.answers import button_number, said_yes
from bot.flows.caller import Caller
from bot.flows.customers.customers_messages import NotYourCustomer, ShowCustomer
from bot.flows.spec import Action, FlowSpec, Outcome

__all__ = [
    "SPEC",
    "AskForgetCustomer",
    "CustomerForgotten",
    "ForgetCustomer",
    "NotForgotten",
]


@dataclass(frozen=True, slots=True)
class AskForgetCustomer(Question):
    """Asks whether to forget a customer, and says what goes and what stays.

    Attributes:
        customer: the name.
        times: how many sales stay, without a name.
        owed: what is left to pay, in rupiah, which nobody could be reminded of then.
    """

    asked_as: ClassVar[str] = "customers.forget@1"

    customer: str
    times: int
    owed: int


@dataclass(frozen=True, slots=True)
class CustomerForgotten(Message):
    """Name, number and notes are gone; the sales go by this number in place of a name."""

    pseudonym: str
    times: int


@dataclass(frozen=True, slots=True)
class NotForgotten(Message):
    """The customer stays."""

    customer: str


@dataclass(frozen=True, slots=True)
class ForgetCustomer(Action):
    """Forget one of the caller's customers."""

    id: int


def forget_customer(_caller: Caller, args: str) -> Flow[Outcome]:
    """Forget a customer who wishes it: name, number and notes (`/lupakan 12`, from the card)."""
    number = button_number(args.strip().removeprefix("#"))
    card = yield from find(ShowCustomer(number))
    if card is None:
        return NotYourCustomer()
    sure = yield from ask(AskForgetCustomer(card.customer, card.times, card.owed), said_yes)
    return ForgetCustomer(card.id) if sure else NotForgotten(card.customer)


SPEC = FlowSpec("customer_forget", forget_customer, ("lupakan", "forget"))
