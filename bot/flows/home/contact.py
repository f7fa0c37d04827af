"""How to reach a person at the office."""

import re
from dataclasses import dataclass
from typing import ClassVar

from bot.core.conversation.messages import Message, Refusal
from bot.core.conversation.replay import Flow
from bot.core.members.people import phone_number
from bot.flows.caller import Caller
from bot.flows.spec import FlowSpec, HelpPlace, MenuPlace

__all__ = ["SPEC", "OfficeContact", "contact"]

NUMBER = re.compile(r"\+?[0-9][0-9() .-]{6,20}[0-9]", re.ASCII)
WHATSAPP = re.compile(r"\b(?:wa|whatsapp)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OfficeContact(Message):
    """The contact of the office.

    Attributes:
        digits: the number in the form WhatsApp needs; empty if the company gives none.
        member: whether the caller is a member, and so has a code to mention.
    """

    passing: ClassVar[bool] = True

    digits: str
    member: bool


def contact(caller: Caller, _args: str) -> Flow[OfficeContact]:
    """Show how to reach a person at the office, with a button for its WhatsApp number."""
    yield from ()
    told = caller.company.office_contact
    return OfficeContact(_whatsapp(told), caller.me is not None)


def _whatsapp(told: str) -> str:
    found = NUMBER.search(told)
    if found is None or WHATSAPP.search(told) is None:
        return ""
    try:
        return phone_number(found[0]).removeprefix("+")
    except Refusal:
        return ""


SPEC = FlowSpec(
    "contact",
    contact,
    ("kantor", "office"),
    who="anyone",
    heard=(("contact", ""),),
    words=("kantor", "hubungi kantor", "office", "cs"),
    in_help=(HelpPlace("person"),),
    in_menu=(MenuPlace("newcomers", 30),),
)
