"""The office chooses another sponsor for a member who has left, or has just come back."""

from collections.abc import Iterable

from bot.core.calendar.hours import local_day
from bot.core.calendar.periods import period_of
from bot.core.conversation.messages import Message, Refusal
from bot.core.members.codes import read_code
from bot.core.members.people import masked_name
from bot.flows.members.sponsor_choice import (
    CHOICE_DAYS_MAX,
    AskNewSponsor,
    CannotChoose,
    ChooseSponsor,
    ConfirmChoice,
    JoinedYourTeam,
    LeftYourTeam,
    NotASponsor,
    Returning,
    ReturningBy,
    SponsorChosen,
    SponsorOption,
    SponsorOptionBy,
    WhyNot,
    YourSponsorIs,
    reason_to_stay,
)
from bot.flows.privacy.leaving import ClosingJustNow
from bot.store.db import audit_log
from bot.store.ledger import periods
from bot.store.members import members, sponsor_choices
from bot.store.members.sponsor_choices import Comeback
from bot.store.team import sizes
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS", "reason_against"]


def returning_by(turn: Turn, lookup: ReturningBy) -> Returning | None:
    """Returns a member as the office may place them."""
    found = sponsor_choices.comeback(turn.conn, lookup.code)
    if found is None:
        return None
    name, code = _sponsor(turn, found.sponsor_id)
    return Returning(found.name, found.code, name, code, reason_against(turn, found))


def sponsor_option_by(turn: Turn, lookup: SponsorOptionBy) -> SponsorOption | None:
    """Returns who has this code; the company for its own one."""
    if lookup.code.upper() == turn.company.root_code:
        return SponsorOption("", "", active=True)
    found = sponsor_choices.comeback(turn.conn, read_code(lookup.code) or "")
    return None if found is None else SponsorOption(found.name, found.code, found.active)


def choose(turn: Turn, action: ChooseSponsor) -> Iterable[Message]:
    """Place a member under another sponsor, once; tell the member and both sponsors.

    Raises:
        Refusal: a month is being closed, or what was asked about has changed meanwhile.
    """
    assert "admin" in turn.caller.roles, "only admins reach this action"
    conn = turn.conn
    # Nobody joins below, sells or closes a month until this is done.
    periods.hold_for_closing(conn)
    if (period := periods.closing(conn)) is not None:
        raise Refusal(ClosingJustNow(period), ConfirmChoice)
    found = sponsor_choices.comeback(conn, action.code)
    assert found is not None, "the flow has found it in this transaction"
    if against := reason_against(turn, found):
        yield CannotChoose(found.name, found.code, against, CHOICE_DAYS_MAX)
        return
    option = sponsor_choices.comeback(conn, action.sponsor_code) if action.sponsor_code else None
    new_id, label = (None, "") if option is None else (option.id, option.name)
    if option is not None and not option.active:
        raise Refusal(NotASponsor(option.name, "not active"), AskNewSponsor)
    if new_id != found.sponsor_id:
        _place(turn, found, new_id, action)
    yield SponsorChosen(found.name, found.code, label)


def reason_against(turn: Turn, found: Comeback) -> WhyNot:
    """Returns why the office cannot choose the sponsor of a member; empty if it can."""
    zone = turn.company.time_zone
    came_on = None if found.came_at is None else local_day(found.came_at, zone)
    return reason_to_stay(
        came_on,
        local_day(turn.now, zone),
        found.size,
        left=found.left_at is not None,
        figures=found.figures,
    )


def _place(turn: Turn, found: Comeback, new_id: int | None, action: ChooseSponsor) -> None:
    conn, by = turn.conn, turn.caller.user_id
    joined = period_of(found.joined_at, turn.company.time_zone)
    sizes.moved(conn, found.id, found.sponsor_id, new_id, joined)
    sponsor_choices.choose(conn, found.id, new_id, reason=action.reason, by=by, at=turn.now)
    change = f"{found.sponsor_id or 'company'} to {new_id or 'company'}"
    audit_log.note(conn, by, "sponsor chosen", f"member {found.id}: {change}", turn.now)
    key = f"sponsor:{found.id}:{turn.reference}"
    who = masked_name(found.name)
    if found.sponsor_id is not None:
        turn.tell(found.sponsor_id, LeftYourTeam(who), key=f"{key}:former")
    if new_id is not None:
        turn.tell(new_id, JoinedYourTeam(who), key=f"{key}:new")
    if found.left_at is None:
        turn.tell(found.id, YourSponsorIs(_sponsor(turn, new_id)[0]), key=f"{key}:own")


def _sponsor(turn: Turn, member_id: int | None) -> tuple[str, str]:
    """Returns the name and the code of a sponsor; both empty for the company."""
    if member_id is None:
        return "", ""
    member = members.by_id(turn.conn, member_id)
    return masked_name(member.name), member.code


LOOKUPS: Lookups = {ReturningBy: returning_by, SponsorOptionBy: sponsor_option_by}
ACTIONS: Actions = {ChooseSponsor: choose}
