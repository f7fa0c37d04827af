"""Delivers what members write each other, inside the sending hours of who gets it.

All is checked once more when a message leaves: a night may lie between. What must not be delivered
any more is dropped, and nobody is told.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import Connection

from bot.company import Company
from bot.content import Content
from bot.core.calendar.hours import next_opening
from bot.core.input.typed import shown
from bot.core.members.people import masked_name
from bot.flows.team.relay_messages import RelayedForYou
from bot.store.members import members
from bot.store.members.members import Member
from bot.store.team import legs, pair_permissions, relayed
from bot.store.team.relayed import RelayedMessage
from bot.turn.notices import send
from bot.turn.runtime import BotRuntime

__all__ = ["deliver", "deliver_due"]

AT_ONCE_MAX: Final = 20

Deliver = Callable[[Connection, RelayedMessage], bool]


async def deliver_due(runtime: BotRuntime, now: datetime) -> int:
    """Deliver messages whose moment has come; returns how many."""

    def unit(conn: Connection) -> int:
        found = relayed.due_messages(conn, now, AT_ONCE_MAX)
        return sum(deliver(conn, runtime.content, runtime.company, each, now) for each in found)

    if not await runtime.database.read(partial(relayed.due_messages, now=now, limit=1)):
        return 0
    return await runtime.database.write(unit)


def deliver(
    conn: Connection, content: Content, company: Company, found: RelayedMessage, now: datetime
) -> bool:
    """Deliver a waiting message, or drop it; returns whether it was delivered.

    Outside the receiver's hours, as after a long standstill of the bot, it waits for the next
    opening.
    """
    sender = members.by_id(conn, found.sender_id)
    receiver = members.by_id(conn, found.receiver_id)
    person = members.reachable(conn, receiver.id)
    if person is None or not _may_pass(conn, sender, receiver):
        relayed.drop_message(conn, found.id)
        return False
    opening = next_opening(now, person.zone, company.sending)
    if opening > now:
        relayed.postpone_message(conn, found.id, opening)
        return False
    if not relayed.mark_sent(conn, found.id, now):
        return False
    answered = relayed.message(conn, found.answers) if found.answers else None
    news = RelayedForYou(
        title=sender.title,
        short=masked_name(sender.name),
        words=found.words,
        upline=legs.in_team(conn, receiver.id, sender.id),
        asked="" if answered is None else shown(answered.words),
        reference=found.reference,
    )
    key = f"relay:{found.reference}"
    send(conn, content, company, person, news, key=key, at=now, at_once=True)
    return True


def _may_pass(conn: Connection, sender: Member, receiver: Member) -> bool:
    """Returns whether these two still have to do with each other, and the receiver wants it."""
    if not (sender.active and receiver.active):
        return False
    if not pair_permissions.allows(conn, receiver.id, sender.id, "messages"):
        return False
    return any(
        legs.in_team(conn, below.id, above.id)
        for below, above in ((receiver, sender), (sender, receiver))
    )
