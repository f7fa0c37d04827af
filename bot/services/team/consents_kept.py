"""The list of what a member allows single others, and the ways to take each back."""

from collections.abc import Iterable, Sequence
from typing import Final, Literal, TypeAlias

from bot.core.conversation.messages import Message
from bot.core.members.people import masked_name
from bot.flows.team.consent_list import (
    ConsentLine,
    ConsentList,
    HideNumber,
    OwnConsents,
    StopMessages,
    TakeBack,
)
from bot.flows.team.relay_messages import RelayGone
from bot.store.members import members, profiles
from bot.store.members.members import Member
from bot.store.team import number_requests, pair_permissions, relayed
from bot.store.team.pair_permissions import PairPermission
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS", "Decided", "consent_list"]

Decided: TypeAlias = Literal["", "given", "kept", "taken", "hidden", "stopped", "open", "gone"]

LINES_MAX: Final = 10
"""How many of each are listed; each has a button, and those taken back make room for others."""


def consent_list(turn: Turn, changed: Decided = "", about: Member | None = None) -> ConsentList:
    """Returns the caller's decisions, and what was just decided about a member."""
    me = members.by_id(turn.conn, turn.caller.member.id)
    found = pair_permissions.changed(turn.conn, me.id)
    numbers = [each for each in found if each.purpose == "phone"]
    stopped = [each for each in found if each.purpose == "messages"]
    return ConsentList(
        shown_to=_lines(turn, numbers[:LINES_MAX]),
        stopped=_lines(turn, stopped[:LINES_MAX]),
        more=len(numbers[LINES_MAX:]) + len(stopped[LINES_MAX:]),
        everyone=me.phone_shown and me.phone.startswith("+"),
        changed=changed,
        title="" if about is None else about.title,
        short="" if about is None else masked_name(about.name),
    )


def own_consents(turn: Turn, _lookup: OwnConsents) -> ConsentList:
    """Returns the caller's decisions."""
    return consent_list(turn)


def stop_messages(turn: Turn, action: StopMessages) -> Iterable[Message]:
    """Let the sender of a message to the caller write no more, what waits included."""
    me = turn.caller.member.id
    found = relayed.message(turn.conn, action.reference)
    if found is None or found.receiver_id != me:
        yield RelayGone()
        return
    sender = members.by_id(turn.conn, found.sender_id)
    if pair_permissions.allows(turn.conn, me, sender.id, "messages"):
        pair_permissions.note(turn.conn, me, sender.id, "messages", False, turn.now)
    relayed.drop_waiting(turn.conn, sender.id, me)
    yield consent_list(turn, "stopped", sender)


def take_back(turn: Turn, action: TakeBack) -> Iterable[Message]:
    """Take a decision back; a number that is taken back is not asked for again for long."""
    me = turn.caller.member.id
    found = pair_permissions.permission(turn.conn, action.number, me)
    if found is None:
        yield consent_list(turn, "gone")
        return
    other = members.by_id(turn.conn, found.other_id)
    given = found.purpose == "messages"
    if pair_permissions.allows(turn.conn, me, other.id, found.purpose) != given:
        pair_permissions.note(turn.conn, me, other.id, found.purpose, given, turn.now)
    if not given:
        asked = number_requests.newest_request(turn.conn, me, other.id)
        if asked is not None:
            number_requests.decide_request(turn.conn, asked.id, "refused", turn.now)
    yield consent_list(turn, "open" if given else "taken", other)


def hide_number(turn: Turn, _action: HideNumber) -> Iterable[Message]:
    """Show the number to all uplines no more; to whom it was given singly, it stays given."""
    profiles.show_phone(turn.conn, turn.caller.member.id, shown=False)
    yield consent_list(turn, "hidden")


def _lines(turn: Turn, found: Sequence[PairPermission]) -> tuple[ConsentLine, ...]:
    return tuple(_line(each, members.by_id(turn.conn, each.other_id)) for each in found)


def _line(found: PairPermission, other: Member) -> ConsentLine:
    return ConsentLine(found.id, other.title, masked_name(other.name), found.at)


LOOKUPS: Lookups = {OwnConsents: own_consents}
ACTIONS: Actions = {StopMessages: stop_messages, TakeBack: take_back, HideNumber: hide_number}
