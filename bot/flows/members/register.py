"""How a person becomes a member: a sponsor, the cards to read, a few details, a confirmation."""

from typing import Final

from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.core.members.codes import read_code
from bot.flows.caller import Caller
from bot.flows.home.home import home
from bot.flows.members.claim import EarlierAnswers, PlaceOf, find_place, take_place
from bot.flows.members.details import ask_birth_year, ask_name, ask_phone, ask_province
from bot.flows.members.newcomer import ask_title, change_detail, check_details, read_cards
from bot.flows.members.register_messages import (
    AskPart,
    Consent,
    Details,
    OwnLink,
    PartUnclear,
    Register,
)
from bot.flows.members.rejoin import FormerSponsor, StaysSuspended, WhatHeld, rejoin
from bot.flows.members.sponsor import KnownMember, Sponsor, find_sponsor, read_yes_or_no
from bot.flows.spec import FlowSpec, HelpPlace, MenuPlace, Outcome

__all__ = ["SPEC", "register"]

ANYWAY: Final = "+"
"""Behind the button with which an admin joins, whom the bare command only shows the menu."""

PARTS: Final = frozenset({"name", "phone", "birth_year", "province", "title", "sponsor", "none"})


def register(caller: Caller, args: str) -> Flow[Outcome]:
    """Join; with a code (`/start 7K3M9QX2`) under that sponsor.

    A member sees the menu, even when opening a link; so does an admin or trainer without a code,
    who joins with the button of that menu.
    """
    if caller.me is not None and caller.me.left:
        return (yield from rejoin(caller))
    if caller.me is not None:
        if args and read_code(args) == caller.me.code:
            return OwnLink()
        return (yield from home(caller, ""))
    if caller.roles and not args:
        return (yield from home(caller, ""))
    former = yield from find(WhatHeld())
    if former is not None and former.suspended:
        return StaysSuspended()
    code = "" if args == ANYWAY else args
    sponsor = former.sponsor if former else (yield from find_sponsor(caller, code))
    if isinstance(sponsor, KnownMember):
        return (yield from find_place(caller, sponsor.phone, joining=True))
    if not isinstance(sponsor, Sponsor):
        return sponsor
    title = yield from ask_title()
    consents = yield from read_cards(caller, joining=True)
    name = yield from ask_name(caller)
    phone = yield from ask_phone()
    place = yield from find(PlaceOf(phone))
    if place is not None:
        return (yield from take_place(caller, place, phone, EarlierAnswers(title, consents)))
    year = yield from ask_birth_year(caller)
    province = yield from ask_province()
    details = Details(title, name, phone, year, province)
    return (yield from _confirmed(caller, sponsor, details, consents))


def _confirmed(
    caller: Caller, sponsor: Sponsor, details: Details, consents: tuple[Consent, ...]
) -> Flow[Outcome]:
    """Show the details, and change them until the person confirms."""
    while True:
        right: bool = yield from ask(check_details(details, sponsor.name), read_yes_or_no)
        if right:
            return Register(sponsor.id, details, consents)
        part: str = yield from ask(AskPart(), _part)
        if part == "sponsor" and (former := (yield from find(WhatHeld()))) is not None:
            raise Refusal(FormerSponsor(former.sponsor.name))
        if part == "sponsor":
            other = yield from find_sponsor(caller, "", "other")
            if isinstance(other, KnownMember):
                return (yield from find_place(caller, other.phone, joining=True))
            if not isinstance(other, Sponsor):
                return other
            sponsor = other
        details = yield from change_detail(caller, details, part)
        place = yield from find(PlaceOf(details.phone))
        if place is not None:
            earlier = EarlierAnswers(details.title, consents, details.birth_year, details.province)
            return (yield from take_place(caller, place, details.phone, earlier))


def _part(answer: Answer) -> str:
    if answer.kind != "tap" or answer.value not in PARTS:
        raise Refusal(PartUnclear())
    return answer.value


SPEC = FlowSpec(
    "register",
    register,
    ("daftar", "register", "start"),
    who="anyone",
    words=("daftar",),
    in_help=(HelpPlace("joining"),),
    in_menu=(MenuPlace("newcomers", 10),),
)
