"""Puts two customers of a seller together who are one person."""

from collections.abc import Iterable

from bot.core.conversation.messages import Message
from bot.core.customers.customer_changes import NOTES_CHARACTERS_MAX
from bot.flows.customers.merge_customers import (
    CustomersMerged,
    MergeCustomers,
    OwnCustomer,
    SalesToMove,
    SameCustomer,
)
from bot.flows.sales.sale_parts import Buyer
from bot.store.customers import customer_details, customers
from bot.store.customers.customer_details import NO_DETAILS
from bot.store.db import audit_log
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]


def own_customer(turn: Turn, lookup: OwnCustomer) -> Buyer | None:
    """Returns the caller's customer of this row; None if another seller's, or forgotten."""
    found = customers.kept(turn.conn, turn.caller.member.id, lookup.id)
    buyer = None if found is None else Buyer(found.id, found.name)
    return None if buyer is None or buyer.is_forgotten else buyer


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
    _join_details(turn, kept.id, merged.id)
    subject = f"customer {merged.id} into {kept.id}, sales {list(moved)}"
    audit_log.note(turn.conn, turn.caller.user_id, "customers merged", subject, turn.now)
    return [CustomersMerged(kept.name, merged.name, len(moved))]


def _join_details(turn: Turn, kept_id: int, merged_id: int) -> None:
    """Note of the kept customer what was noted of the other one alone.

    A number is sealed anew, since it opens for its own row only; while its key is missing, it
    stays where it is.
    """
    conn, me, at, keys = turn.conn, turn.caller.member.id, turn.now, turn.number_keys
    mine = customer_details.of_customer(conn, me, kept_id)
    other = customer_details.of_customer(conn, me, merged_id)
    if other == NO_DETAILS:
        return
    if other.birthday and not mine.birthday:
        customer_details.set_birthday(conn, me, kept_id, other.birthday, at)
    if other.language and not mine.language:
        customer_details.set_language(conn, me, kept_id, other.language, at)
    if (other.wish or other.wish_on) and not (mine.wish or mine.wish_on):
        customer_details.set_wish(conn, me, kept_id, other.wish, other.wish_on, at)
    if other.contacted_on > mine.contacted_on:
        customer_details.contacted(conn, me, kept_id, other.contacted_on, at)
    if other.notes and other.notes != mine.notes:
        notes = "; ".join(filter(None, (mine.notes, other.notes)))[:NOTES_CHARACTERS_MAX]
        customer_details.set_notes(conn, me, kept_id, notes, at)
    if other.phone_sealed and not mine.phone_sealed:
        phone = keys.open(other.phone_sealed, merged_id)
        if phone is None:
            return
        customer_details.set_phone(conn, keys, me, kept_id, phone, at)
    customer_details.drop(conn, me, merged_id)


LOOKUPS: Lookups = {OwnCustomer: own_customer, SalesToMove: sales_to_move}

ACTIONS: Actions = {MergeCustomers: merge_customers}
