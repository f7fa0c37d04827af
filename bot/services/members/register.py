"""Joining: the sponsor's code, the phone number, and all that starts with a new member."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.core.conversation.messages import Message, Refusal
from bot.core.input.typed import MESSAGE_CHARACTERS_MAX
from bot.core.members.codes import ENTROPY_BITS, make_code, read_code
from bot.core.members.people import first_name, masked_name, phone_number
from bot.flows.members.details import AskPhone, Phone, PhonesPaused, PhoneTaken, WhyNotPhone
from bot.flows.members.register_messages import (
    AddressAs,
    FirstSale,
    PhoneYielded,
    Register,
    TeamGrew,
    Welcome,
)
from bot.flows.members.rejoin import StaysSuspended
from bot.flows.members.sponsor import (
    AskCode,
    LeadKept,
    LeaveContact,
    Speak,
    Sponsor,
    SponsorByCode,
    TooManyCodes,
    TriedCodes,
)
from bot.services.home.command_menu import request_menu_check
from bot.services.members.first_tip import begin_tips
from bot.services.members.invite import link_to
from bot.store.conversation import attempts, sessions
from bot.store.members import leads, members, people, sponsor_choices, unclaimed
from bot.store.privacy import departures
from bot.store.team import sizes
from bot.turn.keyboards import read_tap
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]

WRONG_CODE: Final = "code"
WRONG_CODES_MAX: Final = 5
WRONG_CODES_WINDOW: Final = timedelta(hours=1)

TAKEN_PHONE: Final = "phone"

CODE_TRIES_MAX: Final = 100
# Odd, so that stepping by it visits every code before it repeats one.
CODE_STEP: Final = 0x2545F4915


def sponsor_by_code(turn: Turn, lookup: SponsorByCode) -> Sponsor | TooManyCodes | None:
    """Returns the sponsor with this code; None if there is none who may sponsor.

    An unknown code and the code of a suspended member get the same answer. After
    `WRONG_CODES_MAX` wrong codes in an hour the caller has to pause. A code is counted once, when
    it is given; a code accepted in an earlier turn stays accepted when the conversation is
    replayed.
    """
    found = _sponsor(turn, lookup.typed)
    if _code_given_before(turn, lookup.typed):
        return found
    user_id = turn.caller.user_id
    since = turn.now - WRONG_CODES_WINDOW
    wrong = attempts.since(turn.conn, user_id, WRONG_CODE, since)
    if found is not None and len(wrong) < WRONG_CODES_MAX:
        return found
    if len(wrong) < WRONG_CODES_MAX:
        attempts.add(turn.conn, user_id, WRONG_CODE, turn.now)
        wrong.append(turn.now)
    return _pause(wrong) if len(wrong) >= WRONG_CODES_MAX else None


def tried_codes(turn: Turn, _lookup: TriedCodes) -> bool:
    """Returns whether the caller ever gave a wrong code."""
    return attempts.any_of(turn.conn, turn.caller.user_id, WRONG_CODE)


def why_not_phone(turn: Turn, lookup: WhyNotPhone) -> PhoneTaken | PhonesPaused | None:
    """Returns why the caller may not use a phone number; None if the caller may.

    A person who typed `WRONG_CODES_MAX` numbers of other members within an hour has to pause
    before typing another. A number accepted in an earlier turn is not counted again on replay.
    """
    phone = lookup.phone
    refused = _refused(turn, phone)
    if phone.verified or _phone_given_before(turn, phone.number):
        return refused
    user_id = turn.caller.user_id
    since = turn.now - WRONG_CODES_WINDOW
    wrong = attempts.since(turn.conn, user_id, TAKEN_PHONE, since)
    if len(wrong) < WRONG_CODES_MAX:
        if refused is not None:
            attempts.add(turn.conn, user_id, TAKEN_PHONE, turn.now)
        return refused
    return PhonesPaused(_pause_until(wrong))


def address_as(turn: Turn, lookup: AddressAs) -> None:
    """Store the form of address and use it for the rest of this turn."""
    if turn.reader.title != lookup.title:
        people.set_title(turn.conn, turn.caller.user_id, lookup.title)
        turn.reader = replace(turn.reader, title=lookup.title)


def set_language(turn: Turn, lookup: Speak) -> None:
    """Change the language when the button is pressed, not when its press is replayed."""
    if _pressed_now(turn, lookup):
        people.set_language(turn.conn, turn.caller.user_id, lookup.language)
        turn.reader = replace(turn.reader, language=lookup.language)
        turn.caller = replace(turn.caller, language=lookup.language)


def leave_contact(turn: Turn, action: LeaveContact) -> Iterable[Message]:
    """Store name and number for the office."""
    leads.keep(
        turn.conn,
        reference=turn.reference,
        user_id=turn.caller.user_id,
        name=action.name,
        phone=action.phone,
        at=turn.now,
    )
    yield LeadKept(action.name, action.phone)


def register(turn: Turn, action: Register) -> Iterable[Message]:
    """Make the caller a member, once; a repeated request gets the same welcome."""
    member = members.by_user(turn.conn, turn.caller.user_id)
    if member is not None:
        return _welcome(turn, member.code, member.title, member.name, member.zone)
    details = action.details
    if departures.is_phone_suspended(turn.conn, turn.erasures.key, details.phone.number):
        raise Refusal(StaysSuspended(), AskPhone)
    _free_phone(turn, details.phone)
    code = _free_code(turn)
    zone = details.province.zone
    member_id = members.add(
        turn.conn,
        consents=tuple((c.card, str(c.version), c.at) for c in action.consents),
        reference=turn.reference,
        user_id=turn.caller.user_id,
        code=code,
        sponsor_id=action.sponsor_id,
        name=details.name,
        title=details.title,
        phone=details.phone.number,
        phone_verified=details.phone.verified,
        province=details.province.slug,
        zone=zone,
        birth_year=details.birth_year,
        joined_at=turn.now,
    )
    if departures.former(turn.conn, turn.erasures.key, turn.caller.user_id) is not None:
        # For some days the office may choose another sponsor than the former one.
        sponsor_choices.came_back(turn.conn, member_id, turn.now)
    sizes.joined(turn.conn, member_id, action.sponsor_id, turn.caller.period)
    begin_tips(turn, member_id, zone)
    if action.sponsor_id is not None:
        news = TeamGrew(masked_name(details.name), first_name(details.name))
        turn.tell(action.sponsor_id, news, key=f"joined:{member_id}")
    request_menu_check(turn, turn.caller.user_id)
    return _welcome(turn, code, details.title, details.name, zone)


def _sponsor(turn: Turn, typed: str) -> Sponsor | None:
    # A whole invitation may be pasted, with the link somewhere in it.
    typed = typed[:MESSAGE_CHARACTERS_MAX]
    if _is_root(typed, turn.company.root_code):
        return Sponsor(None, "")
    code = read_code(typed)
    member = members.by_code(turn.conn, code) if code is not None else None
    if member is None or not member.active:
        return None
    return Sponsor(member.id, masked_name(member.name))


def _is_root(typed: str, root_code: str) -> bool:
    """Returns whether this is the company's own code, alone or at the end of a link."""
    bare = re.sub(r"[\s._-]+", "", typed.rpartition("start=")[2])
    return bare.upper() == root_code


def _code_given_before(turn: Turn, typed: str) -> bool:
    """Returns whether an earlier turn of this conversation accepted the code, or began with it."""
    session = _earlier(turn)
    if session is None:
        return False
    answers = (*session.answers, *session.kept)
    taken = {given.answer.value for given in answers if given.question == AskCode.asked_as}
    return typed in {session.args, *taken}


def _pressed_now(turn: Turn, lookup: Speak) -> bool:
    """Returns whether this turn chose the language, by a tap or by typing the button's label."""
    if turn.incoming.kind == "tap":
        tap = read_tap(turn.incoming.text)
        return tap is not None and tap.value == lookup.language
    session = _earlier(turn)
    before = session.answers if session is not None else ()
    return all((g.answer.value, g.answer.at) != (lookup.language, lookup.at) for g in before)


def _earlier(turn: Turn) -> sessions.Session | None:
    """Returns this conversation as the previous turn left it."""
    session = sessions.load(turn.conn, turn.incoming.chat_id)
    if session is None or session.reference != turn.reference:
        return None
    return session


def _pause(wrong: list[datetime]) -> TooManyCodes:
    return TooManyCodes(_pause_until(wrong))


def _pause_until(wrong: list[datetime]) -> datetime:
    """Returns when the earliest of the last few attempts is an hour old, in whole minutes."""
    until = wrong[-WRONG_CODES_MAX] + WRONG_CODES_WINDOW + timedelta(minutes=1)
    return until.replace(second=0, microsecond=0)


def _refused(turn: Turn, phone: Phone) -> PhoneTaken | None:
    """Returns a refusal if the number is another member's.

    An unverified number gives way to a verified one.
    """
    holder = members.phone_holder(turn.conn, phone.number)
    if holder is None or (phone.verified and not holder.phone_verified):
        return None
    return PhoneTaken(provable=not phone.verified)


def _phone_given_before(turn: Turn, number: str) -> bool:
    """Returns whether this conversation accepted the number, as typed, in an earlier turn."""
    session = _earlier(turn)
    given = (*session.answers, *session.kept) if session is not None else ()
    typed = (each.answer.value for each in given if each.question == AskPhone.asked_as)
    return any(_read(each) == number for each in typed)


def _read(typed: str) -> str:
    try:
        return phone_number(typed)
    except Refusal:
        return ""


def _free_phone(turn: Turn, phone: Phone) -> None:
    """Take an unverified number from the member who has it.

    Raises:
        Refusal: the number stays with that member.
    """
    holder = members.phone_holder(turn.conn, phone.number)
    if holder is None:
        return
    if holder.phone_verified or not phone.verified:
        raise Refusal(PhoneTaken(provable=not phone.verified), AskPhone)
    assert unclaimed.waiting(turn.conn, phone.number) is None, (
        "the flow offers to claim it instead"
    )
    members.give_up_phone(turn.conn, holder.id)
    turn.tell(holder.id, PhoneYielded(), key=f"yielded:{holder.id}:{turn.reference}")


def _free_code(turn: Turn) -> str:
    """Returns an unused code, from the turn's random bits."""
    for attempt in range(CODE_TRIES_MAX):
        code = make_code((turn.chance + attempt * CODE_STEP) % (1 << ENTROPY_BITS))
        if not members.is_code_taken(turn.conn, code):
            return code
    raise AssertionError("of 34 billion codes a hundred in a row were taken")


def _welcome(turn: Turn, code: str, title: str, name: str, zone: str) -> tuple[Message, ...]:
    """Returns the welcome and the way to the first sale; the member is addressed by name."""
    turn.reader = replace(turn.reader, title=title, name=first_name(name), zone=zone)
    return Welcome(code, link_to(turn.username, code)), FirstSale()


LOOKUPS: Lookups = {
    SponsorByCode: sponsor_by_code,
    TriedCodes: tried_codes,
    WhyNotPhone: why_not_phone,
    AddressAs: address_as,
    Speak: set_language,
}
ACTIONS: Actions = {Register: register, LeaveContact: leave_contact}
