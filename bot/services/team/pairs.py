"""What an upline and a member of the team may know of each other and do, at this moment.

Only members who are active on both sides have to do with each other: neither suspended nor gone.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.calendar.hours import next_opening
from bot.core.members.people import masked_name
from bot.core.messaging.relay import DAY, UNASKED_PER_DAY_MAX
from bot.flows.team.picking import Downline, FindDownline
from bot.store.members import members
from bot.store.members.members import Member
from bot.store.team import legs, number_requests, pair_permissions, relayed
from bot.store.team.legs import MemberFigures
from bot.turn.turn import Lookups, Turn

__all__ = [
    "LOOKUPS",
    "can_be_written",
    "day_of",
    "downline",
    "is_full_on",
    "moment_for",
    "visible_phone",
]


def visible_phone(turn: Turn, seat: MemberFigures) -> str:
    """Returns the number of a member of the team if the caller may see it, else nothing."""
    me = turn.caller.member
    if not (me.active and seat.active and seat.phone.startswith("+")):
        return ""
    given = pair_permissions.allows(turn.conn, seat.id, me.id, "phone")
    return seat.phone if seat.phone_shown or given else ""


def can_be_written(turn: Turn, member_id: int, *, active: bool) -> bool:
    """Returns whether the bot can bring a message of the caller to a member of the team."""
    if not (active and turn.caller.member.active):
        return False
    if not pair_permissions.allows(turn.conn, member_id, turn.caller.member.id, "messages"):
        return False
    return members.reachable(turn.conn, member_id) is not None


def downline(turn: Turn, code: str) -> Member | None:
    """Returns the member with this code below the caller; None for any other code."""
    found, me = members.by_code(turn.conn, code), turn.caller.member.id
    if found is None or found.id == me or not legs.in_team(turn.conn, found.id, me):
        return None
    return found


def find_downline(turn: Turn, lookup: FindDownline) -> Downline | None:
    """Returns how a member below the caller is called and shown."""
    found = downline(turn, lookup.code)
    if found is None:
        return None
    return Downline(found.code, found.title, masked_name(found.name))


def moment_for(turn: Turn, member: Member) -> datetime:
    """Returns when a message written now may reach a member: now, or at the next opening."""
    return next_opening(turn.now, member.zone, turn.company.sending)


def is_full_on(turn: Turn, member: Member, moment: datetime) -> bool:
    """Returns whether a member gets as much from uplines on that day as one may get."""
    start, end = day_of(moment, member.zone)
    received = relayed.received_between(turn.conn, member.id, start, end)
    asked = number_requests.asked_of(turn.conn, member.id, turn.now - DAY)
    return received + asked >= UNASKED_PER_DAY_MAX


def day_of(moment: datetime, zone: str) -> tuple[datetime, datetime]:
    """Returns the beginning and the end of the day of a moment in this zone."""
    start = moment.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    return start, start + timedelta(days=1)


LOOKUPS: Lookups = {FindDownline: find_downline}
