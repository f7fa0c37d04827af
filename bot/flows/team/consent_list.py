"""What a member allows single uplines: to see the number, to write; and how it is taken back."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, Lookup, find
from bot.flows.answers import button_number
from bot.flows.caller import Caller
from bot.flows.spec import Action, FlowSpec, HelpPlace, Outcome

__all__ = [
    "SPEC",
    "ConsentLine",
    "ConsentList",
    "DecideNumber",
    "HideNumber",
    "OwnConsents",
    "StopMessages",
    "TakeBack",
    "consents",
]


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """What was decided about one other member, and since when; `number` is on its button."""

    number: int
    title: str
    short: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ConsentList(Message):
    """Who sees the number, and who may not write.

    Attributes:
        shown_to: those who were given the number, the latest first.
        stopped: those who may not write any more, the latest first.
        more: how many others there are of both, beyond those listed.
        everyone: whether all uplines see the number, as could be chosen formerly.
        changed: what was just decided; empty if nothing was.
        title: of the member about whom it was decided.
        short: first name and initial of that member.
    """

    passing: ClassVar[bool] = True

    shown_to: tuple[ConsentLine, ...]
    stopped: tuple[ConsentLine, ...]
    more: int
    everyone: bool
    changed: Literal["", "given", "kept", "taken", "hidden", "stopped", "open", "gone"] = ""
    title: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class OwnConsents(Lookup[ConsentList]):
    """The caller's decisions about other members."""


@dataclass(frozen=True, slots=True)
class DecideNumber(Action):
    """Give the number to the upline who asked under this reference, or keep it."""

    reference: str
    given: bool


@dataclass(frozen=True, slots=True)
class StopMessages(Action):
    """Get no more messages from the sender of the message with this reference."""

    reference: str


@dataclass(frozen=True, slots=True)
class TakeBack(Action):
    """Take back the decision with this number."""

    number: int


@dataclass(frozen=True, slots=True)
class HideNumber(Action):
    """Show the number to all uplines no more."""


def consents(_caller: Caller, args: str) -> Flow[Outcome]:
    """Show which uplines see your number and whose messages you have stopped; take either back."""
    word, _, rest = args.partition("=")
    match word:
        case "beri":
            return DecideNumber(rest, given=True)
        case "jangan":
            return DecideNumber(rest, given=False)
        case "stop":
            return StopMessages(rest)
        case "tarik":
            return TakeBack(button_number(rest))
        case "simpan":
            return HideNumber()
        case _:
            return (yield from find(OwnConsents()))


SPEC = FlowSpec(
    "consents",
    consents,
    ("izin", "consents"),
    words=("izin", "izin saya", "consents"),
    after_leaving=True,
    in_help=(HelpPlace("settings", row=1, column=3),),
)
