"""A member's consents to tips and broadcasts, and the hour of the tip."""

from collections.abc import Iterable
from datetime import time

from bot.core.calendar.hours import zone_label
from bot.core.conversation.messages import Message
from bot.core.input.clock_times import next_time
from bot.flows.tips.permissions import BOTH, Allowed, Decide, OwnWishes, Purpose, Refused, Wishes
from bot.services.today import list_clock
from bot.store.members import profiles
from bot.store.tips import consents
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS", "decide", "tip_hour"]


def own_wishes(turn: Turn, lookup: OwnWishes) -> Wishes:
    """Returns the member's consents and tip hour, as stored."""
    member_id = lookup.member_id
    of_list = list_clock.clock(turn.conn, member_id)
    return Wishes(
        tip_hour=tip_hour(turn, member_id),
        zone=zone_label(turn.caller.member.zone),
        tips=consents.allows(turn.conn, member_id, "tips"),
        broadcasts=consents.allows(turn.conn, member_id, "broadcasts"),
        list_hour=of_list.hour,
        lists=of_list.wanted,
    )


def change(turn: Turn, action: Decide) -> Iterable[Message]:
    """Store what the caller decided; it also holds for messages already in the outbox."""
    member = turn.caller.member
    for purpose in action.purposes:
        decide(turn, member.id, purpose, given=action.given)
    first = action.purposes[0]
    if not action.given:
        if action.purposes == BOTH:
            list_clock.refuse_list(turn, member.id)
        yield Refused("both" if action.purposes == BOTH else first)
        return
    hour = tip_hour(turn, member.id)
    if "tips" in action.purposes:
        # Refused tips stay scheduled, but a member who never had any is scheduled here.
        due_at = next_time(turn.now, time.fromisoformat(hour), member.zone)
        profiles.set_tip_hour(turn.conn, member.id, hour, due_at)
    yield Allowed(first, hour, zone_label(member.zone))


def decide(turn: Turn, member_id: int, purpose: Purpose, *, given: bool) -> None:
    """Store a consent or a refusal, if it changes anything."""
    if consents.allows(turn.conn, member_id, purpose) != given:
        consents.note(turn.conn, member_id, purpose, given, turn.now)


def tip_hour(turn: Turn, member_id: int) -> str:
    """Returns the local time of the member's tip, HH:MM; the company's hour if never set."""
    return profiles.tip_hour(turn.conn, member_id) or f"{turn.company.sending.tip_hour:%H:%M}"


LOOKUPS: Lookups = {OwnWishes: own_wishes}
ACTIONS: Actions = {Decide: change}
