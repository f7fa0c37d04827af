"""An upline writes to a member of the team through the bot, and the member answers.

Neither sees a number. What is written goes to one person, after its author has seen it once more.
"""

from dataclasses import dataclass

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Answer, Flow, Lookup, ask, find
from bot.core.messaging.relay import RELAYED_CHARACTERS_MAX, relayed_words
from bot.flows.answers import said_yes, typed
from bot.flows.caller import Caller
from bot.flows.spec import Action, FlowSpec, Outcome
from bot.flows.team.picking import Downline, pick
from bot.flows.team.relay_messages import (
    AskRelayAnswer,
    AskRelayed,
    ConfirmRelayed,
    RelayedNotSent,
)

__all__ = [
    "SPEC",
    "AnswerRelayed",
    "Answerable",
    "ReadyWords",
    "ReportRelayed",
    "SendRelayed",
    "WhomToAnswer",
    "WhyNotRelayed",
    "relay",
]

ANSWER, REPORT, READY = "balas=", "lapor=", "siap="
"""What buttons write before the reference of a message, or the number of ready words."""


@dataclass(frozen=True, slots=True)
class WhyNotRelayed(Lookup[Message | None]):
    """Why the caller cannot write to the member with this code; None if that can be."""

    code: str


@dataclass(frozen=True, slots=True)
class ReadyWords(Lookup[str]):
    """The ready words with this number for the member with this code; empty for no such words."""

    number: str
    code: str


@dataclass(frozen=True, slots=True)
class Answerable:
    """Whom a message is from, and its first words."""

    title: str
    short: str
    asked: str


@dataclass(frozen=True, slots=True)
class WhomToAnswer(Lookup[Answerable | Message]):
    """The message with this reference that the caller may answer; else why that cannot be."""

    reference: str


@dataclass(frozen=True, slots=True)
class SendRelayed(Action):
    """Send these words to the member with this code."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class AnswerRelayed(Action):
    """Answer the message with this reference."""

    reference: str
    words: str


@dataclass(frozen=True, slots=True)
class ReportRelayed(Action):
    """Offer the caller to report the message with this reference to the office."""

    reference: str


def relay(_caller: Caller, args: str) -> Flow[Outcome]:
    """Write to a member of your team through the bot (`/kirimpesan erni`); they may answer."""
    if args.startswith(ANSWER):
        return (yield from _answer(args.removeprefix(ANSWER)))
    if args.startswith(REPORT):
        return ReportRelayed(args.removeprefix(REPORT))
    person: Downline | Message = yield from pick(args, "message")
    if isinstance(person, Message):
        return person
    why: Message | None = yield from find(WhyNotRelayed(person.code))
    if why is not None:
        return why
    title, short = person.title, person.short
    ready, words = yield from ask(AskRelayed(title, short, RELAYED_CHARACTERS_MAX), _words)
    if ready:
        words = yield from find(ReadyWords(ready, person.code))
    if not (yield from ask(ConfirmRelayed(title, short, words), said_yes)):
        return RelayedNotSent()
    return SendRelayed(person.code, words)


def _answer(reference: str) -> Flow[Outcome]:
    found: Answerable | Message = yield from find(WhomToAnswer(reference))
    if isinstance(found, Message):
        return found
    words = yield from ask(AskRelayAnswer(found.title, found.short, found.asked), _typed_words)
    return AnswerRelayed(reference, words)


def _words(answer: Answer) -> tuple[str, str]:
    """Returns the number of the ready words whose button was pressed, or what was typed.

    Raises:
        Refusal: the text cannot be delivered.
    """
    value = typed(answer)
    if answer.kind == "tap" and value.startswith(READY):
        return value.removeprefix(READY), ""
    return "", relayed_words(value)


def _typed_words(answer: Answer) -> str:
    """Returns what was typed.

    Raises:
        Refusal: the text cannot be delivered.
    """
    return relayed_words(typed(answer))


SPEC = FlowSpec(
    "relay",
    relay,
    ("kirimpesan", "sendmessage"),
    heard=(("relay", "{member}"),),
    words=("kirim pesan", "send a message"),
    acts=True,
)
