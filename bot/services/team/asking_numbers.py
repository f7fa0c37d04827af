"""An upline asks for a number, its owner decides, and takes the decision back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from bot.core.conversation.messages import Message
from bot.core.members.people import masked_name
from bot.core.messaging.relay import (
    ASK_ANSWERED_WITHIN,
    ASKED_AGAIN_AFTER,
    ASKS_PER_DAY_MAX,
    DAY,
    REFUSED_FOR,
)
from bot.flows.team.consent_list import DecideNumber
from bot.flows.team.number_asking import AskForNumber, WhyNoNumberAsked
from bot.flows.team.number_messages import (
    AskedRecently,
    NumberAsked,
    NumberGiven,
    NumberIsAsked,
    NumberKept,
    NumberRequestGone,
    NumberStaysPrivate,
    NumberVisible,
    TooManyAsked,
)
from bot.flows.team.relay_messages import EnoughForToday, NotWanted, Unreached
from bot.flows.team.team_messages import NotInTeam
from bot.services.team.consents_kept import consent_list
from bot.services.team.pairs import downline, is_full_on, moment_for
from bot.store.members import members
from bot.store.members.members import Member
from bot.store.team import legs, number_requests, pair_permissions
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]


def why_not(turn: Turn, lookup: WhyNoNumberAsked) -> Message | None:
    """Returns why the caller cannot ask for this number now; None if that can be."""
    return _trouble(turn, downline(turn, lookup.code))


def ask_for_number(turn: Turn, action: AskForNumber) -> Iterable[Message]:
    """Ask the owner of the number, once per conversation."""
    asked = downline(turn, action.code)
    trouble = _trouble(turn, asked)
    if trouble is not None or asked is None:
        yield trouble or NotInTeam()
        return
    me = turn.caller.member
    number_requests.enter_request(
        turn.conn, reference=turn.reference, member_id=asked.id, upline_id=me.id, at=turn.now
    )
    question = NumberAsked(me.title, masked_name(me.name), turn.reference)
    turn.tell(asked.id, question, key=f"number:{turn.reference}")
    yield NumberIsAsked(asked.title, masked_name(asked.name), asked.code)


def decide(turn: Turn, action: DecideNumber) -> Iterable[Message]:
    """Store what the owner of the number decided; the latest decision counts.

    The upline is told the first decision, and a number that is given after a refusal; that a
    number is taken back is told to nobody.
    """
    me = turn.caller.member
    found = number_requests.request_of(turn.conn, action.reference, me.id)
    upline = None if found is None else members.by_id(turn.conn, found.upline_id)
    if found is None or upline is None or not _still_counts(turn, found.at, upline, action):
        yield NumberRequestGone()
        return
    state: Literal["given", "refused"] = "given" if action.given else "refused"
    changed = number_requests.decide_request(turn.conn, found.id, state, turn.now)
    if pair_permissions.allows(turn.conn, me.id, upline.id, "phone") != action.given:
        pair_permissions.note(turn.conn, me.id, upline.id, "phone", action.given, turn.now)
    if changed and (action.given or found.state == "asked"):
        kind = NumberGiven if action.given else NumberKept
        news = kind(me.title, masked_name(me.name), me.code)
        turn.tell(upline.id, news, key=f"number:{action.reference}:{state}")
    yield consent_list(turn, "given" if action.given else "kept", upline)


def _still_counts(turn: Turn, asked_at: datetime, upline: Member, action: DecideNumber) -> bool:
    """Returns whether the request may be decided so; a number can be kept at any time."""
    me = turn.caller.member
    if not action.given:
        return True
    fresh = turn.now - asked_at < ASK_ANSWERED_WITHIN
    return fresh and me.active and upline.active and legs.in_team(turn.conn, me.id, upline.id)


def _trouble(turn: Turn, asked: Member | None) -> Message | None:
    """Returns why a member cannot be asked for the number now."""
    if asked is None:
        return NotInTeam()
    me, title, short = turn.caller.member, asked.title, masked_name(asked.name)
    reached = members.reachable(turn.conn, asked.id) is not None
    if not (asked.active and reached and asked.phone.startswith("+")):
        return Unreached(title, short)
    if asked.phone_shown or pair_permissions.allows(turn.conn, asked.id, me.id, "phone"):
        return NumberVisible(title, short, asked.code)
    before = number_requests.newest_request(turn.conn, asked.id, me.id)
    refused_at = None if before is None or before.state == "asked" else before.decided_at
    if not pair_permissions.allows(turn.conn, asked.id, me.id, "messages"):
        return NotWanted(title, short)
    if refused_at is not None and turn.now - refused_at < REFUSED_FOR:
        return NumberStaysPrivate(title, short, asked.code)
    if before is not None and turn.now - before.at < ASKED_AGAIN_AFTER:
        return AskedRecently(title, short, asked.code, before.at)
    if number_requests.asked_by(turn.conn, me.id, turn.now - DAY) >= ASKS_PER_DAY_MAX:
        return TooManyAsked(ASKS_PER_DAY_MAX)
    if is_full_on(turn, asked, moment_for(turn, asked)):
        return EnoughForToday(title, short)
    return None


LOOKUPS: Lookups = {WhyNoNumberAsked: why_not}
ACTIONS: Actions = {AskForNumber: ask_for_number, DecideNumber: decide}
