"""Members whose balance is below zero: the office sees how much, and since when."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, Lookup, find
from bot.flows.answers import button_number
from bot.flows.caller import Caller

__all__ = ["BelowZero", "BelowZeroNow", "NobodyBelowZero", "OwingMember", "below_zero"]

PAGE_DIGITS_MAX: Final = 4


@dataclass(frozen=True, slots=True)
class OwingMember:
    """A member, the rupiah below zero, and the day on which that began."""

    who: str
    code: str
    amount: int
    since: date


@dataclass(frozen=True, slots=True)
class BelowZero(Message):
    """A page of the members below zero, those that have been so longest first.

    Attributes:
        members: how many there are.
        amount: rupiah of all of them.
        before: the page before; 0 for none.
        after: the page after; 0 for none.
    """

    passing: ClassVar[bool] = True

    rows: tuple[OwingMember, ...]
    members: int
    amount: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class NobodyBelowZero(Message):
    """No balance is below zero."""

    passing: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class BelowZeroNow(Lookup[BelowZero | NobodyBelowZero]):
    """A page of the list."""

    page: int


def below_zero(_caller: Caller, rest: str) -> Flow[BelowZero | NobodyBelowZero]:
    """Show the members whose balance is below zero."""
    return (yield from find(BelowZeroNow(max(1, button_number(rest, PAGE_DIGITS_MAX)))))
