"""A member who has left joins anew: the cards are read again, the place is the former one."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.conversation.messages import Message, Question
from bot.core.conversation.replay import Flow, Lookup, ask, find
from bot.flows.answers import said_yes
from bot.flows.caller import Caller
from bot.flows.members.newcomer import read_cards
from bot.flows.members.register_messages import Consent
from bot.flows.members.sponsor import Sponsor
from bot.flows.spec import Action, Outcome

__all__ = [
    "AskRejoin",
    "FormerPlace",
    "FormerSponsor",
    "Rejoin",
    "StaysAway",
    "StaysSuspended",
    "WelcomeBack",
    "WhatHeld",
    "rejoin",
]


@dataclass(frozen=True, slots=True)
class FormerPlace:
    """The place of an account that was a member before.

    Attributes:
        suspended: whether the membership was suspended when it was left.
        sponsor: under whom the account joins anew.
    """

    suspended: bool
    sponsor: Sponsor


@dataclass(frozen=True, slots=True)
class AskRejoin(Question):
    """Asks whether to join anew under the former code and sponsor.

    Attributes:
        sponsor: first name and initial; empty for the company.
    """

    asked_as: ClassVar[str] = "joining.anew@1"

    code: str
    sponsor: str


@dataclass(frozen=True, slots=True)
class StaysAway(Message):
    """The person cancelled."""


@dataclass(frozen=True, slots=True)
class StaysSuspended(Message):
    """The membership was suspended when it was left; only the office can lift that."""


@dataclass(frozen=True, slots=True)
class FormerSponsor(Message):
    """An erased member who joins anew does so under the former sponsor.

    Attributes:
        sponsor: first name and initial; empty for the company.
    """

    sponsor: str


@dataclass(frozen=True, slots=True)
class WelcomeBack(Message):
    """The member has joined anew, with the former code."""

    code: str


@dataclass(frozen=True, slots=True)
class WhatHeld(Lookup[FormerPlace | None]):
    """The place that this account had before; None if it never was a member."""


@dataclass(frozen=True, slots=True)
class Rejoin(Action):
    """Make the caller a member again, in the former place."""

    consents: tuple[Consent, ...]


def rejoin(caller: Caller) -> Flow[Outcome]:
    """Join anew after leaving, while nothing was erased."""
    former = yield from find(WhatHeld())
    if former is None or former.suspended:
        return StaysSuspended()
    consents = yield from read_cards(caller, joining=True)
    sure: bool = yield from ask(AskRejoin(caller.member.code, former.sponsor.name), said_yes)
    return Rejoin(consents) if sure else StaysAway()
