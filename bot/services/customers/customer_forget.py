"""Forgets a customer: first on the list beside the database, so no old copy brings it back."""

from collections.abc import Iterable

from bot.core.conversation.messages import Message
from bot.core.customers.customer_keys import forgotten_name
from bot.flows.customers.customer_forget import CustomerForgotten, ForgetCustomer
from bot.store.backup import redoing
from bot.store.customers import customer_list, customers, forgotten
from bot.store.db import audit_log
from bot.store.privacy import departures
from bot.turn.turn import Actions, Turn

__all__ = ["ACTIONS"]


def forget_customer(turn: Turn, action: ForgetCustomer) -> Iterable[Message]:
    """Blank the names of the customer and delete what was noted; the sales stay.

    The audit log names the rows by number.
    """
    me = turn.caller.member.id
    kept = customers.kept(turn.conn, me, action.id)
    assert kept is not None, "the flow has found it in this transaction"
    times = customer_list.times_bought(turn.conn, me, kept.id)
    entries = forgotten.entries_of(turn.conn, me, kept.id)
    book, at = turn.erasures, turn.now.isoformat()
    # Without a list, the one that is made now has to name all who were erased before.
    book.add(members=redoing.erased_before(turn.conn) if book.is_new else frozenset())
    keys = (departures.customer_key(book.key, entry.seller, entry.key) for entry in entries)
    book.add(customers=frozenset((key, at) for key in keys))
    forgotten.blank(turn.conn, [entry.id for entry in entries])
    subject = f"customers {[entry.id for entry in entries]}"
    audit_log.note(turn.conn, turn.caller.user_id, "customer forgotten", subject, turn.now)
    return [CustomerForgotten(forgotten_name(kept.id), times)]


ACTIONS: Actions = {ForgetCustomer: forget_customer}
