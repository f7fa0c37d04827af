"""Unclear texts: the office sees which kinds of texts the bot did not understand."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, Lookup, find
from bot.core.understanding.text_shapes import Unclear
from bot.flows.caller import Caller

__all__ = ["NothingUnclear", "UnclearLately", "UnclearLine", "UnclearList", "unclear_list"]


@dataclass(frozen=True, slots=True)
class UnclearLine:
    """A shape, why texts of it were unclear, and how often since the first day."""

    shape: str
    why: Unclear
    times: int
    first_day: date


@dataclass(frozen=True, slots=True)
class UnclearList(Message):
    """The most frequent shapes of the last `days` days."""

    passing: ClassVar[bool] = True

    shapes: tuple[UnclearLine, ...]
    days: int


@dataclass(frozen=True, slots=True)
class NothingUnclear(Message):
    """No text was unclear in the last `days` days."""

    passing: ClassVar[bool] = True

    days: int


@dataclass(frozen=True, slots=True)
class UnclearLately(Lookup[UnclearList | NothingUnclear]):
    """The list of the last days."""


def unclear_list(_caller: Caller, _rest: str) -> Flow[UnclearList | NothingUnclear]:
    """Show the shapes of the texts that were unclear lately."""
    return (yield from find(UnclearLately()))
