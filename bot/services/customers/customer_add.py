"""Enters customers without a sale, and notes the number of a known one."""

from collections.abc import Iterable

from bot.core.conversation.messages import Message
from bot.flows.customers.customer_add import AddCustomer, CustomerAdded
from bot.services.customers.customer_edit import note_phone
from bot.services.sales.sell import customer_of
from bot.turn.turn import Actions, Turn

__all__ = ["ACTIONS"]


def add_customer(turn: Turn, action: AddCustomer) -> Iterable[Message]:
    """Enter the customer, once for a name, with the number.

    Raises:
        Refusal: the number cannot be sealed, as its key is missing.
    """
    customer_id = customer_of(turn, action.buyer)
    assert customer_id is not None, "own use is no customer"
    if action.phone:
        note_phone(turn, customer_id, action.phone)
    return [CustomerAdded(customer_id, action.buyer.name, action.phone)]


ACTIONS: Actions = {AddCustomer: add_customer}
