"""A member's consent to tips and broadcasts, and how it is withdrawn and given again.

There is no pause besides: it would do the same as withdrawing the consent.
"""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, Lookup
from bot.flows.caller import Caller
from bot.flows.spec import Action, FlowSpec, HelpPlace, Outcome

__all__ = [
    "BOTH",
    "STOP",
    "Allowed",
    "Decide",
    "NothingToRefuse",
    "OwnWishes",
    "Purpose",
    "Refused",
    "Wishes",
]

Purpose: TypeAlias = Literal["tips", "broadcasts"]

BOTH: Final[tuple[Purpose, ...]] = ("tips", "broadcasts")


@dataclass(frozen=True, slots=True)
class Wishes(Message):
    """The member's current choices.

    Attributes:
        tip_hour: HH:MM in the member's own zone.
        zone: WIB, WITA or WIT.
        tips: whether daily tips are allowed.
        broadcasts: whether broadcasts are allowed.
        list_hour: HH:MM of the list of the day.
        lists: whether that list comes by itself.
    """

    tip_hour: str
    zone: str
    tips: bool
    broadcasts: bool
    list_hour: str
    lists: bool


@dataclass(frozen=True, slots=True)
class Refused(Message):
    """The member will not receive these any more."""

    what: Literal["tips", "broadcasts", "both"]


@dataclass(frozen=True, slots=True)
class Allowed(Message):
    """The member will receive these again; tips at their hour."""

    what: Purpose
    tip_hour: str
    zone: str


@dataclass(frozen=True, slots=True)
class NothingToRefuse(Message):
    """A person who is not a member receives no tips or broadcasts anyway."""


@dataclass(frozen=True, slots=True)
class OwnWishes(Lookup[Wishes]):
    """This member's current choices."""

    member_id: int


@dataclass(frozen=True, slots=True)
class Decide(Action):
    """Give or withdraw the consent for these purposes."""

    purposes: tuple[Purpose, ...]
    given: bool


def stop(caller: Caller, _args: str) -> Flow[Outcome]:
    """Refuse tips and broadcasts at once."""
    yield from ()
    return NothingToRefuse() if caller.me is None else Decide(BOTH, given=False)


STOP = FlowSpec(
    "stop",
    stop,
    ("berhenti", "stop"),
    who="anyone",
    words=("berhenti", "stop"),
    in_help=(HelpPlace("settings", row=2, column=2, runs_on=True),),
)
