"""What can be said about a bonus that did not come, and about the one within reach."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.conversation.messages import Message
from bot.flows.bonus.why_nothing_lookups import (
    Chances,
    MissedRule,
    MonthSteps,
    NextStep,
    UnpaidRule,
)

__all__ = ["NextSteps", "WhyNothing"]


@dataclass(frozen=True, slots=True)
class WhyNothing(Message):
    """Why a month brings nothing, or not more.

    Attributes:
        chances: what the month does not pay; `missed` and `unpaid` are what is shown of it.
        running: whether it is the running month.
        mixed: whether the missed amounts go to different receivers.
    """

    passing: ClassVar[bool] = True

    period: str
    chances: Chances
    running: bool
    missed: tuple[MissedRule, ...]
    mixed: bool
    unpaid: tuple[UnpaidRule, ...]


@dataclass(frozen=True, slots=True)
class NextSteps(Message):
    """The smallest steps that bring more this month.

    Attributes:
        month: what is known of the month; `steps` are those of it that are shown.
    """

    passing: ClassVar[bool] = True

    period: str
    month: MonthSteps
    steps: tuple[NextStep, ...]
