"""Accounts that were members before join anew: in the former place, or under the same sponsor."""

from collections.abc import Iterable

from bot.core.conversation.messages import Message, Refusal
from bot.core.members.people import masked_name
from bot.flows.members.rejoin import (
    AskRejoin,
    FormerPlace,
    Rejoin,
    StaysSuspended,
    WelcomeBack,
    WhatHeld,
)
from bot.flows.members.sponsor import Sponsor
from bot.flows.privacy.leaving import ClosingJustNow
from bot.services.home.command_menu import request_menu_check
from bot.services.members.first_tip import begin_tips
from bot.store.db import audit_log
from bot.store.ledger import periods
from bot.store.members import cards, members, sponsor_choices
from bot.store.privacy import departures
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]


def what_held(turn: Turn, _lookup: WhatHeld) -> FormerPlace | None:
    """Returns the place that the caller had: as one who has left, or who was erased."""
    me = turn.caller.me
    if me is not None:
        departure = departures.of_member(turn.conn, me.id)
        member = members.by_id(turn.conn, me.id)
        suspended = departure is not None and departure.suspended
        # Who has left stays in the tree, so the sponsor is the same, whoever that is by now.
        above = member.sponsor_id
        name = "" if above is None else masked_name(members.by_id(turn.conn, above).name)
        return FormerPlace(suspended, Sponsor(above, name))
    found = departures.former(turn.conn, turn.erasures.key, turn.caller.user_id)
    return (
        None if found is None else FormerPlace(found.suspended, _sponsor(turn, found.sponsor_id))
    )


def rejoin(turn: Turn, action: Rejoin) -> Iterable[Message]:
    """Make the caller a member again, once.

    Raises:
        Refusal: the membership was suspended, or a month is being closed.
    """
    conn, me = turn.conn, turn.caller.member
    periods.hold_open(conn)
    departure = departures.of_member(conn, me.id)
    if departure is not None:
        if departure.suspended:
            raise Refusal(StaysSuspended(), AskRejoin)
        if (period := periods.closing(conn)) is not None:
            raise Refusal(ClosingJustNow(period), AskRejoin)
        if not departures.come_back(conn, me.id):
            yield WelcomeBack(me.code)  # on a server another press came first
            return
        sponsor_choices.came_back(conn, me.id, turn.now)
        cards.set_active(conn, me.id, active=True)
        members.agree(conn, me.id, tuple((c.card, str(c.version), c.at) for c in action.consents))
        begin_tips(turn, me.id, me.zone)
        audit_log.note(conn, turn.caller.user_id, "member came back", f"member {me.id}", turn.now)
        request_menu_check(turn, turn.caller.user_id)
    yield WelcomeBack(me.code)


def _sponsor(turn: Turn, member_id: int | None) -> Sponsor:
    """Returns the former sponsor, or the nearest member above who is one still."""
    while member_id is not None:
        above = members.by_id(turn.conn, member_id)
        if above.active:
            return Sponsor(above.id, masked_name(above.name))
        member_id = above.sponsor_id
    return Sponsor(None, "")


LOOKUPS: Lookups = {WhatHeld: what_held}
ACTIONS: Actions = {Rejoin: rejoin}
