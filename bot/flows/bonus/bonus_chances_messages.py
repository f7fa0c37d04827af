"""What can be said about a bonus that did not come, and about the one within reach."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.conversation.messages import Message
from bot.flows.bonus.why_nothing_lookups import Barren, Cut, MissedRule, NextStep, Skipped

__all__ = ["NextSteps", "WhyNothing"]


@dataclass(frozen=True, slots=True)
class WhyNothing(Message):
    """Why a month brings nothing, or not more.

    Attributes:
        closed: whether the month is closed; otherwise all of it is an estimate.
        running: whether it is the month that runs.
        mixed: whether some of what is missed goes on to others and some stays.
        more: how many more were passed over than are named.
    """

    passing: ClassVar[bool] = True

    period: str
    closed: bool
    running: bool
    active: bool
    large: bool
    team: int
    sold: bool
    amount: int
    missed: tuple[MissedRule, ...]
    mixed: bool
    barren: tuple[Barren, ...]
    skipped: tuple[Skipped, ...]
    more: int
    cuts: tuple[Cut, ...]


@dataclass(frozen=True, slots=True)
class NextSteps(Message):
    """The smallest steps that bring more this month."""

    passing: ClassVar[bool] = True

    period: str
    active: bool
    large: bool
    team: int
    steps: tuple[NextStep, ...]
