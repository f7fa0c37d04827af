"""Notes what a seller says of a customer; a number is sealed first."""

import logging
from collections.abc import Iterable

from sqlalchemy import Connection

from bot.core.conversation.messages import Message, Refusal
from bot.core.customers.customer_changes import CustomerChange
from bot.flows.customers.customer_edit_messages import (
    ChangeCustomer,
    CustomerNoted,
    CustomerWithPhone,
    NumbersLocked,
)
from bot.flows.sales.sale_parts import Buyer
from bot.store.customers import customer_details, customers
from bot.system.number_keys import NoNumberKeyError, NumberKeys
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS", "has_key", "note_phone"]

log = logging.getLogger(__name__)


def customer_with_phone(turn: Turn, lookup: CustomerWithPhone) -> Buyer | None:
    """Returns another customer of the caller with this number; None if there is none."""
    me = turn.caller.member.id
    found = customer_details.with_phone(turn.conn, turn.number_keys, me, lookup.phone)
    known = found is not None and found.id != lookup.besides
    return Buyer(found.id, found.name) if known and found is not None else None


def change_customer(turn: Turn, action: ChangeCustomer) -> Iterable[Message]:
    """Note one thing of a customer.

    Raises:
        Refusal: a number cannot be sealed, as its key is missing.
    """
    me = turn.caller.member.id
    kept = customers.kept(turn.conn, me, action.id)
    assert kept is not None, "the flow has found it in this transaction"
    change = action.change
    _note(turn, kept.id, change)
    gone = change.topic != "contacted" and not change.value and change.day is None
    return [CustomerNoted(kept.name, change.topic, gone, change.day)]


def _note(turn: Turn, customer_id: int, change: CustomerChange) -> None:
    conn, me, at = turn.conn, turn.caller.member.id, turn.now
    match change.topic:
        case "phone":
            note_phone(turn, customer_id, change.value)
        case "birthday":
            customer_details.set_birthday(conn, me, customer_id, change.value, at)
        case "notes":
            customer_details.set_notes(conn, me, customer_id, change.value, at)
        case "language":
            customer_details.set_language(conn, me, customer_id, change.value, at)
        case "wish":
            day = "" if change.day is None else change.day.isoformat()
            customer_details.set_wish(conn, me, customer_id, change.value, day, at)
        case "contacted":
            day = turn.caller.now.own.isoformat()
            customer_details.contacted(conn, me, customer_id, day, at)


def note_phone(turn: Turn, customer_id: int, phone: str) -> None:
    """Seal a number of a customer of the caller; an empty one takes the number away.

    The key is made at the first number. Where numbers are sealed whose key is missing, a new one
    would hide that.

    Raises:
        Refusal: there is no key.
    """
    if phone and not has_key(turn.conn, turn.number_keys):
        raise Refusal(NumbersLocked())
    me = turn.caller.member.id
    customer_details.set_phone(turn.conn, turn.number_keys, me, customer_id, phone, turn.now)


def has_key(conn: Connection, keys: NumberKeys) -> bool:
    """Returns whether numbers can be sealed; makes the key if there is none and none is missed.

    It is called by the only process that writes, in a transaction.
    """
    if keys.state == "none" and customer_details.some_sealed(conn) is None:
        try:
            keys.make()
        except (NoNumberKeyError, OSError) as error:
            log.error("no key of customers' numbers can be made: %s", type(error).__name__)  # noqa: TRY400 - not a fault of the code
    return keys.state == "ready"


LOOKUPS: Lookups = {CustomerWithPhone: customer_with_phone}

ACTIONS: Actions = {ChangeCustomer: change_customer}
