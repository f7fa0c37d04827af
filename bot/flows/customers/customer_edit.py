"""Noting something of a customer: one line such as `ultah 3 mei`, or a button and an answer."""

from functools import partial
from typing import Final

from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.core.customers.customer_changes import (
    CustomerChange,
    read_birthday,
    read_change,
    read_language,
    read_notes,
    read_wish,
)
from bot.core.input.typed import one_line
from bot.core.members.people import phone_number
from bot.flows.answers import button_number, typed
from bot.flows.caller import Caller
from bot.flows.customers.customer_edit_messages import (
    AskCustomerBirthday,
    AskCustomerChange,
    AskCustomerLanguage,
    AskCustomerNotes,
    AskCustomerPhone,
    AskCustomerWish,
    ChangeCustomer,
    CustomerWithPhone,
    NoLanguageNamed,
    NumberOfAnother,
)
from bot.flows.customers.customers_messages import CustomerCard, NotYourCustomer, ShowCustomer
from bot.flows.sales.sell_answers import day_of
from bot.flows.spec import FlowSpec, Outcome

__all__ = ["SPEC", "card_line"]

SAME: Final = "sama"


def edit_customer(caller: Caller, args: str) -> Flow[Outcome]:
    """Note something of a customer: the buttons of the card lead here (`/ubahpelanggan 12`)."""
    number = button_number(args.strip().removeprefix("#"))
    card = yield from find(ShowCustomer(number))
    if card is None:
        return NotYourCustomer()
    wanted = yield from ask(AskCustomerChange(card.customer), partial(_change, caller))
    if isinstance(wanted, CustomerChange):
        change, question = wanted, None
    else:
        change, question = yield from _asked(caller, wanted, card)
    if change.topic == "phone" and change.value:
        other = yield from find(CustomerWithPhone(change.value, card.id))
        if other is not None:
            raise Refusal(NumberOfAnother(other.name), question or AskCustomerChange)
    return ChangeCustomer(card.id, change, following=card_line(card.id))


def card_line(customer_id: int) -> str:
    """Returns the command that opens the card of a customer."""
    return f"pelanggan #{customer_id}"


def _asked(
    caller: Caller, topic: str, card: CustomerCard
) -> Flow[tuple[CustomerChange, type[AskCustomerPhone] | None]]:
    """Returns the answer about one thing, and its question if that may still be refused."""
    called = card.customer
    match topic:
        case "phone":
            known = bool(card.phone or card.sealed)
            change = yield from ask(AskCustomerPhone(called, known), _phone)
            return change, AskCustomerPhone
        case "birthday":
            change = yield from ask(
                AskCustomerBirthday(called, card.birthday is not None), _birthday
            )
        case "notes":
            change = yield from ask(AskCustomerNotes(called, card.notes), _notes)
        case "wish":
            known = bool(card.wish or card.wish_on)
            change = yield from ask(AskCustomerWish(called, known), partial(_wish, caller))
        case _:
            change = yield from ask(AskCustomerLanguage(called), _language)
    return change, None


def _change(caller: Caller, answer: Answer) -> CustomerChange | str:
    """Returns what to note, or the topic to ask about."""
    if answer.kind == "contact":
        return CustomerChange("phone", phone_number(_with_plus(answer.value)))
    if answer.kind == "tap":
        return CustomerChange("contacted") if answer.value == "contacted" else answer.value
    return read_change(typed(answer), day_of(caller, answer).own)


def _phone(answer: Answer) -> CustomerChange:
    if answer.kind == "contact":
        return CustomerChange("phone", phone_number(_with_plus(answer.value)))
    if answer.kind == "tap":
        return CustomerChange("phone")
    return CustomerChange("phone", phone_number(one_line(typed(answer))))


def _birthday(answer: Answer) -> CustomerChange:
    text = "" if answer.kind == "tap" else read_birthday(typed(answer))
    return CustomerChange("birthday", text)


def _notes(answer: Answer) -> CustomerChange:
    text = "" if answer.kind == "tap" else read_notes(typed(answer))
    return CustomerChange("notes", text)


def _wish(caller: Caller, answer: Answer) -> CustomerChange:
    if answer.kind == "tap":
        return CustomerChange("wish")
    return read_wish(typed(answer), day_of(caller, answer).own)


def _language(answer: Answer) -> CustomerChange:
    if answer.kind == "tap":
        return CustomerChange("language", "" if answer.value == SAME else answer.value)
    language = read_language(typed(answer))
    if not language:
        raise Refusal(NoLanguageNamed())
    return CustomerChange("language", language)


def _with_plus(number: str) -> str:
    """Returns the number of a contact card, which Telegram may send without its plus."""
    return number if number.startswith(("+", "0")) else f"+{number}"


SPEC = FlowSpec(
    "customer_edit",
    edit_customer,
    ("ubahpelanggan", "editcustomer"),
    acts=True,
)
