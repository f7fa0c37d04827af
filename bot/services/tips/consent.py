"""Writes down what members allow the bot to send unasked, and tells them how it stands."""

from collections.abc import Iterable
from datetime import time

from bot.core.calendar.hours import zone_label
from bot.core.conversation.messages import Message
from bot.core.input.clock_times import next_time
from bot.flows.tips.permissions import BOTH, Allowed, Decide, OwnWishes, Purpose, Refused, Wishes
from bot.store.members import profiles
from bot.store.tips import consents
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS", "decide", "tip_hour"]


def own_wishes(turn: Turn, lookup: OwnWishes) -> Wishes:
    """As the books have it."""
    member_id = lookup.member_id
    return Wishes(
        tip_hour=tip_hour(turn, member_id),
        zone=zone_label(turn.caller.seat.zone),
        tips=consents.allows(turn.conn, member_id, "tips"),
        broadcasts=consents.allows(turn.conn, member_id, "broadcasts"),
    )


def change(turn: Turn, command: Decide) -> Iterable[Message]:
    """Write down what the caller decided; it holds for letters that wait already."""
    seat = turn.caller.seat
    for purpose in command.purposes:
        decide(turn, seat.id, purpose, given=command.given)
    first = command.purposes[0]
    if not command.given:
        yield Refused("both" if command.purposes == BOTH else first)
        return
    hour = tip_hour(turn, seat.id)
    if "tips" in command.purposes:
        # Clocks run on in the meantime, but a member without one needs it now.
        due_at = next_time(turn.now, time.fromisoformat(hour), seat.zone)
        profiles.wind(turn.conn, seat.id, hour, due_at)
    yield Allowed(first, hour, zone_label(seat.zone))


def decide(turn: Turn, member_id: int, purpose: Purpose, *, given: bool) -> None:
    """Write a decision down, unless it was the same already."""
    if consents.allows(turn.conn, member_id, purpose) != given:
        consents.note(turn.conn, member_id, purpose, given, turn.now)


def tip_hour(turn: Turn, member_id: int) -> str:
    """When the member's tip comes, HH:MM; the company's hour where none was ever set."""
    return profiles.tip_hour(turn.conn, member_id) or f"{turn.company.sending.tip_hour:%H:%M}"


LOOKUPS: Lookups = {OwnWishes: own_wishes}
ACTIONS: Actions = {Decide: change}
