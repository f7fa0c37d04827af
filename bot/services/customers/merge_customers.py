"""Puts two customers of a seller together who are one person."""

from collections.abc import Iterable

from bot.core.conversation.messages import Message
from bot.flows.customers.merge_customers import (
    CustomersMerged,
    MergeCustomers,
    OwnCustomer,
    SalesToMove,
    SameCustomer,
)
from bot.flows.sales.sale_parts import Buyer
from bot.store.customers import customers
from bot.store.db import audit_log
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]


def own_customer(turn: Turn, lookup: OwnCustomer) -> Buyer | None:
    """Returns the caller's customer with this number; None if it is another seller's."""
    found = customers.kept(turn.conn, turn.caller.member.id, lookup.id)
    return None if found is None else Buyer(found.id, found.name)


def sales_to_move(turn: Turn, lookup: SalesToMove) -> int:
    """Returns how many of the caller's sales would move away from this customer."""
    return customers.sales_to_move(turn.conn, turn.caller.member.id, lookup.id)


def merge_customers(turn: Turn, action: MergeCustomers) -> Iterable[Message]:
    """Let every name of the second customer mean the first, and move the sales that may move.

    The audit log names the sales that were moved, by number.
    """
    seller_id = turn.caller.member.id
    kept = customers.kept(turn.conn, seller_id, action.kept_id)
    merged = customers.kept(turn.conn, seller_id, action.merged_id)
    assert kept is not None, "the flow has found it in this transaction"
    assert merged is not None, "the flow has found it in this transaction"
    if kept.id == merged.id:
        return [SameCustomer(kept.name)]
    moved = customers.merge(turn.conn, seller_id, kept.id, merged.id, turn.now)
    subject = f"customer {merged.id} into {kept.id}, sales {list(moved)}"
    audit_log.note(turn.conn, turn.caller.user_id, "customers merged", subject, turn.now)
    return [CustomersMerged(kept.name, merged.name, len(moved))]


LOOKUPS: Lookups = {OwnCustomer: own_customer, SalesToMove: sales_to_move}

ACTIONS: Actions = {MergeCustomers: merge_customers}
