"""Broadcasts of trainers: the list, the card of each, pausing, stopping and repeating."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, Lookup, find
from bot.flows.answers import button_number
from bot.flows.broadcasts.broadcast_messages import (
    BroadcastCard,
    BroadcastGone,
    Broadcasts,
    ConfirmRepeat,
    ConfirmStop,
    NothingToRepeat,
)
from bot.flows.broadcasts.correction import correct
from bot.flows.broadcasts.draft import NUMBER_DIGITS_MAX, write
from bot.flows.caller import Caller
from bot.flows.spec import Action, FlowSpec, HelpPlace, MenuPlace, Outcome

__all__ = [
    "SPEC",
    "CardOf",
    "Latest",
    "RepeatBroadcast",
    "RepeatableBy",
    "TurnBroadcast",
]


@dataclass(frozen=True, slots=True)
class Latest(Lookup[Broadcasts]):
    """The caller's own newest broadcasts, or those of all authors."""

    all_authors: bool


@dataclass(frozen=True, slots=True)
class CardOf(Lookup[BroadcastCard | None]):
    """The card of a broadcast; None if there is none or the caller may not see it."""

    number: int


@dataclass(frozen=True, slots=True)
class RepeatableBy(Lookup[int]):
    """How many members a broadcast can be repeated to."""

    number: int


@dataclass(frozen=True, slots=True)
class TurnBroadcast(Action):
    """Pause, resume or stop a broadcast."""

    number: int
    turn: Literal["pause", "resume", "stop"]


@dataclass(frozen=True, slots=True)
class RepeatBroadcast(Action):
    """Send a broadcast again to the members who may not have received it."""

    number: int


def broadcasts(caller: Caller, args: str) -> Flow[Outcome]:
    """Show your own broadcasts and their progress.

    - `/siaran baru` (`new`): write one
    - `/siaran 12`: show it
    - `/siaran betulkan 12` (`correct`): correct its text for everyone who has it
    - `/siaran jeda 12`, `lanjut`, `henti`, `ulang` (`pause`, `resume`, `stop`, `again`): do that
      to it
    - `/siaran semua` (`all`): those of all authors, for admins
    """
    word, _, rest = args.casefold().partition(" ")
    page = PAGES.get(word)
    if page is not None:
        outcome: Outcome = yield from page(caller, rest)
        return outcome
    if not word:
        return (yield from find(Latest(all_authors=False)))
    card = yield from find(CardOf(_number(word)))
    return card or BroadcastGone()


def _number(text: str) -> int:
    """Returns the number of a broadcast; 0 for text that no button sends."""
    return button_number(text, NUMBER_DIGITS_MAX)


def _all(caller: Caller, _rest: str) -> Flow[Broadcasts]:
    return (yield from find(Latest(all_authors="admin" in caller.roles)))


def _pause(_caller: Caller, rest: str) -> Flow[TurnBroadcast]:
    yield from ()
    return TurnBroadcast(_number(rest), "pause")


def _resume(_caller: Caller, rest: str) -> Flow[TurnBroadcast]:
    yield from ()
    return TurnBroadcast(_number(rest), "resume")


def _stop(_caller: Caller, rest: str) -> Flow[Message | TurnBroadcast]:
    number, _, sure = rest.partition(" ")
    if sure in SURE:
        return TurnBroadcast(_number(number), "stop")
    card = yield from find(CardOf(_number(number)))
    if card is None:
        return BroadcastGone()
    return card if card.over else ConfirmStop(card.number, card.progress.waiting)


def _again(_caller: Caller, rest: str) -> Flow[Message | RepeatBroadcast]:
    number, _, sure = rest.partition(" ")
    if sure in SURE:
        return RepeatBroadcast(_number(number))
    card = yield from find(CardOf(_number(number)))
    if card is None:
        return BroadcastGone()
    people = yield from find(RepeatableBy(card.number))
    return ConfirmRepeat(card.number, people) if people else NothingToRepeat(card.number)


SURE: Final = frozenset({"ya", "yes"})
PAGES: Final[dict[str, Callable[[Caller, str], Flow[Outcome]]]] = {
    "baru": write,
    "new": write,
    "semua": _all,
    "all": _all,
    "betulkan": correct,
    "correct": correct,
    "jeda": _pause,
    "pause": _pause,
    "lanjut": _resume,
    "resume": _resume,
    "henti": _stop,
    "stop": _stop,
    "ulang": _again,
    "again": _again,
}
"""The flow for each word behind the command."""

SPEC = FlowSpec(
    "broadcast",
    broadcasts,
    ("siaran", "broadcast"),
    who="trainer",
    words=("siaran", "broadcast"),
    acts=True,
    in_help=(HelpPlace("trainer"),),
    in_menu=(MenuPlace("trainers", 10),),
)
