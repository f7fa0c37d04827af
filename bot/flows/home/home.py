"""The menu, the help, and the language."""

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
    "OfficeHelp",
    "OfficeHome",
    "OfficeWaits",
    "SpeakLanguage",
    "WhatWaits",
]


@dataclass(frozen=True, slots=True)
class Home(Message):
    """The menu, with what waits today.

    Attributes:
        office_waiting: sales that this admin can approve; 0 for other members.
        own_waiting: the member's own sales that the office has not checked.
        sold_today: how many sales the member logged for today.
        total_today: their total, in rupiah.
        customers_today: how many customers are left on the list of the day.
    """

    passing: ClassVar[bool] = True

    office_waiting: int
    own_waiting: int
    sold_today: int
    total_today: int
    customers_today: int


@dataclass(frozen=True, slots=True)
class HomeBeforeJoining(Message):
    """The menu for a person who is not a member."""

    passing: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class OfficeHome(Message):
    """The menu for an admin who is not a member, with what waits at the office.

    Attributes:
        waiting: sales to check.
        returns: returns to check.
        inquiries: questions to answer.
        leads: people who asked for a call.
    """

    passing: ClassVar[bool] = True

    waiting: int
    returns: int
    inquiries: int
    leads: int


@dataclass(frozen=True, slots=True)
class Help(Message):
    """The commands of a member, in groups; those of a role come last."""

    passing: ClassVar[bool] = True

    trainer: bool
    admin: bool


@dataclass(frozen=True, slots=True)
class HelpBeforeJoining(Message):
    """The commands of a person who is not a member; a trainer need not be one."""

    passing: ClassVar[bool] = True

    trainer: bool


@dataclass(frozen=True, slots=True)
class OfficeHelp(Message):
    """The commands of an admin who is not a member, and what an admin may write."""

    passing: ClassVar[bool] = True

    trainer: bool


@dataclass(frozen=True, slots=True)
class ChooseLanguage(Message):
    """The available languages; each button is a command, so an open question stays open."""

    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LanguageChosen(Message):
    """The language was changed; sent in the new language."""

    member: bool


@dataclass(frozen=True, slots=True)
class WhatWaits(Lookup[Home]):
    """The menu of this member, with the counts of the day."""

    member_id: int
    today: date
    own_day: date
    admin: bool


@dataclass(frozen=True, slots=True)
class OfficeWaits(Lookup[OfficeHome]):
    """The menu of an admin who is not a member, with the counts of this moment."""


@dataclass(frozen=True, slots=True)
class SpeakLanguage(Action):
    """Use this language with the caller from now on."""

    language: str


def home(caller: Caller, _args: str) -> Flow[Message]:
    """Show the menu below the chat, and what waits today."""
    if caller.me is None and "admin" in caller.roles:
        return (yield from find(OfficeWaits()))
    if caller.me is None:
        return HomeBeforeJoining()
    return (
        yield from find(
            WhatWaits(caller.me.id, caller.today, caller.now.own, "admin" in caller.roles)
        )
    )


def show_help(caller: Caller, _args: str) -> Flow[Message]:
    """Show what can be typed."""
    yield from ()
    trainer, admin = "trainer" in caller.roles, "admin" in caller.roles
    if caller.me is not None:
        return Help(trainer, admin)
    return OfficeHelp(trainer) if admin else HelpBeforeJoining(trainer)


def language(caller: Caller, args: str) -> Flow[Message | SpeakLanguage]:
    """Choose the language."""
    yield from ()
    wanted = args.casefold()
    if wanted in caller.company.languages:
        return SpeakLanguage(wanted)
    return ChooseLanguage(caller.company.languages)


def english(caller: Caller, _args: str) -> Flow[Message | SpeakLanguage]:
    """Switch to English at once."""
    return language(caller, "en")


def indonesian(caller: Caller, _args: str) -> Flow[Message | SpeakLanguage]:
    """Switch to Indonesian at once."""
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
    heard=(("help", ""),),
    words=("bantuan", "bantu", "help"),
    in_menu=(MenuPlace("everybody", 20),),
)
LANGUAGE = FlowSpec(
    "language",
    language,
    ("bahasa", "language"),
    who="anyone",
    heard=(("language_en", ""), ("language_id", "")),
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
