"""When the list of a day comes by itself: the usual hour, another one, or not at all."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Final

from sqlalchemy import Connection

from bot.company import Company
from bot.core.calendar.hours import zone_label
from bot.core.conversation.messages import Message
from bot.core.messaging.tips import next_slot
from bot.flows.today.today import SetListHour, WantList
from bot.flows.today.today_messages import ListClock
from bot.store.today import today_clocks
from bot.store.today.today_clocks import TodayClock
from bot.turn.turn import Actions, Turn

__all__ = ["ACTIONS", "USUAL_HOUR", "clock", "give_hour", "refuse_list"]

USUAL_HOUR: Final = "08:00"
"""Before the working day; by the member's own clock."""


def clock(conn: Connection, member_id: int) -> TodayClock:
    """Returns when the list of a member comes; the usual hour if it was never set."""
    return today_clocks.clock_of(conn, member_id) or TodayClock(USUAL_HOUR, wanted=True)


def give_hour(conn: Connection, company: Company, member_id: int, zone: str, at: datetime) -> None:
    """Give a member the usual hour, unless there is one."""
    due_at = next_slot(at, time.fromisoformat(USUAL_HOUR), zone, company.sending)
    today_clocks.enrol(conn, member_id, USUAL_HOUR, due_at)


def refuse_list(turn: Turn, member_id: int) -> None:
    """Store that the list is not to come by itself."""
    _want(turn, member_id, wanted=False)


def set_list_hour(turn: Turn, action: SetListHour) -> Iterable[Message]:
    """Store the hour, and that the list is wanted."""
    member = turn.caller.member
    due_at = next_slot(
        turn.now, time.fromisoformat(action.hour), member.zone, turn.company.sending
    )
    today_clocks.set_clock(turn.conn, member.id, action.hour, due_at, turn.now)
    yield _message(turn)


def want_list(turn: Turn, action: WantList) -> Iterable[Message]:
    """Store whether the list is to come by itself; it also holds for one that already waits."""
    _want(turn, turn.caller.member.id, wanted=action.wanted)
    yield _message(turn)


def _want(turn: Turn, member_id: int, *, wanted: bool) -> None:
    if clock(turn.conn, member_id).wanted != wanted:
        give_hour(turn.conn, turn.company, member_id, turn.caller.member.zone, turn.now)
        today_clocks.want(turn.conn, member_id, wanted=wanted, at=turn.now)


def _message(turn: Turn) -> Message:
    found = clock(turn.conn, turn.caller.member.id)
    return ListClock(found.hour, zone_label(turn.caller.member.zone), found.wanted)


ACTIONS: Actions = {SetListHour: set_list_hour, WantList: want_list}
