"""An upline asks a member of the team for the phone number; the owner of the number decides."""

from dataclasses import dataclass

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, Lookup, ask, find
from bot.flows.answers import said_yes
from bot.flows.caller import Caller
from bot.flows.spec import Action, FlowSpec, Outcome
from bot.flows.team.number_messages import ConfirmAskNumber, NumberNotAsked
from bot.flows.team.picking import Downline, pick

__all__ = ["SPEC", "AskForNumber", "WhyNoNumberAsked", "ask_number"]


@dataclass(frozen=True, slots=True)
class WhyNoNumberAsked(Lookup[Message | None]):
    """Why the caller cannot ask the member with this code for the number; None if that can be."""

    code: str


@dataclass(frozen=True, slots=True)
class AskForNumber(Action):
    """Ask the member with this code for the number."""

    code: str


def ask_number(_caller: Caller, args: str) -> Flow[Outcome]:
    """Ask a member of your team for the phone number (`/mintanomor erni`); they may refuse."""
    person: Downline | Message = yield from pick(args, "number")
    if isinstance(person, Message):
        return person
    why: Message | None = yield from find(WhyNoNumberAsked(person.code))
    if why is not None:
        return why
    if not (yield from ask(ConfirmAskNumber(person.title, person.short), said_yes)):
        return NumberNotAsked()
    return AskForNumber(person.code)


SPEC = FlowSpec(
    "ask_number",
    ask_number,
    ("mintanomor", "asknumber"),
    heard=(("ask_number", "{member}"),),
    words=("minta nomor", "ask for a number"),
    acts=True,
)
