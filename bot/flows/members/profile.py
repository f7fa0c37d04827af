"""A member's own data: shown on one card, changed one field at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from bot.core.conversation.messages import Message, Question, Refusal
from bot.core.conversation.replay import Answer, Flow, Lookup, ask, find
from bot.flows.answers import said_yes
from bot.flows.caller import Caller
from bot.flows.members.details import AskPhone, Phone, ask_name, ask_province, read_phone
from bot.flows.spec import Action, FlowSpec, HelpPlace, MenuPlace, Outcome
from bot.flows.team.consent_list import HideNumber, OwnConsents
from bot.flows.tips.permissions import Decide
from bot.flows.tips.tip_time import ask_tip_hour

__all__ = [
    "PROFILE",
    "AskNewTitle",
    "ChangeName",
    "ChangePhone",
    "ChangeProvince",
    "ChangeTitle",
    "ConfirmName",
    "NotATitle",
    "OwnProfile",
    "PhoneChanged",
    "PhoneGone",
    "Profile",
]

TITLES: Final = ("Bapak", "Ibu", "Kak")


@dataclass(frozen=True, slots=True)
class Profile(Message):
    """The member's card.

    Attributes:
        full_name: as its owner writes it.
        title: how the member is addressed.
        code: of the member.
        phone_end: the last four digits of the number.
        phone_verified: whether Telegram verified the number.
        phone_shown: whether all uplines see the number.
        phone_given: to how many uplines it was given.
        province: its Indonesian name.
        province_english: its English name.
        zone: WIB, WITA or WIT.
        joined_at: when the member joined.
        sponsor: first name and initial; empty for a member who has no sponsor.
        tip_hour: HH:MM in the member's own zone.
        tips_wanted: whether the member allows the daily tips.
        changed: the name of the field that was just changed.
    """

    full_name: str
    title: str
    code: str
    phone_end: str
    phone_verified: bool
    phone_shown: bool
    phone_given: int
    province: str
    province_english: str
    zone: str
    joined_at: datetime
    sponsor: str
    tip_hour: str
    tips_wanted: bool
    changed: str = ""


@dataclass(frozen=True, slots=True)
class AskNewTitle(Question):
    """Asks for Bapak, Ibu or Kak."""

    asked_as: ClassVar[str] = "profile.title@1"


@dataclass(frozen=True, slots=True)
class ConfirmName(Question):
    """Asks whether the name is correct; receipts and payments will carry it."""

    asked_as: ClassVar[str] = "profile.confirm_name@1"

    full_name: str


@dataclass(frozen=True, slots=True)
class NotATitle(Message):
    """The answer is none of the three."""


@dataclass(frozen=True, slots=True)
class PhoneChanged(Message):
    """The new number is stored."""

    phone_end: str
    verified: bool


@dataclass(frozen=True, slots=True)
class PhoneGone(Message):
    """For the member whose unverified number turned out to be another member's."""

    phone_end: str


@dataclass(frozen=True, slots=True)
class OwnProfile(Lookup[Profile]):
    """The card of this member."""

    member_id: int


@dataclass(frozen=True, slots=True)
class ChangeName(Action):
    """Change the caller's full name."""

    name: str


@dataclass(frozen=True, slots=True)
class ChangeTitle(Action):
    """Change how the caller is addressed."""

    title: str


@dataclass(frozen=True, slots=True)
class ChangePhone(Action):
    """Change the caller's number."""

    phone: Phone


@dataclass(frozen=True, slots=True)
class ChangeProvince(Action):
    """Change the caller's province, and with it their time zone."""

    slug: str


def profile(caller: Caller, args: str) -> Flow[Outcome]:
    """Show your own data, or change the field named after the command."""
    what, _, rest = args.casefold().partition(" ")
    change = CHANGES.get(what, _card)
    outcome: Outcome = yield from change(caller, rest)
    return outcome


def _card(caller: Caller, _rest: str) -> Flow[Profile]:
    return (yield from find(OwnProfile(caller.member.id)))


def _name(caller: Caller, rest: str) -> Flow[Outcome]:
    name: str = yield from ask_name(caller)
    if not (yield from ask(ConfirmName(name), said_yes)):
        return (yield from _card(caller, rest))
    return ChangeName(name)


def _title(_caller: Caller, _rest: str) -> Flow[ChangeTitle]:
    title: str = yield from ask(AskNewTitle(), _read_title)
    return ChangeTitle(title)


def _phone(_caller: Caller, _rest: str) -> Flow[ChangePhone]:
    phone: Phone = yield from ask(AskPhone(), read_phone)
    return ChangePhone(phone)


def _province(_caller: Caller, _rest: str) -> Flow[ChangeProvince]:
    province = yield from ask_province()
    return ChangeProvince(province.slug)


def _number(_caller: Caller, rest: str) -> Flow[Outcome]:
    """Show who sees the number, where a button of before showed it to all uplines at one tap."""
    if rest == "simpan":
        return HideNumber()
    return (yield from find(OwnConsents()))


def _tips(caller: Caller, rest: str) -> Flow[Outcome]:
    if rest in {"jeda", "jalan"}:
        return Decide(("tips",), given=rest == "jalan")
    return (yield from _card(caller, rest))


def _read_title(answer: Answer) -> str:
    word = answer.value.strip().capitalize()
    if answer.kind not in {"tap", "text"} or word not in TITLES:
        raise Refusal(NotATitle())
    return word


CHANGES: dict[str, Callable[[Caller, str], Flow[Outcome]]] = {
    "nama": _name,
    "sapaan": _title,
    "hp": _phone,
    "daerah": _province,
    "nomor": _number,
    "tips": _tips,
    "jam": ask_tip_hour,
}
"""The flow that changes a field, by the word behind the command."""

PROFILE = FlowSpec(
    "profile",
    profile,
    ("profil", "profile"),
    heard=(("profile", ""),),
    words=("profil", "profile", "profil saya"),
    after_leaving=True,
    in_help=(HelpPlace("settings"),),
    in_menu=(MenuPlace("members", 80),),
)
