"""What a member allows the bot to send unasked, and how it is refused and allowed again.

There is no pause beside the refusal: both would mean that nothing comes until one says so.
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
    """How it stands.

    Attributes:
        tip_hour: HH:MM on the member's own wall.
        zone: WIB, WITA or WIT.
        tips: whether the daily tips are allowed.
        broadcasts: whether broadcasts are.
    """

    tip_hour: str
    zone: str
    tips: bool
    broadcasts: bool


@dataclass(frozen=True, slots=True)
class Refused(Message):
    """From this moment on nothing of this comes."""

    what: Literal["tips", "broadcasts", "both"]


@dataclass(frozen=True, slots=True)
class Allowed(Message):
    """From now on this comes again; tips at their hour."""

    what: Purpose
    tip_hour: str
    zone: str


@dataclass(frozen=True, slots=True)
class NothingToRefuse(Message):
    """Who is no member gets nothing unasked."""


@dataclass(frozen=True, slots=True)
class OwnWishes(Lookup[Wishes]):
    """How it stands with this member."""

    member_id: int


@dataclass(frozen=True, slots=True)
class Decide(Action):
    """Allow these purposes, or refuse them."""

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
