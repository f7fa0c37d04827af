"""Who may act, who may be told, and whose planned act may happen now: asked each time, here.

A right is asked for when it is used, not once before: a flow when something is said, a notice
when it is written and again when it leaves, a planned act when it is due.
"""

from collections.abc import Iterable

from sqlalchemy import Connection

from bot.core.conversation.messages import Message
from bot.flows.caller import Caller
from bot.flows.spec import FlowSpec
from bot.flows.talk import OnlyForMembers, OnlyForRole, Suspended
from bot.store.broadcasts.broadcasts import Broadcast
from bot.store.members import roles
from bot.turn.notice_list import Circle

__all__ = ["acting", "answerers", "carries", "may", "may_be_told", "may_go_on", "why_not"]

TRAINERS = frozenset({"trainer", "admin"})


def acting(held: Iterable[str], *, suspended: bool) -> frozenset[str]:
    """What somebody with these roles may act as; who is suspended acts as nothing."""
    return frozenset() if suspended else frozenset(held)


def may(caller: Caller, spec: FlowSpec) -> bool:
    """Whether this person may use the flow at this moment."""
    if spec.acts and caller.me is not None and not caller.me.active:
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
    """What to say to somebody who may not."""
    if caller.me is not None and not caller.me.active:
        return Suspended()
    if caller.me is None and spec.who == "member":
        return OnlyForMembers()
    return OnlyForRole(spec.who)


def may_be_told(conn: Connection, user_id: int, circle: Circle) -> bool:
    """Whether news for this circle may reach the account at this moment.

    One's own sales, money and standing are told to everybody, whatever became of them.
    """
    if circle == "own":
        return True
    found = roles.standing_now(conn, user_id)
    held = acting(found.roles, suspended=found.suspended)
    match circle:
        case "team":
            return found.member and not found.suspended
        case "work":
            return not held.isdisjoint(TRAINERS)
        case "office":
            return "admin" in held


def carries(conn: Connection, user_id: int) -> bool:
    """Whether a broadcast that the account planned, or answers for, may happen at this moment."""
    found = roles.standing_now(conn, user_id)
    return not acting(found.roles, suspended=found.suspended).isdisjoint(TRAINERS)


def may_go_on(conn: Connection, broadcast: Broadcast) -> bool:
    """Whether its author may still send it, or an admin has let it go on who may."""
    return any(carries(conn, user_id) for user_id in answerers(broadcast))


def answerers(broadcast: Broadcast) -> list[int]:
    """Who answers for a broadcast: its author, then the admin who let it go on."""
    both = (broadcast.author_id, broadcast.vouched_by)
    return [user_id for user_id in both if user_id is not None]
