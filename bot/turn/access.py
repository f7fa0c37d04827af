"""Who may use a flow, who may receive a notice, and whose planned broadcast may go out.

A right is checked when it is used, never in advance: the right to use a flow at each message, to
receive a notice when it is written and again when it is sent, to send a planned broadcast when it
is due.
"""

from collections.abc import Iterable

from sqlalchemy import Connection

from bot.core.conversation.messages import Message
from bot.flows.caller import Caller
from bot.flows.spec import FlowSpec
from bot.flows.talk import HasLeft, OnlyForMembers, OnlyForRole, Suspended
from bot.store.broadcasts.broadcasts import Broadcast
from bot.store.members import roles
from bot.turn.notice_list import Circle

__all__ = [
    "effective_roles",
    "may",
    "may_broadcast",
    "may_go_on",
    "may_receive",
    "responsible",
    "why_not",
]

TRAINERS = frozenset({"trainer", "admin"})


def effective_roles(held: Iterable[str], *, suspended: bool) -> frozenset[str]:
    """Returns the roles in effect: those held, or none while the member is suspended."""
    return frozenset() if suspended else frozenset(held)


def may(caller: Caller, spec: FlowSpec) -> bool:
    """Returns whether the caller may use the flow at this moment."""
    me = caller.me
    if spec.acts and me is not None and not me.active:
        return False
    if me is not None and me.left and spec.who != "anyone" and not spec.after_leaving:
        return False
    match spec.who:
        case "anyone":
            return True
        case "member":
            return caller.me is not None
        case "trainer":
            return not caller.roles.isdisjoint(TRAINERS)
        case "admin":
            return "admin" in caller.roles


def why_not(caller: Caller, spec: FlowSpec) -> Message:
    """Returns the message for a caller who may not use the flow."""
    if caller.me is not None and caller.me.left:
        return HasLeft()
    if caller.me is not None and not caller.me.active:
        return Suspended()
    if caller.me is None and spec.who == "member":
        return OnlyForMembers()
    return OnlyForRole(spec.who)


def may_receive(conn: Connection, user_id: int, circle: Circle) -> bool:
    """Returns whether a notice for this circle may reach the account at this moment.

    News of one's own sales, money and standing reaches every account, suspended or not.
    """
    if circle == "own":
        return True
    found = roles.rights_of(conn, user_id)
    held = effective_roles(found.roles, suspended=found.suspended)
    match circle:
        case "team":
            return found.member and not found.suspended
        case "work":
            return not held.isdisjoint(TRAINERS)
        case "office":
            return "admin" in held


def may_broadcast(conn: Connection, user_id: int) -> bool:
    """Returns whether the account may carry a broadcast, as author or vouching admin."""
    found = roles.rights_of(conn, user_id)
    return not effective_roles(found.roles, suspended=found.suspended).isdisjoint(TRAINERS)


def may_go_on(conn: Connection, broadcast: Broadcast) -> bool:
    """Returns whether a broadcast may be sent: its author, or the admin who vouched, still may."""
    return any(may_broadcast(conn, user_id) for user_id in responsible(broadcast))


def responsible(broadcast: Broadcast) -> list[int]:
    """Returns the accounts that answer for a broadcast: its author, then who vouched for it."""
    both = (broadcast.author_id, broadcast.vouched_by)
    return [user_id for user_id in both if user_id is not None]
