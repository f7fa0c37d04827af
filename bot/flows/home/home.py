"""The way in: the menu, the help, and the language."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, Lookup, find
from bot.flows.caller import Caller
from bot.flows.spec import Action, FlowSpec, HelpPlace, MenuPlace

__all__ = [
    "ENGLISH",
    "HELP",
    "HOME",
    "INDONESIAN",
    "LANGUAGE",
    "ChooseLanguage",
    "Help",
    "HelpBeforeJoining",
    "Home",
    "HomeBeforeJoining",
    "LanguageChosen",
    "SpeakLanguage",
    "WhatWaits",
]


@dataclass(frozen=True, slots=True)
class Home(Message):
    """The menu, with the one thing that waits today.

    Attributes:
        office_waiting: sales that this admin can approve; 0 for everybody else.
        own_waiting: the member's own sales that the office has not looked at.
        sold_today: how many sales the member wrote down for today.
        total_today: what they come to, in rupiah.
    """

    passing: ClassVar[bool] = True

    office_waiting: int
    own_waiting: int
    sold_today: int
    total_today: int


@dataclass(frozen=True, slots=True)
class HomeBeforeJoining(Message):
    """What somebody who is no member yet can do here; an admin need not be one."""

    passing: ClassVar[bool] = True

    admin: bool


@dataclass(frozen=True, slots=True)
class Help(Message):
    """What this person can do, in groups; what a role adds stands at the end."""

    passing: ClassVar[bool] = True

    trainer: bool
    admin: bool


@dataclass(frozen=True, slots=True)
class HelpBeforeJoining(Message):
    """The commands of somebody who is no member; trainers and admins need not be one."""

    passing: ClassVar[bool] = True

    trainer: bool
    admin: bool


@dataclass(frozen=True, slots=True)
class ChooseLanguage(Message):
    """The languages there are; each button is a command, so that no open question is disturbed."""

    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LanguageChosen(Message):
    """Said in the new language already."""

    member: bool


@dataclass(frozen=True, slots=True)
class WhatWaits(Lookup[Home]):
    """What the menu says of this member's day."""

    member_id: int
    today: date
    admin: bool


@dataclass(frozen=True, slots=True)
class SpeakLanguage(Action):
    """Speak this language with the caller from now on."""

    language: str


def home(caller: Caller, _args: str) -> Flow[Message]:
    """Show the keys below the chat, with what waits today."""
    if caller.me is None:
        return HomeBeforeJoining("admin" in caller.roles)
    return (yield from find(WhatWaits(caller.me.id, caller.today, "admin" in caller.roles)))


def show_help(caller: Caller, _args: str) -> Flow[Message]:
    """Show what there is to type."""
    yield from ()
    kind = HelpBeforeJoining if caller.me is None else Help
    return kind("trainer" in caller.roles, "admin" in caller.roles)


def language(caller: Caller, args: str) -> Flow[Message | SpeakLanguage]:
    """Choose the language."""
    yield from ()
    wanted = args.casefold()
    if wanted in caller.company.languages:
        return SpeakLanguage(wanted)
    return ChooseLanguage(caller.company.languages)


def english(caller: Caller, _args: str) -> Flow[Message | SpeakLanguage]:
    """Speak English at once."""
    return language(caller, "en")


def indonesian(caller: Caller, _args: str) -> Flow[Message | SpeakLanguage]:
    """Speak Indonesian at once."""
    return language(caller, "id")


HOME = FlowSpec(
    "home",
    home,
    ("menu",),
    who="anyone",
    words=("menu",),
    in_help=(HelpPlace("settings", row=3), HelpPlace("beginning")),
    in_menu=(MenuPlace("everybody", 30),),
)
HELP = FlowSpec(
    "help",
    show_help,
    ("bantuan", "help"),
    who="anyone",
    words=("bantuan", "bantu", "help"),
    in_menu=(MenuPlace("everybody", 20),),
)
LANGUAGE = FlowSpec(
    "language",
    language,
    ("bahasa", "language"),
    who="anyone",
    words=("bahasa", "ganti bahasa", "language"),
    in_help=(HelpPlace("settings", column=2), HelpPlace("joining", row=5)),
    in_menu=(MenuPlace("everybody", 10),),
)
ENGLISH = FlowSpec("english", english, ("english",), who="anyone", words=("english",))
INDONESIAN = FlowSpec(
    "indonesian",
    indonesian,
    ("indonesia",),
    who="anyone",
    words=("indonesia", "bahasa indonesia"),
)
